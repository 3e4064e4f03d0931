// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { accuracy, clock, distance } from '../model/format';
import type { WarningContent } from '../model/content';
import type { Situation } from '../model/situations';
import { NoticeActions } from './notice_actions';
import { useNames } from './hooks';
import { Life } from './life';
import { hashOf } from './route';
import { kPhaseWords } from './situations';

export function SituationDetail(props: { situation: Situation }): JSX.Element {
  const { situation } = props;
  const { warning, version } = situation;
  const nameOf = useNames();
  const operator = warning.operator === null ? 'not known' : nameOf(warning.operator);
  return (
    <div class="detail">
      <p class="caveat">{warning.note}</p>
      <NoticeActions
        item={situation.item}
        notice={situation.mine}
        isReadAgain={situation.changedSinceRead}
      />
      <dl class="facts">
        <Fact name="Operator">{operator}</Fact>
        <Fact name="Seen by">{nameOf(warning.feed_of)}</Fact>
        <Fact name="Distance">
          {distance(warning.distance_m)} {warning.distance_m >= 0 ? 'inside' : 'outside'}, at{' '}
          {clock(Date.parse(warning.sweep))}
        </Fact>
        <Fact name="Accuracy">
          track {accuracy(warning.track_accuracy_m)}, area {accuracy(warning.area_accuracy_m)}
        </Fact>
        {warning.by_track !== null && (
          <Fact name="Entry by track">{clock(Date.parse(warning.by_track))} Z</Fact>
        )}
        {warning.by_intent !== null && (
          <Fact name="Entry as announced">
            {warning.by_intent.entry === null
              ? 'none'
              : `${clock(Date.parse(warning.by_intent.entry))} Z`}{' '}
            ({warning.by_intent.intent})
          </Fact>
        )}
        {warning.entered !== null && (
          <Fact name="Entered">{clock(Date.parse(warning.entered))} Z</Fact>
        )}
        {warning.left !== null && <Fact name="Left">{clock(Date.parse(warning.left))} Z</Fact>}
        <Fact name="Told">
          {version.number === 0 ? 'before it could be recorded' : `as no. ${version.number ?? ''}`},
          version {version.version}
        </Fact>
      </dl>
      <h3>Who knows</h3>
      {situation.mine !== null && <Life notice={situation.mine} />}
      {situation.others.map((notice) => (
        <Life key={notice.to} notice={notice} />
      ))}
      <h3>Steps</h3>
      <ol class="history">
        {situation.history.map((step) => (
          <li key={step.version}>
            <span class="mono">{clock(step.time)}</span>{' '}
            {step.content.warning === undefined
              ? `version ${step.version}`
              : stepText(step.content.warning)}
          </li>
        ))}
      </ol>
      <p>
        <a href={hashOf({ page: 'incidents', id: situation.id })}>Incident and evidence</a>
      </p>
    </div>
  );
}

/** Updates of one phase differ in these. */
function stepText(warning: WarningContent): string {
  const side = warning.distance_m >= 0 ? 'inside' : 'outside';
  const entry = warning.by_track ?? warning.by_intent?.entry ?? null;
  const when =
    warning.phase === 'predicted' && entry !== null ? `, entry ${clock(Date.parse(entry))}` : '';
  return `${kPhaseWords[warning.phase]}: ${distance(warning.distance_m)} ${side}${when}`;
}

export function Fact(props: {
  name: string;
  children: JSX.Element | string | (JSX.Element | string | number)[];
}): JSX.Element {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
