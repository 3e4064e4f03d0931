// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { verifyReceipt } from '../../src/verify';
import { example, fixture, fixtureText } from './data';
import * as make from './make';

const kIntent = make.record(make.signed(make.dsse(make.envelope())));
const kTold = make.record(make.delivery('air-unit-b', 1));

async function refusal(text: string, key = make.kLogKey) {
  const { answer, ok, findings, record, steps } = await verifyReceipt(text, key);
  expect(ok).toBe(false);
  expect(record).toBe(null);
  if (answer === 'does not hold') expect(steps[steps.length - 1]?.ok).toBe(false);
  return { answer, ...findings[0]! };
}

describe('a receipt that holds', () => {
  test('says what a party asked, under whose key, and when', async () => {
    const receipt = example('receipts/0003-intent.put.txt');
    const key = /^log (.*)$/m.exec(example('bundle.txt').toString())![1]!;
    const found = await verifyReceipt(receipt, key);
    expect(found).toMatchObject({
      ok: true,
      answer: 'holds',
      key: { text: key, from: 'given' },
      findings: [],
      record: { kind: 'request', word: 'signed', operation: 'intent.put', outcome: 0 },
    });
    expect(found.steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      'text true',
      'log true',
      'tick true',
      'slot true',
      'entry true',
      'record true',
      'signature true',
      'party true',
      'time true',
      'content true',
    ]);
    expect(JSON.parse(found.record!.body!)).toBeTypeOf('object');
    expect(found.notShown).toContain(
      'That anything else did or did not happen: a receipt is one record.',
    );
    // Text and bytes are the same.
    expect(await verifyReceipt(receipt.toString('utf8'), key)).toEqual(found);
  });

  test('shows what was told, where it opens the commitment', async () => {
    const key = Buffer.alloc(32, 3);
    const content = Buffer.from('{"number":1}');
    const record = make.record(make.delivery('air-unit-b', 1, make.commit(key, content)));
    const line = `attachment content ${key.toString('base64')} ${content.toString('base64')}`;
    const made = { record, tree: 'delivered', party: 'air-unit-b' } as const;
    const found = await verifyReceipt(make.receipt({ ...made, attachments: [line] }), make.kLogKey);
    expect(found.record).toMatchObject({
      kind: 'delivery',
      word: 'node',
      number: '1',
      party: 'air-unit-b',
      object: 'flight-17',
      level: 'full',
      content: '{"number":1}',
      place: 'delivery 1 of the 1 made to air-unit-b by then',
      attachments: [{ name: 'content', state: 'opened', size: 12, text: '{"number":1}' }],
    });
    const without = await verifyReceipt(make.receipt(made), make.kLogKey);
    expect(without.record).toMatchObject({
      content: null,
      attachments: [{ name: 'content', state: 'not shown' }],
    });
    const erased = make.receipt({ ...made, attachments: ['attachment content erased'] });
    expect((await verifyReceipt(erased, make.kLogKey)).record).toMatchObject({
      content: null,
      attachments: [{ state: 'erased' }],
    });
  });

  test('of the real program: the first record of a ledger', async () => {
    const key = fixtureText('two-shores.vkey');
    const found = await verifyReceipt(fixture('genesis.txt'), key);
    expect(found.record).toMatchObject({
      kind: 'node',
      operation: 'genesis',
      place: 'record 1 of all 21 that the node had kept by then',
      time: '2026-06-01T07:00:00.000Z',
      party: null,
    });
  });

  test('a vouched request is the word of the node', async () => {
    const payload = make.envelope({ from: { party: 'drone-service-c', key: '' } });
    const record = make.record(make.vouched(payload), { outcome: 7 });
    const text = make.receipt({ record, party: 'drone-service-c' });
    expect((await verifyReceipt(text, make.kLogKey)).record).toMatchObject({
      word: 'vouched',
      wordWords: "the node's word for drone-service-c, no signature",
      key: null,
      outcomeWords: 'refused, code 7',
    });
  });

  test('the words of its findings hide nothing', async () => {
    const party = 'unit\u202e\u200b';
    const record = make.record(make.vouched(make.envelope({ from: { party, key: '' } })));
    const found = await verifyReceipt(make.receipt({ record, party }), make.kLogKey);
    expect(found.record!.party).toBe(party);
    expect(found.record!.place).toContain('unit<U+202E><U+200B>');
    expect(JSON.stringify([found.steps, found.notShown])).not.toMatch(/[\u200b\u202e]/);
  });
});

describe('witnesses', () => {
  const kName = 'party-c.test/witness';
  const one = make.signer('witness');
  const line = (text: string, time = 1_448_349_845, by = one) => {
    const signature = by.sign(Buffer.from(`cosignature/v1\ntime ${time}\n${text}`));
    return make.signatureLine(kName, 4, one.key, Buffer.concat([make.number(time, 8), signature]));
  };
  const policy = (quorum: string) =>
    `log ${make.kLogKey}\nwitness c ${make.verifierKey(kName, 4, one.key)}\nquorum ${quorum}\n`;

  test('that cosigned are named', async () => {
    const text = make.receipt({ record: kIntent, witness: (note) => line(note) });
    const found = await verifyReceipt(text, policy('c'));
    expect(found.log!.witnesses).toEqual([{ name: 'c', time: '2015-11-24T07:24:05Z' }]);
    expect(found.notShown.join()).toContain('to others than the witness that cosigned it.');
    // Who does not know the witness passes its line over.
    expect((await verifyReceipt(text, make.kLogKey)).log!.witnesses).toEqual([]);
  });

  test('that a quorum wants and that did not cosign are missed', async () => {
    const text = make.receipt({ record: kIntent });
    expect((await refusal(text, policy('c'))).words).toContain('too few witnesses');
    expect((await verifyReceipt(text, policy('none'))).ok).toBe(true);
  });

  test('whose cosignature does not verify refuse the whole', async () => {
    const other = (note: string) => line(note, 1, make.signer('another'));
    const text = make.receipt({ record: kIntent, witness: other });
    expect((await refusal(text, policy('none'))).words).toContain("a witness's cosignature");
  });
});

describe('every refusal', () => {
  const of = (made: Partial<make.Made>) => make.receipt({ record: kIntent, ...made });
  const told = (made: Partial<make.Made>) =>
    make.receipt({ record: kTold, tree: 'delivered', party: 'air-unit-b', ...made });
  const other = make.signer('another');
  const asking = (more: { [member: string]: unknown }, by = make.kAuthor) =>
    of({ record: make.record(make.signed(make.dsse(make.envelope(more), undefined, by))) });
  const line = (name: string) => `attachment ${name} ${make.kSalt.toString('base64')} AAAA`;

  test.each<[string, string, string]>([
    ['kLogProof', of({}).replace('index 3', 'index 03'), 'expected index and a decimal number'],
    ['kLog', of({}).replace('index 3', 'index 2'), 'the proof does not lead to the root'],
    ['kLog', of({ origin: 'other.test/log' }), 'the checkpoint is of a log that is not known'],
    ['kLog', of({ otherTick: 'AAAA' }), 'the proof does not lead to the root'],
    ['kSlotCount', of({ slots: 8 }), 'no power of two from 16 on'],
    ['kSlotCount', of({ slots: 24 }), 'no power of two from 16 on'],
    ['kSlotProof', of({}).replace('slot 5 16', 'slot 4 16'), 'does not lead to the root'],
    ['kSlot', of({ slotKind: 0 }), 'expected a value that the field may have'],
    ['kSlotKind', of({ slotKind: 2 }), 'not of the kind that is claimed'],
    ['kSlotKind', of({ tree: 'records', slotKind: 1 }), 'not of the kind that is claimed'],
    ['kCount', of({ statedCount: 2 }), 'not the one that the slot states'],
    ['kEntryProof', of({ count: 3, index: 1 }).replace('entry filed 1', 'entry filed 0'), 'root'],
    ['kRecord', of({ record: kIntent.subarray(1) }), 'a version that this program knows'],
    ['kRecord', of({ record: Buffer.concat([kIntent, Buffer.alloc(1)]) }), 'nothing after'],
    ['kNotADelivery', told({ record: kIntent }), 'no delivery'],
    ['kDeliveryNumber', told({ index: 1, count: 2 }), 'not its place'],
    ['kNotARequest', of({ record: kTold }), 'no request'],
    ['kOtherParty', of({ party: 'air-unit-b' }), "another party's"],
    ['kOtherParty', told({ party: 'air-unit-a' }), "another party's"],
    ['kEnvelope', of({ record: make.record(make.signed('{}')) }), 'expected the members payload'],
    [
      'kEnvelope',
      of({ record: make.record(make.signed(make.dsse(make.envelope(), 'text/plain'))) }),
      'of another type',
    ],
    ['kEnvelope', asking({ v: 2 }), 'v: expected version 1'],
    ['kEnvelope', asking({ from: { party: 'a', key: 'AA' } }), 'from.key: expected base64'],
    ['kSignature', asking({}, other), "the author's signature does not hold"],
    ['kSignature', asking({ from: { party: 'air-unit-a', key: '' } }), 'names no key'],
    ['kVouchedKey', of({ record: make.record(make.vouched(make.envelope())) }), 'has no signature'],
    ['kOtherLog', asking({ to: 'other.test/log' }), 'another log: other.test/log'],
    ['kTime', of({ second: make.kTime / 1000 - 1 }), "after the tick's"],
    ['kAttachment', told({ attachments: [line('content')] }), 'commits to: content'],
    ['kAttachment', told({ attachments: ['attachment more erased'] }), 'commits to: more'],
  ])('%s is answered', async (code, text, words) => {
    const found = await refusal(text);
    expect(found).toMatchObject({ answer: 'does not hold', code });
    expect(found.words).toContain(words);
  });

  test('kTick is answered, where the log has such a leaf', async () => {
    // A log of one leaf that is no tick.
    const bytes = Buffer.from('no tick');
    const root = make.sha256(Uint8Array.of(0), bytes);
    const note = make.checkpoint(make.kLog, 1, root);
    const signature = make.kLogSigner.sign(Buffer.from(note));
    const line = make.signatureLine(make.kLog, 1, make.kLogSigner.key, signature);
    const text = of({}).replace(/^[^]*comity-receipt v1\ntick .*\n/, '');
    const head = `c2sp.org/tlog-proof@v1\nindex 0\n\n${note}\n${line}comity-receipt v1\n`;
    const found = await refusal(`${head}tick ${bytes.toString('base64')}\n${text}`);
    expect(found.code).toBe('kTick');
  });

  test.each<[string, string, string]>([
    ['kEmpty', '', 'empty'],
    ['kNoReceipt', 'nothing of the kind\n', 'line 1'],
    ['kLine', of({}).replace('\ntick ', '\ntack '), 'expected another line here'],
    ['kNumber', of({}).replace('slot 5', 'slot 05'), 'without leading zeros'],
    ['kBase64', of({}).replace(/record .{4}/, 'record AAA'), 'base64 of the right length'],
    ['kTree', of({}).replace('entry filed', 'entry other'), 'filed, delivered or records'],
    ['kTooManyHashes', of({}).replace('entry', `${'A'.repeat(43)}=\n`.repeat(60) + 'entry'), '63'],
    ['kAttachmentName', of({ attachments: ['attachment % erased'] }), 'a name that no other'],
    [
      'kAttachmentName',
      of({ attachments: ['attachment a erased', 'attachment a erased'] }),
      'a name that no other',
    ],
    [
      'kTooManyAttachments',
      of({ attachments: Array.from({ length: 65 }, (_, i) => `attachment ${i} erased`) }),
      'at most 64',
    ],
    ['kNoFinalNewline', of({}).slice(0, -1), 'a line feed'],
  ])('%s of the text is bad input', async (code, text, words) => {
    const found = await refusal(text);
    expect(found).toMatchObject({ answer: 'bad input', code });
    expect(found.words).toContain(words);
  });

  test.each<[string, string | null]>([
    ['kKeyMissing', null],
    ['kSyntax', 'no-key'],
    ['kOtherKey', make.kLogKey.replace(/\+.{8}\+/, '+00000000+')],
    ['kKeyword', 'no key\n'],
    ['kUnknownLog', 'quorum none\n'],
    ['kQuorumMissing', `log ${make.kLogKey}\n`],
  ])('%s of the key is bad input', async (code, key) => {
    const { answer, findings } = await verifyReceipt(of({}), key);
    expect(answer).toBe('bad input');
    expect(findings[0]!.code).toBe(code);
  });
});
