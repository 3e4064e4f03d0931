// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { del, get, getAll, post, ProblemError, setCsrf } from '../api/http';
import { StreamClient } from '../api/stream';
import type {
  Caller,
  Decision,
  Delivery,
  IncidentTracks,
  Item,
  NodeInfo,
  Notice,
  Party,
  StreamMessage,
} from '../api/types';
import { NodeClock } from './clock';
import { versionOf, type Version } from './content';
import { noticeKey } from './notices';
import { kEmptyState, Store } from './store';
import { mergeOwn, mergeTold } from './told';
import { TrackTable } from './tracks';

// The session: who is signed in, and the one place where what the node says becomes state.

export const store = new Store(kEmptyState);
export const nodeClock = new NodeClock();
export const trackTable = new TrackTable();

const kStaleMs = 5_000;
const kAskAgainMs = 2_000;
let stream: StreamClient | null = null;
let frameListeners: (() => void)[] = [];

export function onFrame(listener: () => void): () => void {
  frameListeners.push(listener);
  return () => {
    frameListeners = frameListeners.filter((other) => other !== listener);
  };
}

/** Asks who is signed in, and if somebody is, begins. */
export async function begin(): Promise<void> {
  try {
    const caller = await get<Caller>('/v1/session');
    await enter(caller);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) {
      leave();
      return;
    }
    store.set({ connection: 'broken' });
    setTimeout(() => void begin(), kAskAgainMs);
  }
}

export async function signIn(name: string, password: string, role: string): Promise<void> {
  const body = role === '' ? { sign_in: name, password } : { sign_in: name, password, role };
  await enter(await post<Caller>('/v1/session', body));
}

export async function signOut(): Promise<void> {
  try {
    await del('/v1/session');
  } finally {
    leave();
  }
}

/** Nothing of a party stays on the screen after it has signed out. */
function leave(): void {
  stream?.close();
  stream = null;
  setCsrf(undefined);
  trackTable.clear();
  store.set({ ...kEmptyState, caller: null });
}

async function enter(caller: Caller): Promise<void> {
  stream?.close();
  setCsrf(caller.csrf);
  store.set({ ...kEmptyState, caller });
  const [last] = await Promise.all([
    fetchTold(),
    fetchNode(),
    fetchParties(),
    fetchOwnAndNotices(),
  ]);
  store.set({ isLoaded: true });
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  stream = new StreamClient(`${scheme}://${location.host}/v1/stream`, last, {
    onMessage: take,
    onFrame: (frame) => {
      trackTable.take(frame);
      if (store.get().trackCount !== frame.tracks.length) {
        store.set({ trackCount: frame.tracks.length });
      }
      for (const listener of frameListeners) listener();
    },
    onOpen: (isAgain) => {
      trackTable.beginStream();
      store.set({ connection: 'live' });
      // Notices are not numbered: what came of them during a break is asked for again.
      if (isAgain) void fetchOwnAndNotices().catch(() => undefined);
    },
    onClose: (code) => {
      store.set({ connection: 'broken' });
      if (code === 1008 || code === 1006) void checkSession(code);
    },
  });
  stream.open();
}

/**
 * A stream that does not open says not why: the session may have ended. Where it has not, 1008
 * means that the node does not know the last number: everything is asked for again.
 */
async function checkSession(code: number): Promise<void> {
  try {
    const caller = await get<Caller>('/v1/session');
    if (code === 1008) await enter(caller);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) leave();
  }
}

async function fetchNode(): Promise<void> {
  const node = await get<NodeInfo>('/v1/node');
  nodeClock.setPace(node.scenario?.pace ?? 1);
  nodeClock.beat(Date.parse(node.time));
  store.set({ node, mode: node.mode });
}

async function fetchParties(): Promise<void> {
  const parties = await get<{ items: Party[] }>('/v1/parties');
  store.set({ parties: new Map(parties.items.map((party) => [party.id, party])) });
}

async function fetchTold(): Promise<number> {
  let after = 0;
  for (;;) {
    const page = await get<{ items: Delivery[]; last: number }>(
      `/v1/deliveries?after=${after}&limit=1000`,
    );
    tell(page.items);
    after = page.items.reduce((most, one) => Math.max(most, one.number), after);
    if (page.items.length === 0 || after >= page.last) return after;
  }
}

async function fetchOwnAndNotices(): Promise<void> {
  const [intents, airspaces, mine, others] = await Promise.all([
    getAll<Item>('/v1/intents'),
    getAll<Item>('/v1/airspaces'),
    getAll<Notice>('/v1/notifications?of=me'),
    getAll<Notice>('/v1/notifications?of=others'),
  ]);
  own([...intents, ...airspaces].filter((item) => item.is_own));
  note([...mine, ...others]);
}

function tell(deliveries: readonly Delivery[]): void {
  store.set({ told: mergeTold(store.get().told, deliveries.flatMap(asVersion)) });
}

function own(items: readonly Item[]): void {
  for (const item of items) if (item.notices.length > 0) note(item.notices);
  store.set({ own: mergeOwn(store.get().own, items.flatMap(asVersion)) });
}

function asVersion(from: Delivery | Item): Version[] {
  const version = versionOf(from);
  return version === null ? [] : [version];
}

function note(notices: readonly Notice[]): void {
  const all = new Map(store.get().notices);
  for (const notice of notices) all.set(noticeKey(notice), notice);
  store.set({ notices: all });
}

function take(message: StreamMessage): void {
  switch (message.type) {
    case 'hello':
      nodeClock.beat(Date.parse(message.time));
      break;
    case 'beat':
      nodeClock.beat(Date.parse(message.time));
      store.set({ mode: message.mode, feeds: message.feeds, isStale: false });
      break;
    case 'delivery':
      tell([message]);
      break;
    case 'notice':
      note([message.notice]);
      break;
    case 'own':
      own([message.item]);
      break;
    case 'names':
      trackTable.name(message.names);
      break;
    case 'missed':
      store.set({ missedFrames: store.get().missedFrames + message.count });
      break;
    default:
      break; // A type that this console does not know is passed over.
  }
}

/** Called several times a second: whether beats still come. */
export function watchBeats(): void {
  const state = store.get();
  if (!state.caller || !nodeClock.isSet()) return;
  const isStale = nodeClock.silence() >= kStaleMs;
  if (isStale !== state.isStale) store.set({ isStale });
}

export type Step = 'read' | 'object' | 'pass_on' | 'receive';

export interface ActBody {
  version: number;
  to?: string[];
  reason?: string;
}

export async function act(item: string, step: Step, body: ActBody): Promise<Decision> {
  const [kind, id] = item.split('/', 2) as [string, string];
  const path = `/v1/notifications/${kind}/${encodeURIComponent(id)}/${step}`;
  const traffic = store.get().told.find((version) => version.item === item)?.content.traffic;
  return post<Decision>(traffic === 'exercise' ? `${path}?traffic=exercise` : path, body);
}

/** The recorded tracks of an incident, fetched once and again while it is open. */
export async function fetchRecorded(id: string): Promise<void> {
  const tracks = await get<IncidentTracks>(`/v1/incidents/${encodeURIComponent(id)}/tracks`);
  store.set({ recorded: new Map(store.get().recorded).set(id, tracks) });
}

/** What the node says that this party had been told, had received and had read at a moment. */
export async function fetchKnew(at: number): Promise<void> {
  const time = encodeURIComponent(new Date(at).toISOString());
  const knew = await get<{ items: Notice[] }>(`/v1/ledger/knew?at=${time}`);
  if (store.get().moment === at) store.set({ knew: { at, notices: knew.items } });
}
