// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What comity verify says of the same file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Finding } from '../../src/verify';
import { program } from './data';

export const kProgram = program();
const kFolder = mkdtempSync(join(tmpdir(), 'comity-verify-'));
afterAll(() => rmSync(kFolder, { recursive: true }));

/** The exit code, and what is printed of a refusal, on one line. */
function asked(file: Uint8Array, key: string | null): { code: number; words: string } {
  const path = join(kFolder, 'file');
  const keyPath = join(kFolder, 'key');
  writeFileSync(path, file);
  if (key !== null) writeFileSync(keyPath, key);
  const question = ['verify', path, ...(key === null ? [] : ['--key', keyPath])];
  try {
    return { code: 0, words: execFileSync(kProgram!, question, { stdio: 'pipe' }).toString() };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: Buffer; stderr: Buffer };
    return { code: status, words: `${stdout}${stderr}`.replaceAll(/\s+/g, ' ') };
  }
}

interface Answered {
  answer: string;
  findings: Finding[];
}

// Where two things are wrong at once, each reader may find another first: nested too deep, and a
// mark of the order of bytes. How to give a key is each one's own matter.
const kOwnWords = [
  /(?<=the request is no signed envelope: )expected brackets nested at most 64 deep/,
  /(?<=the request is no signed envelope: )expected one JSON value in UTF-8/,
  /(?<=names the log's key): ask the log.*/,
  /^line \d+: /,
];

export function expectSame(
  found: Answered,
  file: Uint8Array,
  key: string | null,
  what: string,
): void {
  const { code, words } = asked(file, key);
  const answers = ['holds', 'does not hold', 'bad input'];
  const said = found.findings[0]?.words.replaceAll(/\s+/g, ' ') ?? '';
  expect(found.answer, `${what}: ${words} / ${said}`).toBe(answers[code]);
  expect(words, what).toContain(kOwnWords.reduce((text, own) => text.replace(own, ''), said));
}
