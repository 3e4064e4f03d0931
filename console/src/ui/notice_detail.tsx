// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import type { Notice } from '../api/types';
import { timesOf } from '../map/shapes';
import type { Version } from '../model/content';
import { accuracy, band } from '../model/format';
import { receiptName, receiptPath, type ReceiptOf } from '../model/evidence';
import { openSituation } from './actions';
import { useNames } from './hooks';
import { Life } from './life';
import { NoticeActions } from './notice_actions';
import { Fact } from './situation_detail';

/** What one notice says, what came of it, and what can be done. */
export function NoticeDetail(props: { version: Version; notice: Notice | null }): JSX.Element {
  const { version, notice } = props;
  const isRecorded = version.number !== null && version.number > 0;
  const receipt: ReceiptOf | null = isRecorded
    ? { tree: 'delivered', number: version.number ?? 0 }
    : null;
  return (
    <div class="detail">
      {version.content.warning !== undefined && (
        <p class="caveat">{version.content.warning.note}</p>
      )}
      <NoticeActions item={version.item} notice={notice} isReadAgain={false} />
      <dl class="facts">
        <Facts version={version} />
        <Fact name="Under">{version.content.agreement ?? 'no agreement needed'}</Fact>
        {version.number === 0 && <Fact name="Record">left before it could be recorded</Fact>}
      </dl>
      {notice !== null && <Life notice={notice} />}
      <p class="links">
        {version.kind === 'warning' && (
          <button type="button" class="link" onClick={() => openSituation(version.id)}>
            Situation
          </button>
        )}
        {receipt !== null && (
          <a href={receiptPath(receipt)} download={receiptName(receipt)}>
            Receipt
          </a>
        )}
      </p>
    </div>
  );
}

function Facts(props: { version: Version }): JSX.Element | null {
  const { content } = props.version;
  const nameOf = useNames();
  if (content.terms !== undefined) {
    const { state, signatories, share, relay } = content.terms;
    return (
      <>
        <Fact name="State">{state.replace('_', ' ')}</Fact>
        <Fact name="Signatories">{signatories.map(nameOf).join(', ')}</Fact>
        <Fact name="Shares">
          {share
            .map(
              (rule) => `${rule.what}: ${nameOf(rule.from)} to ${nameOf(rule.to)}, ${rule.level}`,
            )
            .join('; ') || 'nothing'}
        </Fact>
        {relay.length > 0 && (
          <Fact name="Relays">
            {relay
              .map((rule) => `${nameOf(rule.by)} to ${nameOf(rule.to)}, ${rule.level}`)
              .join('; ')}
          </Fact>
        )}
      </>
    );
  }
  if (content.intent !== undefined) {
    const limits = content.intent.volumes?.[0]?.volume;
    return (
      <>
        {content.intent.owner !== undefined && (
          <Fact name="Owner">{nameOf(content.intent.owner)}</Fact>
        )}
        {content.intent.state !== undefined && <Fact name="State">{content.intent.state}</Fact>}
        {limits !== undefined && (
          <Fact name="Levels">{band(limits.altitude_lower, limits.altitude_upper)}</Fact>
        )}
        {timesOf(props.version) !== '' && <Fact name="Times">{timesOf(props.version)}</Fact>}
      </>
    );
  }
  const airspace = content.airspace;
  if (airspace === undefined) return null;
  const area = airspace.area ?? null;
  return (
    <>
      {airspace.owner !== undefined && <Fact name="Owner">{nameOf(airspace.owner)}</Fact>}
      {airspace.ended && <Fact name="State">ended</Fact>}
      {area !== null && <Fact name="Type">{area.type}</Fact>}
      {area !== null && <Fact name="Levels">{band(area.lower, area.upper)}</Fact>}
      {area !== null && (
        <Fact name="Accuracy">
          {area.accuracy_m === null ? 'not stated' : accuracy(area.accuracy_m)}
        </Fact>
      )}
      {area?.source !== undefined && <Fact name="Source">{area.source || 'not stated'}</Fact>}
    </>
  );
}
