// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, getAll, ProblemError } from '../api/http';
import type { Incident, IncidentFile } from '../api/types';
import { clock, day } from '../model/format';
import { bundlePath, receiptPath } from '../model/evidence';
import { fetchRecorded } from '../model/session';
import { storyOf, type StoryStep } from '../model/story';
import { lookBack, problemText, showSituation } from './actions';
import { useNames, useSession } from './hooks';
import { hashOf } from './route';
import { kPhaseWords } from './situations';
import { VerifyHere } from './verify_here';

// Incidents: the list, and one incident's story with its evidence.

function useLoaded<T>(load: () => Promise<T>, keys: unknown[]): [T | null, string | null] {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (loaded) => {
        if (!isCurrent) return;
        setValue(loaded);
        setProblem(null);
      },
      (error: unknown) => {
        if (!isCurrent) return;
        setProblem(error instanceof ProblemError ? problemText(error) : 'It could not be fetched');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, keys);
  return [value, problem];
}

export function IncidentsPanel(props: { id: string | null }): JSX.Element {
  return props.id === null ? <IncidentList /> : <IncidentPage key={props.id} id={props.id} />;
}

function IncidentList(): JSX.Element {
  const told = useSession((state) => state.told.length);
  const [incidents, problem] = useLoaded(() => getAll<Incident>('/v1/incidents'), [told]);
  if (problem !== null) return <p class="empty problem">{problem}</p>;
  if (incidents === null) return <p class="empty">Asking the node…</p>;
  if (incidents.length === 0) return <p class="empty">Nothing released to you.</p>;
  return (
    <ul class="rows">
      {[...incidents]
        .sort((a, b) => (a.opened < b.opened ? 1 : -1))
        .map((incident) => (
          <li class="notice-row" key={incident.id}>
            <a class="notice-head" href={hashOf({ page: 'incidents', id: incident.id })}>
              <span class="notice-what">
                <span class="row-title">
                  {incident.track ?? 'An aircraft'} · {incident.airspace}
                </span>
                <span class="dim">{kPhaseWords[incident.phase]}</span>
              </span>
              <span class="notice-side">
                <time class="mono">{clock(Date.parse(incident.opened))}</time>
                <span class="dim">
                  {incident.closed === null ? 'open' : `to ${clock(Date.parse(incident.closed))}`}
                </span>
              </span>
            </a>
          </li>
        ))}
    </ul>
  );
}

function IncidentPage(props: { id: string }): JSX.Element {
  const { id } = props;
  // It is told again whenever something came of it: the notices and the deliveries say so.
  const told = useSession((state) => state.told);
  const notices = useSession((state) => state.notices);
  const path = `/v1/incidents/${encodeURIComponent(id)}`;
  const [file, problem] = useLoaded(() => get<IncidentFile>(path), [id, told, notices]);
  useEffect(() => {
    void fetchRecorded(id).then(
      () => showSituation(id),
      () => undefined,
    );
  }, [id, told]);
  if (problem !== null) return <p class="empty problem">{problem}</p>;
  if (file === null) return <p class="empty">Asking the node…</p>;
  const { incident } = file;
  return (
    <article class="incident" data-incident={id}>
      <header>
        <a class="back-link" href="#/incidents">
          All incidents
        </a>
        <h2>
          {incident.track ?? 'An aircraft'} · {incident.airspace}
        </h2>
        <p class="dim">
          {kPhaseWords[incident.phase]} · {day(Date.parse(incident.opened))}{' '}
          {clock(Date.parse(incident.opened))}
          {incident.closed === null ? ', open' : ` to ${clock(Date.parse(incident.closed))} Z`}
        </p>
      </header>
      <Story file={file} />
      <Evidence file={file} />
    </article>
  );
}

function Story(props: { file: IncidentFile }): JSX.Element {
  const nameOf = useNames();
  const moment = useSession((state) => state.moment);
  const steps = storyOf(props.file, nameOf);
  return (
    <section aria-label="The story">
      <h3>The story</h3>
      <ol class="story">
        {steps.map((step, index) => (
          <StoryLine
            key={`${step.at} ${step.kind} ${step.party ?? ''} ${index}`}
            step={step}
            isAhead={moment !== null && step.at > moment}
          />
        ))}
      </ol>
    </section>
  );
}

function StoryLine(props: { step: StoryStep; isAhead: boolean }): JSX.Element {
  const { step, isAhead } = props;
  return (
    <li class={`story-step ${step.kind} ${step.phase ?? ''} ${isAhead ? 'ahead' : ''}`}>
      <button
        type="button"
        class="story-time mono"
        title="Look back at this moment"
        onClick={() => lookBack(step.at)}
      >
        {clock(step.at)}
      </button>
      <span class="story-dot" aria-hidden="true" />
      <span class="story-text">
        {step.text}
        {step.record !== null && <span class="dim"> record {step.record}</span>}
      </span>
    </li>
  );
}

function Evidence(props: { file: IncidentFile }): JSX.Element {
  const { incident, deliveries } = props.file;
  const records = deliveries.flatMap((delivery) =>
    delivery.record === null ? [] : [{ record: delivery.record, delivery }],
  );
  return (
    <section aria-label="Evidence">
      <h3>Evidence</h3>
      <p class="dim">
        Receipts show, to anybody and without this node, what was told to your party and when. They
        show nothing of what was not told.
      </p>
      <p class="actions">
        <a class="button primary" href={bundlePath(incident.id)} download={`${incident.id}.zip`}>
          Download the bundle
        </a>
      </p>
      <VerifyHere incident={incident.id} records={records.map((one) => one.record)} />
      <ul class="receipts">
        {records.map(({ record, delivery }) => (
          <li key={record}>
            <span class="mono">{clock(Date.parse(delivery.time))}</span> version {delivery.version}
            <a href={receiptPath(record)} download={`${incident.id}.${record}.receipt`}>
              Receipt {record}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
