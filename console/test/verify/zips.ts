// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Zips made by hand, and each part of them as a test wants it.
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/verify/zip';

export interface Entry {
  name: string;
  content: Buffer | string;
  deflate?: boolean;
  /** What the headers state instead. */
  stated?: Partial<{
    flags: number;
    method: number;
    crc: number;
    packed: number;
    size: number;
    header: number;
    localName: string;
    localMethod: number;
    localSize: number;
    packedBytes: Buffer;
    disk: number;
  }>;
}

function numbers(...fields: [value: number, size: 2 | 4][]): Buffer {
  return Buffer.concat(
    fields.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      if (size === 2) bytes.writeUInt16LE(value);
      else bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}

export interface End {
  count?: number;
  total?: number;
  comment?: string;
  /** Bytes between the files and the directory; and between that and its end. */
  gap?: Buffer;
  tail?: Buffer;
  disk?: number;
}

export function zip(entries: Entry[], end: End = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, deflate = false, stated = {} } of entries) {
    const bytes = Buffer.from(content as string);
    const packed = stated.packedBytes ?? (deflate ? deflateRawSync(bytes) : bytes);
    const {
      flags = 0,
      method = deflate ? 8 : 0,
      crc = crc32(bytes),
      size = bytes.length,
      header = at,
      localName = name,
      localMethod = method,
      localSize = size,
      disk = 0,
    } = stated;
    const packedSize = stated.packed ?? packed.length;
    const file = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [flags, 2], [localMethod, 2], [0, 2], [33, 2]),
      flags & 8 ? Buffer.alloc(12) : numbers([crc, 4], [packedSize, 4], [localSize, 4]),
      numbers([Buffer.byteLength(localName), 2], [0, 2]),
      Buffer.from(localName),
      packed,
      flags & 8 ? numbers([0x08074b50, 4], [crc, 4], [packedSize, 4], [size, 4]) : Buffer.alloc(0),
    ]);
    files.push(file);
    directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], [flags, 2], [method, 2], [0, 2], [33, 2]),
      numbers([crc, 4], [packedSize, 4], [size, 4], [Buffer.byteLength(name), 2], [0, 2], [0, 2]),
      numbers([disk, 2], [0, 2], [0, 4], [header, 4]),
      Buffer.from(name),
    );
    at += file.length;
  }
  const gap = end.gap ?? Buffer.alloc(0);
  const list = Buffer.concat([...directory, end.tail ?? Buffer.alloc(0)]);
  const count = end.count ?? entries.length;
  const comment = Buffer.from(end.comment ?? '');
  return Buffer.concat([
    ...files,
    gap,
    list,
    numbers([0x06054b50, 4], [end.disk ?? 0, 2], [0, 2], [count, 2], [end.total ?? count, 2]),
    numbers([list.length, 4], [at + gap.length, 4], [comment.length, 2]),
    comment,
  ]);
}
