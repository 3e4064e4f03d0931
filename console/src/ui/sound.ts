// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Severity } from '../model/situations';

// A sound once for each new warning. Browsers make none before the person has touched the page.

let context: AudioContext | null = null;

function wake(): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  } catch {
    context = null; // No sound on this computer: shape, colour and word remain.
  }
}

export function listenForTouch(): void {
  for (const name of ['pointerdown', 'keydown'] as const) {
    document.addEventListener(name, wake, { passive: true });
  }
}

/** Two falling tones for a warning, one for a caution; nothing for an advisory. */
export function play(severity: Severity): void {
  if (context === null || context.state !== 'running' || severity === 'advisory') return;
  const tones = severity === 'warning' ? [880, 660, 880, 660] : [660];
  tones.forEach((frequency, index) => tone(context as AudioContext, frequency, index * 0.16));
}

function tone(audio: AudioContext, frequency: number, after: number): void {
  const begin = audio.currentTime + after;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  oscillator.type = 'triangle';
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(0.25, begin + 0.02);
  gain.gain.linearRampToValueAtTime(0, begin + 0.14);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 0.15);
}

export interface Sounded {
  id: string;
  severity: Severity;
  isOpen: boolean;
}

const kOrder: Record<Severity, number> = { advisory: 0, caution: 1, warning: 2 };

/**
 * What is to be heard: each situation when it comes, and again when it grows more urgent. What was
 * there before the console was opened (`isFirst`) is on the screen, and silent.
 */
export class Bell {
  private heard = new Map<string, Severity>();

  ring(situations: readonly Sounded[], isFirst: boolean): Severity | null {
    let loudest: Severity | null = null;
    for (const { id, severity, isOpen } of situations) {
      const before = this.heard.get(id);
      if (before !== undefined && kOrder[before] >= kOrder[severity]) continue;
      this.heard.set(id, severity);
      if (isFirst || !isOpen) continue;
      if (loudest === null || kOrder[severity] > kOrder[loudest]) loudest = severity;
    }
    return loudest;
  }
}
