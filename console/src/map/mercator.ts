// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// The map's projection, 0 to 1 over the world, and what of it is on the screen.

const kRad = Math.PI / 180;
const kTileSize = 512;
const kMaxLat = 85.051129;

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const bounded = Math.min(kMaxLat, Math.max(-kMaxLat, lat));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * kRad) / 2)) / (2 * Math.PI);
}

export function lonOf(x: number): number {
  return (x - 0.5) * 360;
}

export function latOf(y: number): number {
  return (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / kRad;
}

/** Mercator units of a metre at a latitude. */
export function unitsOfMetre(lat: number): number {
  return 1 / (40_030_228.9 * Math.max(0.05, Math.cos(lat * kRad)));
}

/** The screen: always north up, seen from above. */
export class Screen {
  private readonly scale: number;
  private readonly centerX: number;
  private readonly centerY: number;

  constructor(
    center: { lng: number; lat: number },
    readonly zoom: number,
    readonly width: number,
    readonly height: number,
  ) {
    this.scale = kTileSize * 2 ** zoom;
    this.centerX = mercatorX(center.lng);
    this.centerY = mercatorY(center.lat);
  }

  /** Pixels from the left, of the copy of the world that is nearest to the middle. */
  x(lon: number): number {
    let there = mercatorX(lon) - this.centerX;
    there -= Math.round(there);
    return this.width / 2 + there * this.scale;
  }

  y(lat: number): number {
    return this.height / 2 + (mercatorY(lat) - this.centerY) * this.scale;
  }

  lon(x: number): number {
    return lonOf(this.centerX + (x - this.width / 2) / this.scale);
  }

  lat(y: number): number {
    return latOf(this.centerY + (y - this.height / 2) / this.scale);
  }

  pixelsPerDegree(): number {
    return this.scale / 360;
  }

  pixelsPerMetre(lat: number): number {
    return unitsOfMetre(lat) * this.scale;
  }

  has(x: number, y: number, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin;
  }
}
