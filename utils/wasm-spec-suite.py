#!/usr/bin/env python3
"""Runs the test suite of the WebAssembly specification: verdicts, and results of instrumented modules.

The specification's repository is not part of this project: SPEC is a copy of it, in which
interpreter/ has been built (dune build). Its interpreter turns each script of test/ into a
program for JavaScript. Validation here has to say of each module in it what the script does;
then each module is instrumented, with a probe on every instruction, and the program has to end
under Node.js as it does with the modules as they are.

usage: wasm-spec-suite.py SPEC [--bin DIR] [--node NODE] [--only TEXT]

Exits with 1 where something differs.
"""
import argparse
import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "wasm"))

from oracles import Oracles  # noqa: E402

SOURCE = os.path.dirname(HERE)
MODULE = re.compile(r'(assert_malformed|assert_invalid|assert_malformed_custom|assert_invalid_custom)?\("((?:\\x[0-9a-f]{2})*)"')
WAYS = [(["before", "after"], "empty"), (["before", "after"], "counter"), (["before"], "call")]
# What instrumented modules import.
HOST = [("\nfunction register(", "\nregistry.m = {n() {}};\n\nfunction register("),
        ("spectest: spectest}", "spectest: spectest, m: registry.m}")]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec")
    parser.add_argument("--bin", default=os.path.join(SOURCE, "build", "bin"))
    parser.add_argument("--node", default="node")
    parser.add_argument("--only", default="", help="scripts whose path has this in it")
    return parser.parse_args()


def convert(args, script, output):
    """The script as a program, or None where the interpreter does not know what it uses."""
    wasm = os.path.join(args.spec, "interpreter", "_build", "default", "wasm.exe")
    result = subprocess.run([wasm, "-d", script, "-o", output], capture_output=True, text=True)
    if result.returncode != 0:
        print(f"not converted: {script}: {(result.stdout + result.stderr).strip()}")
        return None
    with open(output, encoding="utf-8") as file:
        return file.read()


def to_bytes(text):
    return bytes.fromhex(text.replace("\\x", ""))


def to_text(data):
    return "".join(f"\\x{byte:02x}" for byte in data)


class Suite:
    def __init__(self, args, work):
        self.args = args
        self.work = work
        self.oracles = Oracles(args.bin, args.node, work)
        self.failures = 0
        self.counts = collections.Counter()

    def fail(self, text):
        self.failures += 1
        print(f"FAIL {text}", flush=True)

    def run(self, program):
        """What the program ends with: nothing, or its error."""
        path = os.path.join(self.work, "program.js")
        with open(path, "w", encoding="utf-8") as file:
            file.write(program)
        result = subprocess.run([self.args.node, path], capture_output=True, text=True, timeout=600)
        errors = [line for line in result.stderr.splitlines() if re.match(r"\w*Error", line)]
        return "" if result.returncode == 0 else (errors or ["failed"])[0]

    def check_verdicts(self, script, found):
        modules = [to_bytes(text) for _, text in found]
        for (assertion, _), verdict in zip(found, self.oracles.ours(modules)):
            if assertion and assertion.endswith("_custom"):
                continue  # about custom sections alone, which the program lacks
            expected = not assertion
            if (verdict == "ok") != expected:
                self.fail(f"{script}: {assertion or 'module'}: {verdict}")
        self.counts["modules"] += len(modules)

    def check_runs(self, script, program, found):
        before = self.run(program)
        if before:
            self.counts["programs that V8 fails as they are"] += 1
            print(f"V8 fails {script}: {before}")
        texts = sorted({text for assertion, text in found if not assertion})
        for positions, probe in WAYS:
            outputs, lines = self.oracles.instrument([to_bytes(text) for text in texts], positions, probe)
            for line in lines:
                if line != "ok":
                    self.fail(f"{script}, {probe} probes: {line}")
            changed = {text: to_text(data) for text, data in zip(texts, outputs)}

            def replace(match):
                return f'("{changed[match[2]]}"' if not match[1] and match[2] in changed else match[0]

            instrumented = MODULE.sub(replace, program)
            for old, new in HOST:
                instrumented = instrumented.replace(old, new, 1)
            after = self.run(instrumented)
            if after != before:
                self.fail(f"{script}, {probe} probes: '{before}' became '{after}'")
            self.counts[f"runs, {probe} probes"] += 1

    def check(self, script):
        program = convert(self.args, script, os.path.join(self.work, "script.js"))
        if program is None:
            self.counts["scripts not converted"] += 1
            return
        self.counts["scripts"] += 1
        found = [(match[1], match[2]) for match in MODULE.finditer(program)]
        found = [(assertion, text) for assertion, text in found if assertion or text.startswith("\\x00\\x61\\x73\\x6d")]
        self.counts["assertions"] += len(re.findall(r"^assert_", program, re.MULTILINE))
        self.check_verdicts(script, found)
        self.check_runs(script, program, found)


def main():
    args = parse_arguments()
    scripts = sorted(glob.glob(os.path.join(args.spec, "test", "**", "*.wast"), recursive=True))
    with tempfile.TemporaryDirectory() as work:
        suite = Suite(args, work)
        for script in scripts:
            if args.only in script:
                suite.check(script)
    print(", ".join(f"{number} {name}" for name, number in suite.counts.items()) + f", {suite.failures} failures")
    sys.exit(suite.failures != 0)


if __name__ == "__main__":
    main()
