// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Whom a verifier trusts (docs/formats/tlog-policy.md), and what holds under that.
import { decimalOrNull, same, type Raw } from './bytes';
import { attempt, Fault, faults } from './fault';
import {
  cosignedAt,
  isOf,
  kCosignatureType,
  logSignature,
  parseCheckpoint,
  parseVerifierKey,
  type Checkpoint,
  type Note,
  type VerifierKey,
} from './note';

/** A witness is met where it cosigned, a group where so many of its members are. */
type Member =
  | { name: Raw; key: VerifierKey; isMember: boolean }
  | { name: Raw; threshold: number; members: Member[]; isMember: boolean };

export interface Policy {
  logs: VerifierKey[];
  witnesses: { name: Raw; key: VerifierKey }[];
  quorum: Member | null;
}

const fail = faults({
  kTooLarge: 'expected at most 1 MiB',
  kNoFinalNewline: 'expected a newline at the end',
  kOctet: 'expected no control characters other than tabs',
  kKeyword: 'expected log, witness, group or quorum',
  kItemCount:
    'expected log VKEY [URL], witness NAME VKEY [URL], group NAME all|any|K NAME..., or quorum ' +
    'NAME',
  kKey: 'expected a verifier key, NAME+ID+KEY',
  kKeyType: 'expected a key that makes cosignatures',
  kDuplicateKey: 'this key is there already, expected each once',
  kNameTaken: 'this name is taken, expected another',
  kNameNone: 'expected a name other than none',
  kUnknownName: 'expected the name of a witness or a group on a line before',
  kMemberTwice: 'expected each witness and group to be a member once',
  kThreshold: 'expected all, any, or a number from 1 to that of the members',
  kQuorumTwice: 'expected one quorum',
  kQuorumMissing: 'expected a quorum',
});

/** A policy of this one log, without witnesses. */
export const policyOf = (log: VerifierKey): Policy => ({
  logs: [log],
  witnesses: [],
  quorum: null,
});

class Reader {
  readonly policy: Policy = { logs: [], witnesses: [], quorum: null };
  hasQuorum = false;
  private readonly names = new Map<Raw, Member>();
  private line = 0;

  take(line: Raw): void {
    ++this.line;
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) this.fail('kOctet');
    const [word, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (word === undefined || word.startsWith('#')) return;
    if (word === 'log') this.log(items);
    else if (word === 'witness') this.witness(items);
    else if (word === 'group') this.group(items);
    else if (word === 'quorum') this.quorum(items);
    else this.fail('kKeyword');
  }

  fail(code: Parameters<typeof fail>[0]): never {
    return fail(code, this.line);
  }

  private key(text: Raw): VerifierKey {
    const key = attempt(() => parseVerifierKey(text));
    return key instanceof Fault ? this.fail('kKey') : key;
  }

  private checkNew(key: VerifierKey, others: VerifierKey[]): void {
    if (others.some((other) => same(other.key, key.key))) this.fail('kDuplicateKey');
  }

  private define(member: Member): void {
    if (member.name === 'none') this.fail('kNameNone');
    if (this.names.has(member.name)) this.fail('kNameTaken');
    this.names.set(member.name, member);
  }

  private log(items: Raw[]): void {
    if (items.length !== 1 && items.length !== 2) this.fail('kItemCount');
    const key = this.key(items[0]!);
    this.checkNew(key, this.policy.logs);
    this.policy.logs.push(key);
  }

  private witness(items: Raw[]): void {
    if (items.length !== 2 && items.length !== 3) this.fail('kItemCount');
    const key = this.key(items[1]!);
    // Types that C2SP signed-note assigns to something else than cosignatures.
    if (key.type !== kCosignatureType && key.type < 6) this.fail('kKeyType');
    this.checkNew(
      key,
      this.policy.witnesses.map((witness) => witness.key),
    );
    const witness = { name: items[0]!, key, isMember: false };
    this.define(witness);
    this.policy.witnesses.push(witness);
  }

  private group(items: Raw[]): void {
    if (items.length < 3) this.fail('kItemCount');
    const [name, count, ...names] = items;
    const members = names.map((one) => this.member(one));
    const least = count === 'all' ? BigInt(members.length) : 1n;
    const number = count === 'all' || count === 'any' ? least : decimalOrNull(count!);
    if (number === null || number === 0n || number > members.length) return this.fail('kThreshold');
    this.define({ name: name!, threshold: Number(number), members, isMember: false });
  }

  private member(name: Raw): Member {
    if (name === 'none') this.fail('kNameNone');
    const member = this.names.get(name) ?? this.fail('kUnknownName');
    if (member.isMember) this.fail('kMemberTwice');
    member.isMember = true;
    return member;
  }

  private quorum(items: Raw[]): void {
    if (items.length !== 1) this.fail('kItemCount');
    if (this.hasQuorum) this.fail('kQuorumTwice');
    this.hasQuorum = true;
    if (items[0] === 'none') return;
    this.policy.quorum = this.names.get(items[0]!) ?? this.fail('kUnknownName');
  }
}

export function parsePolicy(text: Raw): Policy {
  if (text.length > 1 << 20) fail('kTooLarge', 1);
  const reader = new Reader();
  const lines = text.split('\n');
  const rest = lines.pop();
  lines.forEach((line) => reader.take(line));
  if (rest !== '') fail('kNoFinalNewline', lines.length + 1);
  if (!reader.hasQuorum) fail('kQuorumMissing', lines.length + 1);
  return reader.policy;
}

// --- Trust ---------------------------------------------------------------------------------------

export interface Trusted {
  checkpoint: Checkpoint;
  log: VerifierKey;
  witnessed: { name: Raw; time: bigint }[];
}

const distrust = faults({
  kNotACheckpoint: 'the note is not a checkpoint',
  kUnknownLog: 'the checkpoint is of a log that is not known',
  kNotSigned: 'the checkpoint is not signed by its log',
  kLogSignature: "the log's signature does not verify",
  kWitnessSignature: "a witness's cosignature does not verify",
  kQuorum: 'too few witnesses have cosigned the checkpoint',
});

// The first log of this origin that has signed.
function signingLog(policy: Policy, note: Note, checkpoint: Checkpoint): VerifierKey {
  const logs = policy.logs.filter((log) => log.name === checkpoint.origin);
  if (logs.length === 0) distrust('kUnknownLog');
  const signatures = logs.map((log) => logSignature(note, log));
  if (signatures.includes('wrong')) distrust('kLogSignature');
  return logs[signatures.indexOf('verified')] ?? distrust('kNotSigned');
}

// Of several lines of one witness, the first.
function cosigners(policy: Policy, note: Note): Trusted['witnessed'] {
  return policy.witnesses.flatMap(({ name, key }) => {
    if (key.type !== kCosignatureType) return [];
    const lines = note.signatures.filter((line) => isOf(line, key));
    const times = lines.map((line) => cosignedAt(key, note.text, line));
    return times.map((time) => ({ name, time: time ?? distrust('kWitnessSignature') })).slice(0, 1);
  });
}

function isMet(member: Member, cosigned: Set<Raw>): boolean {
  if ('key' in member) return cosigned.has(member.name);
  return member.members.filter((one) => isMet(one, cosigned)).length >= member.threshold;
}

/** The checkpoint in a note, where it holds under the policy. */
export function trustCheckpoint(policy: Policy, note: Note): Trusted {
  const checkpoint = parseCheckpoint(note.text) ?? distrust('kNotACheckpoint');
  const log = signingLog(policy, note, checkpoint);
  const witnessed = cosigners(policy, note);
  const cosigned = new Set(witnessed.map((witness) => witness.name));
  if (policy.quorum !== null && !isMet(policy.quorum, cosigned)) distrust('kQuorum');
  return { checkpoint, log, witnessed };
}
