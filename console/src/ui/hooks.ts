// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { nodeClock, store } from '../model/session';
import { pictureOf, type Picture } from '../model/picture';
import { situationsOf, type Situation } from '../model/situations';
import type { State, Store } from '../model/store';
import { ui, type UiState } from './state';

export function useStore<T extends object, R>(from: Store<T>, select: (value: T) => R): R {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const selected = select(from.get());
  const last = useRef({ select, selected });
  last.current = { select, selected };
  useEffect(() => {
    const look = (): void => {
      if (!Object.is(last.current.select(from.get()), last.current.selected)) redraw(null);
    };
    look();
    return from.subscribe(look);
  }, [from]);
  return selected;
}

export const useSession = <R>(select: (value: State) => R): R => useStore(store, select);
export const useUi = <R>(select: (value: UiState) => R): R => useStore(ui, select);

/** The node's time, drawn again at each of its full seconds. */
export function useNow(): number {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let second = 0;
    const timer = setInterval(() => {
      const now = Math.floor(nodeClock.now() / 1000);
      if (now !== second) {
        second = now;
        redraw(null);
      }
    }, 200);
    return () => clearInterval(timer);
  }, []);
  return nodeClock.now();
}

/** The moment that is shown: the one looked back at, or now. */
export function useMoment(): number {
  const now = useNow();
  return useSession((state) => state.moment) ?? now;
}

let kept: { facts: unknown[]; picture: Picture } | null = null;

/** The picture is drawn by many and made once. */
export function pictureNow(): Picture {
  const { told, own, notices, moment } = store.get();
  const then = store.get().knew;
  const knew = moment !== null && then?.at === moment ? then.notices : undefined;
  const facts = [told, own, notices, moment, knew];
  if (kept === null || facts.some((fact, index) => fact !== kept?.facts[index])) {
    const picture = pictureOf({ told, own, notices: [...notices.values()], knew }, moment);
    kept = { facts, picture };
  }
  return kept.picture;
}

export function usePicture(): Picture {
  return useSession(pictureNow);
}

export function situationsNow(): Situation[] {
  const state = store.get();
  const me = state.caller?.party ?? '';
  return situationsOf(pictureNow(), me, state.moment ?? nodeClock.now());
}

export function useSituations(): Situation[] {
  const picture = usePicture();
  const moment = useMoment();
  const me = useSession((state) => state.caller?.party ?? '');
  const second = Math.floor(moment / 1000);
  return useMemo(() => situationsOf(picture, me, second * 1000), [picture, me, second]);
}

/** The name of a party, or its id where nothing more is known of it. */
export function useNames(): (party: string) => string {
  const parties = useSession((state) => state.parties);
  return useMemo(() => (party: string) => parties.get(party)?.name ?? party, [parties]);
}
