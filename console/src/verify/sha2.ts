// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 and SHA-512 (FIPS 180-4), at once: a bundle has thousands of small hashes, for which the
// browser's own, which answers later, takes longer; and that one is absent where a page came
// without TLS.

/** The first `count` primes. */
function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; ++n) {
    if (found.every((prime) => n % prime !== 0n)) found.push(n);
  }
  return found;
}

/** The first 64 bits behind the point of a number's root of that degree. */
function rootBits(number: bigint, degree: bigint): bigint {
  const wanted = number << (64n * degree);
  let root = 0n;
  // Bit after bit, from one above all roots that occur here.
  for (let bit = 1n << 70n; bit > 0n; bit >>= 1n) {
    if ((root + bit) ** degree <= wanted) root += bit;
  }
  return root & 0xffffffffffffffffn;
}

const low32 = (value: bigint): number => Number(value & 0xffffffffn) | 0;
const halves = (values: bigint[]): Int32Array =>
  Int32Array.from(values.flatMap((value) => [low32(value >> 32n), low32(value)]));

// 64-bit constants as pairs: SHA-256 has the upper halves of the first of the same.
const kRounds = halves(primes(80).map((prime) => rootBits(prime, 3n)));
const kStart = halves(primes(8).map((prime) => rootBits(prime, 2n)));

const k256 = new Int32Array(64).map((_, i) => kRounds[2 * i]!);
const words256 = new Int32Array(64);

function block256(state: Int32Array, bytes: Uint8Array, at: number): void {
  const w = words256;
  for (let i = 0; i < 16; ++i, at += 4) {
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; ++i) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; ++i) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k256[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word));
}

const high512 = new Int32Array(80);
const low512 = new Int32Array(80);

function block512(state: Int32Array, bytes: Uint8Array, at: number): void {
  const wh = high512;
  const wl = low512;
  const word = (i: number) =>
    (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  for (let i = 0; i < 16; ++i, at += 8) {
    wh[i] = word(at);
    wl[i] = word(at + 4);
  }
  for (let i = 16; i < 80; ++i) {
    const xh = wh[i - 15]!;
    const xl = wl[i - 15]!;
    const yh = wh[i - 2]!;
    const yl = wl[i - 2]!;
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7);
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25));
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yh << 3) | (yl >>> 29)) ^ (yh >>> 6);
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yl << 3) | (yh >>> 29)) ^ ((yl >>> 6) | (yh << 26));
    const low = (wl[i - 16]! >>> 0) + (s0l >>> 0) + (wl[i - 7]! >>> 0) + (s1l >>> 0);
    wl[i] = low;
    wh[i] = wh[i - 16]! + s0h + wh[i - 7]! + s1h + Math.floor(low / 0x100000000);
  }
  const v = state.slice();
  for (let i = 0; i < 80; ++i) {
    const eh = v[8]!;
    const el = v[9]!;
    const ah = v[0]!;
    const al = v[1]!;
    const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((eh << 23) | (el >>> 9));
    const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((el << 23) | (eh >>> 9));
    const chh = (eh & v[10]!) ^ (~eh & v[12]!);
    const chl = (el & v[11]!) ^ (~el & v[13]!);
    const t1low =
      (v[15]! >>> 0) + (s1l >>> 0) + (chl >>> 0) + (kRounds[2 * i + 1]! >>> 0) + (wl[i]! >>> 0);
    const carry = Math.floor(t1low / 0x100000000);
    const t1 = (v[14]! + s1h + chh + kRounds[2 * i]! + wh[i]! + carry) | 0;
    const s0h = ((ah >>> 28) | (al << 4)) ^ ((ah << 30) | (al >>> 2)) ^ ((ah << 25) | (al >>> 7));
    const s0l = ((al >>> 28) | (ah << 4)) ^ ((al << 30) | (ah >>> 2)) ^ ((al << 25) | (ah >>> 7));
    const majh = (ah & v[2]!) ^ (ah & v[4]!) ^ (v[2]! & v[4]!);
    const majl = (al & v[3]!) ^ (al & v[5]!) ^ (v[3]! & v[5]!);
    v.copyWithin(2, 0, 14);
    const elow = (v[9]! >>> 0) + (t1low >>> 0);
    v[8] = v[8]! + t1 + Math.floor(elow / 0x100000000);
    v[9] = elow;
    const alow = (t1low >>> 0) + (s0l >>> 0) + (majl >>> 0);
    v[0] = t1 + s0h + majh + Math.floor(alow / 0x100000000);
    v[1] = alow;
  }
  for (let i = 0; i < 16; i += 2) {
    const low = (state[i + 1]! >>> 0) + (v[i + 1]! >>> 0);
    state[i] = state[i]! + v[i]! + Math.floor(low / 0x100000000);
    state[i + 1] = low;
  }
}

type Block = (state: Int32Array, bytes: Uint8Array, at: number) => void;

/** One bit, zeros, and the length in bits fill up the last block, or two. */
function hash(state: Int32Array, block: Block, blockSize: number, bytes: Uint8Array): Uint8Array {
  const whole = bytes.length - (bytes.length % blockSize);
  for (let at = 0; at < whole; at += blockSize) block(state, bytes, at);
  const left = bytes.length - whole;
  const tail = new Uint8Array(left < blockSize - blockSize / 8 ? blockSize : 2 * blockSize);
  tail.set(bytes.subarray(whole));
  tail[left] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(tail.length - 4, bytes.length << 3);
  for (let at = 0; at < tail.length; at += blockSize) block(state, tail, at);
  const out = new DataView(new ArrayBuffer(4 * state.length));
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return new Uint8Array(out.buffer);
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return hash(
    Int32Array.from({ length: 8 }, (_, i) => kStart[2 * i]!),
    block256,
    64,
    bytes,
  );
}

export function sha512(bytes: Uint8Array): Uint8Array {
  return hash(kStart.slice(), block512, 128, bytes);
}

/** RFC 2104, under a key of at most 64 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const padded = (byte: number, text: Uint8Array) => {
    const out = new Uint8Array(64 + text.length).fill(byte, 0, 64);
    key.forEach((k, i) => (out[i] = k ^ byte));
    out.set(text, 64);
    return sha256(out);
  };
  return padded(0x5c, padded(0x36, message));
}
