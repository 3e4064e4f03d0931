// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { circle, labelPoint, ringOfCell, unwrap, type Ring } from '../model/geometry';
import { hashOf, parseRoute } from './route';
import { Bell } from './sound';

describe('deep links', () => {
  it('are read as they are written', () => {
    for (const hash of [
      '#/situations',
      '#/situations/S1.north-airspace.1',
      '#/incidents/a%3Ab',
      '#/notices',
      '#/map/6.50/-30.0700/-119.9436',
    ]) {
      expect(hashOf(parseRoute(hash))).toBe(hash);
    }
  });

  it('lead to the situations where they lead nowhere', () => {
    for (const hash of ['', '#', '#/', '#/x/y', '#/map/a/b/c', '#/map/3']) {
      expect(parseRoute(hash)).toEqual({ page: 'situations', id: null });
    }
    expect(parseRoute('#/incidents/%E0%A4%A')).toEqual({ page: 'incidents', id: null });
    expect(parseRoute('#/map/99/99/999')).toMatchObject({ zoom: 15, lat: 85, lon: 180 });
  });
});

describe('the bell', () => {
  const one = (severity: 'warning' | 'caution' | 'advisory', isOpen = true) => [
    { id: 'w', severity, isOpen },
  ];

  it('rings once for each situation, and again when it grows more urgent', () => {
    const bell = new Bell();
    expect(bell.ring(one('caution'), false)).toBe('caution');
    expect(bell.ring(one('caution'), false)).toBeNull();
    expect(bell.ring(one('warning'), false)).toBe('warning');
    expect(bell.ring(one('caution'), false)).toBeNull();
    expect(bell.ring(one('warning'), false)).toBeNull();
  });

  it('is silent about what was there at the beginning, and about what is over', () => {
    const bell = new Bell();
    expect(bell.ring(one('warning'), true)).toBeNull();
    expect(bell.ring(one('warning'), false)).toBeNull();
    expect(new Bell().ring(one('advisory', false), false)).toBeNull();
  });
});

describe('shapes', () => {
  it('count cells from 90 S, 180 W with both ends in the box', () => {
    const cell = {
      south: 600,
      north: 600,
      west: 600,
      east: 601,
      reference: 'W84' as const,
      lowest: null,
      highest: null,
      first_hour: null,
      last_hour: null,
    };
    const [first, , third] = ringOfCell(cell);
    expect(first?.map((value) => Number(value.toFixed(6)))).toEqual([-120, -30]);
    expect(third?.map((value) => Number(value.toFixed(6)))).toEqual([-119.8, -29.9]);
  });

  it('keep an edge over the 180th meridian short', () => {
    const ring: Ring = [
      [179, 0],
      [-179, 0],
      [-179, 1],
      [179, 0],
    ];
    expect(unwrap(ring).map(([lon]) => lon)).toEqual([179, 181, 181, 179]);
  });

  it('are labelled inside', () => {
    const [lon, lat] = labelPoint(circle({ lat: 50, lng: 8 }, 10_000));
    expect(Math.abs(lon - 8)).toBeLessThan(0.01);
    expect(Math.abs(lat - 50)).toBeLessThan(0.01);
    // Of a horseshoe, the middle would lie outside.
    const shoe: Ring = [
      [0, 0],
      [9, 0],
      [9, 9],
      [7, 9],
      [7, 2],
      [2, 2],
      [2, 9],
      [0, 9],
      [0, 0],
    ];
    const [x, y] = labelPoint(shoe);
    expect(y < 2 || x < 2 || x > 7).toBe(true);
  });
});
