// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { hexOf } from '../../src/verify/bytes';
import { hmacSha256, sha256, sha512 } from '../../src/verify/sha2';
import { random } from './data';

const next = random(7);
const bytes = (size: number) => Uint8Array.from({ length: size }, () => next(256));

// Every length around the ends of blocks, and some that are long.
const kSizes = [...Array.from({ length: 300 }, (_, i) => i), 4095, 4096, 65537, 1 << 20];

test('SHA-256 and SHA-512 are those of another implementation', () => {
  for (const size of kSizes) {
    const text = bytes(size);
    expect(hexOf(sha256(text)), `${size}`).toBe(createHash('sha256').update(text).digest('hex'));
    expect(hexOf(sha512(text)), `${size}`).toBe(createHash('sha512').update(text).digest('hex'));
  }
});

test('HMAC-SHA-256 too', () => {
  for (const size of [0, 1, 32, 63, 64, 1000]) {
    const [key, text] = [bytes(32), bytes(size)];
    expect(hexOf(hmacSha256(key, text))).toBe(createHmac('sha256', key).update(text).digest('hex'));
  }
});
