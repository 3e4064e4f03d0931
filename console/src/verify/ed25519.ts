// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by the one strict rule (docs/decisions/0007): that of libsodium 1.0.18. Engines answer
// differently on keys and signatures that were made to split verifiers, so that theirs is not used.
// Only public data is verified: nothing here is hidden from a clock.
import { joined } from './bytes';
import { sha512 } from './sha2';

const kP = (1n << 255n) - 19n;
const kOrder = (1n << 252n) + 27742317777372353535851937790883648493n;
const kLow255 = (1n << 255n) - 1n;

function mod(x: bigint): bigint {
  const rest = x % kP;
  return rest < 0n ? rest + kP : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  // Four bits at once.
  const powers = [1n];
  while (powers.length < 16) powers.push((powers[powers.length - 1]! * base) % kP);
  let out = 1n;
  for (const digit of exponent.toString(16)) {
    for (let bit = 0; bit < 4; ++bit) out = (out * out) % kP;
    out = (out * powers[parseInt(digit, 16)]!) % kP;
  }
  return out;
}

const inverse = (x: bigint): bigint => power(x, kP - 2n);

const kD = mod(-121665n * inverse(121666n));
const kD2 = mod(2n * kD);
const kRootOfMinusOne = power(2n, (kP - 1n) / 4n);

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
interface Point {
  x: bigint;
  y: bigint;
  z: bigint;
  t: bigint;
}

const kNeutral: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

function add(a: Point, b: Point): Point {
  const minus = (a.y - a.x) * (b.y - b.x);
  const plus = (a.y + a.x) * (b.y + b.x);
  const t = ((a.t * kD2) % kP) * b.t;
  const z = 2n * a.z * b.z;
  return product(plus - minus, z - t, z + t, plus + minus);
}

function double(a: Point): Point {
  const xx = a.x * a.x;
  const yy = a.y * a.y;
  const sum = a.x + a.y;
  const g = yy - xx;
  return product(sum * sum - xx - yy, g - 2n * a.z * a.z, g, -xx - yy);
}

// What an addition and a doubling end with: E, F, G, H.
function product(e: bigint, f: bigint, g: bigint, h: bigint): Point {
  e %= kP;
  f %= kP;
  g %= kP;
  h %= kP;
  return { x: (e * f) % kP, y: (g * h) % kP, z: (f * g) % kP, t: (e * h) % kP };
}

/** The point with this y and this sign of x; null where the curve has none. */
function pointAt(y: bigint, isOdd: boolean): Point | null {
  const u = mod(y * y - 1n);
  const v = mod(kD * y * y + 1n);
  // x = (u/v)^((p+3)/8), or that times the root of -1.
  const v3 = mod(v * v * v);
  let x = mod(u * v3 * power(mod(u * v3 * v3 * v), (kP - 5n) / 8n));
  const square = mod(v * x * x);
  if (square !== u) {
    if (square !== mod(-u)) return null;
    x = mod(x * kRootOfMinusOne);
  }
  if (((x & 1n) === 1n) !== isOdd) x = mod(-x);
  return { x, y, z: 1n, t: mod(x * y) };
}

/** 1, 2, 3 ... 15 times the point. */
function multiplesOf(point: Point): Point[] {
  const out = [kNeutral, point];
  while (out.length < 16) out.push(add(out[out.length - 1]!, point));
  return out;
}

const kBase = pointAt(mod(4n * inverse(5n)), false) as Point;
const kBaseMultiples = multiplesOf(kBase);

function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x';
  for (let i = bytes.length; i-- > 0; ) hex += bytes[i]!.toString(16).padStart(2, '0');
  return BigInt(hex);
}

/** A square root; null where there is none. */
function squareRoot(square: bigint): bigint | null {
  const root = power(square, (kP + 3n) / 8n);
  const roots = [root, mod(root * kRootOfMinusOne)];
  return roots.find((one) => mod(one * one) === square) ?? null;
}

/** The y of all eight points whose order divides 8. */
function smallOrderYs(): bigint[] {
  // A point of order 8 doubles to one with y = 0: x^2 = -y^2, and so d y^4 + 2 y^2 = 1.
  const root = squareRoot(mod(1n + kD)) as bigint;
  const ys = [root, -root].map((one) => squareRoot(mod((one - 1n) * inverse(kD))));
  return [0n, 1n, kP - 1n, ...ys.flatMap((y) => (y === null ? [] : [y, kP - y]))];
}

const kSmallOrderYs: ReadonlySet<bigint> = new Set(smallOrderYs());

/** The y that 32 bytes write, without the sign of x; it may be p or above. */
const yOf = (bytes: Uint8Array): bigint => numberOf(bytes) & kLow255;

// Signatures that held: all receipts of a bundle have the same few checkpoints. What is hashed with
// the message names the key and R too.
const kMostKept = 1000;
const held = new Set<string>();

/** Whether `signature` (64 bytes) of `message` is that of `key` (32 bytes). */
export function verifyEd25519(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = numberOf(signature.subarray(32));
  const y = yOf(key);
  if (s >= kOrder || y >= kP) return false;
  if (kSmallOrderYs.has(y) || kSmallOrderYs.has(yOf(r) % kP)) return false;
  const point = pointAt(y, key[31]! >= 0x80);
  if (point === null) return false;
  const digest = numberOf(sha512(joined(r, key, message)));
  const name = `${digest} ${s}`;
  if (held.has(name)) return true;
  if (!isHeld(r, s, digest % kOrder, point)) return false;
  if (held.size >= kMostKept) held.clear();
  held.add(name);
  return true;
}

function isHeld(r: Uint8Array, s: bigint, k: bigint, key: Point): boolean {
  // [s]B - [k]A has to be R, to the byte: without the cofactor, and R in its one form.
  const minusKey = { x: kP - key.x, y: key.y, z: 1n, t: kP - key.t };
  const sum = sumOfMultiples(s, kBaseMultiples, k, multiplesOf(minusKey));
  const toAffine = inverse(mod(sum.z));
  const isOdd = mod(sum.x * toAffine) & 1n;
  return (mod(sum.y * toAffine) | (isOdd << 255n)) === numberOf(r);
}

/** [a]P + [b]Q, four bits of both at once. */
function sumOfMultiples(a: bigint, ofP: Point[], b: bigint, ofQ: Point[]): Point {
  const digits = (n: bigint) => n.toString(16).padStart(64, '0');
  const aDigits = digits(a);
  const bDigits = digits(b);
  let out = kNeutral;
  for (let i = 0; i < 64; ++i) {
    for (let bit = 0; i > 0 && bit < 4; ++bit) out = double(out);
    const p = parseInt(aDigits[i]!, 16);
    const q = parseInt(bDigits[i]!, 16);
    if (p > 0) out = add(out, ofP[p]!);
    if (q > 0) out = add(out, ofQ[q]!);
  }
  return out;
}
