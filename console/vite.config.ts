// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';
import { licences } from './licences';

// The node serves what lies in build/console from its own origin. During work on the console, the
// development server passes the API on to a node on COMITY_NODE.
const node = process.env['COMITY_NODE'] ?? 'http://127.0.0.1:8480';

export default defineConfig({
  base: './',
  plugins: [licences()],
  build: {
    outDir: '../build/console',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is put inline: the content security policy takes neither inline scripts nor styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1100,
  },
  // The JSX of Preact, without a plugin.
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  server: { proxy: { '/v1': { target: node, ws: true } } },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], environment: 'node' },
});
