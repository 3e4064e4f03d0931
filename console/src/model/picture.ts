// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Notice } from '../api/types';
import type { Version } from './content';
import { noticeAt, noticeKey } from './notices';

// What is known, at a moment: the last version of each item that had been told or filed by then.

export interface Facts {
  /** In the order of their numbers. */
  told: readonly Version[];
  /** Own items; each version that this console has seen, in the order of time. */
  own: readonly Version[];
  notices: readonly Notice[];
  /** What the node says of the caller's own notices at the moment; else it is worked out. */
  knew?: readonly Notice[] | undefined;
}

export interface Picture {
  /** null: now. */
  moment: number | null;
  items: Map<string, Version>;
  /** All versions of each item up to the moment, oldest first. */
  history: Map<string, Version[]>;
  notices: Map<string, Notice[]>;
}

export function pictureOf(facts: Facts, moment: number | null): Picture {
  const items = new Map<string, Version>();
  const history = new Map<string, Version[]>();
  // What is one's own comes last: the owner's version says more than what others passed back.
  for (const list of [facts.told, facts.own]) {
    for (const version of list) {
      if (moment !== null && version.time > moment) continue;
      const before = items.get(version.item);
      if (before === undefined || version.isOwn || version.version >= before.version) {
        items.set(version.item, version);
      }
      push(history, version.item, version);
    }
  }
  const notices = new Map<string, Notice[]>();
  const known = new Set((facts.knew ?? []).map(noticeKey));
  for (const notice of facts.knew ?? []) push(notices, notice.item, named(notice, facts.notices));
  for (const notice of facts.notices) {
    if (known.has(noticeKey(notice))) continue;
    const then = moment === null ? notice : noticeAt(notice, moment);
    if (then !== null) push(notices, then.item, then);
  }
  return { moment, items, history, notices };
}

/** The node says what was read when, without the name; that stands in the notice of today. */
function named(then: Notice, today: readonly Notice[]): Notice {
  const key = noticeKey(then);
  const read = today.find((notice) => noticeKey(notice) === key)?.read ?? null;
  return read !== null && then.read?.at === read.at ? { ...then, read } : then;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
