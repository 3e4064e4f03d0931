// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isZip, kZipLimits, readZip } from '../../src/verify/zip';
import { fixture } from './data';
import { zip, type End, type Entry } from './zips';

const one: Entry = { name: 'a.txt', content: 'what was told' };
const packed: Entry = { name: 'b.txt', content: 'again and '.repeat(1000), deflate: true };

const files = async (archive: Buffer) =>
  (await readZip(archive)).map(({ name, content }) => [name, Buffer.from(content).toString()]);

describe('a zip', () => {
  test('gives its files, stored or deflated, in their order', async () => {
    const expected = [
      ['a.txt', one.content],
      ['b.txt', packed.content],
    ];
    const folder = { name: 'receipts/', content: '' };
    expect(await files(zip([one, folder, packed]))).toEqual(expected);
    // Sizes that follow the content, as a writer has them that cannot go back; a comment.
    const later = { flags: 8 };
    expect(
      await files(
        zip([
          { ...one, stated: later },
          { ...packed, stated: later },
        ]),
      ),
    ).toEqual(expected);
    expect(await files(zip([one, packed], { comment: 'of no meaning' }))).toEqual(expected);
    expect(await files(zip([]))).toEqual([]);
  });

  test('of the real program is read', async () => {
    const names = (await files(fixture('two-shores-line.zip'))).map(([name]) => name);
    expect(names.slice(0, 3)).toEqual([
      'report.html',
      'bundle.txt',
      'receipts/0001-delivery-1.txt',
    ]);
    expect(names.length).toBe(14);
  });

  test('is known by what it begins with', () => {
    expect(isZip(zip([one]))).toBe(true);
    expect(isZip(zip([]))).toBe(true);
    expect(isZip(Buffer.from('PK, a text'))).toBe(false);
    expect(isZip(Buffer.from('c2sp.org/tlog-proof@v1'))).toBe(false);
  });
});

describe('a zip is refused', () => {
  const stating = (stated: Entry['stated'], entry: Entry = one) =>
    zip([{ ...entry, stated: stated! }]);
  const whole = zip([one, packed]);
  const ending = (end: End) => zip([one], end);

  test.each<[string, Buffer]>([
    ['cut off', whole.subarray(0, whole.length - 1)],
    ['without its end', whole.subarray(0, 100)],
    ['with bytes behind its end', Buffer.concat([whole, Buffer.alloc(1)])],
    ['with bytes before it', Buffer.concat([Buffer.from('PK'), whole])],
    ['with a second end in the comment', zip([one], { comment: zip([]).toString('latin1') })],
    ['of several disks', ending({ disk: 1 })],
    ['with a file on another disk', stating({ disk: 1 })],
    ['that counts more files', ending({ count: 2 })],
    ['that counts fewer files', ending({ count: 0 })],
    ['that counts them in two ways', ending({ total: 2 })],
    ['with bytes behind its directory', ending({ tail: Buffer.alloc(4) })],
    ['whose file has another name before its content', stating({ localName: 'b.txt' })],
    ['whose file has another method there', stating({ localMethod: 8 })],
    ['whose file has another size there', stating({ localSize: 5 })],
    ['whose file begins elsewhere', stating({ header: 1 })],
    ['whose file begins behind it', stating({ header: 0x7fffffff })],
    ['whose file is longer than all', stating({ packed: 1000, size: 1000 })],
    [
      'whose files share bytes',
      zip([one, { ...one, name: 'b.txt', stated: { header: 0, localName: 'b.txt' } }]),
    ],
  ])('%s: kNoArchive', async (_, archive) => {
    await expect(readZip(archive)).rejects.toMatchObject({ code: 'kNoArchive' });
  });

  test('where two ends are whole, of which one has no files', async () => {
    const end = zip([]);
    const at = zip([one]).length;
    end.writeUInt32LE(at, 16);
    // Behind its bytes stands what the first end counts as its comment.
    const archive = Buffer.concat([zip([one]), end]);
    archive.writeUInt16LE(end.length, at - 2);
    await expect(readZip(archive)).rejects.toMatchObject({ code: 'kNoArchive' });
  });

  test('where files share bytes, though each header is whole', async () => {
    // The second file's header lies in the content of the first.
    const inner = zip([one]);
    const header = inner.subarray(0, 30 + 5 + one.content.length);
    const outer = { name: 'outer', content: header };
    const archive = zip([outer, { ...one, stated: { header: 30 + 5 } }]);
    await expect(readZip(archive)).rejects.toMatchObject({ code: 'kNoArchive' });
  });

  test.each<[string, string, Buffer]>([
    ['kZip64', 'of 64 bits', ending({ count: 0xffff })],
    ['kZip64', 'with a size of 64 bits', stating({ size: 0xffffffff })],
    ['kDuplicate', 'with a name twice', zip([one, packed, one])],
    ['kMethod', 'encrypted', stating({ flags: 1 })],
    ['kMethod', 'with hidden headers', stating({ flags: 0x2000 })],
    ['kMethod', 'packed in another way', stating({ method: 12 })],
    ['kContent', 'with another checksum', stating({ crc: 1 })],
    ['kContent', 'stored with two lengths', stating({ size: 5 })],
    ['kContent', 'deflated with another checksum', stating({ crc: 1 }, packed)],
    ['kContent', 'that unpacks to more', stating({ size: 9999 }, packed)],
    ['kContent', 'that unpacks to less', stating({ size: 10001 }, packed)],
    ['kContent', 'that does not unpack', stating({ packedBytes: Buffer.alloc(9, 0xff) }, packed)],
    [
      'kContent',
      'with bytes behind what unpacks',
      stating(
        {
          packedBytes: Buffer.concat([deflateRawSync('again and '.repeat(1000)), Buffer.alloc(3)]),
        },
        packed,
      ),
    ],
    [
      'kRatio',
      'that unpacks to far more',
      zip([{ name: 'z', content: Buffer.alloc(3 << 20), deflate: true }]),
    ],
  ])('%s: %s', async (code, _, archive) => {
    await expect(readZip(archive)).rejects.toMatchObject({ code });
  });

  test.each<[string, Partial<typeof kZipLimits>]>([
    ['kTooManyEntries', { entries: 1 }],
    ['kEntryTooLarge', { entryBytes: 9999 }],
    ['kTooLarge', { totalBytes: 10_005 }],
    ['kNoArchive', { archiveBytes: 100 }],
  ])('%s: over a limit', async (code, limit) => {
    expect((await readZip(whole, kZipLimits)).length).toBe(2);
    await expect(readZip(whole, { ...kZipLimits, ...limit })).rejects.toMatchObject({ code });
  });
});

test('with any byte turned a zip is refused, or read as the same files', async () => {
  const archive = zip([one, packed]);
  const expected = await files(archive);
  let read = 0;
  for (let i = 0; i < archive.length; ++i) {
    const other = Buffer.from(archive);
    other[i]! ^= 1;
    try {
      const found = await files(other);
      // Names are the bundle's to compare: in both headers, they are bytes like others.
      expect(found, `byte ${i}`).toEqual(expected);
      ++read;
    } catch (error) {
      expect(error, `byte ${i}`).toHaveProperty('code');
    }
  }
  // Attributes and who made it are not looked at.
  expect(read).toBeLessThan(50);
});
