// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Colours of the map. Red, amber and cyan belong to alerts and are used for nothing else here; no
// colour says whose side anything is on.

export interface Palette {
  water: string;
  land: string;
  coast: string;
  border: string;
  grid: string;
  gridText: string;
  country: string;
  halo: string;
  label: string;
  labelDim: string;
  track: string;
  warning: string;
  caution: string;
  advisory: string;
  selected: string;
  intent: string;
  airspace: Record<string, string>;
}

const kDark: Palette = {
  water: '#0a1017',
  land: '#151e28',
  coast: '#33424f',
  border: '#3d4a59',
  grid: '#8fa6bd',
  gridText: '#71869b',
  country: '#64788d',
  halo: '#0a1017',
  label: '#dbe5ee',
  labelDim: '#93a6b8',
  track: '#d8e6f2',
  warning: '#ff6257',
  caution: '#ffb938',
  advisory: '#6fd3ff',
  selected: '#ffffff',
  intent: '#59c9a5',
  airspace: {
    national: '#a4a0d8',
    prohibited: '#d685c4',
    restricted: '#c58ae0',
    danger: '#d19a86',
    hazard: '#e08fb6',
    tsa: '#79a7e8',
    tra: '#79a7e8',
    buffer: '#9aa7b4',
    unstated: '#9aa7b4',
  },
};

const kLight: Palette = {
  water: '#dfe7ed',
  land: '#f4f2ed',
  coast: '#a5b3bf',
  border: '#a9a59b',
  grid: '#46586a',
  gridText: '#5d6f80',
  country: '#7d8894',
  halo: '#f2f5f7',
  label: '#16212c',
  labelDim: '#4a5b6b',
  track: '#1b2c3c',
  warning: '#c3170d',
  caution: '#9a5b00',
  advisory: '#00648c',
  selected: '#000000',
  intent: '#0b7a59',
  airspace: {
    national: '#5b54a8',
    prohibited: '#a13487',
    restricted: '#8a3fb0',
    danger: '#8e4a30',
    hazard: '#b02f6e',
    tsa: '#2b62b0',
    tra: '#2b62b0',
    buffer: '#5d6a77',
    unstated: '#5d6a77',
  },
};

export type Theme = 'dark' | 'light';

export function paletteOf(theme: Theme): Palette {
  return theme === 'light' ? kLight : kDark;
}

export function airspaceColor(palette: Palette, type: string): string {
  return palette.airspace[type] ?? palette.label;
}

/** Red, green, blue from 0 to 1. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
