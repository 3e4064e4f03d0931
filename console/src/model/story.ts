// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { IncidentFile, Notice, Phase, Stage } from '../api/types';
import { versionOf } from './content';
import { distance } from './format';
import { kStages } from './notices';

// An incident told in order: what was told, received, read, passed on, objected, and when the alert
// took which step.

export type StepKind = 'alert' | 'told' | 'received' | 'read' | 'passed_on' | 'objected' | 'missed';

export interface StoryStep {
  /** Milliseconds since 1970. */
  at: number;
  kind: StepKind;
  /** The party that it is about; null: the alert itself. */
  party: string | null;
  text: string;
  /** Of a delivery to the caller, for its receipt. */
  number: number | null;
  phase: Phase | null;
}

const kPhaseWords: Record<Phase, string> = {
  predicted: 'Entry predicted',
  inside: 'Inside',
  resolved: 'Resolved',
  unresolved: 'Unresolved: the track was lost',
};

const kMissedWords: Record<Stage, string> = {
  received: 'received it',
  read: 'read it',
  passed_on: 'passed it on',
};

export function storyOf(file: IncidentFile, nameOf: (party: string) => string): StoryStep[] {
  const steps: StoryStep[] = [];
  for (const delivery of file.deliveries) {
    const version = versionOf(delivery);
    const warning = version?.content.warning;
    const phase = warning?.phase ?? null;
    const side = (warning?.distance_m ?? 0) >= 0 ? 'inside' : 'outside';
    const where =
      warning?.distance_m === undefined ? '' : `, ${distance(warning.distance_m)} ${side}`;
    steps.push({
      at: Date.parse(delivery.time),
      kind: 'alert',
      party: null,
      text: phase === null ? `Version ${delivery.version}` : `${kPhaseWords[phase]}${where}`,
      number: delivery.number,
      phase,
    });
  }
  for (const notice of file.notices) steps.push(...stepsOf(notice, nameOf));
  // At one instant a thing is first found, then told, then answered; what was missed is why
  // another is told.
  const order: StepKind[] = [
    'alert',
    'missed',
    'told',
    'received',
    'read',
    'passed_on',
    'objected',
  ];
  return steps.sort((a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind));
}

function stepsOf(notice: Notice, nameOf: (party: string) => string): StoryStep[] {
  const name = nameOf(notice.to);
  const step = (at: string, kind: StepKind, text: string): StoryStep => ({
    at: Date.parse(at),
    kind,
    party: notice.to,
    text,
    number: null,
    phase: null,
  });
  const via = notice.via === null ? '' : `, via ${nameOf(notice.via)}`;
  const steps = [step(notice.told.at, 'told', `${name} was told${via}`)];
  if (notice.received !== null) {
    steps.push(step(notice.received.at, 'received', `${name} received it`));
  }
  if (notice.read !== null) {
    const who = notice.read.by === undefined ? '' : `: ${notice.read.by}`;
    steps.push(step(notice.read.at, 'read', `${name} read it${who}`));
  }
  for (const act of notice.passed_on) {
    steps.push(step(act.at, 'passed_on', `${name} passed it on to ${nameOf(act.to)}`));
  }
  if (notice.objected !== null) {
    steps.push(step(notice.objected.at, 'objected', `${name} objected`));
  }
  for (const stage of kStages) {
    const at = notice.missed[stage];
    if (at !== undefined) {
      steps.push(step(at, 'missed', `${name} had not ${kMissedWords[stage]} in time`));
    }
  }
  return steps;
}
