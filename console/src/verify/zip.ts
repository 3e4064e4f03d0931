// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Zip archives in memory, in the one plain form that bundles have: all else is refused, since two
// readers of a doubtful archive may see two sets of files. The browser unpacks.
import { rawOf, type Raw } from './bytes';
import { faults } from './fault';

export interface ZipFile {
  name: Raw;
  content: Uint8Array;
}

export const kZipLimits = {
  archiveBytes: 256 << 20,
  entries: 100_010,
  /** Unpacked, of one. */
  entryBytes: 64 << 20,
  /** Unpacked, of all. */
  totalBytes: 256 << 20,
  /** Unpacked bytes for each byte of the archive; small archives may hold `freeBytes` anyway. */
  ratio: 50,
  freeBytes: 1 << 20,
};

const kWords = {
  kNoArchive: 'expected a whole zip archive',
  kZip64: 'expected a zip without 64-bit extensions (comity verify reads those)',
  kTooManyEntries: 'expected fewer entries in a zip',
  kDuplicate: 'expected each name once in a zip',
  kEntryTooLarge: 'expected at most 64 MiB in one file of a zip',
  kTooLarge: 'expected at most 256 MiB in all files of a zip',
  kRatio: 'expected a zip that unpacks to at most 50 times its size',
  kMethod: 'expected a file that is stored or deflated, and not encrypted',
  kContent: 'expected the content whose length and checksum the zip states',
};
const fail = faults(kWords);
const failAt = (code: keyof typeof kWords, name: Raw): never =>
  faults({ [code]: `${name}: ${kWords[code]}` })(code);

interface Entry {
  name: Raw;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where the packed bytes begin. */
  at: number;
  header: number;
}

const kEndSize = 22;
const kMostComment = 0xffff;

export function isZip(bytes: Uint8Array): boolean {
  return /^PK(\x03\x04|\x05\x06)/.test(rawOf(bytes.subarray(0, 4)));
}

class Archive {
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  entries(limit: number): Entry[] {
    const end = this.end();
    const count = this.u16(end + 10);
    const size = this.u32(end + 12);
    const begin = this.u32(end + 16);
    if (count === 0xffff || size === 0xffffffff || begin === 0xffffffff) fail('kZip64');
    if (end >= 20 && this.u32(end - 20) === 0x07064b50) fail('kZip64');
    const isOneDisk = this.u16(end + 4) === 0 && this.u16(end + 6) === 0;
    if (!isOneDisk || this.u16(end + 8) !== count || begin + size !== end) fail('kNoArchive');
    if (count > limit) fail('kTooManyEntries');
    const entries: Entry[] = [];
    let at = begin;
    for (let i = 0; i < count; ++i) {
      if (at + 46 > end || this.u32(at) !== 0x02014b50) fail('kNoArchive');
      entries.push(this.entry(at, begin));
      at += 46 + this.u16(at + 28) + this.u16(at + 30) + this.u16(at + 32);
    }
    if (at !== end) fail('kNoArchive');
    this.checkApart(entries, begin);
    return entries;
  }

  private u16(at: number): number {
    return at + 2 <= this.bytes.length ? this.view.getUint16(at, true) : fail('kNoArchive');
  }

  private u32(at: number): number {
    return at + 4 <= this.bytes.length ? this.view.getUint32(at, true) : fail('kNoArchive');
  }

  // Of the record that ends the archive; one alone may look like it.
  private end(): number {
    const last = this.bytes.length - kEndSize;
    const found: number[] = [];
    for (let at = last; at >= 0 && at >= last - kMostComment; --at) {
      if (this.u32(at) === 0x06054b50 && this.u16(at + 20) === last - at) found.push(at);
    }
    return found.length === 1 ? found[0]! : fail('kNoArchive');
  }

  private name(at: number, size: number): Raw {
    if (at + size > this.bytes.length) fail('kNoArchive');
    return rawOf(this.bytes.subarray(at, at + size));
  }

  // From the directory, whose words the header before the content has to repeat.
  private entry(at: number, directory: number): Entry {
    const header = this.u32(at + 42);
    const [packed, size] = [this.u32(at + 20), this.u32(at + 24)];
    if (packed === 0xffffffff || size === 0xffffffff || header === 0xffffffff) fail('kZip64');
    const isHeader = header + 30 <= directory && this.u32(header) === 0x04034b50;
    if (!isHeader || this.u16(at + 34) !== 0) fail('kNoArchive');
    const nameSize = this.u16(header + 26);
    const entry = {
      name: this.name(at + 46, this.u16(at + 28)),
      flags: this.u16(at + 8) | this.u16(header + 6),
      method: this.u16(at + 10),
      crc: this.u32(at + 16),
      packed,
      size,
      at: header + 30 + nameSize + this.u16(header + 28),
      header,
    };
    // The method, the time, and a version that is not above the directory's.
    const isSame =
      this.name(header + 30, nameSize) === entry.name &&
      this.u16(header + 8) === entry.method &&
      this.u32(header + 10) === this.u32(at + 12) &&
      this.u16(header + 4) <= this.u16(at + 6);
    // A writer that did not know them yet left them zero, and says so in a flag.
    const isLater = (entry.flags & 8) !== 0;
    const agrees = [entry.crc, packed, size].every((value, i) => {
      const stated = this.u32(header + 14 + 4 * i);
      return stated === value || (isLater && stated === 0);
    });
    if (!isSame || !agrees) fail('kNoArchive');
    return entry;
  }

  // No byte belongs to two files, or to a file and the directory.
  private checkApart(entries: Entry[], directory: number): void {
    let at = 0;
    for (const entry of [...entries].sort((a, b) => a.header - b.header)) {
      if (entry.header < at) fail('kNoArchive');
      at = entry.at + entry.packed;
    }
    if (at > directory) fail('kNoArchive');
  }
}

// --- Content -------------------------------------------------------------------------------------

const kCrcs = new Int32Array(256).map((_, i) => {
  for (let bit = 0; bit < 8; ++bit) i = i & 1 ? (i >>> 1) ^ 0xedb88320 : i >>> 1;
  return i;
});

export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ kCrcs[(crc ^ byte) & 0xff]!;
  return ~crc >>> 0;
}

/** What is packed, as gzip has it: every engine unpacks that, and compares length and checksum. */
function gzipOf(packed: Uint8Array, entry: Entry): Blob {
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, entry.crc, true);
  tail.setUint32(4, entry.size, true);
  const head = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
  return new Blob([head, packed as BlobPart, tail.buffer]);
}

// Never more than the entry states, whatever unpacks; null where it does not.
async function inflate(packed: Uint8Array, entry: Entry): Promise<Uint8Array | null> {
  const out = new Uint8Array(entry.size);
  let filled = 0;
  const stream = gzipOf(packed, entry).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return filled === out.length ? out : null;
      if (filled + value.length > out.length) {
        await reader.cancel();
        return null;
      }
      out.set(value, filled);
      filled += value.length;
    }
  } catch {
    return null;
  }
}

/** The sizes that it states are counted before any of it is unpacked. */
function checkSizes(entries: Entry[], archiveSize: number, limits: typeof kZipLimits): void {
  let total = 0;
  for (const { name, flags, method, size } of entries) {
    // Encrypted; patched; encrypted strongly; with a hidden header.
    const isPlain = (flags & (1 | 32 | 64 | 8192)) === 0 && (method === 0 || method === 8);
    if (!isPlain) failAt('kMethod', name);
    if (size > limits.entryBytes) failAt('kEntryTooLarge', name);
    total += size;
    if (total > limits.totalBytes) failAt('kTooLarge', name);
    const isBomb = Math.floor(total / limits.ratio) > archiveSize;
    if (total > limits.freeBytes && isBomb) failAt('kRatio', name);
  }
}

/** All files of an archive, in its order; folders (names that end in a slash) are left out. */
export async function readZip(bytes: Uint8Array, limits = kZipLimits): Promise<ZipFile[]> {
  if (bytes.length > limits.archiveBytes || !isZip(bytes)) fail('kNoArchive');
  const entries = new Archive(bytes).entries(limits.entries);
  if (new Set(entries.map((entry) => entry.name)).size < entries.length) fail('kDuplicate');
  checkSizes(entries, bytes.length, limits);
  const files: ZipFile[] = [];
  for (const entry of entries) {
    if (entry.name.endsWith('/')) continue;
    const packed = bytes.subarray(entry.at, entry.at + entry.packed);
    const content = entry.method === 0 ? packed : await inflate(packed, entry);
    const holds = content?.length === entry.size && crc32(content) === entry.crc;
    files.push({ name: entry.name, content: holds ? content : failAt('kContent', entry.name) });
  }
  return files;
}
