// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Where the papers of an incident are: receipts and the bundle.

/** A receipt of what the caller filed, or of what it was told, by the caller's own number. */
export interface ReceiptOf {
  tree: 'filed' | 'delivered';
  number: number;
}

export function receiptPath(of: ReceiptOf): string {
  return `/v1/ledger/receipts/${of.tree}/${of.number}`;
}

export function receiptName(of: ReceiptOf): string {
  return `${of.tree}-${of.number}.receipt`;
}

export function bundlePath(incident: string): string {
  return `/v1/incidents/${encodeURIComponent(incident)}/bundle`;
}
