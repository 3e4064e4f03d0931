// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// What the mock node tells: scenarios/two-shores, written out by hand for its parties.
import { readFileSync } from 'node:fs';

const kScenario = new URL('../../scenarios/two-shores/', import.meta.url);
const kNote = 'For collision avoidance and warning. Not evidence of intent; not identification.';

export const at = (text) => Date.parse(`2026-06-01T${text}Z`);
export const iso = (ms) => new Date(ms).toISOString();

export const names = {
  north: 'North shore',
  south: 'South shore',
  lead: 'League lead',
  line: 'Flight-safety line',
};

const ring = [
  ...readFileSync(new URL('scenario.yaml', kScenario), 'utf8').matchAll(
    /^ {6}- \[(-[\d.]+), (-[\d.]+)\]/gm,
  ),
].map((row) => [Number(row[2]), Number(row[1])]);

const area = {
  type: 'national',
  source: 'invented',
  accuracy_m: 200,
  lower: null,
  upper: null,
  valid: null,
  footprint: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
};

const legs = [
  ['07:17:44', -30.10009, -120.32798],
  ['07:22:31', -30.10009, -119.94362],
  ['07:22:46', -30.09359, -119.92541],
  ['07:23:01', -30.07794, -119.91807],
  ['07:23:16', -30.06235, -119.92555],
  ['07:23:31', -30.05579, -119.94372],
  ['07:27:50', -30.05579, -120.29],
];
const fl = (level) => ({ value: level * 30.48, reference: 'STD', units: 'M' });
const time = (text, slack) => ({ value: iso(at(text) + slack), format: 'RFC3339' });
const volumes = legs.slice(1).map(([until, lat, lng], i) => {
  const [from, fromLat, fromLng] = legs[i];
  const length = Math.hypot(lat - fromLat, (lng - fromLng) * 0.866) || 1;
  const along = [((lat - fromLat) / length) * 0.018, ((lng - fromLng) / length) * 0.0208];
  const side = [
    (-(lng - fromLng) * 0.866 * 0.018) / length,
    (((lat - fromLat) / length) * 0.018) / 0.866,
  ];
  return {
    volume: {
      outline_polygon: {
        vertices: [
          { lat: fromLat + side[0] - along[0], lng: fromLng + side[1] - along[1] },
          { lat: lat + side[0] + along[0], lng: lng + side[1] + along[1] },
          { lat: lat - side[0] + along[0], lng: lng - side[1] + along[1] },
          { lat: fromLat - side[0] - along[0], lng: fromLng - side[1] - along[1] },
        ],
      },
      altitude_lower: fl(180),
      altitude_upper: fl(200),
    },
    time_start: time(from, -120_000),
    time_end: time(until, 120_000),
  };
});
const route = legs.map(([when, lat, lng]) => ({ lat, lng, time: iso(at(when)) }));
const flight = { owner: 'south', state: 'accepted', aircraft: ['S1'], volumes, route };

const warning = (track, phase, more) => ({
  phase,
  track,
  operator: 'south',
  feed_of: 'north',
  airspace: 'north-airspace',
  by_intent: null,
  by_track: null,
  entered: null,
  left: null,
  distance_m: -9000,
  track_accuracy_m: 50,
  area_accuracy_m: 200,
  note: kNote,
  ...more,
});

const w1 = 'warning/S1.north-airspace.1';
const w2 = 'warning/S2.north-airspace.1';
const byIntent = (entry) => ({ intent: 'S1', entry: iso(at(entry)) });
// [told at, item, version, what it says]
const alerts = [
  [
    '07:19:05',
    w1,
    1,
    warning('S1', 'predicted', { distance_m: -33200, by_intent: byIntent('07:24:05') }),
  ],
  ['07:24:05', w1, 2, warning('S1', 'inside', { distance_m: 40, entered: iso(at('07:24:05')) })],
  [
    '07:24:33',
    w1,
    3,
    warning('S1', 'resolved', {
      distance_m: -420,
      entered: iso(at('07:24:05')),
      left: iso(at('07:24:17')),
    }),
  ],
  [
    '07:22:00',
    w2,
    1,
    warning('S2', 'predicted', { distance_m: -15400, by_track: iso(at('07:24:02')) }),
  ],
  ['07:26:50', w2, 2, warning('S2', 'resolved', { distance_m: -6300 })],
].map(([when, item, version, body]) => [
  at(when),
  item,
  version,
  { ...body, sweep: iso(at(when)) },
]);

const due = (ms, a, b, c) => ({
  received: iso(ms + a * 1000),
  read: iso(ms + b * 1000),
  passed_on: iso(ms + c * 1000),
});

/** Areas of each type, to look at; the scenario has none of them. */
function addAreas(add) {
  const square = (lon, lat) => ({
    type: 'Polygon',
    coordinates: [
      [
        [lon, lat],
        [lon + 0.3, lat],
        [lon + 0.3, lat + 0.2],
        [lon, lat + 0.2],
        [lon, lat],
      ],
    ],
  });
  const limit = (value, reference) => ({ value, reference, units: 'M' });
  ['prohibited', 'restricted', 'danger', 'hazard', 'tsa', 'buffer'].forEach((type, i) => {
    const footprint = square(-120.9 + 0.36 * (i % 3), -30.5 - 0.26 * Math.floor(i / 3));
    const area = {
      type,
      source: 'invented',
      accuracy_m: 100,
      footprint,
      lower: i % 2 ? limit(0, 'AGL') : limit(1524, 'MSL'),
      upper: i % 3 ? limit(5943.6, 'STD') : null,
      valid: type === 'tsa' ? { from: iso(at('09:00:00')), until: iso(at('12:00:00')) } : null,
    };
    add(
      at('07:01:00'),
      `airspace/${type.toUpperCase()[0]}-${i + 7}`,
      1,
      'shared',
      'strait-notice',
      { airspace: { owner: 'lead', ended: false, area } },
    );
  });
  const cell = {
    south: 591,
    north: 592,
    west: 602,
    east: 605,
    reference: 'W84',
    lowest: 1,
    highest: null,
  };
  add(
    at('07:01:30'),
    'intent/N4',
    1,
    'shared',
    'strait-notice',
    { intent: { cells: [{ ...cell, first_hour: 494_700, last_hour: 494_701 }] } },
    { level: 'cells' },
  );
}

function told(party) {
  const list = [];
  const add = (when, item, version, why, agreement, content, more = {}) =>
    list.push({
      when,
      item,
      version,
      why,
      agreement,
      content,
      via: null,
      level: 'full',
      due: {},
      ...more,
    });
  const terms = (signatories, share, relay) => ({
    terms: { state: 'in_force', signatories, share, relay, escalation: ['line'], accepted: {} },
  });
  if (party === 'north' || party === 'south') {
    const share = [{ what: 'alerts', from: 'north', to: 'south', level: 'full', residual: true }];
    add(
      at('07:00:01'),
      'agreement/strait-warning',
      1,
      'signatory',
      'strait-warning',
      terms(['north', 'south'], share, []),
    );
    for (const [when, item, version, body] of alerts) {
      add(
        when,
        item,
        version,
        party === 'south' ? 'own_aircraft' : 'own_feed',
        'strait-warning',
        { warning: body },
        { due: due(when, 10, 60, 120) },
      );
    }
  }
  if (party === 'south' || party === 'lead') {
    const share = [{ what: 'intents', from: 'south', to: 'lead', level: 'volume' }];
    add(
      at('07:00:01'),
      'agreement/strait-notice',
      1,
      'signatory',
      'strait-notice',
      terms(['south', 'lead'], share, [{ by: 'lead', to: 'north', level: 'volume' }]),
    );
  }
  const volume = { intent: { state: 'accepted', volumes } };
  if (party === 'lead') {
    add(at('07:02:00'), 'intent/S1', 1, 'shared', 'strait-notice', volume, {
      level: 'volume',
      due: due(at('07:02:00'), 30, 300, 360),
    });
  }
  if (party === 'north') {
    add(at('07:09:30'), 'intent/S1', 1, 'relayed', 'strait-notice', volume, {
      level: 'volume',
      via: 'lead',
      due: due(at('07:09:30'), 30, 300, 360),
    });
  }
  if (party === 'line') {
    addAreas(add);
    add(at('07:08:00'), 'intent/S1', 1, 'escalated', 'strait-notice', volume, {
      level: 'volume',
      via: 'lead',
      due: due(at('07:08:00'), 30, 300, 360),
    });
    for (const [when, item, version, body] of alerts.filter((alert) => alert[1] === w2)) {
      add(
        when + 12_000,
        item,
        version,
        'escalated',
        'strait-warning',
        { warning: body },
        { via: 'south', due: due(when + 12_000, 10, 60, 120) },
      );
    }
  }
  return list.sort((a, b) => a.when - b.when);
}

/** Deliveries of a party in order, with the time of each. */
export function deliveriesOf(party) {
  return told(party).map((one, index) => ({
    when: one.when,
    due: one.due,
    via: one.via,
    why: one.why,
    agreement: one.agreement,
    level: one.level,
    delivery: {
      number: index + 1,
      item: one.item,
      version: one.version,
      time: iso(one.when),
      content: JSON.stringify({
        number: index + 1,
        item: one.item,
        version: one.version,
        level: one.level,
        why: one.why,
        via: one.via,
        agreement: one.agreement,
        traffic: 'live',
        withdrawn: false,
        due: one.due,
        ...one.content,
      }),
    },
  }));
}

export function ownOf(party) {
  const own = (item, when, content) => ({
    when,
    item: {
      item,
      id: item.split('/')[1],
      version: 1,
      is_own: true,
      time: iso(when),
      number: null,
      content: JSON.stringify({
        number: 0,
        item,
        version: 1,
        level: 'full',
        why: 'owner',
        via: null,
        agreement: null,
        traffic: 'live',
        withdrawn: false,
        due: {},
        ...content,
      }),
      notices: [],
    },
  });
  if (party === 'north') {
    return [
      own('airspace/north-airspace', at('07:00:00'), {
        airspace: { owner: 'north', ended: false, area },
      }),
    ];
  }
  if (party === 'south') return [own('intent/S1', at('07:02:00'), { intent: flight })];
  return [];
}

// [addressee, item, step, at, person or receivers]
export const acts = [
  ['lead', 'intent/S1', 'received', '07:02:01'],
  ['lead', 'intent/S1', 'read', '07:03:30', 'Duty officer of the league'],
  ['line', 'intent/S1', 'received', '07:08:02'],
  ['line', 'intent/S1', 'read', '07:08:40', 'Line operator'],
  ['lead', 'intent/S1', 'passed_on', '07:09:30', ['north']],
  ['north', 'intent/S1', 'received', '07:09:31'],
  ['north', 'intent/S1', 'read', '07:10:15', 'Watch supervisor North'],
  ['north', w1, 'received', '07:19:06'],
  ['south', w1, 'received', '07:19:06'],
  ['south', w1, 'read', '07:19:19', 'Controller South'],
  ['north', w1, 'read', '07:19:25', 'Watch supervisor North'],
  ['north', w2, 'received', '07:22:01'],
  ['line', w2, 'received', '07:22:14'],
  ['line', w2, 'read', '07:22:18', 'Line operator'],
  ['south', w2, 'read', '07:23:10', 'Controller South'],
].map(([to, item, step, when, more]) => ({ to, item, step, when: at(when), more }));

export const tracks = readFileSync(new URL('tracks.csv', kScenario), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.split(','))
  .map(([when, track, lat, lon, alt, speed, direction]) => ({
    when: Date.parse(when),
    track,
    lat: Number(lat),
    lon: Number(lon),
    alt: Number(alt),
    speed: Number(speed),
    direction: Number(direction),
  }));
