// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlasUrl from 'world-atlas/countries-50m.json?url';
import { labelPoint, type Ring } from '../model/geometry';

// Land, borders and names of Natural Earth, as published, out of the build.

export interface Country {
  name: string;
  lon: number;
  lat: number;
  /** Degrees of longitude that the name has to itself. */
  width: number;
  /** Square degrees: the larger of two names goes first. */
  size: number;
}

export interface World {
  land: GeoJSON.FeatureCollection;
  coast: GeoJSON.MultiLineString;
  borders: GeoJSON.MultiLineString;
  countries: Country[];
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export async function loadWorld(): Promise<World> {
  const response = await fetch(atlasUrl);
  const atlas = (await response.json()) as Atlas;
  const { countries } = atlas.objects;
  const land = feature(atlas, countries);
  return {
    land,
    coast: withoutSeams(mesh(atlas, countries, (a, b) => a === b)),
    borders: mesh(atlas, countries, (a, b) => a !== b),
    countries: land.features.flatMap(countryOf),
  };
}

/** The cut at the 180th meridian and the edge of the map at the pole are no coasts. */
function withoutSeams(lines: GeoJSON.MultiLineString): GeoJSON.MultiLineString {
  const kept: GeoJSON.Position[][] = [];
  for (const line of lines.coordinates) {
    let part: GeoJSON.Position[] = [];
    for (const point of line) {
      const [lon = 0, lat = 0] = point;
      if (Math.abs(lon) > 179.99 || lat < -89.9) {
        if (part.length > 1) kept.push(part);
        part = [];
      } else {
        part.push(point);
      }
    }
    if (part.length > 1) kept.push(part);
  }
  return { type: 'MultiLineString', coordinates: kept };
}

function countryOf(country: GeoJSON.Feature<GeoJSON.Geometry, { name: string }>): Country[] {
  const geometry = country.geometry;
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  // One name for a country and not for each of its islands: at its largest piece.
  let largest: { ring: Ring; size: number; width: number } | null = null;
  for (const [outer] of polygons) {
    const ring = (outer ?? []) as Ring;
    const size = areaOf(ring);
    if (largest === null || size > largest.size) {
      const lons = ring.map(([lon]) => lon);
      largest = { ring, size, width: Math.max(...lons) - Math.min(...lons) };
    }
  }
  if (largest === null) return [];
  const [lon, lat] = labelPoint(largest.ring);
  return [{ name: country.properties.name, lon, lat, width: largest.width, size: largest.size }];
}

function areaOf(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [lonA, latA] = ring[i] ?? [0, 0];
    const [lonB, latB] = ring[i + 1] ?? [0, 0];
    sum += lonA * latB - lonB * latA;
  }
  return Math.abs(sum) / 2;
}
