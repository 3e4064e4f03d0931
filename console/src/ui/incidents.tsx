// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, getAll, ProblemError } from '../api/http';
import type { Incident, IncidentFile } from '../api/types';
import { clock, day } from '../model/format';
import { bundlePath, receiptName, receiptPath, type ReceiptOf } from '../model/evidence';
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
        {step.number !== null && <span class="dim"> told as no. {step.number}</span>}
      </span>
    </li>
  );
}

interface Paper {
  of: ReceiptOf;
  at: number;
  text: string;
}

/** What was told, and what was stated here since the person signed in. */
function usePapers(file: IncidentFile): Paper[] {
  const filed = useSession((state) => state.filed);
  const told = file.deliveries
    .filter((delivery) => delivery.number > 0)
    .map((delivery) => ({
      of: { tree: 'delivered' as const, number: delivery.number },
      at: Date.parse(delivery.time),
      text: `told, version ${delivery.version}`,
    }));
  const stated = filed
    .filter((one) => one.item === file.incident.item)
    .map((one) => ({
      of: { tree: 'filed' as const, number: one.number },
      at: one.at,
      text: `${kStepWords[one.step]} by you`,
    }));
  return [...told, ...stated].sort((a, b) => a.at - b.at);
}

const kStepWords = {
  receive: 'received',
  read: 'read',
  object: 'objected',
  pass_on: 'passed on',
} as const;

function Evidence(props: { file: IncidentFile }): JSX.Element {
  const { incident } = props.file;
  const papers = usePapers(props.file);
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
      <VerifyHere incident={incident.id} receipts={papers.map((paper) => paper.of)} />
      <ul class="receipts">
        {papers.map(({ of, at, text }) => (
          <li key={receiptName(of)}>
            <span class="mono">{clock(at)}</span> {text}
            <a href={receiptPath(of)} download={receiptName(of)}>
              Receipt
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
