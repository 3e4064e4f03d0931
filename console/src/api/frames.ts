// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Track frames of api/stream.md: 16 bytes of head, 32 bytes each track, little-endian.

export const kHeadBytes = 16;
export const kTrackBytes = 32;
const kMagic = 0x31465443; // "CTF1"

export const kEstimated = 1;
export const kLost = 2;
export const kOnGround = 4;
export const kDirectionKnown = 8;

export type Datum = 'pressure' | 'msl' | 'wgs84';
const kDatums: readonly Datum[] = ['pressure', 'msl', 'wgs84'];

export interface FrameTrack {
  number: number;
  lat: number;
  lon: number;
  altitudeFt: number | null;
  datum: Datum;
  speedKt: number | null;
  /** Direction over ground from true north, degrees. */
  direction: number | null;
  verticalFpm: number | null;
  ageS: number;
  accuracyM: number | null;
  isEstimated: boolean;
  isLost: boolean;
  isOnGround: boolean;
}

export interface Frame {
  /** Time of the sweep, milliseconds since 1970. */
  sweep: number;
  tracks: FrameTrack[];
}

/** Reads one frame; a frame that is not whole is an error, since half a picture misleads. */
export function parseFrame(bytes: ArrayBuffer): Frame {
  const view = new DataView(bytes);
  if (view.byteLength < kHeadBytes) {
    throw new Error(`a track frame of ${view.byteLength} bytes, expected at least ${kHeadBytes}`);
  }
  if (view.getUint32(0, true) !== kMagic) throw new Error('no track frame: expected CTF1');
  const count = view.getUint32(4, true);
  const expected = kHeadBytes + count * kTrackBytes;
  if (view.byteLength !== expected) {
    throw new Error(`a track frame of ${view.byteLength} bytes, expected ${expected}`);
  }
  const tracks: FrameTrack[] = [];
  for (let at = kHeadBytes; at < expected; at += kTrackBytes) tracks.push(parseTrack(view, at));
  return { sweep: Number(view.getBigInt64(8, true)), tracks };
}

function parseTrack(view: DataView, at: number): FrameTrack {
  const altitude = view.getInt32(at + 12, true);
  const speed = view.getUint16(at + 16, true);
  const vertical = view.getInt16(at + 20, true);
  const accuracy = view.getUint16(at + 24, true);
  const flags = view.getUint8(at + 26);
  return {
    number: view.getUint32(at, true),
    lat: view.getInt32(at + 4, true) / 1e7,
    lon: view.getInt32(at + 8, true) / 1e7,
    altitudeFt: altitude === -2147483648 ? null : altitude / 10,
    datum: kDatums[view.getUint8(at + 27)] ?? 'pressure',
    speedKt: speed === 65535 ? null : speed / 10,
    direction:
      (flags & kDirectionKnown) === 0 ? null : (view.getUint16(at + 18, true) * 360) / 65536,
    verticalFpm: vertical === -32768 ? null : vertical,
    ageS: view.getUint16(at + 22, true) / 10,
    accuracyM: accuracy === 65535 ? null : accuracy,
    isEstimated: (flags & kEstimated) !== 0,
    isLost: (flags & kLost) !== 0,
    isOnGround: (flags & kOnGround) !== 0,
  };
}
