// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Cell, Version } from '../model/content';
import { band, hourMinute, limit } from '../model/format';
import { boxOf, labelPoint, ringOfCell, ringOfVolume, unwrap, type Ring } from '../model/geometry';
import type { Picture } from '../model/picture';

// What was released of airspaces and intents, as shapes and as labels.

export interface ShapeLabel {
  key: string;
  item: string;
  lon: number;
  lat: number;
  title: string;
  lines: string[];
  /** Of an airspace: its type; of an intent: `intent`. */
  type: string;
  /** Degrees of longitude that it covers: what is a dot on the screen gets no label. */
  width: number;
}

export interface Shapes {
  airspaces: GeoJSON.FeatureCollection;
  intents: GeoJSON.FeatureCollection;
  routes: GeoJSON.FeatureCollection;
  labels: ShapeLabel[];
}

export function shapesOf(picture: Picture, now: number, nameOf: (party: string) => string): Shapes {
  const shapes: Shapes = {
    airspaces: { type: 'FeatureCollection', features: [] },
    intents: { type: 'FeatureCollection', features: [] },
    routes: { type: 'FeatureCollection', features: [] },
    labels: [],
  };
  for (const version of picture.items.values()) {
    if (version.content.withdrawn) continue;
    if (version.kind === 'airspace') addAirspace(shapes, version, now, nameOf);
    if (version.kind === 'intent') addIntent(shapes, version, nameOf);
  }
  return shapes;
}

function polygon(rings: Ring[], properties: Record<string, unknown>): GeoJSON.Feature {
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: rings } };
}

function addAirspace(
  shapes: Shapes,
  version: Version,
  now: number,
  nameOf: (party: string) => string,
): void {
  const airspace = version.content.airspace;
  if (airspace === undefined || airspace.ended) return;
  const area = airspace.area ?? null;
  const owner = airspace.owner === undefined ? '' : nameOf(airspace.owner);
  if (area === null) {
    addCells(shapes, version, airspace.cells ?? [], 'unstated', shapes.airspaces);
    return;
  }
  if (area.valid !== null && Date.parse(area.valid.until) < now) return;
  const isAhead = area.valid !== null && Date.parse(area.valid.from) > now;
  const polygons =
    area.footprint.type === 'Polygon' ? [area.footprint.coordinates] : area.footprint.coordinates;
  const properties = { item: version.item, type: area.type, ahead: isAhead };
  let widest: Ring = [];
  for (const rings of polygons) {
    const outer = unwrap((rings[0] ?? []) as Ring);
    if (widthOf(outer) > widthOf(widest)) widest = outer;
    const holes = rings.slice(1).map((ring) => unwrap(ring as Ring));
    shapes.airspaces.features.push(polygon([outer, ...holes], properties));
  }
  const [lon, lat] = labelPoint(widest);
  const lines = [limit(area.upper, 'UNL'), limit(area.lower, 'GND')];
  if (isAhead && area.valid !== null) {
    lines.push(`from ${hourMinute(Date.parse(area.valid.from))}`);
  }
  if (area.type === 'national') {
    // Borders are claims: whose, and by which source, stands with them.
    lines.push([`claim of ${owner || 'its owner'}`, sourceText(area.source)].join(', '));
  }
  shapes.labels.push({
    key: version.item,
    item: version.item,
    lon,
    lat,
    title: area.type === 'unstated' ? version.id : `${version.id} · ${area.type.toUpperCase()}`,
    lines,
    type: area.type,
    width: widthOf(widest),
  });
}

function sourceText(source: string | undefined): string {
  return source === undefined || source === '' ? 'source not stated' : `source: ${source}`;
}

function addIntent(shapes: Shapes, version: Version, nameOf: (party: string) => string): void {
  const intent = version.content.intent;
  if (intent === undefined || intent.state === 'ended') return;
  if (intent.cells !== undefined) {
    addCells(shapes, version, intent.cells, 'intent', shapes.intents);
    return;
  }
  const volumes = intent.volumes ?? [];
  let first = true;
  for (const volume of volumes) {
    const ring = ringOfVolume(volume);
    if (ring === null) continue;
    shapes.intents.features.push(polygon([ring], { item: version.item, cells: false }));
    if (!first) continue;
    first = false;
    const { altitude_lower: lower, altitude_upper: upper } = volume.volume;
    const [lon, lat] = labelPoint(ring);
    const owner = intent.owner === undefined ? '' : ` of ${nameOf(intent.owner)}`;
    shapes.labels.push({
      key: version.item,
      item: version.item,
      lon,
      lat,
      title: `${version.id} · announced flight${owner}`,
      lines: [band(lower, upper), timesOf(version)].filter((line) => line !== ''),
      type: 'intent',
      width: widthOf(ring),
    });
  }
  if (intent.route !== undefined && intent.route.length > 1) {
    shapes.routes.features.push({
      type: 'Feature',
      properties: { item: version.item },
      geometry: {
        type: 'LineString',
        coordinates: unwrap(intent.route.map((point) => [point.lng, point.lat])),
      },
    });
  }
}

export function timesOf(version: Version): string {
  const volumes = version.content.intent?.volumes ?? [];
  const starts = volumes.flatMap((volume) => (volume.time_start ? [volume.time_start.value] : []));
  const ends = volumes.flatMap((volume) => (volume.time_end ? [volume.time_end.value] : []));
  if (starts.length === 0 || ends.length === 0) return '';
  const from = Math.min(...starts.map((value) => Date.parse(value)));
  const until = Math.max(...ends.map((value) => Date.parse(value)));
  return `${hourMinute(from)} – ${hourMinute(until)} Z`;
}

function addCells(
  shapes: Shapes,
  version: Version,
  cells: readonly Cell[],
  type: string,
  into: GeoJSON.FeatureCollection,
): void {
  for (const cell of cells) {
    into.features.push(
      polygon([ringOfCell(cell)], { item: version.item, type, cells: true, ahead: false }),
    );
  }
  const first = cells[0];
  if (first === undefined) return;
  const ring = ringOfCell(first);
  const [lon, lat] = labelPoint(ring);
  const title = type === 'intent' ? `${version.id} · announced flight` : version.id;
  const lines = ['told in cells of 0.1°'];
  shapes.labels.push({
    key: version.item,
    item: version.item,
    lon,
    lat,
    title,
    lines,
    type,
    width: widthOf(ring),
  });
}

function widthOf(ring: Ring): number {
  const box = boxOf(ring);
  return box === null ? 0 : box.east - box.west;
}
