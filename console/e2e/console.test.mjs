// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The console against the real node, as people use it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { listen, missing, openBrowser, root, signIn, startNode } from './node_under_test.mjs';

const why = missing();
const options = { skip: why === null ? false : `skipped: missing ${why}`, timeout: 120_000 };
const kAxe = 'axe-core/axe.min.js';
// Where pictures go; docs: the README's.
const kPictures = process.env['COMITY_PICTURES'] ?? `${root}build/pictures`;

let node;
let browser;

before(async () => {
  if (why !== null) return;
  node = await startNode('07:22:40');
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  if (node !== undefined) assert.equal(await node.stop(), 0);
});

async function openAs(who, { role = '', viewport = { width: 1440, height: 900 }, ...more } = {}) {
  const context = await browser.newContext({ viewport, ...more });
  const page = await context.newPage();
  const heard = listen(page);
  await signIn(page, node, who, role);
  return { context, page, heard };
}

test('each party is sent what was released to it and nothing else', options, async () => {
  const opened = {};
  for (const who of ['south', 'lead']) opened[who] = await openAs(who);
  await opened.south.page.getByText('S1 · north-airspace').first().waitFor();
  await opened.south.page.waitForTimeout(3_000);
  for (const who of ['south', 'lead']) await Promise.all(opened[who].heard.waiting);
  const south = opened.south.heard.texts.join('\n');
  const lead = opened.lead.heard.texts.join('\n');
  // South was warned, and never told the airspace, the other agreement's life or North's tracks.
  assert.match(south, /warning\/[0-9a-f]{16}/);
  assert.doesNotMatch(south, /airspace\/north-airspace/);
  assert.doesNotMatch(south, /"type":"names"/);
  assert.doesNotMatch(south, /Watch supervisor North/);
  // The lead was told the announced flight, and signed nothing about alerts.
  assert.match(lead, /intent\/S1/);
  assert.doesNotMatch(lead, /warning\//);
  assert.doesNotMatch(lead, /north-airspace/);
  for (const who of ['south', 'lead']) {
    assert.deepEqual([...opened[who].heard.origins], [node.url], 'nothing leaves the origin');
    assert.deepEqual(opened[who].heard.errors, []);
    await opened[who].context.close();
  }
});

test('read, recorded, shown by a receipt, verified in the browser', options, async () => {
  const { context, page, heard } = await openAs('line');
  await page.getByText('S2 · north-airspace').first().waitFor();
  const done = await page.evaluate(async () => {
    const caller = await (await fetch('/v1/session')).json();
    const situations = (await (await fetch('/v1/situations')).json()).items;
    const item = situations[0];
    const answer = await fetch(`/v1/notifications/${item.item}/read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-comity-csrf': caller.csrf },
      body: JSON.stringify({ version: item.version }),
    });
    return { id: item.id, status: answer.status, decision: await answer.json() };
  });
  assert.equal(done.status, 200, JSON.stringify(done.decision));
  assert.equal(done.decision.stated_by, 'node');
  await page.waitForTimeout(2_500);
  await page.goto(`${node.url}/#/incidents/${done.id}`);
  await page.getByRole('button', { name: 'Verify the bundle here' }).click();
  const result = page.getByText(/receipts hold/);
  await result.waitFor({ timeout: 60_000 });
  const [, good, all] = /(\d+) of (\d+) receipts hold/.exec(await result.textContent());
  assert.ok(Number(all) > 3, `${all} receipts`);
  assert.equal(good, all);
  assert.deepEqual(heard.errors, []);
  await context.close();
});

test('read from the keyboard, and both parties see it', options, async () => {
  const south = await openAs('south');
  const north = await openAs('north');
  await south.page.getByText('S2 · north-airspace').first().waitFor();
  await south.page.keyboard.press('?');
  await south.page.getByRole('dialog').getByText('Next situation').waitFor();
  await south.page.keyboard.press('Escape');
  await south.page.keyboard.press('j');
  await south.page.keyboard.press('r');
  const dialog = south.page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('button', { name: /read/i }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await south.page.waitForTimeout(1_500);
  await Promise.all(south.heard.waiting);
  assert.match(south.heard.texts.join('\n'), /Duty officer, South shore/);
  assert.doesNotMatch(north.heard.texts.join('\n'), /Duty officer, South shore/);
  await north.context.close();
  await south.context.close();
});

test('an observer looks, and is offered nothing to state', options, async () => {
  const { context, page } = await openAs('south', { role: 'observer' });
  await page.getByText('S1 · north-airspace').first().click();
  await page.getByText('You are here as an observer').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Read/ }).count(), 0);
  await context.close();
});

test('looking back shows a moment, says so, and comes back', options, async () => {
  const { context, page } = await openAs('north');
  await page.getByText('S1 · north-airspace').first().waitFor();
  await page.keyboard.press('t');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft');
  await page.getByText(/looking back/i).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/looking back/i).first().waitFor({ state: 'hidden' });
  await context.close();
});

test('a node that falls silent greys the screen out, and is taken up again', options, async () => {
  const { context, page } = await openAs('north');
  await page.getByText('S1 · north-airspace').first().waitFor();
  node.pause();
  try {
    await page.locator('.banner.stale').waitFor({ timeout: 15_000 });
  } finally {
    node.goOn();
  }
  await page.locator('.banner.stale').waitFor({ state: 'hidden', timeout: 30_000 });
  await context.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious (${colorScheme})`, options, async () => {
    const axe = createRequire(import.meta.url).resolve(kAxe);
    const { context, page } = await openAs('north', { colorScheme, bypassCSP: true });
    await page.getByText('S1 · north-airspace').first().waitFor();
    const incident = (await page.evaluate(async () => (await fetch('/v1/incidents')).json()))
      .items[0].id;
    for (const hash of ['#/situations', '#/notices', '#/incidents', `#/incidents/${incident}`]) {
      await page.goto(`${node.url}/${hash}`);
      await page.waitForTimeout(1_000);
      await page.addScriptTag({ content: readFileSync(axe, 'utf8') });
      const found = await page.evaluate(() => globalThis.axe.run());
      const serious = found.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${hash} ${one.id}: ${one.nodes.map((at) => at.target).join(', ')}`);
      assert.deepEqual(serious, []);
    }
    await context.close();
  });
}

test('on a phone nothing is cut off sideways', options, async () => {
  const { context, page } = await openAs('south', { viewport: { width: 375, height: 740 } });
  await page.getByText('S1 · north-airspace').first().waitFor();
  const [width, inner] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  assert.ok(width <= inner, `${width} wide in ${inner}`);
  await page.screenshot({ path: `${build()}/phone.png` });
  await context.close();
});

function build() {
  const folder = `${root}build/pictures`;
  mkdirSync(folder, { recursive: true });
  return folder;
}

test('the picture of the README', options, async () => {
  const { context, page } = await openAs('north', { colorScheme: 'dark' });
  await page.getByText('S1 · north-airspace').first().click();
  await page.waitForTimeout(6_000);
  mkdirSync(kPictures, { recursive: true });
  await page.screenshot({ path: `${kPictures}/console.png` });
  await context.close();
});
