// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Camera } from '../map/map_view';
import type { Theme } from '../map/palette';
import type { Opacities } from '../map/style';
import { Store } from '../model/store';
import { parseRoute, type Route } from './route';

// What the screen itself remembers: where it is, what is selected, how it looks.

export type Dialog =
  | { kind: 'help' }
  | { kind: 'read'; item: string }
  | { kind: 'object'; item: string }
  | { kind: 'pass_on'; item: string };

export interface UiState {
  route: Route;
  /** The situation that keys act on. */
  selected: string | null;
  /** What was clicked on the map: a track's key or an item. */
  picked: string | null;
  dialog: Dialog | null;
  theme: Theme;
  sound: boolean;
  opacities: Opacities;
  areLayersOpen: boolean;
  camera: Camera;
  /** What was done last, said to screen readers and shown for a while. */
  said: { text: string; isProblem: boolean; at: number } | null;
  filter: string;
}

const kOpacities: Opacities = {
  world: 1,
  grid: 1,
  airspaces: 1,
  intents: 1,
  tracks: 1,
  labels: 1,
};

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`comity.${key}`);
  } catch {
    return null; // Storage may be forbidden; then nothing is remembered.
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`comity.${key}`, value);
  } catch {
    // See above.
  }
}

function firstTheme(): Theme {
  const chosen = remembered('theme');
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

function firstOpacities(): Opacities {
  try {
    const kept = JSON.parse(remembered('opacities') ?? '{}') as Partial<Opacities>;
    return { ...kOpacities, ...kept };
  } catch {
    return kOpacities;
  }
}

export const ui = new Store<UiState>({
  route: parseRoute(location.hash),
  selected: null,
  picked: null,
  dialog: null,
  theme: firstTheme(),
  sound: remembered('sound') !== 'off',
  opacities: firstOpacities(),
  areLayersOpen: false,
  camera: { zoom: 1.4, lat: 20, lon: 10 },
  said: null,
  filter: '',
});

export function say(text: string, isProblem = false): void {
  ui.set({ said: { text, isProblem, at: Date.now() } });
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  ui.set({ theme });
}

export function setOpacity(name: keyof Opacities, value: number): void {
  const opacities = { ...ui.get().opacities, [name]: value };
  remember('opacities', JSON.stringify(opacities));
  ui.set({ opacities });
}
