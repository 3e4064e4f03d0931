// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Datum, Frame, FrameTrack } from '../api/frames';
import type { NameRow, Sample } from '../api/types';

/** What is drawn of one aircraft. */
export interface Dot {
  key: string;
  track: string;
  callsign: string | null;
  feed: string;
  operator: string | null;
  lat: number;
  lon: number;
  altitudeFt: number | null;
  datum: Datum;
  speedKt: number | null;
  direction: number | null;
  verticalFpm: number | null;
  accuracyM: number | null;
  ageS: number;
  isEstimated: boolean;
  isLost: boolean;
  /** Longitude, latitude: where it was, newest first. */
  trail: number[];
}

export const kTrailPoints = 12;
const kTrailEveryMs = 5_000;
const kLostShownMs = 60_000;

interface Name {
  track: string;
  callsign: string | null;
  feed: string;
  operator: string | null;
}

interface Entry {
  dot: Dot;
  seen: number;
  trailAt: number;
}

/** The tracks of the last frame, with where each was in the minute before. */
export class TrackTable {
  private names = new Map<number, Name>();
  private entries = new Map<string, Entry>();
  sweep: number | null = null;
  dots: Dot[] = [];

  /** A stream numbers its names by itself; the trails outlast it. */
  beginStream(): void {
    this.names.clear();
  }

  name(rows: readonly NameRow[]): void {
    for (const [number, track, callsign, feed, operator] of rows) {
      this.names.set(number, { track, callsign: callsign || null, feed, operator });
    }
  }

  clear(): void {
    this.names.clear();
    this.entries.clear();
    this.sweep = null;
    this.dots = [];
  }

  take(frame: Frame): void {
    this.sweep = frame.sweep;
    for (const track of frame.tracks) {
      const name = this.names.get(track.number);
      if (name !== undefined) this.takeOne(track, name, frame.sweep);
    }
    this.dots = [];
    for (const [key, entry] of this.entries) {
      // One that is missing without having been called lost is not shown as if it were there.
      if (entry.seen !== frame.sweep) entry.dot.isLost = true;
      if (frame.sweep - entry.seen > kLostShownMs || entry.seen > frame.sweep) {
        this.entries.delete(key);
      } else {
        this.dots.push(entry.dot);
      }
    }
  }

  private takeOne(track: FrameTrack, name: Name, sweep: number): void {
    const key = `${name.feed} ${name.track}`;
    const entry = this.entries.get(key);
    const trail = entry?.dot.trail ?? [];
    let trailAt = entry?.trailAt ?? sweep;
    if (entry !== undefined && sweep - trailAt >= kTrailEveryMs) {
      trail.unshift(entry.dot.lon, entry.dot.lat);
      trail.length = Math.min(trail.length, 2 * kTrailPoints);
      trailAt = sweep;
    }
    const { number: _number, isOnGround: _ground, ...seen } = track;
    this.entries.set(key, { seen: sweep, trailAt, dot: { key, ...name, ...seen, trail } });
  }
}

const kSampleGapMs = 60_000;
const kSampleFreshMs = 3_000;

export interface Recorded {
  feed: string;
  track: string;
  samples: readonly Sample[];
}

/** Where a recorded track was at a moment, from its last sample; null outside of the recording. */
export function dotAt(recorded: Recorded, moment: number): Dot | null {
  const last = lastBefore(recorded.samples, moment);
  const sample = recorded.samples[last];
  if (sample === undefined || moment - sample[0] > kSampleGapMs) return null;
  const [time, lat, lon, altitudeFt, speedKt, direction] = sample;
  return {
    key: `${recorded.feed} ${recorded.track}`,
    track: recorded.track,
    callsign: null,
    feed: recorded.feed,
    operator: null,
    lat,
    lon,
    altitudeFt,
    datum: 'pressure',
    speedKt,
    direction,
    verticalFpm: null,
    accuracyM: null,
    ageS: (moment - time) / 1000,
    isEstimated: moment - time >= kSampleFreshMs,
    isLost: last === recorded.samples.length - 1 && moment - time >= 2 * kSampleFreshMs,
    trail: trailBefore(recorded.samples, last),
  };
}

function lastBefore(samples: readonly Sample[], moment: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.[0] ?? Infinity) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function trailBefore(samples: readonly Sample[], last: number): number[] {
  const trail: number[] = [];
  let next = (samples[last]?.[0] ?? 0) - kTrailEveryMs;
  for (let i = last - 1; i >= 0 && trail.length < 2 * kTrailPoints; i -= 1) {
    const sample = samples[i];
    if (sample === undefined || sample[0] > next) continue;
    trail.push(sample[2], sample[1]);
    next = sample[0] - kTrailEveryMs;
  }
  return trail;
}
