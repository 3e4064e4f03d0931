// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Ticks, slots and records, version 1 (docs/formats/tick.md, record.md).
import { bytesOf, type Raw } from './bytes';
import { Decoder, kFormatWords } from './codec';
import { faults } from './fault';
import { sha256 } from './sha2';
import type { TreeHead } from './tree';

const fail = faults(kFormatWords);
const kVersion = 1;

export interface Tick {
  second: bigint;
  slots: Uint8Array;
}

export interface Slot {
  kind: 'padding' | 'party' | 'records';
  holder: Uint8Array;
  filed: TreeHead;
  delivered: TreeHead;
}

export interface Delivery {
  addressee: Raw;
  number: bigint;
  item: Raw;
  version: bigint;
  level: 'full' | 'volume' | 'cells' | 'touch';
  content: Uint8Array;
}

export type Content =
  | { kind: 'signed'; dsse: Uint8Array }
  | { kind: 'vouched'; payload: Uint8Array }
  | { kind: 'node'; name: string; delivery: Delivery | null };

export interface Record {
  salt: Uint8Array;
  /** Milliseconds since 1970. */
  time: number;
  /** Milliseconds; null where it is not known. */
  clockError: number | null;
  rules: Raw;
  outcome: number;
  content: Content;
}

export function decodeTick(bytes: Uint8Array): Tick {
  const decoder = new Decoder(bytes);
  decoder.version(kVersion);
  const tick = { second: decoder.u64(), slots: decoder.hash() };
  decoder.finish();
  return tick;
}

const headOf = (decoder: Decoder): TreeHead => ({ size: decoder.u64(), root: decoder.hash() });

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
const isNone = (tree: TreeHead): boolean => tree.size === 0n && isZero(tree.root);

function saysNoMoreThanItsKind(slot: Slot): boolean {
  if (slot.kind === 'party') return true;
  const isOfNone = isZero(slot.holder) && isNone(slot.delivered);
  return isOfNone && (slot.kind === 'records' || isNone(slot.filed));
}

export function decodeSlot(bytes: Uint8Array): Slot {
  const decoder = new Decoder(bytes);
  decoder.version(kVersion);
  decoder.hash();
  const kind = (['padding', 'party', 'records'] as const)[decoder.choice(0, 2)]!;
  const holder = decoder.hash();
  const slot = { kind, holder, filed: headOf(decoder), delivered: headOf(decoder) };
  if (!saysNoMoreThanItsKind(slot)) fail('kValueRange');
  decoder.finish();
  return slot;
}

/** What stands for a party in its slots. */
export function holderOf(party: Raw): Uint8Array {
  return sha256(bytesOf('comity/party/v1\0' + party));
}

// The records of the node, in the order of their type numbers, from 1. Their fields: t128 is a text
// of at most 128 bytes, u8 a number of 8 bytes, h a hash, c1-3 a byte from 1 to 3, i an instant, l2
// a list of hashes behind its length in 2 bytes.
const kNodeRecords: [name: string, fields: string][] = [
  ['start', 't128 h'],
  ['stop', 'u2'],
  ['build', 't128 h'],
  ['configuration', 'h'],
  ['key change', 'c1-3 t128 l1 l1'],
  ["administrator's act", 'u2 t128 h'],
  ['time quality', 't64 u4 c0-1'],
  ['recording chunk', 't64 i i u8 h'],
  ['delivery', ''],
  ['erasure', 'u2 l2'],
  ['tombstone', 't128 u8 u2'],
  ['tick', ''],
  ['genesis', 't256 h c0-3 t256 h u8 h u8 h u8 h'],
  ['closing', 'c1-2 t256 h'],
  ['drop', 'u8 h'],
  ['state', 't64 h'],
  ['upgrade', 'u2 u2'],
  ['restored', 'u8 h u8 h u8 h'],
];

// Reads a field that is only checked.
function readField(decoder: Decoder, field: string): void {
  const [least = 0, greatest = 0] = field.slice(1).split('-').map(Number);
  if (field[0] === 't') decoder.text(least);
  else if (field[0] === 'u') decoder.take(least);
  else if (field[0] === 'h') decoder.hash();
  else if (field[0] === 'c') decoder.choice(least, greatest);
  else if (field[0] === 'i') decoder.instant();
  else for (let left = decoder.unsigned(least); left > 0; --left) decoder.hash();
}

function readDelivery(decoder: Decoder): Delivery {
  return {
    addressee: decoder.text(128),
    number: decoder.u64(),
    item: decoder.text(128),
    version: decoder.u64(),
    level: (['full', 'volume', 'cells', 'touch'] as const)[decoder.choice(1, 4) - 1]!,
    content: decoder.hash(),
  };
}

function readNodeRecord(type: number, body: Uint8Array): Content {
  const known = kNodeRecords[type - 1];
  if (known === undefined) return { kind: 'node', name: 'unknown', delivery: null };
  const [name, fields] = known;
  const decoder = new Decoder(body);
  const delivery = name === 'delivery' ? readDelivery(decoder) : null;
  for (const field of fields.split(' ').filter(Boolean)) readField(decoder, field);
  decoder.finish();
  return { kind: 'node', name, delivery };
}

const kMaxRequest = 16 << 20;
const kMaxBody = 1 << 20;

function readContent(decoder: Decoder): Content {
  const kind = decoder.unsigned(1);
  if (kind === 1) return { kind: 'signed', dsse: decoder.bytes(kMaxRequest) };
  if (kind === 2) return { kind: 'vouched', payload: decoder.bytes(kMaxRequest) };
  if (kind !== 3) return fail('kUnknownKind');
  const type = decoder.unsigned(2);
  return readNodeRecord(type, decoder.bytes(kMaxBody));
}

export function decodeRecord(bytes: Uint8Array): Record {
  const decoder = new Decoder(bytes);
  decoder.version(kVersion);
  const salt = decoder.hash();
  const time = decoder.instant();
  const clockError = decoder.unsigned(4);
  const record = {
    salt,
    time,
    clockError: clockError === 0xffffffff ? null : clockError,
    rules: decoder.text(64),
    outcome: decoder.unsigned(2),
    content: readContent(decoder),
  };
  decoder.finish();
  return record;
}
