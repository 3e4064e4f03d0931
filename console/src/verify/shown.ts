// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Text that others wrote, made fit to be looked at: whoever wrote it chose its characters, and some
// of them hide, reorder or imitate what stands around them.

// From the Unicode Character Database: general categories Cc, Cf, Zl, Zp, Co, blanks (Zs) other
// than U+0020, the property Default_Ignorable_Code_Point, and a letter and a pattern without ink.
const kUnseen =
  '\\0-\\x1f\\x7f-\\xa0\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891' +
  '\\u08e2\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f' +
  '\\u205f-\\u206f\\u2800\\u3000\\u3164\\ud800-\\uf8ff\\ufe00-\\ufe0f\\ufeff\\uffa0' +
  '\\ufff0-\\ufffb\\ufffe\\uffff\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}' +
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}\\u{f0000}-\\u{10ffff}';
const kPattern = new RegExp(`[${kUnseen}]`, 'gu');

/** Characters that a reader does not see, or that turn others round, as <U+202E>. */
export function shown(text: string): string {
  return text.replace(kPattern, (character) => {
    const digits = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `<U+${digits}>`;
  });
}
