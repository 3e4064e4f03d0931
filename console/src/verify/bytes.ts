// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Bytes and the texts that write them. A text that was not yet found to be UTF-8 is kept as a
// string of bytes: one character from U+0000 to U+00FF for each. So places and lengths count bytes,
// as in the formats, and nothing is decoded before it is checked.

/** A string of bytes. */
export type Raw = string;

export function rawOf(bytes: Uint8Array): Raw {
  const kAtOnce = 8192;
  let out = '';
  for (let at = 0; at < bytes.length; at += kAtOnce) {
    out += String.fromCharCode.apply(null, bytes.subarray(at, at + kAtOnce) as never);
  }
  return out;
}

export function bytesOf(raw: Raw): Uint8Array {
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; ++i) out[i] = raw.charCodeAt(i);
  return out;
}

export function rawOfText(text: string): Raw {
  return rawOf(new TextEncoder().encode(text));
}

/** As text; null where the bytes are no UTF-8 (RFC 3629). */
export function textOf(bytes: Uint8Array | Raw): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      typeof bytes === 'string' ? bytesOf(bytes) : bytes,
    );
  } catch {
    return null;
  }
}

/** As text for a message: what is no UTF-8 becomes U+FFFD. */
export function looseTextOf(raw: Raw): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(raw));
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const kMost = 1n << 63n;

/** ASCII digits without leading zeros, below 2^63; null where it is none. */
export function decimalOrNull(text: Raw): bigint | null {
  const number = /^(0|[1-9][0-9]{0,18})$/.test(text) ? BigInt(text) : kMost;
  return number < kMost ? number : null;
}
