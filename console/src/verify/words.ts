// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Words for people, those of comity verify. What others wrote stands in them as it came, but for
// what cannot be seen.
import { encodeBase64 } from './base64';
import { looseTextOf } from './bytes';
import type { Found } from './check';
import type { Record } from './record';

/** 1,234,567. */
export function grouped(number: bigint | number): string {
  return number.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

export function counted(number: bigint | number, one: string): string {
  return `${grouped(number)} ${one}${BigInt(number) === 1n ? '' : 's'}`;
}

export const timeText = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Seconds after the year 9999 are no time that can be written. */
export function secondText(second: bigint): string {
  if (second > 253_402_300_799n) return `second ${second}`;
  return timeText(Number(second) * 1000).slice(0, 19) + 'Z';
}

export function placeText(found: Found): string {
  const number = grouped(found.entryPlace.index + 1n);
  const count = grouped(found.entryPlace.size);
  const party = looseTextOf(found.party);
  if (found.tree === 'filed') {
    return `request ${number} of the ${count} that ${party} had filed by then`;
  }
  if (found.tree === 'delivered') {
    return `delivery ${number} of the ${count} made to ${party} by then`;
  }
  return `record ${number} of all ${count} that the node had kept by then`;
}

export function wordOfText(found: Found): string {
  const { envelope } = found;
  if (envelope === null) return "the node's word";
  const party = looseTextOf(envelope.party);
  return envelope.key !== null
    ? `signed by ${party}`
    : `the node's word for ${party}, no signature`;
}

export function outcomeText(record: Record): string {
  return record.outcome === 0 ? 'accepted' : `refused, code ${record.outcome}`;
}

export function clockText(record: Record): string {
  return record.clockError === null
    ? 'clock error unknown'
    : `clock error at most ${record.clockError} ms`;
}

export const keyText = (key: Uint8Array): string => encodeBase64(key);

/** The sentences on witnesses and clocks, which receipts and bundles have in common. */
export function notShownByTheLog(witnesses: number): string[] {
  const others = witnesses === 1 ? 'witness' : `${grouped(witnesses)} witnesses`;
  return [
    "That the clocks were right: the times of ticks and records are the node's, other times " +
      "their author's.",
    witnesses === 0
      ? 'That the log showed the same history to everybody: no witness that is known here has ' +
        'cosigned it.'
      : `That the log showed the same history to others than the ${others} that cosigned it.`,
  ];
}

export function notShownByAReceipt(found: Found): string[] {
  const { envelope } = found;
  const out = [
    'That anything else did or did not happen: a receipt is one record.',
    "That what is stated is true: a statement is its author's.",
  ];
  if (envelope !== null && envelope.key !== null) {
    const party = looseTextOf(envelope.party);
    out.push(`That the key is ${party}'s: compare it with the key that you know.`);
  }
  if (found.delivery !== null) {
    out.push('That the addressee received or read it: that is a statement of its own.');
  }
  return [...out, ...notShownByTheLog(found.log.witnessed.length)];
}

export interface Range {
  first: bigint;
  last: bigint;
}

const rangeText = ({ first, last }: Range): string =>
  first === last ? grouped(first) : `${grouped(first)} to ${grouped(last)}`;

export const numbersText = (range: Range): string =>
  (range.first === range.last ? 'number ' : 'numbers ') + rangeText(range);

/** Which of these deliveries are left out. */
export function omissionText(
  listed: Range,
  omitted: Range[],
  omittedCount: number,
  areMore: boolean,
): string {
  const count = listed.last - listed.first + 1n;
  if (omitted.length === 0) return count === 1n ? 'It is here' : `All ${grouped(count)} are here`;
  const kNamed = 10;
  const isOne = omittedCount === 1;
  const least = areMore ? 'At least ' : '';
  const named = omitted.slice(0, kNamed).map(rangeText).join(', ');
  const more = omitted.length > kNamed || areMore ? ' and more' : '';
  return (
    `${least}${grouped(omittedCount)} of ${grouped(count)} ${isOne ? 'is' : 'are'} left out: ` +
    `number${isOne ? '' : 's'} ${named}${more}`
  );
}

/** Which deliveries were made before the first and after the last of these. */
export function outsideTexts(listed: Range, delivered: bigint): string[] {
  const { first, last } = listed;
  const out: string[] = [];
  const add = (range: Range, when: string) =>
    out.push(`Not in this bundle: ${numbersText(range)}, which came ${when}.`);
  if (first > 1n) add({ first: 1n, last: first - 1n }, 'before');
  if (delivered > last) add({ first: last + 1n, last: delivered }, 'after');
  else if (delivered > 0n) {
    out.push(`The latest receipt of a delivery here counts ${grouped(delivered)} in all.`);
  }
  return out;
}

/** What a bundle does not show; each of its receipts has as many witnesses as `fewest`, or more. */
export function notShownByABundle(hasDeliveries: boolean, fewest: number | null): string[] {
  return [
    'Anything that these receipts do not hold: whoever made the bundle chose them.',
    "That what is stated is true: a statement is its author's.",
    "That a key is the party's beside whose name it stands: compare it with the key that you know.",
    ...(hasDeliveries
      ? [
          'That a delivery was received or read: that is a statement of its own, by the party ' +
            'that received or read it.',
        ]
      : []),
    ...(fewest === null ? [] : notShownByTheLog(fewest)),
  ];
}
