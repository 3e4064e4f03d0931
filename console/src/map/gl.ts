// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// The little of WebGL2 that the layer of tracks needs.

export function makeProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('the browser makes no shader');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
      throw new Error(`a shader: ${gl.getShaderInfoLog(shader) ?? ''}`);
    }
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`a program: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  return program;
}

/**
 * Many squares of two triangles, each with `sizes` floats of its own at all four corners. Not drawn
 * as instances: without graphics hardware each instance is as dear as a whole draw.
 */
export class Squares {
  private readonly vao: WebGLVertexArrayObject;
  private readonly buffer: WebGLBuffer;
  private readonly indexBuffer: WebGLBuffer;
  private readonly stride: number;
  private room = 0;
  private count = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    sizes: readonly number[],
  ) {
    this.vao = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.indexBuffer = gl.createBuffer();
    this.stride = sizes.reduce((sum, size) => sum + size, 0);
    gl.bindVertexArray(this.vao);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.indexBuffer);
    let offset = 0;
    sizes.forEach((size, index) => {
      gl.enableVertexAttribArray(index);
      gl.vertexAttribPointer(index, size, gl.FLOAT, false, this.stride * 4, offset);
      offset += size * 4;
    });
    gl.bindVertexArray(null);
  }

  /** `data`: the floats of each square once. */
  upload(data: Float32Array): void {
    const { gl, stride } = this;
    this.count = data.length / stride;
    const corners = new Float32Array(data.length * 4);
    for (let square = 0; square < this.count; square += 1) {
      const one = data.subarray(square * stride, (square + 1) * stride);
      for (let corner = 0; corner < 4; corner += 1)
        corners.set(one, (4 * square + corner) * stride);
    }
    gl.bindVertexArray(this.vao);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.DYNAMIC_DRAW);
    if (this.count > this.room) this.growIndex();
    gl.bindVertexArray(null);
  }

  private growIndex(): void {
    const { gl } = this;
    this.room = Math.max(256, 2 ** Math.ceil(Math.log2(this.count)));
    const index = new Uint32Array(this.room * 6);
    for (let square = 0; square < this.room; square += 1) {
      const first = 4 * square;
      index.set([first, first + 1, first + 2, first + 2, first + 1, first + 3], square * 6);
    }
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
  }

  draw(): void {
    if (this.count === 0) return;
    const { gl } = this;
    gl.bindVertexArray(this.vao);
    gl.drawElements(gl.TRIANGLES, this.count * 6, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }

  delete(): void {
    this.gl.deleteVertexArray(this.vao);
    this.gl.deleteBuffer(this.buffer);
    this.gl.deleteBuffer(this.indexBuffer);
  }
}

/** A matrix times a shift in x and y, in double: single floats would shake at high zoom. */
export function shifted(matrix: ArrayLike<number>, x: number, y: number): Float32Array {
  const out = Float32Array.from(matrix);
  for (let row = 0; row < 4; row += 1) {
    out[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  }
  return out;
}
