// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// C2SP signed notes, their keys, checkpoints and cosignatures (docs/formats/signed-note.md,
// tlog-checkpoint.md, tlog-cosignature.md).
import { decodeBase64, hashFromBase64 } from './base64';
import { bytesOf, decimalOrNull, hexOf, joined, textOf, type Raw } from './bytes';
import { verifyEd25519 } from './ed25519';
import { faults } from './fault';
import { sha256 } from './sha2';
import type { TreeHead } from './tree';

// --- Verifier keys -------------------------------------------------------------------------------

export const kEd25519Type = 1;
export const kCosignatureType = 4;

export interface VerifierKey {
  text: Raw;
  name: Raw;
  /** Eight hexadecimal digits. */
  id: string;
  type: number;
  key: Uint8Array;
}

const kMostKeyText = 8192;

const failKey = faults({
  kTooLong: 'the verifier key is too long',
  kSyntax: 'expected a verifier key: name, id and key with a plus between each',
  kName: 'expected a key name without spaces, control characters and plus signs',
  kId: "expected the key's id as eight lower-case hexadecimal digits",
  kBase64: 'expected the key as base64',
  kNoKey: 'expected a key behind the byte of its type',
  kLength: 'expected the 32 bytes of an Ed25519 key',
  kOtherKey: 'the id is not the one of this name and key',
});

// Unicode's White_Space, and all below U+0020.
const kNoName = /[\0-\x20+\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function isKeyName(name: Raw): boolean {
  const text = textOf(name);
  return text !== null && text !== '' && !kNoName.test(text);
}

export function parseVerifierKey(text: Raw): VerifierKey {
  if (text.length > kMostKeyText) failKey('kTooLong');
  const [name, id] = text.split('+', 2);
  if (name === undefined || id === undefined || name.length + id.length + 2 > text.length) {
    return failKey('kSyntax');
  }
  if (!/^[0-9a-f]{8}$/.test(id)) failKey('kId');
  const bytes = decodeBase64(text.slice(name.length + id.length + 2), kMostKeyText);
  if (typeof bytes === 'string') return failKey('kBase64');
  if (bytes.length === 0) failKey('kNoKey');
  if (!isKeyName(name)) failKey('kName');
  const type = bytes[0]!;
  const key = bytes.subarray(1);
  if (key.length === 0) failKey('kNoKey');
  const isEd25519 = type === kEd25519Type || type === kCosignatureType;
  if (isEd25519 && key.length !== 32) failKey('kLength');
  const hash = sha256(joined(bytesOf(name + '\n'), bytes));
  if (hexOf(hash.subarray(0, 4)) !== id) failKey('kOtherKey');
  return { text, name, id, type, key };
}

// --- Notes ---------------------------------------------------------------------------------------

export interface NoteSignature {
  name: Raw;
  id: string;
  bytes: Uint8Array;
}

export interface Note {
  text: Raw;
  signatures: NoteSignature[];
}

const kMostNote = 1 << 20;
const kMostSignatures = 64;
const kLineStart = '\xe2\x80\x94 ';

const failNote = faults({
  kTooLarge: 'the note is too large, expected at most 1 MiB',
  kNotUtf8: 'expected UTF-8',
  kControlCharacter: 'expected no control characters but newlines',
  kNoSignatures: 'expected an empty line and signature lines after the text',
  kUnended: 'expected a newline at the end',
  kSignatureLine: 'expected a signature line: em dash, key name, base64, with a blank between each',
  kName: 'expected a key name without spaces and plus signs',
  kBase64: 'expected a signature as base64',
  kShortSignature: 'expected four bytes of key id and a signature',
  kTooManySignatures: 'expected at most 64 signatures',
});

function parseLine(line: Raw): NoteSignature {
  if (!line.startsWith(kLineStart)) failNote('kSignatureLine');
  const rest = line.slice(kLineStart.length);
  const blank = rest.indexOf(' ');
  if (blank < 0) failNote('kSignatureLine');
  const name = rest.slice(0, blank);
  if (!isKeyName(name)) failNote('kName');
  const bytes = decodeBase64(rest.slice(blank + 1), kMostNote);
  if (typeof bytes === 'string') return failNote('kBase64');
  if (bytes.length < 5) failNote('kShortSignature');
  return { name, id: hexOf(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
}

export function parseNote(raw: Raw): Note {
  if (raw.length > kMostNote) failNote('kTooLarge');
  if (textOf(raw) === null) failNote('kNotUtf8');
  if (/[\x00-\x09\x0b-\x1f]/.test(raw)) failNote('kControlCharacter');
  // The last empty line separates: the text may have others.
  const end = raw.lastIndexOf('\n\n');
  const below = raw.slice(end + 2);
  if (end < 0 || below === '') failNote('kNoSignatures');
  if (!below.endsWith('\n')) failNote('kUnended');
  const lines = below.slice(0, -1).split('\n');
  if (lines.length > kMostSignatures) failNote('kTooManySignatures');
  return { text: raw.slice(0, end + 1), signatures: lines.map(parseLine) };
}

export const isOf = (line: NoteSignature, key: VerifierKey): boolean =>
  line.id === key.id && line.name === key.name;

/** Of a cosignature: seconds since 1970 at which the witness says that it signed. Null: none. */
export function cosignedAt(key: VerifierKey, text: Raw, line: NoteSignature): bigint | null {
  if (key.type !== kCosignatureType || line.bytes.length !== 72) return null;
  const time = BigInt('0x' + hexOf(line.bytes.subarray(0, 8)));
  if (time >= 1n << 63n) return null;
  const message = bytesOf(`cosignature/v1\ntime ${time}\n` + text);
  return verifyEd25519(key.key, message, line.bytes.subarray(8)) ? time : null;
}

/** Every line of the log's key has to verify, also where it stands twice. */
export function logSignature(note: Note, log: VerifierKey): 'absent' | 'wrong' | 'verified' {
  if (log.type !== kEd25519Type && log.type !== kCosignatureType) return 'absent';
  const lines = note.signatures.filter((line) => isOf(line, log));
  const verifies = (line: NoteSignature) =>
    log.type === kCosignatureType
      ? cosignedAt(log, note.text, line) !== null
      : verifyEd25519(log.key, bytesOf(note.text), line.bytes);
  if (!lines.every(verifies)) return 'wrong';
  return lines.length === 0 ? 'absent' : 'verified';
}

// --- Checkpoints ---------------------------------------------------------------------------------

export interface Checkpoint {
  origin: Raw;
  tree: TreeHead;
}

/** Of the text of a note, which is known to be UTF-8; null where it is none. */
export function parseCheckpoint(text: Raw): Checkpoint | null {
  const lines = text.split('\n');
  // Behind the last newline stands nothing.
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) return null;
  const size = decimalOrNull(lines[1]!);
  const root = hashFromBase64(lines[2]!);
  if (size === null || root === null) return null;
  return { origin: lines[0]!, tree: { size, root } };
}
