// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The same receipts, given to this verifier and to the program where that is built: the same
// answer, for the same reason. Bundles are compared where they are tested (bundle.test.ts).
import { describe, expect, test } from 'vitest';
import { verifyBundle, verifyReceipt } from '../../src/verify';
import { breathe, example, fixture, fixtureText, random } from './data';
import * as make from './make';
import { expectSame, kProgram } from './program';

async function sameOfReceipt(file: Uint8Array, key: string, what: string): Promise<string> {
  await breathe();
  const found = await verifyReceipt(file, key);
  expectSame(found, file, key, what);
  return found.answer;
}

describe.skipIf(kProgram === null)('the program says the same', () => {
  test('of receipts with a byte turned', async () => {
    const next = random(20261125);
    const exampleKey = /^log (.*)$/m.exec(example('bundle.txt').toString())![1]!;
    const receipts: [Buffer, string][] = [
      [example('receipts/0003-intent.put.txt'), exampleKey],
      [example('receipts/0004-delivery-1.txt'), exampleKey],
      [example('receipts/0007-intent.put.txt'), exampleKey],
      [fixture('genesis.txt'), fixtureText('two-shores.vkey')],
    ];
    for (const [whole, key] of receipts) {
      expect(await sameOfReceipt(whole, key, 'whole')).toBe('holds');
      for (let i = 0; i < 50; ++i) {
        const file = Buffer.from(whole);
        const at = next(file.length);
        file[at] = file[at]! ^ (1 << next(8));
        expect(await sameOfReceipt(file, key, `byte ${at}`)).not.toBe('holds');
      }
      // Lines left out, twice, or in another order.
      const lines = whole.toString('latin1').split('\n');
      for (let i = 0; i < lines.length; i += 6) {
        const without = lines.filter((_, n) => n !== i).join('\n');
        await sameOfReceipt(Buffer.from(without, 'latin1'), key, `without line ${i}`);
        const twice = lines.flatMap((line, n) => (n === i ? [line, line] : [line])).join('\n');
        await sameOfReceipt(Buffer.from(twice, 'latin1'), key, `line ${i} twice`);
      }
    }
  });

  const kBodies = [
    '{}',
    '{ "a" : [ 1 , 2 ] }',
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":1}}',
    '{"a":[{"b":1,"\\u0062":1}]}',
    '{"a":01}',
    '{"a":-0}',
    '{"a":-}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":1e}',
    '{"a":1e5}',
    '{"a":1E+5}',
    '{"a":1e400}',
    '{"a":-1e400}',
    '{"a":1e-400}',
    '{"a":18446744073709551615}',
    '{"a":18446744073709551616}',
    '{"a":-9223372036854775808}',
    '{"a":-9223372036854775809}',
    '{"a":99999999999999999999}',
    '{"a":100000000000000000000}',
    '{"a":10000000000000000000}',
    '{"a":1.00000000000000000000000000000000001}',
    '{"a":tru}',
    '{"a":truex}',
    '{"a":null}',
    '{"a":nul}',
    '{"a":True}',
    '{a:1}',
    "{'a':1}",
    '{"a":1,}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a":[1,]}',
    '{"a":[,]}',
    '{"a":[1 2]}',
    '{"a":"\t"}',
    '{"a":"\u007f"}',
    '{"a":"\\x"}',
    '{"a":"\\u12"}',
    '{"a":"\\u00e9"}',
    '{"a":"\\ud83d\\ude00"}',
    '{"a":"\\ud83d"}',
    '{"a":"\\ud83dx"}',
    '{"a":"\\ud83d\\u0041"}',
    '{"a":"\\ude00"}',
    '{"a":"\\ude00\\ud83d"}',
    '{"\\ud800":1}',
    '{"a":"\\ud83d\\ud83d"}',
    '{"a":"\\u0000"}',
    '{"a":"é\u{1f600}"}',
    '{"a":"\\/\\b\\f\\n\\r\\t\\"\\\\"}',
    '{"a":1}{"b":2}',
    '{"a":1}x',
    '[]',
    'null',
    '"x"',
    '{"a":' + '['.repeat(61) + ']'.repeat(61) + '}',
    '{"a":' + '['.repeat(62) + ']'.repeat(62) + '}',
    '{"a":' + '['.repeat(63) + ']'.repeat(63) + '}',
    '{"a":' + '['.repeat(64) + ']'.repeat(64) + '}',
    '{"a":' + '['.repeat(62) + '1' + ']'.repeat(62) + '}',
    '{"a":' + '{"a":'.repeat(63) + '1' + '}'.repeat(63) + '}',
    '{"a":"' + 'x'.repeat(5000) + '"}',
    '{"a":\f1}',
    '{"a":\u00a01}',
    '{"a":1 /* */}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":+1}',
    '{"a":0x1}',
    '{"a":1_0}',
    '{"a":"x',
    '{"a":[[[',
    '{"a":1]',
  ];

  const ofPayload = (payload: string | Buffer) => {
    const bytes = Buffer.from(payload as string);
    const content = Buffer.concat([make.number(2, 1), make.sized(bytes)]);
    return Buffer.from(make.receipt({ record: make.record(content), party: 'air-unit-a' }));
  };
  const vouched = (more: { [member: string]: unknown }) =>
    make.envelope({ from: { party: 'air-unit-a', key: '' }, ...more });

  test('of bodies in every form', async () => {
    for (const body of kBodies) {
      const payload = vouched({ body: 'BODY' }).replace('"BODY"', () => body);
      await sameOfReceipt(ofPayload(payload), make.kLogKey, body.slice(0, 60));
    }
  });

  test('of envelopes in every form', async () => {
    const { v: _, ...rest } = JSON.parse(vouched({})) as { v: number };
    const kMembers: { [member: string]: unknown[] } = {
      v: [2, '1', 1.5, -1, null, 0],
      to: ['', 7, 'x'.repeat(256), 'x'.repeat(257), 'a\nb', 'other.test/log'],
      from: [
        null,
        {},
        { party: 'air-unit-a' },
        { party: '', key: '' },
        { party: 'air-unit-a', key: 7 },
        { party: 'air-unit-a', key: '', more: 1 },
        { key: '', party: 'air-unit-a' },
        { party: 'air-unit-a', key: 'AA' },
        { party: 'air-unit-a', key: make.kAuthor.key.toString('base64') },
        { party: 'p'.repeat(129), key: '' },
        { party: 'air-unit-\u00e9', key: '' },
      ],
      id: ['', 'a b', 'a/b', 'x'.repeat(64), 'x'.repeat(65), 'A-Z_a.z:0', 7, null],
      sent: [
        '2015-11-24T07:24:00Z',
        '2015-11-24T07:24:00.000z',
        '2015-11-24t07:24:00.000Z',
        '2015-02-29T07:24:00.000Z',
        '2012-02-29T07:24:00.000Z',
        '2015-11-24T24:00:00.000Z',
        '2015-11-24T07:24:60.000Z',
        '1969-12-31T23:59:59.999Z',
        '1970-01-01T00:00:00.000Z',
        '2015-11-24T07:29:00.001Z',
        '2015-11-24T07:29:00.000Z',
        '+15-11-24T07:24:00.000Z',
        5,
        '2015-13-24T07:24:00.000Z',
        '2015-00-24T07:24:00.000Z',
        '2015-11-00T07:24:00.000Z',
      ],
      valid_until: ['9999-12-31T23:59:59.999Z', '10000-01-01T00:00:00.000Z', null],
      operation: ['', 'Intent', 'a b', 'a-z_0.9', 'x'.repeat(65), 7],
      object: ['', 'x'.repeat(128), 'x'.repeat(129), 7, 'a\u007fb', '\u202e', {}],
      expected_version: [0, -0, -1, 1.5, 9007199254740991, '1', {}],
      traffic: ['live', 'Live', '', null, 1],
      seen: [
        {},
        { size: 1 },
        { size: 1, root: 'AA' },
        { size: 1, root: make.kSalt.toString('base64') },
        7,
        { size: 1, root: make.kSalt.toString('base64'), more: 1 },
        { size: '1', root: make.kSalt.toString('base64') },
      ],
      attachments: [
        {},
        [{}],
        [7],
        [{ name: 'a', commitment: 'AA' }],
        [{ name: 'a', commitment: make.kSalt.toString('base64') }],
        [
          { name: 'a', commitment: make.kSalt.toString('base64') },
          { name: 'a', commitment: make.kSalt.toString('base64') },
        ],
        Array.from({ length: 65 }, (_, i) => ({
          name: `${i}`,
          commitment: make.kSalt.toString('base64'),
        })),
        Array.from({ length: 64 }, (_, i) => ({
          name: `${i}`,
          commitment: make.kSalt.toString('base64'),
        })),
        [{ name: '', commitment: make.kSalt.toString('base64') }],
      ],
      body: [null, [], 7, {}],
      more: [1],
    };
    for (const [member, values] of Object.entries(kMembers)) {
      for (const value of values) {
        const payload = vouched({ [member]: value });
        await sameOfReceipt(ofPayload(payload), make.kLogKey, `${member} ${JSON.stringify(value)}`);
      }
      const { [member]: _left, ...without } = JSON.parse(vouched({})) as {
        [member: string]: unknown;
      };
      await sameOfReceipt(ofPayload(JSON.stringify(without)), make.kLogKey, `without ${member}`);
    }
    const others: (string | Buffer)[] = [
      '',
      ' ',
      '{}',
      '[]',
      'null',
      JSON.stringify(rest),
      vouched({}) + ' \n',
      ' ' + vouched({}),
      vouched({}) + '}',
      '\ufeff' + vouched({}),
      JSON.stringify({ ...rest, v: 1 }),
      vouched({}).replace('"v":1', '"v":1,"v":1'),
      vouched({}).replace('"v":1', '"\\u0076":1'),
      vouched({}).replace('"v":1', '"v":1.0'),
      vouched({}).replace('"v":1', '"v":01'),
      vouched({}).replace('"v":1', '"v":1e0'),
      vouched({}).replaceAll(',', ' ,\n\t'),
      vouched({}).replace('null', '18446744073709551615'),
      vouched({}).replace('"expected_version":null', '"expected_version":-0'),
      vouched({}).replace('"expected_version":null', '"expected_version":9007199254740992'),
      Buffer.concat([Buffer.from(vouched({}).slice(0, -1)), Buffer.from([0xff]), Buffer.from('}')]),
      Buffer.from(vouched({ object: 'x\u00e9' }).replace('\u00e9', '\u00ff'), 'latin1'),
      Buffer.concat([Buffer.from(vouched({})), Buffer.alloc(1)]),
      vouched({ body: {} }).replace('"body":{}', '"bod\\u0079": { } '),
    ];
    for (const payload of others) {
      await sameOfReceipt(ofPayload(payload), make.kLogKey, payload.toString().slice(0, 60));
    }
  });

  test('of signatures in every form', async () => {
    const payload = make.envelope();
    const good = make.dsse(payload);
    const { signatures, ...rest } = JSON.parse(good) as {
      signatures: { sig: string }[];
      payload: string;
      payloadType: string;
    };
    const [one] = signatures as [{ sig: string }];
    const bad = { sig: Buffer.alloc(64).toString('base64') };
    const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
    const of = (list: unknown, more: object = {}) =>
      JSON.stringify({ ...rest, signatures: list, ...more });
    const forms: string[] = [
      good,
      good + ' ',
      ' ' + good,
      good + 'x',
      '\ufeff' + good,
      good.slice(0, -1),
      '',
      '[]',
      '"x"',
      'null',
      '{}',
      of([]),
      of({}),
      of(null),
      of([bad]),
      of([bad, one]),
      of([one, bad]),
      of(Array(8).fill(bad)),
      of([...Array(7).fill(bad), one]),
      of(Array(9).fill(one)),
      of([{ ...one, keyid: 'x' }]),
      of([{ keyid: '', ...one }]),
      of([{ ...one, keyid: 'a"b' }]),
      of([{ ...one, keyid: 'x'.repeat(257) }]),
      of([{ ...one, keyid: null }]),
      of([{ ...one, more: 1 }]),
      of([{ keyid: 'x' }]),
      of([{}]),
      of([7]),
      of([{ sig: '' }]),
      of([{ sig: 'AA' }]),
      of([{ sig: 'AAAA' }]),
      of([{ sig: 'A'.repeat(8192 * 2) }]),
      of([{ sig: 7 }]),
      of([{ sig: urlSafe(one.sig) }]),
      of([{ sig: one.sig.slice(0, -2) }]),
      of([one], { payload: urlSafe(rest.payload) }),
      of([one], { payload: rest.payload + '\n' }),
      of([one], { payload: '' }),
      of([one], { payload: 7 }),
      of([one], { payloadType: '' }),
      of([one], { payloadType: 'x' }),
      of([one], { payloadType: 'a\u00e9' }),
      of([one], { payloadType: 7 }),
      of([one], { more: 1 }),
      good.replace('"payload"', '"p\\u0061yload"'),
      good.replace('{"payload"', '{"payloadType":"x","payload"'),
      good.replace('"sig":', '"sig":"AAAA","sig":'),
      JSON.stringify({ signatures: [one], payloadType: rest.payloadType, payload: rest.payload }),
      JSON.stringify({ payload: rest.payload, payloadType: rest.payloadType }),
      good.replaceAll(':', ' : '),
    ];
    for (const dsse of forms) {
      const text = make.receipt({ record: make.record(make.signed(dsse)) });
      await sameOfReceipt(Buffer.from(text), make.kLogKey, dsse.slice(0, 80));
    }
  });

  test('of a bundle, under each key', async () => {
    const file = fixture('two-shores-line.zip');
    const key = fixtureText('two-shores.vkey');
    for (const one of [key, null, make.kLogKey]) {
      expectSame(await verifyBundle(file, one), file, one, `${one}`);
    }
  });
});
