// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// The node's time. Every count-down runs on it and none on this computer's own clock, which may be
// wrong; between two beats it goes on by a steady clock, and it stops when beats stop.

const kRunsOnMs = 5_000;

export class NodeClock {
  private time: number | null = null;
  private heardAt = 0;
  private pace = 1;

  constructor(private readonly steady: () => number = () => performance.now()) {}

  setPace(pace: number): void {
    if (pace > 0) this.pace = pace;
  }

  beat(time: number): void {
    // A beat never turns the clock back within a second: figures would jump to and fro.
    const ahead = this.now() - time;
    this.time = this.time !== null && ahead > 0 && ahead < 1000 * this.pace ? time + ahead : time;
    this.heardAt = this.steady();
  }

  /** Milliseconds since 1970; before the first beat, this computer's. */
  now(): number {
    if (this.time === null) return Date.now();
    return this.time + Math.min(this.silence(), kRunsOnMs) * this.pace;
  }

  isSet(): boolean {
    return this.time !== null;
  }

  /** Milliseconds since the last beat. */
  silence(): number {
    return this.time === null ? 0 : this.steady() - this.heardAt;
  }
}
