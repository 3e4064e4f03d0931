#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Each rule of tidy.py is seen to fail on a small bad tree, and a good tree to pass."""

import os
import subprocess
import sys
import tempfile
import unittest

TIDY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tidy.py")
HEADER = "// SPDX-FileCopyrightText: The Comity authors\n// SPDX-License-Identifier: Apache-2.0\n"
LIST = HEADER.replace("//", "#")

GOOD = {
    "src/geo/CMakeLists.txt": LIST
    + "comity_library(geo SOURCES a.cpp HEADERS comity/geo/a.hpp TESTS a_test.cpp)\n",
    "src/geo/include/comity/geo/a.hpp": HEADER + "#pragma once\n",
    "src/geo/a.cpp": HEADER
    + '#include "comity/geo/a.hpp"\n'
    + "#include <cmath>\n"
    + '#include "comity/base/check.hpp"\n'
    + '#include "inner.hpp"\n'
    + "// std::sin(x) and getenv in a comment are words only\n"
    + "double a(double x) { return std::sqrt(x) + geo::sin(x) + std::fabs(x); }\n",
    "src/geo/inner.hpp": HEADER + "#pragma once\n",
    "src/geo/a_test.cpp": HEADER
    + "#include <gtest/gtest.h>\n#include <random>\n"
    + '#include "random_positions.hpp"\n'
    + "double b(double x) { return std::sin(x); }\n",
    "src/geo/random_positions.hpp": HEADER + "#include <random>\nstd::mt19937_64 engine;\n",
    "README.md": "See [the source](src/geo/a.cpp#L1) and [elsewhere](https://example.org/).\n",
}


def findings(changes):
    """Standard output and exit code of tidy.py on the good tree with these files put in."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run(
            [sys.executable, TIDY, root], capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr, done.returncode


class Tidy(unittest.TestCase):
    def refused(self, changes, expected):
        output, code = findings(changes)
        self.assertIn(expected, output)
        self.assertEqual(code, 1, output)
        self.assertEqual(output.count("\n"), 1, output)

    def code(self, line, expected):
        """This line in the pure code of geo is the one finding."""
        source = GOOD["src/geo/a.cpp"]
        number = source.count("\n") + 1
        self.refused({"src/geo/a.cpp": source + line + "\n"}, f"src/geo/a.cpp:{number}: {expected}")

    def test_a_good_tree_passes(self):
        self.assertEqual(findings({}), ("", 0))

    def test_a_layer_without_a_row(self):
        path = "src/warp/a.md"
        self.refused({path: "text\n"}, f"{path}:1: layer 'warp' has no row")

    def test_an_include_by_a_path_of_one_machine(self):
        text, code = findings({"fuzz/a_fuzz.cpp": HEADER + '#include "/home/a/b.hpp"\n'})
        self.assertIn("fuzz/a_fuzz.cpp:3: an include by a path of one machine", text)
        self.assertEqual(code, 1)

    def test_an_include_upwards(self):
        self.code('#include "comity/cli/main.hpp"', "geo does not use cli")

    def test_an_include_of_another_library(self):
        self.code("#include <simdjson.h>", "geo does not include <simdjson.h>")

    def test_a_test_framework_in_code(self):
        self.code("#include <gtest/gtest.h>", "geo does not include <gtest/gtest.h>")

    def test_an_impure_standard_header(self):
        self.code("#include <iostream>", "<iostream> in the pure layer geo")

    def test_a_quoted_header_of_others(self):
        self.code('#include "vector"', '"vector" is no file of geo')

    def test_our_header_in_angles(self):
        self.code("#include <comity/geo/a.hpp>", "our own headers are included with quotes")

    def test_impure_names(self):
        for name, what in {
            "std::sin(x)": "libm",
            "std::atan2(y, x)": "libm",
            "std::pow(x, 2)": "libm",
            "std::round(x)": "libm",
            "std::fma(x, y, z)": "libm",
            "::hypot(x, y)": "libm",
            "__builtin_cos(x)": "libm",
            "using std::exp;": "libm",
            "std::thread t": "threads",
            "std::chrono::system_clock::now()": "a clock",
            "steady_clock": "a clock",
            "std::getenv(x)": "the environment",
            "rand()": "randomness",
            "std::normal_distribution<> d": "randomness",
            "std::unordered_map<int, int> m": "an order",
            "boost::asio::io_context c": "sockets",
            "fopen(x, y)": "files",
            "std::cout << x": "files",
        }.items():
            with self.subTest(name):
                self.code(name, "'")
                self.assertIn(what, findings({"src/geo/a.cpp": HEADER + name + "\n"})[0])

    def test_a_word_that_is_not_ours(self):
        self.refused({"README.md": "A hostile track.\n"}, "README.md:1: not our word: 'hostile'")

    def test_unfinished_text(self):
        for word in ("TODO", "FIXME", "XXX", "HACK", "a placeholder", "For now"):
            with self.subTest(word):
                self.refused({"README.md": word + "\n"}, "finish it")

    def test_a_long_line(self):
        self.code("// " + "x" * 98, "101 characters")

    def test_a_blank_at_the_end_of_a_line(self):
        self.code("int x; ", "a blank at the end")

    def test_a_long_file_is_noted_and_a_very_long_one_refused(self):
        output, code = findings({"src/geo/a.cpp": HEADER + "//\n" * 600})
        self.assertIn("src/geo/a.cpp:602: note: 602 lines", output)
        self.assertEqual(code, 1)  # inner.hpp is used by nobody now
        source = GOOD["src/geo/a.cpp"] + "//\n" * 1001
        self.refused({"src/geo/a.cpp": source}, "lines, at most 1000")

    def test_no_licence_header(self):
        self.refused({"src/geo/inner.hpp": "#pragma once\n"}, "the two SPDX lines are missing")

    def test_a_file_that_is_not_built(self):
        for path in ("src/geo/b.cpp", "src/geo/include/comity/geo/b.hpp", "fuzz/b_fuzz.cpp"):
            with self.subTest(path):
                self.refused({path: HEADER}, f"{path}:1: no CMakeLists.txt names this file")

    def test_a_private_header_that_nobody_includes(self):
        self.refused({"src/geo/left.hpp": HEADER}, "no CMakeLists.txt names this file")

    def test_a_broken_link(self):
        self.refused({"README.md": "[x](docs/none.md)\n"}, "README.md:1: the link leads nowhere")

    def test_a_drawer(self):
        self.refused({"docs/util/a.md": "text\n"}, "'util' says nothing")
        self.refused({"docs/misc.md": "text\n"}, "'misc.md' says nothing")


if __name__ == "__main__":
    unittest.main()
