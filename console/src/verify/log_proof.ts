// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// C2SP tlog-proof: that an entry is in a log (docs/formats/tlog-proof.md).
import { decodeBase64, hashFromBase64 } from './base64';
import { decimalOrNull, type Raw } from './bytes';
import { faults } from './fault';
import { parseNote } from './note';
import { trustCheckpoint, type Policy, type Trusted } from './policy';
import { verifyInclusion } from './tree';

export interface LogProof {
  index: bigint;
  hashes: Uint8Array[];
  /** A signed note, as it stands in the text. */
  checkpoint: Raw;
}

const kMostBytes = 1 << 20;
const kMostHashes = 63;

const fail = faults({
  kTooLarge: 'expected at most 1 MiB',
  kHeader: 'expected c2sp.org/tlog-proof@v1 on the first line',
  kExtra: 'expected base64 behind extra',
  kIndex: 'expected index and a decimal number below 2^63',
  kHash: 'expected base64 of 32 bytes, or an empty line behind the last hash',
  kTooManyHashes: 'expected at most 63 hashes',
  kTruncated: 'expected an empty line behind the hashes',
  kNoCheckpoint: 'expected a checkpoint behind the empty line',
});

export function parseLogProof(text: Raw): LogProof {
  if (text.length > kMostBytes) fail('kTooLarge');
  let at = 0;
  const takeLine = (): Raw | null => {
    const end = text.indexOf('\n', at);
    if (end < 0) return null;
    const line = text.slice(at, end);
    at = end + 1;
    return line;
  };
  if (takeLine() !== 'c2sp.org/tlog-proof@v1') fail('kHeader');
  let line = takeLine();
  if (line?.startsWith('extra ')) {
    if (typeof decodeBase64(line.slice(6), kMostBytes) === 'string') fail('kExtra');
    line = takeLine();
  }
  const index = line?.startsWith('index ') ? decimalOrNull(line.slice(6)) : null;
  if (index === null) return fail('kIndex');
  const hashes: Uint8Array[] = [];
  for (line = takeLine(); line !== null && line !== ''; line = takeLine()) {
    const hash = hashFromBase64(line) ?? fail('kHash');
    if (hashes.push(hash) > kMostHashes) fail('kTooManyHashes');
  }
  if (line === null) fail('kTruncated');
  if (at === text.length) fail('kNoCheckpoint');
  return { index, hashes, checkpoint: text.slice(at) };
}

/** The checkpoint of a tree with this leaf hash at the proof's index, if it holds by the policy. */
export function verifyLogProof(policy: Policy, proof: LogProof, leaf: Uint8Array): Trusted {
  const trusted = trustCheckpoint(policy, parseNote(proof.checkpoint));
  verifyInclusion(proof.index, leaf, proof.hashes, trusted.checkpoint.tree);
  return trusted;
}
