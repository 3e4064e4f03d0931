# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""A real node on a free port of loopback, with parties that are enrolled by `comity enrol`. What it
starts it ends, by its own id, and what it writes is in a folder that goes with it.
"""

import atexit
import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

MISSING = []
try:
    import nacl.signing
    from contract import CONTRACT, ROOT
except ImportError as error:
    CONTRACT = None
    MISSING.append({"nacl": "python3-nacl", "yaml": "python3-yaml",
                    "jsonschema": "python3-jsonschema"}.get(error.name, error.name))
for tool in ("openssl",):
    if shutil.which(tool) is None:
        MISSING.append(tool)

PROGRAM = None
NODES = set()  # that are to be closed, whatever happens
ORIGIN = "e2e.test/log"
PAYLOAD_TYPE = "application/vnd.comity.envelope.v1+json"
# Tests ask more than a party does; those of the limits have limits of their own.
LIMITS = {"requests_per_second": 100000, "burst": 100000, "sign_in_per_minute": 1000}


def discard_all():
    for node in list(NODES):
        node.discard()


def main(module="__main__"):
    """Of each test: FILE PROGRAM [unittest arguments]."""
    global PROGRAM  # pylint: disable=global-statement
    # A test is the main program, and imports this file once more by its name.
    PROGRAM = os.path.abspath(sys.argv[1])
    # Whoever ends a test that takes too long ends its nodes too. No exception: unittest would take
    # it for a test's, and go on.
    signal.signal(signal.SIGTERM, lambda *_: (discard_all(), os._exit(1)))
    atexit.register(discard_all)
    if MISSING:
        print(f"skipped: missing {', '.join(MISSING)} (Debian packages)")
    unittest.main(module=module, argv=[sys.argv[0], *sys.argv[2:]])


def time_text(seconds_from_now=0.0):
    now = time.time() + seconds_from_now
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now * 1000) % 1000:03d}Z"


def wait_for(what, check, seconds=10.0):
    """What `check` returns once that is something; fails where it does not in time."""
    end = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.02)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def make_certificate(folder, name, *more):
    """A certificate that signs itself: (file of it, file of its key, its SHA-256)."""
    certificate, key = (os.path.join(folder, f"{name}.{end}") for end in ("pem", "key"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout", key, "-out", certificate,
         *more],
        check=True, capture_output=True, timeout=30)
    done = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint",
                           "-sha256"], check=True, capture_output=True, text=True, timeout=30)
    return certificate, key, done.stdout.strip().partition("=")[2].replace(":", "").lower()


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of a problem; otherwise nothing."""
        if self.headers.get("content-type") != "application/problem+json":
            return None
        return self.json["code"]

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:600]!r}"


class Party:
    """One that is enrolled: with a key that signs, an API key, a certificate, and two people."""

    def __init__(self, party, folder, group=None):
        self.id = party
        self.group = group
        self.key = nacl.signing.SigningKey.generate()
        self.public = base64.b64encode(bytes(self.key.verify_key)).decode()
        self.certificate = make_certificate(folder, f"{party}-machine")
        self.secrets = {}

    @property
    def api_key(self):
        return self.secrets["api"]

    def enrolment(self, issue=True, people=True):
        issued = ", issue_api_key: true" if issue else ""
        password = ", issue_password: true" if issue else ""
        text = (f"party: {self.id}\nname: {self.id.capitalize()} name\nkeys:\n  - {self.public}\n"
                f"machines:\n  - {{ name: api{issued} }}\n"
                f"  - {{ name: relay, certificate_sha256: {self.certificate[2]} }}\n")
        if self.group:
            text += f"group: {{ lead: {self.group[0]}, members: [{', '.join(self.group)}] }}\n"
        if people:
            text += (f"people:\n  - {{ name: Ann of {self.id}, sign_in: ann@{self.id}, "
                     f"roles: [controller, observer]{password} }}\n")
        return text

    def envelope(self, operation, obj, body, **members):
        return {"v": 1, "to": ORIGIN, "from": {"party": self.id, "key": self.public},
                "id": f"q-{os.urandom(6).hex()}", "sent": time_text(),
                "valid_until": time_text(300),
                "operation": operation, "object": obj, "expected_version": None,
                "traffic": "live", "seen": None, "attachments": [], "body": body, **members}

    def sign(self, envelope, key=None):
        """DSSE over it, as text."""
        payload = json.dumps(envelope, separators=(",", ":")).encode()
        head = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} ".encode()
        signature = (key or self.key).sign(head + payload).signature
        return json.dumps({"payload": base64.b64encode(payload).decode(),
                           "payloadType": PAYLOAD_TYPE,
                           "signatures": [{"sig": base64.b64encode(signature).decode()}]})

    def request(self, operation, obj, body, **members):
        return self.sign(self.envelope(operation, obj, body, **members))


class Node:
    """Started by `start`, ended by `stop`, both as often as wanted, on the same data."""

    def __init__(self, parties=("alpha", "beta"), limits=None, more="", tls=False, admin=False):
        self.folder = tempfile.mkdtemp(prefix="comity-e2e-")
        NODES.add(self)
        self.data = os.path.join(self.folder, "data")
        self.process = None
        self.urls = []
        self.tls = make_certificate(self.folder, "localhost", "-addext",
                                    "subjectAltName=DNS:localhost,IP:127.0.0.1") if tls else None
        self.admin = free_port() if admin else None
        self.config = os.path.join(self.folder, "comity.yaml")
        limits = {**LIMITS, **(limits or {})}
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f"data: {self.data}\norigin: {ORIGIN}\nlisten:\n  - 127.0.0.1:0\n")
            if self.tls:
                file.write(f"  - address: 127.0.0.1:0\n    tls:\n      certificate: {self.tls[0]}\n"
                           f"      key: {self.tls[1]}\n")
            if self.admin:
                file.write(f"admin: 127.0.0.1:{self.admin}\n")
            file.write("limits:\n" + "".join(f"  {n}: {v}\n" for n, v in limits.items()))
            file.write(f"log:\n  level: debug\n{more}")
        self.parties = {}
        try:
            for name in parties:
                self.enrol(Party(name, self.folder))
        except BaseException:
            self.close()
            raise

    def __getitem__(self, party):
        return self.parties[party]

    def enrol(self, party, **how):
        file = os.path.join(self.folder, f"{party.id}.yaml")
        with open(file, "w", encoding="utf-8") as out:
            out.write(party.enrolment(**how))
        done = self.program("enrol", file, "--data", self.data, "--format", "json")
        for line in map(json.loads, done.stdout.splitlines()[1:]):
            party.secrets[line.get("machine") or line["sign_in"].partition("@")[0]] = (
                line.get("api_key") or line["password"])
        self.parties[party.id] = party

    def program(self, *arguments, code=0, timeout=60):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                              timeout=timeout, check=False, cwd=self.folder)
        if done.returncode != code:
            raise AssertionError(f"{arguments}: exit {done.returncode}, expected {code}\n"
                                 f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done

    @property
    def log_file(self):
        return os.path.join(self.folder, "log")

    def start(self):
        self.urls = []
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                [PROGRAM, "serve", "--config", self.config], stdout=subprocess.PIPE, stderr=log,
                text=True, cwd=self.folder)
        for line in self.process.stdout:
            found = re.match(r"listening on (\S+)", line)
            if found:
                self.urls.append(found[1])
            if len(self.urls) == (2 if self.tls else 1):
                break
        else:
            raise AssertionError(f"no node: exit {self.process.wait(10)}\n{self.log()[-3000:]}")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        wait_for("the parties to take part", self.have_all_joined)
        return self

    def have_all_joined(self):
        for party in self.parties.values():
            # An empty body is refused by its form alone where the party takes part.
            answer = self.call("GET", "/v1/parties", key=party.api_key)
            if not any(one["is_you"] and one["keys"] for one in answer.json["items"]):
                return False
        return True

    def log(self):
        with open(self.log_file, encoding="utf-8", errors="replace") as file:
            return file.read()

    def stop(self):
        """By SIGTERM; its exit code."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()
            self.process = None

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def discard(self):
        """At once, without a question."""
        NODES.discard(self)
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self):
        """Ends it and takes its folder away; what went wrong in it is a fault of the test too."""
        try:
            code = self.stop()
            log = self.log() if os.path.exists(self.log_file) else ""
        finally:
            self.discard()
        if code not in (None, 0):
            raise AssertionError(f"the node ended with {code}\n{log[-3000:]}")

    def port(self, listener=0):
        return int(self.urls[listener].rpartition(":")[2])

    def connect(self, listener=0, certificate=None, timeout=20):
        if listener == 0:
            return http.client.HTTPConnection("127.0.0.1", self.port(), timeout=timeout)
        context = ssl.create_default_context(cafile=self.tls[0])
        if certificate:
            context.load_cert_chain(certificate[0], certificate[1])
        return http.client.HTTPSConnection("localhost", self.port(1), timeout=timeout,
                                           context=context)

    def call(self, method, path, body=None, *, key=None, certificate=None, headers=None,
             listener=0, checked=True, timeout=20):
        """One request on a connection of its own. Its answer is held against openapi.yaml."""
        headers = dict(headers or {})
        if key:
            headers["Authorization"] = f"Bearer {key}"
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            if not isinstance(body, (str, bytes)):
                body = json.dumps(body)
            if isinstance(body, str):
                body = body.encode()
        connection = self.connect(1 if certificate else listener, certificate, timeout)
        try:
            connection.request(method, path, body=body, headers=headers)
            got = connection.getresponse()
            answer = Answer(got.status, got.getheaders(), got.read())
        finally:
            connection.close()
        if checked and path.startswith(("/v1/", "/health", "/ready")):
            CONTRACT.check(method, path, answer.status, answer.headers, answer.body)
        return answer

    def sign_in(self, party, role="controller", listener=0):
        """Headers of a session: those that look, and those that act."""
        answer = self.call("POST", "/v1/session", {"sign_in": f"ann@{party.id}", "role": role,
                                                   "password": party.secrets["ann"]},
                           listener=listener)
        if answer.status != 201:
            raise AssertionError(f"no session: {answer}")
        cookie = answer.headers["set-cookie"].partition(";")[0]
        return {"Cookie": cookie}, {"Cookie": cookie, "X-Comity-Csrf": answer.json["csrf"]}

    def file(self, party, operation, obj, body, status=200, **members):
        """A signed request; its answer."""
        answer = self.call("POST", "/v1/requests", party.request(operation, obj, body, **members),
                           key=party.api_key)
        if answer.status != status:
            raise AssertionError(f"{operation} {obj}: {answer}, expected {status}")
        return answer


@unittest.skipIf(MISSING, f"missing: {MISSING}")
class NodeTest(unittest.TestCase):
    """Tests of one node, which all of them share. `parts` are the arguments of Node."""

    parts = {}
    node = None

    @classmethod
    def setUpClass(cls):
        cls.node = Node(**cls.parts)
        cls.addClassCleanup(cls.node.close)
        cls.node.start()
        cls.prepare()

    @classmethod
    def prepare(cls):
        """What all tests of the class find there."""

    def expect(self, answer, status, code=None):
        self.assertEqual((answer.status, answer.code), (status, code), repr(answer))
        return answer


# --- What is filed in many tests


def agreement(*signatories, share=None, **more):
    one, other = signatories[:2]
    rules = share if share is not None else [
        {"what": "intents", "from": one, "to": other, "level": "full"}]
    return {"signatories": list(signatories), "share": rules, "relay": [], "escalation": [], **more}


def intent(lng=10.0, lat=50.0, **more):
    return {"state": "accepted", "aircraft": ["T1"], "volumes": [{
        "volume": {"outline_circle": {"center": {"lng": lng, "lat": lat},
                                      "radius": {"value": 2000, "units": "M"}}},
        "time_start": {"value": time_text(600), "format": "RFC3339"},
        "time_end": {"value": time_text(3600), "format": "RFC3339"}}], **more}


def airspace(west=20.0, south=50.0, kind="hazard", size=0.5, **more):
    ring = [[west, south], [west + size, south], [west + size, south + size],
            [west, south + size], [west, south]]
    body = {"type": kind, "source": "test", "accuracy_m": 30, "lower": None, "upper": None,
            "valid": {"from": time_text(0), "until": time_text(7200)},
            "footprint": {"type": "Polygon", "coordinates": [ring]}}
    if kind == "national":
        body["valid"] = None
    return {**body, **more}
