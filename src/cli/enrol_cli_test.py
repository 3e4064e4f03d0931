#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Uses comity enrol as whoever runs a node does (docs/formats/enrolment.md).

    enrol_cli_test.py PROGRAM [unittest arguments]
"""

import fcntl
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None

COAST = """\
party: coast-guard
name: Coast Guard
machines:
  - { name: radar, issue_api_key: true }
  - { name: gw, issue_api_key: true }
people:
  - { name: Anna Berg, sign_in: anna, roles: [controller], issue_password: true }
"""
KEEP = COAST.replace(", issue_api_key: true", "").replace(", issue_password: true", "")

API_KEY = re.compile(r"^comity_[A-Za-z0-9_-]{43}$")
PASSWORD = re.compile(r"^[a-z2-9]{5}(-[a-z2-9]{5}){3}$")


class EnrolCliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data = self.path("data")
        self.stored = os.path.join(self.data, "access", "coast-guard.json")

    def path(self, name):
        return os.path.join(self.folder, name)

    def enrol(self, text, *arguments, code=0, data=None):
        file = self.path("enrol.yaml")
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
        return self.run_it(file, "--data", data or self.data, *arguments, code=code)

    def run_it(self, *arguments, code=0):
        done = subprocess.run(
            [PROGRAM, "enrol", *arguments], capture_output=True, text=True, timeout=60,
            check=False, cwd=self.folder,
        )
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        if code != 0:
            self.assertRegex(done.stderr, r"\A(comity: .*\n)+\Z")
            self.assertEqual(done.stdout, "")
        else:
            self.assertEqual(done.stderr, "")
        return done.stdout if code == 0 else done.stderr

    def secrets(self, text):
        """Name -> secret, as the JSON form says them."""
        lines = [json.loads(line) for line in text.splitlines()]
        keys = {one["machine"]: one["api_key"] for one in lines if "machine" in one}
        return keys | {one["sign_in"]: one["password"] for one in lines if "sign_in" in one}

    def read_stored(self):
        with open(self.stored, encoding="utf-8") as file:
            return file.read()

    def test_shows_each_secret_once_and_stores_hashes(self):
        text = self.enrol(COAST)
        lines = text.splitlines()
        self.assertEqual(
            lines[:3],
            ["coast-guard (Coast Guard) is enrolled: 0 keys, 2 machines, 1 person", "",
             "Issued; shown this once and kept nowhere:"],
        )
        rows = [line.split() for line in lines[3:]]
        self.assertEqual([row[:2] for row in rows],
                         [["machine", "radar"], ["machine", "gw"], ["person", "anna"]])
        for row in rows[:2]:
            self.assertRegex(row[-1], API_KEY)
        self.assertRegex(rows[2][-1], PASSWORD)
        stored = self.read_stored()
        for row in rows:
            self.assertNotIn(row[-1], stored)
        machines = {one["name"]: one for one in json.loads(stored)["machines"]}
        self.assertEqual(machines["radar"]["api_key_sha256"],
                         hashlib.sha256(rows[0][-1].encode()).hexdigest())
        mode = stat.S_IMODE(os.stat(self.stored).st_mode)
        self.assertEqual(mode, 0o600)
        self.assertEqual(os.listdir(os.path.dirname(self.stored)), ["coast-guard.json"])

    def test_as_json(self):
        text = self.enrol(COAST, "--format", "json")
        self.assertEqual(
            json.loads(text.splitlines()[0]),
            {"party": "coast-guard", "name": "Coast Guard", "new": True, "keys": 0, "machines": 2,
             "people": 1},
        )
        secrets = self.secrets(text)
        self.assertEqual(sorted(secrets), ["anna", "gw", "radar"])
        self.assertRegex(secrets["gw"], API_KEY)
        self.assertRegex(secrets["anna"], PASSWORD)

    def test_again_keeps_or_replaces(self):
        self.enrol(COAST)
        before = self.read_stored()
        text = self.enrol(KEEP)
        self.assertEqual(
            text, "coast-guard (Coast Guard) is enrolled again: 0 keys, 2 machines, 1 person\n"
        )
        self.assertEqual(self.read_stored(), before)
        first = self.secrets(self.enrol(COAST, "--format", "json"))
        second = self.secrets(self.enrol(COAST, "--format", "json"))
        for name, secret in first.items():
            self.assertNotEqual(second[name], secret)

    def test_says_all_faults_and_writes_nothing(self):
        error = self.enrol(
            "party: a b\nname: A\nmachines:\n  - { name: m, key: x }\n  - { name: m }\n", code=2
        )
        file = self.path("enrol.yaml")
        self.assertEqual(
            [line.split(", expected")[0] for line in error.splitlines()],
            [f"comity: {file}:1: 'a b'", f"comity: {file}:4: unknown key 'key'",
             f"comity: {file}:5: 'm'"],
        )
        self.assertFalse(os.path.exists(self.data), "no folder for a file that cannot be taken")
        self.assertIn(":4: a new machine without a credential", self.enrol(KEEP, code=2))
        self.assertEqual(os.listdir(os.path.join(self.data, "access")), [])
        self.enrol(COAST)
        before = self.read_stored()
        self.enrol(KEEP.replace("gw", "gx"), code=2)
        self.assertEqual(self.read_stored(), before)

    def test_no_two_parties_share_a_sign_in(self):
        self.enrol(COAST)
        error = self.enrol(COAST.replace("coast-guard", "other"), code=2)
        self.assertIn(":7: a sign_in that the party 'coast-guard' has, expected", error)
        self.assertEqual(os.listdir(os.path.dirname(self.stored)), ["coast-guard.json"])

    def test_a_damaged_file_is_named(self):
        self.enrol(COAST)
        with open(self.stored, "a", encoding="utf-8") as file:
            file.write("\n")
        error = self.enrol("party: other\nname: Other\n", code=1)
        self.assertIn(f"{self.stored}:1: not as it is written by comity enrol", error)
        self.enrol(COAST)
        self.enrol("party: other\nname: Other\n")

    def test_one_at_a_time(self):
        self.enrol(COAST)
        folder = os.open(os.path.dirname(self.stored), os.O_RDONLY)
        self.addCleanup(os.close, folder)
        fcntl.flock(folder, fcntl.LOCK_EX)
        self.assertIn("somebody else is enrolling", self.enrol(COAST, code=3))
        fcntl.flock(folder, fcntl.LOCK_UN)
        self.enrol(COAST)

    def test_bad_usage(self):
        self.assertIn("FILE is required", self.run_it(code=2))
        self.assertIn("expected a readable file", self.run_it(self.path("none"), code=2))
        self.assertIn("expected at most 1048576", self.enrol("#" * (1 << 20) + "\n", code=2))
        self.assertIn("expected a directory", self.enrol(COAST, code=2, data=self.path("a/b/c")))
        self.assertFalse(os.path.exists(self.path("a")))
        self.assertIn("--data DIR", self.run_it("--help"))

    def test_the_data_of_this_folder_by_default(self):
        with open(self.path("e.yaml"), "w", encoding="utf-8") as file:
            file.write(COAST)
        self.run_it("e.yaml")
        self.assertEqual(os.listdir(self.path("comity-data/access")), ["coast-guard.json"])


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
