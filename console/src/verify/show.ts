// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A checked receipt as the plain object that is shown.
import { encodeBase64 } from './base64';
import { looseTextOf, textOf, type Raw } from './bytes';
import { commitmentsOf, type Found } from './check';
import type { Receipt } from './receipt';
import type { ShownContent, ShownLog, ShownRecord } from './result';
import { shown } from './shown';
import {
  clockText,
  keyText,
  outcomeText,
  placeText,
  secondText,
  timeText,
  wordOfText,
} from './words';

function contentsOf(receipt: Receipt, found: Found): ShownContent[] {
  return commitmentsOf(found).map((committed): ShownContent => {
    const name = looseTextOf(committed.name);
    const one = receipt.attachments.find((attachment) => attachment.name === committed.name);
    if (one === undefined) return { name, state: 'not shown', size: 0, text: null };
    if (one.opening === null) return { name, state: 'erased', size: 0, text: null };
    const { content } = one.opening;
    return { name, state: 'opened', size: content.length, text: textOf(content) };
  });
}

export function shownRecord(receipt: Receipt, found: Found): ShownRecord {
  const { record, envelope, delivery } = found;
  const text = (raw: Raw | null | undefined) => (raw == null ? null : looseTextOf(raw));
  const contents = contentsOf(receipt, found);
  const { content } = record;
  const party = envelope?.party ?? delivery?.addressee;
  return {
    kind: envelope !== null ? 'request' : delivery !== null ? 'delivery' : 'node',
    word: content.kind,
    wordWords: shown(wordOfText(found)),
    number: (delivery?.number ?? found.entryPlace.index + 1n).toString(),
    place: shown(placeText(found)),
    time: timeText(record.time),
    clock: clockText(record),
    tick: secondText(found.tick.second),
    outcome: record.outcome,
    outcomeWords: outcomeText(record),
    rules: looseTextOf(record.rules),
    party: text(party),
    key: envelope !== null && envelope.key !== null ? keyText(envelope.key) : null,
    operation: content.kind === 'node' ? content.name : looseTextOf(envelope!.operation),
    object: text(envelope?.object ?? delivery?.item),
    version: delivery?.version.toString() ?? null,
    level: delivery?.level ?? null,
    id: text(envelope?.id),
    sent: envelope?.sent ?? null,
    validUntil: envelope?.validUntil ?? null,
    traffic: envelope?.traffic ?? null,
    body: text(envelope?.body),
    content: delivery !== null ? (contents[0]?.text ?? null) : null,
    attachments: contents,
  };
}

export function shownLog(found: Found): ShownLog {
  const { checkpoint, witnessed } = found.log;
  return {
    origin: looseTextOf(checkpoint.origin),
    size: checkpoint.tree.size.toString(),
    root: encodeBase64(checkpoint.tree.root),
    witnesses: witnessed.map(({ name, time }) => ({
      name: looseTextOf(name),
      time: secondText(time),
    })),
  };
}
