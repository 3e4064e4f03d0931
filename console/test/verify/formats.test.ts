// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The formats below a receipt, each strict by itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/verify/base64';
import { bytesOf, decimalOrNull, rawOf, rawOfText } from '../../src/verify/bytes';
import { attempt, Fault } from '../../src/verify/fault';
import { parseJson } from '../../src/verify/json';
import { parseLogProof } from '../../src/verify/log_proof';
import {
  cosignedAt,
  logSignature,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
} from '../../src/verify/note';
import { parsePolicy, policyOf, trustCheckpoint } from '../../src/verify/policy';
import { decodeRecord, decodeSlot, decodeTick } from '../../src/verify/record';
import { shown } from '../../src/verify/shown';
import { bytesOfHex, codeOf, dataText, hasData, kRoot, random } from './data';
import * as make from './make';

describe('base64', () => {
  test('is that of another implementation', () => {
    const next = random(3);
    for (let size = 0; size < 200; ++size) {
      const bytes = Uint8Array.from({ length: size }, () => next(256));
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(text, size)).toEqual(bytes);
      expect(
        decodeBase64(
          Buffer.from(bytes).toString('base64url') + '='.repeat((3 - (size % 3)) % 3),
          size,
          true,
        ),
      ).toEqual(bytes);
      if (size > 0) expect(decodeBase64(text, size - 1)).toBe('kTooLong');
    }
  });

  test.each(['A', 'AA', 'AAA', 'AAAAA', '=', '==', '===', 'A===', 'AAAA=', ' AAAA', 'AAAA\n'])(
    'of a wrong length is none: %j',
    (text) => expect(decodeBase64(text, 9)).toBeTypeOf('string'),
  );
  test.each([
    '====',
    'AB==',
    'AAB=',
    'A=A=',
    '=AAA',
    'AA=A',
    'AA-A',
    'AA_A',
    'AA A',
    'AA\u00ffA',
    'AA\u0141A',
    'AAAA====',
    'AA==AAAA',
  ])('has one form, and this is another: %j', (text) =>
    expect(decodeBase64(text, 9)).toBe('kNotBase64'),
  );
});

test('a decimal number has one form, below 2^63', () => {
  for (const text of ['0', '7', '9007199254740993', '9223372036854775807']) {
    expect(decimalOrNull(text)).toBe(BigInt(text));
  }
  for (const text of [
    '',
    '00',
    '01',
    '+1',
    '-1',
    ' 1',
    '1 ',
    '1n',
    '0x1',
    '1e3',
    '9223372036854775808',
    '1'.repeat(99),
    '١',
  ]) {
    expect(decimalOrNull(text), text).toBe(null);
  }
});

test('JSON takes what JSON.parse takes, and nothing else', () => {
  const texts = [
    '{}',
    '[]',
    '[1,-2.5e3,"x",true,false,null]',
    ' {"a" : {"b":[ ]}} ',
    '"\\u00e9\\ud83d\\ude00"',
    '',
    '{',
    '[1,]',
    '{"a":}',
    '01',
    '1.',
    '.5',
    '"\t"',
    "'x'",
    '[1 2]',
    'nul',
    '"\\x"',
    '{"a" "b"}',
    '{,}',
    '-',
    '+1',
    '1e',
    '[}',
    '\ufeff[]',
    '"\u00e9\u{1f600}"',
  ];
  for (const text of texts) {
    const taken = !(attempt(() => parseJson(rawOfText(text), 64)) instanceof Fault);
    let expected = true;
    try {
      JSON.parse(text);
    } catch {
      expected = false;
    }
    expect(taken, text).toBe(expected);
  }
  // Whole numbers of more than 64 bits, infinities and halves of a character are refused too.
  for (const text of [
    '18446744073709551616',
    '-9223372036854775809',
    '1e400',
    '"\\ud83d"',
    '"\\ude00"',
  ]) {
    expect(
      codeOf(() => parseJson(text, 64)),
      text,
    ).toBe('kSyntax');
  }
  expect(codeOf(() => parseJson('[['.repeat(33) + ']]'.repeat(33), 64))).toBe('kTooDeep');
  expect(codeOf(() => parseJson('"\u00ff"', 64))).toBe('kSyntax');
});

describe('records, ticks and slots', () => {
  const kFolder = join(kRoot, 'src/ledger/format/golden/v1');
  const golden = (name: string) =>
    bytesOfHex(readFileSync(join(kFolder, name), 'utf8').replace(/#.*/g, '').replace(/\s/g, ''));
  const decode = (name: string) =>
    name.startsWith('tick') ? decodeTick : name.startsWith('slot') ? decodeSlot : decodeRecord;
  const names = readdirSync(kFolder).filter((name) => name.endsWith('.hex'));

  test('of each kind and type are read, whole and in no other length', () => {
    expect(names.length).toBe(25);
    for (const name of names) {
      const bytes = golden(name);
      expect(
        codeOf(() => decode(name)(bytes)),
        name,
      ).toBe('none');
      for (let size = 0; size < bytes.length; ++size) {
        expect(
          codeOf(() => decode(name)(bytes.subarray(0, size))),
          `${name} ${size}`,
        ).toBe('kTruncated');
      }
      expect(
        codeOf(() => decode(name)(Uint8Array.of(...bytes, 0))),
        name,
      ).toBe('kTrailing');
    }
  });

  test('have names', () => {
    for (const name of names.filter((one) => one.startsWith('record_'))) {
      const { content } = decodeRecord(golden(name));
      const said = content.kind === 'node' ? content.name : content.kind;
      expect(name).toBe(`record_${said.replace("'", '').replace(/ /g, '_')}.hex`);
    }
    expect(decodeRecord(golden('record_delivery.hex')).content).toMatchObject({
      delivery: {
        addressee: 'coast-guard',
        number: 42n,
        item: 'airspace/12',
        version: 4n,
        level: 'cells',
      },
    });
  });

  const field = (body: Buffer, type = 9) => make.record(make.nodeContent(type, body));
  const changed = (at: number, value: number) => {
    const bytes = make.record(make.delivery('a', 1));
    bytes[at] = value;
    return bytes;
  };
  test.each<[string, Buffer]>([
    ['kUnknownVersion', changed(1, 2)],
    ['kInstantRange', make.record(make.delivery('a', 1), { time: 253_402_300_800_000 })],
    ['kUnknownKind', make.record(Buffer.of(4))],
    ['kValueRange', make.record(make.delivery('a', 1, make.kSalt, 0))],
    ['kValueRange', make.record(make.delivery('a', 1, make.kSalt, 5))],
    ['kValueRange', field(Buffer.concat([make.text('x'), make.number(5, 4), Buffer.of(2)]), 7)],
    ['kTooLong', make.record(make.delivery('a'.repeat(129), 1))],
    ['kNotUtf8', field(make.text(Buffer.of(0xff)), 3)],
    ['kControlCharacter', field(make.text('a\u007f'), 3)],
    ['kTruncated', field(Buffer.concat([make.number(1, 2), make.number(2, 2), make.kSalt]), 10)],
    ['kTruncated', field(Buffer.alloc(0), 2)],
    ['kTooLong', Buffer.concat([make.record(Buffer.of(1)), make.number((16 << 20) + 1, 4)])],
  ])('are refused: %s', (code, bytes) => expect(codeOf(() => decodeRecord(bytes))).toBe(code));

  test.each<[string, Buffer]>([
    ['a kind of its own', make.slot(3, make.kSalt, make.kNone, make.kNone)],
    ['padding with a holder', make.slot(0, make.kSalt, make.kNone, make.kNone)],
    [
      'padding with records',
      make.slot(0, Buffer.alloc(32), { size: 1, root: make.kSalt }, make.kNone),
    ],
    ['the records with a holder', make.slot(2, make.kSalt, make.kNone, make.kNone)],
    [
      'the records with deliveries',
      make.slot(2, Buffer.alloc(32), make.kNone, { size: 0, root: make.kSalt }),
    ],
  ])('a slot is refused that is %s', (_, bytes) => {
    expect(codeOf(() => decodeSlot(bytes))).toBe('kValueRange');
  });
});

describe('notes', () => {
  const kText = 'a\n\nb\n';
  const line = make.signatureLine(
    make.kLog,
    1,
    make.kLogSigner.key,
    make.kLogSigner.sign(Buffer.from(kText)),
  );
  const note = rawOfText(`${kText}\n${line}`);
  const log = parseVerifierKey(make.kLogKey);

  test('are read, and their signatures verified', () => {
    expect(parseNote(note).text).toBe(kText);
    expect(logSignature(parseNote(note), log)).toBe('verified');
    expect(logSignature({ ...parseNote(note), text: 'b\n' }, log)).toBe('wrong');
    // A line of the log's key that does not verify, beside one that does.
    const wrong = rawOfText(
      make.signatureLine(make.kLog, 1, make.kLogSigner.key, Buffer.alloc(64)),
    );
    expect(logSignature(parseNote(note + wrong), log)).toBe('wrong');
    const other = rawOfText(make.signatureLine('other', 1, make.kLogSigner.key, Buffer.alloc(64)));
    expect(logSignature(parseNote(note + other), log)).toBe('verified');
    expect(logSignature(parseNote(rawOfText(`${kText}\n`) + other), log)).toBe('absent');
  });

  const raw = rawOfText(line);
  test.each<[string, string]>([
    ['kNotUtf8', note + '\xff'],
    ['kControlCharacter', 'a\tb' + note],
    ['kNoSignatures', 'a\n'],
    ['kNoSignatures', 'a\n\n'],
    ['kUnended', note.slice(0, -1)],
    ['kSignatureLine', note + 'x\n'],
    ['kSignatureLine', note + rawOfText('— a\n')],
    ['kName', note + raw.replace(make.kLog, 'a+b')],
    ['kName', note + raw.replace(make.kLog, '')],
    ['kName', note + raw.replace(make.kLog, rawOfText('a\u2003b'))],
    ['kBase64', note + raw.replace('\n', '=\n')],
    ['kShortSignature', note + rawOfText('— a AAAAAA==\n')],
    ['kTooManySignatures', note + raw.repeat(64)],
    ['kTooLarge', 'a'.repeat(1 << 20) + note],
  ])('are refused: %s', (code, text) => expect(codeOf(() => parseNote(text))).toBe(code));

  test.each<[string, string]>([
    ['kTooLong', 'a'.repeat(9000)],
    ['kSyntax', 'a+00000000'],
    ['kId', make.kLogKey.replace(/\+.{8}/, '+0000000G')],
    ['kBase64', make.kLogKey.slice(0, -1)],
    ['kNoKey', 'a+00000000+'],
    ['kNoKey', 'a+00000000+AQ=='],
    ['kName', make.kLogKey.replace('/', ' ')],
    ['kLength', make.verifierKey('a', 1, make.kSalt.subarray(1))],
    ['kOtherKey', make.kLogKey.replace('ledger', 'Ledger')],
  ])('a verifier key is refused: %s', (code, text) => {
    expect(codeOf(() => parseVerifierKey(rawOfText(text)))).toBe(code);
  });

  const root = make.kSalt.toString('base64');
  test.each([
    '',
    'a\n1\n',
    `a\n1\n${root}`,
    `\n1\n${root}\n`,
    `a\n01\n${root}\n`,
    `a\n-1\n${root}\n`,
    'a\n1\nAA==\n',
    `a\n1\n${root}\n\n`,
    `a\n9223372036854775808\n${root}\n`,
  ])('this is no checkpoint: %j', (text) => expect(parseCheckpoint(text)).toBe(null));
  test('a checkpoint may have more lines', () => {
    expect(parseCheckpoint(`a\n0\n${root}\nmore\n`)).toMatchObject({
      origin: 'a',
      tree: { size: 0n },
    });
  });
});

describe('notes of other implementations', () => {
  interface Vector {
    id: string;
    text: string;
    sigs: string[];
    vkeys: string[];
    valid: boolean;
  }
  const kVectors = 'tlog/handmade/note-vectors.json';

  test.skipIf(!hasData(kVectors))('hold or not, as they say', () => {
    const { vectors, bad_tree_heads: bad } = JSON.parse(dataText(kVectors)) as {
      vectors: Vector[];
      bad_tree_heads: string[];
    };
    for (const { id, text, sigs, vkeys, valid } of vectors) {
      const note = parseNote(rawOfText(`${text}\n${sigs.map((line) => `${line}\n`).join('')}`));
      const found = vkeys.map((key) => logSignature(note, parseVerifierKey(rawOfText(key))));
      expect(
        found.every((one) => one === 'verified'),
        id,
      ).toBe(valid);
    }
    expect(vectors.filter(({ valid }) => valid).length).toBe(3);
    // The first is bad for Go alone: another origin.
    for (const text of bad.slice(1)) expect(parseCheckpoint(rawOfText(text)), text).toBe(null);
  });

  const kSunlight = 'tlog/sunlight-skylight/cmd/skylight/testdata';
  test.skipIf(!hasData(kSunlight))('of a witness: its cosignature verifies', () => {
    const folder = '000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706';
    const note = parseNote(rawOfText(dataText(`${kSunlight}/witness/${folder}/checkpoint`)));
    const told = JSON.parse(dataText(`${kSunlight}/witness/witness.v0.json`)) as {
      verifier_keys: [string];
    };
    const key = parseVerifierKey(rawOfText(told.verifier_keys[0]));
    const line = note.signatures[note.signatures.length - 1]!;
    // 2025-12-31T00:00:00Z, the time of its tests.
    expect(cosignedAt(key, note.text, line)).toBe(1_767_139_200n);
    expect(cosignedAt(key, note.text + 'x', line)).toBe(null);
  });

  const kTessera = 'tlog/tessera/testdata/log';
  const kTesseraKey =
    'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

  test.skipIf(!hasData(kTessera))('of a whole log: its checkpoints are signed', () => {
    for (let size = 0; size <= 15; ++size) {
      const note = parseNote(rawOfText(dataText(`${kTessera}/checkpoint.${size}`)));
      const log = parseVerifierKey(kTesseraKey);
      expect(trustCheckpoint(policyOf(log), note).checkpoint.tree.size).toBe(BigInt(size));
    }
  });
});

test.each<[string, string]>([
  ['kTooLarge', 'a'.repeat((1 << 20) + 1)],
  ['kHeader', 'c2sp.org/tlog-proof@v2\n'],
  ['kExtra', 'c2sp.org/tlog-proof@v1\nextra A\n'],
  ['kIndex', 'c2sp.org/tlog-proof@v1\nindex 01\n'],
  [
    'kIndex',
    'c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n'.replace(/(index.*\n)(.*\n)/, '$2$2$1'),
  ],
  ['kHash', 'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n'],
  ['kTooManyHashes', `c2sp.org/tlog-proof@v1\nindex 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx\n`],
  ['kTruncated', 'c2sp.org/tlog-proof@v1\nindex 1\n'],
  ['kNoCheckpoint', 'c2sp.org/tlog-proof@v1\nindex 1\n\n'],
])('a proof of a log is refused: %s', (code, text) => {
  expect(codeOf(() => parseLogProof(text))).toBe(code);
});

describe('a policy', () => {
  const witness = (name: string) =>
    `witness ${name} ${make.verifierKey(`${name}.test`, 4, make.signer(name).key)}\n`;
  const log = `log ${make.kLogKey} https://ledger.test/\n`;

  test('is read with its groups', () => {
    const text = `# of two\n\n${log}${witness('a')}${witness('b')}group g any a b\nquorum\tg\n`;
    expect(parsePolicy(text)).toMatchObject({
      logs: [{ name: make.kLog }],
      witnesses: [{ name: 'a' }, { name: 'b' }],
      quorum: { name: 'g', threshold: 1, members: [{ name: 'a' }, { name: 'b' }] },
    });
  });

  test.each<[string, string]>([
    ['kTooLarge', '#'.repeat((1 << 20) + 1)],
    ['kNoFinalNewline', 'quorum none'],
    ['kOctet', '#\r\n'],
    ['kKeyword', 'logs\n'],
    ['kItemCount', 'log\n'],
    ['kItemCount', witness('a').replace('\n', ' u v\n')],
    ['kItemCount', 'group g any\n'],
    ['kItemCount', 'quorum\n'],
    ['kKey', 'log x\n'],
    ['kKeyType', `witness a ${make.kLogKey}\n`],
    ['kDuplicateKey', log + log],
    ['kDuplicateKey', witness('a') + witness('a').replace('witness a', 'witness b')],
    ['kNameTaken', witness('a') + witness('b').replace('witness b', 'witness a')],
    ['kNameNone', witness('a').replace('witness a', 'witness none')],
    ['kNameNone', 'group g any none\n'],
    ['kUnknownName', 'group g any x\n'],
    ['kUnknownName', 'quorum x\n'],
    ['kUnknownName', 'quorum constructor\n'],
    ['kMemberTwice', witness('a') + 'group g any a a\n'],
    ['kMemberTwice', witness('a') + 'group g any a\ngroup h any a\n'],
    ...['0', '2', '01', 'some', 'constructor'].map((k): [string, string] => [
      'kThreshold',
      `${witness('a')}group g ${k} a\n`,
    ]),
    ['kQuorumTwice', 'quorum none\nquorum none\n'],
    ['kQuorumMissing', log],
  ])('is refused: %s', (code, text) => expect(codeOf(() => parsePolicy(text))).toBe(code));
});

test('what cannot be seen is named', () => {
  expect(shown('a\u202eb\u200b\u0000 \u{e0041}\u{1f600}\ud800é')).toBe(
    'a<U+202E>b<U+200B><U+0000> <U+E0041>\u{1f600}<U+D800>é',
  );
  expect(rawOf(bytesOf('\u0000\u00ff'))).toBe('\u0000\u00ff');
});
