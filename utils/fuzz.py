#!/usr/bin/env python3
"""Runs the fuzz targets, one after the other, each with its dictionary and seeds.

usage: fuzz.py [--bin DIR] [--seconds N] [--seed S] [--corpus DIR] [--keep DIR] [TARGET...]

Targets: reader, validator, script. Each first takes the inputs that failed once
(test/Fuzz/regressions). --seed 0 takes a seed by chance; the seed is printed. Without --corpus,
what is found to be new is forgotten. Exits with 1 where a target failed; the input that did it is
in --keep.
"""
import argparse
import glob
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "wasm"))

from packs import read_pack  # noqa: E402

SOURCE = os.path.dirname(HERE)
TESTS = os.path.join(SOURCE, "test")
DICTIONARIES = {"reader": ("-gen-wasm-dictionary", "Opcodes.td"), "validator": ("-gen-wasm-dictionary", "Opcodes.td"),
                "script": ("-gen-script-dictionary", "Events.td")}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(SOURCE, "build", "bin"))
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", help="folder that keeps what is found, per target")
    parser.add_argument("--keep", default="fuzz-findings")
    parser.add_argument("targets", nargs="*", default=list(DICTIONARIES))
    return parser.parse_args()


def write_seeds(target, folder):
    """Modules, or all scripts of the tests and of the documentation."""
    os.makedirs(folder, exist_ok=True)
    if target != "script":
        for i, module in enumerate(read_pack(os.path.join(TESTS, "Fuzz", "seeds.pack"))):
            with open(os.path.join(folder, f"seed{i}"), "wb") as file:
                file.write(module)
        return
    scripts = glob.glob(os.path.join(TESTS, "**", "*.mm"), recursive=True)
    for i, path in enumerate(sorted(scripts)):
        shutil.copy(path, os.path.join(folder, f"seed{i}"))


def run_target(args, target, seed, work):
    dictionary = os.path.join(work, "dictionary")
    generator, table = DICTIONARIES[target]
    td = os.path.join(SOURCE, "td")
    subprocess.run([os.path.join(args.bin, "whamm-tblgen"), generator, "-I", td, os.path.join(td, "Wasm", table),
                    "-o", dictionary], check=True)
    seeds, found = os.path.join(work, target), os.path.join(args.corpus or work, target + "-found")
    write_seeds(target, seeds)
    os.makedirs(found, exist_ok=True)
    os.makedirs(args.keep, exist_ok=True)
    fuzzer = os.path.join(args.bin, "whamm-fuzz-" + target)
    options = [f"-seed={seed}", f"-dict={dictionary}", f"-max_total_time={args.seconds}", "-max_len=4096", "-timeout=20",
               "-rss_limit_mb=4096", f"-artifact_prefix={args.keep}/{target}-", "-print_final_stats=1"]
    once_failed = sorted(glob.glob(os.path.join(TESTS, "Fuzz", "regressions", target, "*")))
    for command in ([fuzzer] + once_failed if once_failed else None, [fuzzer] + options + [found, seeds]):
        if not command:
            continue
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if result.returncode != 0:
            print("\n".join(result.stdout.splitlines()[-60:]))
            return False
    runs = [line for line in result.stdout.splitlines() if "number_of_executed_units" in line]
    print(f"{target}: seed {seed}, {args.seconds} s, {runs[0].split()[-1]} inputs, no finding", flush=True)
    return True


def main():
    args = parse_arguments()
    failed = []
    for target in args.targets:
        seed = args.seed or random.SystemRandom().randrange(1, 2**31)
        print(f"{target}: seed {seed}", flush=True)
        with tempfile.TemporaryDirectory() as work:
            if not run_target(args, target, seed, work):
                failed.append(target)
                print(f"FINDING {target}: seed {seed}, input in {args.keep}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
