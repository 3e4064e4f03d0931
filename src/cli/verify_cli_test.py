#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""Checks receipts and bundles as a stranger does, with `comity verify` and with `comity-verify`:
answers, exit codes, and one line on standard error for each bad input.

    verify_cli_test.py COMITY COMITY_VERIFY [--sanitized] [unittest arguments]

--sanitized: the programs hold the sanitizers too.
"""

import html.parser
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
EXAMPLE = os.path.join(ROOT, "docs", "examples", "bundle")
RECEIPT = os.path.join(EXAMPLE, "receipts", "0003-intent.put.txt")

sys.path.insert(0, os.path.join(ROOT, "tools"))
import tidy  # noqa: E402

COMITY = None
COMITY_VERIFY = None
SANITIZED = False

MIB = 1 << 20

# What comity-verify may hold of ours, and be linked with: no network, no store, no node.
LAYERS = {"base", "seal", "ledger", "verify"}
LIBRARIES = {"libfmt", "libzip", "libsimdjson", "libcrypto", "libsodium", "libstdc++", "libgcc_s",
             "libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}


def key_of_example():
    with open(os.path.join(EXAMPLE, "bundle.txt"), encoding="utf-8") as file:
        return re.search(r"^log (.*)$", file.read(), re.MULTILINE).group(1)


class Elements(html.parser.HTMLParser):
    """The elements of a page: which it has, and whether each is closed where it should be."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.faults = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append((tag, self.getpos()))


class VerifyTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.key = key_of_example()

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def copy_of_example(self):
        return shutil.copytree(EXAMPLE, os.path.join(self.folder, "bundle"))

    def zip_of_example(self, name="bundle.zip", **how):
        """As an ordinary zip program makes it, with an entry for the folder."""
        path = os.path.join(self.folder, name)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **how) as archive:
            for folder, _, files in sorted(os.walk(EXAMPLE)):
                if folder != EXAMPLE:
                    archive.write(folder, os.path.relpath(folder, EXAMPLE))
                for file in sorted(files):
                    whole = os.path.join(folder, file)
                    archive.write(whole, os.path.relpath(whole, EXAMPLE))
        return path

    def run_program(self, command, *args, memory=None, stdout=subprocess.PIPE):
        def bound():
            if memory is not None and not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

        return subprocess.run([*command, *args], stdin=subprocess.DEVNULL, stdout=stdout,
                              stderr=subprocess.PIPE, preexec_fn=bound, check=False)

    def both(self, *args, **how):
        """What the two programs answer: the same."""
        own = self.run_program([COMITY_VERIFY], *args, **how)
        other = self.run_program([COMITY, "verify"], *args, **how)
        self.assertEqual(own.returncode, other.returncode, (args, own.stderr, other.stderr))
        self.assertEqual(own.stdout, other.stdout)
        if "(comity" not in own.stderr.decode():
            self.assertEqual(own.stderr.replace(b"comity-verify: ", b"comity: ", 1), other.stderr)
        return own

    def page(self, code, *args, **how):
        done = self.both(*args, **how)
        self.assertEqual((done.returncode, done.stderr), (code, b""), args)
        return done.stdout.decode()

    def refusal(self, code, *args, **how):
        """The one line on standard error; nothing is to be on standard output."""
        done = self.both(*args, **how)
        text = done.stderr.decode()
        self.assertEqual((done.returncode, done.stdout), (code, b""), (args, text))
        self.assertRegex(text, r"^comity-verify: [^\n]+\n$")
        return text[len("comity-verify: ") : -1]


class Usage(VerifyTest):
    def test_help_is_a_result_with_units_and_examples(self):
        for command in ([COMITY_VERIFY], [COMITY, "verify"]):
            done = self.run_program(command, "--help")
            text = done.stdout.decode()
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            for part in ("VKEY|FILE", "MiB", "UTC", "Exit: 0", "Examples:"):
                self.assertIn(part, text)
            self.assertEqual(tidy.WORDS.findall(text), [])
        text = self.run_program([COMITY_VERIFY], "--version").stdout.decode()
        self.assertRegex(text, r"^comity-verify \d+\.\d+\.\d+\n$")

    def test_bad_usage_is_refused_in_one_line(self):
        for args, expected in (([], "FILE"), ([RECEIPT, "--wrong"], "--wrong"),
                               ([RECEIPT, "--key"], "--key"), ([RECEIPT, "more"], "more")):
            self.assertIn(expected, self.refusal(2, *args))

    def test_output_that_cannot_be_written_is_the_environments_fault(self):
        for command in ([COMITY_VERIFY], [COMITY, "verify"]):
            for args in ([EXAMPLE], ["--help"]):
                with open("/dev/full", "wb") as full:
                    done = self.run_program(command, *args, stdout=full)
                self.assertEqual(done.returncode, 3, args)
                self.assertIn(b"standard output: ", done.stderr)


class Holds(VerifyTest):
    def test_the_example(self):
        page = self.page(0, EXAMPLE)
        self.assertIn("The bundle holds: 7 receipts", page)
        self.assertIn("1 of 3 is left out: number 2.", page)
        self.assertIn("The log's key is the one named in agreement line-1, signed by air-unit-a",
                      page)
        self.assertEqual(tidy.WORDS.findall(page), [])
        self.assertTrue(all(len(line) <= 100 for line in page.splitlines()))
        self.assertNotIn("The log's key is the one named", self.page(0, EXAMPLE, "--key", self.key))

    def test_a_receipt_alone(self):
        page = self.page(0, RECEIPT, "--key", self.write("key", self.key + "\n"))
        self.assertIn("What air-unit-a states under its own key", page)
        self.assertEqual(tidy.WORDS.findall(page), [])

    def test_a_zip_of_another_program(self):
        self.assertEqual(self.page(0, self.zip_of_example()), self.page(0, EXAMPLE))

    def test_the_readme_shows_what_is_printed(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            shown = re.search(r"```text\n(The receipt holds\.\n.*?)```", file.read(), re.DOTALL)
        self.assertTrue(self.page(0, RECEIPT, "--key", self.key).startswith(shown.group(1)))

    def test_the_report_uses_our_words_and_closes_what_it_opens(self):
        with open(os.path.join(EXAMPLE, "report.html"), encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(tidy.WORDS.findall(text), [])
        elements = Elements()
        elements.feed(text)
        elements.close()
        self.assertEqual((elements.open, elements.faults), ([], []))
        self.assertLess({"h1", "h2", "table", "dl", "pre", "bdi"}, elements.seen)


class DoesNotHold(VerifyTest):
    def test_each_file_of_the_bundle_counts(self):
        for name in sorted(os.listdir(os.path.join(EXAMPLE, "receipts"))):
            bundle = self.copy_of_example()
            path = os.path.join(bundle, "receipts", name)
            with open(path, "r+b") as file:
                content = file.read()
                at = content.index(b"\nrecord ") + 30
                file.seek(at)
                file.write(b"A" if content[at : at + 1] != b"A" else b"B")
            page = self.page(1, bundle)
            self.assertIn("REFUSED", page)
            self.assertIn(f"{name}: not the file that bundle.txt names", page)
            alone = self.page(1, path, "--key", self.key)
            self.assertIn(f"{name}: the record is not in the slot", alone)
            shutil.rmtree(bundle)

    def test_a_changed_report_changes_nothing(self):
        bundle = self.copy_of_example()
        self.write("bundle/report.html", "All of it is here.")
        self.assertEqual(self.page(0, bundle), self.page(0, EXAMPLE))

    def test_the_key_of_another_log(self):
        other = "ledger.test/log+b96a4d05+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
        self.assertIn("no verifier key", self.refusal(2, EXAMPLE, "--key", other))
        policy = self.write("policy", "log sum.golang.org+033de0ae+"
                            "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\nquorum none\n")
        page = self.page(1, EXAMPLE, "--key", policy)
        self.assertIn("and the one to trust is sum.golang.org", page)


class BadInput(VerifyTest):
    def test_what_is_no_receipt(self):
        for content, expected in ((b"", ":1: empty"), (b"x\n", ":1: no receipt"),
                                  (random.Random(3).randbytes(100_000), ":1: no receipt"),
                                  (b"\0" * 1000, ":1: no receipt"),
                                  (b"PK\x03\x04" + b"\0" * 100, "whole zip")):
            path = self.write("file", content)
            line = self.refusal(2, path, "--key", self.key)
            self.assertTrue(line.startswith(path), line)
            self.assertIn(expected, line)

    def test_files_that_are_not_there(self):
        missing = os.path.join(self.folder, "missing")
        self.assertIn("missing: No such file", self.refusal(2, missing, "--key", self.key))
        self.assertIn("no bundle.txt in it", self.refusal(2, self.folder, "--key", self.key))
        self.assertIn("regular file", self.refusal(2, "/dev/zero", "--key", self.key))
        bundle = self.copy_of_example()
        os.remove(os.path.join(bundle, "receipts", "0004-delivery-1.txt"))
        self.assertIn("0004-delivery-1.txt: No such file", self.refusal(2, bundle))

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_a_file_that_may_not_be_read(self):
        path = self.write("file", "x")
        os.chmod(path, 0)
        self.assertIn("readable file", self.refusal(3, path, "--key", self.key))

    def test_large_files_are_refused_unread(self):
        for name, start, size in (("text", b"x", 100 * MIB), ("zip", b"PK\x03\x04", 300 * MIB)):
            path = self.write(name, start)
            os.truncate(path, size)
            self.assertIn(f"{size} bytes, expected at most",
                          self.refusal(2, path, "--key", self.key, memory=128 * MIB))

    def test_a_receipt_alone_needs_a_key(self):
        self.assertIn("expected --key VKEY|FILE", self.refusal(2, RECEIPT))

    def test_a_bundle_without_an_agreement_needs_a_key(self):
        bundle = self.copy_of_example()
        with open(os.path.join(bundle, "bundle.txt"), encoding="utf-8") as file:
            lines = [line for line in file if "agreement" not in line]
        self.write("bundle/bundle.txt", "".join(lines))
        for name in ("0001-agreement.propose.txt", "0002-agreement.accept.txt"):
            os.remove(os.path.join(bundle, "receipts", name))
        self.assertIn("no signed agreement in it names the log's key", self.refusal(2, bundle))
        self.assertIn("5 receipts", self.page(0, bundle, "--key", self.key))


class Zips(VerifyTest):
    def zip_with(self, name, content, path="bundle.zip"):
        zipped = self.zip_of_example(path)
        with zipfile.ZipFile(zipped, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return zipped

    def test_nothing_but_a_bundle(self):
        for name in ("../x.txt", "/x.txt", "receipts/../../x.txt", "x.html", "receipts/x/y.txt",
                     "receipts\\x.txt", "receipts/\u202ex.txt"):
            line = self.refusal(2, self.zip_with(name, b"x"))
            self.assertIn("no file of a bundle", line)
            self.assertNotIn("\u202e", line)
        self.assertEqual(os.listdir(self.folder), ["bundle.zip"])

    def test_a_bomb_is_refused_in_little_memory(self):
        for size in (60 * MIB, 500 * MIB):
            bomb = self.zip_with("receipts/x.txt", b"a" * size)
            self.assertLess(os.path.getsize(bomb), MIB)
            self.assertIn("x.txt: expected", self.refusal(2, bomb, memory=128 * MIB))

    def test_twice_the_same_name(self):
        with self.assertWarns(UserWarning):
            zipped = self.zip_with("bundle.txt", b"x")
        self.assertIn("expected each name once", self.refusal(2, zipped))

    def test_cut_off_at_any_place(self):
        with open(self.zip_of_example(), "rb") as file:
            whole = file.read()
        for size in range(4, len(whole), 97):
            self.assertIn("whole zip", self.refusal(2, self.write("cut.zip", whole[:size])))


class Linkage(VerifyTest):
    def test_comity_verify_holds_nothing_of_the_node(self):
        names = subprocess.run(["nm", "--demangle", COMITY_VERIFY], check=True,
                               capture_output=True, text=True).stdout
        layers = set(re.findall(r"\bcomity::([a-z_]+)::", names))
        self.assertEqual(layers, LAYERS)

    @unittest.skipIf("--sanitized" in sys.argv, "the sanitizers bring libraries of their own")
    def test_comity_verify_needs_few_libraries_and_no_network(self):
        needed = subprocess.run(["readelf", "--dynamic", COMITY_VERIFY], check=True,
                                capture_output=True, text=True).stdout
        libraries = set(re.findall(r"Shared library: \[(.*?)\.so", needed))
        self.assertTrue(libraries)
        self.assertEqual(libraries - LIBRARIES, set())
        names = subprocess.run(["nm", "--dynamic", "--undefined-only", COMITY_VERIFY], check=True,
                               capture_output=True, text=True).stdout
        self.assertEqual(re.findall(r"\b(socket|connect|getaddrinfo|bind)\b", names), [])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    COMITY, COMITY_VERIFY = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    if "--sanitized" in sys.argv:
        SANITIZED = True
        sys.argv.remove("--sanitized")
    unittest.main()
