// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Page, Problem } from './types';

/** What the node answered instead of what was asked for (RFC 9457), or that it did not answer. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

let csrf = '';

/** The session's token; the node wants it on whatever changes something. */
export function setCsrf(token: string | undefined): void {
  csrf = token ?? '';
}

async function problemOf(response: Response): Promise<ProblemError> {
  const bare: Problem = {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: `http_${response.status}`,
    request_id: '',
  };
  try {
    return new ProblemError({ ...bare, ...((await response.json()) as Partial<Problem>) });
  } catch {
    return new ProblemError(bare);
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch {
    throw new ProblemError({
      type: 'about:blank',
      title: 'The node does not answer',
      status: 0,
      code: 'no_answer',
      request_id: '',
    });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<T>(path: string): Promise<T> {
  const response = await send(path, { headers: { Accept: 'application/json' } });
  return (await response.json()) as T;
}

export async function getText(path: string): Promise<string> {
  return (await send(path, {})).text();
}

export async function getBytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await send(path, {})).arrayBuffer());
}

/** All pages of a list, up to `limit` items: a node answers with at most 1,000 at a time. */
export async function getAll<T>(path: string, limit = 20_000): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const url = new URL(path, location.href);
    url.searchParams.set('limit', '1000');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const page: Page<T> = await get<Page<T>>(url.pathname + url.search);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && all.length < limit);
  return all;
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (csrf !== '') {
    headers['X-Comity-Csrf'] = csrf;
    // The same request sent again after a lost answer must not count twice.
    headers['Idempotency-Key'] = newRequestId();
  }
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as T;
}

export async function del(path: string): Promise<void> {
  await send(path, { method: 'DELETE', headers: { 'X-Comity-Csrf': csrf } });
}

function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
