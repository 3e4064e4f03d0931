// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a receipt shows to someone who trusts only the log's key (docs/formats/receipt.md, "What a
// verifier checks"), step by step.
import { looseTextOf, same, joined, bytesOf, rawOf, type Raw } from './bytes';
import { kEnvelopeType, parseDsse, parseEnvelope, verifyDsse, type Envelope } from './envelope';
import { attempt, Fault } from './fault';
import { parseLogProof, verifyLogProof } from './log_proof';
import type { Policy, Trusted } from './policy';
import type { EntryTree, Place, Receipt } from './receipt';
import {
  decodeRecord,
  decodeSlot,
  decodeTick,
  holderOf,
  type Delivery,
  type Record,
  type Slot,
  type Tick,
} from './record';
import type { Step } from './result';
import { hmacSha256 } from './sha2';
import { leafHash, verifyInclusion } from './tree';
import { counted, grouped, keyText, outcomeText, placeText, secondText, timeText } from './words';

const kWords = {
  kLogProof: "the part above 'comity-receipt v1' is no proof of a log",
  kLog: 'the proof of the public log does not hold',
  kTick: 'the tick is none',
  kSlot: 'the slot is none',
  kSlotCount: 'the number of slots is no power of two from 16 on',
  kSlotProof: 'the slot is not in the tick',
  kCount: 'the number of entries is not the one that the slot states',
  kEntryProof: 'the record is not in the slot',
  kRecord: 'the record is none',
  kSlotKind: 'the slot is not of the kind that is claimed',
  kNotADelivery: 'the record is no delivery',
  kDeliveryNumber: "the delivery's number is not its place among those to the addressee",
  kNotARequest: 'the record is no request of a party',
  kOtherParty: "the slot is another party's",
  kEnvelope: 'the request is no signed envelope',
  kSignature: "the author's signature does not hold",
  kVouchedKey: 'the request names a key and has no signature',
  kOtherLog: 'the request was meant for another log',
  kTime: "the record's time is after the tick's",
  kAttachment: 'an attachment is not what the record commits to',
};

type Refusal = keyof typeof kWords;

function refuse(code: Refusal, detail = ''): never {
  throw new Fault(code, kWords[code] + (detail === '' ? '' : `: ${detail}`));
}

/** What a part of the receipt reads or checks; what it refuses is a detail of ours. */
function part<T>(code: Refusal, read: () => T): T {
  const found = attempt(read);
  return found instanceof Fault ? refuse(code, found.words) : found;
}

/** All of it holds. */
export interface Found {
  log: Trusted;
  tick: Tick;
  tree: EntryTree;
  entryPlace: Place;
  /** Whose slot it is; empty of the record sequence. */
  party: Raw;
  record: Record;
  envelope: Envelope | null;
  delivery: Delivery | null;
}

/** Of an attachment: HMAC-SHA-256 under its key. */
function commit(key: Uint8Array, content: Uint8Array): Uint8Array {
  return hmacSha256(key, joined(bytesOf('comity/attachment/v1\0'), content));
}

/** What a record commits to and does not hold. */
export function commitmentsOf(found: Found): Envelope['attachments'] {
  if (found.envelope !== null) return found.envelope.attachments;
  const { delivery } = found;
  return delivery === null ? [] : [{ name: 'content', commitment: delivery.content }];
}

// Each step checks one thing, keeps what it has shown, and says it.
class Check {
  private log!: Trusted;
  private tick!: Tick;
  private slot!: Slot;
  private record!: Record;
  private envelope: Envelope | null = null;
  private party: Raw = '';

  constructor(
    private readonly receipt: Receipt,
    private readonly policy: Policy,
  ) {}

  readonly steps: [name: string, run: () => string][] = [
    ['log', () => this.checkLog()],
    ['tick', () => this.checkTick()],
    ['slot', () => this.checkSlot()],
    ['entry', () => this.checkEntry()],
    ['record', () => this.checkRecord()],
    ['signature', () => this.checkRequest()],
    ['party', () => this.checkWhose()],
    ['time', () => this.checkTime()],
    ['content', () => this.checkAttachments()],
  ];

  found(): Found {
    const { log, tick, party, record, envelope, delivery } = this;
    const { tree, entryPlace } = this.receipt;
    return { log, tick, tree, entryPlace, party, record, envelope, delivery };
  }

  private checkLog(): string {
    const proof = part('kLogProof', () => parseLogProof(this.receipt.logProof));
    const leaf = leafHash(this.receipt.tick);
    this.log = part('kLog', () => verifyLogProof(this.policy, proof, leaf));
    const { checkpoint, log, witnessed } = this.log;
    const witnesses = witnessed.map(({ name, time }) => {
      const at = secondText(time);
      return ` Witness ${looseTextOf(name)} cosigned that checkpoint, as it says at ${at}.`;
    });
    const ticks = counted(checkpoint.tree.size, 'tick');
    return (
      `The log's key ${looseTextOf(log.text)} signed a checkpoint of ${ticks}; ` +
      `this is tick ${grouped(proof.index + 1n)} of them.${witnesses.join('')}`
    );
  }

  private checkTick(): string {
    this.tick = part('kTick', () => decodeTick(this.receipt.tick));
    return `The tick closes ${secondText(this.tick.second)}.`;
  }

  private checkSlot(): string {
    const { slot, slotPlace, slotProof } = this.receipt;
    this.slot = part('kSlot', () => decodeSlot(slot));
    const { index, size } = slotPlace;
    if (size < 16n || (size & (size - 1n)) !== 0n) refuse('kSlotCount');
    const tree = { size, root: this.tick.slots };
    part('kSlotProof', () => verifyInclusion(index, leafHash(slot), slotProof, tree));
    return `The slot is number ${grouped(index + 1n)} of the ${grouped(size)} in the tick.`;
  }

  private checkEntry(): string {
    const { tree: name, entryPlace, entryProof, record } = this.receipt;
    if (this.slot.kind !== (name === 'records' ? 'records' : 'party')) refuse('kSlotKind');
    const tree = name === 'delivered' ? this.slot.delivered : this.slot.filed;
    if (tree.size !== entryPlace.size) refuse('kCount');
    const { index } = entryPlace;
    part('kEntryProof', () => verifyInclusion(index, leafHash(record), entryProof, tree));
    const number = grouped(index + 1n);
    return `The record is number ${number} of the ${grouped(tree.size)} that the slot commits to.`;
  }

  private checkRecord(): string {
    this.record = part('kRecord', () => decodeRecord(this.receipt.record));
    const { rules, time } = this.record;
    const outcome = outcomeText(this.record);
    return `Recorded ${timeText(time)}, ${outcome}, by rules ${looseTextOf(rules)}.`;
  }

  private checkRequest(): string {
    const { content } = this.record;
    if (content.kind === 'signed') return this.checkSigned(content.dsse);
    if (content.kind === 'vouched') return this.checkVouched(content.payload);
    return "The record is the node's own word: no party signed it.";
  }

  private checkSigned(bytes: Uint8Array): string {
    const dsse = part('kEnvelope', () => parseDsse(rawOf(bytes)));
    if (dsse.payloadType !== kEnvelopeType) refuse('kEnvelope', 'of another type');
    const { key, party } = this.readEnvelope(dsse.payload);
    if (key === null) return refuse('kSignature', 'the envelope names no key');
    if (!verifyDsse(dsse, key)) refuse('kSignature');
    return `Signed by ${looseTextOf(party)} under the key ${keyText(key)}.`;
  }

  private checkVouched(payload: Uint8Array): string {
    const { key, party } = this.readEnvelope(payload);
    if (key !== null) refuse('kVouchedKey');
    return `The node's word for ${looseTextOf(party)}: it bears no signature.`;
  }

  private readEnvelope(payload: Uint8Array): Envelope {
    const envelope = part('kEnvelope', () => parseEnvelope(payload));
    if (envelope.to !== this.log.checkpoint.origin) refuse('kOtherLog', looseTextOf(envelope.to));
    this.envelope = envelope;
    return envelope;
  }

  private get delivery(): Delivery | null {
    const { content } = this.record;
    return content.kind === 'node' ? content.delivery : null;
  }

  private checkWhose(): string {
    const { tree, entryPlace } = this.receipt;
    if (tree === 'filed') {
      this.party = this.envelope?.party ?? refuse('kNotARequest');
    } else if (tree === 'delivered') {
      this.party = this.delivery?.addressee ?? refuse('kNotADelivery');
    }
    if (tree !== 'records' && !same(this.slot.holder, holderOf(this.party))) refuse('kOtherParty');
    const isMisnumbered = tree === 'delivered' && this.delivery?.number !== entryPlace.index + 1n;
    if (isMisnumbered) refuse('kDeliveryNumber');
    return `It is ${placeText(this.found())}.`;
  }

  private checkTime(): string {
    const second = BigInt(Math.floor(this.record.time / 1000));
    if (second > this.tick.second) refuse('kTime');
    return 'It was not recorded after the second that the tick closes.';
  }

  private checkAttachments(): string {
    const committed = commitmentsOf(this.found());
    const shown = this.receipt.attachments;
    for (const { name, opening } of shown) {
      const found = committed.find((one) => one.name === name);
      const opens = (commitment: Uint8Array) =>
        opening === null || same(commit(opening.key, opening.content), commitment);
      if (found === undefined || !opens(found.commitment)) refuse('kAttachment', looseTextOf(name));
    }
    if (committed.length === 0) return 'The record commits to nothing that lies outside it.';
    const opened = shown.filter((one) => one.opening !== null).length;
    const erased = shown.length - opened;
    return (
      `Of ${counted(committed.length, 'attachment')}, ${opened} opened and as committed to, ` +
      `${erased} erased, ${committed.length - shown.length} not shown.`
    );
  }
}

/** Adds what each step says to `steps`; throws where one does not hold, after that one. */
export function checkReceipt(receipt: Receipt, policy: Policy, steps: Step[]): Found {
  const check = new Check(receipt, policy);
  for (const [name, run] of check.steps) {
    const words = attempt(run);
    const ok = !(words instanceof Fault);
    steps.push({ name, ok, words: ok ? words : words.words });
    if (!ok) throw words;
  }
  return check.found();
}
