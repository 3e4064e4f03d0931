// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Where the papers of an incident are: receipts and the bundle.

export function receiptPath(record: number): string {
  return `/v1/ledger/records/${record}/receipt`;
}

export function bundlePath(incident: string): string {
  return `/v1/incidents/${encodeURIComponent(incident)}/bundle`;
}
