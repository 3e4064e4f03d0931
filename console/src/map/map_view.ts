// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import maplibre from 'maplibre-gl/dist/maplibre-gl-csp.js';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Dot } from '../model/tracks';
import type { Box } from '../model/geometry';
import { kFonts, LabelLayer, type Scene } from './label_layer';
import { Screen } from './mercator';
import { paletteOf, type Theme } from './palette';
import type { Shapes } from './shapes';
import { layersOf, styleOf, type Opacities, type SourceName } from './style';
import { TracksLayer } from './tracks_layer';
import { loadWorld } from './world';

// The map on the screen: MapLibre below, tracks in its WebGL, labels on a canvas above it.

maplibre.setWorkerUrl(workerUrl);

export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

export interface MapEvents {
  onMove(camera: Camera, screen: Screen): void;
  /** A track's key or an item, or null where there is nothing. */
  onPick(what: { track: Dot } | { item: string } | null): void;
  onDrawn(): void;
}

const kPickPixels = 14;
const kPickLayers = ['intents-fill', 'airspaces-fill'];

export class MapView {
  private readonly map: MapLibre;
  private readonly tracks: TracksLayer;
  private readonly labels: LabelLayer;
  private palette;
  private scene: Scene = {
    countries: [],
    shapes: [],
    dots: [],
    alerted: new Map(),
    selected: null,
    sweep: null,
  };
  private shapes: Shapes | null = null;
  private isStyled = false;

  constructor(
    container: HTMLElement,
    canvas: HTMLCanvasElement,
    theme: Theme,
    private opacities: Opacities,
    camera: Camera,
    private readonly events: MapEvents,
  ) {
    this.palette = paletteOf(theme);
    this.tracks = new TracksLayer(this.palette);
    this.labels = new LabelLayer(canvas);
    this.map = new maplibre.Map({
      container,
      style: styleOf(this.palette, opacities),
      center: [camera.lon, camera.lat],
      zoom: camera.zoom,
      minZoom: 0.5,
      maxZoom: 15,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      refreshExpiredTiles: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on('style.load', () => this.begin());
    this.map.on('render', () => this.drawLabels());
    this.map.on('moveend', () => events.onMove(this.camera(), this.screen()));
    this.map.on('click', (event) => this.pick(event.point.x, event.point.y));
    this.map.once('idle', () => events.onDrawn());
    for (const font of kFonts) void document.fonts.load(font).then(() => this.measureAgain());
  }

  private measureAgain(): void {
    this.labels.forgetWidths();
    this.map.triggerRepaint();
  }

  private begin(): void {
    this.isStyled = true;
    this.map.addLayer(this.tracks);
    if (this.shapes !== null) this.setShapes(this.shapes);
    void loadWorld().then((world) => {
      this.setData('land', world.land);
      this.setData('coast', { type: 'Feature', properties: {}, geometry: world.coast });
      this.setData('borders', { type: 'Feature', properties: {}, geometry: world.borders });
      this.scene.countries = world.countries;
    });
    this.events.onMove(this.camera(), this.screen());
  }

  private setData(name: SourceName, data: GeoJSON.GeoJSON): void {
    (this.map.getSource(name) as GeoJSONSource | undefined)?.setData(data);
  }

  setShapes(shapes: Shapes): void {
    this.shapes = shapes;
    this.scene.shapes = shapes.labels;
    if (!this.isStyled) return;
    this.setData('airspaces', shapes.airspaces);
    this.setData('intents', shapes.intents);
    this.setData('routes', shapes.routes);
  }

  setDots(dots: readonly Dot[], alerted: ReadonlyMap<string, string>, sweep: number | null): void {
    // An empty picture is not drawn again each second.
    if (dots.length === 0 && this.scene.dots.length === 0) return;
    this.scene.dots = dots;
    this.scene.alerted = alerted;
    this.scene.sweep = sweep;
    this.tracks.setDots(dots, alerted);
    this.map.triggerRepaint();
  }

  setSelected(selected: string | null): void {
    this.scene.selected = selected;
    this.map.triggerRepaint();
  }

  setLook(theme: Theme, opacities: Opacities): void {
    this.palette = paletteOf(theme);
    this.opacities = opacities;
    this.tracks.setPalette(this.palette);
    this.tracks.opacity = opacities.tracks;
    if (!this.isStyled) return;
    for (const layer of layersOf(this.palette, opacities)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
    this.map.triggerRepaint();
  }

  camera(): Camera {
    const center = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat: center.lat, lon: center.lng };
  }

  screen(): Screen {
    const canvas = this.map.getCanvas();
    return new Screen(
      this.map.getCenter(),
      this.map.getZoom(),
      canvas.clientWidth,
      canvas.clientHeight,
    );
  }

  go(camera: Camera): void {
    this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  fit(box: Box, most = 10): void {
    this.map.fitBounds([box.west, box.south, box.east, box.north], {
      padding: 70,
      maxZoom: most,
      animate: false,
    });
  }

  zoomBy(step: number): void {
    this.map.zoomTo(this.map.getZoom() + step, { duration: 150 });
  }

  resize(): void {
    this.map.resize();
  }

  focus(): void {
    this.map.getCanvas().focus();
  }

  remove(): void {
    this.map.remove();
  }

  private drawLabels(): void {
    this.labels.draw(this.screen(), this.scene, this.palette, this.opacities);
  }

  private pick(x: number, y: number): void {
    const screen = this.screen();
    let nearest: Dot | null = null;
    let least = kPickPixels;
    for (const dot of this.opacities.tracks > 0 ? this.scene.dots : []) {
      const away = Math.hypot(screen.x(dot.lon) - x, screen.y(dot.lat) - y);
      if (away < least) {
        least = away;
        nearest = dot;
      }
    }
    if (nearest !== null) {
      this.events.onPick({ track: nearest });
      return;
    }
    const found = this.map.queryRenderedFeatures([x, y], { layers: kPickLayers })[0];
    const item = found?.properties['item'] as string | undefined;
    this.events.onPick(item === undefined ? null : { item });
  }
}
