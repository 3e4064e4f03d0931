// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Notice } from '../api/types';
import { splitItem, type Kind, type Version } from '../model/content';
import { clock } from '../model/format';
import { ackState, nextDue, type AckState } from '../model/notices';
import { go } from './actions';
import { useMoment, useNames, usePicture, useSession, useUi } from './hooks';
import { focusers } from './keys';
import { Life } from './life';
import { NoticeDetail } from './notice_detail';
import { kStateWords } from './shapes';
import { kPhaseWords } from './situations';
import { ui } from './state';

// Everything that was told to me, by number; and what is mine, with who has it.

type Tab = 'me' | 'others';
type Status = 'all' | 'last' | 'unread' | 'overdue' | 'objected';

const kKindWords: Record<Kind, string> = {
  warning: 'Warning',
  intent: 'Flight',
  airspace: 'Airspace',
  agreement: 'Agreement',
};

export function NoticesPanel(): JSX.Element {
  const [tab, setTab] = useState<Tab>('me');
  return (
    <div class="notices">
      <div class="tabs inner" role="tablist" aria-label="Notices">
        <TabButton tab="me" now={tab} set={setTab} word="Told to me" />
        <TabButton tab="others" now={tab} set={setTab} word="Mine, told to others" />
      </div>
      {tab === 'me' ? <ToldToMe /> : <Mine />}
    </div>
  );
}

function TabButton(props: {
  tab: Tab;
  now: Tab;
  set: (tab: Tab) => void;
  word: string;
}): JSX.Element {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={props.tab === props.now}
      onClick={() => props.set(props.tab)}
    >
      {props.word}
    </button>
  );
}

interface Line {
  version: Version;
  notice: Notice | null;
  isLast: boolean;
  state: AckState;
  isOverdue: boolean;
}

function useLines(): Line[] {
  const picture = usePicture();
  const moment = useMoment();
  const me = useSession((state) => state.caller?.party ?? '');
  const minute = Math.floor(moment / 1000);
  return useMemo(() => {
    const lines: Line[] = [];
    for (const [item, versions] of picture.history) {
      const notice = picture.notices.get(item)?.find((one) => one.to === me) ?? null;
      const last = picture.items.get(item);
      for (const version of versions) {
        if (version.isOwn) continue;
        const due = notice === null ? null : nextDue(notice);
        lines.push({
          version,
          notice,
          isLast: version === last,
          state: notice === null ? 'new' : stateOfVersion(notice, version),
          isOverdue: version === last && due !== null && due.at <= minute * 1000,
        });
      }
    }
    return lines.sort((a, b) => (b.version.number ?? 0) - (a.version.number ?? 0));
  }, [picture, me, minute]);
}

/** What was said of an earlier version was not said of a later one. */
function stateOfVersion(notice: Notice, version: Version): AckState {
  if (notice.read !== null && notice.read.version >= version.version) return 'read';
  return ackState(notice) === 'new' ? 'new' : 'received';
}

function matches(line: Line, status: Status, kind: string, text: string): boolean {
  if (kind !== 'all' && line.version.kind !== kind) return false;
  if (status === 'last' && !line.isLast) return false;
  if (status === 'unread' && line.state === 'read') return false;
  if (status === 'overdue' && !line.isOverdue) return false;
  if (status === 'objected' && (line.notice?.objected ?? null) === null) return false;
  return text === '' || line.version.item.toLowerCase().includes(text.toLowerCase());
}

const kShownAtOnce = 200;

function ToldToMe(): JSX.Element {
  const lines = useLines();
  const [status, setStatus] = useState<Status>('all');
  const [kind, setKind] = useState('all');
  const text = useUi((state) => state.filter);
  const open = useUi((state) => (state.route.page === 'notices' ? state.route.id : null));
  const isLoaded = useSession((state) => state.isLoaded);
  const shown = lines.filter((line) => matches(line, status, kind, text));
  return (
    <>
      <Filters status={status} setStatus={setStatus} kind={kind} setKind={setKind} />
      {isLoaded && lines.length === 0 && <p class="empty">Nothing released to you.</p>}
      {lines.length > 0 && shown.length === 0 && <p class="empty">None of them matches.</p>}
      <ul class="rows notice-rows">
        {shown.slice(0, kShownAtOnce).map((line) => (
          <NoticeRow
            key={`${line.version.item} ${line.version.version} ${line.version.number ?? 0}`}
            line={line}
            isOpen={line.isLast && open === line.version.item}
          />
        ))}
      </ul>
      {shown.length > kShownAtOnce && (
        <p class="empty small">
          The last {kShownAtOnce} of {shown.length}; filter to see others.
        </p>
      )}
    </>
  );
}

function Filters(props: {
  status: Status;
  setStatus: (status: Status) => void;
  kind: string;
  setKind: (kind: string) => void;
}): JSX.Element {
  const text = useUi((state) => state.filter);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    focusers.filter = () => input.current?.focus();
    return () => {
      focusers.filter = () => undefined;
    };
  }, []);
  return (
    <div class="filters">
      <input
        ref={input}
        type="search"
        placeholder="Filter by item  /"
        aria-label="Filter by item"
        value={text}
        onInput={(event) => ui.set({ filter: event.currentTarget.value })}
      />
      <select
        aria-label="Status"
        value={props.status}
        onChange={(event) => props.setStatus(event.currentTarget.value as Status)}
      >
        <option value="all">Any status</option>
        <option value="last">Last versions</option>
        <option value="unread">Not read</option>
        <option value="overdue">Overdue</option>
        <option value="objected">Objected</option>
      </select>
      <select
        aria-label="Kind"
        value={props.kind}
        onChange={(event) => props.setKind(event.currentTarget.value)}
      >
        <option value="all">Any kind</option>
        {Object.entries(kKindWords).map(([kind, word]) => (
          <option key={kind} value={kind}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

function titleOf(version: Version): string {
  const warning = version.content.warning;
  if (warning === undefined) return version.id;
  return `${warning.track ?? 'An aircraft'} · ${warning.airspace}, ${kPhaseWords[warning.phase]}`;
}

function NoticeRow(props: { line: Line; isOpen: boolean }): JSX.Element {
  const { version, state, isOverdue, isLast } = props.line;
  const nameOf = useNames();
  const toggle = (): void => go({ page: 'notices', id: props.isOpen ? null : version.item });
  const via = version.content.via;
  return (
    <li
      class={`notice-row ${isLast ? '' : 'superseded'} ${props.isOpen ? 'selected' : ''}`}
      data-item={version.item}
    >
      <button type="button" class="notice-head" aria-expanded={props.isOpen} onClick={toggle}>
        <span class="number mono">{version.number === 0 ? 'spool' : version.number}</span>
        <span class="notice-what">
          <span class="row-title">{titleOf(version)}</span>
          <span class="dim">
            {kKindWords[version.kind]} v{version.version} · {version.content.level}
            {via !== null && ` · via ${nameOf(via)}`}
            {version.content.withdrawn && ' · withdrawn'}
            {!isLast && ' · superseded'}
          </span>
        </span>
        <span class="notice-side">
          <time class="mono">{clock(version.time)}</time>
          <span class={`state ${isOverdue ? 'overdue' : state}`}>
            {isOverdue ? 'Overdue' : kStateWords[state]}
          </span>
        </span>
      </button>
      {props.isOpen && <NoticeDetail version={version} notice={props.line.notice} />}
    </li>
  );
}

function Mine(): JSX.Element {
  const picture = usePicture();
  const me = useSession((state) => state.caller?.party ?? '');
  const own = [...picture.items.values()].filter((version) => version.isOwn);
  const passed = [...picture.notices.entries()].filter(
    ([item, notices]) =>
      !(picture.items.get(item)?.isOwn ?? false) && notices.some((notice) => notice.to !== me),
  );
  if (own.length === 0 && passed.length === 0) return <p class="empty">You have told nothing.</p>;
  return (
    <ul class="rows">
      {own.map((version) => (
        <OwnItem
          key={version.item}
          item={version.item}
          version={version}
          notices={(picture.notices.get(version.item) ?? []).filter((one) => one.to !== me)}
        />
      ))}
      {passed.map(([item, notices]) => (
        <OwnItem
          key={item}
          item={item}
          version={picture.items.get(item) ?? null}
          notices={notices.filter((one) => one.to !== me)}
        />
      ))}
    </ul>
  );
}

function OwnItem(props: { item: string; version: Version | null; notices: Notice[] }): JSX.Element {
  const parts = splitItem(props.item);
  const { version } = props;
  const isMine = version?.isOwn === true;
  return (
    <li class="own-item" data-item={props.item}>
      <div class="own-head">
        <span class="row-title">
          {version === null ? (parts?.id ?? props.item) : titleOf(version)}
        </span>
        <span class="dim">
          {parts === null ? '' : kKindWords[parts.kind]}
          {isMine
            ? ` v${version.version}, yours, filed ${clock(version.time)}`
            : ', told to others too'}
        </span>
      </div>
      {props.notices.length === 0 && <p class="dim small">Told to nobody.</p>}
      {props.notices.map((notice) => (
        <Life key={notice.to} notice={notice} />
      ))}
    </li>
  );
}
