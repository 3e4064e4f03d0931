// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import type { Notice } from '../api/types';
import { useSession } from './hooks';
import { ui } from './state';

/** What a person can say about a notice that was told to their party. */
export function NoticeActions(props: {
  item: string;
  notice: Notice | null;
  isReadAgain: boolean;
}): JSX.Element | null {
  const { item, notice } = props;
  const mayAct = useSession((state) => state.caller?.may_act !== false);
  const isBack = useSession((state) => state.moment !== null);
  if (notice === null) return null;
  if (!mayAct) return <p class="dim">You are here as an observer and state nothing.</p>;
  if (isBack) return <p class="dim">Looking back: go back to now to act.</p>;
  const isRead = notice.read !== null && !props.isReadAgain;
  const open = (kind: 'read' | 'object' | 'pass_on') => () => ui.set({ dialog: { kind, item } });
  return (
    <div class="actions">
      <button type="button" class={isRead ? '' : 'primary'} onClick={open('read')}>
        {isRead ? 'Read again' : 'Read'} <kbd>r</kbd>
      </button>
      <button type="button" onClick={open('pass_on')}>
        Pass on <kbd>p</kbd>
      </button>
      <button type="button" onClick={open('object')}>
        Object <kbd>o</kbd>
      </button>
    </div>
  );
}
