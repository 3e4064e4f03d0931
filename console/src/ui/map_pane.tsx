// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { scaleFor } from '../map/grid';
import type { MapView } from '../map/map_view';
import type { Screen } from '../map/mercator';
import { shapesOf } from '../map/shapes';
import { onFrame, store, trackTable } from '../model/session';
import { dotAt, type Dot } from '../model/tracks';
import { boxOfAll, onShow } from './actions';
import {
  situationsNow,
  useMoment,
  useNames,
  usePicture,
  useSession,
  useSituations,
  useUi,
} from './hooks';
import { focusers, onFitAll, toggleLayers } from './keys';
import { LayersPanel } from './layers_panel';
import { PickedCard } from './picked_card';
import { Icon, kIcons } from './shapes';
import { ui } from './state';

// The map with what belongs on it. MapLibre is large: the panels are on the screen before it comes.

export function MapPane(): JSX.Element {
  const [view, setView] = useState<MapView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [screen, setScreen] = useState<Screen | null>(null);
  const areLayersOpen = useUi((state) => state.areLayersOpen);
  useEffect(() => {
    let made: MapView | null = null;
    let isGone = false;
    makeView(container.current, canvas.current, setScreen).then(
      (view) => {
        made = view;
        if (isGone) view?.remove();
        else setView(view);
      },
      (error: unknown) => setProblem(String(error)),
    );
    return () => {
      isGone = true;
      made?.remove();
    };
  }, []);
  useMapLinks(view, container);
  useMapLook(view);
  useMapShapes(view);
  useMapDots(view);
  return (
    <section class="map-pane" aria-label="Map, layers and legend">
      <div ref={container} class="map" />
      <canvas ref={canvas} class="map-labels" aria-hidden="true" />
      {problem !== null && (
        <p class="map-problem">The map cannot be drawn here: {problem}. All else works.</p>
      )}
      <div class="map-buttons">
        <button
          type="button"
          class="icon-button"
          aria-label="Layers and legend"
          aria-expanded={areLayersOpen}
          title="Layers and legend (l)"
          onClick={toggleLayers}
        >
          <Icon path={kIcons.layers} />
        </button>
        <ZoomButtons view={view} />
      </div>
      {areLayersOpen && <LayersPanel />}
      <PickedCard />
      <MapFoot screen={screen} />
    </section>
  );
}

async function makeView(
  container: HTMLDivElement | null,
  canvas: HTMLCanvasElement | null,
  setScreen: (screen: Screen) => void,
): Promise<MapView | null> {
  await panelsAreShown();
  const { MapView } = await import('../map/map_view');
  if (container === null || canvas === null) return null;
  const { theme, opacities, route, camera } = ui.get();
  const first = route.page === 'map' ? route : camera;
  return new MapView(container, canvas, theme, opacities, first, {
    onMove: (moved, screen) => {
      ui.set({ camera: moved });
      setScreen(screen);
      if (ui.get().route.page === 'map') {
        const { zoom, lat, lon } = moved;
        const place = `#/map/${zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
        history.replaceState(null, '', place);
      }
    },
    onPick: (what) => {
      if (what === null) ui.set({ picked: null });
      else ui.set({ picked: 'track' in what ? what.track.key : what.item });
    },
    onDrawn: () => {
      document.documentElement.dataset['map'] = 'drawn';
    },
  });
}

/** The map's code is large to read: what was told is on the screen before it, or half a second. */
async function panelsAreShown(): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(finish, kMapWaitsMs);
    const stop = store.subscribe(() => store.get().isLoaded && finish());
    function finish(): void {
      clearTimeout(timer);
      stop();
      requestAnimationFrame(() => setTimeout(done, 0));
    }
    if (store.get().isLoaded) finish();
  });
}

const kMapWaitsMs = 500;

function useMapLinks(view: MapView | null, container: { current: HTMLDivElement | null }): void {
  const route = useUi((state) => state.route);
  const isLoaded = useSession((state) => state.isLoaded);
  useEffect(() => {
    if (view === null || container.current === null) return undefined;
    focusers.map = () => view.focus();
    onShow((box) => view.fit(box));
    onFitAll(() => {
      const box = boxOfAll();
      if (box !== null) view.fit(box);
    });
    const observer = new ResizeObserver(() => view.resize());
    observer.observe(container.current);
    return () => {
      observer.disconnect();
      onShow(null);
    };
  }, [view]);
  useEffect(() => {
    if (view !== null && route.page === 'map') view.go(route);
  }, [view, route]);
  // The first picture shows what there is: all that was released, or the world.
  useEffect(() => {
    if (view === null || !isLoaded || ui.get().route.page === 'map') return;
    const box = boxOfAll();
    if (box !== null) view.fit(box);
  }, [view, isLoaded]);
}

function useMapLook(view: MapView | null): void {
  const theme = useUi((state) => state.theme);
  const opacities = useUi((state) => state.opacities);
  useEffect(() => view?.setLook(theme, opacities), [view, theme, opacities]);
}

function useMapShapes(view: MapView | null): void {
  const picture = usePicture();
  const nameOf = useNames();
  const moment = useMoment();
  // Areas begin and end with the time; a minute is fine enough for drawing them.
  const minute = Math.floor(moment / 60_000);
  const shapes = useMemo(
    () => shapesOf(picture, minute * 60_000, nameOf),
    [picture, minute, nameOf],
  );
  useEffect(() => view?.setShapes(shapes), [view, shapes]);
  const picked = useUi((state) => state.picked);
  useEffect(() => view?.setSelected(picked), [view, picked]);
}

/** Live tracks come with each frame; looking back, recorded ones stand where they were. */
function useMapDots(view: MapView | null): void {
  const moment = useSession((state) => state.moment);
  const recorded = useSession((state) => state.recorded);
  // Drawn with each frame; beyond that only when a situation makes a track stand out.
  const alertedNow = useSituations()
    .map((one) => (one.isOpen ? `${one.warning.track ?? ''} ${one.severity}` : ''))
    .join();
  const draw = (): void => {
    if (view === null) return;
    const alerted = new Map<string, string>();
    for (const situation of situationsNow()) {
      const track = situation.warning.track;
      if (situation.isOpen && track !== undefined) alerted.set(track, situation.severity);
    }
    const { moment: back, recorded: tracks } = store.get();
    if (back === null) view.setDots(trackTable.dots, alerted, trackTable.sweep);
    else view.setDots(recordedDots(tracks, back), alerted, back);
    document.documentElement.dataset['tracks'] = String(trackTable.dots.length);
  };
  useEffect(() => {
    draw();
    return onFrame(draw);
  }, [view, moment, recorded, alertedNow]);
}

function recordedDots(recorded: ReturnType<typeof store.get>['recorded'], moment: number): Dot[] {
  const dots = new Map<string, Dot>();
  for (const tracks of recorded.values()) {
    for (const track of tracks.items) {
      const dot = dotAt(track, moment);
      if (dot !== null) dots.set(dot.key, dot);
    }
  }
  return [...dots.values()];
}

function ZoomButtons(props: { view: MapView | null }): JSX.Element {
  const { view } = props;
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label="Zoom in"
        onClick={() => view?.zoomBy(1)}
      >
        <Icon path="M12 6v12M6 12h12" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Zoom out"
        onClick={() => view?.zoomBy(-1)}
      >
        <Icon path="M6 12h12" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="All that was released to you"
        title="All that was released to you (a)"
        onClick={() => {
          const box = boxOfAll();
          if (box !== null) view?.fit(box);
        }}
      >
        <Icon path="M4 9V4h5M20 9V4h-5M4 15v5h5m11-5v5h-5" />
      </button>
    </>
  );
}

/** Whose borders are drawn, and how long a mile is. */
function MapFoot(props: { screen: Screen | null }): JSX.Element {
  const { screen } = props;
  const bar = useRef<HTMLSpanElement>(null);
  const scale = screen === null ? null : scaleFor(screen, screen.lat(screen.height / 2), 110);
  useLayoutEffect(() => {
    if (bar.current !== null && scale !== null) bar.current.style.width = `${scale.px}px`;
  }, [scale?.px]);
  return (
    <div class="map-foot">
      <span class="claims">
        Borders and names: Natural Earth, as published; claims may overlap. Airspaces: by owner and
        source.
      </span>
      <span class="scale">
        <span class="mono">{scale === null ? '' : `${scale.miles} NM`}</span>
        <span class="scale-bar" ref={bar} />
      </span>
    </div>
  );
}
