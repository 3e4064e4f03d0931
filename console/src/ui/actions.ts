// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { ProblemError } from '../api/http';
import { boxOf, ringOfVolume, type Box, type Ring } from '../model/geometry';
import { act, store, trackTable, type ActBody, type Step } from '../model/session';
import { situationsNow, pictureNow } from './hooks';
import { hashOf, parseRoute, type Route } from './route';
import { say, ui } from './state';

// What people do: go somewhere, select something, state something.

export function go(route: Route): void {
  const hash = hashOf(route);
  if (location.hash === hash) ui.set({ route });
  else location.hash = hash;
}

export function followHash(): void {
  const route = parseRoute(location.hash);
  const id = route.page === 'situations' ? route.id : null;
  ui.set(id === null ? { route } : { route, selected: id });
}

export function openSituation(id: string | null): void {
  ui.set({ selected: id });
  go({ page: 'situations', id });
  if (id !== null) showSituation(id);
}

/** Moves the selection by one, as j and k do. */
export function moveSelection(step: number): void {
  const situations = situationsNow();
  if (situations.length === 0) return;
  const at = situations.findIndex((situation) => situation.id === ui.get().selected);
  const next = at < 0 ? 0 : Math.min(situations.length - 1, Math.max(0, at + step));
  const situation = situations[next];
  if (situation !== undefined) openSituation(situation.id);
}

let shower: ((box: Box) => void) | null = null;

/** The map says how it is shown things; it comes later than the panels. */
export function onShow(show: ((box: Box) => void) | null): void {
  shower = show;
}

export function showSituation(id: string): void {
  const situation = situationsNow().find((one) => one.id === id);
  if (situation === undefined || shower === null) return;
  const points: [number, number][] = [];
  const dot = trackTable.dots.find((one) => one.track === situation.warning.track);
  if (dot !== undefined) points.push([dot.lon, dot.lat]);
  const recorded = store.get().recorded.get(id);
  for (const track of recorded?.items ?? []) {
    for (const sample of track.samples) points.push([sample[2], sample[1]]);
  }
  if (points.length === 0) {
    const box = boxOfItem(`airspace/${situation.warning.airspace}`);
    const intent = situation.warning.by_intent?.intent;
    const other = intent === undefined ? null : boxOfItem(`intent/${intent}`);
    const found = other ?? box;
    if (found !== null) shower(found);
    return;
  }
  const box = boxOf(points);
  if (box === null) return;
  // Room for the next minutes of flight, and never closer than a few miles.
  const room = Math.max(0.15, 0.3 * Math.max(box.east - box.west, box.north - box.south));
  shower({
    west: box.west - room,
    east: box.east + room,
    south: box.south - room,
    north: box.north + room,
  });
}

export function boxOfItem(item: string): Box | null {
  const content = pictureNow().items.get(item)?.content;
  const rings: Ring[] = [];
  const footprint = content?.airspace?.area?.footprint;
  if (footprint?.type === 'Polygon') rings.push(...(footprint.coordinates as Ring[]));
  if (footprint?.type === 'MultiPolygon') rings.push(...(footprint.coordinates.flat() as Ring[]));
  for (const volume of content?.intent?.volumes ?? []) {
    const ring = ringOfVolume(volume);
    if (ring !== null) rings.push(ring);
  }
  return boxOf(rings.flat());
}

/** Everything that was released, or null where nothing has a place. */
export function boxOfAll(): Box | null {
  const corners: [number, number][] = [];
  for (const item of pictureNow().items.keys()) {
    const box = boxOfItem(item);
    if (box !== null) corners.push([box.west, box.south], [box.east, box.north]);
  }
  return boxOf(corners);
}

const kDone: Record<Step, string> = {
  read: 'Recorded as read',
  object: 'The objection is recorded',
  pass_on: 'Recorded as passed on',
  receive: 'Recorded as received',
};

/** States something, and says what came of it; true where it stands in the ledger. */
export async function state(item: string, step: Step, body: ActBody): Promise<boolean> {
  try {
    const decision = await act(item, step, body);
    const at = Date.parse(decision.time);
    store.set({ filed: [...store.get().filed, { item, step, number: decision.filed, at }] });
    say(`${kDone[step]}, as no. ${decision.filed} of what your party filed`);
    return true;
  } catch (error) {
    say(error instanceof ProblemError ? problemText(error) : 'It could not be sent', true);
    return false;
  }
}

export function problemText(error: ProblemError): string {
  const { title, detail, field, code } = error.problem;
  const where = field === undefined ? '' : ` (${field})`;
  return `${detail ?? title}${where} [${code}]`;
}

/** Looks back at a moment, or with null returns to now. */
export function lookBack(moment: number | null): void {
  if (store.get().moment !== moment) store.set({ moment });
}
