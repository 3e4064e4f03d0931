#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Checks of the text of the tree that no compiler makes: layers, names, words, lengths, links.

    tidy.py [ROOT]

Prints FILE:LINE: MESSAGE for each finding and exits 1 where there is one. Every rule is one
function below; tidy_test.py shows each of them a tree that it must refuse.
"""

import os
import re
import sys

# --- Tables ---------------------------------------------------------------------------------------

# What a layer may include: layers of ours, and headers of others by their beginning. Standard
# headers are free but for those in IMPURE_HEADERS. The order is that of docs/ARCHITECTURE.md.
LAYERS = {
    "base": ([], ["tl/expected.hpp"]),
    "system": (
        ["base"],
        ["dirent.h", "fcntl.h", "linux/", "sched.h", "signal.h", "sys/", "unistd.h"],
    ),
    "seal": (["base"], ["openssl/", "simdjson.h", "sodium.h"]),
    "geo": (["base"], []),
    "airspace": (["base", "geo"], []),
    "ledger": (["base", "seal"], ["simdjson.h"]),
    "verify": (["base", "seal", "ledger"], ["CLI/", "fmt/", "simdjson.h", "zip.h"]),
    "chart": (["base", "geo", "airspace"], ["simdjson.h", "fmt/"]),
    "report": (["base", "geo"], []),
    "surveillance": (["base", "geo", "report"], ["simdjson.h", "fmt/"]),
    "accord": (["base", "geo", "seal", "airspace"], []),
    "watch": (["base", "geo", "airspace", "report"], []),
    "recording": (["base", "seal", "report"], ["zstd.h"]),
    "wire": (
        ["base", "geo", "seal", "airspace", "chart", "ledger", "report", "accord"],
        ["fmt/", "simdjson.h", "yaml-cpp/"],
    ),
    "node": (
        ["base", "geo", "seal", "airspace", "chart", "ledger", "report", "surveillance", "accord"]
        + ["watch", "recording", "wire"],
        ["fmt/"],
    ),
    "server": (
        ["base", "system", "seal", "geo", "airspace", "ledger", "verify", "chart", "report"]
        + ["surveillance", "accord", "watch", "recording", "wire", "node"],
        ["boost/", "openssl/", "nlohmann/", "spdlog/", "prometheus/", "yaml-cpp/", "simdjson.h"]
        + ["sodium.h", "fmt/", "sys/", "unistd.h", "signal.h", "fcntl.h", "zlib.h"]
        + ["arpa/inet.h", "netdb.h", "netinet/", "poll.h"],
    ),
    "cli": (
        ["base", "system", "seal", "geo", "airspace", "ledger", "verify", "chart", "report"]
        + ["surveillance", "accord", "watch", "recording", "wire", "node", "server"],
        ["CLI/", "fmt/", "nlohmann/", "pthread.h", "signal.h", "spdlog/", "sys/ioctl.h"]
        + ["sys/resource.h", "unistd.h"],
    ),
}

# Layers that may read clocks, files and the environment. Every other layer is pure: the same input
# gives the same output, bit for bit, on every processor.
IMPURE_LAYERS = {"system", "verify", "server", "cli"}

# What only tests (and fuzz, bench) include: the frameworks, and the oracles.
IN_TESTS = ["gtest/", "gmock/", "benchmark/", "GeographicLib/", "s2/", "absl/", "nlohmann/"]

# Standard headers that a pure layer does not include.
IMPURE_HEADERS = set(
    "atomic condition_variable cstdio ctime execution filesystem fstream future iostream mutex"
    " random semaphore shared_mutex stop_token syncstream thread unordered_map"
    " unordered_set".split()
)

# Names that pure code does not use, as regular expressions over code without comments and strings.
LIBM = (
    "a?(sin|cos|tan)h?|atan2|pow|exp|exp2|expm1|log|log2|log10|log1p|hypot|cbrt|fma|fmod|remainder"
    "|round|lround|llround|rint|lrint|llrint|nearbyint|ceil|trunc|erfc?|[tl]gamma|lerp"
)
IMPURE_NAMES = [
    (r"\bstd::(jthread|thread|async|mutex|shared_mutex|atomic\w*)\b", "threads"),
    (r"\b(system|steady|high_resolution)_clock::now\b|\bsteady_clock\b", "a clock"),
    (r"\b(getenv|setenv|secure_getenv)\b", "the environment"),
    (r"\bs?rand\s*\(|\brandom_device\b|\bstd::mt19937\w*|\b\w+_distribution\b", "randomness"),
    (r"\bstd::unordered_\w+", "an order that differs between runs"),
    (r"\b(boost::)?asio\b", "sockets"),
    (r"\bstd::(cout|cerr|clog|cin|[io]?fstream)\b|\b(fopen|f?printf|fputs|puts)\s*\(", "files"),
    (rf"(\bstd|(?<![\w>]))::({LIBM})f?l?\s*\(", "libm beyond sqrt, fabs, floor; geo has its own"),
    (rf"\b__builtin_({LIBM})f?l?\b", "libm beyond sqrt, fabs, floor; geo has its own"),
    (rf"\busing\s+std::({LIBM})\b", "libm beyond sqrt, fabs, floor; geo has its own"),
]

# (file, kind) of the tables above that is allowed there, and why.
IMPURE_ALLOWED = {
    ("src/base/check.cpp", "cstdio"): "a failed check says where before it aborts",
    ("src/base/check.cpp", "files"): "a failed check says where before it aborts",
}

# Words that our own text does not use (docs/safety-boundary.md, "Neutral"). "proved" and
# "deconfliction" are wrong only in some places and are left to the reader.
WORDS = re.compile(
    r"\b(?:violat(?:ions?|es?|ed|ing)|intruders?|hostil\w*|enem(?:y|ies)|threat(?:s|en\w*)?"
    r"|cleared|approved|verdicts?|settles?)\b",
    re.IGNORECASE,
)
# Files that quote such a word, and which.
WORDS_QUOTED = {
    "docs/safety-boundary.md": "violation intruder hostile enemy threat cleared approved verdict "
    "settles",
    "docs/glossary.md": "violations",
    "docs/ARCHITECTURE.md": "approved",
    "tools/tidy.py": "violat intruders hostil enem threat cleared approved verdicts settles "
    "violation violations intruder hostile enemy verdict",
    "tools/tidy_test.py": "hostile",
    "console/e2e/console.test.mjs": "violations",  # a member of what axe answers
}
# Names from contracts with others that hold such a word.
WORDS_IN_NAMES = re.compile(r"\bviolation_now\b")

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\b([Pp]laceholder|[Ff]or now)\b")
UNFINISHED_QUOTED = {"tools/tidy.py", "tools/tidy_test.py"}

DRAWERS = {"misc", "common", "helper", "helpers", "manager", "util", "utils"}

LINE_LENGTH = 100
FILE_LENGTH_SOFT = 500  # said, not refused
FILE_LENGTH_HARD = 1000

# Folders that are not ours to check.
SKIPPED = {".git", "node_modules", "__pycache__", "corpus"}

# --- Reading --------------------------------------------------------------------------------------


def files_of(root):
    """Paths relative to root of the text files that are ours, sorted."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED and not f.startswith("build")]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root)
            if is_code(path) or path.endswith((".md", ".yaml", ".yml")):
                found.append(path)
    return sorted(found)


def is_cpp(path):
    return path.endswith((".cpp", ".hpp"))


def is_code(path):
    name = os.path.basename(path)
    return (
        is_cpp(path)
        or path.endswith((".py", ".mjs", ".cmake"))
        or name == "CMakeLists.txt"
        or path in ("dev", ".ci/run")
    )


def layer_of(path):
    parts = path.split(os.sep)
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


COMMENT_OR_STRING = re.compile(
    r'R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL
)


def bare_code(text):
    """The text without comments and strings, line for line."""
    return COMMENT_OR_STRING.sub(lambda found: "\n" * found.group().count("\n"), text)


INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")')


class Tree:
    """The files under root and their text."""

    def __init__(self, root):
        self.root = root
        self.text = {}
        for path in files_of(root):
            with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
                self.text[path] = file.read()
        self.included_by = self._included_by()

    def _included_by(self):
        """Private header -> the files that include it."""
        users = {}
        for path in filter(is_cpp, self.text):
            for found in map(INCLUDE.match, self.text[path].split("\n")):
                if found and found.group(2):
                    users.setdefault(self.private_header(path, found.group(2)), set()).add(path)
        return users

    def private_header(self, path, quoted):
        """The file that `#include "quoted"` in path means, beside it or at its layer's root."""
        beside = os.path.normpath(os.path.join(os.path.dirname(path), quoted))
        at_root = os.path.join("src", layer_of(path) or "", quoted)
        return next((there for there in (beside, at_root) if there in self.text), None)

    def is_test(self, path, asked=frozenset()):
        """A test, a part of a layer's testing library, a private header that only tests include, or
        the source of such a header."""
        if path.endswith(("_test.cpp", ".fail.cpp")) or "/testing/" in path:
            return True
        header = path[: -len(".cpp")] + ".hpp" if path.endswith(".cpp") else path
        users = self.included_by.get(header, set()) - {header[: -len(".hpp")] + ".cpp"}
        # A header and a source may each be used by way of the other: that makes neither a test.
        asked |= {path}
        return bool(users) and all(
            user not in asked and self.is_test(user, asked) for user in sorted(users)
        )

    def lines(self, wanted=lambda path: True):
        for path, text in self.text.items():
            if wanted(path):
                for number, line in enumerate(text.split("\n"), 1):
                    yield path, number, line

    def code_lines(self, wanted):
        for path, text in self.text.items():
            if is_cpp(path) and wanted(path):
                for number, line in enumerate(bare_code(text).split("\n"), 1):
                    yield path, number, line


# --- Rules: each yields (path, line, message) -----------------------------------------------------


def layers_known(tree):
    for path in tree.text:
        layer = layer_of(path)
        if layer is not None and layer not in LAYERS:
            yield path, 1, f"layer '{layer}' has no row in LAYERS of tools/tidy.py"


def includes_of_this_machine(tree):
    for path, number, line in tree.lines(is_cpp):
        found = INCLUDE.match(line)
        if found and (found.group(1) or found.group(2)).startswith("/"):
            yield path, number, "an include by a path of one machine"


def includes(tree):
    for path, number, line in tree.lines(lambda p: is_cpp(p) and layer_of(p) in LAYERS):
        found = INCLUDE.match(line)
        if found:
            for message in include_faults(tree, path, *found.groups()):
                yield path, number, message


def include_faults(tree, path, angled, quoted):
    layer, test = layer_of(path), tree.is_test(path)
    may_use, others = LAYERS[layer]
    if quoted is not None and quoted.startswith("comity/"):
        used = quoted.split("/")[1]
        if used != layer and used not in may_use and not test:
            yield f"{layer} does not use {used} (docs/ARCHITECTURE.md)"
    elif quoted is not None:
        if tree.private_header(path, quoted) is None:
            yield f'"{quoted}" is no file of {layer}; others\' headers are included with <>'
    elif re.fullmatch(r"[a-z_0-9]+", angled):
        impure = angled in IMPURE_HEADERS and layer not in IMPURE_LAYERS and not test
        if impure and (path, angled) not in IMPURE_ALLOWED:
            yield f"<{angled}> in the pure layer {layer}"
    elif angled.startswith("comity/"):
        yield "our own headers are included with quotes"
    else:
        allowed = others + (IN_TESTS if test else [])
        if not any(angled.startswith(beginning) for beginning in allowed):
            yield f"{layer} does not include <{angled}>"


def names_in_pure_layers(tree):
    def pure(path):
        return layer_of(path) not in IMPURE_LAYERS | {None} and not tree.is_test(path)

    for path, number, line in tree.code_lines(pure):
        for pattern, what in IMPURE_NAMES:
            found = re.search(pattern, line)
            if found and (path, what) not in IMPURE_ALLOWED:
                yield path, number, f"'{found.group().strip()}' in a pure layer: {what}"


def words(tree):
    for path, number, line in tree.lines():
        quoted = WORDS_QUOTED.get(path, "").split()
        for found in WORDS.finditer(WORDS_IN_NAMES.sub("", line)):
            if found.group().lower() not in quoted:
                yield path, number, f"not our word: '{found.group()}' (docs/safety-boundary.md)"


def unfinished(tree):
    for path, number, line in tree.lines(lambda p: p not in UNFINISHED_QUOTED):
        found = UNFINISHED.search(line)
        if found:
            yield path, number, f"'{found.group()}': finish it, or file an issue"


def line_length(tree):
    for path, number, line in tree.lines(is_code):
        if len(line) > LINE_LENGTH:
            yield path, number, f"{len(line)} characters, at most {LINE_LENGTH}"


def line_end(tree):
    for path, number, line in tree.lines(is_code):
        if line != line.rstrip() or "\t" in line:
            yield path, number, "a blank at the end of the line, or a tab"


def file_length(tree):
    for path, text in tree.text.items():
        count = text.count("\n")
        if is_code(path) and count > FILE_LENGTH_HARD:
            yield path, count, f"{count} lines, at most {FILE_LENGTH_HARD}"
        elif is_code(path) and count > FILE_LENGTH_SOFT:
            print(f"{path}:{count}: note: {count} lines, better under {FILE_LENGTH_SOFT}")


def licence_header(tree):
    for path, text in tree.text.items():
        top = "\n".join(text.split("\n")[:4])
        if is_code(path) and not (
            "SPDX-FileCopyrightText: The Comity authors" in top
            and "SPDX-License-Identifier: Apache-2.0" in top
        ):
            yield path, 1, "the two SPDX lines are missing at the top"


def dead_files(tree):
    """A source is named in a CMakeLists.txt; a private header may be included instead."""
    named = set()
    for path, text in tree.text.items():
        if path.endswith(("CMakeLists.txt", ".cmake")):
            folder = os.path.dirname(path)
            for word in re.split(r'[\s()"]+', re.sub(r"#[^\n]*", "", text)):
                from_root = word.removeprefix("${PROJECT_SOURCE_DIR}/")
                if from_root != word:
                    named.add(from_root)
                else:
                    named.add(os.path.normpath(os.path.join(folder, word)))
                    named.add(os.path.normpath(os.path.join(folder, "include", word)))
    for path in tree.text:
        if not is_cpp(path) or path.split(os.sep)[0] not in ("src", "fuzz", "bench"):
            continue
        if path not in named and not (path.endswith(".hpp") and path in tree.included_by):
            yield path, 1, "no CMakeLists.txt names this file"


LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(tree):
    for path, number, line in tree.lines(lambda p: p.endswith(".md")):
        for target in LINK.findall(line):
            if re.match(r"[a-z]+:|#", target):
                continue
            there = os.path.join(tree.root, os.path.dirname(path), target.split("#")[0])
            if not os.path.exists(there):
                yield path, number, f"the link leads nowhere: {target}"


def drawers(tree):
    for path in tree.text:
        for part in path.split(os.sep):
            if re.split(r"[._]", part)[0] in DRAWERS:
                yield path, 1, f"'{part}' says nothing; name it after what it holds"


RULES = [
    layers_known,
    includes_of_this_machine,
    includes,
    names_in_pure_layers,
    words,
    unfinished,
    line_length,
    line_end,
    file_length,
    licence_header,
    dead_files,
    links,
    drawers,
]


def main(root):
    tree = Tree(root)
    findings = sorted({finding for rule in RULES for finding in rule(tree)})
    for path, line, message in findings:
        print(f"{path}:{line}: {message}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.getcwd()))
