// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ProblemError } from '../api/http';
import { signIn } from '../model/session';
import { problemText } from './actions';

export function SignIn(): JSX.Element {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    signIn(name.trim(), password, role.trim()).catch((error: unknown) => {
      setBusy(false);
      setPassword('');
      setProblem(error instanceof ProblemError ? problemText(error) : 'It could not be sent');
    });
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <svg class="sign-in-mark" viewBox="0 0 32 32" aria-hidden="true">
          <path class="wave-b" d="M4 11c5 0 6 10 12 10s7-10 12-10" />
          <path class="wave-a" d="M4 21c5 0 6-10 12-10s7 10 12 10" />
        </svg>
        <h1>Comity</h1>
        <p class="dim">Announce, warn, record.</p>
        <label class="field">
          Name
          <input
            name="username"
            autocomplete="username"
            autocapitalize="none"
            required
            maxLength={96}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          Password
          <input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxLength={1024}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          Duty role
          <input
            name="role"
            placeholder="Your first one, where left empty"
            autocomplete="off"
            maxLength={96}
            value={role}
            onInput={(event) => setRole(event.currentTarget.value)}
          />
        </label>
        {problem !== null && (
          <p class="form-problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary wide" disabled={isBusy}>
          Sign in
        </button>
        <p class="small dim">
          Supplementary; not certified equipment; never the sole means of separation.
        </p>
      </form>
    </main>
  );
}
