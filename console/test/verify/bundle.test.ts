// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { isZip, verifyBundle } from '../../src/verify';
import { example, fixture, fixtureText } from './data';
import * as make from './make';
import { expectSame, kProgram } from './program';
import { zip } from './zips';

interface File {
  name: string;
  text: string;
}

function bundle(
  texts: string[],
  more: { key?: string; party?: string; deliveries?: string; files?: File[]; list?: string } = {},
): Buffer {
  const { key = make.kLogKey, party = 'air-unit-b', deliveries = '0 0', files = [] } = more;
  const receipts = texts.map((text, i) => ({ name: `${i + 1}.txt`, text }));
  const lines = receipts.map(
    ({ name, text }) => `receipt ${name} ${make.sha256(Buffer.from(text)).toString('hex')}\n`,
  );
  const list =
    more.list ??
    `comity-bundle v1\nlog ${key}\nparty ${party}\ndeliveries ${deliveries}\n${lines.join('')}`;
  return zip([
    { name: 'bundle.txt', content: list },
    ...receipts.map(({ name, text }) => ({ name: `receipts/${name}`, content: text })),
    ...files.map(({ name, text }) => ({ name, content: text })),
  ]);
}

const salt = (n: number) => Buffer.alloc(32, n);
const told = (n: number, more: Partial<make.Made> = {}, last = 3) =>
  make.receipt({
    record: make.record(make.delivery('air-unit-b', n), { salt: salt(n) }),
    tree: 'delivered',
    party: 'air-unit-b',
    index: n - 1,
    count: last,
    ticks: 10 + n,
    ...more,
  });
// Each receipt has a log of its own here, so that their checkpoints have to differ in size.
let ticks = 100;
const asking = (more: { [member: string]: unknown }, outcome = 0) =>
  make.receipt({
    ticks: ++ticks,
    record: make.record(make.signed(make.dsse(make.envelope(more))), { outcome }),
  });
const agreeing = (log: unknown, operation = 'agreement.propose', outcome = 0) =>
  asking({ operation, object: 'line-1', body: { log } }, outcome);

const kIntent = asking({});

async function refusal(archive: Buffer, key: string | null = make.kLogKey) {
  const found = await verifyBundle(archive, key);
  expect(found.ok).toBe(false);
  expect(found.deliveries).toBe(null);
  // The program reads what is no zip as a receipt.
  if (kProgram !== null && isZip(archive)) expectSame(found, archive, key, found.findings[0]!.code);
  return { answer: found.answer, ...found.findings[0]! };
}

describe('a bundle that holds', () => {
  const names = /^receipt (\S+)/gm;
  const text = example('bundle.txt').toString();
  const archive = zip([
    { name: 'report.html', content: 'not read' },
    { name: 'bundle.txt', content: text, deflate: true },
    ...[...text.matchAll(names)].map(([, name]) => ({
      name: `receipts/${name}`,
      content: example(`receipts/${name}`),
      deflate: true,
    })),
  ]);

  test('takes the key that a signed agreement names, and says so', async () => {
    const found = await verifyBundle(archive, null);
    expect(found.findings).toEqual([]);
    expect(found).toMatchObject({ ok: true, answer: 'holds', party: 'air-unit-b' });
    expect(found.key).toMatchObject({ from: 'agreement', text: /^log (.*)$/m.exec(text)![1] });
    expect(found.key!.words).toContain("The log's key is the one named in agreement line-1");
    expect(found.key!.words).toContain('(receipts/0001-agreement.propose.txt)');
    expect(found.deliveries).toMatchObject({
      first: '1',
      last: '3',
      shown: '2',
      of: '3',
      omitted: [{ first: '2', last: '2' }],
      omittedAreMore: false,
    });
    expect(found.deliveries!.words).toEqual([
      '2 of 3 delivered records are shown.',
      '1 of 3 is left out: number 2.',
      'The latest receipt of a delivery here counts 3 in all.',
    ]);
    expect(found.receipts.map(({ file, ok }) => [file, ok])).toHaveLength(7);
    expect(found.receipts[3]!.record).toMatchObject({ kind: 'delivery', number: '1' });
    expect(found.receipts[3]!.record!.content).toBeTypeOf('string');
  });

  test('under the key that is given, says that', async () => {
    const key = /^log (.*)$/m.exec(text)![1]!;
    expect((await verifyBundle(archive, key + '\n')).key).toMatchObject({
      from: 'given',
      text: key,
    });
  });

  test('of the real program', async () => {
    const found = await verifyBundle(
      fixture('two-shores-line.zip'),
      fixtureText('two-shores.vkey'),
    );
    expect(found.findings).toEqual([]);
    expect(found.deliveries!.words).toEqual([
      '4 of 4 delivered records are shown.',
      'All 4 are here.',
      'The latest receipt of a delivery here counts 4 in all.',
    ]);
    expect(found.receipts.map(({ record }) => record!.operation)).toEqual([
      'delivery',
      'notice.receive',
      'notice.read',
      'call.log',
      'delivery',
      'notice.receive',
      'notice.read',
      'call.log',
      'delivery',
      'notice.receive',
      'delivery',
      'notice.receive',
    ]);
    // Without a key there is nobody to trust: it has no agreement.
    expect(await refusal(fixture('two-shores-line.zip'), null)).toMatchObject({
      answer: 'bad input',
      code: 'kKeyMissing',
    });
  });
});

describe('deliveries', () => {
  const words = async (texts: string[], deliveries: string) => {
    const found = await verifyBundle(bundle(texts, { deliveries }), make.kLogKey);
    expect(found.findings).toEqual([]);
    return found.deliveries!.words;
  };

  test('that are left out, that came before and that came after are named', async () => {
    expect(await words([told(2), told(3)], '2 3')).toEqual([
      '2 of 2 delivered records are shown.',
      'All 2 are here.',
      'Not in this bundle: number 1, which came before.',
      'The latest receipt of a delivery here counts 3 in all.',
    ]);
    expect(await words([told(1, {}, 9)], '1 1')).toEqual([
      '1 of 1 delivered records is shown.',
      'It is here.',
      'Not in this bundle: numbers 2 to 9, which came after.',
    ]);
    expect((await words([told(1), told(3)], '1 9'))[1]).toBe(
      '7 of 9 are left out: numbers 2, 4 to 9.',
    );
    const many = await words([told(1)], '1 1000000000');
    expect(many[1]).toBe(
      'At least 10,000 of 1,000,000,000 are left out: numbers 2 to 10,001 and more.',
    );
    expect((await words([told(2, {}, 3)], '1 9007199254740993'))[0]).toContain(
      '9,007,199,254,740,993',
    );
  });

  test('outside the numbers of the list are refused', async () => {
    for (const deliveries of ['1 2', '4 9', '0 0']) {
      expect(await refusal(bundle([told(3)], { deliveries }))).toMatchObject({
        answer: 'does not hold',
        code: 'kOutsideNumbers',
      });
    }
  });

  test('of one number, twice, are refused, and the same one in two trees is not', async () => {
    const record = make.record(make.delivery('air-unit-b', 1), { salt: salt(1) });
    const again = make.receipt({ record, tree: 'records', ticks: 20 });
    const other = make.record(make.delivery('air-unit-b', 1), { salt: salt(9) });
    const twice = make.receipt({ record: other, tree: 'records', ticks: 21 });
    const first = told(1, { record, count: 1 });
    expect(await words([first, again], '1 1')).toContain('It is here.');
    expect(await refusal(bundle([first, twice], { deliveries: '1 1' }))).toMatchObject({
      answer: 'does not hold',
      code: 'kTwoOfOneNumber',
      words: 'two deliveries to air-unit-b of number 1: 1.txt and 2.txt',
    });
  });
});

describe('a bundle is refused', () => {
  const key = make.kLogKey;
  const other = make.verifierKey(make.kLog, 1, make.signer('another').key);
  const list = (line: number, text: string) => {
    const lines = ['comity-bundle v1', `log ${key}`, 'party p', 'deliveries 0 0', ''];
    return bundle([], { list: lines.map((one, i) => (i === line - 1 ? text : one)).join('\n') });
  };
  const hash = '0'.repeat(64);

  test.each<[string, Buffer]>([
    ['kNotListed', bundle([kIntent], { files: [{ name: 'receipts/extra.txt', text: kIntent }] })],
    ['kOtherFile', list(5, `receipt 1.txt ${hash}\n`)],
    ['kOtherLogKey', bundle([kIntent], { key: other })],
    ['kTwoHistories', bundle([told(1), told(2, { ticks: 11 })], { deliveries: '1 2' })],
    ['kLog', bundle([asking({}).replace(/index .*/, 'index 2')])],
    [
      'kEntryProof',
      bundle([told(1).replace('entry delivered 0', 'entry delivered 1')], { deliveries: '1 1' }),
    ],
  ])('where it does not hold: %s', async (code, archive) => {
    if (code === 'kOtherFile')
      archive = bundle([kIntent], {
        list: `comity-bundle v1\nlog ${key}\nparty p\ndeliveries 0 0\nreceipt 1.txt ${hash}\n`,
      });
    expect(await refusal(archive)).toMatchObject({ answer: 'does not hold', code });
  });

  test('with the receipts that were looked at, and the step that failed', async () => {
    const bad = asking({}).replace(/index .*/, 'index 2');
    const found = await verifyBundle(bundle([kIntent, bad, kIntent]), key);
    expect(found.receipts.map(({ file, ok }) => [file, ok])).toEqual([
      ['1.txt', true],
      ['2.txt', false],
    ]);
    expect(found.findings[0]!.words).toContain(
      'receipts/2.txt: the proof of the public log does not hold: the proof ',
    );
    expect(found.steps[found.steps.length - 1]).toMatchObject({ name: 'bundle', ok: false });
  });

  test.each<[string, Buffer]>([
    ['kLine', list(1, 'comity-bundle v2')],
    ['kLine', list(2, 'log' + key)],
    ['kSyntax', list(2, 'log x')],
    ['kText', list(3, 'party ')],
    ['kText', list(3, 'party ' + 'p'.repeat(129))],
    ['kNumber', list(4, 'deliveries 0 1')],
    ['kNumber', list(4, 'deliveries 2 1')],
    ['kNumber', list(4, 'deliveries 01 1')],
    ['kFileName', list(5, `receipt .a ${hash}\n`)],
    ['kFileName', list(5, `receipt a/b ${hash}\n`)],
    ['kFileName', list(5, `receipt a ${hash}\nreceipt a ${hash}\n`)],
    ['kHash', list(5, `receipt a ${hash.toUpperCase().slice(1)}A\n`)],
    ['kNoFinalNewline', list(5, `receipt a ${hash}`)],
    ['kNoSuchFile', list(5, `receipt a.txt ${hash}\n`)],
    ['kNoSuchFile', zip([{ name: 'report.html', content: '' }])],
    ['kNoArchive', Buffer.from('PK\x03\x04')],
    ['kNoArchive', Buffer.from(kIntent)],
    ['kNoReceipt', bundle(['no receipt\n'])],
    ['kEmpty', bundle([''])],
    ...[
      '../bundle.txt',
      '/etc/passwd',
      'x.exe',
      'receipts/../a.txt',
      'receipts/a.html',
      'receipts/.a.txt',
      'bundle/bundle.txt',
      'receipts\\a.txt',
    ].map((name): [string, Buffer] => [
      'kNotOfABundle',
      bundle([], { files: [{ name, text: 'x' }] }),
    ]),
  ])('as bad input: %s', async (code, archive) => {
    expect(await refusal(archive)).toMatchObject({ answer: 'bad input', code });
  });
});

// The program's library makes a blank of it.
test.each(['bundle.txt\0', 'receipts/a\0.txt'])(
  'a name does not end at a zero: %j',
  async (name) => {
    const found = await verifyBundle(bundle([], { files: [{ name, text: 'x' }] }), make.kLogKey);
    expect(found.findings[0]!.code).toBe('kNotOfABundle');
  },
);

describe('without a key', () => {
  const other = make.verifierKey(make.kLog, 1, make.signer('another').key);

  test('an agreement counts that is signed and accepted', async () => {
    for (const operation of ['agreement.propose', 'agreement.accept']) {
      const found = await verifyBundle(bundle([kIntent, agreeing(make.kLogKey, operation)]), null);
      expect(found.key).toMatchObject({ from: 'agreement', text: make.kLogKey });
      expect(found.ok).toBe(true);
    }
  });

  const vouched = make.receipt({
    record: make.record(
      make.vouched(
        make.envelope({
          from: { party: 'air-unit-a', key: '' },
          operation: 'agreement.propose',
          body: { log: make.kLogKey },
        }),
      ),
    ),
  });

  test.each<[string, string]>([
    ['vouched for', vouched],
    ['refused', agreeing(make.kLogKey, 'agreement.propose', 7)],
    ['another operation', agreeing(make.kLogKey, 'agreement.withdraw')],
    ['with a number', agreeing(7)],
    ['with nothing', asking({ operation: 'agreement.propose' })],
  ])('one that is %s does not', async (_, text) => {
    expect(await refusal(bundle([text]), null)).toMatchObject({
      answer: 'bad input',
      code: 'kKeyMissing',
    });
  });

  test("one whose signature is not its author's does not", async () => {
    const payload = make.envelope({
      operation: 'agreement.propose',
      body: { log: make.kLogKey },
    });
    const dsse = make.dsse(payload, undefined, make.signer('another'));
    const text = make.receipt({ record: make.record(make.signed(dsse)) });
    expect(await refusal(bundle([text]), null)).toMatchObject({ code: 'kKeyMissing' });
  });

  test('two that name two keys are refused, and one is that names none', async () => {
    const two = bundle([agreeing(make.kLogKey), agreeing(other)]);
    expect(await refusal(two, null)).toMatchObject({ answer: 'does not hold', code: 'kTwoKeys' });
    const none = bundle([agreeing('no key')]);
    expect(await refusal(none, null)).toMatchObject({ answer: 'does not hold', code: 'kSyntax' });
    expect((await verifyBundle(none, make.kLogKey)).ok).toBe(true);
  });

  test('the receipts have to hold under the key that it names', async () => {
    const archive = bundle([agreeing(other)], { key: other });
    expect(await refusal(archive, null)).toMatchObject({ answer: 'does not hold', code: 'kLog' });
    const listed = bundle([agreeing(other)]);
    expect(await refusal(listed, null)).toMatchObject({ code: 'kOtherLogKey' });
  });
});
