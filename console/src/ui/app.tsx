// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Banners } from './banners';
import { Dialogs } from './dialogs';
import { Header } from './header';
import { situationsNow, useSession, useSituations, useUi } from './hooks';
import { IncidentsPanel } from './incidents';
import { MapPane } from './map_pane';
import { NoticesPanel } from './notices';
import { SignIn } from './sign_in';
import { SituationsPanel } from './situations';
import { Bell, play } from './sound';
import { Timeline } from './timeline';
import { ui } from './state';

export function App(): JSX.Element {
  const caller = useSession((state) => state.caller);
  if (caller === null) return <SignIn />;
  return <Console />;
}

function Console(): JSX.Element {
  const isStale = useSession((state) => state.isStale);
  const isBack = useSession((state) => state.moment !== null);
  useBell();
  const classes = ['console', isStale ? 'is-stale' : '', isBack ? 'is-back' : ''];
  return (
    <div class={classes.join(' ')}>
      <Header />
      <Banners />
      <main class="work">
        <Panel />
        <MapPane />
      </main>
      <Timeline />
      <Dialogs />
    </div>
  );
}

function Panel(): JSX.Element {
  const route = useUi((state) => state.route);
  const page = route.page === 'map' ? 'situations' : route.page;
  return (
    <section class={`panel ${page}`} aria-label={kPages[page]}>
      <nav class="tabs" aria-label="Pages">
        {(['situations', 'notices', 'incidents'] as const).map((one) => (
          <a key={one} href={`#/${one}`} aria-current={one === page ? 'page' : undefined}>
            {kPages[one]}
            {one === 'situations' && <OpenCount />}
          </a>
        ))}
      </nav>
      <div class="panel-body" tabIndex={-1}>
        {page === 'situations' && <SituationsPanel />}
        {page === 'notices' && <NoticesPanel />}
        {page === 'incidents' && (
          <IncidentsPanel id={route.page === 'incidents' ? route.id : null} />
        )}
      </div>
    </section>
  );
}

const kPages = { situations: 'Situations', notices: 'Notices', incidents: 'Incidents' } as const;

function OpenCount(): JSX.Element | null {
  const situations = useSituations();
  const open = situations.filter((situation) => situation.isOpen);
  if (open.length === 0) return null;
  return <span class={`count ${open[0]?.severity ?? ''}`}>{open.length}</span>;
}

/** Sounds once for each situation that comes or grows more urgent, in the live picture alone. */
function useBell(): void {
  const bell = useRef(new Bell());
  const isFirst = useRef(true);
  const situations = useSituations();
  const isLoaded = useSession((state) => state.isLoaded);
  const isBack = useSession((state) => state.moment !== null);
  useEffect(() => {
    if (!isLoaded || isBack) return;
    const severity = bell.current.ring(situationsNow(), isFirst.current);
    isFirst.current = false;
    if (severity !== null && ui.get().sound) play(severity);
  }, [situations, isLoaded, isBack]);
}
