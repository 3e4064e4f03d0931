// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Every byte of a receipt counts, but for those that say themselves that nobody vouches for them.
import { describe, expect, test } from 'vitest';
import { verifyReceipt } from '../../src/verify';
import { breathe, example, fixture, fixtureText } from './data';
import * as make from './make';

const kExampleKey = /^log (.*)$/m.exec(example('bundle.txt').toString())![1]!;

/** The places at which a turned bit leaves a receipt that holds. */
async function heldPlaces(receipt: Buffer, key: string): Promise<number[]> {
  const places: number[] = [];
  for (let at = 0; at < receipt.length; ++at) {
    const other = Buffer.from(receipt);
    other[at] = other[at]! ^ (1 << at % 8);
    await breathe();
    const { ok, record, findings } = await verifyReceipt(other, key);
    if (ok) places.push(at);
    else expect([record, findings.length]).toEqual([null, 1]);
  }
  return places;
}

describe('with any byte turned', () => {
  test.each<[string, Buffer, string]>([
    ['a signed request', example('receipts/0003-intent.put.txt'), kExampleKey],
    ['a delivery with its content', example('receipts/0004-delivery-1.txt'), kExampleKey],
    ['a request that is vouched for', example('receipts/0007-intent.put.txt'), kExampleKey],
    ['a record of the node', fixture('genesis.txt'), fixtureText('two-shores.vkey')],
  ])('%s does not hold', async (_, receipt, key) => {
    expect((await verifyReceipt(receipt, key)).ok).toBe(true);
    expect(await heldPlaces(receipt, key)).toEqual([]);
  });

  // C2SP tlog-proof does not authenticate its line `extra`, and signed-note passes over lines of
  // keys that are not known: who knows the key looks at each of their bytes.
  test('only an extra line and one of an unknown witness are free, and mean nothing', async () => {
    const witness = make.signer('witness');
    const kName = 'w.test';
    const cosigned = (text: string) => {
      const signature = witness.sign(Buffer.from(`cosignature/v1\ntime 5\n${text}`));
      return make.signatureLine(
        kName,
        4,
        witness.key,
        Buffer.concat([make.number(5, 8), signature]),
      );
    };
    const record = make.record(make.delivery('air-unit-b', 1));
    const made = { record, tree: 'delivered', party: 'air-unit-b', witness: cosigned } as const;
    const text = make.receipt(made).replace('\nindex', '\nextra QUJD\nindex');
    const receipt = Buffer.from(text);
    const range = (words: RegExp): [number, number] => {
      const found = words.exec(text)!;
      const begin = Buffer.byteLength(text.slice(0, found.index));
      return [begin, begin + Buffer.byteLength(found[0])];
    };
    const isWithin = (at: number, [begin, end]: [number, number]) => begin <= at && at < end;
    const extra = range(/extra .*/);
    const line = range(/— w\.test .*/);
    const free = await heldPlaces(receipt, make.kLogKey);
    expect(free.some((at) => isWithin(at, extra))).toBe(true);
    expect(free.some((at) => isWithin(at, line))).toBe(true);
    expect(free.filter((at) => !isWithin(at, extra) && !isWithin(at, line))).toEqual([]);
    // Whatever they say, the same is shown.
    const { record: shown, log } = await verifyReceipt(receipt, make.kLogKey);
    for (const at of free) {
      const other = Buffer.from(receipt);
      other[at] = other[at]! ^ (1 << at % 8);
      expect(await verifyReceipt(other, make.kLogKey)).toMatchObject({ record: shown, log });
    }
    // Where the witness is known, its signature counts; its name and id only say whose it is.
    const key = make.verifierKey(kName, 4, witness.key);
    const policy = `log ${make.kLogKey}\nwitness w ${key}\nquorum w\n`;
    const places = await heldPlaces(receipt, policy);
    expect(places.filter((at) => !isWithin(at, extra))).toEqual([]);
  });
});
