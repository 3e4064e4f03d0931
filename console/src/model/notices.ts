// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Act, Notice, Stage, Stages } from '../api/types';

// A notice is one item told to one party. What came of it, and what is due when.

export const kStages: readonly Stage[] = ['received', 'read', 'passed_on'];

export const kStageWords: Record<Stage, string> = {
  received: 'received',
  read: 'read',
  passed_on: 'passed on',
};

/** The three states of acknowledgement: nobody has it, a system has it, a person has read it. */
export type AckState = 'new' | 'received' | 'read';

export interface Due {
  notice: Notice;
  stage: Stage;
  /** Milliseconds since 1970. */
  at: number;
}

export function noticeKey(notice: { item: string; to: string }): string {
  return `${notice.item} ${notice.to}`;
}

/** What was read was received. What was passed on was not read thereby: nobody said so. */
export function isDone(notice: Notice, stage: Stage): boolean {
  if (stage === 'passed_on') return notice.passed_on.length > 0;
  if (notice.read !== null) return true;
  return stage === 'received' && (notice.received !== null || notice.passed_on.length > 0);
}

export function ackState(notice: Notice): AckState {
  if (isDone(notice, 'read')) return 'read';
  return isDone(notice, 'received') ? 'received' : 'new';
}

/** The first thing still due of a notice; one that was taken back has nothing due. */
export function nextDue(notice: Notice): Due | null {
  if (notice.withdrawn !== null) return null;
  for (const stage of kStages) {
    const due = notice.due[stage];
    if (due !== undefined && !isDone(notice, stage)) return { notice, stage, at: Date.parse(due) };
  }
  return null;
}

/** Of several notices the earliest; where two are due at once, that of `mine`. */
export function firstDue(notices: readonly Notice[], mine: string): Due | null {
  let first: Due | null = null;
  for (const notice of notices) {
    const due = nextDue(notice);
    if (due === null) continue;
    if (first === null || due.at < first.at || (due.at === first.at && notice.to === mine)) {
      first = due;
    }
  }
  return first;
}

function actAt(act: Act | null, moment: number): Act | null {
  return act !== null && Date.parse(act.at) <= moment ? act : null;
}

/** The notice as it stood at a moment; null where it had not been told yet. */
export function noticeAt(notice: Notice, moment: number): Notice | null {
  if (Date.parse(notice.told.at) > moment) return null;
  const missed: Stages = {};
  for (const stage of kStages) {
    const at = notice.missed[stage];
    if (at !== undefined && Date.parse(at) <= moment) missed[stage] = at;
  }
  return {
    ...notice,
    last: actAt(notice.last, moment) ?? notice.told,
    received: actAt(notice.received, moment),
    read: actAt(notice.read, moment),
    passed_on: notice.passed_on.filter((act) => Date.parse(act.at) <= moment),
    objected: actAt(notice.objected, moment),
    withdrawn:
      notice.withdrawn !== null && Date.parse(notice.withdrawn) <= moment ? notice.withdrawn : null,
    missed,
  };
}
