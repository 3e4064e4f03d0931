// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// bundle.txt (docs/formats/bundle.md).
import { decimalOrNull, type Raw } from './bytes';
import { textFault } from './codec';
import { faults } from './fault';

export interface BundleList {
  log: Raw;
  party: Raw;
  first: bigint;
  last: bigint;
  receipts: { name: Raw; hash: string }[];
}

const kMostReceipts = 100_000;
export const kMostListBytes = 16 << 20;

const fail = faults({
  kTooLarge: 'expected at most 16 MiB',
  kLine: 'expected another line here (docs/formats/bundle.md)',
  kText: 'expected a party of 1 to 128 bytes without control characters',
  kNumber: 'expected two decimal numbers below 2^63, the first not after the last',
  kFileName: 'expected a file name of letters, digits and _ . -, each once',
  kHash: 'expected 64 lower-case hexadecimal digits',
  kTooManyReceipts: 'expected at most 100,000 receipts',
  kNoFinalNewline: 'expected a line feed at the end of the last line',
});

export const isFileName = (name: Raw): boolean => /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/.test(name);

function halves(text: Raw): [Raw, Raw] {
  const blank = text.indexOf(' ');
  return blank < 0 ? [text, ''] : [text.slice(0, blank), text.slice(blank + 1)];
}

export function parseBundleList(text: Raw): BundleList {
  if (text.length > kMostListBytes) fail('kTooLarge', 1);
  let at = 0;
  let line = 0;
  const next = (): Raw => {
    ++line;
    const end = text.indexOf('\n', at);
    if (end < 0) return fail(at === text.length ? 'kLine' : 'kNoFinalNewline', line);
    const found = text.slice(at, end);
    at = end + 1;
    return found;
  };
  const words = (first: Raw): Raw => {
    const found = next();
    return found.startsWith(first + ' ') ? found.slice(first.length + 1) : fail('kLine', line);
  };
  if (next() !== 'comity-bundle v1') fail('kLine', line);
  const log = words('log');
  const party = words('party');
  if (party === '' || textFault(party, 128) !== null) fail('kText', line);
  const [firstText, lastText] = halves(words('deliveries'));
  const [first, last] = [decimalOrNull(firstText), decimalOrNull(lastText)];
  if (first === null || last === null || first > last || (first === 0n) !== (last === 0n)) {
    return fail('kNumber', line);
  }
  const receipts: BundleList['receipts'] = [];
  const names = new Set<Raw>();
  while (at < text.length) {
    const [name, hash] = halves(words('receipt'));
    if (receipts.length === kMostReceipts) fail('kTooManyReceipts', line);
    if (!isFileName(name)) fail('kFileName', line);
    if (!/^[0-9a-f]{64}$/.test(hash)) fail('kHash', line);
    if (names.has(name)) fail('kFileName', line);
    names.add(name);
    receipts.push({ name, hash });
  }
  return { log, party, first, last, receipts };
}
