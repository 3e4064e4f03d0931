// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { kTrailPoints, type Dot } from '../model/tracks';
import { Instances, makeProgram, shifted } from './gl';
import { mercatorX, mercatorY, unitsOfMetre } from './mercator';
import { rgb, type Palette } from './palette';

// Tracks: a symbol that points where the aircraft flies, where it was in the last minute, and where
// it will be in the next if nothing changes. Estimated is hollow; lost is a cross.

const kSymbolVertex = `#version 300 es
layout(location=0) in vec2 a_place;
layout(location=1) in vec2 a_turn;
layout(location=2) in vec2 a_kind;
uniform mat4 u_matrix;
uniform vec2 u_pixel;
uniform float u_size;
out vec2 v_at;
flat out vec2 v_kind;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  v_at = corner * u_size;
  v_kind = a_kind;
  vec2 turned = vec2(v_at.x * a_turn.y + v_at.y * a_turn.x, -v_at.x * a_turn.x + v_at.y * a_turn.y);
  vec4 place = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_Position = place + vec4(turned * u_pixel * place.w, 0.0, 0.0);
}`;

// kind.x: 0 seen, 1 estimated, 2 lost; kind.y: 1 direction known, + 2 caution or + 4 warning.
const kSymbolFragment = `#version 300 es
precision mediump float;
in vec2 v_at;
flat in vec2 v_kind;
uniform vec4 u_color;
uniform vec4 u_caution;
uniform vec4 u_warning;
uniform vec4 u_halo;
uniform float u_feather;
out vec4 color;
float arrow(vec2 p) {
  p.x = abs(p.x);
  float side = dot(p - vec2(0.0, 7.0), normalize(vec2(12.0, 5.0)));
  float notch = -dot(p - vec2(0.0, -2.2), normalize(vec2(-2.8, 5.0)));
  return max(side, notch);
}
void main() {
  float direction = mod(v_kind.y, 2.0);
  float shape = direction > 0.5 ? arrow(v_at) : length(v_at) - 3.8;
  if (v_kind.x > 1.5) {
    vec2 p = abs(v_at);
    shape = max(abs(p.x - p.y) * 0.7071 - 0.9, max(p.x, p.y) - 5.0);
  } else if (v_kind.x > 0.5) {
    shape = abs(shape + 0.8) - 0.75;
  }
  vec4 ink = v_kind.y > 3.5 ? u_warning : v_kind.y > 1.5 ? u_caution : u_color;
  float inside = 1.0 - smoothstep(-u_feather, u_feather, shape);
  float around = 1.0 - smoothstep(-u_feather, u_feather, shape - 1.6);
  color = mix(u_halo * around * 0.85, ink, inside);
}`;

// A stretch from a to b with its opacity, a pixel and a half wide.
const kLineVertex = `#version 300 es
layout(location=0) in vec4 a_ends;
layout(location=1) in vec2 a_look;
uniform mat4 u_matrix;
uniform vec2 u_pixel;
out float v_side;
flat out vec2 v_look;
void main() {
  vec4 a = u_matrix * vec4(a_ends.xy, 0.0, 1.0);
  vec4 b = u_matrix * vec4(a_ends.zw, 0.0, 1.0);
  vec2 along = (b.xy / b.w - a.xy / a.w) / u_pixel;
  float size = max(length(along), 0.001);
  vec2 across = vec2(-along.y, along.x) / size;
  v_side = (float(gl_VertexID & 1) * 2.0 - 1.0) * 1.6;
  v_look = a_look;
  vec4 end = (gl_VertexID >> 1) == 0 ? a : b;
  gl_Position = end + vec4(across * v_side * u_pixel * end.w, 0.0, 0.0);
}`;

const kLineFragment = `#version 300 es
precision mediump float;
in float v_side;
flat in vec2 v_look;
uniform vec4 u_color;
uniform vec4 u_caution;
uniform vec4 u_warning;
out vec4 color;
void main() {
  float ink = (1.0 - smoothstep(0.4, 1.4, abs(v_side))) * v_look.x;
  color = (v_look.y > 1.5 ? u_warning : v_look.y > 0.5 ? u_caution : u_color) * ink;
}`;

/** Below this zoom a minute of flight is a few pixels, and drawn as nothing. */
const kLinesFromZoom = 5.5;
const kVectorS = 60;
const kMetresPerSecondOfKnot = 1852 / 3600;
const kSymbolPixels = 9;
const kUrgency: Record<string, number> = { caution: 1, warning: 2 };

export class TracksLayer implements CustomLayerInterface {
  readonly id = 'tracks';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  private map: MapLibre | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private symbolProgram: WebGLProgram | null = null;
  private lineProgram: WebGLProgram | null = null;
  private symbols: Instances | null = null;
  private lines: Instances | null = null;
  private anchor: [number, number] = [0.5, 0.5];
  private dots: readonly Dot[] = [];
  private alerted: ReadonlyMap<string, string> = new Map();
  private isFresh = true;
  opacity = 1;

  constructor(private palette: Palette) {}

  setPalette(palette: Palette): void {
    this.palette = palette;
  }

  /** `alerted`: tracks of open situations, drawn in the alert's colour. */
  setDots(dots: readonly Dot[], alerted: ReadonlyMap<string, string>): void {
    this.dots = dots;
    this.alerted = alerted;
    this.isFresh = false;
  }

  onAdd(map: MapLibre, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    const context = gl as WebGL2RenderingContext;
    this.map = map;
    this.gl = context;
    this.symbolProgram = makeProgram(context, kSymbolVertex, kSymbolFragment);
    this.lineProgram = makeProgram(context, kLineVertex, kLineFragment);
    this.symbols = new Instances(context, [2, 2, 2]);
    this.lines = new Instances(context, [4, 2]);
    this.isFresh = false;
  }

  onRemove(): void {
    this.symbols?.delete();
    this.lines?.delete();
    this.gl?.deleteProgram(this.symbolProgram);
    this.gl?.deleteProgram(this.lineProgram);
    this.gl = null;
  }

  render(
    context: WebGLRenderingContext | WebGL2RenderingContext,
    options: CustomRenderMethodInput,
  ): void {
    const gl = context as WebGL2RenderingContext;
    const { map, symbols, lines } = this;
    if (map === null || symbols === null || lines === null || this.opacity === 0) return;
    if (!this.isFresh) this.upload(map, symbols, lines);
    const matrix = shifted(options.defaultProjectionData.mainMatrix, ...this.anchor);
    const ratio = window.devicePixelRatio || 1;
    const pixel: [number, number] = [
      (2 * ratio) / gl.drawingBufferWidth,
      (2 * ratio) / gl.drawingBufferHeight,
    ];
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    if (map.getZoom() >= kLinesFromZoom) {
      this.begin(gl, this.lineProgram, matrix, pixel);
      lines.draw();
    }
    const program = this.symbolProgram;
    this.begin(gl, program, matrix, pixel);
    if (program !== null) {
      const zoom = map.getZoom();
      const size = zoom < 4 ? 6.5 : zoom < 8 ? 9 : 11;
      const shrink = size / kSymbolPixels;
      gl.uniform2f(gl.getUniformLocation(program, 'u_pixel'), pixel[0] * shrink, pixel[1] * shrink);
      gl.uniform1f(gl.getUniformLocation(program, 'u_size'), kSymbolPixels);
      gl.uniform1f(gl.getUniformLocation(program, 'u_feather'), 0.6 / (ratio * shrink));
      const [r, g, b] = rgb(this.palette.halo);
      const a = this.opacity;
      gl.uniform4f(gl.getUniformLocation(program, 'u_halo'), r * a, g * a, b * a, a);
    }
    symbols.draw();
  }

  private begin(
    gl: WebGL2RenderingContext,
    program: WebGLProgram | null,
    matrix: Float32Array,
    pixel: [number, number],
  ): void {
    if (program === null) return;
    gl.useProgram(program);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, 'u_matrix'), false, matrix);
    gl.uniform2f(gl.getUniformLocation(program, 'u_pixel'), ...pixel);
    for (const [name, hex] of [
      ['u_color', this.palette.track],
      ['u_caution', this.palette.caution],
      ['u_warning', this.palette.warning],
    ] as const) {
      const [r, g, b] = rgb(hex);
      const a = this.opacity;
      gl.uniform4f(gl.getUniformLocation(program, name), r * a, g * a, b * a, a);
    }
  }

  private upload(map: MapLibre, symbols: Instances, lines: Instances): void {
    const center = map.getCenter();
    this.anchor = [mercatorX(center.lng), mercatorY(center.lat)];
    const near = (lon: number): number => {
      const there = mercatorX(lon) - this.anchor[0];
      return there - Math.round(there);
    };
    const ink = new Float32Array(this.dots.length * 6);
    const stretches: number[] = [];
    this.dots.forEach((dot, index) => {
      const x = near(dot.lon);
      const y = mercatorY(dot.lat) - this.anchor[1];
      const turn = ((dot.direction ?? 0) * Math.PI) / 180;
      const urgency = kUrgency[this.alerted.get(dot.track) ?? ''] ?? 0;
      const kind = dot.isLost ? 2 : dot.isEstimated ? 1 : 0;
      const known = dot.direction === null || dot.isLost ? 0 : 1;
      ink.set([x, y, known * Math.sin(turn), known === 1 ? Math.cos(turn) : 1], index * 6);
      ink.set([kind, known + 2 * urgency], index * 6 + 4);
      if (known === 1 && dot.speedKt !== null) {
        const reach = dot.speedKt * kMetresPerSecondOfKnot * kVectorS * unitsOfMetre(dot.lat);
        const endX = x + Math.sin(turn) * reach;
        stretches.push(x, y, endX, y - Math.cos(turn) * reach, dot.isEstimated ? 0.4 : 0.8);
        stretches.push(urgency);
      }
      this.addTrail(stretches, dot, x, y, near, urgency);
    });
    symbols.upload(ink);
    lines.upload(Float32Array.from(stretches));
    this.isFresh = true;
  }

  private addTrail(
    stretches: number[],
    dot: Dot,
    x: number,
    y: number,
    near: (lon: number) => number,
    urgency: number,
  ): void {
    let fromX = x;
    let fromY = y;
    for (let i = 0; i + 1 < dot.trail.length; i += 2) {
      const toX = near(dot.trail[i] ?? 0);
      const toY = mercatorY(dot.trail[i + 1] ?? 0) - this.anchor[1];
      const fade = 0.5 * (1 - i / (2 * kTrailPoints));
      if (Math.abs(toX - fromX) < 0.5) stretches.push(fromX, fromY, toX, toY, fade, urgency);
      fromX = toX;
      fromY = toY;
    }
  }
}
