// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The binary encoding of records, ticks and slots (docs/formats/record.md).
import { rawOf, textOf, type Raw } from './bytes';
import { faults } from './fault';

export const kFormatWords = {
  kTruncated: 'expected more bytes',
  kTrailing: 'expected nothing after the last field',
  kTooLong: "expected a length within the field's limit",
  kNotUtf8: 'expected UTF-8',
  kControlCharacter: 'expected text without control characters',
  kInstantRange: 'expected an instant before the year 10000',
  kUnknownVersion: 'expected a version that this program knows',
  kUnknownKind: 'expected a kind that this program knows',
  kValueRange: 'expected a value that the field may have',
};

const fail = faults(kFormatWords);

type TextFault = 'kTooLong' | 'kNotUtf8' | 'kControlCharacter';

/** What keeps these bytes from being a text of at most so many bytes; null where nothing does. */
export function textFault(raw: Raw, limit: number): TextFault | null {
  if (raw.length > limit) return 'kTooLong';
  if (textOf(raw) === null) return 'kNotUtf8';
  return /[\x00-\x1f\x7f]/.test(raw) ? 'kControlCharacter' : null;
}

/** The last millisecond of the year 9999. */
const kLastInstant = 253_402_300_799_999n;

export class Decoder {
  private at = 0;

  constructor(private readonly input: Uint8Array) {}

  take(count: number): Uint8Array {
    if (this.input.length - this.at < count) fail('kTruncated');
    this.at += count;
    return this.input.subarray(this.at - count, this.at);
  }

  u64(): bigint {
    return (BigInt(this.unsigned(4)) << 32n) | BigInt(this.unsigned(4));
  }

  /** Of at most 4 bytes. */
  unsigned(size: number): number {
    return this.take(size).reduce((number, byte) => number * 256 + byte, 0);
  }

  hash(): Uint8Array {
    return this.take(32);
  }

  /** One byte, from `least` to `greatest`. */
  choice(least: number, greatest: number): number {
    const value = this.unsigned(1);
    return value < least || value > greatest ? fail('kValueRange') : value;
  }

  /** Milliseconds since 1970. */
  instant(): number {
    const value = this.u64();
    return value > kLastInstant ? fail('kInstantRange') : Number(value);
  }

  text(limit: number): Raw {
    const size = this.unsigned(2);
    if (size > limit) fail('kTooLong');
    const text = rawOf(this.take(size));
    const fault = textFault(text, limit);
    return fault === null ? text : fail(fault);
  }

  bytes(limit: number): Uint8Array {
    const size = this.unsigned(4);
    return size > limit ? fail('kTooLong') : this.take(size);
  }

  version(known: number): void {
    if (this.unsigned(2) !== known) fail('kUnknownVersion');
  }

  /** After the last field. */
  finish(): void {
    if (this.at !== this.input.length) fail('kTrailing');
  }
}
