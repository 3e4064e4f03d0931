// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

// The licences of everything that the build holds, collected into one file beside it.

interface Package {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

function read(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
}

/** A package may have its own copy of what it needs; otherwise the one at the top serves. */
function folderOf(name: string, from: string): string | null {
  const folders = [join(from, 'node_modules', name), join('node_modules', name)];
  return folders.find((folder) => existsSync(join(folder, 'package.json'))) ?? null;
}

function collect(from: string, into: Map<string, string>): void {
  for (const name of Object.keys(read(from).dependencies ?? {})) {
    // Types are not in the build.
    const folder = name.startsWith('@types/') ? null : folderOf(name, from);
    if (folder === null) continue;
    const { version, license } = read(folder);
    const key = `${name} ${version}`;
    if (into.has(key)) continue;
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    into.set(key, `${key} (${license ?? 'see below'})\n\n${text}`);
    collect(folder, into);
  }
}

export function licences(): Plugin {
  return {
    name: 'comity-licences',
    generateBundle() {
      const all = new Map<string, string>();
      collect('.', all);
      const rule = `\n\n${'-'.repeat(80)}\n\n`;
      const source = [...all.keys()]
        .sort()
        .map((key) => all.get(key))
        .join(rule);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: `${source}\n` });
    },
  };
}
