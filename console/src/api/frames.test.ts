// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { kHeadBytes, kTrackBytes, parseFrame } from './frames';

function frameOf(count: number, extra = 0): DataView {
  const view = new DataView(new ArrayBuffer(kHeadBytes + count * kTrackBytes + extra));
  [0x43, 0x54, 0x46, 0x31].forEach((byte, index) => view.setUint8(index, byte));
  view.setUint32(4, count, true);
  view.setBigInt64(8, 1780297330000n, true);
  return view;
}

function fill(view: DataView, at: number): void {
  view.setUint32(at, 7, true);
  view.setInt32(at + 4, -300_700_000, true);
  view.setInt32(at + 8, -1_199_436_200, true);
  view.setInt32(at + 12, 190_005, true);
  view.setUint16(at + 16, 2501, true);
  view.setUint16(at + 18, 16384, true);
  view.setInt16(at + 20, -900, true);
  view.setUint16(at + 22, 34, true);
  view.setUint16(at + 24, 50, true);
  view.setUint8(at + 26, 1 | 8);
  view.setUint8(at + 27, 2);
}

describe('parseFrame', () => {
  it('reads each member of a track', () => {
    const view = frameOf(1);
    fill(view, kHeadBytes);
    expect(parseFrame(view.buffer as ArrayBuffer)).toEqual({
      sweep: 1780297330000,
      tracks: [
        {
          number: 7,
          lat: -30.07,
          lon: -119.94362,
          altitudeFt: 19000.5,
          datum: 'wgs84',
          speedKt: 250.1,
          direction: 90,
          verticalFpm: -900,
          ageS: 3.4,
          accuracyM: 50,
          isEstimated: true,
          isLost: false,
          isOnGround: false,
        },
      ],
    });
  });

  it('tells what is not known from zero', () => {
    const view = frameOf(1);
    view.setInt32(kHeadBytes + 12, -2147483648, true);
    view.setUint16(kHeadBytes + 16, 65535, true);
    view.setInt16(kHeadBytes + 20, -32768, true);
    view.setUint16(kHeadBytes + 24, 65535, true);
    const [track] = parseFrame(view.buffer as ArrayBuffer).tracks;
    expect(track).toMatchObject({
      altitudeFt: null,
      speedKt: null,
      direction: null,
      verticalFpm: null,
      accuracyM: null,
    });
    const zero = parseFrame(frameOf(1).buffer as ArrayBuffer).tracks[0];
    expect(zero).toMatchObject({ altitudeFt: 0, speedKt: 0, verticalFpm: 0, accuracyM: 0 });
  });

  it('reads an empty frame', () => {
    expect(parseFrame(frameOf(0).buffer as ArrayBuffer).tracks).toEqual([]);
  });

  it('refuses what is not a whole frame', () => {
    const other = frameOf(1);
    other.setUint8(3, 0x32);
    const long = frameOf(1, 4);
    const short = frameOf(1);
    short.setUint32(4, 2, true);
    for (const view of [other, long, short, new DataView(new ArrayBuffer(15))]) {
      expect(() => parseFrame(view.buffer as ArrayBuffer)).toThrow(/expected/);
    }
  });
});
