// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The real program with a scenario that plays, and Debian's Chromium to look at it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export const root = new URL('../..', import.meta.url).pathname;
const kProgram = process.env['COMITY_PROGRAM'] ?? `${root}build/release/bin/comity`;
const kChromium = process.env['COMITY_CHROMIUM'] ?? '/usr/bin/chromium';

// Why nothing can be tested here; null where it can.
export function missing() {
  const packages = `${root}console/node_modules/playwright-core/package.json`;
  for (const file of [kProgram, kChromium, packages, `${root}build/console/index.html`]) {
    if (!existsSync(file)) return `${file} is not there`;
  }
  return null;
}

/** A node with a scenario, from a time of its day on; on a free port of loopback. */
export async function startNode(from) {
  const process_ = spawn(
    kProgram,
    [
      ...['serve', '--listen', '127.0.0.1:0', '--console', 'build/console'],
      ...['--scenario', 'scenarios/two-shores', '--from', from],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let errors = '';
  process_.stderr.on('data', (data) => (errors += data));
  const ended = new Promise((resolve) => process_.on('exit', (code) => resolve(code)));
  await new Promise((resolve, reject) => {
    process_.stdout.on('data', (data) => {
      said += data;
      if (said.includes('password') && said.endsWith('\n')) resolve();
    });
    ended.then((code) => reject(new Error(`the node ended with ${code}: ${errors}`)));
  });
  const url = /listening on (\S+)/.exec(said)[1];
  const passwords = new Map(
    [...said.matchAll(/^ +(\S+) +password (\S+)/gm)].map((found) => [found[1], found[2]]),
  );
  return {
    url,
    passwords,
    pause: () => process_.kill('SIGSTOP'),
    goOn: () => process_.kill('SIGCONT'),
    time: async () => Date.parse((await (await fetch(`${url}/v1/node`)).json()).time),
    stop: async () => {
      process_.kill('SIGTERM');
      return ended;
    },
  };
}

export async function openBrowser() {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: kChromium,
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--use-gl=angle', '--use-angle=swiftshader'],
      ...['--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
      '--disable-background-networking',
    ],
  });
}

/** Everything that a page was sent: bodies of answers and messages of streams, and from where. */
export function listen(page) {
  const heard = { texts: [], origins: new Set(), errors: [], waiting: [] };
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    // What a page makes itself leaves nothing.
    if (protocol !== 'blob:' && protocol !== 'data:') heard.origins.add(origin);
  });
  page.on('response', (response) => {
    if (!response.url().includes('/v1/')) return;
    heard.waiting.push(
      response.text().then(
        (text) => heard.texts.push(text),
        () => undefined,
      ),
    );
  });
  page.on('websocket', (socket) => {
    heard.origins.add(new URL(socket.url()).origin.replace('ws', 'http'));
    socket.on('framereceived', (frame) => heard.texts.push(frame.payload.toString('latin1')));
  });
  page.on('pageerror', (error) => heard.errors.push(error.message));
  return heard;
}

export async function signIn(page, node, who, role = '') {
  await page.goto(`${node.url}/`);
  await page.getByLabel('Name').fill(who);
  await page.getByLabel('Password').fill(node.passwords.get(who));
  if (role !== '') await page.getByLabel('Duty role').fill(role);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}
