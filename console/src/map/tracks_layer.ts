// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { kTrailPoints, type Dot } from '../model/tracks';
import { Squares, makeProgram, shifted } from './gl';
import { mercatorX, mercatorY, unitsOfMetre } from './mercator';
import { rgb, type Palette } from './palette';
import {
  kArrowFragment,
  kArrowVertex,
  kLineFragment,
  kLineVertex,
  kSymbolFragment,
  kSymbolVertex,
} from './track_shaders';

// Tracks: a symbol that points where the aircraft flies, where it was in the last minute, and where
// it will be in the next if nothing changes. Estimated is hollow; lost is a cross.

/** Below this zoom a minute of flight is a few pixels, and drawn as nothing. */
const kLinesFromZoom = 5.5;
const kVectorS = 60;
const kMetresPerSecondOfKnot = 1852 / 3600;
const kSymbolPixels = 9;
/** With more tracks than this, those with nothing special about them are plain arrows. */
const kCrowd = 800;
const kUrgency: Record<string, number> = { caution: 1, warning: 2 };

export class TracksLayer implements CustomLayerInterface {
  readonly id = 'tracks';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  private map: MapLibre | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private programs: { symbol: WebGLProgram; arrow: WebGLProgram; line: WebGLProgram } | null = null;
  private symbols: Squares | null = null;
  private arrows: Squares | null = null;
  private lines: Squares | null = null;
  private anchor: [number, number] = [0.5, 0.5];
  private dots: readonly Dot[] = [];
  private alerted: ReadonlyMap<string, string> = new Map();
  private areSymbolsFresh = true;
  private areLinesFresh = true;
  opacity = 1;

  constructor(private palette: Palette) {}

  setPalette(palette: Palette): void {
    this.palette = palette;
  }

  /** `alerted`: tracks of open situations with the severity of each, drawn in its colour. */
  setDots(dots: readonly Dot[], alerted: ReadonlyMap<string, string>): void {
    this.dots = dots;
    this.alerted = alerted;
    this.areSymbolsFresh = false;
    this.areLinesFresh = false;
  }

  onAdd(map: MapLibre, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    const context = gl as WebGL2RenderingContext;
    this.map = map;
    this.gl = context;
    this.programs = {
      symbol: makeProgram(context, kSymbolVertex, kSymbolFragment),
      arrow: makeProgram(context, kArrowVertex, kArrowFragment),
      line: makeProgram(context, kLineVertex, kLineFragment),
    };
    this.symbols = new Squares(context, [2, 2, 2]);
    this.arrows = new Squares(context, [2, 2, 2]);
    this.lines = new Squares(context, [4, 2]);
    this.areSymbolsFresh = false;
    this.areLinesFresh = false;
  }

  onRemove(): void {
    for (const one of [this.symbols, this.arrows, this.lines]) one?.delete();
    for (const one of Object.values(this.programs ?? {})) this.gl?.deleteProgram(one);
    this.gl = null;
    this.programs = null;
  }

  render(
    context: WebGLRenderingContext | WebGL2RenderingContext,
    options: CustomRenderMethodInput,
  ): void {
    const gl = context as WebGL2RenderingContext;
    const { map, programs, symbols, arrows, lines } = this;
    if (map === null || programs === null || this.opacity === 0) return;
    if (symbols === null || arrows === null || lines === null) return;
    const zoom = map.getZoom();
    const withLines = zoom >= kLinesFromZoom;
    if (!this.areSymbolsFresh) this.uploadSymbols(map, symbols, arrows);
    if (withLines && !this.areLinesFresh) this.uploadLines(lines);
    const matrix = shifted(options.defaultProjectionData.mainMatrix, ...this.anchor);
    const ratio = window.devicePixelRatio || 1;
    const pixel: [number, number] = [
      (2 * ratio) / gl.drawingBufferWidth,
      (2 * ratio) / gl.drawingBufferHeight,
    ];
    const size = zoom < 4 ? 6.5 : zoom < 8 ? 9 : 11;
    const shrink = size / kSymbolPixels;
    const symbolPixel: [number, number] = [pixel[0] * shrink, pixel[1] * shrink];
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    if (withLines) {
      this.begin(gl, programs.line, matrix, pixel);
      lines.draw();
    }
    this.begin(gl, programs.arrow, matrix, symbolPixel);
    arrows.draw();
    this.begin(gl, programs.symbol, matrix, symbolPixel);
    gl.uniform1f(gl.getUniformLocation(programs.symbol, 'u_size'), kSymbolPixels);
    gl.uniform1f(gl.getUniformLocation(programs.symbol, 'u_feather'), 0.6 / (ratio * shrink));
    symbols.draw();
  }

  private begin(
    gl: WebGL2RenderingContext,
    program: WebGLProgram,
    matrix: Float32Array,
    pixel: [number, number],
  ): void {
    gl.useProgram(program);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, 'u_matrix'), false, matrix);
    gl.uniform2f(gl.getUniformLocation(program, 'u_pixel'), ...pixel);
    for (const [name, hex] of [
      ['u_color', this.palette.track],
      ['u_caution', this.palette.caution],
      ['u_warning', this.palette.warning],
      ['u_halo', this.palette.halo],
    ] as const) {
      const [r, g, b] = rgb(hex);
      const a = this.opacity;
      gl.uniform4f(gl.getUniformLocation(program, name), r * a, g * a, b * a, a);
    }
  }

  private near(lon: number): number {
    const there = mercatorX(lon) - this.anchor[0];
    return there - Math.round(there);
  }

  private urgencyOf(dot: Dot): number {
    return kUrgency[this.alerted.get(dot.track) ?? ''] ?? 0;
  }

  private uploadSymbols(map: MapLibre, symbols: Squares, arrows: Squares): void {
    const center = map.getCenter();
    this.anchor = [mercatorX(center.lng), mercatorY(center.lat)];
    this.areLinesFresh = false;
    const isCrowd = this.dots.length > kCrowd;
    const special = new Float32Array(this.dots.length * 6);
    const plain = new Float32Array(isCrowd ? this.dots.length * 6 : 0);
    let specials = 0;
    let plains = 0;
    for (const dot of this.dots) {
      const urgency = this.urgencyOf(dot);
      const kind = dot.isLost ? 2 : dot.isEstimated ? 1 : 0;
      const known = dot.direction === null || dot.isLost ? 0 : 1;
      const turn = known === 1 ? ((dot.direction ?? 0) * Math.PI) / 180 : 0;
      const isPlain = isCrowd && kind === 0 && known === 1 && urgency === 0;
      const into = isPlain ? plain : special;
      const at = 6 * (isPlain ? plains++ : specials++);
      into[at] = this.near(dot.lon);
      into[at + 1] = mercatorY(dot.lat) - this.anchor[1];
      into[at + 2] = Math.sin(turn);
      into[at + 3] = Math.cos(turn);
      into[at + 4] = kind;
      into[at + 5] = known + 2 * urgency;
    }
    symbols.upload(special.subarray(0, specials * 6));
    arrows.upload(plain.subarray(0, plains * 6));
    this.areSymbolsFresh = true;
  }

  private uploadLines(lines: Squares): void {
    const stretches: number[] = [];
    for (const dot of this.dots) {
      const urgency = this.urgencyOf(dot);
      const x = this.near(dot.lon);
      const y = mercatorY(dot.lat) - this.anchor[1];
      if (dot.direction !== null && dot.speedKt !== null && !dot.isLost) {
        const turn = (dot.direction * Math.PI) / 180;
        const reach = dot.speedKt * kMetresPerSecondOfKnot * kVectorS * unitsOfMetre(dot.lat);
        const toX = x + Math.sin(turn) * reach;
        const toY = y - Math.cos(turn) * reach;
        stretches.push(x, y, toX, toY, dot.isEstimated ? 0.4 : 0.8, urgency);
      }
      this.addTrail(stretches, dot, x, y, urgency);
    }
    lines.upload(Float32Array.from(stretches));
    this.areLinesFresh = true;
  }

  private addTrail(stretches: number[], dot: Dot, x: number, y: number, urgency: number): void {
    let fromX = x;
    let fromY = y;
    for (let i = 0; i + 1 < dot.trail.length; i += 2) {
      const toX = this.near(dot.trail[i] ?? 0);
      const toY = mercatorY(dot.trail[i + 1] ?? 0) - this.anchor[1];
      const fade = 0.5 * (1 - i / (2 * kTrailPoints));
      if (Math.abs(toX - fromX) < 0.5) stretches.push(fromX, fromY, toX, toY, fade, urgency);
      fromX = toX;
      fromY = toY;
    }
  }
}
