// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { clock, levelDigits } from '../model/format';
import type { Dot } from '../model/tracks';
import type { Palette } from './palette';

export function alertColor(palette: Palette, severity: string): string {
  if (severity === 'warning') return palette.warning;
  return severity === 'caution' ? palette.caution : palette.advisory;
}

/** What stands beside a track: who, level with its trend and speed, and what is unsure of it. */
export function trackLines(dot: Dot, sweep: number | null): string[] {
  const lines = [dot.callsign ?? dot.track];
  const level =
    dot.altitudeFt === null
      ? '---'
      : dot.datum === 'pressure'
        ? `FL${levelDigits(dot.altitudeFt)}`
        : `${Math.round(dot.altitudeFt / 100) * 100} ft`;
  const trend =
    dot.verticalFpm === null || Math.abs(dot.verticalFpm) < 300
      ? ' '
      : dot.verticalFpm > 0
        ? '↑ '
        : '↓ ';
  const speed = dot.speedKt === null ? '' : `${Math.round(dot.speedKt)} kt`;
  lines.push(`${level}${trend}${speed}`.trimEnd());
  if (dot.isLost) {
    lines.push(sweep === null ? 'lost' : `lost, seen ${clock(sweep - dot.ageS * 1000)}`);
  } else if (dot.isEstimated) {
    lines.push(`estimated, ${Math.round(dot.ageS)} s old`);
  }
  return lines;
}
