// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Delivery, Item, Level, Phase, Stages, Why } from '../api/types';

// What was told, out of the exact bytes of a delivery (docs/formats/delivery.md).

export type Kind = 'agreement' | 'intent' | 'airspace' | 'warning';

export interface Limit {
  value: number;
  reference: 'W84' | 'MSL' | 'STD' | 'AGL';
  units: 'M' | 'FT';
}

export interface LatLng {
  lat: number;
  lng: number;
}

export interface Volume4D {
  volume: {
    outline_circle?: { center: LatLng; radius: { value: number; units: 'M' } };
    outline_polygon?: { vertices: LatLng[] };
    altitude_lower?: Limit;
    altitude_upper?: Limit;
  };
  time_start?: { value: string };
  time_end?: { value: string };
}

/** A box of the fixed grid: both ends of each member belong to it. */
export interface Cell {
  south: number;
  north: number;
  west: number;
  east: number;
  reference: Limit['reference'];
  lowest: number | null;
  highest: number | null;
  first_hour: number | null;
  last_hour: number | null;
}

export interface IntentContent {
  owner?: string;
  state?: string;
  aircraft?: string[];
  volumes?: Volume4D[];
  route?: { lat: number; lng: number; time: string }[];
  cells?: Cell[];
}

export interface Area {
  type: string;
  source?: string;
  accuracy_m: number | null;
  lower: Limit | null;
  upper: Limit | null;
  valid: { from: string; until: string } | null;
  footprint: GeoJSON.Polygon | GeoJSON.MultiPolygon;
}

export interface AirspaceContent {
  owner?: string;
  ended: boolean;
  area?: Area | null;
  cells?: Cell[];
}

export interface WarningContent {
  phase: Phase;
  track?: string;
  operator: string | null;
  feed_of: string;
  airspace: string;
  by_intent: { intent: string; entry: string | null } | null;
  by_track: string | null;
  entered: string | null;
  left: string | null;
  distance_m: number;
  track_accuracy_m: number;
  area_accuracy_m: number;
  sweep: string;
  note: string;
}

export interface Terms {
  state: string;
  signatories: string[];
  share: { what: string; from: string; to: string; level: Level; residual?: boolean }[];
  relay: { by: string; to: string; level: Level }[];
  escalation: string[];
}

export interface Content {
  number: number;
  item: string;
  version: number;
  level: Level;
  why: Why;
  via: string | null;
  agreement: string | null;
  traffic: 'live' | 'exercise';
  withdrawn: boolean;
  due: Stages;
  terms?: Terms;
  intent?: IntentContent;
  airspace?: AirspaceContent;
  warning?: WarningContent;
}

/** One version of one item, as it was told or filed. */
export interface Version {
  item: string;
  kind: Kind;
  id: string;
  version: number;
  /** When it was told or filed, milliseconds since 1970. */
  time: number;
  /** Of the delivery; 0: left before it was recorded; null of one's own. */
  number: number | null;
  isOwn: boolean;
  content: Content;
}

const kKinds: readonly string[] = ['agreement', 'intent', 'airspace', 'warning'];

export function splitItem(item: string): { kind: Kind; id: string } | null {
  const slash = item.indexOf('/');
  const kind = item.slice(0, slash);
  if (slash < 0 || !kKinds.includes(kind)) return null;
  return { kind: kind as Kind, id: item.slice(slash + 1) };
}

/** null where the bytes are none that this console can read; they stay in the list as bytes. */
export function parseContent(text: string): Content | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const content = value as Partial<Content>;
    if (typeof content.item !== 'string' || splitItem(content.item) === null) return null;
    return { due: {}, ...content } as Content;
  } catch {
    return null;
  }
}

export function versionOf(from: Delivery | Item): Version | null {
  const parts = splitItem(from.item);
  const content = parseContent(from.content);
  if (parts === null || content === null) return null;
  return {
    item: from.item,
    ...parts,
    version: from.version,
    time: Date.parse(from.time),
    number: from.number,
    isOwn: 'is_own' in from && from.is_own,
    content,
  };
}
