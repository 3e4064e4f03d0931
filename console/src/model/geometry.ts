// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Cell, LatLng, Volume4D } from './content';

// Shapes for the map. Drawing needs no more than a sphere; what is decided is decided in the node.

const kRadius = 6_371_008.8;
const kRad = Math.PI / 180;
const kCellDegrees = 0.1;

export type Ring = [number, number][];

/** Longitude, latitude of a point at a distance and bearing. */
export function offset(from: LatLng, metres: number, bearingDeg: number): [number, number] {
  const arc = metres / kRadius;
  const lat = from.lat * kRad;
  const bearing = bearingDeg * kRad;
  const sin = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(bearing);
  const there = Math.asin(Math.min(1, Math.max(-1, sin)));
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(lat),
    Math.cos(arc) - Math.sin(lat) * Math.sin(there),
  );
  return [from.lng + turn / kRad, there / kRad];
}

export function circle(center: LatLng, metres: number, corners = 64): Ring {
  const ring: Ring = [];
  for (let i = 0; i <= corners; i += 1) ring.push(offset(center, metres, (360 * i) / corners));
  return ring;
}

export function ringOfVolume(volume: Volume4D): Ring | null {
  const { outline_circle: round, outline_polygon: polygon } = volume.volume;
  if (round !== undefined) return circle(round.center, round.radius.value);
  if (polygon === undefined || polygon.vertices.length < 3) return null;
  return unwrap(close(polygon.vertices.map((vertex) => [vertex.lng, vertex.lat])));
}

/** The grid counts 0.1 degree from 90 S, 180 W; both ends belong to the box. */
export function ringOfCell(cell: Cell): Ring {
  const west = cell.west * kCellDegrees - 180;
  const east = (cell.east + 1) * kCellDegrees - 180;
  const south = cell.south * kCellDegrees - 90;
  const north = (cell.north + 1) * kCellDegrees - 90;
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

export function close(ring: Ring): Ring {
  const first = ring[0];
  const last = ring[ring.length - 1];
  if (first === undefined || last === undefined) return ring;
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}

/** Longitudes that do not jump by a turn, so that an edge over the 180th meridian stays short. */
export function unwrap(ring: Ring): Ring {
  let before: number | null = null;
  return ring.map(([lon, lat]) => {
    let here = lon;
    if (before !== null) {
      while (here - before > 180) here -= 360;
      while (here - before < -180) here += 360;
    }
    before = here;
    return [here, lat];
  });
}

/** Where a label stands: the middle of the widest stretch of the ring half way up. */
export function labelPoint(ring: Ring): [number, number] {
  let south = 90;
  let north = -90;
  for (const [, lat] of ring) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  let best: [number, number] = ring[0] ?? [0, 0];
  let widest = -1;
  for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const lat = south + (north - south) * part;
    const crossings = crossingsAt(ring, lat);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const west = crossings[i] ?? 0;
      const east = crossings[i + 1] ?? 0;
      if (east - west > widest * 1.05) {
        widest = east - west;
        best = [(west + east) / 2, lat];
      }
    }
  }
  return best;
}

function crossingsAt(ring: Ring, lat: number): number[] {
  const found: number[] = [];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [lonA, latA] = ring[i] ?? [0, 0];
    const [lonB, latB] = ring[i + 1] ?? [0, 0];
    if (latA > lat !== latB > lat)
      found.push(lonA + ((lat - latA) / (latB - latA)) * (lonB - lonA));
  }
  return found.sort((a, b) => a - b);
}

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

export function boxOf(points: Iterable<[number, number]>): Box | null {
  let box: Box | null = null;
  for (const [lon, lat] of points) {
    if (box === null) box = { west: lon, east: lon, south: lat, north: lat };
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}
