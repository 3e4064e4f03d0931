// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { Modal } from './dialogs';
import { kKeys } from './keys';
import { AlertShape } from './shapes';

export function Help(): JSX.Element {
  return (
    <Modal title="Keys and signs" class="wide">
      <div class="help">
        <table>
          <caption>Keys</caption>
          <tbody>
            {kKeys.map((key) => (
              <tr key={key.keys}>
                <th scope="row">
                  {key.keys.split(' ').map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </th>
                <td>{key.what}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="signs">
          <h3>How urgent</h3>
          <Sign severity="warning">Warning: inside, or entry in less than a minute</Sign>
          <Sign severity="caution">Caution: entry predicted, or the track was lost</Sign>
          <Sign severity="advisory">Advisory: resolved</Sign>
          <h3>What came of it</h3>
          <p class="sign">
            <AlertShape severity="caution" state="new" /> New: no system of yours has it
          </p>
          <p class="sign">
            <AlertShape severity="caution" state="received" /> Received: a system has it, no person
            has read it
          </p>
          <p class="sign">
            <AlertShape severity="caution" state="read" /> Read: a named person has taken note
          </p>
          <p class="dim">
            Supplementary; not certified equipment; never the sole means of separation.
          </p>
        </div>
      </div>
      <form method="dialog" class="actions end">
        <button type="submit" class="primary">
          Close
        </button>
      </form>
    </Modal>
  );
}

function Sign(props: {
  severity: 'warning' | 'caution' | 'advisory';
  children: string;
}): JSX.Element {
  return (
    <p class="sign">
      <AlertShape severity={props.severity} state="new" /> {props.children}
    </p>
  );
}
