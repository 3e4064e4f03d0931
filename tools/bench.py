#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Runs Google Benchmark programs and prints one table; called by ./dev bench.

    bench.py --folder DIR [--relative-to DIR] PROGRAM... -- [FILTER] [--json FILE] [--benchmark_...]

FILTER is a regular expression searched for in the names. A benchmark runs on one core unless its
name ends in /mt. Names are given without the suffixes that Google Benchmark adds for its own
settings (/real_time ...), so that they stay what bench/ calls them. --benchmark_... is passed on.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

SUFFIXES = re.compile(r"(/(real_time|manual_time|process_time|min_time:[^/]*|repeats:\d+))+$")


def stop(message):
    print(f"comity: {message}", file=sys.stderr)
    sys.exit(2)


def plain(name):
    return SUFFIXES.sub("", name)


def names_of(program):
    listed = subprocess.run(
        [program, "--benchmark_list_tests=true"], check=True, capture_output=True, text=True
    )
    return listed.stdout.split()


def run(program, names, pinned, passed_on):
    """The program's own JSON for these benchmarks, by their full names."""
    if not names:
        return None
    # Google Benchmark may be built with POSIX expressions: escape only what both understand.
    exact = "|".join(re.sub(r"([.+*?()\[\]{}^$|\\])", r"\\\1", name) for name in names)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        command = ["taskset", "-c", first_core()] if pinned else []
        command += [program, f"--benchmark_filter=^({exact})$", f"--benchmark_out={out}"]
        command += ["--benchmark_out_format=json", *passed_on]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
            print(f"comity: {program} failed (exit {done.returncode})", file=sys.stderr)
            sys.exit(1)
        with open(out, encoding="utf-8") as file:
            return json.load(file)


def first_core():
    return str(min(os.sched_getaffinity(0)))


def in_seconds(entry):
    return entry["real_time"] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}[entry["time_unit"]]


def scaled(value, units):
    for factor, unit in units:
        if value >= factor:
            return f"{value / factor:.4g} {unit}"
    return f"{value / units[-1][0]:.4g} {units[-1][1]}"


def row(entry):
    if entry.get("error_occurred"):
        return entry["name"], "-", f"not run: {entry.get('error_message', 'no reason given')}"
    if "real_time" not in entry:
        return entry["name"], "-", "-"
    if entry.get("aggregate_unit") == "percentage":
        return entry["name"], f"{100 * entry['real_time']:.2f} %", "-"
    time = scaled(in_seconds(entry), [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")])
    items = entry.get("items_per_second")
    rate = scaled(items, [(1e9, "G/s"), (1e6, "M/s"), (1e3, "k/s"), (1, "/s")]) if items else "-"
    return entry["name"], time, rate


def print_table(entries):
    rows = [("benchmark", "real time", "items")] + [row(entry) for entry in entries]
    width = max(len(name) for name, _, _ in rows)
    for name, time, rate in rows:
        print(f"{name:<{width}}  {time:>10}  {rate:>10}")


def arguments(argv):
    folder, base, programs, flt, out, passed_on = ".", ".", [], "", None, []
    split = argv.index("--")
    own, user = argv[:split], argv[split + 1 :]
    while own:
        word = own.pop(0)
        if word == "--folder":
            folder = own.pop(0)
        elif word == "--relative-to":
            base = own.pop(0)
        else:
            programs.append(word)
    while user:
        word = user.pop(0)
        if word == "--json":
            if not user:
                stop("--json wants a file")
            out = os.path.join(base, user.pop(0))
        elif word.startswith("--benchmark_"):
            passed_on.append(word)
        elif word.startswith("-") or flt:
            stop(f"./dev bench does not know '{word}'; usage: ./dev bench [FILTER] [--json FILE]")
        else:
            flt = word
    try:
        return folder, programs, re.compile(flt), out, passed_on
    except re.error as error:
        stop(f"the filter '{flt}' is not a regular expression: {error}")


def main(argv):
    folder, programs, wanted, out, passed_on = arguments(argv)
    merged = {"context": None, "benchmarks": []}
    for program in (os.path.join(folder, program) for program in programs):
        names = [name for name in names_of(program) if wanted.search(plain(name))]
        on_all_cores = [name for name in names if plain(name).endswith("/mt")]
        on_one_core = [name for name in names if name not in on_all_cores]
        if names:
            print(f"comity: measuring {os.path.basename(program)} ...", file=sys.stderr)
        for names, pinned in ((on_one_core, True), (on_all_cores, False)):
            result = run(program, names, pinned, passed_on)
            if result is not None:
                merged["context"] = merged["context"] or result["context"]
                merged["benchmarks"] += result["benchmarks"]
    if not merged["benchmarks"]:
        stop(f"no benchmark's name matches '{wanted.pattern}'")
    for entry in merged["benchmarks"]:
        aggregate = entry.get("aggregate_name")
        entry["name"] = plain(entry.get("run_name", entry["name"]))
        entry["run_name"] = entry["name"]
        if aggregate:
            entry["name"] += f"_{aggregate}"
    print_table(merged["benchmarks"])
    if out:
        with open(out + ".tmp", "w", encoding="utf-8") as file:
            json.dump(merged, file, indent=2)
            file.write("\n")
        os.replace(out + ".tmp", out)


main(sys.argv[1:])
