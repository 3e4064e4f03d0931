// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The log's key that parties have named to each other (docs/formats/bundle.md, "Without a key").
import { encodeBase64 } from './base64';
import { bytesOf, looseTextOf, rawOf, rawOfText, textOf, type Raw } from './bytes';
import { kEnvelopeType, parseDsse, parseEnvelope, verifyDsse, type Envelope } from './envelope';
import { attempt, Fault } from './fault';
import type { Receipt } from './receipt';
import { decodeRecord } from './record';

export interface AgreedKey {
  agreement: Raw;
  party: Raw;
  key: Uint8Array;
  /** What the agreement says of the log's key. */
  log: Raw;
  /** The receipt's file in the bundle. */
  file: string;
}

const kOperations = ['agreement.propose', 'agreement.accept'];

// An accepted agreement; that its signature holds is looked at last, since it costs most.
function signedAgreement(receipt: Receipt): (Envelope & { key: Uint8Array }) | null {
  const record = decodeRecord(receipt.record);
  if (record.outcome !== 0 || record.content.kind !== 'signed') return null;
  const dsse = parseDsse(rawOf(record.content.dsse));
  if (dsse.payloadType !== kEnvelopeType) return null;
  const envelope = parseEnvelope(dsse.payload);
  const { key } = envelope;
  if (key === null || !kOperations.includes(envelope.operation)) return null;
  return verifyDsse(dsse, key) ? { ...envelope, key } : null;
}

export function agreedKey(receipt: Receipt, file: string): AgreedKey | null {
  const agreement = attempt(() => signedAgreement(receipt));
  if (agreement === null || agreement instanceof Fault) return null;
  const { key, party, id, object, body } = agreement;
  // The body was read with the envelope: an object, each member once.
  const { log } = JSON.parse(textOf(bytesOf(body))!) as { log?: unknown };
  if (typeof log !== 'string') return null;
  return { agreement: object ?? id, party, key, log: rawOfText(log), file };
}

/** Where the log's key comes from. */
export function agreedText(agreed: AgreedKey): string {
  const party = looseTextOf(agreed.party);
  return (
    `The log's key is the one named in agreement ${looseTextOf(agreed.agreement)}, signed by ` +
    `${party} under key ${encodeBase64(agreed.key)} (${agreed.file}). Whoever made the bundle ` +
    `chose that agreement: make sure that the key is ${party}'s, or give the log's key.`
  );
}
