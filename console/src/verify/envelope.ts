// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a party signs: DSSE version 1 (docs/formats/dsse.md) around an envelope, version 1
// (docs/formats/envelope.md).
import { decodeBase64, hashFromBase64 } from './base64';
import { bytesOf, joined, rawOf, type Raw } from './bytes';
import { textFault } from './codec';
import { verifyEd25519 } from './ed25519';
import { attempt, Fault, faults } from './fault';
import { parseJson, type Json, type JsonObject } from './json';

export const kEnvelopeType = 'application/vnd.comity.envelope.v1+json';

// --- DSSE ----------------------------------------------------------------------------------------

export interface Dsse {
  payloadType: Raw;
  payload: Uint8Array;
  signatures: Uint8Array[];
}

const kMostText = 23 << 20;
const kMostPayload = 16 << 20;
const kMostSignature = 8192;

const failDsse = faults({
  kTooLarge: 'the envelope is too large, expected at most 23 MiB',
  kNotJson: 'expected one JSON value in UTF-8',
  kValueType:
    'expected an object with payload and payloadType as strings and signatures as a list of ' +
    'objects with keyid and sig as strings',
  kUnknownMember: 'expected no other members than payload, payloadType, signatures, keyid, sig',
  kDuplicateMember: 'expected each member once',
  kMissingMember:
    'expected the members payload, payloadType and signatures, and sig in each of these',
  kPayloadType:
    'expected a payload type of 1 to 256 printable ASCII characters without quotes and backslashes',
  kKeyId:
    'expected a key id of at most 256 printable ASCII characters without quotes and backslashes',
  kBase64: 'expected payload and signatures as base64',
  kPayloadTooLarge: 'the payload is too large, expected at most 16 MiB',
  kNoSignatures: 'expected a signature',
  kTooManySignatures: 'expected at most 8 signatures',
  kSignatureLength: 'expected signatures of 1 to 8192 bytes',
});

type Members = Map<Raw, Json>;

// The members of an object, each once and no others than these.
function dsseMembers(value: Json, names: Raw[]): Members {
  if (value.kind !== 'object') return failDsse('kValueType');
  const found: Members = new Map();
  for (const [name, member] of value.members) {
    if (!names.includes(name)) failDsse('kUnknownMember');
    if (found.has(name)) failDsse('kDuplicateMember');
    found.set(name, member);
  }
  return found;
}

function dsseString(value: Json | undefined): Raw {
  if (value === undefined) return failDsse('kMissingMember');
  return value.kind === 'string' ? value.text : failDsse('kValueType');
}

// The protocol lets signers use either alphabet.
function dsseBytes(
  value: Json | undefined,
  most: number,
  tooLong: 'kPayloadTooLarge' | 'kSignatureLength',
): Uint8Array {
  const text = dsseString(value);
  let bytes = decodeBase64(text, most);
  if (bytes === 'kNotBase64') bytes = decodeBase64(text, most, true);
  if (typeof bytes !== 'string') return bytes;
  return failDsse(bytes === 'kTooLong' ? tooLong : 'kBase64');
}

const isDsseName = (name: Raw): boolean => /^[ !#-[\]-~]{0,256}$/.test(name);

function readSignature(value: Json): Uint8Array {
  const members = dsseMembers(value, ['keyid', 'sig']);
  const keyId = members.get('keyid');
  if (keyId !== undefined && !isDsseName(dsseString(keyId))) failDsse('kKeyId');
  const bytes = dsseBytes(members.get('sig'), kMostSignature, 'kSignatureLength');
  return bytes.length > 0 ? bytes : failDsse('kSignatureLength');
}

export function parseDsse(text: Raw): Dsse {
  if (text.length > kMostText) failDsse('kTooLarge');
  const json = attempt(() => parseJson(text, 64));
  if (json instanceof Fault) return failDsse('kNotJson');
  const members = dsseMembers(json, ['payload', 'payloadType', 'signatures']);
  const payload = dsseBytes(members.get('payload'), kMostPayload, 'kPayloadTooLarge');
  const payloadType = dsseString(members.get('payloadType'));
  if (payloadType === '' || !isDsseName(payloadType)) failDsse('kPayloadType');
  const list = members.get('signatures') ?? failDsse('kMissingMember');
  if (list.kind !== 'array') return failDsse('kValueType');
  if (list.items.length === 0) failDsse('kNoSignatures');
  if (list.items.length > 8) failDsse('kTooManySignatures');
  return { payloadType, payload, signatures: list.items.map(readSignature) };
}

/** Whether one of the signatures is this key's. */
export function verifyDsse(dsse: Dsse, key: Uint8Array): boolean {
  const { payloadType: type, payload } = dsse;
  const head = bytesOf(`DSSEv1 ${type.length} ${type} ${payload.length} `);
  const message = joined(head, payload);
  return dsse.signatures.some((signature) => verifyEd25519(key, message, signature));
}

// --- The envelope --------------------------------------------------------------------------------

export interface Envelope {
  to: Raw;
  party: Raw;
  /** Null where the node vouches. */
  key: Uint8Array | null;
  id: Raw;
  sent: string;
  validUntil: string;
  operation: Raw;
  object: Raw | null;
  traffic: 'live' | 'exercise';
  attachments: { name: Raw; commitment: Uint8Array }[];
  /** A JSON object, the bytes as they came. */
  body: Raw;
}

const kMaxDepth = 64;
const kMostEnvelope = 16 << 20;

const kEnvelopeWords = {
  kTooLarge: 'expected at most 16 MiB',
  kSyntax: 'expected one JSON object in UTF-8',
  kTooDeep: 'expected brackets nested at most 64 deep',
  kDuplicateMember: 'expected each member once',
  kUnknownMember: 'expected only the members of an envelope',
  kMissingMember: 'expected all members of an envelope',
  kMemberType: 'expected a value of another type',
  kVersion: 'expected version 1',
  kText: 'expected text within its limit, without control characters',
  kId: 'expected letters, digits and _ . : - (operations: a-z 0-9 . _ -)',
  kTime: 'expected a time such as 2015-11-24T07:24:05.000Z',
  kTimeOrder: 'expected valid_until not to be before sent',
  kNumberRange: 'expected a whole number from 0 to 2^53 - 1',
  kTraffic: 'expected live or exercise',
  kHash: 'expected base64 of 32 bytes',
  kTooManyAttachments: 'expected at most 64 attachments',
  kAttachmentName: 'expected attachments of different names',
};

// The words begin with the member at fault.
function failAt(code: keyof typeof kEnvelopeWords, member = ''): never {
  throw new Fault(code, member + (member === '' ? '' : ': ') + kEnvelopeWords[code]);
}

// No member twice, in the body too.
function checkMembers(value: Json, member: Raw, depth: number): void {
  if (value.kind === 'array') value.items.forEach((item) => checkMembers(item, member, depth + 1));
  if (value.kind !== 'object') return;
  const names = new Set<Raw>();
  for (const [name, child] of value.members) {
    const shown = depth === 1 ? name : member;
    checkMembers(child, shown, depth + 1);
    if (names.has(name)) failAt('kDuplicateMember', shown);
    names.add(name);
  }
}

function text(value: Json, member: Raw, limit: number): Raw {
  if (value.kind !== 'string') return failAt('kMemberType', member);
  if (value.text === '' || textFault(value.text, limit) !== null) failAt('kText', member);
  return value.text;
}

function name(value: Json, member: Raw, pattern: RegExp): Raw {
  const read = text(value, member, 64);
  return pattern.test(read) ? read : failAt('kId', member);
}

// RFC 3339 with whole milliseconds, from 1970 on, as the same time is written again.
function time(value: Json, member: Raw): string {
  if (value.kind !== 'string') return failAt('kMemberType', member);
  const at = value.text;
  const isTime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(at);
  const instant = isTime ? Date.parse(at) : NaN;
  const holds = instant >= 0 && new Date(instant).toISOString() === at;
  return holds ? at : failAt('kTime', member);
}

function number(value: Json, member: Raw): number {
  if (value.kind !== 'number') return failAt('kMemberType', member);
  const whole = value.whole ?? -1n;
  const isInRange = whole >= 0n && whole <= BigInt(Number.MAX_SAFE_INTEGER);
  return isInRange ? Number(whole) : failAt('kNumberRange', member);
}

function hash(value: Json, member: Raw): Uint8Array {
  if (value.kind !== 'string') return failAt('kMemberType', member);
  return hashFromBase64(value.text) ?? failAt('kHash', member);
}

// An object whose members are all read, in their order, and which has no others.
class ObjectReader {
  private readonly names: Raw[] = [];
  private readonly object: JsonObject;

  constructor(
    value: Json,
    private readonly where: Raw,
  ) {
    this.object = value.kind === 'object' ? value : failAt('kMemberType', where);
  }

  member<T>(name: Raw, read: (value: Json, member: Raw) => T): T {
    this.names.push(name);
    const found = this.object.members.find(([one]) => one === name);
    const full = this.fullName(name);
    return found === undefined ? failAt('kMissingMember', full) : read(found[1], full);
  }

  memberOrNull<T>(name: Raw, read: (value: Json, member: Raw) => T): T | null {
    return this.member(name, (value, full) => (value.kind === 'null' ? null : read(value, full)));
  }

  finish(): void {
    const other = this.object.members.find(([one]) => !this.names.includes(one));
    if (other !== undefined) failAt('kUnknownMember', this.fullName(other[0]));
  }

  private fullName(name: Raw): Raw {
    return this.where === '' ? name : `${this.where}.${name}`;
  }
}

function readFrom(value: Json, where: Raw): Pick<Envelope, 'party' | 'key'> {
  const from = new ObjectReader(value, where);
  const party = from.member('party', (one, member) => text(one, member, 128));
  const key = from.member('key', (one, member) =>
    one.kind === 'string' && one.text === '' ? null : hash(one, member),
  );
  from.finish();
  return { party, key };
}

function checkSeen(value: Json, where: Raw): void {
  const seen = new ObjectReader(value, where);
  seen.member('size', number);
  seen.member('root', hash);
  seen.finish();
}

function readAttachments(value: Json, where: Raw): Envelope['attachments'] {
  if (value.kind !== 'array') return failAt('kMemberType', where);
  const out: Envelope['attachments'] = [];
  for (const item of value.items) {
    if (out.length === 64) failAt('kTooManyAttachments', where);
    const reader = new ObjectReader(item, where);
    const called = reader.member('name', (one, member) => text(one, member, 64));
    const commitment = reader.member('commitment', hash);
    reader.finish();
    if (out.some((other) => other.name === called)) failAt('kAttachmentName', where);
    out.push({ name: called, commitment });
  }
  return out;
}

function readTraffic(value: Json, member: Raw): 'live' | 'exercise' {
  if (value.kind !== 'string') return failAt('kMemberType', member);
  const { text: word } = value;
  return word === 'live' || word === 'exercise' ? word : failAt('kTraffic', member);
}

function readEnvelope(value: Json, payload: Raw): Envelope {
  const envelope = new ObjectReader(value, '');
  envelope.member('v', (one, member) => number(one, member) === 1 || failAt('kVersion', member));
  const to = envelope.member('to', (one, member) => text(one, member, 256));
  const { party, key } = envelope.member('from', readFrom);
  const id = envelope.member('id', (one, member) => name(one, member, /^[A-Za-z0-9_.:-]+$/));
  const sent = envelope.member('sent', time);
  const validUntil = envelope.member('valid_until', time);
  const operation = envelope.member('operation', (one, member) =>
    name(one, member, /^[a-z0-9._-]+$/),
  );
  const object = envelope.memberOrNull('object', (one, member) => text(one, member, 128));
  envelope.memberOrNull('expected_version', number);
  const traffic = envelope.member('traffic', readTraffic);
  envelope.memberOrNull('seen', checkSeen);
  const attachments = envelope.member('attachments', readAttachments);
  const body = envelope.member('body', (one, member) =>
    one.kind === 'object' ? payload.slice(one.start, one.end) : failAt('kMemberType', member),
  );
  envelope.finish();
  // Both have one form and one length: they compare as texts.
  if (validUntil < sent) failAt('kTimeOrder', 'valid_until');
  return {
    to,
    party,
    key,
    id,
    sent,
    validUntil,
    operation,
    object,
    traffic,
    attachments,
    body,
  };
}

/** Reads the payload of a request. The whole of it is checked, the body too. */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > kMostEnvelope) failAt('kTooLarge');
  const payload = rawOf(bytes);
  const json = attempt(() => parseJson(payload, kMaxDepth));
  if (json instanceof Fault) return failAt(json.code === 'kTooDeep' ? 'kTooDeep' : 'kSyntax');
  if (json.kind !== 'object') return failAt('kSyntax');
  checkMembers(json, '', 1);
  return readEnvelope(json, payload);
}
