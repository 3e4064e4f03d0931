// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Caller, Feed, IncidentTracks, Mode, NodeInfo, Notice, Party } from '../api/types';
import type { Version } from './content';

export type Connection = 'opening' | 'live' | 'broken';

export interface State {
  /** undefined: not asked yet; null: nobody is signed in. */
  caller: Caller | null | undefined;
  node: NodeInfo | null;
  parties: Map<string, Party>;
  told: Version[];
  own: Version[];
  notices: Map<string, Notice>;
  feeds: Feed[];
  mode: Mode;
  connection: Connection;
  /** Whether what was told before has been fetched; until then nothing is said to be empty. */
  isLoaded: boolean;
  isStale: boolean;
  missedFrames: number;
  /** Looking back at this moment, milliseconds since 1970; null: now. */
  moment: number | null;
  /** What the node says was known at `moment`; null until it has answered. */
  knew: { at: number; notices: Notice[] } | null;
  /** Recorded tracks of incidents that were looked at, by the incident's id. */
  recorded: Map<string, IncidentTracks>;
  trackCount: number;
  /** What the person stated since signing in. */
  filed: Filed[];
}

export interface Filed {
  item: string;
  step: 'receive' | 'read' | 'object' | 'pass_on';
  /** Of what the party filed, for its receipt. */
  number: number;
  at: number;
}

export const kEmptyState: State = {
  caller: undefined,
  node: null,
  parties: new Map(),
  told: [],
  own: [],
  notices: new Map(),
  feeds: [],
  mode: 'recording',
  connection: 'opening',
  isLoaded: false,
  isStale: false,
  missedFrames: 0,
  moment: null,
  knew: null,
  recorded: new Map(),
  trackCount: 0,
  filed: [],
};

/** One value that many look at. It is replaced, never changed in place. */
export class Store<T extends object> {
  private listeners = new Set<() => void>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(patch: Partial<T>): void {
    this.value = { ...this.value, ...patch };
    for (const listener of [...this.listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
