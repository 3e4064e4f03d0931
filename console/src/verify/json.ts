// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// JSON (RFC 8259), read strictly: JSON.parse hides a member that stands twice, and where a value
// began and ended.
import { rawOfText, textOf, type Raw } from './bytes';
import { Fault } from './fault';

export interface JsonObject {
  kind: 'object';
  members: [name: Raw, value: Json][];
  start: number;
  end: number;
}

export type Json =
  | JsonObject
  | { kind: 'array'; items: Json[] }
  | { kind: 'string'; text: Raw }
  /** `whole` where it is written without point and exponent. */
  | { kind: 'number'; whole: bigint | null }
  | { kind: 'true' | 'false' | 'null' };

const kBlanks = /[ \t\n\r]*/y;
const kNumber = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const kPlain = /[^"\\\x00-\x1f]*/y;
const kWord = /true|false|null/y;
const kHex = /[0-9a-fA-F]{4}/y;
const kEscapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  private at = 0;

  constructor(
    private readonly text: Raw,
    private readonly maxDepth: number,
  ) {}

  read(): Json {
    const value = this.value(1);
    if (this.at !== this.text.length) this.fail();
    return value;
  }

  private fail(): never {
    throw new Fault('kSyntax', 'expected JSON');
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at += found[0].length;
    return found[0];
  }

  private is(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    ++this.at;
    this.take(kBlanks);
    return true;
  }

  private expect(character: string): void {
    if (!this.is(character)) this.fail();
  }

  // With the blanks on both sides of it.
  private value(depth: number): Json {
    this.take(kBlanks);
    const value = this.bare(depth);
    this.take(kBlanks);
    return value;
  }

  private bare(depth: number): Json {
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      if (depth > this.maxDepth) throw new Fault('kTooDeep', 'nested too deep');
      return first === '{' ? this.object(depth) : this.array(depth);
    }
    if (first === '"') return { kind: 'string', text: this.string() };
    const word = this.take(kWord);
    if (word !== null) return { kind: word as 'true' | 'false' | 'null' };
    return this.number();
  }

  private object(depth: number): Json {
    const out: JsonObject = { kind: 'object', members: [], start: this.at, end: 0 };
    this.expect('{');
    if (this.text[this.at] !== '}') {
      do {
        const name = this.string();
        this.take(kBlanks);
        this.expect(':');
        out.members.push([name, this.value(depth + 1)]);
      } while (this.is(','));
    }
    if (this.text[this.at] !== '}') this.fail();
    out.end = ++this.at;
    return out;
  }

  private array(depth: number): Json {
    const items: Json[] = [];
    this.expect('[');
    if (!this.is(']')) {
      do {
        items.push(this.value(depth + 1));
      } while (this.is(','));
      this.expect(']');
    }
    return { kind: 'array', items };
  }

  // As the program reads them: whole numbers from -2^63 up to 2^64, and of others no infinity.
  private number(): Json {
    const text = this.take(kNumber);
    if (text === null) return this.fail();
    if (/[.eE]/.test(text)) {
      if (!Number.isFinite(Number(text))) this.fail();
      return { kind: 'number', whole: null };
    }
    if (text.length > 20) this.fail();
    const whole = BigInt(text);
    if (whole >= 1n << 64n || whole < -(1n << 63n)) this.fail();
    return { kind: 'number', whole };
  }

  private string(): Raw {
    if (this.text[this.at] !== '"') this.fail();
    ++this.at;
    let out = this.take(kPlain)!;
    while (this.text[this.at] === '\\') {
      ++this.at;
      out += this.escape() + this.take(kPlain)!;
    }
    if (this.text[this.at] !== '"') this.fail();
    ++this.at;
    return out;
  }

  private escape(): Raw {
    const letter = this.text[this.at++] ?? '';
    if (letter !== 'u') return kEscapes[letter] ?? this.fail();
    const unit = this.unit();
    if (unit >= 0xdc00 && unit < 0xe000) this.fail();
    if (unit < 0xd800 || unit >= 0xe000) return rawOfText(String.fromCharCode(unit));
    if (this.text.slice(this.at, this.at + 2) !== '\\u') this.fail();
    this.at += 2;
    const low = this.unit();
    if (low < 0xdc00 || low >= 0xe000) this.fail();
    return rawOfText(String.fromCharCode(unit, low));
  }

  private unit(): number {
    return parseInt(this.take(kHex) ?? this.fail(), 16);
  }
}

/** Brackets nested deeper than `maxDepth` are a kTooDeep, all else a kSyntax. */
export function parseJson(text: Raw, maxDepth: number): Json {
  if (textOf(text) === null) throw new Fault('kSyntax', 'expected UTF-8');
  return new Reader(text, maxDepth).read();
}
