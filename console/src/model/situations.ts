// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Notice, Phase } from '../api/types';
import type { Version, WarningContent } from './content';
import { ackState, firstDue, nextDue, type AckState, type Due } from './notices';
import type { Picture } from './picture';

// One situation is one alert of which the party was warned, with what is to be done about it.

/** The alerting hierarchy of the FAA colour standard: warning, caution, advisory. */
export type Severity = 'warning' | 'caution' | 'advisory';

export interface Situation {
  id: string;
  item: string;
  version: Version;
  warning: WarningContent;
  /** How it came here, oldest first. */
  history: Version[];
  severity: Severity;
  state: AckState;
  /** Read before the phase that it has now: to be read again. */
  changedSinceRead: boolean;
  mine: Notice | null;
  others: Notice[];
  due: Due | null;
  /** Expected or actual entry, milliseconds since 1970. */
  entry: number | null;
  isOpen: boolean;
}

const kSoonMs = 60_000;

export function entryOf(warning: WarningContent): number | null {
  const entry = warning.entered ?? warning.by_track ?? warning.by_intent?.entry ?? null;
  return entry === null ? null : Date.parse(entry);
}

/** Inside, or less than a minute from it, is a warning; ahead of it, or unseen, a caution. */
export function severityOf(phase: Phase, entry: number | null, now: number): Severity {
  if (phase === 'resolved') return 'advisory';
  if (phase === 'inside') return 'warning';
  if (phase === 'predicted' && entry !== null && entry - now <= kSoonMs) return 'warning';
  return 'caution';
}

export function situationsOf(picture: Picture, me: string, now: number): Situation[] {
  const all: Situation[] = [];
  for (const version of picture.items.values()) {
    const warning = version.content.warning;
    if (version.kind !== 'warning' || warning === undefined) continue;
    all.push(situationOf(picture, version, warning, me, now));
  }
  return all.sort(byUrgency);
}

function situationOf(
  picture: Picture,
  version: Version,
  warning: WarningContent,
  me: string,
  now: number,
): Situation {
  const notices = picture.notices.get(version.item) ?? [];
  const history = picture.history.get(version.item) ?? [version];
  const mine = notices.find((notice) => notice.to === me) ?? null;
  const entry = entryOf(warning);
  const isOpen =
    !version.content.withdrawn && warning.phase !== 'resolved' && warning.phase !== 'unresolved';
  const changedSinceRead = isOpen && mine !== null && changedSince(mine, history, warning.phase);
  const state = mine === null ? 'read' : ackState(mine);
  return {
    id: version.id,
    item: version.item,
    version,
    warning,
    history,
    severity: version.content.withdrawn ? 'advisory' : severityOf(warning.phase, entry, now),
    state: changedSinceRead && state === 'read' ? 'received' : state,
    changedSinceRead,
    mine,
    others: notices.filter((notice) => notice.to !== me),
    due: (mine && nextDue(mine)) ?? firstDue(notices, me),
    entry,
    isOpen,
  };
}

function changedSince(mine: Notice, history: readonly Version[], phase: Phase): boolean {
  if (mine.read === null) return false;
  const read = history.find((version) => version.version === mine.read?.version);
  return read?.content.warning !== undefined && read.content.warning.phase !== phase;
}

const kSeverityOrder: Record<Severity, number> = { warning: 0, caution: 1, advisory: 2 };
const kStateOrder: Record<AckState, number> = { new: 0, received: 1, read: 2 };

function byUrgency(a: Situation, b: Situation): number {
  return (
    Number(b.isOpen) - Number(a.isOpen) ||
    kSeverityOrder[a.severity] - kSeverityOrder[b.severity] ||
    kStateOrder[a.state] - kStateOrder[b.state] ||
    (a.isOpen ? (a.entry ?? Infinity) - (b.entry ?? Infinity) : b.version.time - a.version.time) ||
    (a.id < b.id ? -1 : 1)
  );
}
