// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { attempt, Fault } from '../../src/verify/fault';

// No test is about time: a machine may be busy.
vi.setConfig({ testTimeout: 600_000 });

const kHere = dirname(fileURLToPath(import.meta.url));
export const kRoot = join(kHere, '../../..');

/** Data that tests use where it is present: it is not part of the project. */
export const kData = process.env['COMITY_DATA'] ?? join(kRoot, '../shared/data');

export function hasData(name: string): boolean {
  const found = existsSync(join(kData, name));
  if (!found)
    console.warn(`skipped: ${name} is not there, set COMITY_DATA to the folder of shared data`);
  return found;
}

export const dataText = (name: string): string => readFileSync(join(kData, name), 'utf8');

/** All files of this ending below a folder of the data. */
export function dataFiles(name: string, ending: string): string[] {
  return readdirSync(join(kData, name), { withFileTypes: true }).flatMap((entry) => {
    const path = join(name, entry.name);
    if (entry.isDirectory()) return dataFiles(path, ending);
    return path.endsWith(ending) ? [path] : [];
  });
}

export const fixture = (name: string): Buffer => readFileSync(join(kHere, 'fixtures', name));
export const fixtureText = (name: string): string => fixture(name).toString('utf8').trim();

/** The example of docs/formats/bundle.md. */
export const example = (name: string): Buffer =>
  readFileSync(join(kRoot, 'docs/examples/bundle', name));

/** The program, where it is built: COMITY_PROGRAM, or where the release build puts it. */
const kProgram = process.env['COMITY_PROGRAM'] ?? join(kRoot, 'build/release/bin/comity');

export function program(): string | null {
  if (existsSync(kProgram)) return kProgram;
  console.warn(`skipped: no ${kProgram}, build the target comity or set COMITY_PROGRAM`);
  return null;
}

export const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The same numbers each time (a linear congruence, as good as it needs to be). */
export function random(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) % below;
  };
}

/** Lets the runner hear from a long test, which it else takes for a dead one. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The fault that a reader ends with, or none. */
export function codeOf(read: () => unknown): string {
  const found = attempt(read);
  return found instanceof Fault ? found.code : 'none';
}
