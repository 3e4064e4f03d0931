// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A receipt as text (docs/formats/receipt.md).
import { decodeBase64, hashFromBase64 } from './base64';
import { decimalOrNull, type Raw } from './bytes';
import { textFault } from './codec';
import { faults } from './fault';

export interface Place {
  index: bigint;
  size: bigint;
}

export type EntryTree = 'filed' | 'delivered' | 'records';

export interface ShownAttachment {
  name: Raw;
  /** Null: its key was destroyed. */
  opening: { key: Uint8Array; content: Uint8Array } | null;
}

export interface Receipt {
  logProof: Raw;
  tick: Uint8Array;
  slotPlace: Place;
  slot: Uint8Array;
  slotProof: Uint8Array[];
  tree: EntryTree;
  entryPlace: Place;
  entryProof: Uint8Array[];
  record: Uint8Array;
  attachments: ShownAttachment[];
}

export const kMostReceiptBytes = 64 << 20;
const kMostHashes = 63;
const kMostAttachments = 64;
const kMark = '\ncomity-receipt v1\n';

const fail = faults({
  kTooLarge: 'expected at most 64 MiB',
  kNoReceipt: "expected a line 'comity-receipt v1' below the log's proof",
  kLine: 'expected another line here (docs/formats/receipt.md)',
  kNumber: 'expected a decimal number below 2^63 without leading zeros',
  kBase64: 'expected base64 of the right length',
  kTooManyHashes: 'expected at most 63 hashes in a proof',
  kTree: 'expected filed, delivered or records',
  kAttachmentName: 'expected a name that no other attachment here has',
  kTooManyAttachments: 'expected at most 64 attachments',
  kNoFinalNewline: 'expected a line feed at the end of the last line',
});

// Blanks and percent signs stand as %20 and %25, and nothing else is written so.
function unescaped(text: Raw): Raw | null {
  if (/%(?!20|25)/.test(text)) return null;
  return text.replace(/%2[05]/g, (escape) => (escape === '%20' ? ' ' : '%'));
}

// Reads line after line below the first.
class Reader {
  private words: Raw[] = [];
  private atEnd = false;

  constructor(
    private readonly text: Raw,
    private at: number,
    private line: number,
  ) {
    this.next();
  }

  read(logProof: Raw): Receipt {
    const tick = this.base64(this.take('tick', 2)[1]!);
    this.next();
    const [, slotIndex, slots, slotText] = this.take('slot', 4);
    const slotPlace = this.place(slotIndex!, slots!);
    const slot = this.base64(slotText!);
    this.next();
    const slotProof = this.hashes();
    const [, tree, index, count] = this.take('entry', 4);
    if (tree !== 'filed' && tree !== 'delivered' && tree !== 'records') return this.fail('kTree');
    const entryPlace = this.place(index!, count!);
    this.next();
    const entryProof = this.hashes();
    const record = this.base64(this.take('record', 2)[1]!);
    const attachments: ShownAttachment[] = [];
    for (this.next(); !this.atEnd; this.next()) attachments.push(this.attachment(attachments));
    return {
      logProof,
      tick,
      slotPlace,
      slot,
      slotProof,
      tree,
      entryPlace,
      entryProof,
      record,
      attachments,
    };
  }

  private fail(code: Parameters<typeof fail>[0]): never {
    return fail(code, this.line);
  }

  private next(): void {
    this.atEnd = this.at === this.text.length;
    this.words = [];
    if (this.atEnd) return;
    ++this.line;
    const end = this.text.indexOf('\n', this.at);
    if (end < 0) this.fail('kNoFinalNewline');
    // No line has more than four words: a fifth stands for all others.
    this.words = this.text.slice(this.at, end).split(' ', 5);
    this.at = end + 1;
  }

  // The words of this line.
  private take(first: Raw, count: number): Raw[] {
    const words = this.words;
    if (words.length !== count || words[0] !== first) this.fail('kLine');
    return words;
  }

  private base64(text: Raw): Uint8Array {
    const bytes = decodeBase64(text, kMostReceiptBytes);
    return typeof bytes === 'string' ? this.fail('kBase64') : bytes;
  }

  private place(index: Raw, size: Raw): Place {
    const number = (text: Raw) => decimalOrNull(text) ?? this.fail('kNumber');
    return { index: number(index), size: number(size) };
  }

  // Lines of one word are hashes.
  private hashes(): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (; this.words.length === 1; this.next()) {
      if (out.length === kMostHashes) this.fail('kTooManyHashes');
      out.push(hashFromBase64(this.words[0]!) ?? this.fail('kBase64'));
    }
    return out;
  }

  private attachment(others: ShownAttachment[]): ShownAttachment {
    const [word, escaped, keyText, content] = this.words;
    const isErased = this.words.length === 3 && keyText === 'erased';
    if ((!isErased && this.words.length !== 4) || word !== 'attachment') this.fail('kLine');
    if (others.length === kMostAttachments) this.fail('kTooManyAttachments');
    const name = unescaped(escaped!);
    const isBad = name === null || name === '' || textFault(name, 64) !== null;
    if (isBad || others.some((other) => other.name === name)) return this.fail('kAttachmentName');
    if (isErased) return { name, opening: null };
    const key = hashFromBase64(keyText!) ?? this.fail('kBase64');
    return { name, opening: { key, content: this.base64(content!) } };
  }
}

export function parseReceipt(text: Raw): Receipt {
  if (text.length > kMostReceiptBytes) fail('kTooLarge', 1);
  const mark = text.indexOf(kMark);
  if (mark < 0) fail('kNoReceipt', 1);
  const logProof = text.slice(0, mark + 1);
  return new Reader(text, mark + kMark.length, logProof.split('\n').length).read(logProof);
}
