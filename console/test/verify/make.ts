// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Receipts made by hand, each part as a test wants it, under keys that these tests hold.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';

export const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

// --- Keys ----------------------------------------------------------------------------------------

export interface Signer {
  key: Buffer;
  sign: (message: Uint8Array) => Buffer;
}

export function signer(seed: string): Signer {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([prefix, sha256(Buffer.from(seed))]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: publicKey, sign: (message) => sign(null, message, key) };
}

const idOf = (name: string, type: number, key: Uint8Array) =>
  sha256(Buffer.from(name + '\n'), Uint8Array.of(type), key).subarray(0, 4);

export function verifierKey(name: string, type: number, key: Uint8Array): string {
  const text = Buffer.concat([Uint8Array.of(type), key]).toString('base64');
  return `${name}+${idOf(name, type, key).toString('hex')}+${text}`;
}

export function signatureLine(
  name: string,
  type: number,
  key: Uint8Array,
  bytes: Uint8Array,
): string {
  return `— ${name} ${Buffer.concat([idOf(name, type, key), bytes]).toString('base64')}\n`;
}

// --- Bytes ---------------------------------------------------------------------------------------

export const kSalt = Buffer.alloc(32, 7);
const kZero = Buffer.alloc(32);

export function number(value: bigint | number, size: number): Buffer {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(2 * size, '0'),
    'hex',
  );
}

export const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([number(bytes.length, 2), bytes]);
};

export const sized = (bytes: Buffer): Buffer => Buffer.concat([number(bytes.length, 4), bytes]);

export interface Head {
  size: number;
  root: Buffer;
}

export const kNone: Head = { size: 0, root: kZero };
const head = (tree: Head) => Buffer.concat([number(tree.size, 8), tree.root]);

export const tick = (second: number, slots: Buffer): Buffer =>
  Buffer.concat([number(1, 2), number(second, 8), slots]);

export const holderOf = (party: string): Buffer => sha256(Buffer.from(`comity/party/v1\0${party}`));

export function slot(
  kind: number,
  holder: Buffer,
  filed: Head,
  delivered: Head,
  salt = kSalt,
): Buffer {
  return Buffer.concat([number(1, 2), salt, number(kind, 1), holder, head(filed), head(delivered)]);
}

export function record(
  content: Buffer,
  more: { time?: number; outcome?: number; salt?: Buffer } = {},
): Buffer {
  const { time = kTime, outcome = 0, salt = kSalt } = more;
  return Buffer.concat([
    number(1, 2),
    salt,
    number(time, 8),
    number(20, 4),
    text('1'),
    number(outcome, 2),
    content,
  ]);
}

export const nodeContent = (type: number, body: Buffer): Buffer =>
  Buffer.concat([number(3, 1), number(type, 2), sized(body)]);

export const commit = (key: Buffer, content: Buffer): Buffer =>
  createHmac('sha256', key).update('comity/attachment/v1\0').update(content).digest();

export function delivery(to: string, n: number, content: Buffer = kZero, level = 1): Buffer {
  const body = [text(to), number(n, 8), text('flight-17'), number(1, 8), number(level, 1), content];
  return nodeContent(9, Buffer.concat(body));
}

export const vouched = (payload: string): Buffer =>
  Buffer.concat([number(2, 1), sized(Buffer.from(payload))]);

export const signed = (dsse: string): Buffer =>
  Buffer.concat([number(1, 1), sized(Buffer.from(dsse))]);

export const kTime = 1_448_349_842_000;
export const kLog = 'ledger.test/log';
export const kAuthor = signer('author');

/** An envelope in the one form that the program writes, but for what is given. */
export function envelope(more: { [member: string]: unknown } = {}): string {
  return JSON.stringify({
    v: 1,
    to: kLog,
    from: { party: 'air-unit-a', key: kAuthor.key.toString('base64') },
    id: 'r1',
    sent: '2015-11-24T07:24:00.000Z',
    valid_until: '2015-11-24T07:29:00.000Z',
    operation: 'intent.put',
    object: null,
    expected_version: null,
    traffic: 'exercise',
    seen: null,
    attachments: [],
    body: { volumes: [] },
    ...more,
  });
}

export const kEnvelopeType = 'application/vnd.comity.envelope.v1+json';

export function dsse(payload: string, type = kEnvelopeType, author = kAuthor): string {
  const bytes = Buffer.from(payload);
  const head = Buffer.from(`DSSEv1 ${type.length} ${type} ${bytes.length} `);
  const sig = author.sign(Buffer.concat([head, bytes])).toString('base64');
  const list = [{ sig }];
  return JSON.stringify({ payload: bytes.toString('base64'), payloadType: type, signatures: list });
}

// --- Trees ---------------------------------------------------------------------------------------

const leafOf = (entry: Uint8Array) => sha256(Uint8Array.of(0), entry);
const nodeOf = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** RFC 6962, section 2.1, as it stands there: the root, and the path of one leaf. */
export function tree(leaves: Buffer[], index: number): { root: Buffer; path: Buffer[] } {
  if (leaves.length === 1) return { root: leaves[0]!, path: [] };
  let half = 1;
  while (2 * half < leaves.length) half *= 2;
  const isRight = index >= half;
  const left = tree(leaves.slice(0, half), isRight ? 0 : index);
  const right = tree(leaves.slice(half), isRight ? index - half : 0);
  const path = isRight ? [...right.path, left.root] : [...left.path, right.root];
  return { root: nodeOf(left.root, right.root), path };
}

// --- Receipts ------------------------------------------------------------------------------------

export interface Made {
  record: Buffer;
  tree?: 'filed' | 'delivered' | 'records';
  /** Whose slot it is. */
  party?: string;
  index?: number;
  /** How many records the tree has. */
  count?: number;
  /** What the slot and the receipt's lines say instead. */
  slotKind?: number;
  statedCount?: number;
  slots?: number;
  second?: number;
  /** How many ticks the log has; the receipt is in the last. */
  ticks?: number;
  origin?: string;
  /** Lines below the checkpoint, of its text. */
  witness?: (text: string) => string;
  attachments?: string[];
  otherTick?: string;
}

export const kLogSigner = signer('log');
export const kLogKey = verifierKey(kLog, 1, kLogSigner.key);

const lines = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('base64') + '\n').join('');

export function checkpoint(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

export function receipt(made: Made): string {
  const {
    record,
    tree: name = 'filed',
    party = 'air-unit-a',
    index = 0,
    count = 1,
    slots = 16,
    second = 1_448_349_843,
    ticks = 4,
    origin = kLog,
    witness,
    attachments = [],
  } = made;
  const others = (n: number, what: string) =>
    Array.from({ length: n }, (_, i) => leafOf(Buffer.from(`${what} ${i}`)));
  const entries = others(count, 'record');
  entries[index] = leafOf(record);
  const entry = tree(entries, index);
  const of = { size: count, root: entry.root };
  const kind = made.slotKind ?? (name === 'records' ? 2 : 1);
  const holder = kind === 1 ? holderOf(party) : kZero;
  const mine = slot(
    kind,
    holder,
    name === 'delivered' ? kNone : of,
    name === 'delivered' ? of : kNone,
  );
  const leaves = others(slots, 'slot');
  leaves[5] = leafOf(mine);
  const inSlots = tree(leaves, 5);
  const bytes = tick(second, inSlots.root);
  const inLog = tree([...others(ticks - 1, 'tick'), leafOf(bytes)], ticks - 1);
  const note = checkpoint(origin, ticks, inLog.root);
  const signature = signatureLine(origin, 1, kLogSigner.key, kLogSigner.sign(Buffer.from(note)));
  return [
    `c2sp.org/tlog-proof@v1\nindex ${ticks - 1}\n`,
    lines(inLog.path),
    '\n',
    note,
    '\n',
    signature,
    witness?.(note) ?? '',
    'comity-receipt v1\n',
    `tick ${made.otherTick ?? bytes.toString('base64')}\n`,
    `slot 5 ${slots} ${mine.toString('base64')}\n`,
    lines(inSlots.path),
    `entry ${name} ${index} ${made.statedCount ?? count}\n`,
    lines(entry.path),
    `record ${record.toString('base64')}\n`,
    ...attachments.map((line) => line + '\n'),
  ].join('');
}
