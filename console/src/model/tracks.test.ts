// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { Frame, FrameTrack } from '../api/frames';
import type { Sample } from '../api/types';
import { dotAt, kTrailPoints, TrackTable } from './tracks';

function track(number: number, lon: number, more: Partial<FrameTrack> = {}): FrameTrack {
  return {
    number,
    lat: 0,
    lon,
    altitudeFt: 19_000,
    datum: 'pressure',
    speedKt: 250,
    direction: 90,
    verticalFpm: 0,
    ageS: 0.5,
    accuracyM: 50,
    isEstimated: false,
    isLost: false,
    isOnGround: false,
    ...more,
  };
}

const frame = (second: number, tracks: FrameTrack[]): Frame => ({ sweep: 1000 * second, tracks });

describe('TrackTable', () => {
  it('passes over a number that it was not told the name of', () => {
    const table = new TrackTable();
    table.name([[1, 'S1', '', 'radar', null]]);
    table.take(frame(1, [track(1, 1), track(2, 2)]));
    expect(table.dots.map((dot) => dot.track)).toEqual(['S1']);
    expect(table.dots[0]?.callsign).toBeNull();
  });

  it('keeps a minute of trail, newest first', () => {
    const table = new TrackTable();
    table.name([[1, 'S1', 'CALL', 'radar', 'south']]);
    for (let second = 0; second <= 120; second += 1) table.take(frame(second, [track(1, second)]));
    const trail = table.dots[0]?.trail ?? [];
    expect(trail).toHaveLength(2 * kTrailPoints);
    expect(trail.slice(0, 4)).toEqual([119, 0, 114, 0]);
  });

  it('shows one that is missing as lost for a minute, then no more', () => {
    const table = new TrackTable();
    table.name([[1, 'S1', '', 'radar', null]]);
    table.take(frame(1, [track(1, 1)]));
    table.take(frame(2, []));
    expect(table.dots[0]?.isLost).toBe(true);
    table.take(frame(61, []));
    expect(table.dots).toHaveLength(1);
    table.take(frame(62, []));
    expect(table.dots).toHaveLength(0);
  });

  it('follows a track over a stream that numbers it anew', () => {
    const table = new TrackTable();
    table.name([[1, 'S1', '', 'radar', null]]);
    for (let second = 0; second <= 6; second += 1) table.take(frame(second, [track(1, second)]));
    table.beginStream();
    table.take(frame(7, [track(1, 7)]));
    expect(table.dots[0]?.isLost).toBe(true);
    table.name([[9, 'S1', '', 'radar', null]]);
    table.take(frame(8, [track(9, 8)]));
    expect(table.dots[0]).toMatchObject({ lon: 8, isLost: false });
    expect(table.dots[0]?.trail.length).toBeGreaterThan(0);
  });
});

describe('a recorded track at a moment', () => {
  const samples: Sample[] = [];
  for (let second = 0; second <= 60; second += 1) samples.push([1000 * second, 0, second, 1, 2, 3]);
  const recorded = { feed: 'radar', track: 'S1', samples };

  it('stands at its last sample, never ahead of it', () => {
    expect(dotAt(recorded, 30_900)).toMatchObject({ lon: 30, ageS: 0.9, isEstimated: false });
    expect(dotAt(recorded, -1)).toBeNull();
  });

  it('is estimated, then lost, then gone after its end', () => {
    expect(dotAt(recorded, 63_500)).toMatchObject({ isEstimated: true, isLost: false });
    expect(dotAt(recorded, 66_500)?.isLost).toBe(true);
    expect(dotAt(recorded, 120_001)).toBeNull();
  });

  it('has the trail of the minute before', () => {
    expect(dotAt(recorded, 20_000)?.trail).toEqual([15, 0, 10, 0, 5, 0, 0, 0]);
  });
});
