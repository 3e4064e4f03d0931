// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { parseDsse, parseEnvelope, verifyDsse } from '../../src/verify/envelope';
import { codeOf } from './data';
import * as make from './make';

describe('what a party signs', () => {
  const payload = make.envelope();
  const good = JSON.parse(make.dsse(payload)) as { signatures: object[] };
  const [one] = good.signatures;

  test('verifies under its key and under no other', () => {
    const dsse = parseDsse(make.dsse(payload));
    expect(verifyDsse(dsse, make.kAuthor.key)).toBe(true);
    expect(verifyDsse(dsse, make.kLogSigner.key)).toBe(false);
    expect(verifyDsse({ ...dsse, payloadType: 'x' }, make.kAuthor.key)).toBe(false);
    expect(parseEnvelope(dsse.payload)).toMatchObject({
      party: 'air-unit-a',
      body: '{"volumes":[]}',
    });
  });

  test.each<[string, unknown]>([
    ['kNotJson', undefined],
    ['kValueType', []],
    ['kUnknownMember', { ...good, more: 1 }],
    ['kMissingMember', { ...good, payload: undefined }],
    ['kPayloadType', { ...good, payloadType: '' }],
    ['kKeyId', { ...good, signatures: [{ ...one, keyid: '\\' }] }],
    ['kBase64', { ...good, payload: 'A' }],
    ['kPayloadTooLarge', { ...good, payload: 'A'.repeat(23_000_000) }],
    ['kNoSignatures', { ...good, signatures: [] }],
    ['kTooManySignatures', { ...good, signatures: Array(9).fill(one) }],
    ['kSignatureLength', { ...good, signatures: [{ sig: '' }] }],
    ['kTooLarge', 'x'.repeat(23 << 20)],
  ])('as a DSSE envelope is refused: %s', (code, value) => {
    expect(codeOf(() => parseDsse(JSON.stringify(value) ?? ''))).toBe(code);
  });
  test('as a DSSE envelope is refused with a member twice', () => {
    const text = make.dsse(payload).replace('{', '{"payloadType":"x",');
    expect(codeOf(() => parseDsse(text))).toBe('kDuplicateMember');
  });

  const root = make.kSalt.toString('base64');
  test.each<[string, { [member: string]: unknown }]>([
    ['kTooDeep', { body: JSON.parse('{"a":'.repeat(64) + '1' + '}'.repeat(64)) }],
    ['kUnknownMember', { more: 1 }],
    ['kMissingMember', { traffic: undefined }],
    ['kMemberType', { body: [] }],
    ['kVersion', { v: 2 }],
    ['kText', { object: 'a\n' }],
    ['kText', { to: '\u00e9'.repeat(129) }],
    ['kId', { id: 'a b' }],
    ['kTime', { sent: '2015-02-29T07:24:00.000Z' }],
    ['kTimeOrder', { valid_until: '2015-11-24T07:23:59.999Z' }],
    ['kNumberRange', { expected_version: 1.5 }],
    ['kTraffic', { traffic: 'both' }],
    ['kHash', { seen: { size: 1, root: 'AA==' } }],
    [
      'kTooManyAttachments',
      { attachments: Array.from({ length: 65 }, (_, i) => ({ name: `${i}`, commitment: root })) },
    ],
    [
      'kAttachmentName',
      {
        attachments: [
          { name: 'a', commitment: root },
          { name: 'a', commitment: root },
        ],
      },
    ],
    ['kTooLarge', { body: { a: 'x'.repeat(16 << 20) } }],
  ])('as an envelope is refused: %s', (code, more) => {
    expect(codeOf(() => parseEnvelope(Buffer.from(make.envelope(more))))).toBe(code);
  });
  test.each([
    ['kSyntax', '[]'],
    ['kSyntax', '\ufeff{}'],
    ['kDuplicateMember', payload.replace('{"volumes":[]}', '{"a":{"b":1,"b":1}}')],
  ])('as an envelope is refused: %s', (code, text) => {
    expect(codeOf(() => parseEnvelope(Buffer.from(text)))).toBe(code);
  });
});
