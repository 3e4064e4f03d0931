// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette';

// The map's style. It names no glyphs and no tiles: everything comes with the build, and text is
// drawn by the console's own layer of labels.

export type LayerName = 'world' | 'grid' | 'airspaces' | 'intents' | 'tracks' | 'labels';

export const kLayerNames: readonly LayerName[] = [
  'tracks',
  'labels',
  'airspaces',
  'intents',
  'world',
  'grid',
];

export const kLayerWords: Record<LayerName, string> = {
  tracks: 'Tracks',
  labels: 'Labels of tracks',
  airspaces: 'Airspaces',
  intents: 'Announced flights',
  world: 'Land and borders',
  grid: 'Grid',
};

export type Opacities = Record<LayerName, number>;

const kEmpty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export const kSources = ['land', 'coast', 'borders', 'airspaces', 'intents', 'routes'] as const;
const kGround: ReadonlySet<string> = new Set(['land', 'coast', 'borders']);
export type SourceName = (typeof kSources)[number];

export function styleOf(palette: Palette, opacities: Opacities): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(
      // The ground is drawn a little coarser than what was filed: it is large, and only ground.
      kSources.map((name) => [
        name,
        { type: 'geojson', data: kEmpty, tolerance: kGround.has(name) ? 0.7 : 0.2 },
      ]),
    ),
    layers: layersOf(palette, opacities),
  };
}

function colorByType(palette: Palette): ExpressionSpecification {
  const pairs = Object.entries(palette.airspace).flat();
  return ['match', ['get', 'type'], ...pairs, palette.label] as unknown as ExpressionSpecification;
}

export function layersOf(palette: Palette, o: Opacities): LayerSpecification[] {
  const airspace = colorByType(palette);
  const isCells: ExpressionSpecification = ['boolean', ['get', 'cells'], false];
  const isNational: ExpressionSpecification = ['==', ['get', 'type'], 'national'];
  return [
    { id: 'water', type: 'background', paint: { 'background-color': palette.water } },
    {
      id: 'land',
      type: 'fill',
      source: 'land',
      paint: { 'fill-color': palette.land, 'fill-opacity': o.world, 'fill-antialias': false },
    },
    {
      id: 'coast',
      type: 'line',
      source: 'coast',
      paint: { 'line-color': palette.coast, 'line-width': 1, 'line-opacity': o.world },
    },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      paint: {
        'line-color': palette.border,
        'line-width': 1,
        'line-opacity': o.world,
        'line-dasharray': [4, 2],
      },
    },
    {
      id: 'airspaces-fill',
      type: 'fill',
      source: 'airspaces',
      paint: {
        'fill-color': airspace,
        'fill-opacity': [
          'case',
          isNational,
          0.05 * o.airspaces,
          ['boolean', ['get', 'ahead'], false],
          0.05 * o.airspaces,
          0.12 * o.airspaces,
        ],
      },
    },
    {
      id: 'airspaces-line',
      type: 'line',
      source: 'airspaces',
      filter: ['all', ['!', isNational], ['!', isCells]],
      paint: { 'line-color': airspace, 'line-width': 1.6, 'line-opacity': o.airspaces },
    },
    {
      id: 'airspaces-claim',
      type: 'line',
      source: 'airspaces',
      filter: ['all', isNational, ['!', isCells]],
      paint: {
        'line-color': airspace,
        'line-width': 1.8,
        'line-opacity': o.airspaces,
        'line-dasharray': [8, 2, 1.5, 2],
      },
    },
    cellLines('airspaces-cells', 'airspaces', airspace, o.airspaces, isCells),
    {
      id: 'intents-fill',
      type: 'fill',
      source: 'intents',
      paint: { 'fill-color': palette.intent, 'fill-opacity': 0.12 * o.intents },
    },
    {
      id: 'intents-line',
      type: 'line',
      source: 'intents',
      filter: ['!', isCells],
      paint: { 'line-color': palette.intent, 'line-width': 1, 'line-opacity': 0.4 * o.intents },
    },
    cellLines('intents-cells', 'intents', palette.intent, o.intents, isCells),
    {
      id: 'routes',
      type: 'line',
      source: 'routes',
      paint: {
        'line-color': palette.intent,
        'line-width': 1.4,
        'line-opacity': o.intents,
        'line-dasharray': [3, 2],
      },
    },
  ];
}

function cellLines(
  id: string,
  source: SourceName,
  color: ExpressionSpecification | string,
  opacity: number,
  filter: ExpressionSpecification,
): LayerSpecification {
  return {
    id,
    type: 'line',
    source,
    filter,
    paint: {
      'line-color': color,
      'line-width': 1.2,
      'line-opacity': opacity,
      'line-dasharray': [1, 2],
    },
  };
}
