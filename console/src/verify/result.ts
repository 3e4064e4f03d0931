// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What the verifier answers: plain objects, made to be shown to people. Words are fit to be looked
// at (shown.ts); what parties wrote themselves (names, bodies, contents) stands in the record as it
// came, and whoever shows it passes it through `shown`. Whole numbers may be large and are decimal
// texts.

/** As comity verify exits: 0, 1, 2. */
export type Answer = 'holds' | 'does not hold' | 'bad input';

export interface Step {
  name: string;
  ok: boolean;
  words: string;
}

export interface Finding {
  /** The program's name for it: kEntryProof. */
  code: string;
  words: string;
}

export interface KeyUsed {
  text: string;
  /** Given by whoever asked, or named in a signed agreement inside the bundle. */
  from: 'given' | 'agreement';
  words: string;
}

export interface ShownContent {
  name: string;
  state: 'opened' | 'erased' | 'not shown';
  /** Bytes, of what is opened. */
  size: number;
  /** Null where it is not opened, or no UTF-8. */
  text: string | null;
}

export interface ShownRecord {
  kind: 'request' | 'delivery' | 'node';
  /** On whose word: its author's under the author's key, or the node's. */
  word: 'signed' | 'vouched' | 'node';
  wordWords: string;
  /** Of a delivery its number, else the place in its tree, from 1. */
  number: string;
  place: string;
  /** When it was recorded, and the second that the tick closes. */
  time: string;
  clock: string;
  tick: string;
  outcome: number;
  outcomeWords: string;
  rules: string;
  /** Who asked, or to whom it was delivered; null of the node's own. */
  party: string | null;
  /** The author's public key, base64. */
  key: string | null;
  /** What is asked; of a record of the node, its name in docs/formats/record.md. */
  operation: string;
  /** On what; of a delivery, the item. */
  object: string | null;
  version: string | null;
  level: string | null;
  id: string | null;
  sent: string | null;
  validUntil: string | null;
  traffic: string | null;
  /** The body of a request, as it came. */
  body: string | null;
  /** The application bytes of a delivery, where the receipt shows them. */
  content: string | null;
  attachments: ShownContent[];
}

export interface ShownLog {
  origin: string;
  size: string;
  root: string;
  witnesses: { name: string; time: string }[];
}

export interface Verified {
  ok: boolean;
  answer: Answer;
  key: KeyUsed | null;
  /** Up to and with the first that does not hold. */
  steps: Step[];
  /** What does not hold; empty where all does. */
  findings: Finding[];
  /** Null where it does not hold. */
  record: ShownRecord | null;
  log: ShownLog | null;
  /** Sentences: what this does not show. */
  notShown: string[];
}

export interface BundledReceipt extends Verified {
  /** Name of the file. */
  file: string;
}

export interface ShownDeliveries {
  first: string;
  last: string;
  /** How many of the listed numbers are shown, and how many there are. */
  shown: string;
  of: string;
  omitted: { first: string; last: string }[];
  omittedAreMore: boolean;
  /** Sentences on these, on those before and on those after. */
  words: string[];
}

export interface VerifiedBundle {
  ok: boolean;
  answer: Answer;
  key: KeyUsed | null;
  steps: Step[];
  findings: Finding[];
  party: string | null;
  /** Null where the list has none, or the bundle does not hold. */
  deliveries: ShownDeliveries | null;
  /** In the order of the list, up to the first that does not hold. */
  receipts: BundledReceipt[];
  notShown: string[];
}
