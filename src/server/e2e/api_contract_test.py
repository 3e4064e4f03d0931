#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""api/openapi.yaml: what it says of itself holds, and server and page name the same addresses.

    api_contract_test.py PROGRAM [unittest arguments]
"""

import glob
import os
import re
import unittest

import node_under_test as under_test
from feed_under_test import World
from node_under_test import CONTRACT, MISSING, NodeTest, intent, time_text

# What stands for each parameter of a path, where nothing better is known.
EXAMPLES = {"id": "none", "act": "accept", "kind": "intent", "step": "receive", "level": "0",
            "index": "000", "tree": "filed", "number": "1"}


def parts(path):
    """Its form alone: v1/agreements/{}."""
    return re.sub(r"\{[a-z]+\}", "{}", path).lstrip("/")


def routes_of_source():
    """(method, pattern) of each Route{...} of the server."""
    found = []
    for file in glob.glob(os.path.join(under_test.ROOT, "src/server/api/*.cpp")):
        with open(file, encoding="utf-8") as source:
            found += re.findall(r'Route\{"([A-Z]+)", "([^"]+)"', source.read())
    return found


def serves(pattern, path):
    """Whether the server's pattern takes the page's path."""
    expected = re.escape(pattern).replace(r"\{\*\}", ".+").replace(r"\{\}", "[^/]+")
    return re.fullmatch(expected, parts(path)) is not None


@unittest.skipIf(MISSING, f"missing: {MISSING}")
class PageTest(unittest.TestCase):
    def test_is_of_3_1_and_its_schemas_are_schemas(self):
        import jsonschema  # pylint: disable=import-outside-toplevel
        document = CONTRACT.document
        self.assertRegex(document["openapi"], r"^3\.1\.\d+$")
        for member in ("title", "version"):
            self.assertIn(member, document["info"])
        for name, schema in document["components"]["schemas"].items():
            with self.subTest(schema=name):
                jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_reference_leads_somewhere(self):
        count = 0

        def walk(value):
            nonlocal count
            if isinstance(value, dict):
                if "$ref" in value:
                    self.assertTrue(value["$ref"].startswith("#/components/"), value)
                    self.assertIsNotNone(CONTRACT.follow(value))
                    count += 1
                for one in value.values():
                    walk(one)
            elif isinstance(value, list):
                for one in value:
                    walk(one)
        walk(CONTRACT.document)
        self.assertGreater(count, 100)

    def test_every_part_of_components_is_used(self):
        text = under_test.CONTRACT.document
        used = set(re.findall(r"#/components/(\w+/\w+)", repr(text)))
        for kind in ("schemas", "parameters", "responses"):
            for name in text["components"][kind]:
                self.assertIn(f"{kind}/{name}", used)

    def test_operations_have_one_name_and_declared_parameters(self):
        names = [operation["operationId"] for _, _, operation in CONTRACT.operations()]
        self.assertEqual(len(names), len(set(names)))
        tags = {tag["name"] for tag in CONTRACT.document["tags"]}
        for method, path, operation in CONTRACT.operations():
            with self.subTest(method=method, path=path):
                declared = CONTRACT.document["paths"][path].get("parameters", [])
                declared = [CONTRACT.follow(one)
                            for one in [*declared, *operation.get("parameters", [])]]
                of_path = [one["name"] for one in declared if one["in"] == "path"]
                self.assertEqual(sorted(of_path), sorted(re.findall(r"\{([a-z]+)\}", path)))
                self.assertTrue(all(one["required"] for one in declared if one["in"] == "path"))
                self.assertEqual(len({(one["in"], one["name"]) for one in declared}), len(declared))
                self.assertTrue(set(operation["tags"]) <= tags)
                self.assertTrue(operation["summary"])
                for status, response in operation["responses"].items():
                    self.assertRegex(status, r"^([1-5]\d\d|default)$")
                    self.assertTrue(CONTRACT.follow(response)["description"])

    def test_every_problem_of_the_page_has_a_row(self):
        """Of the codes in the source, each stands in docs/problems.md, and each of those there."""
        from contract import read  # pylint: disable=import-outside-toplevel
        in_source = set(re.findall(r'Title\{"(\w+)"', read("src/server/api/problem.cpp")))
        in_page = set(re.findall(r'<a id="(\w+)">', read("docs/problems.md")))
        self.assertEqual(in_source, in_page)

    def test_source_and_page_name_the_same_addresses(self):
        routes = routes_of_source()
        self.assertGreater(len(routes), 30)
        for method, pattern in routes:
            with self.subTest(route=f"{method} {pattern}"):
                self.assertTrue(any(method == its_method and serves(pattern, path)
                                    for its_method, path, _ in CONTRACT.operations()))
        for method, path, _ in CONTRACT.operations():
            with self.subTest(operation=f"{method} {path}"):
                self.assertTrue(any(method == its_method and serves(pattern, path)
                                    for its_method, pattern in routes))


class AnswersTest(NodeTest):
    """Every operation answers, once with what it is for; each answer is of its schema."""

    @classmethod
    def setUpClass(cls):
        world = World()
        cls.addClassCleanup(world.close)
        cls.node = world.start()
        cls.warning = world.send_s1()
        cls.north, cls.south = cls.node["north"], cls.node["south"]

    def path_of(self, template):
        examples = {**EXAMPLES}
        if "incidents" in template or "situations" in template:
            examples["id"] = self.warning
        return re.sub(r"\{([a-z]+)\}", lambda found: examples[found[1]], template)

    def test_every_operation_is_routed(self):
        for method, template, _ in CONTRACT.operations():
            with self.subTest(method=method, path=template):
                body = {} if method in ("PUT", "POST") else None
                answer = self.node.call(method, self.path_of(template), body,
                                        key=self.south.api_key)
                self.assertNotEqual(answer.status, 405, repr(answer))
                self.assertNotIn(answer.code, ("no_route", "method_not_allowed"), repr(answer))
                self.assertLess(answer.status, 500, repr(answer))

    def test_every_operation_succeeds(self):
        node, south, north = self.node, self.south, self.north
        key = {"key": south.api_key}
        cookie, session = node.sign_in(south)
        node.call("PUT", "/v1/intents/S1", intent(), **key)
        told = f"/v1/notifications/warning/{self.warning}"
        of_north = {"key": north.api_key}
        calls = [
            ("GET", "/health", None, {}),
            ("GET", "/ready", None, {}),
            ("GET", "/v1/node", None, {}),
            ("GET", "/v1/session", None, key),
            ("GET", "/v1/session", None, {"headers": cookie}),
            ("GET", "/v1/parties", None, key),
            ("GET", "/v1/agreements", None, key),
            ("GET", "/v1/agreements/strait", None, key),
            ("GET", "/v1/intents?limit=1", None, key),
            ("GET", "/v1/intents/S1", None, key),
            ("GET", "/v1/airspaces", None, of_north),
            ("GET", "/v1/airspaces/north-airspace", None, of_north),
            ("GET", "/v1/situations", None, key),
            ("GET", f"/v1/situations/{self.warning}", None, key),
            ("GET", "/v1/notifications", None, key),
            ("GET", "/v1/notifications?of=others", None, key),
            ("GET", "/v1/deliveries?after=0", None, key),
            ("GET", "/v1/tracks", None, of_north),
            ("GET", "/v1/incidents", None, key),
            ("GET", f"/v1/incidents/{self.warning}", None, key),
            ("GET", f"/v1/incidents/{self.warning}/tracks", None, of_north),
            ("GET", f"/v1/ledger/knew?at={time_text()}", None, key),
            ("POST", f"{told}/receive", {"version": 1}, key),
            ("POST", f"{told}/read", {"version": 1, "reader": "A B"}, key),
            ("POST", f"{told}/object", {"version": 1, "reason": "no"}, key),
            ("POST", "/v1/notifications/intent/S1/withdraw", None, key),
            ("POST", "/v1/calls",
             {"channel": "guard", "to": None, "at": time_text(), "answered": None}, key),
            ("POST", "/v1/requests", south.request("intent.put", "S2", intent()), key),
            ("PUT", "/v1/airspaces/HZ", under_test.airspace(), key),
            ("DELETE", "/v1/airspaces/HZ", None, key),
            ("PUT", "/v1/agreements/other", under_test.agreement("south", "east"), key),
            ("POST", "/v1/agreements/other/accept", None, {"key": node["east"].api_key}),
            ("POST", "/v1/agreements/other/suspend", None, key),
            ("POST", "/v1/agreements/other/resume", None, key),
            ("POST", "/v1/agreements/other/suspend", None, {"key": node["east"].api_key}),
            ("POST", "/v1/agreements/other/end", None, key),
            ("DELETE", "/v1/session", None, {"headers": session}),
        ]
        for method, path, body, how in calls:
            with self.subTest(call=f"{method} {path}"):
                answer = node.call(method, path, body, **how)
                self.assertLess(answer.status, 300, repr(answer))
        for path in ("/v1/ledger/checkpoint", "/v1/ledger/receipts/filed/1",
                     "/v1/ledger/receipts/delivered/1", "/v1/ledger/bundle",
                     f"/v1/incidents/{self.warning}/bundle"):
            with self.subTest(path=path):
                under_test.wait_for(path, lambda at=path: node.call("GET", at, **key).status == 200)
        self.expect(node.call("GET", "/v1/ledger/tile/0/000.p/1"), 200)

    def test_head_is_get_without_a_body(self):
        for path in ("/health", "/v1/node", "/v1/agreements", "/v1/agreements/strait"):
            with self.subTest(path=path):
                got = self.node.call("GET", path, key=self.south.api_key)
                head = self.node.call("HEAD", path, key=self.south.api_key)
                self.assertEqual(head.status, 200)
                self.assertEqual(head.body, b"")
                if path != "/v1/node":
                    self.assertEqual(head.headers["content-length"], got.headers["content-length"])

    def test_another_method_and_another_address(self):
        answer = self.node.call("PATCH", "/v1/airspaces/x", key=self.south.api_key)
        self.expect(answer, 405, "method_not_allowed")
        self.assertEqual(sorted(answer.headers["allow"].split(", ")), ["DELETE", "GET", "PUT"])
        for path in ("/v1/none", "/v1/agreements/", "/v1/agreements/a/b/c", "/v1", "/healthy"):
            with self.subTest(path=path):
                self.expect(self.node.call("GET", path, key=self.south.api_key), 404, "no_route")

    def test_an_item_that_is_known_already(self):
        got = self.node.call("GET", "/v1/agreements/strait", key=self.south.api_key)
        again = self.node.call("GET", "/v1/agreements/strait", key=self.south.api_key,
                               headers={"If-None-Match": got.headers["etag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(got.headers["etag"], f'"{got.json["version"]}"')

    def test_pages_by_cursor(self):
        for number in range(5):
            self.node.file(self.south, "intent.put", f"page-{number}", intent())
        whole = self.node.call("GET", "/v1/intents", key=self.south.api_key).json["items"]
        paged, cursor = [], ""
        while cursor is not None:
            page = self.node.call("GET", f"/v1/intents?limit=2{cursor}",
                                  key=self.south.api_key).json
            self.assertLessEqual(len(page["items"]), 2)
            paged += page["items"]
            cursor = page["next"] and f"&cursor={page['next']}"
        self.assertEqual([one["id"] for one in paged], [one["id"] for one in whole])

    def test_bad_parameters(self):
        for query, field in (("/v1/intents?limit=0", "limit"), ("/v1/intents?limit=1001", "limit"),
                             ("/v1/intents?limit=+1", "limit"), ("/v1/intents?cursor=x", "cursor"),
                             ("/v1/deliveries?after=-1", "after"),
                             ("/v1/deliveries?after=999999", "after"),
                             ("/v1/notifications?of=all", "of"), ("/v1/ledger/knew", "at"),
                             ("/v1/ledger/knew?at=now", "at"),
                             (f"/v1/ledger/knew?at={time_text()}&about=x", "about")):
            with self.subTest(query=query):
                answer = self.node.call("GET", query, key=self.south.api_key)
                self.expect(answer, 400, "bad_parameter")
                self.assertEqual(answer.json["field"], field)


if __name__ == "__main__":
    under_test.main()
