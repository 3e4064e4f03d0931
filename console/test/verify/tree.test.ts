// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../src/verify/base64';
import { hexOf } from '../../src/verify/bytes';
import { attempt, Fault } from '../../src/verify/fault';
import { leafHash, nodeHash, verifyInclusion } from '../../src/verify/tree';
import { bytesOfHex, dataFiles, dataText, hasData } from './data';

const kCases = 'tlog/transparency-dev-merkle/testdata/inclusion';

interface Case {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

const hash = (text: string) => decodeBase64(text, 1000) as Uint8Array;

// Whole numbers of the cases go up to 2^64, where JSON.parse rounds.
const casesIn = (text: string) =>
  JSON.parse(text.replace(/("(?:leafIdx|treeSize)":\s*)(\d+)/g, '$1"$2"')) as Case;

describe('proofs that a leaf is in a tree', () => {
  test.skipIf(!hasData(kCases))('hold and fail as the 98 shared cases say', () => {
    const files = dataFiles(kCases, '.json');
    expect(files.length).toBe(98);
    for (const file of files) {
      const one = casesIn(dataText(file));
      const proof = (one.proof ?? []).map(hash);
      // The formats have no hash of another length: a reader refuses those.
      const all = [...proof, hash(one.leafHash), hash(one.root)];
      const held =
        all.every((bytes) => bytes.length === 32) &&
        !(
          attempt(() =>
            verifyInclusion(BigInt(one.leafIdx), hash(one.leafHash), proof, {
              size: BigInt(one.treeSize),
              root: hash(one.root),
            }),
          ) instanceof Fault
        );
      expect(held, file).toBe(!one.wantErr);
    }
  });

  const kHashes = 'tlog/handmade/rfc6962-hashes.json';
  test.skipIf(!hasData(kHashes))('build on the hashes of RFC 6962', () => {
    const text = dataText(kHashes);
    // The root of the classic eight leaves, from the leaves up.
    const kLeaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    let level = kLeaves.map((leaf) => leafHash(bytesOfHex(leaf)));
    while (level.length > 1) {
      level = level.flatMap((left, i) => (i % 2 ? [] : [nodeHash(left, level[i + 1]!)]));
    }
    expect(hexOf(level[0]!)).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
    expect(text).toContain(hexOf(level[0]!));
  });

  test.each<[string, bigint, bigint, number]>([
    ['kEmptyTree', 0n, 0n, 0],
    ['kTreeTooLarge', 0n, 1n << 63n, 63],
    ['kIndexOutside', 3n, 3n, 2],
    ['kTooShort', 0n, 3n, 1],
    ['kTooLong', 2n, 3n, 2],
    ['kRootMismatch', 2n, 3n, 1],
  ])('are refused with their fault: %s', (code, index, size, hashes) => {
    const zero = new Uint8Array(32);
    const proof = Array.from({ length: hashes }, () => zero);
    const fault = attempt(() => verifyInclusion(index, zero, proof, { size, root: zero }));
    expect(fault).toMatchObject({ code });
  });
});
