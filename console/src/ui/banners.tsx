// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { clock, day } from '../model/format';
import { nodeClock } from '../model/session';
import { lookBack } from './actions';
import { useNow, useSession, useUi } from './hooks';
import { say, ui } from './state';

// What must not be overlooked about the screen itself: it is stale, it looks back, the node does
// not record.

export function Banners(): JSX.Element {
  const isStale = useSession((state) => state.isStale);
  const mode = useSession((state) => state.mode);
  const moment = useSession((state) => state.moment);
  const feeds = useSession((state) => state.feeds);
  const silent = feeds.filter((feed) => feed.age_ms === null || feed.age_ms > 10_000);
  return (
    <div class="banners">
      {isStale && <Stale />}
      {mode === 'warn_only' && (
        <p class="banner caution" role="status">
          <b>Warn-only.</b> The node does not record now. Warnings still leave; nothing else does,
          and nothing can be stated.
        </p>
      )}
      {moment !== null && (
        <p class="banner back" role="status">
          <b>
            Looking back: <span class="mono">{clock(moment)}</span> Z
          </b>{' '}
          {day(moment)}. What was known then, not what is.
          <button type="button" onClick={() => lookBack(null)}>
            Back to now <kbd>Esc</kbd>
          </button>
        </p>
      )}
      {!isStale && silent.length > 0 && (
        <p class="banner caution" role="status">
          <b>No reports</b> from {silent.map((feed) => feed.name).join(', ')}: its tracks are not
          watched.
        </p>
      )}
      <Missed />
      <Said />
    </div>
  );
}

function Stale(): JSX.Element {
  useNow();
  const [seconds, setSeconds] = useState(() => Math.floor(nodeClock.silence() / 1000));
  useEffect(() => {
    const count = (): void => setSeconds(Math.floor(nodeClock.silence() / 1000));
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, []);
  const last = nodeClock.now() - Math.min(nodeClock.silence(), 5_000);
  return (
    <p class="banner stale" role="alert">
      <span>
        <b>Stale.</b> Nothing was heard from the node for <b class="mono">{seconds} s</b>. The
        picture is that of {clock(last)} Z. Calling it again…
      </span>
    </p>
  );
}

/** The node leaves out frames that this screen would be too slow for, and says how many. */
function Missed(): null {
  const missed = useSession((state) => state.missedFrames);
  useEffect(() => {
    if (missed > 0) say(`${missed} track frames were left out: this screen reads too slowly`, true);
  }, [missed]);
  return null;
}

function Said(): JSX.Element {
  const said = useUi((state) => state.said);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => ui.set({ said: null }), said.isProblem ? 12_000 : 5_000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div role="status" aria-live="polite" class="said-place">
      {said !== null && <p class={said.isProblem ? 'said problem' : 'said'}>{said.text}</p>}
    </div>
  );
}
