#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Uses comity ledger as an operator does, before and after each kind of loss (docs/operations.md).

    ledger_cli_test.py PROGRAM FIXTURE [unittest arguments]

FIXTURE writes ledgers (src/cli/ledger/ledger_fixture.cpp). COMITY_KILLS: how often a writer is
killed under load, 10 unless told.
"""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None
FIXTURE = None
KILLS = int(os.environ.get("COMITY_KILLS", "10"))

LAST_LINE = re.compile(r"^ticks (\d+) records (\d+) root ([A-Za-z0-9+/]{43}=)$")
SEGMENT = "00000000000000000000.segment"


class LedgerCliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.ledger, self.key = self.path("ledger"), self.path("log.key")
        self.fixture(self.ledger, self.key)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def fixture(self, *arguments):
        subprocess.run([FIXTURE, *arguments], check=True, timeout=60)

    def run_it(self, *arguments, code=0):
        done = subprocess.run(
            [PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False
        )
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        if code in (2, 3):
            self.assertRegex(done.stderr, r"\Acomity: .*\n\Z")
            self.assertEqual(done.stdout, "")
        return done.stdout if code in (0, 1) else done.stderr

    def ledger_it(self, *arguments, code=0):
        return self.run_it("ledger", *arguments, code=code)

    def summary(self, directory):
        """Ticks, records, root, as verify says them in its last line."""
        last = self.ledger_it("verify", directory).splitlines()[-1]
        found = LAST_LINE.match(last)
        self.assertTrue(found, last)
        return int(found[1]), int(found[2]), found[3]

    def verifier_key(self, directory):
        text = self.ledger_it("verify", directory)
        return re.search(r"^  key +(\S+)", text, re.MULTILINE)[1]

    def state_of_files(self, directory):
        state = {}
        for name in sorted(os.listdir(directory)):
            path = os.path.join(directory, name)
            with open(path, "rb") as file:
                state[name] = (hashlib.sha256(file.read()).hexdigest(), os.stat(path).st_mtime_ns)
        return state

    def flip(self, name, at, directory=None):
        path = os.path.join(directory or self.ledger, name)
        with open(path, "r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1]))

    def checkpoint(self, directory, name):
        return self.write(name, self.ledger_it("checkpoint", directory))

    # --- What a ledger holds ---

    def test_verify_counts_and_writes_nothing(self):
        before = self.state_of_files(self.ledger)
        self.assertEqual(self.summary(self.ledger)[:2], (2, 2))
        for command in ("export", "checkpoint", "upgrade"):
            self.ledger_it(command, self.ledger)
        self.ledger_it("audit", self.ledger, code=1)
        self.ledger_it("receipt", self.ledger, "--record", "1")
        self.assertEqual(self.state_of_files(self.ledger), before)

    def test_verify_takes_the_key_from_elsewhere(self):
        key = self.verifier_key(self.ledger)
        self.assertIn("as given", self.ledger_it("verify", self.ledger, "--key", key))
        self.ledger_it("verify", self.ledger, "--key", "nonsense", code=2)
        other = self.ledger_it(
            "create", self.path("other"), "--origin", "ledger.test/log", "--log-key", self.path("k")
        ).strip()
        done = subprocess.run(
            [PROGRAM, "ledger", "verify", self.ledger, "--key", other],
            capture_output=True, text=True, check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn(key, done.stderr)

    def test_audit_ends_as_verify_does(self):
        new = self.path("new")
        self.ledger_it("create", new, "--origin", "ledger.test/new", "--log-key", self.path("k"))
        audit = self.ledger_it("audit", new).splitlines()
        verify = self.ledger_it("verify", new).splitlines()
        self.assertEqual(audit[-1], verify[-1])
        self.assertIn("0 requests decided again", audit[0])

    def test_audit_finds_what_no_rules_of_this_program_decided(self):
        audit = self.ledger_it("audit", self.ledger, code=1).splitlines()
        self.assertRegex(audit[0], r"^record 1: decided by rules that this program does not have")
        self.assertIn("1 findings", " ".join(audit))
        self.assertEqual(audit[-1], self.ledger_it("verify", self.ledger).splitlines()[-1])
        # What somebody knew is not said from records that do not follow.
        error = subprocess.run(
            [PROGRAM, "ledger", "knew", self.ledger, "--party", "air-unit-a", "--at", "4102444800"],
            capture_output=True, text=True, check=False,
        )
        self.assertEqual((error.returncode, error.stdout), (1, ""))
        self.assertIn("record 1: decided by rules", error.stderr)

    def test_receipts_hold_for_a_stranger(self):
        key = self.verifier_key(self.ledger)
        self.fixture(self.ledger, "more")
        for record in range(5):
            for flags in ([], ["--of-all"]):
                text = self.ledger_it("receipt", self.ledger, "--record", str(record), *flags)
                page = self.run_it("verify", self.write("r.txt", text), "--key", key)
                self.assertIn("The receipt holds.", page)
        error = self.ledger_it("receipt", self.ledger, "--record", "5", code=2)
        self.assertIn("no record of this number; it has 5 records", " ".join(error.split()))

    def test_a_bundle_of_a_party_holds_for_a_stranger(self):
        self.fixture(self.ledger, "more")
        key = self.verifier_key(self.ledger)
        for name in ("bundle", "bundle.zip"):
            to = self.path(name)
            bundle = ["bundle", self.ledger, "--party", "air-unit-b", "--to", to]
            self.assertIn("2 receipts", self.ledger_it(*bundle))
            page = self.run_it("verify", to, "--key", key)
            self.assertIn("The bundle holds: 2 receipts", page)
            self.ledger_it(*bundle, code=2)
        with open(os.path.join(self.path("bundle"), "report.html"), encoding="utf-8") as file:
            self.assertIn("air-unit-b", file.read())
        self.ledger_it("bundle", self.ledger, "--party", "x", "--to", self.path("n"), code=2)

    def test_export_is_json_lines(self):
        self.fixture(self.ledger, "more")
        lines = [json.loads(line) for line in self.ledger_it("export", self.ledger).splitlines()]
        records = [line for line in lines if "record" in line]
        ticks = [line for line in lines if "tick" in line]
        self.assertEqual([line["record"] for line in records], list(range(5)))
        self.assertEqual([line["tick"] for line in ticks], list(range(4)))
        self.assertEqual(records[0]["kind"], "genesis")
        self.assertEqual(json.loads(records[1]["envelope"])["from"]["party"], "air-unit-a")
        self.assertEqual(ticks[-1]["root"], self.summary(self.ledger)[2])

    def test_create_makes_a_ledger_once(self):
        new, key = self.path("new"), self.path("new.key")
        arguments = ["create", new, "--origin", "ledger.test/new", "--log-key"]
        text = self.ledger_it(*arguments, key)
        self.assertEqual(text.strip(), self.verifier_key(new))
        self.assertEqual(os.stat(key).st_mode & 0o777, 0o600)
        self.assertEqual(self.summary(new)[:2], (0, 1))
        self.ledger_it(*arguments, self.path("another.key"), code=2)
        self.ledger_it("checkpoint", new, code=1)
        self.ledger_it("create", self.path("x"), "--origin", "a b", "--log-key", "k", code=2)

    # --- What is not as it should be ---

    def test_what_is_not_there_is_bad_input(self):
        self.assertIn("no such directory", self.ledger_it("verify", self.path("no"), code=2))
        os.mkdir(self.path("empty"))
        self.ledger_it("verify", self.path("empty"), code=2)
        self.ledger_it("verify", self.key, code=2)
        os.remove(os.path.join(self.ledger, "secret"))
        self.assertIn("secret", self.ledger_it("verify", self.ledger, code=2))

    def test_damage_is_told_with_its_place(self):
        self.fixture(self.ledger, "more")
        self.flip(SEGMENT, 700)
        text = self.ledger_it("verify", self.ledger, code=1)
        self.assertIn("The ledger does not hold.", text)
        self.assertIn(SEGMENT, text)
        self.assertIn("known to be good", text)
        for command in ("backup", "succeed"):
            more = ["--to", self.path(command)]
            if command == "succeed":
                more += ["--origin", "o", "--new-log-key", self.path("n"), "--reason", "year",
                         "--log-key", self.key]
            self.ledger_it(command, self.ledger, *more, code=1)

    def test_a_newer_ledger_is_refused_with_both_formats(self):
        with open(os.path.join(self.ledger, SEGMENT), "r+b") as file:
            file.seek(8)
            file.write(b"\x00\x02")
        before = self.state_of_files(self.ledger)
        error = self.ledger_it("verify", self.ledger, code=3)
        self.assertRegex(error, r"\b2\b")
        self.assertRegex(error, r"\b1\b")
        self.assertEqual(self.state_of_files(self.ledger), before)

    def test_a_missing_file_is_damage(self):
        os.remove(os.path.join(self.ledger, "mark"))
        self.ledger_it("verify", self.ledger, code=1)

    def test_one_writer_at_a_time(self):
        holder = subprocess.Popen(
            [FIXTURE, self.ledger, "endless"], stdout=subprocess.PIPE, text=True
        )
        try:
            holder.stdout.readline()
            error = self.ledger_it(
                "succeed", self.ledger, "--to", self.path("s"), "--origin", "o", "--reason", "year",
                "--log-key", self.key, "--new-log-key", self.path("n"), code=3,
            )
            self.assertIn("another", error)
            # Whoever only reads is not kept out, and a backup may be made meanwhile.
            for attempt in range(5):
                self.ledger_it("backup", self.ledger, "--to", self.path("b"))
                self.summary(self.path("b"))
        finally:
            holder.kill()
            holder.communicate()
        self.ledger_it("verify", self.ledger)

    def test_a_killed_writer_loses_nothing_that_was_answered(self):
        randomly = random.Random(20151124)
        answered = 0
        for _ in range(KILLS):
            writer = subprocess.Popen(
                [FIXTURE, self.ledger, "endless"], stdout=subprocess.PIPE, text=True
            )
            for _ in range(randomly.randrange(1, 200)):
                writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
            rest = writer.communicate()[0].splitlines()
            whole = [line for line in rest if line.isdigit()]
            answered = max([answered, *map(int, whole[-2:-1])])
            self.assertGreaterEqual(self.summary(self.ledger)[1], answered)

    # --- After a loss: docs/operations.md ---

    def lose(self):
        """A backup after two seconds, a ledger of four; its last checkpoint and its receipts."""
        self.backup = self.path("backup")
        self.ledger_it("backup", self.ledger, "--to", self.backup)
        self.fixture(self.ledger, "more")
        seen = self.checkpoint(self.ledger, "seen")
        receipts = [
            self.write(f"r{n}", self.ledger_it("receipt", self.ledger, "--record", str(n)))
            for n in (2, 3, 4)
        ]
        root = self.summary(self.ledger)[2]
        shutil.rmtree(self.ledger)
        return seen, receipts, root

    def test_a_whole_backup_becomes_the_ledger(self):
        backup, restored = self.path("backup"), self.path("restored")
        self.assertIn("4 entries copied", self.ledger_it("backup", self.ledger, "--to", backup))
        self.assertIn("0 entries copied", self.ledger_it("backup", self.ledger, "--to", backup))
        self.assertIn("a copy", self.ledger_it("verify", backup))
        seen = self.checkpoint(self.ledger, "seen")
        before = self.state_of_files(backup)
        self.ledger_it("restore", backup, "--to", restored, "--log-key", self.key, "--seen", seen)
        self.assertEqual(self.state_of_files(backup), before)
        self.assertNotIn("a copy", self.ledger_it("verify", restored))
        # Its next record says that it was restored.
        self.assertEqual(self.summary(restored)[1], 3)
        self.fixture(restored, "more")

    def test_lost_records_are_taken_back_from_receipts(self):
        seen, receipts, root = self.lose()
        restore = ["restore", self.backup, "--to", self.path("restored"), "--log-key", self.key,
                   "--seen", seen]
        text = self.ledger_it(*restore, code=1)
        self.assertIn("The copy is behind", text)
        self.ledger_it(*restore, "--receipt", *receipts[:2], code=1)
        self.assertIn("a copy", self.ledger_it("verify", self.path("restored")))
        self.ledger_it(*restore, "--receipt", *receipts)
        self.assertEqual(self.summary(self.path("restored")), (4, 6, root))

    def test_a_successor_names_the_gap(self):
        seen, _, _ = self.lose()
        self.ledger_it("restore", self.backup, "--to", self.path("restored"), "--log-key", self.key,
                       "--seen", seen, code=1)
        before = self.state_of_files(self.path("restored"))
        key = self.ledger_it(
            "succeed", self.path("restored"), "--to", self.path("next"), "--origin",
            "ledger.test/next", "--reason", "loss", "--new-log-key", self.path("n"), "--seen", seen,
        ).strip()
        self.assertEqual(self.state_of_files(self.path("restored")), before)
        text = self.ledger_it("verify", self.path("next"), "--key", key)
        self.assertIn("follows          ledger.test/log, since records of it were lost", text)
        self.assertIn("ticks 2 to 3, which somebody had seen and nobody has", text)

    def test_two_histories_stop_everything(self):
        fork = self.path("fork")
        shutil.copytree(self.ledger, fork)
        self.fixture(self.ledger, "more")
        self.ledger_it("succeed", fork, "--to", self.path("n"), "--origin", "n", "--reason", "year",
                       "--log-key", self.key, "--new-log-key", self.path("nk"))
        seen = self.checkpoint(fork, "seen")
        self.ledger_it("backup", self.ledger, "--to", self.path("b"))
        text = self.ledger_it("restore", self.path("b"), "--to", self.path("r"), "--log-key",
                              self.key, "--seen", seen, code=1)
        self.assertIn("Two histories of one log", text)
        self.assertIn("a copy", self.ledger_it("verify", self.path("r")))

    def test_a_year_ends_with_a_successor_and_both_hold(self):
        arguments = ["succeed", self.ledger, "--to", self.path("next"), "--origin",
                     "ledger.test/2016", "--reason", "year", "--log-key", self.key]
        key = self.ledger_it(*arguments, "--new-log-key", self.path("n")).strip()
        self.assertIn("closed", self.ledger_it("verify", self.ledger))
        text = self.ledger_it("verify", self.path("next"), "--key", key)
        self.assertIn("follows          ledger.test/log, since its year was over", text)
        self.assertNotIn("gap", text)
        # The same call, once more: it was interrupted. Another one: there is one successor.
        again = self.path("again")
        arguments[3] = again
        self.assertEqual(self.ledger_it(*arguments, "--new-log-key", self.path("n")).strip(), key)
        arguments[3] = self.path("other")
        self.ledger_it(*arguments, "--new-log-key", self.path("n2"), code=1)
        with self.assertRaises(subprocess.CalledProcessError):
            subprocess.run([FIXTURE, self.ledger, "more"], check=True, stderr=subprocess.DEVNULL)

    def test_what_is_shown_at_a_restore_is_checked(self):
        backup = self.path("backup")
        self.ledger_it("backup", self.ledger, "--to", backup)
        restore = ["restore", backup, "--to", self.path("r"), "--log-key"]
        self.ledger_it(*restore, self.key, "--seen", self.key, code=2)
        self.ledger_it(*restore, backup, "--seen", self.key, code=2)
        seen = self.checkpoint(self.ledger, "seen")
        self.ledger_it("create", self.path("o"), "--origin", "o", "--log-key", self.path("ok"))
        error = self.ledger_it(*restore, self.path("ok"), "--seen", seen, code=2)
        self.assertIn("private key", error)
        self.ledger_it(*restore, self.key, "--seen", seen, "--receipt", seen, code=2)
        self.ledger_it(*restore, self.key, "--seen", seen, "--receipt", self.path("no"), code=2)
        self.ledger_it(*restore, self.key, "--seen", seen)
        error = self.ledger_it(*restore, self.key, "--seen", seen, code=2)
        self.assertIn("no copy", error)

    def test_a_receipt_is_a_checkpoint_that_was_seen(self):
        old = self.checkpoint(self.ledger, "old")
        _, receipts, root = self.lose()
        restore = ["restore", self.backup, "--to", self.path("r"), "--log-key", self.key,
                   "--seen", old, "--receipt"]
        self.assertIn("The copy is behind", self.ledger_it(*restore, receipts[2], code=1))
        self.ledger_it(*restore, *receipts)
        self.assertEqual(self.summary(self.path("r"))[2], root)

    def test_a_fork_beyond_the_copys_end_stops_a_restore(self):
        fork = self.path("fork")
        shutil.copytree(self.ledger, fork)
        self.ledger_it("succeed", fork, "--to", self.path("n"), "--origin", "n", "--reason", "year",
                       "--log-key", self.key, "--new-log-key", self.path("nk"))
        forked = self.checkpoint(fork, "forked")
        seen, receipts, _ = self.lose()
        text = self.ledger_it(
            "restore", self.backup, "--to", self.path("r"), "--log-key", self.key, "--seen", seen,
            forked, "--receipt", *receipts, code=1,
        )
        self.assertIn("Two histories of one log", text)
        self.assertIn("a copy", self.ledger_it("verify", self.path("r")))


if __name__ == "__main__":
    PROGRAM, FIXTURE = sys.argv[1], sys.argv[2]
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
