#!/usr/bin/env python3
"""Instrumented programs behave as the original ones do.

Makes modules from random bytes (wasm-opt -ttf), instruments each with several of
the scripts of utils/differential/scripts, at several levels, and compares
under Node.js what a host can see: calls of imported functions, results, kinds of
traps, exported globals and memories. What scripts count as wrong has to be 0, and
the reports at all levels of optimisation have to be the same: those of programs that
trap with and without Binaryen, and at -O0 and with --precise-traps.

usage: differential.py [--bin DIR] [--modules N] [--seed S] [--jobs N] [--scripts N]
                       [--kinds A,B] [--only I] [--corpus DIR] [--programs DIR] [--slow] [--keep DIR]

Exits with 1 where something differs, and says how to see it again.
"""
import argparse
import collections
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "differential"))

from modules import make_module  # noqa: E402
from node_host import NodeHost  # noqa: E402
from programs import check_programs, find_programs  # noqa: E402
from scripts import Scripts  # noqa: E402

# The first is what the others are compared with. Of the last ones each module has one.
WAYS = [[], ["-O0"]]
MORE_WAYS = [["--no-binaryen"], ["-O1"], ["--precise-traps"], ["-O1", "--precise-traps"]]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/bin", help="where the tools are")
    parser.add_argument("--modules", type=int, default=100, help="how many to make")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scripts", type=int, default=4, help="scripts per module, beside a mixture of several")
    parser.add_argument("--kinds", help="these kinds of scripts only, all of them for each module")
    parser.add_argument("--only", type=int, help="only the module of this number")
    parser.add_argument("--corpus", help="the modules of this folder instead; those that Node.js runs are compared")
    parser.add_argument("--programs", help="folder of programs to compare too")
    parser.add_argument("--slow", action="store_true", help="slow programs too")
    parser.add_argument("--keep", help="leave all files in this folder")
    parser.add_argument("--node", default="node")
    return parser.parse_args()


class Tally:
    """What was found, by all threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.by_kind = collections.Counter()
        self.failures = 0

    def add(self, **counts):
        with self.lock:
            self.counts.update(counts)

    def ran(self, kind):
        with self.lock:
            self.by_kind[kind] += 1

    def fail(self, what, text, again):
        with self.lock:
            self.failures += 1
            print(f"FAIL {what}: {text}\n  again: {again}", flush=True)


def instrument(args, scripts, kind, script, module, output, options):
    """The error text where it fails."""
    command = [os.path.join(args.bin, "whamm"), "instr", "-s", script, "-a", module, "-o", output, *options,
               *scripts.library_options(kind)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return "instr takes more than two minutes"
    if done.returncode == 0:
        return None
    lines = [line for line in done.stderr.splitlines() if "error: " in line] or done.stderr.splitlines()
    return f"instr exits with {done.returncode}: {lines[:3]}"


def wrong_rows(report):
    """Rows of variables that scripts use to count what must not happen."""
    rows = (line.split(", ") for line in report.splitlines())
    return [row for row in rows if len(row) > 3 and row[2].startswith("wrong_") and row[-1] != "0"]


def reference(way, trapped):
    """Options that give the same report as `way`; None where there are none."""
    if not trapped or "--precise-traps" in way:
        return "-O0"
    return "" if way == "--no-binaryen" else None


class Worker(threading.Thread):
    """Takes modules off the list until there are none."""

    def __init__(self, args, scripts, numbers, tally):
        super().__init__()
        self.args, self.scripts, self.numbers, self.tally = args, scripts, numbers, tally
        self.host = NodeHost(args.node, scripts.host_arguments())
        self.problem = None

    def run(self):
        try:
            while True:
                with self.tally.lock:
                    number = next(self.numbers, None)
                if number is None:
                    break
                self.check_module(number)
        except Exception as error:  # shown by the main thread
            self.problem = error
        finally:
            self.host.close()

    def fail(self, number, kind, text):
        again = f"utils/differential.py --bin {self.args.bin} --seed {self.args.seed} --only {number}"
        if self.args.corpus:
            again += f" --corpus {self.args.corpus}"
            text = f"{os.path.basename(self.args.files[number])}: {text}"
        if not kind.startswith("mixed"):
            again += f" --kinds {kind.split()[0]}"
        self.tally.fail(f"module {number}, {kind}", text, again + " --keep /tmp/differential")

    def variants_of(self, number, rng, folder, module):
        """Instruments the module in all ways; (kind and way, output) of what could be."""
        made = []
        for kind, script in self.scripts.choose(rng, folder):
            for options in WAYS + [rng.choice(MORE_WAYS)]:
                way = "".join(" " + option for option in options)
                output = os.path.join(folder, kind + way.replace(" -", ".") + ".wasm")
                error = instrument(self.args, self.scripts, kind, script, module, output, options)
                if error:
                    self.fail(number, kind + way, error)
                else:
                    made.append((kind + way, output))
            self.tally.ran(kind.split("-")[0])
        return made

    def check_module(self, number):
        rng = random.Random(f"{self.args.seed}:{number}")
        folder = os.path.join(self.args.keep, str(number))
        os.makedirs(folder, exist_ok=True)
        module = self.args.files[number] if self.args.corpus else make_module(rng, folder)
        if module is None:
            self.tally.add(unmade=1)
        else:
            self.compare(number, module, self.variants_of(number, rng, folder, module))
        if not self.args.keep_files:
            shutil.rmtree(folder)

    def compare(self, number, module, made):
        answer = self.host.ask({"original": module, "variants": [output for _, output in made]})
        self.tally.add(modules=1, trapped=answer.get("trapped", False), calls=answer["calls"], lines=answer["lines"])
        if answer["skip"] is not None:
            if answer["skip"].startswith("host:") and not self.args.corpus:
                self.fail(number, "original", answer["skip"])
            self.tally.add(skipped=1)
            return
        reports = {}
        for (kind, _), result in zip(made, answer["variants"]):
            self.tally.add(variants=1, rows=result["report"].count("\n"))
            reports[kind] = result["report"]
            if result["difference"]:
                self.fail(number, kind, result["difference"])
            for row in wrong_rows(result["report"]):
                self.fail(number, kind, f"law broken: {', '.join(row)}")
        self.compare_reports(number, reports, answer["trapped"])

    def compare_reports(self, number, reports, trapped):
        for kind, report in reports.items():
            name, _, way = kind.partition(" ")
            other = reference(way, trapped)
            expected = reports.get(f"{name} {other}".strip()) if other is not None else None
            if report and expected and report != expected:
                pairs = zip(report.splitlines() + [""], expected.splitlines() + [""])
                first = next((pair for pair in pairs if pair[0] != pair[1]), None)
                self.fail(number, kind, f"the report is not that of '{other}': {first}")


def run_modules(args, scripts, tally):
    numbers = iter([args.only] if args.only is not None else range(args.modules))
    workers = [Worker(args, scripts, numbers, tally) for _ in range(args.jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for worker in workers:
        if worker.problem:
            raise worker.problem


def main():
    args = parse_arguments()
    args.bin = os.path.abspath(args.bin)
    if args.corpus:
        args.files = [path for _, path in find_programs(args.corpus)]
        args.modules = len(args.files)
    args.keep_files = args.keep is not None
    args.keep = os.path.abspath(args.keep) if args.keep else tempfile.mkdtemp(prefix="differential-")
    os.makedirs(args.keep, exist_ok=True)
    scripts = Scripts(args)
    tally = Tally()
    begin = time.monotonic()
    run_modules(args, scripts, tally)
    if args.programs:
        check_programs(args, scripts, tally, instrument)
    if not args.keep_files:
        shutil.rmtree(args.keep)
    counts = tally.counts
    print("scripts: " + ", ".join(f"{kind} {count}" for kind, count in sorted(tally.by_kind.items())))
    print(f"{counts['modules']} modules ({counts['skipped']} skipped, {counts['unmade']} not made), "
          f"{counts['trapped']} that trap, "
          f"{counts['variants']} instrumented, {counts['calls']} calls, {counts['lines']} observations, "
          f"{counts['rows']} rows of reports, {counts['programs']} programs: {tally.failures} failures")
    print(f"{time.monotonic() - begin:.0f} s", file=sys.stderr)
    sys.exit(tally.failures > 0)


if __name__ == "__main__":
    main()
