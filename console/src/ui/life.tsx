// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import type { Notice, Stage, Why } from '../api/types';
import { clock, countDown } from '../model/format';
import { isDone, kStages, kStageWords } from '../model/notices';
import { useMoment, useNames, useSession } from './hooks';

// The life of a notice: told, received, read, passed on, each with its time, and what is due.

export const kWhyWords: Record<Why, string> = {
  signatory: 'as a signatory',
  shared: 'by the agreement',
  own_aircraft: 'as operator of the aircraft',
  relayed: 'passed on',
  escalated: 'after a deadline passed',
  own_feed: 'from own feed',
  owner: 'own',
};

export function Life(props: { notice: Notice }): JSX.Element {
  const { notice } = props;
  const nameOf = useNames();
  const me = useSession((state) => state.caller?.party ?? '');
  const via = notice.via === null ? '' : ` · via ${nameOf(notice.via)}`;
  return (
    <div class="life" data-notice={`${notice.item} ${notice.to}`}>
      <div class="life-who">
        <b>{notice.to === me ? `${nameOf(notice.to)} (you)` : nameOf(notice.to)}</b>
        <span class="dim">
          {kWhyWords[notice.why]}
          {via}
        </span>
      </div>
      <ol class="steps">
        <li class="step done">
          <span class="step-word">told</span>
          <span class="step-time">{clock(Date.parse(notice.told.at))}</span>
        </li>
        {kStages.map((stage) => (
          <StepItem key={stage} notice={notice} stage={stage} />
        ))}
      </ol>
      {notice.passed_on.length > 0 && (
        <p class="life-note">
          Passed on to{' '}
          {notice.passed_on
            .map((act) => `${nameOf(act.to)} at ${clock(Date.parse(act.at))}`)
            .join(', ')}
        </p>
      )}
      {notice.read?.by !== undefined && <p class="life-note">Read by {notice.read.by}</p>}
      {notice.objected !== null && (
        <p class="life-note objected">Objected at {clock(Date.parse(notice.objected.at))}</p>
      )}
      {notice.withdrawn !== null && (
        <p class="life-note">Withdrawn at {clock(Date.parse(notice.withdrawn))}</p>
      )}
    </div>
  );
}

function doneAt(notice: Notice, stage: Stage): string | null {
  if (stage === 'passed_on') return notice.passed_on[0]?.at ?? null;
  return notice[stage]?.at ?? null;
}

function StepItem(props: { notice: Notice; stage: Stage }): JSX.Element | null {
  const { notice, stage } = props;
  const moment = useMoment();
  const word = kStageWords[stage];
  const at = doneAt(notice, stage);
  const isLate = notice.missed[stage] !== undefined;
  if (isDone(notice, stage)) {
    return (
      <li class={isLate ? 'step done was-late' : 'step done'}>
        <span class="step-word">{word}</span>
        <span class="step-time">
          {at === null ? '' : clock(Date.parse(at))}
          {isLate && ' late'}
        </span>
      </li>
    );
  }
  const due = notice.due[stage];
  if (due === undefined) {
    return stage === 'passed_on' ? null : (
      <li class="step open">
        <span class="step-word">not {word}</span>
      </li>
    );
  }
  const timing = countDown(Date.parse(due), moment);
  return (
    <li class={timing.isOver ? 'step open late' : 'step open'}>
      <span class="step-word">not {word}</span>
      <span class="step-time">
        {timing.isOver ? `due ${clock(Date.parse(due))}` : `due in ${timing.text}`}
      </span>
    </li>
  );
}
