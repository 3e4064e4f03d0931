// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Version } from './content';

// Lists of what was told and of what is one's own, without anything twice.

const kKept = 50_000;

const keyOf = (version: Version): string => `${version.item} ${version.version}`;

/**
 * In the order of their numbers. What a stream brings again after a break is there already; a
 * warning that left before it was recorded (number 0) comes again with its number, which stays.
 */
export function mergeTold(before: readonly Version[], more: readonly Version[]): Version[] {
  const numbered = new Map<number, Version>();
  const unrecorded = new Map<string, Version>();
  for (const version of [...before, ...more]) {
    if (version.number === null || version.number === 0) {
      unrecorded.set(keyOf(version), version);
    } else {
      numbered.set(version.number, version);
    }
  }
  for (const version of numbered.values()) unrecorded.delete(keyOf(version));
  const told = [...numbered.values()].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return [...told, ...unrecorded.values()].slice(-kKept);
}

/** Each version that was seen, in the order of time. */
export function mergeOwn(before: readonly Version[], more: readonly Version[]): Version[] {
  const all = new Map<string, Version>();
  for (const version of [...before, ...more]) all.set(keyOf(version), version);
  return [...all.values()].sort((a, b) => a.time - b.time).slice(-kKept);
}
