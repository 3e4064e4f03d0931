# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""A client of the stream (api/stream.md), over a WebSocket library that is not the node's."""

import asyncio
import json
import socket
import struct
import threading
import time

import websockets

from contract import CONTRACT

SCHEMAS = {"delivery": "Delivery", "notice": "Notice", "own": "Item"}


def schema_of(name):
    return {"$ref": f"#/components/schemas/{name}"}


def check(message):
    """Raises where a message holds something else than the page says of its members."""
    kind = message["type"]
    inner = {name: value for name, value in message.items() if name != "type"}
    wrong = ""
    if kind == "delivery":
        wrong = CONTRACT.valid(schema_of("Delivery"), inner)
    elif kind in ("notice", "own"):
        member = "notice" if kind == "notice" else "item"
        wrong = CONTRACT.valid(schema_of(SCHEMAS[kind]), inner.pop(member)) or str(inner or "")
    elif kind == "answer":
        named = "problem" if "problem" in inner else "decision"
        schema = schema_of(named.capitalize())
        wrong = CONTRACT.valid(schema, inner.pop(named)) or str(set(inner) - {"id"} or "")
    elif kind == "beat":
        wrong = "".join(CONTRACT.valid(schema_of("Feed"), feed) for feed in inner["feeds"])
        wrong += CONTRACT.valid(schema_of("Time"), inner["time"])
        wrong += str(set(inner) - {"time", "mode", "last", "feeds"} or "")
    elif kind == "hello":
        wrong = CONTRACT.valid(schema_of("Time"), inner["time"])
        wrong += str(set(inner) - {"party", "origin", "last", "time", "beat_ms"} or "")
    elif kind not in ("names", "missed"):
        wrong = "unknown"
    if wrong:
        raise AssertionError(f"{kind}: {wrong}: {str(message)[:600]}")


class Loop:
    """One thread for all clients of a test."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def do(self, coroutine, timeout=20):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout)


LOOP = Loop()


class Stream:
    """Every message that comes is checked and kept, with the time at which it came."""

    def __init__(self, node, party=None, *, after=None, tracks=False, headers=None, query=None,
                 is_slow=False):
        headers = dict(headers or {})
        if party is not None:
            headers["Authorization"] = f"Bearer {party.api_key}"
        asked = [f"after={after}"] if after is not None else []
        asked += ["tracks=1"] if tracks else []
        query = query if query is not None else "?" + "&".join(asked)
        raw = socket.socket()
        if is_slow:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", node.port()))
        more = {"max_queue": 1, "read_limit": 4096} if is_slow else {"max_queue": None}
        self.messages = []
        try:
            self.socket = LOOP.do(self.open(
                f"ws://127.0.0.1:{node.port()}/v1/stream{query}", sock=raw, extra_headers=headers,
                subprotocols=["comity.v1"], max_size=1 << 25, ping_interval=None,
                compression=None, **more))
        except BaseException:
            raw.close()
            raise

    @staticmethod
    async def open(*arguments, **options):
        return await websockets.connect(*arguments, **options)

    def next(self, timeout=5):
        got = LOOP.do(asyncio.wait_for(self.socket.recv(), timeout), timeout + 5)
        message = got if isinstance(got, bytes) else json.loads(got)
        if isinstance(message, dict):
            check(message)
        self.messages.append((time.monotonic(), message))
        return message

    def until(self, wanted, timeout=10):
        """The next message for which `wanted` is true; of a text, where its type is that."""
        is_it = wanted if callable(wanted) else (
            lambda one: isinstance(one, dict) and one["type"] == wanted)
        end = time.monotonic() + timeout
        while True:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"no such message in {timeout} s: {wanted}")
            try:
                message = self.next(left)
            except (TimeoutError, asyncio.TimeoutError):
                continue
            if is_it(message):
                return message

    def deliveries(self, count, timeout=10):
        return [self.until("delivery", timeout) for _ in range(count)]

    def nothing(self, wanted, seconds):
        """That none of these comes for so long."""
        try:
            found = self.until(wanted, seconds)
        except AssertionError:
            return
        raise AssertionError(f"it came: {found}")

    def send(self, message):
        LOOP.do(self.socket.send(message))

    def end_code(self, timeout=10):
        """Reads until the node closes the stream; its code and words."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                self.next(1)
            except websockets.ConnectionClosed:
                return self.socket.close_code, self.socket.close_reason
            except (TimeoutError, asyncio.TimeoutError):
                pass
        raise AssertionError("the stream stayed open")

    def close(self):
        LOOP.do(self.socket.close())


FRAME_HEAD = struct.Struct("<4sIq")
FRAME_TRACK = struct.Struct("<IiiiHHhHHBBI")


def read_frame(data):
    """Time of the sweep in seconds, and tracks by number."""
    magic, count, time_ms = FRAME_HEAD.unpack_from(data)
    if magic != b"CTF1" or len(data) != FRAME_HEAD.size + count * FRAME_TRACK.size:
        raise AssertionError(f"no frame: {data[:64]!r}, {len(data)} bytes")
    tracks = {}
    for index in range(count):
        row = FRAME_TRACK.unpack_from(data, FRAME_HEAD.size + index * FRAME_TRACK.size)
        number, lat, lon, altitude, speed, turn, rate, age, accuracy, flags, datum, zero = row
        if zero or flags & ~15 or datum > 2 or number in tracks:
            raise AssertionError(f"no track: {row}")
        tracks[number] = {"lat": lat * 1e-7, "lon": lon * 1e-7, "feet": altitude / 10,
                          "knots": speed / 10, "degrees": turn * 360 / 65536, "rate": rate,
                          "age": age / 10, "accuracy": accuracy, "flags": flags, "datum": datum}
    return time_ms / 1000, tracks
