// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The tree of RFC 6962 and proofs that a leaf is in it (docs/formats/tlog-tree.md).
import { joined, same } from './bytes';
import { faults } from './fault';
import { sha256 } from './sha2';

export interface TreeHead {
  size: bigint;
  root: Uint8Array;
}

const fail = faults({
  kEmptyTree: 'a tree without leaves proves nothing',
  kTreeTooLarge: 'the tree is too large, expected fewer than 2^63 leaves',
  kIndexOutside: 'the index is not within the tree',
  kTooShort: 'the proof has too few hashes',
  kTooLong: 'the proof has too many hashes',
  kRootMismatch: 'the proof does not lead to the root',
});

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(joined(Uint8Array.of(0), entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(joined(Uint8Array.of(1), left, right));
}

/** For each hash of a proof, the lowest first, whether it stands left of the way up. */
function wayUp(index: bigint, size: bigint): boolean[] {
  const way: boolean[] = [];
  while (size > 1n) {
    // The left half is the greatest power of two below the size.
    const left = 1n << BigInt((size - 1n).toString(2).length - 1);
    const isRight = index >= left;
    way.push(isRight);
    if (isRight) index -= left;
    size = isRight ? size - left : left;
  }
  return way.reverse();
}

/** That the tree has this leaf hash at this index. */
export function verifyInclusion(
  index: bigint,
  leaf: Uint8Array,
  proof: Uint8Array[],
  tree: TreeHead,
): void {
  if (tree.size === 0n) fail('kEmptyTree');
  if (tree.size >= 1n << 63n) fail('kTreeTooLarge');
  if (index >= tree.size) fail('kIndexOutside');
  const way = wayUp(index, tree.size);
  if (proof.length < way.length) fail('kTooShort');
  if (proof.length > way.length) fail('kTooLong');
  const root = way.reduce(
    (hash, isLeft, i) => (isLeft ? nodeHash(proof[i]!, hash) : nodeHash(hash, proof[i]!)),
    leaf,
  );
  if (!same(root, tree.root)) fail('kRootMismatch');
}
