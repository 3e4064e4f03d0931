// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Scenario } from '../api/types';

// Which stretch of time the line shows, and where it is written on.

export interface Range {
  from: number;
  until: number;
}

const kHour = 3_600_000;

/** A scenario from its beginning to its end; otherwise the last hour, and a little of the next. */
export function rangeOf(scenario: Scenario | null, now: number): Range {
  if (scenario === null) return { from: now - kHour, until: now + kHour / 12 };
  const from = Date.parse(scenario.start);
  const until = Math.max(Date.parse(scenario.end), now + 60_000);
  // One that has been left running for long is not squeezed into the first pixels of the line.
  return until - from > 6 * kHour ? { from: until - 6 * kHour, until } : { from, until };
}

const kSteps = [60_000, 300_000, 600_000, 1_800_000, kHour];

/** Round times, at most twelve of them. */
export function ticksOf(range: Range): number[] {
  const size = range.until - range.from;
  const step = kSteps.find((one) => size / one <= 12) ?? kHour;
  const ticks: number[] = [];
  for (let at = Math.ceil(range.from / step) * step; at <= range.until; at += step) ticks.push(at);
  return ticks;
}
