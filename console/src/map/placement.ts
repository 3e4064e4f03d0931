// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Where labels stand, so that none lies over another: the important ones choose first, each takes
// the first of its places that is free, and one that finds none is left out.

export interface Wish {
  key: string;
  /** What it belongs to, pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Lower numbers choose first. */
  priority: number;
  /** Distance from what it belongs to; 0: the label stands in the middle of it. */
  reach: number;
  /** Shown at its first place where no place is free. */
  isForced: boolean;
}

export interface Placed {
  wish: Wish;
  left: number;
  top: number;
  place: number;
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where labels may stand. */
export interface Space {
  width: number;
  height: number;
  reserved: readonly Rect[];
}

/** Right above, right below, left above, left below, right, left, above, below. */
const kPlaces: readonly [number, number][] = [
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
];

const kBin = 64;

/** Rectangles that are taken, in bins, so that a question looks at few of them. */
class Taken {
  private bins = new Map<number, Rect[]>();

  isFree(rect: Rect): boolean {
    let free = true;
    this.each(rect, (bin) => {
      for (const other of this.bins.get(bin) ?? []) {
        if (overlaps(rect, other)) free = false;
      }
    });
    return free;
  }

  add(rect: Rect): void {
    this.each(rect, (bin) => {
      const list = this.bins.get(bin);
      if (list === undefined) this.bins.set(bin, [rect]);
      else list.push(rect);
    });
  }

  private each(rect: Rect, visit: (bin: number) => void): void {
    for (let y = Math.floor(rect.top / kBin); y <= Math.floor(rect.bottom / kBin); y += 1) {
      for (let x = Math.floor(rect.left / kBin); x <= Math.floor(rect.right / kBin); x += 1) {
        visit(y * 4096 + x);
      }
    }
  }
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * `before`: the place that each label had, kept where it is still free, so that labels do not jump.
 * `points`: symbols that no label with a reach may cover, as pairs of pixels.
 */
export function placeLabels(
  wishes: readonly Wish[],
  before: ReadonlyMap<string, number>,
  points: readonly number[],
  most: number,
  within: Space,
): Placed[] {
  const taken = new Taken();
  const symbols = new Taken();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    symbols.add({ left: x - 5, top: y - 5, right: x + 5, bottom: y + 5 });
  }
  for (const rect of within.reserved) taken.add(rect);
  const placed: Placed[] = [];
  const sorted = [...wishes].sort((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1));
  for (const wish of sorted) {
    if (placed.length >= most) break;
    const found = placeOne(wish, before.get(wish.key) ?? 0, taken, symbols, within);
    if (found === null) continue;
    taken.add(rectOf(wish, found.left, found.top));
    placed.push(found);
  }
  return placed;
}

/** How far a forced label goes to find a place, in reaches. */
const kFurther = [1, 2, 3.4, 4.8];

function placeOne(
  wish: Wish,
  preferred: number,
  taken: Taken,
  symbols: Taken,
  within: Space,
): Placed | null {
  if (!wish.isForced) return tryPlaces(wish, 1, preferred, taken, symbols, within);
  for (const further of wish.reach === 0 ? [1] : kFurther) {
    const placed = tryPlaces(wish, further, preferred, taken, symbols, within);
    if (placed !== null) return placed;
  }
  // A symbol that is covered is better than two labels that nobody can read.
  const nothing = new Taken();
  return (
    tryPlaces(wish, 1, preferred, taken, nothing, within) ??
    tryPlaces(wish, 1, preferred, nothing, nothing, within) ?? {
      wish,
      ...positionOf(wish, 0, 1),
      place: 0,
    }
  );
}

function tryPlaces(
  wish: Wish,
  further: number,
  preferred: number,
  taken: Taken,
  symbols: Taken,
  within: Space,
): Placed | null {
  const count = wish.reach === 0 ? 1 : kPlaces.length;
  for (let i = 0; i < count; i += 1) {
    const place = wish.reach === 0 ? 0 : (preferred + i) % kPlaces.length;
    const at = positionOf(wish, place, further);
    const rect = rectOf(wish, at.left, at.top);
    const isWhole =
      rect.left >= 0 && rect.top >= 0 && rect.right <= within.width && rect.bottom <= within.height;
    // What has no reach is the ground's own name: aircraft pass over it.
    const isClear = wish.reach === 0 || symbols.isFree(rect);
    if (isWhole && isClear && taken.isFree(rect)) return { wish, ...at, place };
  }
  return null;
}

function positionOf(wish: Wish, place: number, further: number): { left: number; top: number } {
  if (wish.reach === 0) return { left: wish.x - wish.width / 2, top: wish.y - wish.height / 2 };
  const [dx, dy] = kPlaces[place] ?? [1, -1];
  const reach = wish.reach * further;
  const reachX = dy === 0 ? reach * 1.3 : reach;
  const left =
    dx > 0 ? wish.x + reachX : dx < 0 ? wish.x - reachX - wish.width : wish.x - wish.width / 2;
  const top =
    dy > 0
      ? wish.y + reach * 0.7
      : dy < 0
        ? wish.y - reach * 0.7 - wish.height
        : wish.y - wish.height / 2;
  return { left, top };
}

function rectOf(wish: Wish, left: number, top: number): Rect {
  const gap = 3;
  return {
    left: left - gap,
    top: top - gap,
    right: left + wish.width + gap,
    bottom: top + wish.height + gap,
  };
}
