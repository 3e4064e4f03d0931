// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from 'vitest';
import { overlaps, placeLabels, type Placed, type Wish } from './placement';

const kWithin = { width: 800, height: 600, reserved: [] };

function wish(key: string, x: number, y: number, more: Partial<Wish> = {}): Wish {
  return {
    key,
    x,
    y,
    width: 80,
    height: 28,
    priority: 3,
    reach: 16,
    isForced: false,
    ...more,
  };
}

function rect(placed: Placed): { left: number; top: number; right: number; bottom: number } {
  const { left, top, wish: of } = placed;
  return { left, top, right: left + of.width, bottom: top + of.height };
}

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

describe('placeLabels', () => {
  it('lets no label lie over another or over a symbol, nor leave the screen', () => {
    const random = numbers(6);
    const next = (): number => random.next().value as number;
    const wishes: Wish[] = [];
    for (let i = 0; i < 300; i += 1) wishes.push(wish(`t${i}`, next() * 800, next() * 600));
    const points = wishes.flatMap((one) => [one.x, one.y]);
    const placed = placeLabels(wishes, new Map(), points, 500, kWithin);
    expect(placed.length).toBeGreaterThan(10);
    const boxes = placed.map(rect);
    const outside = boxes.filter(
      (box) => box.left < 0 || box.top < 0 || box.right > 800 || box.bottom > 600,
    );
    const over = boxes.filter((box, index) =>
      boxes.slice(index + 1).some((other) => overlaps(box, other)),
    );
    const covering = boxes.filter((box) =>
      wishes.some(({ x, y }) =>
        overlaps(box, { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }),
      ),
    );
    expect([outside, over, covering]).toEqual([[], [], []]);
  });

  it('lets the important ones choose first', () => {
    const wishes = [wish('low', 400, 300), wish('high', 402, 302, { priority: 0 })];
    const placed = placeLabels(wishes, new Map(), [], 1, kWithin);
    expect(placed.map((one) => one.wish.key)).toEqual(['high']);
  });

  it('keeps the place that a label had while it is free', () => {
    const before = new Map([['a', 3]]);
    expect(placeLabels([wish('a', 400, 300)], before, [], 9, kWithin)[0]?.place).toBe(3);
    expect(placeLabels([wish('a', 400, 300)], new Map(), [], 9, kWithin)[0]?.place).toBe(0);
  });

  it('shows a forced label where no place is free, and leaves out another', () => {
    const crowd: number[] = [];
    for (let x = 200; x < 600; x += 8) for (let y = 200; y < 400; y += 8) crowd.push(x, y);
    expect(placeLabels([wish('a', 400, 300)], new Map(), crowd, 9, kWithin)).toEqual([]);
    const forced = wish('a', 400, 300, { isForced: true });
    expect(placeLabels([forced], new Map(), crowd, 9, kWithin)).toHaveLength(1);
  });

  it('goes further with forced labels before one lies over another', () => {
    const wishes = [0, 1, 2, 3, 4].map((i) => wish(`f${i}`, 400 + i, 300 + i, { isForced: true }));
    const points = wishes.flatMap((one) => [one.x, one.y]);
    const boxes = placeLabels(wishes, new Map(), points, 9, kWithin).map(rect);
    expect(boxes).toHaveLength(5);
    expect(
      boxes.some((box, index) => boxes.slice(index + 1).some((other) => overlaps(box, other))),
    ).toBe(false);
  });

  it('keeps off what is reserved', () => {
    const reserved = [{ left: 410, top: 0, right: 800, bottom: 600 }];
    const [placed] = placeLabels([wish('a', 400, 300)], new Map(), [], 9, {
      ...kWithin,
      reserved,
    });
    expect(placed !== undefined && rect(placed).right <= 410).toBe(true);
  });

  it('stands in the middle of what has no reach', () => {
    const [placed] = placeLabels([wish('a', 400, 300, { reach: 0 })], new Map(), [], 9, kWithin);
    expect(placed).toMatchObject({ left: 360, top: 286 });
  });
});
