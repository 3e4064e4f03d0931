// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { NodeClock } from './clock';
import { accuracy, countDown, distance, limit, place, span } from './format';
import { rangeOf, ticksOf } from './timeline';

describe('count-downs', () => {
  it('say 0:00 only when it is over', () => {
    expect(countDown(10_000, 9_999)).toEqual({ isOver: false, text: '0:01' });
    expect(countDown(10_000, 9_000)).toEqual({ isOver: false, text: '0:01' });
    expect(countDown(10_000, 8_999)).toEqual({ isOver: false, text: '0:02' });
    expect(countDown(10_000, 10_000)).toEqual({ isOver: true, text: '0:00' });
    expect(countDown(10_000, 72_500)).toEqual({ isOver: true, text: '1:02' });
  });

  it('go on beyond an hour', () => {
    expect(span(3_723_000)).toBe('1:02:03');
    expect(span(-5)).toBe('0:00');
  });
});

describe('figures', () => {
  it('are in miles, and in metres where a mile says too little', () => {
    expect(distance(-15_400)).toBe('8.3 NM');
    expect(distance(-33_200)).toBe('18 NM');
    expect(distance(40)).toBe('40 m');
    expect(accuracy(200)).toBe('±200 m');
    expect(accuracy(3704)).toBe('±2.0 NM');
  });

  it('name the reference of a limit', () => {
    const at = (value: number, reference: 'W84' | 'MSL' | 'STD' | 'AGL') =>
      limit({ value, reference, units: 'M' }, 'GND');
    expect(at(5486.4, 'STD')).toBe('FL180');
    expect(at(304.8, 'STD')).toBe('FL010');
    expect(at(762, 'MSL')).toBe('2,500 ft MSL');
    expect(at(0, 'AGL')).toBe('GND');
    expect(at(1524, 'W84')).toBe('5,000 ft WGS-84');
    expect(limit(null, 'UNL')).toBe('UNL');
  });

  it('carry minutes into degrees', () => {
    expect(place(-30.07, -119.94362)).toBe('30°04′ S 119°57′ W');
    expect(place(0.9999, 10)).toBe('1°00′ N 10°00′ E');
  });
});

describe('the node’s clock', () => {
  it('runs on between beats at the scenario’s pace, and stops when none comes', () => {
    let steady = 0;
    const clock = new NodeClock(() => steady);
    clock.setPace(2);
    clock.beat(1_000_000);
    steady = 500;
    expect(clock.now()).toBe(1_001_000);
    steady = 60_000;
    expect(clock.now()).toBe(1_010_000);
    expect(clock.silence()).toBe(60_000);
  });

  it('does not turn back by less than a second, and does by more', () => {
    let steady = 0;
    const clock = new NodeClock(() => steady);
    clock.beat(10_000);
    steady = 1_100;
    clock.beat(11_000);
    expect(clock.now()).toBe(11_100);
    clock.beat(5_000);
    expect(clock.now()).toBe(5_000);
  });
});

describe('the line of time', () => {
  const scenario = (end: string) => ({
    title: '',
    about: '',
    start: '2026-06-01T07:00:00Z',
    end,
    pace: 1,
  });

  it('shows a whole scenario, and goes on after its end', () => {
    const now = Date.parse('2026-06-01T07:40:00Z');
    const range = rangeOf(scenario('2026-06-01T07:30:00Z'), now);
    expect(range.until).toBe(now + 60_000);
    expect(ticksOf(range).length).toBeLessThanOrEqual(13);
  });

  it('shows the last hour of a node without one', () => {
    const range = rangeOf(null, 7_200_000);
    expect(range).toEqual({ from: 3_600_000, until: 7_500_000 });
  });
});
