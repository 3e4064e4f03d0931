// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// A node to work on the console with: it plays two-shores by api/, and keeps nothing.
//
//   node dev/mock.mjs [--port 8480] [--at 07:21:30] [--tracks 5000] [--pace 1]
//
// Sign in as north, south, lead or line with any password of four letters or more.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accept } from './ws.mjs';
import { acts, at, deliveriesOf, iso, names, ownOf, tracks } from './story.mjs';

const option = (name, otherwise) => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? otherwise : process.argv[i + 1];
};
const port = Number(option('port', '8480'));
const pace = Number(option('pace', '1'));
const crowd = Number(option('tracks', '0'));
const startedAt = Date.now();
const startTime = at(option('at', '07:21:30'));
const now = () => startTime + (Date.now() - startedAt) * pace;
const root = fileURLToPath(new URL('../../build/console', import.meta.url));
const stated = [...acts];
let isSilent = false;
let mode = 'recording';

function noticesAbout(party) {
  const all = [];
  for (const to of Object.keys(names)) {
    const items = new Map();
    for (const one of deliveriesOf(to)) {
      if (one.when > now()) continue;
      const { item, version } = one.delivery;
      const notice = items.get(item) ?? {
        item,
        to,
        level: one.level,
        why: one.why,
        via: one.via,
        agreement: one.agreement,
        told: { at: iso(one.when), version },
        last: null,
        left_at: null,
        received: null,
        read: null,
        passed_on: [],
        objected: null,
        withdrawn: null,
        due: one.due,
        missed: {},
      };
      notice.last = { at: iso(one.when), version };
      items.set(item, notice);
    }
    for (const notice of items.values()) {
      for (const act of stated) {
        if (act.to !== to || act.item !== notice.item || act.when > now()) continue;
        const done = { at: iso(act.when), version: act.version ?? 1, stated_by: 'node' };
        if (act.step === 'passed_on') {
          for (const next of act.more) notice.passed_on.push({ to: next, at: done.at, version: 1 });
        } else {
          notice[act.step] = to === party && act.more ? { ...done, by: act.more } : done;
        }
      }
      for (const [stage, when] of Object.entries(notice.due)) {
        const done = stage === 'passed_on' ? notice.passed_on[0] : notice[stage];
        const isLate = done ? Date.parse(done.at) > Date.parse(when) : now() > Date.parse(when);
        if (isLate) notice.missed[stage] = when;
      }
      all.push(notice);
    }
  }
  return all;
}

const mayShow = (party, notice) =>
  notice.to !== party &&
  ((party === 'south' && notice.item === 'intent/S1') ||
    (party === 'lead' && notice.item === 'intent/S1' && notice.via === 'lead') ||
    (party === 'north' && notice.item.startsWith('warning/')));
const ofMe = (party) => noticesAbout(party).filter((notice) => notice.to === party);
const ofOthers = (party) => noticesAbout(party).filter((notice) => mayShow(party, notice));
const toldTo = (party) => deliveriesOf(party).filter((one) => one.when <= now());
const ownItems = (party, kind) =>
  ownOf(party)
    .filter((one) => one.when <= now() && one.item.item.startsWith(kind))
    .map((one) => one.item);

function incidents(party) {
  const by = new Map();
  for (const { delivery } of toldTo(party)) {
    if (!delivery.item.startsWith('warning/')) continue;
    const { warning } = JSON.parse(delivery.content);
    const id = delivery.item.slice(8);
    const before = by.get(id);
    const isOver = warning.phase === 'resolved';
    by.set(id, {
      id,
      item: delivery.item,
      opened: before?.opened ?? delivery.time,
      closed: isOver ? delivery.time : null,
      airspace: warning.airspace,
      track: warning.track,
      phase: warning.phase,
    });
  }
  return [...by.values()];
}

function incidentTracks(party, id) {
  const incident = incidents(party).find((one) => one.id === id);
  if (!incident) return null;
  const from = Date.parse(incident.opened) - 120_000;
  const until = incident.closed ? Date.parse(incident.closed) + 60_000 : now();
  const samples = tracks
    .filter((row) => row.track === incident.track && row.when >= from)
    .filter((row) => row.when <= Math.min(until, now()))
    .map((row) => [row.when, row.lat, row.lon, row.alt, row.speed, row.direction]);
  const items = party === 'north' ? [{ feed: 'north-radar', track: incident.track, samples }] : [];
  return { from: iso(from), until: iso(until), items };
}

function seen(party) {
  if (party !== 'north') return [];
  const list = [];
  for (const name of ['S1', 'S2']) {
    const row = tracks.filter((one) => one.track === name && one.when <= now()).pop();
    if (row && now() - row.when < 60_000) list.push({ ...row, age: (now() - row.when) / 1000 });
  }
  for (let i = 0; i < crowd; i += 1) {
    const direction = (i * 137.5) % 360;
    const way = ((((now() - startTime) / 1000) * 250) / 111_000 + i * 0.13) % 20;
    list.push({
      track: `T${String(i).padStart(4, '0')}`,
      lat: ((i * 7.31) % 100) - 45 + Math.cos((direction * Math.PI) / 180) * way,
      lon: ((i * 23.7) % 340) - 170 + Math.sin((direction * Math.PI) / 180) * way,
      alt: 20_000 + (i % 200) * 100,
      speed: 300 + (i % 200),
      direction,
      age: i % 37 === 0 ? 5 : 0.4,
      lost: i % 211 === 0,
    });
  }
  return list;
}

function frameOf(list) {
  const bytes = Buffer.alloc(16 + 32 * list.length);
  bytes.write('CTF1', 0, 'latin1');
  bytes.writeUInt32LE(list.length, 4);
  bytes.writeBigInt64LE(BigInt(Math.floor(now())), 8);
  list.forEach((one, i) => {
    const o = 16 + 32 * i;
    bytes.writeUInt32LE(numberOf(one.track), o);
    bytes.writeInt32LE(Math.round(one.lat * 1e7), o + 4);
    bytes.writeInt32LE(Math.round(one.lon * 1e7), o + 8);
    bytes.writeInt32LE(Math.round(one.alt * 10), o + 12);
    bytes.writeUInt16LE(Math.round(one.speed * 10), o + 16);
    bytes.writeUInt16LE(Math.floor((one.direction / 360) * 65536) & 65535, o + 18);
    bytes.writeInt16LE(one.track === 'S2' ? -900 : 0, o + 20);
    bytes.writeUInt16LE(Math.min(65535, Math.round(one.age * 10)), o + 22);
    bytes.writeUInt16LE(50, o + 24);
    bytes[o + 26] = 8 | (one.age > 3 ? 1 : 0) | (one.lost ? 2 : 0);
  });
  return bytes;
}

const numbers = new Map();
function numberOf(track) {
  if (!numbers.has(track)) numbers.set(track, numbers.size + 1);
  return numbers.get(track);
}

const sessions = new Map();
const callerOf = (request) => {
  const id = /comity_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  return sessions.get(id);
};

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function problem(response, status, code, detail) {
  const type = `docs/problems.md#${code}`;
  const body = { type, title: code, status, code, detail, request_id: 'r1' };
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify(body));
}

const kPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "worker-src 'self' blob:; connect-src 'self'";
const kTypes = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain',
};

function file(path, response) {
  const found = join(root, normalize(path === '/' ? '/index.html' : path));
  if (!found.startsWith(root) || !existsSync(found) || !statSync(found).isFile()) {
    problem(response, 404, 'not_found', 'no such file');
    return;
  }
  response.writeHead(200, {
    'Content-Type': kTypes[extname(found)] ?? 'application/octet-stream',
    'Content-Security-Policy': kPolicy,
  });
  createReadStream(found).pipe(response);
}

const page = (items) => ({ items, next: null });

function answer(party, path, query, response) {
  const incident = /^\/v1\/incidents\/([^/]+)(\/\w+)?$/.exec(path);
  const id = incident ? decodeURIComponent(incident[1]) : '';
  if (path === '/v1/parties') {
    json(
      response,
      200,
      page(
        Object.entries(names).map(([one, name]) => ({
          id: one,
          name,
          keys: [],
          group: null,
          is_you: one === party,
        })),
      ),
    );
  } else if (path === '/v1/deliveries') {
    const after = Number(query.get('after') ?? 0);
    const list = toldTo(party).map((one) => one.delivery);
    json(response, 200, { items: list.filter((one) => one.number > after), last: list.length });
  } else if (path === '/v1/notifications') {
    json(response, 200, page(query.get('of') === 'others' ? ofOthers(party) : ofMe(party)));
  } else if (path === '/v1/intents') json(response, 200, page(ownItems(party, 'intent')));
  else if (path === '/v1/airspaces') json(response, 200, page(ownItems(party, 'airspace')));
  else if (path === '/v1/incidents') json(response, 200, page(incidents(party)));
  else if (incident && incident[2] === '/tracks') json(response, 200, incidentTracks(party, id));
  else if (incident && !incident[2]) {
    const found = incidents(party).find((one) => one.id === id);
    if (!found) problem(response, 404, 'not_found', 'no such incident');
    else {
      json(response, 200, {
        incident: found,
        deliveries: toldTo(party)
          .map((one) => one.delivery)
          .filter((one) => one.item === found.item),
        notices: [...ofMe(party), ...ofOthers(party)].filter((one) => one.item === found.item),
        related: ownItems(party, 'airspace'),
      });
    }
  } else problem(response, 404, 'not_found', `no ${path}`);
}

function acknowledge(caller, path, body, response) {
  const [, , , kind, id, step] = path.split('/');
  const item = `${kind}/${decodeURIComponent(id)}`;
  const word = { read: 'read', object: 'objected', pass_on: 'passed_on', receive: 'received' }[
    step
  ];
  const more = step === 'pass_on' ? body.to : caller.name;
  stated.push({ to: caller.party, item, step: word, when: now(), more, version: body.version });
  const decision = { outcome: 'accepted', id: 'x', filed: 99, stated_by: 'node' };
  json(response, 200, { ...decision, time: iso(now()) });
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  let text = '';
  request.on('data', (data) => (text += data));
  request.on('end', () => {
    const caller = callerOf(request);
    if (url.pathname === '/mock') {
      // For trying: /mock?silent=1 stops the beats, /mock?mode=warn_only.
      isSilent = url.searchParams.get('silent') === '1';
      mode = url.searchParams.get('mode') ?? mode;
      json(response, 200, { isSilent, mode });
    } else if (!url.pathname.startsWith('/v1/')) file(url.pathname, response);
    else if (url.pathname === '/v1/node') {
      json(response, 200, {
        origin: 'two-shores.example/log',
        key: 'two-shores.example/log+mock',
        build: 'mock',
        rules: '1',
        time: iso(now()),
        mode,
        scenario: {
          title: 'Two shores',
          about: 'An invented border with a narrow salient.',
          start: iso(at('07:00:00')),
          end: iso(at('07:30:00')),
          pace,
        },
      });
    } else if (url.pathname === '/v1/session' && request.method === 'POST') {
      const { sign_in: who, password, role } = JSON.parse(text);
      if (!names[who] || password.length < 4) {
        problem(response, 401, 'not_signed_in', 'The name or the password is not right.');
        return;
      }
      const id = Math.random().toString(36).slice(2);
      const person = who === 'north' ? 'Watch supervisor North' : `Controller ${who}`;
      sessions.set(id, {
        kind: 'person',
        party: who,
        party_name: names[who],
        name: person,
        role: role || 'watch supervisor',
        roles: ['watch supervisor'],
        may_act: who !== 'line',
        csrf: 'c',
        expires: iso(now() + 3.6e7),
      });
      json(response, 201, sessions.get(id), {
        'Set-Cookie': `comity_session=${id}; HttpOnly; SameSite=Strict; Path=/`,
      });
    } else if (!caller) problem(response, 401, 'not_signed_in', 'Nobody is signed in.');
    else if (url.pathname === '/v1/session' && request.method === 'DELETE') {
      sessions.clear();
      response.writeHead(204).end();
    } else if (url.pathname === '/v1/session') json(response, 200, caller);
    else if (request.method === 'POST')
      acknowledge(caller, url.pathname, JSON.parse(text), response);
    else answer(caller.party, url.pathname, url.searchParams, response);
  });
});

server.on('upgrade', (request, socket) => {
  const caller = callerOf(request);
  if (!caller) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  const { party } = caller;
  const stream = accept(request, socket);
  let last = Number(new URL(request.url, 'http://localhost').searchParams.get('after') ?? 0);
  let before = '';
  const named = new Set();
  const origin = 'two-shores.example/log';
  stream.text({ type: 'hello', party, origin, last, time: iso(now()), beat_ms: 1000 });
  const timer = setInterval(() => {
    if (isSilent) return;
    for (const { delivery } of toldTo(party).filter((one) => one.delivery.number > last)) {
      stream.text({ type: 'delivery', ...delivery });
      last = delivery.number;
    }
    const notices = [...ofMe(party), ...ofOthers(party)];
    const text = JSON.stringify(notices);
    if (text !== before) for (const notice of notices) stream.text({ type: 'notice', notice });
    before = text;
    const list = seen(party);
    const fresh = list
      .filter((one) => !named.has(one.track))
      .map((one) => [numberOf(one.track), one.track, '', 'north-radar', null]);
    for (const row of fresh) named.add(row[1]);
    if (fresh.length > 0) stream.text({ type: 'names', names: fresh });
    const feeds = party === 'north' ? [{ name: 'north-radar', of: 'north', age_ms: 400 }] : [];
    stream.text({ type: 'beat', time: iso(now()), mode, last, feeds });
    stream.binary(frameOf(list));
  }, 1000);
  stream.onClose(() => clearInterval(timer));
});

server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
