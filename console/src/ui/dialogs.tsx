// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pictureNow, useSession, useUi } from './hooks';
import { state } from './actions';
import { Help } from './help';
import { ui } from './state';

// Dialogs. The browser's own <dialog> keeps the focus inside and gives it back.

export function Dialogs(): JSX.Element | null {
  const dialog = useUi((value) => value.dialog);
  if (dialog === null) return null;
  if (dialog.kind === 'help') return <Help />;
  if (dialog.kind === 'read') return <ReadDialog item={dialog.item} />;
  if (dialog.kind === 'object') return <ObjectDialog item={dialog.item} />;
  return <PassOnDialog item={dialog.item} />;
}

const close = (): void => ui.set({ dialog: null });

export function Modal(props: {
  title: string;
  class?: string;
  children: ComponentChildren;
}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
    // The first field, or what the dialog is for; else Enter would cancel.
    const first = box.current?.querySelector<HTMLElement>('textarea, input, .primary');
    first?.focus();
  }, []);
  return (
    <dialog
      ref={box}
      class={`modal ${props.class ?? ''}`}
      aria-labelledby="modal-title"
      onCancel={close}
      onClose={close}
      onClick={(event) => {
        if (event.target === box.current) box.current?.close();
      }}
    >
      <div class="modal-body">
        <h2 id="modal-title">{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  );
}

/** The version that was told to this party: what is stated is stated of it. */
function versionOf(item: string): number {
  const version = pictureNow().items.get(item);
  return version?.version ?? 0;
}

function Buttons(props: { word: string; isBusy: boolean }): JSX.Element {
  return (
    <div class="actions end">
      <button type="button" onClick={close}>
        Cancel
      </button>
      <button type="submit" class="primary" disabled={props.isBusy}>
        {props.word}
      </button>
    </div>
  );
}

function useSending(): [boolean, (send: () => Promise<boolean>) => void] {
  const [isBusy, setBusy] = useState(false);
  const run = (send: () => Promise<boolean>): void => {
    setBusy(true);
    void send().then((isDone) => {
      setBusy(false);
      if (isDone) close();
    });
  };
  return [isBusy, run];
}

function ReadDialog(props: { item: string }): JSX.Element {
  const caller = useSession((value) => value.caller);
  const [isBusy, run] = useSending();
  const version = versionOf(props.item);
  return (
    <Modal title="Read">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run(() => state(props.item, 'read', { version }));
        }}
      >
        <p>
          On record: <b>{caller?.name}</b>
          {caller?.role === undefined ? '' : `, ${caller.role},`} has read <b>{props.item}</b>,
          version {version}, for {caller?.party_name}.
        </p>
        <p class="dim">
          Others that may see the notice see that it was read, and when. Your name is shown to your
          own party alone.
        </p>
        <Buttons word="Read with my name" isBusy={isBusy} />
      </form>
    </Modal>
  );
}

function ObjectDialog(props: { item: string }): JSX.Element {
  const [reason, setReason] = useState('');
  const [isBusy, run] = useSending();
  const version = versionOf(props.item);
  return (
    <Modal title="Object">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const body = reason.trim() === '' ? { version } : { version, reason: reason.trim() };
          run(() => state(props.item, 'object', body));
        }}
      >
        <p>
          An objection to <b>{props.item}</b>, version {version}, is put on record. It stops nothing
          by itself.
        </p>
        <label class="field">
          Reason
          <textarea
            rows={4}
            maxLength={1024}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <Buttons word="Object" isBusy={isBusy} />
      </form>
    </Modal>
  );
}

function PassOnDialog(props: { item: string }): JSX.Element {
  const parties = useSession((value) => value.parties);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, run] = useSending();
  const version = versionOf(props.item);
  const others = [...parties.values()].filter((party) => !party.is_you);
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Modal title="Pass on">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.size > 0) {
            run(() => state(props.item, 'pass_on', { version, to: [...chosen].sort() }));
          }
        }}
      >
        <p>
          <b>{props.item}</b>, version {version}, goes to the parties that you choose, at the level
          that the agreement allows. The owner sees it.
        </p>
        <fieldset>
          <legend>To</legend>
          {others.length === 0 && <p class="dim">No other party is known to you.</p>}
          {others.map((party) => (
            <label class="check" key={party.id}>
              <input
                type="checkbox"
                checked={chosen.has(party.id)}
                onChange={() => toggle(party.id)}
              />
              {party.name} <span class="dim">{party.id}</span>
            </label>
          ))}
        </fieldset>
        <Buttons word="Pass on" isBusy={isBusy || chosen.size === 0} />
      </form>
    </Modal>
  );
}
