#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Uses comity replay, and what comity ledger says of its ledgers, as a user does.

    replay_cli_test.py PROGRAM [unittest arguments]

COMITY_KILLS: how often a replay is killed, 5 unless told. COMITY_SEED: when.
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SCENARIO = os.path.join(ROOT, "scenarios", "two-shores")
PROGRAM = None
KILLS = int(os.environ.get("COMITY_KILLS", "5"))
SEED = int(os.environ.get("COMITY_SEED", "20260601"))

LAST_LINE = re.compile(r"^ticks \d+ records \d+ root [A-Za-z0-9+/]{43}=$")
# Processors without these give the same bytes.
WITHOUT_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"}


class ReplayCliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_it(self, *arguments, code=0, environment=None):
        done = subprocess.run(
            [PROGRAM, *arguments], capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, **(environment or {})},
        )
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        if code in (2, 3):
            self.assertRegex(done.stderr, r"\Acomity: .*\n\Z")
            self.assertEqual(done.stdout, "")
        return done

    def replay(self, *arguments, **more):
        return self.run_it("replay", *arguments, **more)

    def last_line(self, *arguments, **more):
        last = self.run_it(*arguments, **more).stdout.splitlines()[-1]
        self.assertRegex(last, LAST_LINE)
        return last

    def scenario(self, change=lambda text: text, name="scenario"):
        """A copy of two-shores whose text was changed."""
        folder = self.path(name)
        shutil.copytree(SCENARIO, folder)
        path = os.path.join(folder, "scenario.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        changed = change(text)
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)
        return path

    # --- What it says ---

    def test_a_folder_and_its_file_are_the_same_scenario(self):
        folder = self.replay(SCENARIO)
        file = self.replay(os.path.join(SCENARIO, "scenario.yaml"))
        self.assertEqual(folder.stdout, file.stdout)
        self.assertEqual(folder.stderr, "")
        self.assertNotIn("\x1b", folder.stdout)
        self.assertIn("straight line alone would", " ".join(folder.stdout.split()))
        self.assertRegex(folder.stdout, r"\n  (\d+) of \1 hold\.\n")

    def test_lines_keep_to_the_width(self):
        for columns in (80, 100):
            text = self.replay(SCENARIO, environment={"COLUMNS": str(columns)}).stdout
            timeline = text[: text.index("Who had been told")]
            longest = max(len(line) for line in timeline.splitlines())
            self.assertLessEqual(longest, columns)

    def test_an_expectation_that_does_not_hold_is_named_with_its_line(self):
        def change(text):
            return text.replace('to: line, at: "07:08:00"', 'to: line, at: "07:09:00"')

        path = self.scenario(change)
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        line = 1 + next(i for i, one in enumerate(lines) if 'at: "07:09:00"' in one)
        done = self.replay(path, code=1)
        self.assertRegex(done.stderr, rf"\Acomity: {re.escape(path)}:{line}: not passed on .*\n\Z")
        self.assertIn(f"line {line}:", done.stdout)
        self.assertRegex(done.stdout.splitlines()[-1], LAST_LINE)

    def test_json_lines_have_what_the_text_has(self):
        text = self.replay(SCENARIO)
        lines = [
            json.loads(line)
            for line in self.replay(SCENARIO, "--format", "json").stdout.splitlines()
        ]
        result = lines[-1]
        self.assertEqual(result["kind"], "result")
        self.assertTrue(result["holds"])
        self.assertEqual(
            text.stdout.splitlines()[-1],
            f"ticks {result['ticks']} records {result['records']} root {result['root']}",
        )
        kinds = {line["kind"] for line in lines}
        self.assertLessEqual(
            {"request", "alert", "told", "deadline", "moment", "assessment", "warning_time",
             "expectation", "result"},
            kinds,
        )
        with open(os.path.join(ROOT, "docs", "formats", "replay.md"), encoding="utf-8") as file:
            documented = file.read()
        for line in lines:
            for key in line:
                self.assertIn(f"`{key}`", documented)

    def test_a_speed_is_shown_as_it_happens(self):
        fast = self.replay(SCENARIO)
        paced = self.replay(SCENARIO, "--speed", "100000")
        self.assertEqual(paced.stdout.splitlines()[-1], fast.stdout.splitlines()[-1])
        self.replay(SCENARIO, "--speed", "0", code=2)
        self.replay(SCENARIO, "--speed", "slow", code=2)

    # --- What is wrong with its input ---

    def test_a_fault_of_a_file_has_its_line(self):
        path = self.scenario(lambda text: text.replace("seed: 20260601", "sed: 20260601"))
        done = self.replay(path, "--ledger", self.path("ledger"), code=2)
        self.assertRegex(done.stderr, rf"\Acomity: {re.escape(path)}:11: .*sed")
        self.assertFalse(os.path.exists(self.path("ledger")))

    def test_what_is_not_there_is_said(self):
        self.replay(self.path("no"), code=2)
        self.replay(self.folder, code=2)
        path = self.scenario(lambda text: text.replace("file: tracks.csv", "file: no.csv"))
        done = self.replay(path, "--ledger", self.path("ledger"), code=2)
        self.assertRegex(done.stderr, rf"\Acomity: {re.escape(path)}:\d+: 'no.csv' cannot be read")
        self.assertFalse(os.path.exists(self.path("ledger")))

    def test_what_is_not_part_of_the_project_is_the_environments(self):
        for word, option in (("$BORDERS", "--borders"), ("$DATA", "--data")):
            path = self.scenario(
                lambda text, word=word: text.replace("file: tracks.csv", f"file: {word}/t.csv"),
                name=word,
            )
            done = self.replay(path, option, self.path("elsewhere"), code=3)
            self.assertIn(self.path("elsewhere/t.csv") + " is missing: ", done.stderr)
            os.makedirs(self.path("elsewhere"), exist_ok=True)
            shutil.copy(os.path.join(SCENARIO, "tracks.csv"), self.path("elsewhere/t.csv"))
            self.replay(path, option, self.path("elsewhere"))
            os.remove(self.path("elsewhere/t.csv"))

    def test_a_recording_that_is_none_writes_nothing(self):
        path = self.scenario()
        with open(os.path.join(self.path("scenario"), "tracks.csv"), "w", encoding="utf-8") as file:
            file.write("a,b\n1,2\n")
        done = self.replay(path, "--ledger", self.path("ledger"), code=2)
        self.assertRegex(done.stderr, r"tracks\.csv:1: ")
        self.assertFalse(os.path.exists(self.path("ledger")))

    # --- Its ledger ---

    def test_the_same_ledger_each_time_and_everywhere(self):
        first = self.last_line("replay", SCENARIO)
        self.assertEqual(self.last_line("replay", SCENARIO), first)
        self.assertEqual(self.last_line("replay", SCENARIO, environment=WITHOUT_FMA), first)
        ledger = self.path("ledger")
        self.assertEqual(self.last_line("replay", SCENARIO, "--ledger", ledger), first)
        self.assertEqual(self.last_line("ledger", "verify", ledger), first)
        self.assertEqual(self.last_line("ledger", "audit", ledger), first)

    def test_a_directory_that_holds_a_ledger_is_left_alone(self):
        ledger = self.path("ledger")
        self.replay(SCENARIO, "--ledger", ledger)
        before = self.state_of(ledger)
        done = self.replay(SCENARIO, "--ledger", ledger, code=2)
        self.assertIn(ledger, done.stderr)
        self.assertEqual(self.state_of(ledger), before)
        self.replay(SCENARIO, "--resume", code=2)

    def test_a_ledger_of_another_scenario_is_not_gone_on_with(self):
        ledger = self.path("ledger")
        self.replay(SCENARIO, "--ledger", ledger)
        before = self.state_of(ledger)
        other = self.scenario(lambda text: text.replace("seed: 20260601", "seed: 1"))
        self.replay(other, "--ledger", ledger, "--resume", code=2)
        self.assertEqual(self.state_of(ledger), before)

    @staticmethod
    def state_of(directory):
        state = {}
        for folder, _, names in os.walk(directory):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    state[path] = (file.read(), os.stat(path).st_mtime_ns)
        return state

    def test_a_killed_replay_goes_on_to_the_same_end(self):
        whole = self.last_line("replay", SCENARIO)
        begun = time.monotonic()
        self.replay(SCENARIO, "--ledger", self.path("timed"))
        length = time.monotonic() - begun
        randomly = random.Random(SEED)
        print(f"COMITY_SEED={SEED}", file=sys.stderr)
        for kill in range(KILLS):
            ledger = self.path(f"killed-{kill}")
            replay = subprocess.Popen(
                [PROGRAM, "replay", SCENARIO, "--ledger", ledger],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            time.sleep(randomly.random() * length)
            replay.send_signal(signal.SIGKILL)
            replay.wait()
            was_dropped = False
            if os.path.exists(os.path.join(ledger, "mark")):
                verified = subprocess.run(
                    [PROGRAM, "ledger", "verify", ledger],
                    capture_output=True, text=True, check=False,
                )
                # Nobody is answered before the record of genesis is durable.
                has_begun = "it has no entries" not in verified.stderr
                self.assertEqual(verified.returncode, 0 if has_begun else 1, verified.stderr)
                was_dropped = "left out" in verified.stdout
            resumed = self.last_line("replay", SCENARIO, "--ledger", ledger, "--resume")
            self.assertEqual(self.last_line("ledger", "audit", ledger), resumed)
            # What was dropped has a record of its own.
            if not was_dropped:
                self.assertEqual(resumed, whole)

    # --- Who had been told what ---

    def knew(self, ledger, party, at, *more, code=0):
        return self.run_it(
            "ledger", "knew", ledger, "--party", party, "--at", at, *more, code=code
        )

    def test_knew_says_what_stood_then(self):
        ledger = self.path("ledger")
        self.replay(SCENARIO, "--ledger", ledger)
        about = ("--about", "intent/S1")
        before = self.knew(ledger, "north", "2026-06-01T07:09:29Z", *about)
        self.assertEqual(
            before.stdout,
            "Nothing about intent/S1 released to north by then, in what is kept until a day after "
            "its end.\n",
        )
        after = self.knew(ledger, "north", "2026-06-01T07:09:30Z", *about).stdout
        self.assertIn("intent/S1", after)
        self.assertRegex(after, r"relayed by lead +07:09:30 +- +due 07:10:00")
        late = self.knew(ledger, "lead", "2026-06-01T07:08:30Z", *about).stdout
        self.assertRegex(late, r"07:02:00 +- +07:02:01 +07:03:30 +late")
        lines = self.knew(
            ledger, "north", "2026-06-01T07:11:00Z", *about, "--format", "json"
        ).stdout.splitlines()
        self.assertEqual(len(lines), 1)
        notice = json.loads(lines[0])
        self.assertEqual((notice["item"], notice["via"]), ("intent/S1", "lead"))
        self.assertEqual(notice["told"]["time"], "2026-06-01T07:09:30Z")

    def test_knew_says_nothing_of_the_parties_that_there_are(self):
        ledger = self.path("ledger")
        self.replay(SCENARIO, "--ledger", ledger)
        done = self.knew(ledger, "nobody", "2026-06-01T07:11:00Z", code=1)
        self.assertEqual(done.stdout, "")
        self.assertEqual(
            done.stderr, "comity: nobody takes no part in this ledger at that time\n"
        )
        self.knew(ledger, "north", "2026-06-01T06:59:00Z", code=1)
        self.knew(ledger, "north", "yesterday", code=2)
        self.knew(ledger, "north", "2026-06-01T07:11:00Z", "--about", "S1", code=2)


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
