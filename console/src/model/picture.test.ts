// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import type { Notice, Phase } from '../api/types';
import { versionOf, type Version } from './content';
import { ackState, firstDue, nextDue, noticeAt } from './notices';
import { pictureOf } from './picture';
import { situationsOf } from './situations';

const at = (text: string): number => Date.parse(`2026-06-01T${text}.000Z`);
const iso = (text: string): string => `2026-06-01T${text}.000Z`;

function told(number: number, version: number, when: string, phase: Phase, more = {}): Version {
  const item = 'warning/w-1';
  const content = {
    number,
    item,
    version,
    level: 'full',
    why: 'own_feed',
    withdrawn: false,
    due: {},
    warning: {
      phase,
      track: 'S1',
      operator: 'south',
      feed_of: 'north',
      airspace: 'A',
      by_intent: null,
      by_track: iso('07:24:00'),
      entered: null,
      left: null,
      distance_m: -4000,
      track_accuracy_m: 50,
      area_accuracy_m: 200,
      sweep: iso(when),
      note: '',
      ...more,
    },
  };
  const read = versionOf({
    number,
    item,
    version,
    time: iso(when),
    content: JSON.stringify(content),
  });
  if (read === null) throw new Error('the test tells nothing');
  return read;
}

function notice(more: Partial<Notice> = {}): Notice {
  return {
    item: 'warning/w-1',
    to: 'north',
    level: 'full',
    why: 'own_feed',
    via: null,
    agreement: null,
    told: { at: iso('07:19:00'), version: 1 },
    last: { at: iso('07:24:05'), version: 2 },
    received: { at: iso('07:19:01'), version: 1 },
    read: { at: iso('07:19:20'), version: 1, by: 'A person' },
    passed_on: [{ to: 'line', at: iso('07:20:00'), version: 1 }],
    objected: null,
    withdrawn: null,
    due: {
      received: iso('07:19:10'),
      read: iso('07:20:00'),
      passed_on: iso('07:21:00'),
    },
    missed: {},
    ...more,
  };
}

const story = [
  told(1, 1, '07:19:00', 'predicted'),
  told(2, 2, '07:24:05', 'inside', { entered: iso('07:24:05') }),
  told(3, 3, '07:25:00', 'resolved'),
];

describe('the picture at a moment', () => {
  const facts = { told: story, own: [], notices: [notice()] };

  it('holds the last version told by then, and none told later', () => {
    const versions = ['07:18:59', '07:19:00', '07:24:04', '07:24:05', '07:30:00'].map(
      (when) => pictureOf(facts, at(when)).items.get('warning/w-1')?.version ?? 0,
    );
    expect(versions).toEqual([0, 1, 1, 2, 3]);
    expect(pictureOf(facts, null).items.get('warning/w-1')?.version).toBe(3);
  });

  it('knows of acts only what had been stated by then', () => {
    expect(noticeAt(notice(), at('07:18:59'))).toBeNull();
    const states = ['07:19:00', '07:19:01', '07:19:20'].map((when) => {
      const then = noticeAt(notice(), at(when));
      return then === null ? 'untold' : ackState(then);
    });
    expect(states).toEqual(['new', 'received', 'read']);
    expect(noticeAt(notice(), at('07:19:59'))?.passed_on).toEqual([]);
    expect(noticeAt(notice(), at('07:20:00'))?.passed_on).toHaveLength(1);
  });

  it('goes by what the node says of one’s own notices, where it has said so', () => {
    const said = notice({ received: { at: iso('07:19:02'), version: 1 }, read: null });
    const other = notice({ to: 'south' });
    const facts = { told: story, own: [], notices: [notice(), other], knew: [said] };
    const notices = pictureOf(facts, at('07:19:30')).notices.get('warning/w-1') ?? [];
    expect(notices.map((one) => one.to)).toEqual(['north', 'south']);
    expect(notices[0]?.read).toBeNull();
    expect(notices[1]?.read).not.toBeNull();
  });

  it('lets what is one’s own go before what was passed back', () => {
    const own = { ...told(0, 1, '07:00:00', 'predicted'), isOwn: true };
    const picture = pictureOf({ told: story, own: [own], notices: [] }, null);
    expect(picture.items.get('warning/w-1')?.isOwn).toBe(true);
  });
});

describe('what is due', () => {
  const bare = { received: null, read: null, passed_on: [] };

  it('is the first stage that nothing says is done', () => {
    expect(nextDue(notice(bare))?.stage).toBe('received');
    expect(nextDue(notice({ ...bare, received: { at: iso('07:19:01'), version: 1 } }))?.stage).toBe(
      'read',
    );
    expect(nextDue(notice({ passed_on: [] }))?.stage).toBe('passed_on');
    expect(nextDue(notice())).toBeNull();
  });

  it('is nothing of what was withdrawn', () => {
    expect(nextDue(notice({ ...bare, withdrawn: iso('07:19:30') }))).toBeNull();
  });

  it('counts a reading as a reception', () => {
    expect(nextDue(notice({ received: null, passed_on: [] }))?.stage).toBe('passed_on');
  });

  it('is one’s own where two are due at once', () => {
    const other = notice({ ...bare, to: 'south' });
    expect(firstDue([other, notice(bare)], 'north')?.notice.to).toBe('north');
    expect(firstDue([other, notice(bare)], 'south')?.notice.to).toBe('south');
  });
});

describe('situations', () => {
  const at1 = (when: string, notices: Notice[] = [notice()]) =>
    situationsOf(pictureOf({ told: story, own: [], notices }, at(when)), 'north', at(when))[0];

  it('grow more urgent as the entry comes near, and end resolved', () => {
    const steps = ['07:20:00', '07:22:59', '07:23:00', '07:24:10', '07:25:00'].map(
      (when) => at1(when)?.severity,
    );
    expect(steps).toEqual(['caution', 'caution', 'warning', 'warning', 'advisory']);
  });

  it('are to be read again when the phase has changed since', () => {
    expect(at1('07:24:00')).toMatchObject({ state: 'read', changedSinceRead: false });
    expect(at1('07:24:10')).toMatchObject({ state: 'received', changedSinceRead: true });
    expect(at1('07:26:00')).toMatchObject({
      state: 'read',
      changedSinceRead: false,
      isOpen: false,
    });
  });

  it('tell whose notices are others’', () => {
    const situation = at1('07:24:10', [notice(), notice({ to: 'south' })]);
    expect(situation?.mine?.to).toBe('north');
    expect(situation?.others.map((one) => one.to)).toEqual(['south']);
  });
});
