// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { clock, hourMinute } from '../model/format';
import { rangeOf, ticksOf, type Range } from '../model/timeline';
import type { Phase } from '../api/types';
import type { Kind, Version } from '../model/content';
import { fetchKnew, fetchRecorded, nodeClock } from '../model/session';
import { lookBack } from './actions';
import { useNow, useSession, useUi } from './hooks';
import { focusers } from './keys';

// The line of time: what was told when, and a handle to look back with.

interface Mark {
  at: number;
  kind: Kind;
  phase: Phase | null;
  text: string;
}

/** Of an alert its steps: an update of the same phase gets no mark of its own. */
function marksOf(told: readonly Version[]): Mark[] {
  const phases = new Map<string, Phase>();
  const marks: Mark[] = [];
  for (const version of told) {
    const phase = version.content.warning?.phase ?? null;
    if (phase !== null && phases.get(version.item) === phase) continue;
    if (phase !== null) phases.set(version.item, phase);
    const text = `${clock(version.time)} ${version.item}`;
    marks.push({ at: version.time, kind: version.kind, phase, text });
  }
  return marks;
}

function useMarks(): Mark[] {
  const told = useSession((state) => state.told);
  return useMemo(() => marksOf(told), [told]);
}

function useRange(now: number): Range {
  const scenario = useSession((state) => state.node?.scenario ?? null);
  const minute = Math.floor(now / 60_000);
  return useMemo(() => rangeOf(scenario, minute * 60_000), [scenario, minute]);
}

export function Timeline(): JSX.Element {
  const now = useNow();
  const range = useRange(now);
  const marks = useMarks();
  const moment = useSession((state) => state.moment);
  const line = useRef<HTMLDivElement>(null);
  const at = moment ?? now;
  useRecordedTracks(moment !== null);
  useKnew(moment);
  useEffect(() => {
    focusers.time = () => line.current?.focus();
  }, []);
  const place = (time: number): number =>
    Math.min(100, Math.max(0, (100 * (time - range.from)) / (range.until - range.from)));
  const look = (clientX: number): void => {
    const box = line.current?.getBoundingClientRect();
    if (box === undefined) return;
    const part = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    const time = range.from + part * (range.until - range.from);
    lookBack(time >= nodeClock.now() - 500 ? null : Math.round(time / 1000) * 1000);
  };
  return (
    <section class={moment === null ? 'timeline' : 'timeline back'} aria-label="Time">
      <div
        ref={line}
        class="time-line"
        role="slider"
        tabIndex={0}
        aria-label="Moment that is shown"
        aria-valuemin={Math.floor(range.from / 1000)}
        aria-valuemax={Math.floor(now / 1000)}
        aria-valuenow={Math.floor(at / 1000)}
        aria-valuetext={moment === null ? `now, ${clock(now)}` : `looking back, ${clock(moment)}`}
        onKeyDown={(event) => step(event, at, range)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event.clientX);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) look(event.clientX);
        }}
      >
        <svg class="time-svg" preserveAspectRatio="none" viewBox="0 0 100 40" aria-hidden="true">
          <rect class="time-past" x="0" y="17" width={place(now)} height="6" />
          <rect class="time-ahead" x={place(now)} y="17" width={100 - place(now)} height="6" />
        </svg>
        {ticksOf(range).map((tick) => (
          <Tick key={tick} at={place(tick)} text={hourMinute(tick)} />
        ))}
        {marks
          .filter((mark) => mark.at >= range.from && mark.at <= range.until)
          .map((mark, index) => (
            <MarkAt key={`${mark.text} ${index}`} mark={mark} at={place(mark.at)} />
          ))}
        <Placed class="time-now" at={place(now)} />
        {moment !== null && (
          <Placed
            class={place(moment) > 90 ? 'time-handle left' : 'time-handle'}
            at={place(moment)}
          >
            <span class="time-flag mono">{clock(moment)}</span>
          </Placed>
        )}
      </div>
    </section>
  );
}

function step(event: KeyboardEvent, at: number, range: Range): void {
  const sizes: Record<string, number> = {
    ArrowLeft: -5_000,
    ArrowRight: 5_000,
    PageDown: -60_000,
    PageUp: 60_000,
  };
  const size = sizes[event.key];
  if (event.key === 'Home') lookBack(range.from);
  else if (event.key === 'End') lookBack(null);
  else if (size !== undefined) {
    const next = Math.max(range.from, Math.round((at + size) / 1000) * 1000);
    lookBack(next >= nodeClock.now() ? null : next);
  } else return;
  event.preventDefault();
}

/** Styles are set by script, one by one: the content policy takes no style in the markup. */
function Placed(props: {
  class: string;
  at: number;
  title?: string;
  children?: JSX.Element | string;
}): JSX.Element {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) element.current.style.left = `${props.at}%`;
  }, [props.at]);
  return (
    <span ref={element} class={props.class} title={props.title}>
      {props.children}
    </span>
  );
}

function Tick(props: { at: number; text: string }): JSX.Element {
  return (
    <Placed class="time-tick" at={props.at}>
      {props.text}
    </Placed>
  );
}

function MarkAt(props: { mark: Mark; at: number }): JSX.Element {
  const { mark } = props;
  return (
    <Placed class={`time-mark ${mark.kind} ${mark.phase ?? ''}`} at={props.at} title={mark.text} />
  );
}

/** While the handle moves the picture is worked out here; once it rests, the node is asked. */
function useKnew(moment: number | null): void {
  useEffect(() => {
    if (moment === null) return undefined;
    const timer = setTimeout(() => void fetchKnew(moment).catch(() => undefined), kRestMs);
    return () => clearTimeout(timer);
  }, [moment]);
}

const kRestMs = 300;

/** Looking back needs the tracks of the incidents; they are fetched when it begins. */
function useRecordedTracks(isBack: boolean): void {
  const told = useSession((state) => state.told);
  const selected = useUi((state) => state.selected);
  useEffect(() => {
    if (!isBack) return;
    const ids = new Set<string>();
    if (selected !== null) ids.add(selected);
    for (const version of [...told].reverse()) {
      if (version.kind === 'warning' && ids.size < kMostIncidents) ids.add(version.id);
    }
    for (const id of ids) void fetchRecorded(id).catch(() => undefined);
  }, [isBack]);
}

const kMostIncidents = 20;
