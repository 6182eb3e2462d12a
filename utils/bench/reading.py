#!/usr/bin/env python3
"""How fast modules are read and validated, beside other tools, in MB/s.

usage: reading.py [--bin DIR] [--check] [PROGRAM...]

Columns: scan of all instructions with block boundaries, and validation, on one core; validation on
all cores; wasm-validate of wabt; Binaryen's reader (both without the time that they take for an empty
module). --check exits with 1 below the goals: 150 MB/s for the scan and 60 MB/s for validation, over
all programs.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EMPTY = b"\0asm\1\0\0\0"
GOALS = {"scan": 150, "validate": 60}
COLUMNS = ["scan", "validate", "validate, all cores", "wasm-validate", "Binaryen"]


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "build", "bin"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("programs", nargs="*",
                        default=sorted(glob.glob(os.path.join(ROOT, "..", "shared", "programs", "apps", "*.wasm"))))
    return parser.parse_args()


def run_own(args, program, cores):
    """Milliseconds of a scan and of validation on these cores."""
    command = [os.path.join(args.bin, "whamm-bench-reading"), program]
    result = subprocess.run(command, capture_output=True, text=True, check=True,
                            preexec_fn=lambda: os.sched_setaffinity(0, cores))
    return [float(line) for line in result.stdout.split()]


def time_command(command):
    """The least milliseconds of several runs; None where the command fails."""
    best = None
    for _ in range(7):
        begin = time.perf_counter()
        result = subprocess.run(command, capture_output=True)
        taken = (time.perf_counter() - begin) * 1000
        if result.returncode != 0:
            return None
        best = min(taken, best or taken)
    return best


def time_beyond_empty(command, program, empty):
    whole, start = time_command(command + [program]), time_command(command + [empty])
    return whole and start and max(whole - start, 0.01)


def time_binaryen(args, program):
    command = [os.path.join(args.bin, "whamm-bench-binaryen"), "--read", program]
    times = [subprocess.run(command, capture_output=True, text=True) for _ in range(5)]
    return None if any(t.returncode for t in times) else min(float(t.stdout) for t in times)


def measure(args, program, empty):
    cores = os.sched_getaffinity(0)
    scan, one = run_own(args, program, {min(cores)})
    return [scan, one, run_own(args, program, cores)[1],
            time_beyond_empty(["wasm-validate", "--enable-all"], program, empty), time_binaryen(args, program)]


def print_row(name, size, times):
    rates = [size / taken / 1000 if taken else None for taken in times]
    print(f"| {name} | {size / 1e6:.2f} | " + " | ".join("-" if r is None else f"{r:.0f}" for r in rates) + " |")
    return rates


def main():
    args = parse_arguments()
    print("| program | MB | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (2 + len(COLUMNS)))
    total, sums = 0, [0.0] * len(COLUMNS)
    with tempfile.NamedTemporaryFile(suffix=".wasm") as empty:
        empty.write(EMPTY)
        empty.flush()
        for program in args.programs:
            size, times = os.path.getsize(program), measure(args, program, empty.name)
            print_row(os.path.basename(program), size, times)
            total += size
            sums = [None if a is None or b is None else a + b for a, b in zip(sums, times)]
    rates = print_row("all", total, sums)
    missed = [name for name, rate in zip(COLUMNS, rates) if rate and rate < GOALS.get(name, 0)]
    for name in missed:
        print(f"below the goal of {GOALS[name]} MB/s: {name}")
    sys.exit(1 if args.check and missed else 0)


if __name__ == "__main__":
    main()
