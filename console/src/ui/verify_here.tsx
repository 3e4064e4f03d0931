// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { getBytes, ProblemError } from '../api/http';
import { bundlePath, receiptName, receiptPath, type ReceiptOf } from '../model/evidence';
import type { Verified, VerifiedBundle } from '../verify';
import { problemText } from './actions';
import { useSession } from './hooks';

// Verification in this browser: the node serves the papers and has no say in the answer. The
// verifier comes in a file of its own, fetched when it is asked for.

interface Result {
  name: string;
  ok: boolean;
  answer: string;
  key: string;
  lines: string[];
  notShown: string[];
}

function linesOf(verified: Verified): string[] {
  const { record, log } = verified;
  const lines = verified.findings.map((finding) => `${finding.code}: ${finding.words}`);
  if (record !== null) {
    lines.push(`${record.operation}${record.object === null ? '' : ` ${record.object}`}`);
    lines.push(`Recorded ${record.time} (${record.wordWords})`);
  }
  if (log !== null) lines.push(`In the log ${log.origin} of ${log.size} ticks`);
  return lines;
}

function bundleLines(verified: VerifiedBundle): string[] {
  const lines = verified.findings.map((finding) => `${finding.code}: ${finding.words}`);
  const good = verified.receipts.filter((receipt) => receipt.ok).length;
  lines.push(`${good} of ${verified.receipts.length} receipts hold`);
  return lines.concat(verified.deliveries?.words ?? []);
}

export function VerifyHere(props: { incident: string; receipts: ReceiptOf[] }): JSX.Element {
  const nodeKey = useSession((state) => state.node?.key ?? '');
  const [key, setKey] = useState<string | null>(null);
  const [results, setResults] = useState<Result[]>([]);
  const [isBusy, setBusy] = useState(false);
  const shownKey = key ?? nodeKey;
  const run = (work: () => Promise<Result[]>): void => {
    setBusy(true);
    work()
      .catch((error: unknown) => [failed(error)])
      .then((done) => {
        setResults(done);
        setBusy(false);
      });
  };
  return (
    <div class="verify">
      <label class="field">
        Key of the log
        <textarea
          class="code"
          rows={2}
          spellcheck={false}
          autocomplete="off"
          value={shownKey}
          onInput={(event) => setKey(event.currentTarget.value.trim())}
        />
      </label>
      <p class="dim small">
        {key === null
          ? 'As this node states it. Compare it with the one that your agreement names.'
          : 'As you gave it. Left empty, the one that an agreement in the bundle names is used.'}
      </p>
      <div class="actions">
        <button
          type="button"
          disabled={isBusy}
          onClick={() => run(() => verifyIncident(props.incident, shownKey))}
        >
          Verify the bundle here
        </button>
        <button
          type="button"
          disabled={isBusy || props.receipts.length === 0}
          onClick={() => run(() => verifyReceipts(props.receipts, shownKey))}
        >
          Verify the receipts here
        </button>
      </div>
      <div role="status" aria-live="polite">
        {isBusy && <p class="dim">Verifying…</p>}
        {results.map((result) => (
          <ResultBox key={result.name} result={result} />
        ))}
      </div>
    </div>
  );
}

function failed(error: unknown): Result {
  const text = error instanceof ProblemError ? problemText(error) : String(error);
  return { name: 'Not fetched', ok: false, answer: text, key: '', lines: [], notShown: [] };
}

async function verifyIncident(incident: string, key: string): Promise<Result[]> {
  const { verifyBundle } = await import('../verify');
  const bytes = await getBytes(bundlePath(incident));
  const verified = await verifyBundle(bytes, key === '' ? null : key);
  return [
    {
      name: 'Bundle',
      ok: verified.ok,
      answer: verified.answer,
      key: verified.key?.words ?? '',
      lines: bundleLines(verified),
      notShown: verified.notShown,
    },
  ];
}

async function verifyReceipts(receipts: readonly ReceiptOf[], key: string): Promise<Result[]> {
  const { verifyReceipt } = await import('../verify');
  const results: Result[] = [];
  for (const of of receipts) {
    const bytes = await getBytes(receiptPath(of));
    const verified = await verifyReceipt(bytes, key === '' ? null : key);
    results.push({
      name: receiptName(of),
      ok: verified.ok,
      answer: verified.answer,
      key: verified.key?.words ?? '',
      lines: linesOf(verified),
      notShown: verified.notShown,
    });
  }
  return results;
}

function ResultBox(props: { result: Result }): JSX.Element {
  const { result } = props;
  return (
    <div class={result.ok ? 'result ok' : 'result bad'} data-verified={result.ok ? 'yes' : 'no'}>
      <p>
        <span class="result-mark" aria-hidden="true">
          {result.ok ? '✓' : '✕'}
        </span>{' '}
        <b>{result.name}</b> {result.answer}
      </p>
      {result.lines.map((line, index) => (
        <p class="small" key={index}>
          {line}
        </p>
      ))}
      {result.key !== '' && <p class="small dim">{result.key}</p>}
      {result.notShown.length > 0 && (
        <details>
          <summary>What this does not show</summary>
          {result.notShown.map((line, index) => (
            <p class="small dim" key={index}>
              {line}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}
