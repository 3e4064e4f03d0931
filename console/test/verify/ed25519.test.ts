// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyEd25519 } from '../../src/verify/ed25519';
import { bytesOfHex, dataText, hasData, random } from './data';

interface Case {
  key: string;
  sig: string;
  msg: string;
  flags: string[] | null;
}

// No point of low order, no help of the cofactor, and the hash over the bytes as they stand.
const kRefused = [
  'low_order_A',
  'low_order_R',
  'non_canonical_A',
  'non_canonical_R',
  'low_order_residue',
  'reencoded_k',
];

const kVectors = 'tlog/c2sp-cctv-ed25519/ed25519/ed25519vectors.json';

describe('the one strict rule on signatures', () => {
  test.skipIf(!hasData(kVectors))('accepts the 43 and refuses the 871', () => {
    const cases = JSON.parse(dataText(kVectors)) as Case[];
    expect(cases.length).toBe(914);
    let accepted = 0;
    cases.forEach(({ key, sig, msg, flags }, i) => {
      const holds = verifyEd25519(bytesOfHex(key), Buffer.from(msg), bytesOfHex(sig));
      expect(holds, `case ${i}`).toBe(!flags?.some((flag) => kRefused.includes(flag)));
      if (holds) ++accepted;
    });
    expect(accepted).toBe(43);
  });

  // RFC 8032, section 7.1: TEST 1 to 3.
  test.each([
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
        '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('verifies the examples of RFC 8032', (key, message, signature) => {
    const [k, m, s] = [bytesOfHex(key), bytesOfHex(message), bytesOfHex(signature)];
    expect(verifyEd25519(k, m, s)).toBe(true);
    for (let i = 0; i < 64; ++i) {
      const other = s.slice();
      other[i]! ^= 1 << i % 8;
      expect(verifyEd25519(k, m, other), `byte ${i}`).toBe(false);
    }
    expect(verifyEd25519(k, Uint8Array.of(...m, 0), s)).toBe(false);
  });

  const kPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const kOrder = (1n << 252n) + 27742317777372353535851937790883648493n;

  test('verifies what honest signers make, and refuses an S of the order or above', () => {
    const next = random(20261125);
    for (let i = 0; i < 20; ++i) {
      const seed = Buffer.from(Array.from({ length: 32 }, () => next(256)));
      const key = createPrivateKey({
        key: Buffer.concat([kPrefix, seed]),
        format: 'der',
        type: 'pkcs8',
      });
      const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
      const message = Buffer.from(Array.from({ length: next(300) }, () => next(256)));
      const signature = sign(null, message, key);
      expect(verifyEd25519(publicKey, message, signature)).toBe(true);
      const s = BigInt('0x' + Buffer.from(signature.subarray(32)).reverse().toString('hex'));
      const above = Buffer.from((s + kOrder).toString(16).padStart(64, '0'), 'hex').reverse();
      const twin = Buffer.concat([signature.subarray(0, 32), above]);
      expect(verifyEd25519(publicKey, message, twin)).toBe(false);
    }
  });

  // The eight points whose order divides 8, in every form that 32 bytes have for them.
  test.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('refuses the point %s as a key, with either sign', (hex) => {
    // Under the neutral point every signature with R = [S]B would hold: S = 0, R = the same.
    for (const sign of [0, 0x80]) {
      const key = bytesOfHex(hex);
      key[31]! |= sign;
      for (const other of [
        hex,
        '0100000000000000000000000000000000000000000000000000000000000000',
      ]) {
        const signature = Buffer.concat([bytesOfHex(other), Buffer.alloc(32)]);
        expect(verifyEd25519(key, new Uint8Array(), signature)).toBe(false);
      }
    }
  });
});
