#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""The node as whoever runs it meets it: with curl, openssl and promtool, by its configuration, its
exit codes and its ledger.

    tools_test.py PROGRAM [unittest arguments]
"""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import unittest
import urllib.request

import node_under_test as under_test
from node_under_test import Node, NodeTest, agreement, intent, wait_for


def needs(tool):
    return unittest.skipIf(shutil.which(tool) is None, f"missing: {tool}")


def run(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, timeout=30, check=False, **options)


class TlsTest(NodeTest):
    parts = {"parties": ("alpha",), "tls": True, "admin": True}

    def curl(self, *arguments, listener=1):
        url = self.node.urls[listener].replace("127.0.0.1", "localhost")
        done = run("curl", "--silent", "--show-error", "--cacert", self.node.tls[0],
                   "--write-out", "\n%{http_code} %{ssl_verify_result} %{http_version}",
                   *arguments[:-1], url + arguments[-1], text=True)
        body, _, last = done.stdout.rpartition("\n")
        return done, body, last.split(" ")

    @needs("curl")
    def test_curl_with_mutual_tls(self):
        certificate, key, _ = self.node["alpha"].certificate
        done, body, (status, verified, version) = self.curl(
            "--cert", certificate, "--key", key, "/v1/session")
        self.assertEqual((done.returncode, status, verified, version), (0, "200", "0", "1.1"),
                         done.stderr)
        who = json.loads(body)
        self.assertEqual((who["kind"], who["party"], who["name"]), ("machine", "alpha", "relay"))
        stranger = under_test.make_certificate(self.node.folder, "stranger")
        for more, code in ((["--cert", stranger[0], "--key", stranger[1]], "not_signed_in"),
                           ([], "not_signed_in")):
            _, body, (status, _, _) = self.curl(*more, "/v1/session")
            self.assertEqual((status, json.loads(body)["code"]), ("401", code))

    @needs("curl")
    def test_curl_files_and_reads(self):
        key = f"Authorization: Bearer {self.node['alpha'].api_key}"
        _, body, (status, _, _) = self.curl(
            "-X", "PUT", "-H", key, "-H", "Content-Type: application/json", "-d",
            json.dumps(intent()), "/v1/intents/by-curl")
        self.assertEqual((status, json.loads(body)["outcome"]), ("200", "accepted"))
        _, body, (status, _, _) = self.curl("-H", key, "/v1/intents/by-curl")
        self.assertEqual((status, json.loads(body)["item"]), ("200", "intent/by-curl"))

    def s_client(self, *arguments):
        return run("openssl", "s_client", "-connect", f"127.0.0.1:{self.node.port(1)}", "-brief",
                   "-CAfile", self.node.tls[0], *arguments, input=b"")

    def test_tls_1_3_alone(self):
        done = self.s_client("-tls1_3", "-verify_return_error")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Protocol version: TLSv1.3", done.stderr)
        self.assertIn(b"Verification: OK", done.stderr)
        for version in ("-tls1_2", "-tls1_1"):
            done = self.s_client(version, "-cipher", "ALL:@SECLEVEL=0")
            self.assertNotEqual(done.returncode, 0, done.stderr)
            self.assertNotIn(b"Protocol version", done.stderr)

    def test_plain_http_on_a_port_of_tls(self):
        with socket.create_connection(("127.0.0.1", self.node.port(1)), timeout=10) as sock:
            sock.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            got = b""
            try:
                while data := sock.recv(4096):
                    got += data
            except ConnectionResetError:
                pass
            self.assertNotIn(b"HTTP/1.1 200", got)
        self.expect(self.node.call("GET", "/health", listener=1), 200)

    def admin(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.node.admin}{path}", timeout=10) as got:
            return got.status, got.headers, got.read()

    def test_health_of_the_admin(self):
        self.assertEqual(self.admin("/health")[::2], (200, b"ok\n"))
        self.assertEqual(self.admin("/ready")[::2], (200, b"recording\n"))
        for path in ("/v1/node", "/metrics/x", "/"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.admin(path)
            self.assertEqual(refused.exception.code, 404)
        self.expect(self.node.call("GET", "/metrics"), 404, "no_route")

    @needs("promtool")
    def test_metrics(self):
        self.node.call("GET", "/v1/session")
        _, headers, text = self.admin("/metrics")
        self.assertTrue(headers["content-type"].startswith("text/plain; version=0.0.4"))
        done = run("promtool", "check", "metrics", input=text)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""), text.decode())
        values = dict(line.rsplit(" ", 1) for line in text.decode().splitlines()
                      if not line.startswith("#"))
        self.assertEqual(values["comity_recording"], "1")
        self.assertGreater(float(values["comity_http_problems_4xx_total"]), 0)
        self.assertGreater(float(values["comity_ledger_records"]), 0)
        self.assertNotIn("alpha", text.decode(), "no party is named to whoever reads metrics")


@unittest.skipIf(under_test.MISSING, f"missing: {under_test.MISSING}")
class RunTest(unittest.TestCase):
    """Each with a node of its own."""

    def node(self, **parts):
        node = Node(**parts)
        self.addCleanup(node.close)
        return node

    def test_sigterm_and_the_ledger_holds(self):
        node = self.node()
        node.start()
        alpha, beta = node["alpha"], node["beta"]
        node.file(alpha, "agreement.propose", "pact", agreement("alpha", "beta"))
        node.file(beta, "agreement.accept", "pact", {})
        for number in range(20):
            node.file(alpha, "intent.put", f"I{number}", intent())
        node.call("PUT", "/v1/intents/vouched", intent(), key=alpha.api_key)
        # Connections that wait, that are half way through a request, and that read nothing.
        kept = [socket.create_connection(("127.0.0.1", node.port())) for _ in range(3)]
        for sock in kept:
            self.addCleanup(sock.close)
        kept[0].sendall(b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        kept[1].sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        key = node.call("GET", "/v1/node").json["key"]
        began = time.monotonic()
        self.assertEqual(node.stop(), 0)
        self.assertLess(time.monotonic() - began, 6)
        ledger = os.path.join(node.data, "ledger")
        page = node.program("ledger", "verify", ledger, "--key", key).stdout
        self.assertRegex(page, r"(?m)21|2[0-9]|3[0-9]")
        node.program("ledger", "audit", ledger)
        self.assertIn("stop", node.log().splitlines()[-1])
        # It goes on where it was.
        node.start()
        last = node.call("GET", "/v1/deliveries?limit=1", key=beta.api_key).json["last"]
        self.assertGreaterEqual(last, 21)
        self.assertEqual(node.stop(), 0)
        node.program("ledger", "verify", ledger, "--key", key)
        node.program("ledger", "audit", ledger)

    def test_sigint_is_the_same(self):
        node = self.node(parties=("alpha",)).start()
        node.process.send_signal(under_test.signal.SIGINT)
        self.assertEqual(node.process.wait(10), 0)
        node.stop()

    def test_a_second_node_on_the_same_data(self):
        node = self.node(parties=("alpha",)).start()
        done = node.program("serve", "--config", node.config, code=3)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"\Acomity: [^\n]+\n\Z")
        self.assertIn(node.data, done.stderr)
        answer = node.call("PUT", "/v1/intents/still", intent(), key=node["alpha"].api_key)
        self.assertEqual(answer.status, 200, repr(answer))

    def test_a_port_that_is_taken(self):
        node = self.node(parties=("alpha",)).start()
        done = node.program("serve", "--data", os.path.join(node.folder, "other"), "--listen",
                            f"127.0.0.1:{node.port()}", code=3)
        self.assertRegex(done.stderr, r"\Acomity: [^\n]*127\.0\.0\.1[^\n]+\n\Z")
        self.assertEqual(done.stdout, "")

    def test_bad_configurations(self):
        node = self.node(parties=())
        file = os.path.join(node.folder, "bad.yaml")
        rows = (
            ("data: x\nlimits:\n  burst: 0\n  bodybytes: 1\nlog:\n  level: loud\n", [3, 4, 6]),
            ("listen:\n  - 0.0.0.0:0\n", [2]), ("listen:\n  - address: 127.0.0.1:99999\n", [2]),
            ("data: x\ndata: y\n", [2]),
            ("feeds:\n  - { name: a, of: b, format: csv, connect: x }\n", [2]),
            ("listen:\n  - address: 127.0.0.1:0\n    tls: { certificate: x }\n", [3]),
            ("a: [\n", [2]), ("\tdata: x\n", [1]), ("limits: 3\n", [1]),
        )
        for text, lines in rows:
            with self.subTest(text=text):
                with open(file, "w", encoding="utf-8") as out:
                    out.write(text)
                done = node.program("serve", "--config", file, code=2)
                self.assertEqual(done.stdout, "")
                said = done.stderr.splitlines()
                for line in said:
                    self.assertRegex(line, rf"^comity: {re.escape(file)}:\d+: .*expected")
                at = [int(line[len(f"comity: {file}:"):].partition(":")[0]) for line in said]
                self.assertEqual(sorted(set(at)), lines, done.stderr)
        for arguments in (("--config", "none.yaml"), ("--listen", "nowhere"), ("--speed", "-1"),
                          ("--listen", "0.0.0.0:0")):
            with self.subTest(arguments=arguments):
                done = node.program("serve", "--data", "unused", *arguments, code=2)
                self.assertRegex(done.stderr, r"\A(comity: [^\n]+\n)+\Z")

    def test_files_of_tls_that_are_none(self):
        node = self.node(parties=(), tls=True)
        with open(node.tls[1], "w", encoding="utf-8") as key:
            key.write("no key\n")
        done = node.program("serve", "--config", node.config, code=3)
        self.assertIn(node.tls[1], done.stderr)
        self.assertRegex(done.stderr, r"\Acomity: [^\n]+\n\Z")

    def test_enrolment_takes_effect_without_a_restart(self):
        node = self.node(parties=("alpha",)).start()
        beta = under_test.Party("beta", node.folder)
        node.enrol(beta)

        def is_in():
            return node.call("GET", "/v1/session", key=beta.api_key).status == 200
        wait_for("beta to come in", is_in, 2)
        wait_for("beta to take part", lambda: node.call(
            "POST", "/v1/requests", beta.request("intent.put", "B1", intent()),
            key=beta.api_key).status == 200, 2)
        # A key that is replaced: what the old one signs is attributed to nobody.
        old_key, old_signer = beta.api_key, beta.key
        beta.key = under_test.nacl.signing.SigningKey.generate()
        beta.public = under_test.base64.b64encode(bytes(beta.key.verify_key)).decode()
        node.enrol(beta)
        wait_for("the old key to end", lambda: node.call(
            "GET", "/v1/session", key=old_key).status == 401, 2)
        wait_for("the new signer to count", lambda: node.call(
            "POST", "/v1/requests", beta.request("intent.put", "B2", intent()),
            key=beta.api_key).status == 200, 2)
        envelope = beta.envelope("intent.put", "B3", intent())
        answer = node.call("POST", "/v1/requests", beta.sign(envelope, old_signer),
                           key=beta.api_key)
        self.assertEqual((answer.status, answer.code), (400, "unattributed"), repr(answer))

    def test_a_person_who_is_taken_off_loses_the_session(self):
        node = self.node(parties=("alpha",)).start()
        look, _ = node.sign_in(node["alpha"])
        self.assertEqual(node.call("GET", "/v1/session", headers=look).status, 200)
        node.enrol(node["alpha"], issue=False, people=False)
        wait_for("the session to end", lambda: node.call(
            "GET", "/v1/session", headers=look).status == 401, 2)
        # The machine, which is named in the file still, comes in as before.
        self.assertEqual(node.call("GET", "/v1/session", key=node["alpha"].api_key).status, 200)

    def test_a_damaged_enrolment_is_said_and_harms_nobody_else(self):
        node = self.node().start()
        with open(os.path.join(node.data, "access", "beta.json"), "a", encoding="utf-8") as file:
            file.write("{")
        wait_for("the log to say so", lambda: "beta.json" in node.log(), 3)
        for party in node.parties.values():
            answer = node.call("GET", "/v1/session", key=party.api_key)
            self.assertEqual(answer.status, 200, "as it was last read")

    def test_what_is_written_is_for_its_owner_alone(self):
        node = self.node(parties=("alpha",)).start()
        node.sign_in(node["alpha"])
        self.assertEqual(node.stop(), 0)
        for secret in ("log-key", "ledger/secret", "access/alpha.json"):
            mode = os.stat(os.path.join(node.data, secret)).st_mode & 0o777
            self.assertEqual(mode & 0o077, 0, f"{secret}: {oct(mode)}")

    def test_the_log_as_json(self):
        node = self.node(parties=("alpha",), more="  format: json\n").start()
        node.call("GET", "/v1/intents/%22%0d%0a%22", key=node["alpha"].api_key, checked=False)
        self.assertEqual(node.stop(), 0)
        lines = [json.loads(line) for line in node.log().splitlines()]
        self.assertEqual([lines[0]["event"], lines[-1]["event"]], ["start", "stop"])
        self.assertTrue(all({"time", "level", "event"} <= set(line) for line in lines))


if __name__ == "__main__":
    under_test.main()
