#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands that the documents show, from the root of the tree.

    docs_test.py BIN_DIR

Reads the ```sh blocks of README.md, docs/ and scenarios/. A `./dev WORD` line must name a word of
./dev help (it is not run: this test is part of ./dev test). A `comity` or `comity-verify` line is
run with BIN_DIR first on PATH and must exit 0; it is skipped, with the reason, where a file or
folder that it names is absent and is not part of the project (shared data, fetched borders).
`comity serve` is run on a free port until it says where it listens, and is to end in order then.
Any other line is refused. What the commands make is build/example-*, removed before and after.
"""

import glob
import os
import re
import shlex
import shutil
import subprocess
import sys

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Where that lies which is not part of the project.
NOT_OURS = (os.environ.get("COMITY_DATA", "../shared/data"), "build/borders")


def commands():
    """(file, line, command) of each line; a backslash at its end joins the next."""
    documents = ["README.md", *glob.glob("docs/**/*.md", recursive=True)]
    documents += glob.glob("scenarios/**/*.md", recursive=True)
    for path in sorted(documents):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start(1)) + 1
            joined = block.group(1).replace("\\\n", "  ")
            for command in joined.splitlines():
                if command.strip() and not command.startswith("#"):
                    yield path, line, command


def absent(command):
    """What this command names that is not part of the project and not here."""
    for word in shlex.split(command):
        if word.startswith(NOT_OURS) and not os.path.exists(word):
            return word
    reads_borders = " study " in command or "replay scenarios/hatay" in command
    reads_flights = "switzerland-2018" in command
    if (reads_borders or reads_flights) and not os.path.exists("build/borders/osm.geojson"):
        return "build/borders (./dev run hatay-2015 fetches it)"
    if reads_flights and not os.path.exists(os.path.join(NOT_OURS[0], "trajectories")):
        return NOT_OURS[0]
    return None


def serve_fault(command):
    """The same of a node, which runs until it is ended."""
    node = subprocess.Popen(
        [*shlex.split(command), "--listen", "127.0.0.1:0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = node.stdout.readline()
    node.terminate()
    _, errors = node.communicate(timeout=60)
    if said.startswith("listening on ") and node.returncode == 0:
        return None
    return f"said '{said.strip()}', exit {node.returncode}: {errors.strip()[-500:]}"


def fault(command, words):
    """What is wrong with this command, or None."""
    first = shlex.split(command)[0]
    if first == "./dev":
        word = shlex.split(command)[1]
        return None if word in words else f"./dev help does not list '{word}'"
    if first not in ("comity", "comity-verify"):
        return "neither ./dev nor comity nor comity-verify"
    if command.startswith("comity serve"):
        return serve_fault(command)
    done = subprocess.run(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return None
    return f"exit {done.returncode}: {done.stderr.strip()[-500:]}"


def remove_examples():
    for path in glob.glob("build/example-*"):
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.remove(path)


def main(bin_dir):
    os.makedirs("build", exist_ok=True)
    remove_examples()
    os.environ["PATH"] = os.path.abspath(bin_dir) + os.pathsep + os.environ["PATH"]
    listed = subprocess.run(["./dev", "help"], check=True, capture_output=True, text=True)
    words = re.findall(r"^  (\w+)", listed.stdout, re.MULTILINE)
    faults, run = 0, 0
    for path, line, command in commands():
        command = command.replace("../shared/data", NOT_OURS[0])
        missing = absent(command)
        if missing:
            print(f"{path}:{line}: skipped, absent: {missing}")
            continue
        run += 1
        message = fault(command, words)
        if message:
            print(f"{path}:{line}: {command}: {message}")
            faults += 1
    remove_examples()
    print(f"{run} commands checked, {faults} do not hold")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
