// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Written out, since atob takes blanks, missing padding and bits set behind the end.
import type { Raw } from './bytes';

const kStandard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const kUrlSafe = kStandard.slice(0, 62) + '-_';

function valuesOf(digits: string): Int16Array {
  const values = new Int16Array(256).fill(-1);
  for (let i = 0; i < digits.length; ++i) values[digits.charCodeAt(i)] = i;
  return values;
}

const kStandardValues = valuesOf(kStandard);
const kUrlSafeValues = valuesOf(kUrlSafe);

export type Base64Error = 'kTooLong' | 'kIncomplete' | 'kNotBase64';

/** RFC 4648 with padding, in its one form, of at most so many bytes. */
export function decodeBase64(
  text: Raw,
  maxBytes: number,
  urlSafe = false,
): Uint8Array | Base64Error {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const size = Math.max(0, Math.floor(text.length / 4) * 3 - padding);
  if (size > maxBytes) return 'kTooLong';
  if (text.length % 4 !== 0) return 'kIncomplete';
  const values = urlSafe ? kUrlSafeValues : kStandardValues;
  const out = new Uint8Array(size);
  const digits = text.length - padding;
  let fault = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; ++i) {
    // A character that is no byte has no value either.
    const value = i < digits ? (values[text.charCodeAt(i)] ?? -1) : 0;
    fault |= value;
    bits = ((bits << 6) | value) & 0xffffff;
    if (i % 4 !== 3) continue;
    // Past the end of `out` nothing is written: those are the bytes of the padding.
    for (let shift = 16; shift >= 0; shift -= 8) out[at++] = bits >> shift;
  }
  // RFC 4648, section 3.5: bits behind the last byte are zero.
  const unused = bits & ((1 << (8 * padding)) - 1);
  return fault < 0 || unused !== 0 ? 'kNotBase64' : out;
}

export function encodeBase64(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let i = 0; i < 4; ++i) {
      out += at + i <= bytes.length ? kStandard[(group >> (18 - 6 * i)) & 63] : '=';
    }
  }
  return out;
}

/** The base64 of 32 bytes; null where it is none. */
export function hashFromBase64(text: Raw): Uint8Array | null {
  const bytes = decodeBase64(text, 32);
  return typeof bytes !== 'string' && bytes.length === 32 ? bytes : null;
}
