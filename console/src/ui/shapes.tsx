// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import type { AckState } from '../model/notices';
import type { Severity } from '../model/situations';

// Every colour is doubled by a shape and a word: severity by the outline, acknowledgement by how
// full it is.

const kOutlines: Record<Severity, string> = {
  warning: 'M12 2.5 22.5 21h-21z',
  caution: 'M12 1.8 22.2 12 12 22.2 1.8 12z',
  advisory: 'M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19z',
};

export const kSeverityWords: Record<Severity, string> = {
  warning: 'Warning',
  caution: 'Caution',
  advisory: 'Advisory',
};

export const kStateWords: Record<AckState, string> = {
  new: 'New',
  received: 'Received',
  read: 'Read',
};

export function AlertShape(props: { severity: Severity; state: AckState }): JSX.Element {
  const { severity, state } = props;
  return (
    <svg class={`shape ${severity} ${state}`} viewBox="0 0 24 24" aria-hidden="true">
      <path class="outline" d={kOutlines[severity]} />
      {state === 'new' && <path class="mark" d="M12 8.2v6.2M12 17v1.6" />}
      {state === 'received' && <path class="dot" d="M12 11.6a3 3 0 1 1 0 6 3 3 0 0 1 0-6z" />}
      {state === 'read' && <path class="tick" d="m8 14.2 3 3 5-6" />}
    </svg>
  );
}

export function Icon(props: { path: string }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={props.path} />
    </svg>
  );
}

export const kIcons = {
  sun: 'M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m0-11.4L4.9 4.9m14.2 14.2-1.4-1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5m0-5-5 5',
  help: 'M9.2 9.3a2.8 2.8 0 1 1 4 2.5c-.9.5-1.2 1-1.2 2M12 17v.6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  out: 'M10 4H5v16h5M14.5 8l4 4-4 4m4-4H9',
  layers: 'm12 3.5 9 5-9 5-9-5zm-9 9 9 5 9-5m-18 4 9 5 9-5',
  close: 'm6 6 12 12M18 6 6 18',
} as const;
