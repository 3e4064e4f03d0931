// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The browser's own verifier of receipts and evidence bundles: what `comity verify` checks, with no
// other file, no network and no code but what lies here.
import { looseTextOf, rawOf, rawOfText, textOf, type Raw } from './bytes';
import { BundleCheck, Stop } from './bundle';
import { attempt, Fault } from './fault';
import { parseVerifierKey } from './note';
import { parsePolicy, policyOf, type Policy } from './policy';
import { answerReceipt, finding, readReceipt, refused, shownSteps } from './receipt_answer';
import type { Answer, KeyUsed, Verified, VerifiedBundle } from './result';
import { shown } from './shown';
import { isZip, kZipLimits, readZip } from './zip';

export type * from './result';
export { isZip, shown };

interface Given {
  policy: Policy;
  key: KeyUsed;
}

/** A verifier key of the log, or a policy that names logs and witnesses. */
function givenKey(text: string): Given {
  const raw = rawOfText(text);
  const key = attempt(() => parseVerifierKey(raw.replace(/[\r\n]+$/, '')));
  if (!(key instanceof Fault)) return used(policyOf(key));
  // A key has no blanks, and no line of a policy does without them.
  if (!/[ \t]/.test(raw)) throw new Fault(key.code, `no verifier key: ${key.words}`);
  const policy = attempt(() => parsePolicy(raw));
  if (policy instanceof Fault) {
    const { code, line, words } = policy;
    throw new Fault(code, `line ${line}: neither a verifier key nor a policy: ${words}`);
  }
  if (policy.logs.length === 0) {
    throw new Fault('kUnknownLog', 'no log, expected a policy that names one');
  }
  return used(policy);
}

function used(policy: Policy): Given {
  const text = shown(policy.logs.map((log) => looseTextOf(log.text)).join(' '));
  return { policy, key: { text, from: 'given', words: "The log's key is the one given." } };
}

/** A text as it was read from a file; null where that lost something. */
function rawText(text: string | Uint8Array): Raw | null {
  if (typeof text !== 'string') return rawOf(text);
  const raw = rawOfText(text);
  return textOf(raw) === text ? raw : null;
}

/**
 * One receipt, under the log's key that is given. Its bytes are better than its text: who makes a
 * text of a file may drop a mark at its beginning, or replace what is no UTF-8.
 */
export async function verifyReceipt(
  text: string | Uint8Array,
  key: string | null,
): Promise<Verified> {
  const answer = attempt((): Verified => {
    if (key === null) {
      throw new Fault(
        'kKeyMissing',
        'a receipt alone names no key to trust: ask the log, or a party that you trust, for the ' +
          "log's key",
      );
    }
    const given = givenKey(key);
    const raw = rawText(text);
    if (raw === null) throw new Fault('kNotUtf8', 'expected UTF-8');
    return answerReceipt(readReceipt('', raw), given.policy, given.key).shown;
  });
  return answer instanceof Fault ? refused('bad input', answer, null, []) : answer;
}

/**
 * A bundle as a zip. Without a key, the log's is the one that a signed agreement in it names, and
 * the answer says which.
 */
export async function verifyBundle(bytes: Uint8Array, key: string | null): Promise<VerifiedBundle> {
  let check: BundleCheck | null = null;
  let fault: Fault | null = null;
  try {
    const given = key === null ? null : givenKey(key);
    if (bytes.length > kZipLimits.archiveBytes) {
      const words = `${bytes.length} bytes, expected at most ${kZipLimits.archiveBytes}`;
      throw new Fault('kTooLarge', words);
    }
    check = new BundleCheck(await readZip(bytes));
    await check.run(given);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
  }
  return shownBundle(check, fault);
}

function answerOf(fault: Fault | null): Answer {
  if (fault === null) return 'holds';
  return fault instanceof Stop ? fault.answer : 'bad input';
}

function shownBundle(check: BundleCheck | null, fault: Fault | null): VerifiedBundle {
  const steps = check?.steps ?? [];
  const last = fault === null ? [] : [{ name: 'bundle', ok: false, words: fault.words }];
  return {
    ok: fault === null,
    answer: answerOf(fault),
    key: check?.key ?? null,
    steps: shownSteps([...steps, ...last]),
    findings: fault === null ? [] : [finding(fault)],
    party: check?.list ? shown(looseTextOf(check.list.party)) : null,
    deliveries: fault === null ? (check?.deliveries ?? null) : null,
    receipts: check?.receipts ?? [],
    notShown: fault === null ? (check?.notShown ?? []) : [],
  };
}
