// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// The few bytes of RFC 6455 that the mock node needs: it sends, and hears only that a client ends.
import { createHash } from 'node:crypto';

export function accept(request, socket) {
  const key = request.headers['sec-websocket-key'];
  const answer = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${answer}\r\nSec-WebSocket-Protocol: comity.v1\r\n\r\n`,
  );
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    if ((data[0] & 15) === 8) socket.end();
  });
  const send = (opcode, bytes) => {
    const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65536 ? 4 : 10);
    head[0] = 128 | opcode;
    if (head.length === 2) head[1] = bytes.length;
    else if (head.length === 4) {
      head[1] = 126;
      head.writeUInt16BE(bytes.length, 2);
    } else {
      head[1] = 127;
      head.writeBigUInt64BE(BigInt(bytes.length), 2);
    }
    if (!socket.destroyed) socket.write(Buffer.concat([head, bytes]));
  };
  return {
    text: (value) => send(1, Buffer.from(JSON.stringify(value))),
    binary: (bytes) => send(2, bytes),
    onClose: (then) => socket.on('close', then),
  };
}
