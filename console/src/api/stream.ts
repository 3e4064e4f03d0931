// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { parseFrame, type Frame } from './frames';
import type { StreamMessage } from './types';

export interface StreamEvents {
  onMessage(message: StreamMessage): void;
  onFrame(frame: Frame): void;
  onOpen(isAgain: boolean): void;
  /** The code of api/stream.md, "How it ends"; the client opens it again by itself. */
  onClose(code: number): void;
}

const kFirstWaitMs = 500;
const kLongestWaitMs = 5_000;
const kSilentMs = 10_000;

/** The stream, kept open: after a break it resumes behind the last delivery that it has. */
export class StreamClient {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setInterval> | undefined;
  private wait = kFirstWaitMs;
  private heardAt = 0;
  private opened = 0;

  constructor(
    private readonly url: string,
    private last: number,
    private readonly events: StreamEvents,
  ) {}

  open(): void {
    const socket = new WebSocket(`${this.url}?after=${this.last}&tracks=1`, 'comity.v1');
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = performance.now();
    socket.onopen = () => {
      this.opened += 1;
      this.events.onOpen(this.opened > 1);
    };
    socket.onmessage = (event) => this.take(event.data as string | ArrayBuffer);
    socket.onclose = (event) => {
      if (this.socket === socket) this.openAgain(event.code);
    };
    clearInterval(this.watchdog);
    this.watchdog = setInterval(() => this.watch(), 1_000);
  }

  /** Ends for good. */
  close(): void {
    clearTimeout(this.timer);
    clearInterval(this.watchdog);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private take(data: string | ArrayBuffer): void {
    this.heardAt = performance.now();
    this.wait = kFirstWaitMs;
    if (typeof data !== 'string') {
      this.events.onFrame(parseFrame(data));
      return;
    }
    const message = JSON.parse(data) as StreamMessage;
    if (message.type === 'delivery') this.last = Math.max(this.last, message.number);
    this.events.onMessage(message);
  }

  /** A half-open connection never closes by itself. */
  private watch(): void {
    const socket = this.socket;
    if (socket === null || performance.now() - this.heardAt < kSilentMs) return;
    this.socket = null;
    socket.close();
    this.openAgain(1006);
  }

  private openAgain(code: number): void {
    clearInterval(this.watchdog);
    this.events.onClose(code);
    this.timer = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(2 * this.wait, kLongestWaitMs);
  }
}
