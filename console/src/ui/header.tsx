// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { clock, day } from '../model/format';
import { signOut } from '../model/session';
import { useNow, useSession, useUi } from './hooks';
import { switchSound, switchTheme } from './keys';
import { Icon, kIcons } from './shapes';
import { ui } from './state';

// Who I am and for which party, the node's time, and the switches.

export function Header(): JSX.Element {
  const caller = useSession((state) => state.caller);
  const node = useSession((state) => state.node);
  return (
    <header class="top">
      <h1>
        <a class="brand" href="#/situations" aria-label="Comity: situations">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path class="wave-b" d="M4 11c5 0 6 10 12 10s7-10 12-10" />
            <path class="wave-a" d="M4 21c5 0 6-10 12-10s7 10 12 10" />
          </svg>
          <span>Comity</span>
        </a>
      </h1>
      {node?.scenario && (
        <span class="scenario" title={node.scenario.about}>
          <span class="tag">Scenario</span> {node.scenario.title}
        </span>
      )}
      <span class="space" />
      <NodeTime />
      {caller && (
        <span class="me" title={`Signed in as ${caller.name ?? ''} for ${caller.party_name}`}>
          <b>{caller.party_name}</b>
          <span class="me-name">
            {caller.name}
            {caller.role === undefined ? '' : `, ${caller.role}`}
            {caller.may_act === false && ' (observer)'}
          </span>
        </span>
      )}
      <Switches />
    </header>
  );
}

function NodeTime(): JSX.Element {
  const now = useNow();
  const isStale = useSession((state) => state.isStale);
  const isKnown = useSession((state) => state.node !== null);
  return (
    <span class={isStale ? 'node-time stale' : 'node-time'} title="The node's time">
      <span class="node-day">{isKnown ? day(now) : ''}</span>
      <time class="mono">{isKnown ? clock(now) : '--:--:--'}</time>
      <span class="zone">Z</span>
    </span>
  );
}

function Switches(): JSX.Element {
  const theme = useUi((state) => state.theme);
  const sound = useUi((state) => state.sound);
  return (
    <nav class="switches" aria-label="Switches">
      <button
        type="button"
        class="icon-button"
        aria-pressed={sound}
        aria-label={sound ? 'Sound is on' : 'Sound is off'}
        title={sound ? 'Sound is on (u)' : 'Sound is off (u)'}
        onClick={switchSound}
      >
        <Icon path={sound ? kIcons.sound : kIcons.mute} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={theme === 'dark' ? 'Change to light' : 'Change to dark'}
        title="Light or dark (v)"
        onClick={switchTheme}
      >
        <Icon path={theme === 'dark' ? kIcons.sun : kIcons.moon} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Keys and signs"
        title="Keys and signs (?)"
        onClick={() => ui.set({ dialog: { kind: 'help' } })}
      >
        <Icon path={kIcons.help} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Sign out"
        title="Sign out"
        onClick={() => void signOut()}
      >
        <Icon path={kIcons.out} />
      </button>
    </nav>
  );
}
