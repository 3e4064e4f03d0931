// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What the receipts of a bundle show, each alone and all together (docs/formats/bundle.md).
import { agreedKey, agreedText, type AgreedKey } from './agreed_key';
import { encodeBase64 } from './base64';
import { hexOf, looseTextOf, rawOf, type Raw } from './bytes';
import { isFileName, kMostListBytes, parseBundleList, type BundleList } from './bundle_list';
import type { Found } from './check';
import { attempt, Fault } from './fault';
import { parseVerifierKey } from './note';
import { policyOf, type Policy } from './policy';
import { kMostReceiptBytes, type Receipt } from './receipt';
import { answerReceipt, bundled, readReceipt } from './receipt_answer';
import type { Answer, BundledReceipt, KeyUsed, ShownDeliveries, Step } from './result';
import { shown } from './shown';
import { sha256 } from './sha2';
import {
  counted,
  grouped,
  notShownByABundle,
  omissionText,
  outsideTexts,
  type Range,
} from './words';
import type { ZipFile } from './zip';

/** Ends the question with its answer. */
export class Stop extends Fault {
  constructor(
    readonly answer: Answer,
    code: string,
    words: string,
  ) {
    super(code, words);
  }
}

const refuse = (code: string, words: string): never => {
  throw new Stop('does not hold', code, words);
};
const badInput = (code: string, words: string): never => {
  throw new Stop('bad input', code, words);
};

/** What is not to keep a page waiting lets it go on every so often. */
class Pauses {
  private last = Date.now();

  async pause(): Promise<void> {
    const kMilliseconds = 50;
    if (Date.now() - this.last < kMilliseconds) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.last = Date.now();
  }
}

// So many numbers that are left out are counted; a page says so where there are more.
const kMostNamed = 10_000;

export class BundleCheck {
  readonly steps: Step[] = [];
  readonly receipts: BundledReceipt[] = [];
  list: BundleList | null = null;
  key: KeyUsed | null = null;
  notShown: string[] = [];
  deliveries: ShownDeliveries | null = null;

  private readonly files: Map<Raw, Uint8Array>;
  private readonly agreed: AgreedKey[] = [];
  private readonly heads = new Map<bigint, { root: string; file: string }>();
  private readonly numbers = new Map<bigint, { salt: string; file: string }>();
  private readonly pauses = new Pauses();
  private delivered = 0n;
  private fewestWitnesses: number | null = null;

  constructor(files: ZipFile[]) {
    for (const { name } of files) {
      const isReceipt = /^receipts\/.*\.txt$/.test(name) && isFileName(name.slice(9));
      if (isReceipt || name === 'report.html' || name === 'bundle.txt') continue;
      badInput(
        'kNotOfABundle',
        `${looseTextOf(name)}: no file of a bundle, expected report.html, bundle.txt and ` +
          'receipts/*.txt at the top of the zip',
      );
    }
    this.files = new Map(files.map(({ name, content }) => [name, content]));
  }

  /** `given` absent: the log's key is the one that the agreements in the bundle name. */
  async run(given: { policy: Policy; key: KeyUsed } | null): Promise<void> {
    const list = this.readList();
    await this.findAgreements(list);
    const { policy, key } = given ?? this.agreedPolicy();
    this.key = key;
    this.say('key', key.words);
    this.checkListedLog(list, policy);
    for (const { name } of list.receipts) {
      this.checkOne(name, list, policy, key);
      await this.pauses.pause();
    }
    this.say('receipts', `${counted(list.receipts.length, 'receipt')}, each holds by itself.`);
    this.say('history', 'No two of the checkpoints have one size and different roots.');
    this.finish(list);
  }

  private say(name: string, words: string): void {
    this.steps.push({ name, ok: true, words });
  }

  private file(name: Raw, most: number): Uint8Array {
    const content =
      this.files.get(name) ??
      badInput('kNoSuchFile', `no ${name} in it, expected the zip of a bundle`);
    if (content.length > most) {
      badInput('kTooLarge', `${name}:1: ${content.length} bytes, expected at most ${most}`);
    }
    return content;
  }

  private readList(): BundleList {
    const text = rawOf(this.file('bundle.txt', kMostListBytes));
    const list = attempt(() => parseBundleList(text));
    if (list instanceof Fault) {
      return badInput(list.code, `bundle.txt:${list.line}: ${list.words}`);
    }
    this.list = list;
    const key = attempt(() => parseVerifierKey(list.log));
    if (key instanceof Fault) badInput(key.code, `bundle.txt:2: no verifier key: ${key.words}`);
    const listed = new Set(list.receipts.map(({ name }) => `receipts/${name}`));
    for (const name of [...this.files.keys()].sort()) {
      if (name.startsWith('receipts/') && !listed.has(name)) {
        refuse('kNotListed', `${name}: bundle.txt does not name it`);
      }
    }
    this.say('list', `bundle.txt lists ${counted(list.receipts.length, 'receipt')}.`);
    return list;
  }

  private receiptOf(name: Raw, hash: string | null): Receipt {
    const path = `receipts/${name}`;
    const bytes = this.file(path, kMostReceiptBytes);
    if (hash !== null && hexOf(sha256(bytes)) !== hash) {
      refuse('kOtherFile', `${path}: not the file that bundle.txt names`);
    }
    const receipt = attempt(() => readReceipt(path, rawOf(bytes)));
    return receipt instanceof Fault ? badInput(receipt.code, receipt.words) : receipt;
  }

  private async findAgreements(list: BundleList): Promise<void> {
    for (const { name, hash } of list.receipts) {
      const agreed = agreedKey(this.receiptOf(name, hash), `receipts/${name}`);
      if (agreed !== null) this.agreed.push(agreed);
      await this.pauses.pause();
    }
    this.say('files', 'Every file that the list names is there, and is the one named.');
  }

  // All agreements name one key, else none of them is taken.
  private agreedPolicy(): { policy: Policy; key: KeyUsed } {
    const first =
      this.agreed[0] ??
      badInput(
        'kKeyMissing',
        "no signed agreement in it names the log's key: ask the log, or a party that you trust, " +
          "for the log's key",
      );
    const text = looseTextOf(first.log);
    for (const other of this.agreed) {
      if (other.log === first.log) continue;
      refuse(
        'kTwoKeys',
        `the agreements in it name two keys of the log: ${text} (${first.file}), and ` +
          `${looseTextOf(other.log)} (${other.file})`,
      );
    }
    const key = attempt(() => parseVerifierKey(first.log));
    if (key instanceof Fault) {
      const words = `${first.file}: the agreement's log '${text}' is no verifier key: ${key.words}`;
      return refuse(key.code, words);
    }
    return {
      policy: policyOf(key),
      key: { text: shown(text), from: 'agreement', words: shown(agreedText(first)) },
    };
  }

  private checkListedLog(list: BundleList, policy: Policy): void {
    if (policy.logs.some((log) => log.text === list.log)) return;
    refuse(
      'kOtherLogKey',
      `bundle.txt:2: the log's key there is ${looseTextOf(list.log)}, and the one to trust is ` +
        looseTextOf(policy.logs[0]!.text),
    );
  }

  private checkOne(name: Raw, list: BundleList, policy: Policy, key: KeyUsed): void {
    const answered = answerReceipt(this.receiptOf(name, null), policy, key);
    this.receipts.push(bundled(name, answered.shown));
    const { found } = answered;
    if (found === null) {
      const { code, words } = answered.shown.findings[0]!;
      return refuse(code, `receipts/${name}: ${words}`);
    }
    this.checkLog(name, list, found);
    this.checkDelivery(name, list, found);
    const witnesses = found.log.witnessed.length;
    this.fewestWitnesses = Math.min(this.fewestWitnesses ?? witnesses, witnesses);
  }

  // Every receipt is of the list's log, and two trees of one size are two histories.
  private checkLog(name: Raw, list: BundleList, found: Found): void {
    if (found.log.log.text !== list.log) {
      refuse('kOtherLogKey', `receipts/${name}: of another log than bundle.txt names`);
    }
    const { size, root } = found.log.checkpoint.tree;
    const head = { root: encodeBase64(root), file: name };
    const other = this.heads.get(size);
    if (other === undefined) this.heads.set(size, head);
    else if (other.root !== head.root) {
      refuse(
        'kTwoHistories',
        `the log signed two histories of ${size} ticks: one in ${other.file}, another in ${name}`,
      );
    }
  }

  // Within the numbers of the list, and no number twice: each record has a salt of its own.
  private checkDelivery(name: Raw, list: BundleList, found: Found): void {
    const { delivery, record, tree, entryPlace } = found;
    if (delivery === null || delivery.addressee !== list.party) return;
    const { number } = delivery;
    if (number < list.first || number > list.last) {
      refuse(
        'kOutsideNumbers',
        `bundle.txt:4: deliveries ${list.first} to ${list.last}, and ${name} is number ${number}`,
      );
    }
    const one = { salt: hexOf(record.salt), file: name };
    const other = this.numbers.get(number);
    if (other === undefined) this.numbers.set(number, one);
    else if (other.salt !== one.salt) {
      const party = looseTextOf(list.party);
      refuse(
        'kTwoOfOneNumber',
        `two deliveries to ${party} of number ${number}: ${other.file} and ${name}`,
      );
    }
    if (tree === 'delivered' && entryPlace.size > this.delivered) this.delivered = entryPlace.size;
  }

  private finish(list: BundleList): void {
    const hasDeliveries = list.first > 0n;
    if (hasDeliveries) {
      this.deliveries = this.shownDeliveries(list);
      this.say('deliveries', this.deliveries.words[0]!);
    }
    this.notShown = notShownByABundle(hasDeliveries, this.fewestWitnesses);
  }

  private shownDeliveries(list: BundleList): ShownDeliveries {
    const omitted: Range[] = [];
    let count = 0;
    for (let n = list.first; n <= list.last && count < kMostNamed; ++n) {
      if (this.numbers.has(n)) continue;
      ++count;
      const before = omitted[omitted.length - 1];
      if (before?.last === n - 1n) before.last = n;
      else omitted.push({ first: n, last: n });
    }
    const areMore = count === kMostNamed;
    const of = list.last - list.first + 1n;
    const isAre = this.numbers.size === 1 ? 'is' : 'are';
    return {
      first: list.first.toString(),
      last: list.last.toString(),
      shown: this.numbers.size.toString(),
      of: of.toString(),
      omitted: omitted.map(({ first, last }) => ({ first: `${first}`, last: `${last}` })),
      omittedAreMore: areMore,
      words: [
        `${grouped(this.numbers.size)} of ${grouped(of)} delivered records ${isAre} shown.`,
        omissionText(list, omitted, count, areMore) + '.',
        ...outsideTexts(list, this.delivered),
      ],
    };
  }
}
