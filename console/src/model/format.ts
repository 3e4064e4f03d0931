// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Limit } from './content';

// Figures as people on watch read them: UTC, nautical miles, feet and flight levels.

const kMetresPerMile = 1852;
const kFeetPerMetre = 1 / 0.3048;

const two = (value: number): string => String(value).padStart(2, '0');

/** 07:22:10 */
export function clock(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

/** 07:22 */
export function hourMinute(ms: number): string {
  return clock(ms).slice(0, 5);
}

/** 2026-06-01 */
export function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** 0:42, 12:05, 1:02:03; never negative. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = seconds % 3600;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(rest / 60);
  const tail = two(rest % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** A count-down: what is left until `at`, or how long ago it was. */
export function countDown(at: number, now: number): { isOver: boolean; text: string } {
  // What has begun counts as a whole second, so that 0:00 means over and nothing else does.
  if (at > now) return { isOver: false, text: span(Math.ceil((at - now) / 1000) * 1000) };
  return { isOver: true, text: span(now - at) };
}

/** 2.3 NM; below a tenth of a mile in metres. */
export function distance(metres: number): string {
  const size = Math.abs(metres);
  const miles = size / kMetresPerMile;
  if (miles < 0.1) return `${Math.round(size)} m`;
  return `${miles.toFixed(miles < 10 ? 1 : 0)} NM`;
}

/** ±150 m, or in miles where it is large. */
export function accuracy(metres: number): string {
  return metres < 1000 ? `±${Math.round(metres)} m` : `±${distance(metres)}`;
}

export function feet(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ft`;
}

/** FL180, 2,500 ft MSL, GND; `none` where there is no limit. */
export function limit(value: Limit | null | undefined, none: 'UNL' | 'GND'): string {
  if (value === null || value === undefined) return none;
  const ft = value.units === 'FT' ? value.value : value.value * kFeetPerMetre;
  if (value.reference === 'AGL' && ft === 0) return 'GND';
  if (value.reference === 'STD') return `FL${String(Math.round(ft / 100)).padStart(3, '0')}`;
  const rounded = Math.round(ft).toLocaleString('en-US');
  return `${rounded} ft ${value.reference === 'W84' ? 'WGS-84' : value.reference}`;
}

export function band(lower: Limit | null | undefined, upper: Limit | null | undefined): string {
  return `${limit(lower, 'GND')} – ${limit(upper, 'UNL')}`;
}

/** Flight level of a pressure altitude in the three digits of a track label. */
export function levelDigits(altitudeFt: number): string {
  return String(Math.max(0, Math.round(altitudeFt / 100))).padStart(3, '0');
}

/** 30°04′ S 119°59′ W */
export function place(lat: number, lon: number): string {
  return `${arc(lat, 'N', 'S')} ${arc(lon, 'E', 'W')}`;
}

function arc(value: number, plus: string, minus: string): string {
  const minutes = Math.round(Math.abs(value) * 60);
  return `${Math.floor(minutes / 60)}°${two(minutes % 60)}′ ${value < 0 ? minus : plus}`;
}
