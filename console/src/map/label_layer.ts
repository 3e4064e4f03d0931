// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Dot } from '../model/tracks';
import { drawGrid } from './grid';
import type { Screen } from './mercator';
import { airspaceColor, type Palette } from './palette';
import { placeLabels, type Placed, type Space, type Wish } from './placement';
import type { ShapeLabel } from './shapes';
import type { Opacities } from './style';
import { alertColor, trackLines } from './track_label';
import type { Country } from './world';

// All text on the map, on one canvas, so that one rule keeps labels apart.

export interface Scene {
  countries: readonly Country[];
  shapes: readonly ShapeLabel[];
  dots: readonly Dot[];
  /** Tracks of open situations, with the severity of each. */
  alerted: ReadonlyMap<string, string>;
  selected: string | null;
  sweep: number | null;
}

const kMostLabels = 140;
const kFont = '11px "B612 Mono", "DejaVu Sans Mono", monospace';
const kFontBold = 'bold 11px "B612 Mono", "DejaVu Sans Mono", monospace';
const kFontShape = '11px "B612", "DejaVu Sans", sans-serif';
const kFontShapeBold = 'bold 11px "B612", "DejaVu Sans", sans-serif';
/** Fonts come when something is written in them; what was measured before is then wrong. */
export const kFonts = [kFont, kFontBold, kFontShape, kFontShapeBold];
const kLineHeight = 13;
const kBinX = 70;
const kBinY = 30;

interface Text {
  lines: string[];
  color: string;
  dim: string;
  fonts: [string, string];
  align: 'left' | 'center';
  leader: boolean;
  /** How much of what lies below is covered, so that lines do not cross the letters. */
  ground: number;
  opacity: number;
}

/** Below are the scale and whose borders these are, at the upper right the buttons. */
function freeOf(screen: Screen): Space {
  const { width, height } = screen;
  const buttons = { left: width - 58, top: 0, right: width, bottom: 165 };
  return { width, height: height - 52, reserved: [buttons] };
}

export class LabelLayer {
  private readonly context: CanvasRenderingContext2D;
  private places = new Map<string, number>();
  private widths = new Map<string, number>();

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('the browser draws no canvas');
    this.context = context;
  }

  /** Fonts have come: what was measured before was measured in others. */
  forgetWidths(): void {
    this.widths.clear();
  }

  draw(screen: Screen, scene: Scene, palette: Palette, opacities: Opacities): void {
    const { canvas, context } = this;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(screen.width * ratio);
    const height = Math.round(screen.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, screen.width, screen.height);
    if (opacities.grid > 0) drawGrid(context, screen, palette, opacities.grid);
    const texts = new Map<string, Text>();
    const wishes: Wish[] = [];
    const points: number[] = [];
    if (opacities.tracks > 0)
      this.addTracks(screen, scene, palette, opacities, wishes, texts, points);
    if (opacities.airspaces > 0 || opacities.intents > 0) {
      this.addShapes(screen, scene, palette, opacities, wishes, texts);
    }
    if (opacities.world > 0) this.addCountries(screen, scene, palette, opacities, wishes, texts);
    const placed = placeLabels(wishes, this.places, points, kMostLabels, freeOf(screen));
    this.places = new Map(placed.map((one) => [one.wish.key, one.place]));
    for (const one of placed) {
      const text = texts.get(one.wish.key);
      if (text !== undefined) this.drawText(one, text, palette);
    }
    context.globalAlpha = 1;
  }

  private addTracks(
    screen: Screen,
    scene: Scene,
    palette: Palette,
    opacities: Opacities,
    wishes: Wish[],
    texts: Map<string, Text>,
    points: number[],
  ): void {
    const bins = new Set<number>();
    const isCrowded = scene.dots.length > 1000 && screen.zoom < 5;
    for (const dot of scene.dots) {
      const x = screen.x(dot.lon);
      const y = screen.y(dot.lat);
      if (!screen.has(x, y)) continue;
      const isSelected = scene.selected === dot.key;
      const isAlerted = scene.alerted.has(dot.track);
      if (isAlerted || isSelected) this.drawRing(x, y, isAlerted, isSelected, scene, dot, palette);
      if (opacities.labels === 0) continue;
      if (!isCrowded && points.length < 4000) points.push(x, y);
      // One wish for each small field of the screen: five thousand would find no place anyway.
      const bin = Math.floor(y / kBinY) * 4096 + Math.floor(x / kBinX);
      if (!isAlerted && !isSelected && (bins.has(bin) || isCrowded)) continue;
      bins.add(bin);
      const lines = trackLines(dot, scene.sweep);
      const severity = scene.alerted.get(dot.track);
      texts.set(dot.key, {
        lines,
        color: severity === undefined ? palette.label : alertColor(palette, severity),
        dim: severity === undefined ? palette.labelDim : palette.label,
        fonts: [kFontBold, kFont],
        align: 'left',
        leader: true,
        ground: 0.66,
        opacity: opacities.labels,
      });
      wishes.push({
        key: dot.key,
        x,
        y,
        width: this.widest(lines, kFontBold) + 6,
        height: lines.length * kLineHeight + 2,
        priority: isAlerted ? 0 : isSelected ? 1 : 3,
        reach: 16,
        isForced: isAlerted || isSelected,
      });
    }
  }

  private drawRing(
    x: number,
    y: number,
    isAlerted: boolean,
    isSelected: boolean,
    scene: Scene,
    dot: Dot,
    palette: Palette,
  ): void {
    const { context } = this;
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    if (isAlerted) {
      context.strokeStyle = alertColor(palette, scene.alerted.get(dot.track) ?? 'caution');
      context.beginPath();
      context.arc(x, y, 13, 0, 2 * Math.PI);
      context.stroke();
    }
    if (isSelected) {
      context.strokeStyle = palette.selected;
      const r = isAlerted ? 17 : 13;
      for (const [dx, dy] of [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ] as const) {
        context.beginPath();
        context.moveTo(x + dx * r, y + dy * (r - 5));
        context.lineTo(x + dx * r, y + dy * r);
        context.lineTo(x + dx * (r - 5), y + dy * r);
        context.stroke();
      }
    }
  }

  private addShapes(
    screen: Screen,
    scene: Scene,
    palette: Palette,
    opacities: Opacities,
    wishes: Wish[],
    texts: Map<string, Text>,
  ): void {
    for (const shape of scene.shapes) {
      const opacity = shape.type === 'intent' ? opacities.intents : opacities.airspaces;
      const isSelected = scene.selected === shape.item;
      if (opacity === 0) continue;
      if (shape.width * screen.pixelsPerDegree() < 60 && !isSelected) continue;
      const x = screen.x(shape.lon);
      const y = screen.y(shape.lat);
      if (!screen.has(x, y)) continue;
      const lines = [shape.title, ...shape.lines];
      texts.set(shape.key, {
        lines,
        color: shape.type === 'intent' ? palette.intent : airspaceColor(palette, shape.type),
        dim: palette.labelDim,
        fonts: [kFontShapeBold, kFontShape],
        align: 'center',
        leader: false,
        ground: 0.6,
        opacity,
      });
      wishes.push({
        key: shape.key,
        x,
        y,
        width: this.widest(lines, kFontShapeBold) + 4,
        height: lines.length * kLineHeight,
        priority: isSelected ? 2 : 4,
        reach: 0,
        isForced: isSelected,
      });
    }
  }

  private addCountries(
    screen: Screen,
    scene: Scene,
    palette: Palette,
    opacities: Opacities,
    wishes: Wish[],
    texts: Map<string, Text>,
  ): void {
    for (const country of scene.countries) {
      const space = country.width * screen.pixelsPerDegree();
      if (space < 28) continue;
      const x = screen.x(country.lon);
      const y = screen.y(country.lat);
      if (!screen.has(x, y)) continue;
      const text = country.name;
      const width = this.widest([text], kFontShape);
      if (width > space * 1.6) continue;
      texts.set(`country ${text}`, {
        lines: [text],
        color: palette.country,
        dim: palette.country,
        fonts: [kFontShape, kFontShape],
        align: 'center',
        leader: false,
        ground: 0,
        opacity: opacities.world,
      });
      wishes.push({
        key: `country ${text}`,
        x,
        y,
        width: width + 8,
        height: kLineHeight,
        priority: 10 - Math.min(4, Math.log10(1 + country.size)),
        reach: 0,
        isForced: false,
      });
    }
  }

  private widest(lines: readonly string[], font: string): number {
    let widest = 0;
    for (const line of lines) {
      const key = font + line;
      let width = this.widths.get(key);
      if (width === undefined) {
        this.context.font = font;
        width = this.context.measureText(line).width;
        // Labels change each second; what is no longer on the screen must not pile up.
        if (this.widths.size > 5_000) this.widths.clear();
        this.widths.set(key, width);
      }
      widest = Math.max(widest, width);
    }
    return widest;
  }

  private drawText(one: Placed, text: Text, palette: Palette): void {
    const { context } = this;
    const { wish, left, top } = one;
    if (text.leader) {
      const toX = Math.min(Math.max(wish.x, left), left + wish.width);
      const toY = Math.min(Math.max(wish.y, top), top + wish.height);
      const reach = Math.hypot(toX - wish.x, toY - wish.y) || 1;
      context.globalAlpha = 0.7 * text.opacity;
      context.strokeStyle = text.dim;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(wish.x + ((toX - wish.x) / reach) * 8, wish.y + ((toY - wish.y) / reach) * 8);
      context.lineTo(toX, toY);
      context.stroke();
    }
    if (text.ground > 0) {
      context.globalAlpha = text.ground * text.opacity;
      context.fillStyle = palette.halo;
      context.fillRect(left, top, wish.width, wish.height);
    }
    context.globalAlpha = text.opacity;
    context.textBaseline = 'middle';
    context.textAlign = text.align;
    const x = text.align === 'center' ? left + wish.width / 2 : left + 3;
    text.lines.forEach((line, index) => {
      context.font = text.fonts[index === 0 ? 0 : 1];
      context.fillStyle = index === 0 ? text.color : text.dim;
      context.fillText(line, x, top + 1 + kLineHeight * (index + 0.5));
    });
  }
}
