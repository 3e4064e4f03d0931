#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""What nobody who means well sends: slow, half, too large, ambiguous, nested, too often. After each
the node answers others as before.

    abuse_test.py PROGRAM [unittest arguments]
"""

import json
import re
import resource
import selectors
import socket
import time

import node_under_test as under_test
from node_under_test import CONTRACT, NodeTest, agreement, intent, wait_for

# The shortest that can be configured.
SECONDS = {"header_seconds": 1, "body_seconds": 1, "idle_seconds": 2, "write_seconds": 2}


class RawTest(NodeTest):
    """Bytes as they are, without a library that would correct them."""

    parts = {"limits": {**SECONDS, "connections_per_address": 10000}}

    def tearDown(self):
        began = time.monotonic()
        self.expect(self.node.call("GET", "/health"), 200)
        self.assertLess(time.monotonic() - began, 1)

    def open(self):
        sock = socket.create_connection(("127.0.0.1", self.node.port()), timeout=15)
        self.addCleanup(sock.close)
        return sock

    def read_all(self, sock):
        """Until the node closes."""
        data = b""
        while True:
            try:
                got = sock.recv(65536)
            except ConnectionResetError:
                return data
            if not got:
                return data
            data += got

    def answers(self, data):
        """(status, code or None) of each answer in the bytes."""
        found = []
        while data:
            head, _, rest = data.partition(b"\r\n\r\n")
            status = int(head.split(b" ")[1])
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            size = int(length[1]) if length else 0
            body, data = rest[:size], rest[size:]
            is_problem = b"application/problem+json" in head
            found.append((status, json.loads(body)["code"] if is_problem else None))
        return found

    def say(self, data, half_close=False):
        sock = self.open()
        try:
            sock.sendall(data)
            if half_close:
                sock.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return self.answers(self.read_all(sock))


def request(method="GET", path="/health", headers=(), body=b"", host=True, version="HTTP/1.1"):
    lines = [f"{method} {path} {version}"] + (["Host: x"] if host else []) + list(headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class SlowTest(RawTest):
    def test_headers_a_byte_at_a_time(self):
        sock, began = self.open(), time.monotonic()
        data = b""
        sock.settimeout(0.1)
        for byte in request(headers=[f"X-Slow: {'a' * 200}"]):
            try:
                sock.sendall(bytes([byte]))
                data += sock.recv(4096)
                break
            except TimeoutError:
                continue
            except OSError:
                break
        sock.settimeout(10)
        data += self.read_all(sock)
        self.assertEqual(self.answers(data), [(408, "header_timeout")])
        self.assertLess(time.monotonic() - began, 4)

    def test_a_body_that_does_not_come(self):
        head = request("POST", "/v1/session", ["Content-Type: application/json",
                                               "Content-Length: 100"])
        self.assertEqual(self.say(head + b"{"), [(408, "body_timeout")])

    def test_a_connection_that_says_nothing(self):
        sock, began = self.open(), time.monotonic()
        self.assertEqual(self.answers(self.read_all(sock)), [])
        self.assertLess(time.monotonic() - began, 6)

    def test_half_open(self):
        """The client has said all that it will say, and still hears the answer."""
        self.assertEqual(self.say(request(), half_close=True), [(200, None)])
        self.assertEqual(self.say(b"GET /hea", half_close=True)[1:], [])

    def test_an_answer_that_nobody_takes(self):
        node = self.node
        alpha, beta = node["alpha"], node["beta"]
        node.file(alpha, "agreement.propose", "pact", agreement("alpha", "beta"))
        node.file(beta, "agreement.accept", "pact", {})
        sock = socket.socket()
        self.addCleanup(sock.close)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        sock.connect(("127.0.0.1", node.port()))
        one = request(path="/v1/agreements", headers=[f"Authorization: Bearer {alpha.api_key}"])
        sock.settimeout(0.5)
        began = time.monotonic()
        try:
            while time.monotonic() - began < 10:
                sock.sendall(one * 50)
        except (TimeoutError, OSError):
            pass
        self.expect(node.call("GET", "/health"), 200)
        time.sleep(2.5)
        # The node gave up: it reads no more, and has closed.
        with self.assertRaises(OSError):
            for _ in range(100):
                sock.sendall(one * 50)
                time.sleep(0.05)

    def test_pipelined_requests_are_answered_in_order(self):
        data = request() + request(path="/v1/none") + request(path="/ready",
                                                             headers=["Connection: close"])
        self.assertEqual(self.say(data), [(200, None), (404, "no_route"), (200, None)])


class LargeTest(RawTest):
    parts = {"limits": {**SECONDS, "body_bytes": 65536}}

    def post(self, headers, body=b"", path="/v1/requests"):
        key = self.node["alpha"].api_key
        return self.say(request("POST", path, [f"Authorization: Bearer {key}",
                                               "Content-Type: application/json", *headers], body))

    def test_declared(self):
        for size in (65537, 10 ** 12, 10 ** 17):
            with self.subTest(size=size):
                self.assertEqual(self.post([f"Content-Length: {size}"]), [(413, "body_too_large")])
        self.assertEqual(self.post([f"Content-Length: {10 ** 30}"]), [(400, "bad_content_length")])

    def test_chunked(self):
        chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
        self.assertEqual(self.post(["Transfer-Encoding: chunked"], chunk * 5),
                         [(413, "body_too_large")])
        self.assertEqual(self.post(["Transfer-Encoding: chunked"], b"FFFFFFFF\r\n"),
                         [(413, "body_too_large")])
        for digits in (9, 16, 40):
            self.assertEqual(self.post(["Transfer-Encoding: chunked"], b"F" * digits + b"\r\n"),
                             [(400, "bad_chunk")])

    def test_just_small_enough(self):
        body = b" " * 65534 + b"{}"
        self.assertEqual(self.post(["Content-Length: 65536", "Connection: close"], body),
                         [(400, "bad_body")])

    def test_expect_is_refused_before_the_body(self):
        self.assertEqual(self.post(["Content-Length: 65537", "Expect: 100-continue"]),
                         [(413, "body_too_large")])
        self.assertEqual(self.post(["Content-Length: 1", "Expect: a-cake"]),
                         [(417, "unknown_expectation")])

    def test_long_paths_and_headers(self):
        for data, expected in (
                (request(path="/" + "a" * 20000), (431, "headers_too_large")),
                (request(headers=["X-Long: " + "a" * 20000]), (431, "headers_too_large")),
                (request(headers=[f"X-{n}: a" for n in range(101)]), (431, "too_many_headers")),
                (request(path="/v1/intents/" + "a" * 8000, headers=[
                    f"Authorization: Bearer {self.node['alpha'].api_key}", "Connection: close"]),
                 (404, "not_found")),
                (b"A" * 20000, (431, "headers_too_large"))):
            with self.subTest(data=data[:40]):
                self.assertEqual(self.say(data), [expected])

    def test_a_long_id_in_a_change(self):
        answer = self.node.call("PUT", "/v1/intents/" + "a" * 97, intent(),
                                key=self.node["alpha"].api_key)
        self.assertIn(answer.status, (400, 422), repr(answer))


class AmbiguousTest(RawTest):
    """What two programs would read as two different requests is refused, and the connection closed:
    what stands behind it is never answered."""

    SECOND = request(path="/v1/node")

    def test_one_answer_and_closed(self):
        length, chunked = "Content-Length: 5", "Transfer-Encoding: chunked"
        post = ("POST", "/v1/session")
        rows = {
            "CL.TE": (request(*post, [length, chunked], b"0\r\n\r\n"), "bad_transfer_encoding"),
            "TE.CL": (request(*post, [chunked, length], b"0\r\n\r\n"), "bad_transfer_encoding"),
            "CL.CL": (request(*post, [length, "Content-Length: 6"], b"hello"),
                      "bad_content_length"),
            "CL, CL alike": (request(*post, [length, length], b"hello"), "bad_content_length"),
            "CL list": (request(*post, ["Content-Length: 5, 5"], b"hello"), "bad_content_length"),
            "CL sign": (request(*post, ["Content-Length: +5"], b"hello"), "bad_content_length"),
            "CL negative": (request(*post, ["Content-Length: -5"], b"hello"), "bad_content_length"),
            "CL hexadecimal": (request(*post, ["Content-Length: 0x5"], b"hello"),
                               "bad_content_length"),
            "CL empty": (request(*post, ["Content-Length: "], b""), "bad_content_length"),
            "TE.TE": (request(*post, [chunked, chunked], b"0\r\n\r\n"), "bad_transfer_encoding"),
            "TE identity": (request(*post, ["Transfer-Encoding: identity"]),
                            "unknown_transfer_encoding"),
            "TE list": (request(*post, ["Transfer-Encoding: gzip, chunked"]),
                        "unknown_transfer_encoding"),
            "TE of 1.0": (request(*post, [chunked], b"0\r\n\r\n", version="HTTP/1.0"),
                          "bad_transfer_encoding"),
            "TE blank": (request(*post, ["Transfer-Encoding : chunked"]), "bad_header"),
            "TE vertical tab": (request(*post, ["Transfer-Encoding: \x0bchunked"]), None),
            "obs-fold": (request(headers=["X: a", " b"]), "bad_header"),
            "obs-fold tab": (request(headers=["X: a", "\tb"]), "bad_header"),
            "bare LF": (b"GET /health HTTP/1.1\nHost: x\n\n", None),
            "bare CR": (b"GET /health HTTP/1.1\r\nHost: x\rY: z\r\n\r\n", None),
            "NUL": (request(headers=["X: a\0b"]), None),
            "no colon": (request(headers=["X"]), "bad_header"),
            "no name": (request(headers=[": a"]), "bad_header"),
            "no host": (request(host=False), "bad_host"),
            "two hosts": (request(headers=["Host: y"]), "bad_host"),
            "a host of blanks": (request(host=False, headers=["Host: a b"]), "bad_host"),
            "two blanks": (b"GET  /health HTTP/1.1\r\nHost: x\r\n\r\n", None),
            "no version": (b"GET /health\r\nHost: x\r\n\r\n", "bad_request_line"),
            "version 2": (request(version="HTTP/2.0"), "bad_http_version"),
            "h2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "bad_http_version"),
            "TLS": (bytes.fromhex("16030100c8010000c40303") + b"\0" * 40, None),
            "chunk size": (request(*post, [chunked], b"5x\r\nhello\r\n0\r\n\r\n"), "bad_chunk"),
            "chunk sign": (request(*post, [chunked], b"+5\r\nhello\r\n0\r\n\r\n"), "bad_chunk"),
            "chunk end": (request(*post, [chunked], b"5\r\nhelloX\r\n0\r\n\r\n"), "bad_chunk"),
            "chunk bare LF": (request(*post, [chunked], b"5\nhello\r\n0\r\n\r\n"), "bad_chunk"),
            "trailer": (request(*post, [chunked], b"0\r\nContent-Length: 5\r\n\r\n"),
                        "bad_trailer"),
            "absolute": (request(path="http://x/health"), "bad_target"),
            "asterisk": (request("OPTIONS", "*"), "bad_target"),
            "authority": (request("CONNECT", "x:80"), "bad_target"),
            "dots": (request(path="/v1/../health"), "bad_target"),
            "escaped dots": (request(path="/v1/%2e%2e/health"), "bad_target"),
            "escaped slash": (request(path="/v1/intents%2fx"), "bad_target"),
            "escaped NUL": (request(path="/health%00"), "bad_target"),
            "half an escape": (request(path="/health%2"), "bad_target"),
            "no UTF-8": (request(path="/v1/intents/%ff%fe"), "bad_target"),
            "raw bytes": (request().replace(b"/health", b"/he\xffalth"), "bad_target"),
            "fragment": (request(path="/health#x"), "bad_target"),
        }
        for name, (data, code) in rows.items():
            with self.subTest(case=name):
                answers = self.say(data + self.SECOND)
                self.assertEqual(len(answers), 1, answers)
                status, got = answers[0]
                self.assertTrue(400 <= status < 600, answers)
                # Of some the first fault that is found depends on where one begins to look.
                if code is not None:
                    self.assertEqual(got, code)
                else:
                    self.assertIn(got, ("bad_request_line", "bad_header", "bad_target",
                                        "unknown_transfer_encoding"))

    def test_a_body_is_no_second_request(self):
        inner = request(path="/v1/node")
        data = request("POST", "/v1/session", [f"Content-Length: {len(inner)}",
                                               "Content-Type: application/json"], inner)
        self.assertEqual(self.say(data + request(headers=["Connection: close"])),
                         [(400, "bad_body"), (200, None)])

    def test_upgrades_that_are_none(self):
        key = f"Authorization: Bearer {self.node['alpha'].api_key}"
        good = [key, "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13"]
        # The body that has no place there is sent too: the node takes it off the connection first.
        for headers, expected in (
                ([*good[:4], "Sec-WebSocket-Version: 8"], (426, "bad_websocket_version")),
                ([*good[:3], "Sec-WebSocket-Key: short", good[4]], (400, "bad_upgrade")),
                ([*good[:3], good[4]], (400, "bad_upgrade")),
                ([*good, "Content-Length: 1"], (400, "bad_upgrade")),
                ([key, "Connection: close"], (426, "no_upgrade")),
                ([*good[1:], "Connection: close"], (401, "not_signed_in"))):
            with self.subTest(headers=headers[1:]):
                self.assertEqual(self.say(request(path="/v1/stream", headers=headers,
                                                  body=b"x" if "Content-Length: 1" in headers
                                                  else b"")), [expected])


class JsonTest(NodeTest):
    """Bodies that are a burden, on each operation that takes one."""

    @classmethod
    def prepare(cls):
        cls.alpha = cls.node["alpha"]

    def operations(self):
        for method, template, operation in CONTRACT.operations():
            if "requestBody" in operation:
                yield method, re.sub(r"\{step\}", "read", re.sub(r"\{kind\}", "intent", re.sub(
                    r"\{id\}", "x", template)))

    def test_all(self):
        bombs = {
            "brackets": b"[" * (1 << 20),
            "objects": b'{"a":' * 180_000 + b"1" + b"}" * 140_000,
            "deep, whole": b"[" * 100_000 + b"]" * 100_000,
            "deep in a member": b'{"version":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
            "digits": b'{"version":' + b"9" * 500_000 + b"}",
            "an exponent": b'{"version":1e999999999}',
            "minus": b'{"version":-1}',
            "a fraction": b'{"version":1.5}',
            "twice": b'{"version":1,"version":2,"sign_in":"a","sign_in":"b","password":"x"}',
            "many members": b"{" + b",".join(b'"m%d":1' % n for n in range(60_000)) + b"}",
            "no UTF-8": b'{"sign_in":"\xff\xfe","password":"x","version":1}',
            "half a pair": b'{"sign_in":"\\ud800","password":"x","version":1}',
            "NUL": b'{"sign_in":"a\\u0000b","password":"x","version":1}',
            "a mark of order": b'\xef\xbb\xbf{"version":1}x',
            "nothing": b"", "null": b"null", "a text": b'"x"', "two": b"{}{}",
            "a comma": b'{"a":1,}',
            "a comment": b'{"version":1/*x*/}', "not a number": b'{"version":NaN}',
        }
        for method, path in self.operations():
            for name, body in bombs.items():
                with self.subTest(operation=f"{method} {path}", bomb=name):
                    began = time.monotonic()
                    answer = self.node.call(method, path, body, key=self.alpha.api_key)
                    self.assertIn(answer.status, (400, 401, 404, 413, 422), repr(answer))
                    self.assertLess(time.monotonic() - began, 2)
        self.expect(self.node.call("GET", "/ready"), 200)

    def test_a_member_twice_is_refused(self):
        """Two programs would read two different requests."""
        body = json.dumps(intent())
        twice = body[:-1] + ',"state":"ended"}'
        self.expect(self.node.call("PUT", "/v1/intents/twice", twice, key=self.alpha.api_key), 400,
                    "bad_body")
        text = '{"version":1,"version":2,"reader":"x"}'
        answer = self.node.call("POST", "/v1/notifications/intent/x/read", text,
                                key=self.alpha.api_key)
        self.expect(answer, 400, "bad_body")
        text = json.dumps({"sign_in": "ann@alpha", "password": "wrong"})
        text = text[:-1] + f',"password":"{self.alpha.secrets["ann"]}"}}'
        self.expect(self.node.call("POST", "/v1/session", text), 400, "bad_body")


class ManyTest(NodeTest):
    parts = {"limits": {"connections_per_address": 10000, "connections": 10000}}

    def test_connections_at_once(self):
        """5,000 where the system lets one program have so many, and 1,000 elsewhere."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = 5000 if hard == resource.RLIM_INFINITY or hard >= 11000 else 1000
        if soft < count + 200:
            resource.setrlimit(resource.RLIMIT_NOFILE, (count + 200, hard))
            self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        sockets = []
        self.addCleanup(lambda: [one.close() for one in sockets])
        for number in range(count):
            sock = socket.create_connection(("127.0.0.1", self.node.port()), timeout=10)
            # A third says nothing, a third begins a request, a third has been answered.
            if number % 3 == 1:
                sock.sendall(b"GET /health HTTP/1.1\r\nHost")
            elif number % 3 == 2:
                sock.sendall(request())
            sockets.append(sock)
            if number % 500 == 499:
                began = time.monotonic()
                self.expect(self.node.call("GET", "/health"), 200)
                self.assertLess(time.monotonic() - began, 1)
        waiting = selectors.DefaultSelector()
        self.addCleanup(waiting.close)
        for sock in sockets[2::3]:
            self.assertTrue(sock.recv(4096).startswith(b"HTTP/1.1 200 "))
        began = time.monotonic()
        self.expect(self.node.call("GET", "/v1/session", key=self.node["alpha"].api_key), 200)
        self.assertLess(time.monotonic() - began, 1)


class ConnectionLimitTest(NodeTest):
    parts = {"limits": {"connections_per_address": 20, "streams_per_party": 20}}

    def test_connections_of_one_address(self):
        sockets = [socket.create_connection(("127.0.0.1", self.node.port())) for _ in range(60)]
        time.sleep(0.3)
        for sock in sockets:
            sock.close()
        wait_for("room again", lambda: self.is_answered(), 5)

    def is_answered(self):
        try:
            return self.node.call("GET", "/health").status == 200
        except OSError:
            return False


class OftenTest(NodeTest):
    parts = {"limits": {"requests_per_second": 5, "burst": 20, "sign_in_per_minute": 5}}

    def test_more_than_agreed(self):
        alpha, beta = self.node["alpha"], self.node["beta"]
        answers = [self.node.call("GET", "/v1/session", key=alpha.api_key) for _ in range(80)]
        refused = [one for one in answers if one.status == 429]
        self.assertGreater(len(refused), 20)
        for one in refused:
            self.expect(one, 429, "too_many_requests")
            self.assertGreaterEqual(int(one.headers["retry-after"]), 1)
            self.assertGreater(one.json["retry_after_s"], 0)
        # Of a party: others and what anybody may ask are as before.
        self.expect(self.node.call("GET", "/v1/session", key=beta.api_key), 200)
        self.expect(self.node.call("GET", "/health"), 200)
        self.expect(self.node.call("GET", "/v1/session", certificate=None, key=alpha.api_key), 429,
                    "too_many_requests")
        time.sleep(refused[-1].json["retry_after_s"] + 0.3)
        self.expect(self.node.call("GET", "/v1/session", key=alpha.api_key), 200)

    def test_passwords_tried_out(self):
        beta = self.node["beta"]
        codes = []
        for number in range(12):
            answer = self.node.call("POST", "/v1/session", {"sign_in": "ann@beta",
                                                            "password": f"guess-{number}"})
            codes.append(answer.code)
        self.assertEqual(codes[:5], ["wrong_password"] * 5)
        self.assertEqual(set(codes[5:]), {"too_many_requests"})
        # The right one is not let in either until then, and the answer says when.
        answer = self.node.call("POST", "/v1/session", {"sign_in": "ann@beta",
                                                        "password": beta.secrets["ann"]})
        self.expect(answer, 429, "too_many_requests")
        self.assertTrue(1 <= int(answer.headers["retry-after"]) <= 60)


if __name__ == "__main__":
    under_test.main()
