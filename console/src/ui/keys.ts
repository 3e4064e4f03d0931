// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { store } from '../model/session';
import { go, lookBack, moveSelection } from './actions';
import { situationsNow } from './hooks';
import { remember, setTheme, ui } from './state';

// One table for the keys: the handler and the help sheet both read it.

export interface Key {
  /** As written on the help sheet; several, with blanks between them. */
  keys: string;
  what: string;
  run: () => void;
}

/** What is not a panel says by itself where the focus goes. */
export const focusers: { map: () => void; time: () => void; filter: () => void } = {
  map: () => undefined,
  time: () => undefined,
  filter: () => undefined,
};

let fitAll: () => void = () => undefined;
export function onFitAll(fit: () => void): void {
  fitAll = fit;
}

function ask(kind: 'read' | 'object' | 'pass_on'): void {
  const { caller, moment } = store.get();
  if (caller?.may_act === false || moment !== null) return;
  const { route, selected } = ui.get();
  const item =
    route.page === 'notices'
      ? route.id
      : (situationsNow().find((situation) => situation.id === selected)?.item ?? null);
  if (item !== null) ui.set({ dialog: { kind, item } });
}

function escape(): void {
  if (store.get().moment !== null) lookBack(null);
  else if (ui.get().areLayersOpen) ui.set({ areLayersOpen: false });
  else if (ui.get().picked !== null) ui.set({ picked: null });
  else if (ui.get().route.page !== 'situations') go({ page: 'situations', id: null });
  else {
    ui.set({ selected: null });
    go({ page: 'situations', id: null });
  }
}

export const kKeys: readonly Key[] = [
  { keys: 'j', what: 'Next situation', run: () => moveSelection(1) },
  { keys: 'k', what: 'Situation before', run: () => moveSelection(-1) },
  { keys: 'r', what: 'Read, with your name', run: () => ask('read') },
  { keys: 'o', what: 'Object, with a reason', run: () => ask('object') },
  { keys: 'p', what: 'Pass on to parties', run: () => ask('pass_on') },
  { keys: 's', what: 'Situations', run: () => go({ page: 'situations', id: ui.get().selected }) },
  { keys: 'n', what: 'Notices', run: () => go({ page: 'notices', id: null }) },
  {
    keys: 'i',
    what: 'The incident of the selected situation, or all',
    run: () => go({ page: 'incidents', id: ui.get().selected }),
  },
  { keys: 'm', what: 'To the map: arrows move it, + and - zoom', run: () => focusers.map() },
  { keys: 'a', what: 'All that was released to you, on the map', run: () => fitAll() },
  { keys: 'l', what: 'Layers and legend', run: toggleLayers },
  { keys: 't', what: 'To the line of time: arrows move it', run: () => focusers.time() },
  { keys: '/', what: 'Filter the notices', run: filter },
  { keys: 'v', what: 'Light or dark', run: switchTheme },
  { keys: 'u', what: 'Sound on or off', run: switchSound },
  { keys: 'Esc', what: 'Back to now; close; back to the situations', run: escape },
  { keys: '?', what: 'This sheet', run: () => ui.set({ dialog: { kind: 'help' } }) },
];

export function toggleLayers(): void {
  ui.set({ areLayersOpen: !ui.get().areLayersOpen });
}

function filter(): void {
  if (ui.get().route.page !== 'notices') go({ page: 'notices', id: null });
  setTimeout(() => focusers.filter(), 50);
}

export function switchTheme(): void {
  const theme = ui.get().theme === 'dark' ? 'light' : 'dark';
  remember('theme', theme);
  setTheme(theme);
}

export function switchSound(): void {
  const sound = !ui.get().sound;
  remember('sound', sound ? 'on' : 'off');
  ui.set({ sound });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'range'].includes(target.type);
}

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!store.get().caller || ui.get().dialog !== null) return;
    const name = event.key === 'Escape' ? 'Esc' : event.key;
    if (isTyping(event.target)) {
      if (name === 'Esc') (event.target as HTMLElement).blur();
      return;
    }
    const key = kKeys.find((one) => one.keys === name);
    if (key === undefined) return;
    event.preventDefault();
    key.run();
  });
}
