// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

/** Thrown by every reader and checker: a code, the name that the program has for it, and words. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
    readonly line = 0,
  ) {
    super(words);
  }
}

/** Makes what throws the faults of one table of words, as each format has one. */
export function faults<T extends Record<string, string>>(words: T) {
  return (code: keyof T & string, line = 0): never => {
    throw new Fault(code, words[code] as string, line);
  };
}

/** The value, or what it threw if that was a fault; anything else is thrown on. */
export function attempt<T>(make: () => T): T | Fault {
  try {
    return make();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
