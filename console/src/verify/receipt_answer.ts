// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// One receipt, from its text to what is shown of it.
import type { Raw } from './bytes';
import { checkReceipt, type Found } from './check';
import { attempt, Fault } from './fault';
import type { Policy } from './policy';
import { parseReceipt, type Receipt } from './receipt';
import type { Answer, BundledReceipt, KeyUsed, Step, Verified } from './result';
import { shownLog, shownRecord } from './show';
import { shown } from './shown';
import { notShownByAReceipt } from './words';

export const finding = ({ code, words }: Fault) => ({ code, words: shown(words) });

export const shownSteps = (steps: Step[]): Step[] =>
  steps.map((step) => ({ ...step, words: shown(step.words) }));

export function refused(
  answer: Answer,
  fault: Fault,
  key: KeyUsed | null,
  steps: Step[],
): Verified {
  return {
    ok: false,
    answer,
    key,
    steps: shownSteps(steps),
    findings: [finding(fault)],
    record: null,
    log: null,
    notShown: [],
  };
}

/** `path` names the file in messages; empty where there is none. */
export function readReceipt(path: string, text: Raw): Receipt {
  if (text === '') throw new Fault('kEmpty', 'empty, expected a receipt');
  const receipt = attempt(() => parseReceipt(text));
  if (!(receipt instanceof Fault)) return receipt;
  const { code, line, words } = receipt;
  const place = path === '' ? `line ${line}` : `${path}:${line}`;
  throw new Fault(code, `${place}: no receipt: ${words}`);
}

export interface Answered {
  shown: Verified;
  /** Null where it does not hold. */
  found: Found | null;
}

/** A receipt that was read, under a policy that names the log. */
export function answerReceipt(receipt: Receipt, policy: Policy, key: KeyUsed): Answered {
  const steps: Step[] = [{ name: 'text', ok: true, words: 'It is a receipt, in its one form.' }];
  const found = attempt(() => checkReceipt(receipt, policy, steps));
  if (found instanceof Fault) {
    return { shown: refused('does not hold', found, key, steps), found: null };
  }
  const verified: Verified = {
    ok: true,
    answer: 'holds',
    key,
    steps: shownSteps(steps),
    findings: [],
    record: shownRecord(receipt, found),
    log: shownLog(found),
    notShown: notShownByAReceipt(found).map(shown),
  };
  return { shown: verified, found };
}

export const bundled = (file: string, verified: Verified): BundledReceipt => ({
  file,
  ...verified,
});
