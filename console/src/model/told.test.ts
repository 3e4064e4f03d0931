// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { IncidentFile } from '../api/types';
import type { Version } from './content';
import { parseContent, versionOf } from './content';
import { storyOf } from './story';
import { mergeOwn, mergeTold } from './told';

function version(number: number | null, item: string, of = 1): Version {
  const content = { number, item, version: of, withdrawn: false };
  const read = versionOf({
    number: number ?? 0,
    item,
    version: of,
    time: new Date(1000 * of).toISOString(),
    content: JSON.stringify(content),
  });
  if (read === null) throw new Error('the test tells nothing');
  return { ...read, number };
}

describe('what was told', () => {
  it('stands in the order of its numbers, each once', () => {
    const told = mergeTold(
      [version(1, 'intent/a'), version(3, 'intent/c')],
      [version(3, 'intent/c'), version(2, 'intent/b')],
    );
    expect(told.map((one) => one.number)).toEqual([1, 2, 3]);
  });

  it('has a warning that was not recorded once, with its number when that comes', () => {
    const first = mergeTold([version(1, 'intent/a')], [version(0, 'warning/w')]);
    expect(first.map((one) => one.number)).toEqual([1, 0]);
    const then = mergeTold(first, [version(2, 'warning/w')]);
    expect(then.map((one) => one.number)).toEqual([1, 2]);
    expect(mergeTold(then, [version(0, 'warning/w')]).map((one) => one.number)).toEqual([1, 2]);
  });

  it('keeps earlier versions of one’s own', () => {
    const own = mergeOwn([version(null, 'intent/a', 2)], [version(null, 'intent/a', 1)]);
    expect(own.map((one) => one.version)).toEqual([1, 2]);
  });
});

describe('the content of a delivery', () => {
  it('is text from outside: what is none is passed over', () => {
    for (const text of ['', 'null', '[]', '{"item":7}', '{"item":"target/x"}', '{"item":"x"}']) {
      expect(parseContent(text)).toBeNull();
    }
    expect(parseContent('{"item":"intent/x"}')?.due).toEqual({});
  });
});

describe('the story of an incident', () => {
  it('tells in order, and at one instant what was found before who was told', () => {
    const at = '2026-06-01T07:22:00.000Z';
    const file: IncidentFile = {
      incident: {
        id: 'w',
        item: 'warning/w',
        opened: at,
        closed: null,
        airspace: 'A',
        track: null,
        phase: 'predicted',
      },
      deliveries: [
        {
          number: 1,
          item: 'warning/w',
          version: 1,
          time: at,
          content: '{"item":"warning/w","warning":{"phase":"predicted"}}',
        },
      ],
      notices: [
        {
          item: 'warning/w',
          to: 'north',
          level: 'full',
          why: 'own_feed',
          via: null,
          agreement: null,
          told: { at, version: 1 },
          last: { at, version: 1 },
          received: { at: '2026-06-01T07:22:20.000Z', version: 1 },
          read: null,
          passed_on: [],
          objected: null,
          withdrawn: null,
          due: {},
          missed: { received: '2026-06-01T07:22:10.000Z' },
        },
      ],
      related: [],
    };
    const steps = storyOf(file, (party) => `[${party}]`);
    expect(steps.map((step) => step.kind)).toEqual(['alert', 'told', 'missed', 'received']);
    expect(steps[0]).toMatchObject({ number: 1, phase: 'predicted', text: 'Entry predicted' });
    expect(steps[2]?.text).toBe('[north] had not received it in time');
  });
});
