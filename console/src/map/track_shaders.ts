// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Shaders of the layer of tracks.

export const kSymbolVertex = `#version 300 es
layout(location=0) in vec2 a_place;
layout(location=1) in vec2 a_turn;
layout(location=2) in vec2 a_kind;
uniform mat4 u_matrix;
uniform vec2 u_pixel;
uniform float u_size;
out vec2 v_at;
flat out vec2 v_kind;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float((gl_VertexID >> 1) & 1)) * 2.0 - 1.0;
  v_at = corner * u_size;
  v_kind = a_kind;
  vec2 turned = vec2(v_at.x * a_turn.y + v_at.y * a_turn.x, -v_at.x * a_turn.x + v_at.y * a_turn.y);
  vec4 place = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_Position = place + vec4(turned * u_pixel * place.w, 0.0, 0.0);
}`;

// kind.x: 0 seen, 1 estimated, 2 lost; kind.y: 1 direction known, + 2 caution or + 4 warning.
export const kSymbolFragment = `#version 300 es
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
export const kLineVertex = `#version 300 es
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
  vec4 end = ((gl_VertexID >> 1) & 1) == 0 ? a : b;
  gl_Position = end + vec4(across * v_side * u_pixel * end.w, 0.0, 0.0);
}`;

export const kLineFragment = `#version 300 es
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

// Many plain arrows: four corners, two triangles, one colour. A processor that draws without
// graphics hardware has a tenth of the pixels to think about.
export const kArrowVertex = `#version 300 es
layout(location=0) in vec2 a_place;
layout(location=1) in vec2 a_turn;
layout(location=2) in vec2 a_kind;
uniform mat4 u_matrix;
uniform vec2 u_pixel;
const vec2 kCorners[4] =
  vec2[4](vec2(-5.0, -5.5), vec2(0.0, 7.0), vec2(0.0, -2.4), vec2(5.0, -5.5));
void main() {
  vec2 at = kCorners[gl_VertexID & 3];
  vec2 turned = vec2(at.x * a_turn.y + at.y * a_turn.x, -at.x * a_turn.x + at.y * a_turn.y);
  vec4 place = u_matrix * vec4(a_place, 0.0, 1.0);
  gl_Position = place + vec4(turned * u_pixel * place.w, 0.0, 0.0);
}`;

export const kArrowFragment = `#version 300 es
precision lowp float;
uniform vec4 u_color;
out vec4 color;
void main() {
  color = u_color;
}`;
