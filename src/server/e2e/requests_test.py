#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""What a party files, and what it can show of it: signed requests, what the rules say to them, and
receipts, bundles and the public log, checked by other programs than the node.

    requests_test.py PROGRAM [unittest arguments]
"""

import base64
import hashlib
import json
import os
import zipfile

import node_under_test as under_test
from node_under_test import NodeTest, agreement, airspace, intent, time_text, wait_for

# Of docs/formats/signed-note.md.
OTHER_KEY = "example.com/coord+cae976d2+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(leaves):
    """RFC 9162, 2.1.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def root_by_proof(index, size, hashed, proof):
    """RFC 9162, 2.1.3.2: the root that an inclusion proof leads to."""
    fn, sn = index, size - 1
    for one in proof:
        if sn == 0:
            raise AssertionError("a proof that is too long")
        if fn & 1 or fn == sn:
            hashed = node_hash(one, hashed)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            hashed = node_hash(hashed, one)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise AssertionError("a proof that is too short")
    return hashed


def opened_note(note, vkey):
    """Size and root of a checkpoint, once its signature holds (docs/formats/signed-note.md)."""
    import nacl.signing  # pylint: disable=import-outside-toplevel
    name, key_id, key = vkey.split("+", 2)
    raw = base64.b64decode(key)
    text, _, lines = note.partition("\n\n")
    text += "\n"
    assert raw[0] == 1
    assert hashlib.sha256(f"{name}\n".encode() + raw).hexdigest()[:8] == key_id
    signed = [line.split(" ") for line in lines.splitlines()]
    signature = next(base64.b64decode(one[2]) for one in signed if one[1] == name)
    assert signature[:4].hex() == key_id
    nacl.signing.VerifyKey(raw[1:]).verify(text.encode(), signature[4:])
    origin, size, root = text.splitlines()[:3]
    assert origin == name
    return int(size), base64.b64decode(root)


class SignedTest(NodeTest):
    """POST /v1/requests."""

    parts = {"parties": ("alpha", "beta", "gamma")}

    @classmethod
    def prepare(cls):
        node = cls.node
        cls.alpha, cls.beta, cls.gamma = (node[one] for one in ("alpha", "beta", "gamma"))
        node.file(cls.alpha, "agreement.propose", "pact", agreement("alpha", "beta"))
        node.file(cls.beta, "agreement.accept", "pact", {})
        node.file(cls.alpha, "intent.put", "I1", intent())

    def post(self, text, party=None, **how):
        party = party or self.alpha
        return self.node.call("POST", "/v1/requests", text, key=party.api_key, **how)

    def test_accepted_and_told(self):
        answer = self.node.file(self.alpha, "intent.put", "told", intent(lng=3.5))
        self.assertEqual((answer.json["outcome"], answer.json["stated_by"]), ("accepted", "key"))
        item = wait_for("beta to see it", lambda: self.node.call(
            "GET", "/v1/intents/told", key=self.beta.api_key).status == 200)
        item = self.node.call("GET", "/v1/intents/told", key=self.beta.api_key).json
        content = json.loads(item["content"])
        self.assertEqual((content["why"], content["level"], content["agreement"]),
                         ("shared", "full", "pact"))
        self.assertEqual(content["intent"]["volumes"][0]["volume"]["outline_circle"]["center"],
                         {"lng": 3.5, "lat": 50})
        self.assertFalse(item["is_own"])
        self.assertEqual(item["number"], content["number"])
        self.assertEqual(item["notices"][0]["to"], "beta")
        own = self.node.call("GET", "/v1/intents/told", key=self.alpha.api_key).json
        self.assertTrue(own["is_own"])
        self.assertEqual(json.loads(own["content"])["why"], "owner")
        self.assertEqual(json.loads(own["content"])["number"], 0)

    def test_refused_by_the_rules(self):
        """One each of many outcomes: code, status, and that it stands in the ledger."""
        alpha, beta, gamma = self.alpha, self.beta, self.gamma
        small = airspace(size=0.001)
        past = intent()
        past["volumes"][0]["time_start"]["value"] = time_text(-7200)
        past["volumes"][0]["time_end"]["value"] = time_text(-3600)
        turned = intent()
        turned["volumes"][0]["time_end"]["value"] = time_text(60)
        cases = [
            ("other_log", 422, alpha, "intent.put", "x", intent(), {"to": "other.example/log"}),
            ("expired", 422, alpha, "intent.put", "x", intent(),
             {"sent": time_text(-90), "valid_until": time_text(-30)}),
            ("valid_too_long", 422, alpha, "intent.put", "x", intent(),
             {"valid_until": time_text(90000)}),
            ("unknown_operation", 422, alpha, "intent.fly", "x", {}, {}),
            ("bad_body", 422, alpha, "intent.put", "x", {**intent(), "purpose": "x"}, {}),
            ("bad_object", 422, alpha, "intent.put", "a b", intent(), {}),
            ("node_only", 403, alpha, "party.put", "alpha", {"keys": [], "group": None}, {}),
            ("unknown_party", 422, alpha, "agreement.propose", "y", agreement("alpha", "none"), {}),
            ("unknown_item", 404, gamma, "notice.receive", "intent/I1", {"version": 1}, {}),
            ("unknown_item", 404, alpha, "airspace.end", "none", {}, {}),
            ("stale_version", 412, alpha, "intent.put", "I1", intent(), {"expected_version": 7}),
            ("not_owner", 403, beta, "intent.put", "I1", intent(), {}),
            ("not_signatory", 403, gamma, "agreement.propose", "z", agreement("alpha", "beta"), {}),
            ("rule_of_others", 422, alpha, "agreement.propose", "z", agreement(
                "alpha", "beta",
                share=[{"what": "intents", "from": "gamma", "to": "beta", "level": "full"}]), {}),
            ("wrong_state", 409, alpha, "agreement.resume", "pact", {}, {}),
            ("bad_times", 422, alpha, "intent.put", "x", turned, {}),
            ("over", 422, alpha, "intent.put", "x", past, {}),
            ("below_least_extent", 422, alpha, "airspace.put", "x", small, {}),
            ("not_that_version", 422, beta, "notice.receive", "intent/I1", {"version": 900}, {}),
            ("no_reader", 422, beta, "notice.read", "intent/I1", {"version": 1}, {}),
            ("other_traffic", 422, alpha, "intent.put", "I1", intent(), {"traffic": "exercise"}),
            ("no_relay_rule", 422, beta, "notice.pass_on", "intent/I1",
             {"version": 1, "to": ["gamma"]}, {}),
            ("relay_to_self", 422, beta, "notice.pass_on", "intent/I1",
             {"version": 1, "to": ["beta"]}, {}),
        ]
        for code, status, party, operation, obj, body, members in cases:
            with self.subTest(code=code):
                text = party.request(operation, obj, body, **members)
                answer = self.expect(self.post(text, party), status, code)
                self.assertEqual(answer.json["title"], "Refused by the rules")
                self.assertGreater(answer.json["filed"], 0)
                self.assertEqual(answer.json["type"], f"docs/problems.md#{code}")

    def test_the_member_that_is_wrong_is_named(self):
        body = intent()
        del body["volumes"][0]["time_end"]
        answer = self.post(self.alpha.request("intent.put", "x", body))
        self.expect(answer, 422, "bad_body")
        self.assertIn("volumes[0]", answer.json["detail"])
        answer = self.node.call("PUT", "/v1/intents/x", body, key=self.alpha.api_key)
        self.expect(answer, 400, "bad_body")
        self.assertIn("volumes[0]", answer.json["field"])
        self.assertNotIn("filed", answer.json)

    def test_the_same_again_gets_the_same_and_is_filed_once(self):
        text = self.alpha.request("intent.put", "again", intent())
        first = self.expect(self.post(text), 200)
        second = self.expect(self.post(text), 200)
        self.assertEqual(first.body, second.body)
        after = self.node.file(self.alpha, "intent.put", "again-2", intent())
        self.assertEqual(after.json["filed"], first.json["filed"] + 1)
        self.assertEqual(self.node.call("GET", "/v1/intents/again",
                                        key=self.alpha.api_key).json["version"], 1)

    def test_a_refusal_is_repeated_too(self):
        text = self.alpha.request("airspace.end", "none", {})
        first = self.expect(self.post(text), 404, "unknown_item")
        second = self.expect(self.post(text), 404, "unknown_item")
        self.assertEqual(first.json["filed"], second.json["filed"])

    def test_two_at_once_are_filed_once(self):
        import threading  # pylint: disable=import-outside-toplevel
        text = self.alpha.request("intent.put", "at-once", intent())
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.post(text)))
                   for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual({answer.body for answer in answers}, {answers[0].body})
        self.assertEqual(answers[0].status, 200)

    def test_an_id_of_another_request(self):
        first = self.alpha.envelope("intent.put", "one-id", intent())
        self.expect(self.post(self.alpha.sign(first)), 200)
        other = {**first, "body": intent(lng=11)}
        self.expect(self.post(self.alpha.sign(other)), 409, "other_request")
        # The same id of another party is another id.
        of_beta = self.beta.envelope("intent.put", "one-id-beta", intent(), id=first["id"])
        self.expect(self.post(self.beta.sign(of_beta), self.beta), 200)

    def test_idempotency_key_without_a_signature(self):
        key = {"Idempotency-Key": f"k-{os.urandom(4).hex()}"}

        def put(body, path="/v1/intents/keyed"):
            return self.node.call("PUT", path, body, key=self.alpha.api_key, headers=key)
        body = intent()
        first, second = put(body), put(body)
        self.expect(first, 200)
        self.assertEqual(first.body, second.body)
        self.assertEqual((first.json["id"], first.json["stated_by"]),
                         (key["Idempotency-Key"], "node"))
        self.expect(put(intent(lng=12)), 409, "other_request")
        self.expect(put(body, "/v1/intents/keyed-2"), 409, "other_request")
        for bad in ("x" * 65, "a b"):
            answer = self.node.call("PUT", "/v1/intents/k", body, key=self.alpha.api_key,
                                    headers={"Idempotency-Key": bad})
            self.assertEqual(answer.status, 400, repr(answer))

    def test_if_match(self):
        self.node.file(self.alpha, "intent.put", "matched", intent())

        def put(match):
            return self.node.call("PUT", "/v1/intents/matched", intent(), key=self.alpha.api_key,
                                  headers={"If-Match": match})
        self.expect(put('"1"'), 200)
        self.expect(put('"1"'), 412, "stale_version")
        self.expect(put('"2"'), 200)
        for bad in ("3", "*", '"x"', '"03"', '""'):
            self.expect(put(bad), 400, "bad_parameter")
        text = self.alpha.request("intent.put", "matched", intent(), expected_version=3)
        self.expect(self.post(text, headers={"If-Match": '"4"'}), 400, "contradiction")
        self.expect(self.post(text, headers={"If-Match": '"3"'}), 200)

    def test_unattributed(self):
        """Counted and not recorded: no number among what alpha filed."""
        alpha = self.alpha
        before = self.node.file(alpha, "intent.put", "before", intent()).json["filed"]
        envelope = alpha.envelope("intent.put", "x", intent())
        self.expect(self.post(alpha.sign(envelope, self.beta.key)), 400, "unattributed")
        # Another key in it, which signed it and is no key of alpha's.
        forged = alpha.envelope("intent.put", "x", intent(),
                                **{"from": {"party": "alpha", "key": self.beta.public}})
        self.expect(self.post(alpha.sign(forged, self.beta.key)), 400, "unattributed")
        turned = json.loads(alpha.sign(alpha.envelope("intent.put", "x", intent())))
        turned["payload"] = base64.b64encode(
            base64.b64decode(turned["payload"]).replace(b'"live"', b'"exercise"')).decode()
        self.expect(self.post(json.dumps(turned)), 400, "unattributed")
        after = self.node.file(alpha, "intent.put", "after", intent()).json["filed"]
        self.assertEqual(after, before + 1)

    def test_a_forged_request_does_not_take_the_id(self):
        envelope = self.alpha.envelope("intent.put", "id-kept", intent())
        self.expect(self.post(self.alpha.sign(envelope, self.beta.key)), 400, "unattributed")
        self.expect(self.post(self.alpha.sign(envelope)), 200)

    def test_of_another_party(self):
        text = self.beta.request("intent.put", "x", intent())
        answer = self.expect(self.post(text, self.alpha), 403, "other_party")
        self.assertEqual(answer.json["field"], "payload.from.party")

    def test_what_is_no_request(self):
        good = self.alpha.request("intent.put", "x", intent())
        for text in ("", "{}", "[]", "null", good[:-1], good + "{}",
                     good.replace("payload", "p", 1),
                     json.dumps({**json.loads(good), "more": 1}),
                     json.dumps({**json.loads(good), "signatures": []}),
                     json.dumps({**json.loads(good), "payload": "!"}),
                     json.dumps({**json.loads(good), "payload": base64.b64encode(b"{}").decode()})):
            with self.subTest(text=text[:60]):
                answer = self.post(text)
                self.assertEqual((answer.status, answer.code), (400, "bad_body"), repr(answer))

    def test_media_type(self):
        good = self.alpha.request("intent.put", "typed", intent())
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            self.expect(self.post(good, headers={"Content-Type": kind}), 415, "bad_media_type")
        kind = "application/json; charset=utf-8"
        self.expect(self.post(good, headers={"Content-Type": kind}), 200)

    def test_exercise(self):
        answer = self.node.call("PUT", "/v1/intents/EX?traffic=exercise", intent(),
                                key=self.alpha.api_key)
        self.expect(answer, 200)
        wait_for("beta to be told", lambda: self.node.call(
            "GET", "/v1/intents/EX", key=self.beta.api_key).status == 200)
        item = self.node.call("GET", "/v1/intents/EX", key=self.beta.api_key).json
        self.assertEqual(json.loads(item["content"])["traffic"], "exercise")
        self.node.file(self.alpha, "intent.put", "EX", intent(), traffic="exercise",
                       expected_version=1)
        self.expect(self.node.call("PUT", "/v1/intents/EX", intent(), key=self.alpha.api_key), 422,
                    "other_traffic")
        self.expect(self.node.call("PUT", "/v1/intents/EX?traffic=x", intent(),
                                   key=self.alpha.api_key), 400, "bad_parameter")

    def test_acknowledged_by_a_person(self):
        self.node.file(self.alpha, "intent.put", "ack", intent())
        _, act = self.node.sign_in(self.beta)
        path = "/v1/notifications/intent/ack"
        self.expect(self.node.call("POST", f"{path}/receive", {"version": 1}, headers=act), 200)
        self.expect(self.node.call("POST", f"{path}/read", {"version": 1, "reader": "Somebody"},
                                   headers=act), 400, "bad_body")
        self.expect(self.node.call("POST", f"{path}/read", {"version": 1}, headers=act), 200)

        def notice(party, of):
            found = self.node.call("GET", f"/v1/notifications?of={of}&limit=1000",
                                   key=party.api_key).json["items"]
            return next(one for one in found if one["item"] == "intent/ack")
        own = wait_for("read", lambda: notice(self.beta, "me")["read"])
        self.assertEqual((own["by"], own["stated_by"]), ("Ann of beta", "node"))
        theirs = notice(self.alpha, "others")
        self.assertEqual(theirs["to"], "beta")
        self.assertNotIn("by", theirs["read"])
        self.assertNotIn("Ann", json.dumps(theirs))


class EvidenceTest(NodeTest):
    """What can be shown to a stranger."""

    parts = {"parties": ("alpha", "beta")}

    @classmethod
    def prepare(cls):
        node = cls.node
        cls.alpha, cls.beta = node["alpha"], node["beta"]
        cls.vkey = node.call("GET", "/v1/node").json["key"]
        terms = agreement("alpha", "beta", log=cls.vkey)
        node.file(cls.alpha, "agreement.propose", "pact", terms)
        node.file(cls.beta, "agreement.accept", "pact", {"log": cls.vkey})
        cls.filed = node.file(cls.alpha, "intent.put", "E1", intent()).json["filed"]
        cls.refused = node.call("POST", "/v1/requests", cls.alpha.request("airspace.end", "no", {}),
                                key=cls.alpha.api_key).json["filed"]
        cls.last = wait_for("beta's deliveries", lambda: node.call(
            "GET", "/v1/deliveries", key=cls.beta.api_key).json["last"])

    def receipt(self, party, tree, number):
        path = f"/v1/ledger/receipts/{tree}/{number}"

        def get():
            answer = self.node.call("GET", path, key=party.api_key)
            if answer.status == 200:
                return answer.body.decode()
            self.expect(answer, 409, "not_yet")
            return None
        return wait_for(path, get)

    def verify(self, name, content, *options, code=0):
        file = os.path.join(self.node.folder, name)
        with open(file, "wb") as out:
            out.write(content)
        return self.node.program("verify", file, *options, code=code).stdout

    def test_receipts_hold(self):
        for party, tree, number in ((self.alpha, "filed", self.filed),
                                    (self.alpha, "filed", self.refused),
                                    (self.beta, "delivered", self.last)):
            with self.subTest(tree=tree, number=number):
                text = self.receipt(party, tree, number).encode()
                self.assertTrue(text.startswith(b"c2sp.org/tlog-proof@v1\n"))
                page = self.verify("receipt.txt", text, "--key", self.vkey)
                self.assertIn(party.id, page)
                self.verify("turned.txt", text.replace(b"\nslot ", b"\nslot 1", 1), "--key",
                            self.vkey, code=1)
                # The key of another log is no key of this one.
                self.verify("other.txt", text, "--key", OTHER_KEY, code=1)

    def test_a_receipt_shows_what_was_told_to_the_byte(self):
        delivery = self.node.call("GET", f"/v1/deliveries?after={self.last - 1}",
                                  key=self.beta.api_key).json["items"][0]
        text = self.receipt(self.beta, "delivered", self.last)
        line = next(one for one in text.splitlines() if one.startswith("attachment content "))
        self.assertEqual(base64.b64decode(line.split(" ")[3]).decode(), delivery["content"])

    def test_a_receipt_of_nothing(self):
        for path, status, code in (("filed/999999", 404, "not_found"), ("filed/0", 404, "no_route"),
                                   ("filed/01", 404, "no_route"), ("other/1", 404, "no_route"),
                                   ("delivered/-1", 404, "no_route")):
            self.expect(self.node.call("GET", f"/v1/ledger/receipts/{path}",
                                       key=self.alpha.api_key), status, code)

    def test_a_bundle_holds(self):
        self.receipt(self.beta, "delivered", self.last)
        answer = self.expect(self.node.call("GET", "/v1/ledger/bundle", key=self.beta.api_key), 200)
        page = self.verify("bundle.zip", answer.body, "--key", self.vkey)
        self.assertIn("beta", page)
        with zipfile.ZipFile(os.path.join(self.node.folder, "bundle.zip")) as bundle:
            self.assertIsNone(bundle.testzip())
            self.assertTrue(any(name.endswith("index.html") or "report" in name
                                for name in bundle.namelist()), bundle.namelist())

    def test_the_public_log_by_hand(self):
        """The tick of a receipt is a leaf of the tree whose root the checkpoint signs."""
        text = self.receipt(self.alpha, "filed", self.filed)
        lines = text.splitlines()
        index = int(lines[1].removeprefix("index "))
        blank = lines.index("")
        proof = [base64.b64decode(one) for one in lines[2:blank]]
        note = text.split("\n\n", 1)[1].partition("comity-receipt v1\n")[0]
        tick = base64.b64decode(next(one for one in lines if one.startswith("tick "))[5:])
        size, root = opened_note(note, self.vkey)
        self.assertEqual(root_by_proof(index, size, leaf(tick), proof), root)
        checkpoint = self.node.call("GET", "/v1/ledger/checkpoint")
        self.expect(checkpoint, 200)
        now, new_root = opened_note(checkpoint.body.decode(), self.vkey)
        self.assertGreaterEqual(now, size)
        # A test takes less than 256 seconds: one tile has it all.
        self.assertLess(now, 256)
        tile = self.expect(self.node.call("GET", f"/v1/ledger/tile/0/000.p/{now}"), 200).body
        self.assertEqual(len(tile), 32 * now)
        leaves = [tile[at:at + 32] for at in range(0, len(tile), 32)]
        self.assertEqual(root_of(leaves), new_root)
        self.assertEqual(leaves[index], leaf(tick))
        self.assertEqual(root_of(leaves[:size]), root)

    def test_tiles_that_are_not_there(self):
        for path in ("0/001", "0/000", "0/000.p/255", "9/000", "64/000", "0/0", "0/00", "x/000",
                     "entries/000", "0/000.p/0", "0/000.p/256", "0/x000/000"):
            with self.subTest(path=path):
                self.expect(self.node.call("GET", f"/v1/ledger/tile/{path}"), 404, "not_found")

    def test_knew(self):
        beta = {"key": self.beta.api_key}

        def knew(at):
            found = self.node.call("GET", f"/v1/ledger/knew?at={at}&about=intent/K1", **beta)
            return self.expect(found, 200).json["items"]
        before = time_text(-0.005)
        told = self.node.file(self.alpha, "intent.put", "K1", intent()).json["time"]
        wait_for("told", lambda: self.node.call("GET", "/v1/intents/K1", **beta).status == 200)
        received = self.node.call("POST", "/v1/notifications/intent/K1/receive", {"version": 1},
                                  **beta).json["time"]
        read = self.node.call("POST", "/v1/notifications/intent/K1/read",
                              {"version": 1, "reader": "Kim"}, **beta).json["time"]
        self.assertEqual(knew(before), [])
        at_told = wait_for("in the ledger", lambda: knew(told))
        self.assertEqual((at_told[0]["item"], at_told[0]["level"]), ("intent/K1", "full"))
        if received > told:
            self.assertIsNone(at_told[0]["received"])
        at_read = wait_for("read", lambda: [one for one in knew(read) if one["read"]])
        self.assertEqual(at_read[0]["received"]["at"], received)
        self.assertEqual(at_read[0]["read"]["at"], read)
        self.assertEqual(self.node.call("GET", f"/v1/ledger/knew?at={read}&about=intent/K1",
                                        key=self.alpha.api_key).json["items"], [])


if __name__ == "__main__":
    under_test.main()
