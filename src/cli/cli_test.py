#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Uses the program as a user does: answers, exit codes, and one line on standard error for each
bad input.

    cli_test.py PROGRAM [--sanitized] [unittest arguments]

COMITY_DATA (else ../shared/data beside the tree) holds recordings that some tests use where they
are present. --sanitized: the program needs more address space than these tests would leave it.
"""

import csv
import io
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
DATA = os.environ.get("COMITY_DATA", os.path.join(ROOT, "..", "shared", "data"))
BORDERS = os.path.join(ROOT, "build", "borders")

sys.path.insert(0, os.path.join(ROOT, "tools"))
import tidy  # noqa: E402

PROGRAM = None
SANITIZED = False

MIB = 1 << 20
MEMORY = 256 * MIB

INSIDE_COLUMNS = (
    "track_id,area,entry_utc,exit_utc,seconds_inside,seconds_surely_inside,"
    "seconds_possibly_inside,max_depth_m,min_distance_outside_m"
)
PAIRS_COLUMNS = "id1,id2,start_utc,end_utc,min_horizontal_nm,at_utc,vertical_ft_there"

# Processors without these give the same bytes.
WITHOUT_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"}

HEADER = "time_utc,track_id,lat,lon,alt_ft"
# Through the square from west to east: in after 10 s, out after 20.
THROUGH = "2015-11-24T07:00:00Z,x,46.05,9.9,1000\n2015-11-24T07:00:30Z,x,46.05,10.2,1000"
SQUARE_RING = [[10, 46], [10.1, 46], [10.1, 46.1], [10, 46.1], [10, 46]]
ANSWER = "x,square,2015-11-24T07:00:10.000Z,2015-11-24T07:00:20.000Z,10.000,10.000,10.000,3869.674,"


def feature(rings, properties, kind="Polygon"):
    geometry = {"type": kind, "coordinates": rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


SQUARE = collection(feature([SQUARE_RING], {"name": "square"}))


class CliTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.tracks = self.write("tracks.csv", f"{HEADER}\n{THROUGH}\n")
        self.areas = self.write("areas.geojson", SQUARE)

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *args, memory=None, env=None, stdout=subprocess.PIPE, cwd=None):
        def bound():
            if memory is not None and not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        return subprocess.run(
            [PROGRAM, *args],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            preexec_fn=bound,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            check=False,
        )

    def answer(self, *args, **how):
        """What it prints; it is to exit with 0."""
        done = self.run_program(*args, **how)
        self.assertEqual(done.returncode, 0, (args, done.stderr))
        return done.stdout.decode()

    def said(self, *args, **how):
        """What it says on standard error; it is to exit with 0."""
        done = self.run_program(*args, **how)
        self.assertEqual(done.returncode, 0, (args, done.stderr))
        return done.stderr.decode()

    def refusal(self, code, *args, **how):
        """The one line on standard error; nothing is to be on standard output."""
        done = self.run_program(*args, **how)
        text = done.stderr.decode()
        self.assertEqual(done.returncode, code, (args, text))
        self.assertEqual(done.stdout, b"")
        self.assertTrue(text.startswith("comity: "), text)
        self.assertEqual(text.count("\n"), 1, text)
        self.assertTrue(text.endswith("\n"))
        return text[len("comity: ") : -1]

    def inside(self, tracks=None, areas=None):
        """The arguments."""
        files = ["--tracks", tracks or self.tracks, "--airspace", areas or self.areas]
        return ["inside", *files, "--format", "csv"]


class Usage(CliTest):
    def test_help_is_a_result(self):
        for command in ([], ["inside"], ["pairs"], ["study"], ["study", "hatay-2015"]):
            text = self.answer(*command, "--help")
            self.assertIn("Usage: comity", text)
            self.assertEqual(self.said(*command, "--help"), "")
        self.assertRegex(self.answer("--version"), r"^comity \d+\.\d+\.\d+\n$")

    def test_help_names_units(self):
        text = self.answer("inside", "--help") + self.answer("pairs", "--help")
        for unit in ("METRES", "NM", "FEET"):
            self.assertIn(unit, text)

    def test_help_uses_no_words_that_are_not_ours(self):
        for command in ([], ["inside"], ["pairs"], ["study"], ["study", "hatay-2015"],
                        ["study", "switzerland-2018"]):
            self.assertEqual(tidy.WORDS.findall(self.answer(*command, "--help")), [])

    def test_bad_usage_is_refused_in_one_line(self):
        inside = self.inside()
        pairs = ["pairs", "--tracks", self.tracks]
        for args, expected in (
            ([], "no command"),
            (["outside"], "outside"),
            (["--tracks"], "--tracks"),
            (["inside"], "--tracks"),
            (["inside", "--tracks", self.tracks], "--airspace"),
            ([*inside, "--format", "xml"], "format"),
            (["inside", "--format", "xml"], "expected text, csv or json"),
            ([*inside, "--dialect", "readsb"], "expected comity, opensky, traffic or sbs"),
            ([*inside, "--wrong"], "--wrong"),
            ([*inside, "more"], "more"),
            ([*inside, "--tracks", self.tracks], "--tracks"),
            ([*inside, "--name"], "--name"),
            (["study"], "subcommand"),
            (["study", "atlantis"], "subcommand"),
        ):
            self.assertIn(expected, self.refusal(2, *args))
        for option in ("--airspace-accuracy-m", "--track-accuracy-m"):
            for value in ("-1", "nan", "inf", "x", "", "1e400", "20000001", "1 2", "0x10p"):
                self.assertIn(option, self.refusal(2, *inside, option, value))
        for option in ("--horizontal-nm", "--vertical-ft"):
            for value in ("-1", "nan", "inf", "x", ""):
                self.assertIn(option, self.refusal(2, *pairs, option, value))

    def test_an_unknown_name_lists_the_names_there_are(self):
        line = self.refusal(2, *self.inside(), "--name", "circle")
        self.assertEqual(
            line, f"{self.areas}: no area named 'circle', expected one of: square"
        )
        many = [feature([SQUARE_RING], {"name": f"area {i}"}) for i in range(30)]
        line = self.refusal(
            2, *self.inside(areas=self.write("many.geojson", collection(*many))), "--name", "x"
        )
        self.assertIn("area 0, area 1,", line)
        self.assertIn("and 10 more", line)

    def test_a_file_that_is_not_there_or_a_folder_is_refused(self):
        missing = os.path.join(self.folder, "missing")
        for path in (missing, self.folder, os.path.join(self.tracks, "below")):
            for args in (self.inside(tracks=path), self.inside(areas=path),
                         ["pairs", "--tracks", path]):
                self.assertTrue(self.refusal(2, *args).startswith(path + ": "))

    def test_output_that_cannot_be_written_is_the_environments_fault(self):
        for args in (self.inside(), ["pairs", "--tracks", self.tracks], ["--help"], ["--version"],
                     ["inside", "--help"]):
            with open("/dev/full", "wb") as full:
                done = self.run_program(*args, stdout=full)
            self.assertEqual(done.returncode, 3, args)
            self.assertIn(b"comity: standard output: ", done.stderr)


class Formats(CliTest):
    def setUp(self):
        super().setUp()
        other = feature([[[20, 50], [21, 50], [21, 51], [20, 50]]], {"name": 'the "other", far'})
        self.areas = self.write(
            "areas.geojson", collection(feature([SQUARE_RING], {"name": "square"}), other)
        )

    def test_csv_has_the_promised_columns_and_reads_back(self):
        text = self.answer(*self.inside())
        self.assertTrue(text.startswith(INSIDE_COLUMNS + "\n" + ANSWER + "\n"))
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
        self.assertEqual([row["area"] for row in rows], ["square", 'the "other", far'])
        for row in rows:
            self.assertNotIn(None, row)
            for column in INSIDE_COLUMNS.split(",")[4:]:
                if row[column] != "":
                    self.assertRegex(row[column], r"^-?\d+\.\d{3}$")
        self.assertEqual(rows[1]["seconds_possibly_inside"], "0.000")
        self.assertGreater(float(rows[1]["min_distance_outside_m"]), 700_000)

    def test_json_says_the_same_as_csv(self):
        rows = list(csv.DictReader(io.StringIO(self.answer(*self.inside()))))
        args = [arg if arg != "csv" else "json" for arg in self.inside()]
        objects = [json.loads(line) for line in self.answer(*args).splitlines()]
        self.assertEqual(len(objects), len(rows))
        for row, read in zip(rows, objects):
            self.assertEqual(list(row), list(read))
            for column, cell in row.items():
                if read[column] is None:
                    self.assertEqual(cell, "")
                elif isinstance(read[column], float):
                    self.assertEqual(float(cell), read[column])
                else:
                    self.assertEqual(cell, read[column])

    def test_text_is_for_people(self):
        text = self.answer(*self.inside()[:-2])
        self.assertIn("1 of 1 track inside, nominally or possibly: 1 stay.", text)
        self.assertIn("not a finding", text)
        self.assertEqual(tidy.WORDS.findall(text), [])
        self.assertEqual(text, self.answer(*self.inside()[:-2], "--format", "text"))

    def test_name_picks_one_area(self):
        text = self.answer(*self.inside(), "--name", 'the "other", far')
        self.assertEqual(len(list(csv.reader(io.StringIO(text)))), 2)

    def test_accuracies_of_the_command_line_go_before_those_of_the_files(self):
        areas = self.write(
            "accurate.geojson",
            collection(feature([SQUARE_RING], {"name": "square", "accuracy_m": 774})),
        )
        text = self.answer(*self.inside(areas=areas))
        row = next(csv.DictReader(io.StringIO(text)))
        self.assertAlmostEqual(float(row["seconds_possibly_inside"]), 12.0, 2)
        self.assertAlmostEqual(float(row["seconds_surely_inside"]), 8.0, 2)
        plain = self.answer(
            *self.inside(areas=areas), "--airspace-accuracy-m", "0", "--track-accuracy-m", "0"
        )
        self.assertEqual(plain.splitlines()[1], ANSWER)

    def test_pairs_in_each_format(self):
        tracks = self.write(
            "pair.csv",
            "time_utc,icao24,lat,lon,alt_ft\n"
            "2018-08-01T07:00:00Z,b,47,8,30000\n2018-08-01T07:00:10Z,b,47,8,30000\n"
            "2018-08-01T07:00:00Z,a,47,8.02,30500\n2018-08-01T07:00:10Z,a,47,8.01,30500\n",
        )
        args = ["pairs", "--tracks", tracks, "--horizontal-nm", "5", "--vertical-ft", "1000"]
        expected = "a,b,2018-08-01T07:00:00Z,2018-08-01T07:00:10Z,0.411,2018-08-01T07:00:10Z,500.0"
        self.assertEqual(
            self.answer(*args, "--format", "csv"), f"{PAIRS_COLUMNS}\n{expected}\n"
        )
        read = json.loads(self.answer(*args, "--format", "json"))
        self.assertEqual(",".join(read), PAIRS_COLUMNS)
        self.assertEqual((read["id1"], read["min_horizontal_nm"]), ("a", 0.411))
        self.assertIn("1 time closer than 5 NM and 1000 ft", self.answer(*args))
        # Neither minimum is reached: a header, and nothing below it.
        args = ["pairs", "--tracks", tracks, "--vertical-ft", "500"]
        self.assertEqual(self.answer(*args, "--format", "csv"), f"{PAIRS_COLUMNS}\n")
        self.assertEqual(self.answer(*args, "--format", "json"), "")


class Dialects(CliTest):
    FILES = {
        "comity": f"{HEADER}\n{THROUGH}\n",
        "opensky": "time,icao24,lat,lon,velocity,heading,baroaltitude,onground\n"
        "1448348400,x,46.05,9.9,250,90,304.8,False\n1448348430,x,46.05,10.2,NULL,90,NULL,False\n",
        "traffic": ",timestamp,icao24,latitude,longitude,altitude,groundspeed,track\n"
        "0,2015-11-24 07:00:00+00:00,x,46.05,9.9,1000.0,480.0,90.0\n"
        "1,2015-11-24 07:00:30+00:00,x,46.05,10.2,1000.0,480.0,90.0\n",
        "sbs": "".join(
            f"MSG,3,1,1,00000A,1,2015/11/24,{time}.000,2015/11/24,{time}.000,,1000,,,46.05,{lon},,,"
            "0,0,0,0\r\n"
            for time, lon in (("07:00:00", "9.9"), ("07:00:30", "10.2"))
        ),
    }

    def test_each_gives_the_same_answer(self):
        for dialect, content in self.FILES.items():
            with self.subTest(dialect):
                args = [*self.inside(tracks=self.write(dialect, content)), "--dialect", dialect]
                answer = self.answer(*args, "--strict").splitlines()[1]
                self.assertEqual(answer.split(",", 1)[1], ANSWER.split(",", 1)[1])
                self.assertEqual(self.said(*args), "")

    def test_the_wrong_one_is_refused_or_said(self):
        for right, content in self.FILES.items():
            for dialect in self.FILES:
                if dialect == right:
                    continue
                tracks = self.write(right, content)
                done = self.run_program(*self.inside(tracks=tracks), "--dialect", dialect)
                self.assertIn(done.returncode, (0, 2))
                self.assertIn(tracks.encode(), done.stderr, (right, dialect))


class Tracks(CliTest):
    # Name -> a bad row, and a part of what is said of it.
    BAD_ROWS = {
        "truncated": ("2015-11-24T07:00:10Z,x,46", "too few cells"),
        "longer": ("2015-11-24T07:00:10Z,x,46,10,1000,1", "cells"),
        "latitude 91": ("2015-11-24T07:00:10Z,x,91,10,1000", "91"),
        "longitude 181": ("2015-11-24T07:00:10Z,x,46,181,1000", "181"),
        "NaN": ("2015-11-24T07:00:10Z,x,NaN,10,1000", "NaN"),
        "infinity": ("2015-11-24T07:00:10Z,x,46,inf,1000", "inf"),
        "no position": ("2015-11-24T07:00:10Z,x,,,1000", "lat is empty"),
        "half a position": ("2015-11-24T07:00:10Z,x,46,,1000", "lon is empty"),
        "no time": (",x,46,10,1000", "time"),
        "a date that is none": ("2015-02-30T07:00:10Z,x,46,10,1000", "time"),
        "no id": ("2015-11-24T07:00:10Z,,46,10,1000", "id"),
        "not a number": ("2015-11-24T07:00:10Z,x,46,10,high", "high"),
        "an open quote": ('2015-11-24T07:00:10Z,"x,46,10,1000', "quote"),
        "not UTF-8": (b"2015-11-24T07:00:10Z,\xff\xfe,46,10,1000", "UTF-8"),
        "a control character": (b"2015-11-24T07:00:10Z,x\x00,46,10,1000", "control"),
        "a long line": (b"2015-11-24T07:00:10Z,x,46,10," + b"1" * 70_000, "65,536"),
    }

    def test_a_bad_row_is_skipped_counted_and_changes_nothing(self):
        first, second = THROUGH.encode().split(b"\n")
        for name, (row, part) in self.BAD_ROWS.items():
            with self.subTest(name):
                row = row if isinstance(row, bytes) else row.encode()
                tracks = self.write(
                    "bad.csv", b"\n".join([HEADER.encode(), first, row, second, b""])
                )
                args = self.inside(tracks=tracks)
                done = self.run_program(*args)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stdout.decode(), f"{INSIDE_COLUMNS}\n{ANSWER}\n")
                lines = done.stderr.decode().splitlines()
                self.assertEqual(lines[0], f"comity: {tracks}: 1 row skipped:")
                self.assertEqual(len(lines), 2)
                self.assertIn("line 3: ", lines[1])
                self.assertIn(part, lines[1])

    def test_strict_refuses_it_with_its_line(self):
        first, second = THROUGH.encode().split(b"\n")
        for name, (row, part) in self.BAD_ROWS.items():
            with self.subTest(name):
                row = row if isinstance(row, bytes) else row.encode()
                tracks = self.write(
                    "bad.csv", b"\n".join([HEADER.encode(), first, second, row, b""])
                )
                for args in (self.inside(tracks=tracks), ["pairs", "--tracks", tracks]):
                    line = self.refusal(2, *args, "--strict")
                    self.assertTrue(line.startswith(f"{tracks}:4: "), line)
                    self.assertIn(part, line)
                    self.assertIn("expected", line)

    def test_bad_rows_are_counted_by_cause(self):
        rows = [HEADER] + 3 * [self.BAD_ROWS["latitude 91"][0]] + [self.BAD_ROWS["NaN"][0]]
        tracks = self.write("bad.csv", "\n".join(rows))
        said = self.said(*self.inside(tracks=tracks)).splitlines()
        self.assertEqual(said[0], f"comity: {tracks}: 4 rows skipped:")
        self.assertRegex(said[1], r"^comity: +3  .* \(first in line 2: ")
        self.assertRegex(said[2], r"^comity: +1  .* \(first in line 5: ")
        self.assertEqual(said[3:], [f"comity: {tracks}: no positions in it"])

    def test_without_a_header_that_helps_the_file_is_refused(self):
        for name, content, line, part in (
            ("empty", "", 1, "no header row"),
            ("comments", "# one\n# two\n", 2, "no header row"),
            ("no latitude", "time_utc,track_id,lon\n1,x,10\n", 1, "lat"),
            ("no time", "track_id,lat,lon\nx,46,10\n", 1, "time_utc"),
            ("no id", "time_utc,lat,lon\n1,46,10\n", 1, "track_id"),
            ("twice", "time_utc,track_id,lat,lon,lat\n1,x,46,10,46\n", 1, "lat"),
            ("rows only", THROUGH, 1, "time_utc"),
            ("nothing like it", "\x7fELF\0\0\0", 1, "expected"),
        ):
            with self.subTest(name):
                tracks = self.write("bad.csv", content)
                refusal = self.refusal(2, *self.inside(tracks=tracks))
                self.assertRegex(refusal, rf"^{tracks}:{line}: ")
                self.assertIn(part, refusal)
                self.refusal(2, "pairs", "--tracks", tracks)

    def test_a_file_written_otherwise_means_the_same(self):
        first, second = THROUGH.split("\n")
        plain = f"{HEADER}\n{THROUGH}\n"
        for name, content in (
            ("CRLF", plain.replace("\n", "\r\n")),
            ("a byte order mark", "\ufeff" + plain),
            ("both", "\ufeff" + plain.replace("\n", "\r\n")),
            ("no end of the last line", plain[:-1]),
            ("reordered rows, times that go back", f"{HEADER}\n{second}\n{first}\n"),
            ("a row twice", f"{HEADER}\n{first}\n{first}\n{second}\n{second}\n"),
            ("comments and blank lines", f"# a\n\n{HEADER}\n{first}\n# b\n\n{second}\n"),
            ("unknown columns", f"a,{HEADER},b\n" + "".join(f"1,{row},ü\n" for row in
                                                            (first, second))),
            ("Unix seconds", f"{HEADER}\n1448348400,x,46.05,9.9,\n1448348430.000,x,46.05,10.2,\n"),
            ("columns in another order", "lon,lat,time_utc,track_id\n9.9,46.05,1448348400,x\n"
             "10.2,46.05,1448348430,x\n"),
            ("addresses", "time_utc,icao24,lat,lon\n1448348400,x,46.05,9.9\n"
             "1448348430,x,46.05,10.2\n"),
            ("track_id before icao24", "time_utc,icao24,track_id,lat,lon\n"
             "1448348400,1,x,46.05,9.9\n1448348430,2,x,46.05,10.2\n"),
            ("quotes", f'{HEADER}\n"2015-11-24T07:00:00Z","x","46.05","9.9",""\n{second}\n'),
        ):
            with self.subTest(name):
                args = [*self.inside(tracks=self.write("other.csv", content)), "--strict"]
                self.assertEqual(self.answer(*args), f"{INSIDE_COLUMNS}\n{ANSWER}\n")
                self.assertEqual(self.said(*args), "")

    def test_a_header_alone_is_an_answer_without_rows(self):
        tracks = self.write("none.csv", HEADER + "\n")
        self.assertEqual(self.answer(*self.inside(tracks=tracks)), INSIDE_COLUMNS + "\n")
        self.assertIn("no positions", self.said(*self.inside(tracks=tracks)))
        pairs = ["pairs", "--tracks", tracks]
        self.assertEqual(self.answer(*pairs, "--format", "csv"), PAIRS_COLUMNS + "\n")
        self.assertIn("no positions", self.said(*pairs))

    def test_a_very_long_line_is_one_bad_row_in_bounded_memory(self):
        path = os.path.join(self.folder, "long.csv")
        first, second = THROUGH.split("\n")
        with open(path, "wb") as file:
            file.write(f"{HEADER}\n{first}\n".encode())
            for _ in range(64):
                file.write(b"1" * MIB)
            file.write(f"\n{second}\n".encode())
        done = self.run_program(*self.inside(tracks=path), memory=MEMORY // 4)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.decode(), f"{INSIDE_COLUMNS}\n{ANSWER}\n")
        self.assertIn(b"1 row skipped", done.stderr)
        # The same as header: a file that nobody can read.
        with open(path, "wb") as file:
            for _ in range(64):
                file.write(b"1" * MIB)
        line = self.refusal(2, *self.inside(tracks=path), memory=MEMORY // 4)
        self.assertRegex(line, rf"^{path}:1: ")
        self.assertLess(len(line), 1000)

    def test_what_is_said_of_a_bad_row_is_short_and_plain(self):
        row = b"2015-11-24T07:00:10Z,x,46\x1b[31m" + b"7" * 60_000 + b",10,1"
        tracks = self.write("bad.csv", HEADER.encode() + b"\n" + row + b"\n")
        said = self.said(*self.inside(tracks=tracks))
        self.assertNotIn("\x1b", said)
        self.assertLess(len(said), 1000)


class Areas(CliTest):
    def geojson(self, ring=None, **properties):
        return collection(feature([ring or SQUARE_RING], {"name": "square", **properties}))

    def test_bad_files_are_refused_with_their_line(self):
        unclosed = SQUARE_RING[:-1]
        no_name = feature([SQUARE_RING], {"id": 7})
        point = {"type": "Feature", "properties": {"name": "p"},
                 "geometry": {"type": "Point", "coordinates": [10, 46]}}
        no_geometry = {"type": "Feature", "properties": {"name": "p"}, "geometry": None}
        for name, content, part in (
            ("empty", "", "empty"),
            ("blank", " \n\n", "empty"),
            ("not JSON", "hello", "JSON"),
            ("truncated", SQUARE[: len(SQUARE) // 2], ""),
            ("two values", SQUARE + SQUARE, ""),
            ("an unclosed ring", self.geojson(unclosed), "ring"),
            ("too few positions", self.geojson([[10, 46], [11, 46], [10, 46]]), "ring"),
            ("latitude 91", self.geojson([[10, 46], [11, 91], [12, 46], [10, 46]]), "91"),
            ("longitude 181", self.geojson([[10, 46], [181, 46], [12, 47], [10, 46]]), "181"),
            ("NaN", SQUARE.replace("46.1", "NaN"), ""),
            ("text", SQUARE.replace("46.1", '"46.1"'), "number"),
            ("infinity", SQUARE.replace("46.1", "1e999"), ""),
            ("one number", SQUARE.replace("[10, 46.1]", "[10]"), "position"),
            ("an edge of 180 degrees",
             self.geojson([[-90, 0], [90, 0], [0, 10], [-90, 0]]), "180"),
            ("no name", collection(no_name), "name"),
            ("a name that is none", collection(feature([SQUARE_RING], {"name": 7})), "name"),
            ("no feature", collection(), "feature"),
            ("a point", collection(point), "Polygon"),
            ("no geometry", collection(no_geometry), "geometry"),
            ("another list", '[{"type": "Feature"}]', ""),
            ("another object", '{"a": 1}', ""),
            ("not UTF-8", SQUARE.encode().replace(b"square", b"\xff\xfe"), "UTF-8"),
            ("deep", "[" * 100_000, ""),
            ("a negative accuracy", self.geojson(accuracy_m=-1), "accuracy"),
            ("another reference system", SQUARE[:-1] +
             ', "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}', ""),
        ):
            with self.subTest(name):
                areas = self.write("bad.geojson", content)
                line = self.refusal(2, *self.inside(areas=areas))
                self.assertRegex(line, rf"^{areas}:\d+: ")
                self.assertIn(part.lower(), line.lower())
                self.assertLess(len(line), 1000)

    def test_the_line_is_that_of_the_fault(self):
        text = json.dumps(json.loads(SQUARE), indent=1)
        bad = text.replace("46.1", "91", 1)
        number = bad[: bad.index("91")].count("\n") + 1
        line = self.refusal(2, *self.inside(areas=self.write("bad.geojson", bad)))
        self.assertRegex(line, rf"bad\.geojson:{number}: ")

    def test_a_file_written_otherwise_means_the_same(self):
        text = json.dumps(json.loads(SQUARE), indent=1)
        for name, content in (
            ("indented", text),
            ("CRLF", text.replace("\n", "\r\n")),
            ("a byte order mark", "\ufeff" + text),
            ("one feature", json.dumps(feature([SQUARE_RING], {"name": "square"}))),
            ("A3", json.dumps(feature([SQUARE_RING], {"A3": "square"}))),
            ("a multipolygon",
             json.dumps(feature([[SQUARE_RING]], {"name": "square"}, "MultiPolygon"))),
            ("two halves of one name", collection(
                *(feature([[[w, 46], [e, 46], [e, 46.1], [w, 46.1], [w, 46]]],
                          {"name": "square"}) for w, e in ((10, 10.04), (10.04, 10.1))))),
            ("altitudes", SQUARE.replace("[10, 46.1]", "[10, 46.1, 3000]")),
        ):
            with self.subTest(name):
                args = self.inside(areas=self.write("other.geojson", content))
                self.assertEqual(self.answer(*args), f"{INSIDE_COLUMNS}\n{ANSWER}\n")
                self.assertEqual(self.said(*args), "")

    def test_self_crossings_are_counted_on_standard_error(self):
        bow = [[10, 46], [10.1, 46.1], [10.1, 46], [10, 46.1], [10, 46]]
        args = self.inside(areas=self.write("bow.geojson", self.geojson(bow)))
        self.assertIn("square: its rings cross", self.said(*args))
        self.assertIn(" 1 point;", self.said(*args))

    def test_very_many_rings_are_read_in_bounded_memory(self):
        rings = []
        for i in range(100_000):
            west, south = 10 + (i % 400) * 0.001, 46 + (i // 400) * 0.001
            east, north = west + 0.0005, south + 0.0005
            rings.append(
                "[[[%.4f,%.4f],[%.4f,%.4f],[%.4f,%.4f],[%.4f,%.4f],[%.4f,%.4f]]]"
                % (west, south, east, south, east, north, west, north, west, south)
            )
        geometry = '{"type":"MultiPolygon","coordinates":[' + ",".join(rings) + "]}"
        areas = self.write(
            "rings.geojson",
            '{"type":"Feature","properties":{"name":"many"},"geometry":' + geometry + "}",
        )
        text = self.answer(*self.inside(areas=areas), memory=2 * MEMORY)
        self.assertGreater(text.count("\n"), 50)
        rows = list(csv.DictReader(io.StringIO(text)))
        # Along latitude 46.05, the southern edges of a row of 400 squares, 200 of them until 10.2.
        self.assertEqual(len(rows), 201)
        os.truncate(areas, os.path.getsize(areas) - 5)
        self.refusal(2, *self.inside(areas=areas), memory=2 * MEMORY)

    def test_a_very_long_line_is_read_in_bounded_memory(self):
        areas = self.write("long.geojson", SQUARE[:-1] + " " * (64 * MIB) + "}")
        # What is reserved for a file is six times its size; most of that is never touched.
        args = self.inside(areas=areas)
        self.assertEqual(
            self.answer(*args, memory=2 * MEMORY), f"{INSIDE_COLUMNS}\n{ANSWER}\n"
        )
        if not SANITIZED:
            self.assertIn("memory", self.refusal(2, *args, memory=MEMORY // 2))
        args = self.inside(areas=self.write("text.geojson", "[" + "1" * (64 * MIB)))
        self.refusal(2, *args, memory=2 * MEMORY)


class SameBytes(CliTest):
    def expect_same(self, args):
        for output in ("csv", "json"):
            self.assertEqual(
                self.run_program(*args, "--format", output).stdout,
                self.run_program(*args, "--format", output, env=WITHOUT_FMA).stdout,
            )

    def generated(self):
        source = random.Random(24112015)
        rows = [HEADER + ",accuracy_m"]
        for track in range(40):
            lat, lon = source.uniform(45.8, 46.3), source.uniform(9.8, 10.3)
            heading, at = source.uniform(0, 6.28), 1448348400 + source.randrange(600)
            for _ in range(80):
                rows.append(f"{at},t{track},{lat:.6f},{lon:.6f},{source.randrange(40) * 25},"
                            f"{source.choice(['', '50', '185.2'])}")
                at += source.choice([1, 5, 10, 10.5, 61])
                heading += source.uniform(-0.5, 0.5)
                lat += 0.01 * math.cos(heading)
                lon += 0.01 * math.sin(heading)
        star = [[10.05 + source.uniform(0.05, 0.2) * math.cos(angle / 20 * math.tau),
                 46.05 + source.uniform(0.05, 0.2) * math.sin(angle / 20 * math.tau)]
                for angle in range(0, 20 * 7, 7)]
        areas = collection(
            feature([star + star[:1]], {"name": "star", "accuracy_m": 30}),
            feature([SQUARE_RING], {"name": "square"}),
        )
        return self.write("generated.csv", "\n".join(rows)), self.write("star.geojson", areas)

    def test_of_generated_tracks(self):
        tracks, areas = self.generated()
        self.expect_same(["inside", "--tracks", tracks, "--airspace", areas])
        self.expect_same(["pairs", "--tracks", tracks])
        self.assertGreater(
            self.answer("pairs", "--tracks", tracks, "--format", "csv").count("\n"), 20
        )

    def test_of_recorded_flights(self):
        flights = os.path.join(DATA, "trajectories", "switzerland_20180801_dev.csv")
        border = os.path.join(DATA, "borders", "osm10m_maritime_CHE.geojson")
        if not (os.path.exists(flights) and os.path.exists(border)):
            self.skipTest(f"{flights} is not there: set COMITY_DATA to the folder of shared data")
        accuracies = ["--airspace-accuracy-m", "10", "--track-accuracy-m", "185"]
        self.expect_same(["inside", "--tracks", flights, "--airspace", border, *accuracies])
        self.expect_same(["pairs", "--tracks", flights])


class Studies(CliTest):
    def test_without_the_borders_they_say_what_is_missing_and_where_it_is_from(self):
        nowhere = os.path.join(self.folder, "nowhere")
        line = self.refusal(3, "study", "hatay-2015", "--borders", nowhere, cwd=ROOT)
        self.assertIn(nowhere, line)
        self.assertIn("@geo-maps/countries-maritime-10m", line)
        self.assertIn("ODbL", line)

    def test_without_the_flights_it_says_what_is_missing_and_where_it_is_from(self):
        line = self.refusal(3, "study", "switzerland-2018", "--data", self.folder, cwd=ROOT)
        self.assertIn(os.path.join(self.folder, "trajectories"), line)
        self.assertIn("OpenSky", line)

    def need_borders(self):
        for name in ("osm.geojson", "ne_10m.geojson", "ne_50m.geojson"):
            if not os.path.exists(os.path.join(BORDERS, name)):
                self.skipTest(f"{BORDERS}/{name} is not there: ./dev run hatay-2015 fetches it")

    def test_of_november_2015(self):
        self.need_borders()
        nowhere = os.path.join(self.folder, "nowhere")
        done = self.run_program("study", "hatay-2015", "--scenarios", nowhere, "--borders", BORDERS)
        self.assertEqual(done.returncode, 3)
        self.assertIn(nowhere.encode(), done.stderr)
        text = self.answer("study", "hatay-2015", "--borders", BORDERS, cwd=ROOT)
        self.assertIn("Published statements of the parties, not findings", text)
        self.assertIn("OpenStreetMap contributors", text)
        self.assertRegex(text, r"SU24-2 in Turkey .*07:24:05\.0")
        self.assertRegex(text, r" 200 +13\.75 +17\.00 +23\.05 ")
        self.assertEqual(tidy.WORDS.findall(text), [])

    def test_of_a_day_over_switzerland(self):
        self.need_borders()
        if not os.path.exists(os.path.join(DATA, "trajectories")):
            self.skipTest(f"{DATA}/trajectories is not there: set COMITY_DATA")
        args = ["study", "switzerland-2018", "--data", DATA, "--borders", BORDERS]
        short, whole = self.answer(*args, cwd=ROOT), self.answer(*args, "--all", cwd=ROOT)
        self.assertIn("OpenSky Network", short)
        self.assertGreater(whole.count("\n"), short.count("\n"))
        for text in (short, whole):
            for aircraft in ("201024", "344282", "3964e5", "3c49e7", "3c6742", "471f4b"):
                self.assertIn(aircraft, text)
            self.assertEqual(tidy.WORDS.findall(text), [])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if "--sanitized" in sys.argv:
        sys.argv.remove("--sanitized")
        SANITIZED = True
    unittest.main()
