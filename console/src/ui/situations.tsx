// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { clock, countDown, distance } from '../model/format';
import { kStageWords } from '../model/notices';
import type { Situation } from '../model/situations';
import { openSituation } from './actions';
import { useMoment, useNames, useSession, useSituations, useUi } from './hooks';
import { AlertShape, kSeverityWords, kStateWords } from './shapes';
import { SituationDetail } from './situation_detail';

// The panel of situations: one row each, the urgent ones first; the selected one opens.

export function SituationsPanel(): JSX.Element {
  const situations = useSituations();
  const selected = useUi((state) => state.selected);
  const open = situations.filter((situation) => situation.isOpen);
  const over = situations.filter((situation) => !situation.isOpen);
  const isLoaded = useSession((state) => state.isLoaded);
  if (!isLoaded) return <p class="empty">Asking the node what was released to you…</p>;
  if (situations.length === 0) return <p class="empty">Nothing released to you.</p>;
  return (
    <div class="situations">
      <Group title="Open" situations={open} selected={selected} />
      {over.length > 0 && <Group title="Over" situations={over} selected={selected} />}
    </div>
  );
}

function Group(props: {
  title: string;
  situations: Situation[];
  selected: string | null;
}): JSX.Element {
  return (
    <section aria-label={`Situations: ${props.title}`}>
      <h2 class="group">
        {props.title} <span class="count">{props.situations.length}</span>
      </h2>
      {props.situations.length === 0 && (
        <p class="empty small">No open situation is known to you.</p>
      )}
      <ul class="rows">
        {props.situations.map((situation) => (
          <Row
            key={situation.id}
            situation={situation}
            isSelected={situation.id === props.selected}
          />
        ))}
      </ul>
    </section>
  );
}

export const kPhaseWords: Record<Situation['warning']['phase'], string> = {
  predicted: 'entry predicted',
  inside: 'inside',
  resolved: 'resolved',
  unresolved: 'unresolved, track lost',
};

export function titleOf(situation: Situation): string {
  const { warning } = situation;
  return `${warning.track ?? 'An aircraft'} · ${warning.airspace}`;
}

function Row(props: { situation: Situation; isSelected: boolean }): JSX.Element {
  const { situation, isSelected } = props;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const { warning } = situation;
  const word = situation.changedSinceRead ? 'Changed since read' : kStateWords[situation.state];
  const classes = ['row', situation.severity, situation.state, isSelected ? 'selected' : ''];
  return (
    <li class={classes.join(' ')} ref={row} data-situation={situation.id}>
      <button
        type="button"
        class="row-head"
        aria-expanded={isSelected}
        onClick={() => openSituation(isSelected ? null : situation.id)}
      >
        <AlertShape severity={situation.severity} state={situation.state} />
        <span class="row-what">
          <span class="row-title">{titleOf(situation)}</span>
          <span class="row-phase">
            {kSeverityWords[situation.severity]}: {kPhaseWords[warning.phase]}
            {situation.version.content.withdrawn && ' · withdrawn'}
          </span>
        </span>
        <span class={`state ${situation.state}`}>{word}</span>
        <Figures situation={situation} />
        <DueLine situation={situation} />
      </button>
      {isSelected && <SituationDetail situation={situation} />}
    </li>
  );
}

/** An older distance says of when it is. */
const kFreshMs = 5_000;

function Figures(props: { situation: Situation }): JSX.Element {
  const moment = useMoment();
  const { warning, entry, isOpen } = props.situation;
  const where = warning.distance_m >= 0 ? 'inside' : 'outside';
  const sweep = Date.parse(warning.sweep);
  const isEntered = warning.phase !== 'predicted';
  const timing = entry === null ? null : countDown(entry, moment);
  return (
    <span class="row-figures">
      <span>
        <b>{distance(warning.distance_m)}</b> {where}
        {isOpen && moment - sweep > kFreshMs && ` at ${clock(sweep)}`}
      </span>
      {isOpen && timing !== null && (
        <span>
          {isEntered ? 'entered ' : timing.isOver ? 'entry expected ' : 'entry in '}
          <b class="ticking">{timing.text}</b>
          {timing.isOver && ' ago'}
        </span>
      )}
      {!isOpen && <span>{clock(props.situation.version.time)} Z</span>}
    </span>
  );
}

/** What is due next, of whom; and how far the notices of others have come. */
function DueLine(props: { situation: Situation }): JSX.Element {
  const moment = useMoment();
  const nameOf = useNames();
  const me = useSession((state) => state.caller?.party ?? '');
  const { due, mine, others } = props.situation;
  const all = mine === null ? others : [mine, ...others];
  const read = all.filter((notice) => notice.read !== null).length;
  const received = all.filter((notice) => notice.received !== null || notice.read !== null).length;
  const timing = due === null ? null : countDown(due.at, moment);
  return (
    <span class="row-due">
      {due !== null && timing !== null ? (
        <span class={timing.isOver ? 'due late' : 'due'}>
          {due.notice.to === me ? 'You' : nameOf(due.notice.to)}: {kStageWords[due.stage]}{' '}
          {timing.isOver ? 'overdue by ' : 'due in '}
          <b class="ticking">{timing.text}</b>
        </span>
      ) : (
        <span class="due none">Nothing due</span>
      )}
      <span class="who">
        {others.length > 0 &&
          (read === all.length
            ? `read by all ${all.length} told`
            : `of ${all.length} told, ${received} received, ${read} read`)}
      </span>
    </span>
  );
}
