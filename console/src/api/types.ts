// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// What the node says, as api/openapi.yaml and api/stream.md write it. Times stay text here.

export type Stage = 'received' | 'read' | 'passed_on';
export type Stages = Partial<Record<Stage, string>>;
export type Mode = 'recording' | 'warn_only';
export type Level = 'none' | 'cells' | 'volume' | 'full';

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  field?: string;
  request_id: string;
  retry_after_s?: number;
}

export interface Scenario {
  title: string;
  about: string;
  start: string;
  end: string;
  pace: number;
}

export interface NodeInfo {
  origin: string;
  key: string;
  build: string;
  rules: string;
  time: string;
  mode: Mode;
  scenario: Scenario | null;
}

export interface Caller {
  kind: 'person' | 'machine';
  party: string;
  party_name: string;
  name?: string;
  role?: string;
  roles?: string[];
  may_act?: boolean;
  csrf?: string;
  expires?: string;
}

export interface Party {
  id: string;
  name: string;
  keys: string[];
  group: { lead: string; members: string[] } | null;
  is_you: boolean;
}

export interface Delivery {
  number: number;
  item: string;
  version: number;
  time: string;
  content: string;
}

export interface Act {
  at: string;
  version: number;
  by?: string;
  stated_by?: 'key' | 'node';
}

export type Why =
  'signatory' | 'shared' | 'own_aircraft' | 'relayed' | 'escalated' | 'own_feed' | 'owner';

export interface Notice {
  item: string;
  to: string;
  level: Level;
  why: Why;
  via: string | null;
  agreement: string | null;
  told: Act;
  last: Act;
  left_at?: string | null;
  received: Act | null;
  read: Act | null;
  passed_on: { to: string; at: string; version: number }[];
  objected: Act | null;
  withdrawn: string | null;
  due: Stages;
  missed: Stages;
}

export interface Item {
  item: string;
  id: string;
  version: number;
  is_own: boolean;
  time: string;
  number: number | null;
  content: string;
  notices: Notice[];
}

export interface Decision {
  outcome: 'accepted';
  id: string;
  /** 1, 2, 3 ... of what the caller's party filed, for its receipt. */
  filed: number;
  time: string;
  stated_by: 'key' | 'node';
}

export interface Feed {
  name: string;
  of: string;
  age_ms: number | null;
}

export type Phase = 'predicted' | 'inside' | 'resolved' | 'unresolved';

export interface Incident {
  id: string;
  item: string;
  opened: string;
  closed: string | null;
  airspace: string;
  track: string | null;
  phase: Phase;
}

export interface IncidentFile {
  incident: Incident;
  deliveries: Delivery[];
  notices: Notice[];
  related: Item[];
}

/** [milliseconds since 1970, latitude, longitude, feet or null, knots or null, degrees or null] */
export type Sample = [number, number, number, number | null, number | null, number | null];

export interface IncidentTracks {
  from: string;
  until: string;
  items: { feed: string; track: string; samples: Sample[] }[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type NameRow = [number, string, string | null, string, string | null];

export type StreamMessage =
  | { type: 'hello'; party: string; origin: string; last: number; time: string; beat_ms: number }
  | ({ type: 'delivery' } & Delivery)
  | { type: 'notice'; notice: Notice }
  | { type: 'own'; item: Item }
  | { type: 'names'; names: NameRow[] }
  | { type: 'beat'; time: string; mode: Mode; last: number; feeds: Feed[] }
  | { type: 'missed'; what: string; count: number };
