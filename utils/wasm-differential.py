#!/usr/bin/env python3
"""The validator's verdicts are those of V8, and what the splicer makes of valid modules is valid.

Takes the modules and packs of some folders, changes of them, and modules that Binaryen generates
(wasm-opt -ttf); asks both for a verdict on each. Instruments the valid ones with a probe in
front of and behind every instruction, and asks for verdicts on the outputs.

usage: wasm-differential.py [--bin DIR] [--count N] [--generated N] [--seed S] [--node NODE]
                            [--reference WASM] [--keep DIR] [--behaviour] [FOLDER...]

--count mutated modules are checked; --seed 0 takes a seed by chance. With --reference, the
specification's interpreter decides where verdicts differ. With --behaviour, the modules that are
given are run, too: what exported functions without parameters do must not change. Findings are
left in --keep. Exits with 1 where something differs that is not known to.
"""
import argparse
import collections
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "wasm"))

from oracles import Oracles, agree  # noqa: E402
from packs import read_pack  # noqa: E402

SOURCE = os.path.dirname(HERE)
FOLDERS = [os.path.join(SOURCE, "test", "Fuzz")] + [
    os.path.join(SOURCE, "..", "shared", "corpus", kind) for kind in ("valid", "invalid", "malformed")]
BATCH = 5000
FEATURES = ["--enable-" + name for name in (
    "bulk-memory", "exception-handling", "multivalue", "mutable-globals", "nontrapping-float-to-int",
    "reference-types", "sign-ext", "simd", "tail-call", "threads")]
WAYS = [(["before", "after"], "empty"), (["before", "after"], "counter"), (["before"], "call")]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(SOURCE, "build", "bin"))
    parser.add_argument("--count", type=int, default=100000)
    parser.add_argument("--generated", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--node", default="node")
    parser.add_argument("--reference", help="the specification's interpreter")
    parser.add_argument("--keep", default="wasm-findings")
    parser.add_argument("--behaviour", action="store_true")
    parser.add_argument("folders", nargs="*", default=FOLDERS)
    return parser.parse_args()


def read_modules(folders):
    modules = []
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "**", "*.wasm"), recursive=True)):
            with open(path, "rb") as file:
                modules.append(file.read())
        for path in sorted(glob.glob(os.path.join(folder, "*.pack"))):
            modules += read_pack(path)
    return modules


def generate(count, seed, work):
    """Modules that Binaryen makes of random bytes."""
    rng = random.Random(seed)
    modules = []
    for _ in range(count):
        data, out = os.path.join(work, "random"), os.path.join(work, "generated.wasm")
        with open(data, "wb") as file:
            file.write(rng.randbytes(rng.randrange(200, 4000)))
        subprocess.run(["wasm-opt", "-ttf", data, "-o", out] + FEATURES, check=True, capture_output=True)
        with open(out, "rb") as file:
            modules.append(file.read())
    return modules


class Comparison:
    """Compares verdicts and keeps what differs."""

    def __init__(self, args, oracles):
        self.args = args
        self.oracles = oracles
        self.verdicts = self.valid = self.calls = self.findings = 0
        self.known = collections.Counter()

    def ask_reference(self, module):
        path = self.oracles.path("asked.wasm")
        with open(path, "wb") as file:
            file.write(module)
        result = subprocess.run([self.args.reference, "-d", path], capture_output=True, text=True)
        return result.stdout.strip() or result.stderr.strip() or "ok"

    def report(self, what, module, text):
        self.findings += 1
        os.makedirs(self.args.keep, exist_ok=True)
        path = os.path.join(self.args.keep, f"{self.findings}.wasm")
        with open(path, "wb") as file:
            file.write(module)
        print(f"FINDING {what}: {path}: {text}", flush=True)

    def judge(self, what, module, ours, v8):
        if agree(ours, v8):
            return
        reason = self.oracles.explain(ours, v8)
        if reason:
            self.known[reason] += 1
            return
        text = f"here {ours}; V8 {v8}"
        if self.args.reference:
            reference = self.ask_reference(module)
            if agree(ours, reference):
                reason = re.sub(r"\d+", "N", f"{ours}; V8 {v8}")
                self.known["the specification's interpreter agrees: " + reason] += 1
                return
            text += f"; reference {reference}"
        self.report(what, module, text)

    def check(self, what, modules, runs=False):
        ours, v8 = self.oracles.ours(modules), self.oracles.v8(modules)
        assert len(ours) == len(v8) == len(modules)
        for module, mine, theirs in zip(modules, ours, v8):
            self.judge(what, module, mine, theirs)
        self.verdicts += len(modules)
        valid = [m for m, mine, theirs in zip(modules, ours, v8) if mine == "ok" and theirs == "ok"]
        self.valid += len(valid)
        for positions, probe in WAYS:
            self.check_instrumented(f"{what}, {probe} probes", valid, positions, probe, runs)

    def check_instrumented(self, what, modules, positions, probe, runs):
        outputs, lines = self.oracles.instrument(modules, positions, probe)
        for before, line, v8 in zip(modules, lines, self.oracles.v8(outputs)):
            if line != "ok" or v8 != "ok":
                self.report(what, before, f"output here {line}; V8 {v8}")
        if not runs:
            return
        for before, line in zip(modules, self.oracles.compare_behaviour(modules, outputs)):
            if line.startswith("same "):
                self.calls += int(line.split()[1])
            else:
                self.report(what, before, line)


def main():
    args = parse_arguments()
    seed = args.seed or random.SystemRandom().randrange(1, 2**31)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as work:
        oracles = Oracles(args.bin, args.node, work)
        comparison = Comparison(args, oracles)
        modules = read_modules(args.folders)
        comparison.check("given", modules, runs=args.behaviour)
        generated = generate(args.generated, seed, work)
        comparison.check("generated", generated)
        modules += generated
        for batch in range(0, args.count, BATCH):
            number = min(BATCH, args.count - batch)
            comparison.check(f"seed {seed + batch}", oracles.mutate(modules, seed + batch, number))
    for reason, number in comparison.known.items():
        print(f"known: {number} times: {reason}")
    print(f"{comparison.verdicts} verdicts compared, {comparison.valid} modules valid and instrumented, "
          f"{comparison.calls} calls compared, {comparison.findings} findings")
    sys.exit(comparison.findings != 0)


if __name__ == "__main__":
    main()
