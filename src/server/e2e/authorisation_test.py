#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Who may do what: every operation of api/openapi.yaml by every kind of caller, and what a party
sees of another's where nothing was released.

    authorisation_test.py PROGRAM [unittest arguments]
"""

import json
import os
import re

import node_under_test as under_test
from feed_under_test import World
from node_under_test import CONTRACT, NodeTest, airspace, agreement, intent, time_text, wait_for

SECRET = "only-of-south"


class MatrixTest(NodeTest):
    """The table: what each kind of caller hears, whatever the route."""

    parts = {"parties": ("alpha", "beta", "gone"), "tls": True}

    # Of an operation: who may (all, callers, actors), a path, a body, and what the two parties hear
    # where they may: alpha, to whom the items belong, and beta, who was told nothing.
    TABLE = {
        "health": ("all", "/health", None, 200, 200),
        "ready": ("all", "/ready", None, 200, 200),
        "node": ("all", "/v1/node", None, 200, 200),
        "signIn": ("all", "/v1/session", {"sign_in": "nobody", "password": "x"}, 401, 401),
        "checkpoint": ("all", "/v1/ledger/checkpoint", None, 200, 200),
        "tile": ("all", "/v1/ledger/tile/0/000.p/1", None, 200, 200),
        "whoami": ("caller", "/v1/session", None, 200, 200),
        "signOut": ("caller", "/v1/session", None, 204, 204),
        "parties": ("caller", "/v1/parties", None, 200, 200),
        "agreements": ("caller", "/v1/agreements", None, 200, 200),
        "intents": ("caller", "/v1/intents", None, 200, 200),
        "airspaces": ("caller", "/v1/airspaces", None, 200, 200),
        "situations": ("caller", "/v1/situations", None, 200, 200),
        "agreement": ("caller", "/v1/agreements/pact", None, 200, 404),
        "intent": ("caller", "/v1/intents/I1", None, 200, 404),
        "airspace": ("caller", "/v1/airspaces/Z1", None, 200, 404),
        "situation": ("caller", "/v1/situations/none", None, 404, 404),
        "notifications": ("caller", "/v1/notifications", None, 200, 200),
        "deliveries": ("caller", "/v1/deliveries", None, 200, 200),
        "stream": ("caller", "/v1/stream", None, 426, 426),
        "tracks": ("caller", "/v1/tracks", None, 200, 200),
        "incidents": ("caller", "/v1/incidents", None, 200, 200),
        "incident": ("caller", "/v1/incidents/none", None, 404, 404),
        "incidentTracks": ("caller", "/v1/incidents/none/tracks", None, 404, 404),
        "incidentBundle": ("caller", "/v1/incidents/none/bundle", None, 404, 404),
        "receipt": ("caller", "/v1/ledger/receipts/filed/1", None, 200, 404),
        "bundle": ("caller", "/v1/ledger/bundle", None, 200, 404),
        "knew": ("caller", "/v1/ledger/knew?at=2026-01-01T00:00:00Z", None, 200, 200),
        "proposeAgreement": ("actor", "/v1/agreements/pact", {}, 400, 400),
        "actOnAgreement": ("actor", "/v1/agreements/pact/resume", None, 409, 404),
        "putIntent": ("actor", "/v1/intents/I1", {}, 400, 400),
        "putAirspace": ("actor", "/v1/airspaces/Z1", {}, 400, 400),
        "endAirspace": ("actor", "/v1/airspaces/Z0", None, 404, 404),
        "acknowledge": ("actor", "/v1/notifications/intent/I1/receive", {"version": 1}, 404, 404),
        "withdraw": ("actor", "/v1/notifications/intent/none/withdraw", None, 404, 404),
        "logCall": ("actor", "/v1/calls", {}, 400, 400),
        "request": ("actor", "/v1/requests", {}, 400, 400),
    }

    @classmethod
    def prepare(cls):
        node = cls.node
        alpha, gone = node["alpha"], node["gone"]
        node.file(alpha, "agreement.propose", "pact", agreement("alpha", "gone"))
        node.file(gone, "agreement.accept", "pact", {})
        node.file(alpha, "intent.put", "I1", intent())
        node.file(alpha, "airspace.put", "Z1", airspace())
        for path in ("/v1/ledger/receipts/filed/1", "/v1/ledger/receipts/filed/3"):
            wait_for(path, lambda at=path: node.call("GET", at, key=alpha.api_key).status == 200)
        cls.stranger = under_test.make_certificate(node.folder, "stranger")

    def operations(self):
        """Those that act come last: what they file has receipts."""
        def is_act(one):
            return self.TABLE[one[2]["operationId"]][0] == "actor"
        for method, template, operation in sorted(CONTRACT.operations(), key=is_act):
            row = self.TABLE[operation["operationId"]]
            is_change = method not in ("GET", "HEAD")
            yield method, row, is_change, f"{method} {template}"

    def ask(self, method, row, **how):
        return self.node.call(method, row[1], row[2], **how)

    def test_the_table_has_every_operation(self):
        names = {operation["operationId"] for _, _, operation in CONTRACT.operations()}
        self.assertEqual(names, set(self.TABLE))

    def test_nobody_and_wrong_credentials(self):
        wrong = "comity_" + "A" * 43
        cookie = self.node.sign_in(self.node["alpha"])[0]["Cookie"].partition("=")
        callers = {
            "nobody": {}, "a wrong key": {"key": wrong}, "half a key": {"key": "comity_x"},
            "another scheme": {"headers": {"Authorization": "Basic YTpi"}},
            "an unknown certificate": {"certificate": self.stranger},
            "a wrong session": {"headers": {"Cookie": f"{cookie[0]}={'A' * len(cookie[2])}"}},
            "a session twice": {"headers": {"Cookie": f"{cookie[0]}={cookie[2]}; "
                                                      f"{cookie[0]}={cookie[2]}"}},
        }
        for method, row, _, what in self.operations():
            for name, how in callers.items():
                with self.subTest(what=what, caller=name):
                    answer = self.ask(method, row, **how)
                    if row[0] == "all":
                        self.assertEqual(answer.status, row[3], repr(answer))
                    else:
                        self.expect(answer, 401, "not_signed_in")
                        self.assertEqual(answer.headers["www-authenticate"], "Bearer")

    def test_a_bad_credential_counts_before_a_good_one(self):
        """A credential that is nobody's is refused, whatever else is there (docs/problems.md)."""
        alpha = self.node["alpha"]
        look, _ = self.node.sign_in(alpha)
        answer = self.node.call("GET", "/v1/session", key="comity_" + "B" * 43, headers=look)
        self.expect(answer, 401, "not_signed_in")
        answer = self.node.call("GET", "/v1/session", key="comity_" + "B" * 43,
                                certificate=alpha.certificate)
        self.expect(answer, 401, "not_signed_in")

    def test_machines_of_two_parties(self):
        alpha, beta = self.node["alpha"], self.node["beta"]
        callers = (("alpha by key", 3, {"key": alpha.api_key}),
                   ("alpha by certificate", 3, {"certificate": alpha.certificate}),
                   ("beta by key", 4, {"key": beta.api_key}),
                   ("beta by certificate", 4, {"certificate": beta.certificate}))
        for method, row, _, what in self.operations():
            for name, column, how in callers:
                with self.subTest(what=what, caller=name):
                    answer = self.ask(method, row, **how)
                    self.assertEqual(answer.status, row[column], repr(answer))

    def test_people(self):
        look, act = self.node.sign_in(self.node["alpha"])
        own = {"Origin": self.node.urls[0]}
        elsewhere = {"Origin": "https://elsewhere.example"}
        for method, row, is_change, what in self.operations():
            if what == "DELETE /v1/session":
                continue  # tested by itself: it ends the session
            with self.subTest(what=what):
                needs = row[0] != "all"
                # Signing in is refused to another page too; what anybody may see is seen by all.
                is_foreign_refused = needs or what == "POST /v1/session"
                cases = (({**act, **own}, row[3]), (act, row[3]),
                         (look, 403 if needs and is_change else row[3]),
                         ({**look, "X-Comity-Csrf": "A" * 43},
                          403 if needs and is_change else row[3]),
                         ({**act, **elsewhere}, 403 if is_foreign_refused else row[3]),
                         ({**act, "Origin": "null"}, 403 if is_foreign_refused else row[3]))
                for headers, status in cases:
                    answer = self.ask(method, row, headers=headers)
                    self.assertEqual(answer.status, status, repr((sorted(headers), answer)))
                    if status == 403 and row[3] != 403:
                        self.assertIn(answer.code, ("no_csrf", "other_origin"))
        self.expect(self.ask("PUT", self.TABLE["putIntent"], headers=look), 403, "no_csrf")
        self.expect(self.ask("GET", self.TABLE["whoami"], headers={**look, **elsewhere}), 403,
                    "other_origin")

    def test_an_observer_looks_and_does_nothing_else(self):
        look, act = self.node.sign_in(self.node["alpha"], "observer")
        self.assertFalse(self.node.call("GET", "/v1/session", headers=look).json["may_act"])
        for method, row, _, what in self.operations():
            if what == "DELETE /v1/session":
                continue
            with self.subTest(what=what):
                answer = self.ask(method, row, headers=act)
                if row[0] == "actor":
                    self.expect(answer, 403, "observer")
                else:
                    self.assertEqual(answer.status, row[3], repr(answer))
        answer = self.node.call("DELETE", "/v1/session", headers=act)
        self.assertEqual(answer.status, 204)
        self.expect(self.node.call("GET", "/v1/session", headers=look), 401, "not_signed_in")

    def test_a_session_of_plain_http_is_none_of_tls(self):
        look, _ = self.node.sign_in(self.node["alpha"])
        self.expect(self.node.call("GET", "/v1/session", headers=look, listener=1), 401,
                    "not_signed_in")
        answer = self.node.call("POST", "/v1/session", {
            "sign_in": "ann@alpha", "password": self.node["alpha"].secrets["ann"]}, listener=1)
        self.expect(answer, 201)
        cookie = answer.headers["set-cookie"]
        self.assertTrue(cookie.startswith("__Host-comity_session="), cookie)
        for part in ("Path=/", "HttpOnly", "SameSite=Strict", "Secure"):
            self.assertIn(part, cookie.split("; "))

    def test_no_secret_is_in_the_log(self):
        self.node.sign_in(self.node["alpha"])
        log = self.node.log()
        self.assertIn("path=/v1/session", log)
        for party in self.node.parties.values():
            for secret in party.secrets.values():
                self.assertNotIn(secret, log)


class RemovedTest(NodeTest):
    """Who was taken off, in whole or in part, does not come in any more."""

    parts = {"parties": ("alpha", "beta"), "tls": True}

    def test_a_party_whose_file_is_removed(self):
        beta = self.node["beta"]
        look, _ = self.node.sign_in(beta)
        callers = ({"key": beta.api_key}, {"certificate": beta.certificate}, {"headers": look})
        for how in callers:
            self.expect(self.node.call("GET", "/v1/session", **how), 200)
        os.remove(os.path.join(self.node.data, "access", "beta.json"))
        for how in callers:
            wait_for("401", lambda at=how: self.node.call("GET", "/v1/session", **at).status == 401,
                     2.5)
        answer = self.node.call("POST", "/v1/session", {"sign_in": "ann@beta",
                                                        "password": beta.secrets["ann"]})
        self.expect(answer, 401, "wrong_password")

    def test_a_session_that_is_idle_or_too_long_is_tested_beside_the_code(self):
        """The shortest time that can be configured is a minute: sessions_test.cpp has a clock."""
        config = under_test.ROOT + "/src/server/access/sessions_test.cpp"
        self.assertTrue(os.path.exists(config))


class NotReleasedTest(NodeTest):
    """South and North know things. East, who is enrolled too, learns nothing of them: no byte of
    any answer differs from that of things that do not exist."""

    @classmethod
    def setUpClass(cls):
        world = World()
        cls.addClassCleanup(world.close)
        cls.node = world.start()
        node = cls.node
        cls.south, cls.north = node["south"], node["north"]
        cls.east, cls.west = node["east"], node["west"]  # east acts, west does not
        node.file(cls.south, "intent.put", SECRET, intent(aircraft=[SECRET]))
        node.file(cls.south, "airspace.put", SECRET, airspace(source=SECRET))
        cls.warning = world.send_s1()

    def alike(self, method, path, other, body=None, at_rest=("request_id",), of=None):
        """Answers to a thing that is there and to one that is not: the same bytes."""
        answers = []
        for one in (path, other):
            answer = self.node.call(method, one, body, key=(of or self.east).api_key)
            text = answer.body.decode()
            for member in at_rest:
                text = re.sub(rf'"{member}":("[^"]*"|\d+)', f'"{member}":0', text)
            headers = {name: value for name, value in answer.headers.items() if name != "date"}
            answers.append((answer.status, headers, text))
        self.assertEqual(answers[0], answers[1])
        return answers[0]

    def test_the_owner_sees_it(self):
        for path in (f"/v1/intents/{SECRET}", f"/v1/airspaces/{SECRET}",
                     f"/v1/situations/{self.warning}", f"/v1/incidents/{self.warning}"):
            with self.subTest(path=path):
                self.expect(self.node.call("GET", path, key=self.south.api_key), 200)

    def test_by_id(self):
        paths = [(f"/v1/intents/{SECRET}", "/v1/intents/never-there"),
                 (f"/v1/airspaces/{SECRET}", "/v1/airspaces/never-there"),
                 ("/v1/airspaces/north-airspace", "/v1/airspaces/never-there"),
                 ("/v1/agreements/strait", "/v1/agreements/never-there"),
                 (f"/v1/situations/{self.warning}", "/v1/situations/0000000000000000"),
                 (f"/v1/incidents/{self.warning}", "/v1/incidents/0000000000000000"),
                 (f"/v1/incidents/{self.warning}/tracks", "/v1/incidents/0000000000000000/tracks"),
                 (f"/v1/incidents/{self.warning}/bundle", "/v1/incidents/0000000000000000/bundle"),
                 # Numbers are of each party: those of others are none of one's own.
                 ("/v1/ledger/receipts/filed/1", "/v1/ledger/receipts/filed/900000"),
                 ("/v1/ledger/receipts/delivered/1", "/v1/ledger/receipts/delivered/900000"),
                 ("/v1/ledger/receipts/delivered/1", "/v1/ledger/receipts/delivered/2")]
        for path, other in paths:
            with self.subTest(path=path):
                self.assertEqual(self.alike("GET", path, other, of=self.west)[0], 404)

    def test_by_version(self):
        """If-None-Match of a version that stands is no way to find out."""
        for path in (f"/v1/intents/{SECRET}", "/v1/intents/never-there"):
            answer = self.node.call("GET", path, key=self.east.api_key,
                                    headers={"If-None-Match": '"1"'})
            self.expect(answer, 404, "not_found")

    def test_by_acting(self):
        filed = ("request_id", "filed")  # each stands in the ledger, by East's next number
        for path, other, body in (
                (f"/v1/notifications/intent/{SECRET}/receive",
                 "/v1/notifications/intent/never-there/receive", {"version": 1}),
                (f"/v1/notifications/warning/{self.warning}/read",
                 "/v1/notifications/warning/0000000000000000/read", {"version": 1, "reader": "E"}),
                (f"/v1/notifications/airspace/{SECRET}/object",
                 "/v1/notifications/airspace/never-there/object", {"version": 1}),
                (f"/v1/notifications/intent/{SECRET}/pass_on",
                 "/v1/notifications/intent/never-there/pass_on", {"version": 1, "to": ["north"]}),
                (f"/v1/notifications/intent/{SECRET}/withdraw",
                 "/v1/notifications/intent/never-there/withdraw", None),
                ("/v1/agreements/strait/accept", "/v1/agreements/never-there/accept", None),
                ("/v1/agreements/strait/end", "/v1/agreements/never-there/end", None)):
            with self.subTest(path=path):
                self.assertEqual(self.alike("POST", path, other, body, filed)[0], 404)
        self.alike("DELETE", f"/v1/airspaces/{SECRET}", "/v1/airspaces/never-there", None, filed)
        self.alike("POST", f"/v1/calls?about=intent/{SECRET}", "/v1/calls?about=intent/never-there",
                   {"channel": "radio", "to": None, "at": time_text(), "answered": None},
                   (*filed, "id", "time"))

    def test_lists_and_histories_hold_nothing(self):
        node, key = self.node, {"key": self.east.api_key}
        for path in ("/v1/agreements", "/v1/intents", "/v1/airspaces", "/v1/situations",
                     "/v1/notifications", "/v1/notifications?of=others", "/v1/deliveries",
                     "/v1/incidents", f"/v1/ledger/knew?at={time_text()}",
                     f"/v1/ledger/knew?at={time_text()}&about=intent/{SECRET}"):
            with self.subTest(path=path):
                self.assertEqual(node.call("GET", path, **key).json["items"], [])
        tracks = node.call("GET", "/v1/tracks", **key).json
        self.assertEqual((tracks["items"], tracks["feeds"]), ([], []))
        parties = node.call("GET", "/v1/parties", **key).json["items"]
        self.assertEqual([one["id"] for one in parties], ["east"])

    def test_deliveries_of_others_cannot_be_asked_for(self):
        answer = self.node.call("GET", "/v1/deliveries?party=south", key=self.east.api_key)
        self.assertEqual(answer.json, {"items": [], "last": 0})

    def test_what_south_was_told_holds_nothing_of_north_beyond_it(self):
        """South was warned, and sees neither North's radar nor North's claim by itself."""
        key = {"key": self.south.api_key}
        self.assertEqual(self.node.call("GET", "/v1/tracks", **key).json["items"], [])
        self.expect(self.node.call("GET", "/v1/airspaces/north-airspace", **key), 404, "not_found")
        tracks = self.node.call("GET", f"/v1/incidents/{self.warning}/tracks", **key).json
        self.assertEqual(tracks["items"], [])
        related = self.node.call("GET", f"/v1/incidents/{self.warning}", **key).json["related"]
        self.assertEqual(related, [])

    def test_an_id_of_another_is_told_by_a_refusal_to_put_it(self):
        """Ids are of all parties: who puts one that another has is refused, and learns that."""
        answer = self.node.call("PUT", f"/v1/intents/{SECRET}", intent(), key=self.east.api_key)
        self.expect(answer, 403, "not_owner")
        self.assertNotIn("south", json.dumps(answer.json))


if __name__ == "__main__":
    under_test.main()
