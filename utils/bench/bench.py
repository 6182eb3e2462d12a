#!/usr/bin/env python3
"""Measures instrumentation time against Binaryen's reading and writing alone.

Runs the three side by side, alternating, and compares medians of wall time:

  baseline   whamm-bench-binaryen: BinaryenModuleRead and ...Write, nothing else
  binaryen   whamm instr
  splice     whamm instr --no-binaryen

Usage: bench.py --bin build/bin [--runs 15] [--script FILE] [--json OUT] APP...
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

SCRIPT = "wasm:opcode:call:before { report var count: u32; count++; }\n"
COLUMNS = ["baseline", "binaryen", "splice"]


def run(command):
    """Wall time of a command in milliseconds."""
    begin = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    elapsed = (time.perf_counter() - begin) * 1000
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.decode()}")
    return elapsed


def measure(commands, runs):
    """Medians of alternating runs, after one that warms the caches."""
    times = {name: [] for name in commands}
    for round_number in range(runs + 1):
        for name, command in commands.items():
            elapsed = run(command)
            if round_number > 0:
                times[name].append(elapsed)
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help="folder with the tools")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--script", help="script instead of one counter per call")
    parser.add_argument("--json", help="write the figures to this file")
    parser.add_argument("apps", nargs="+")
    options = parser.parse_args()

    whamm = os.path.join(options.bin, "whamm")
    baseline = os.path.join(options.bin, "whamm-bench-binaryen")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        script = options.script
        if not script:
            script = os.path.join(folder, "calls.mm")
            with open(script, "w") as file:
                file.write(SCRIPT)
        out = os.path.join(folder, "out.wasm")
        for app in options.apps:
            instr = [whamm, "instr", "-a", app, "-s", script, "-o", out]
            medians = measure(
                {
                    "baseline": [baseline, app, os.path.join(folder, "plain.wasm")],
                    "binaryen": instr,
                    "splice": instr + ["--no-binaryen"],
                },
                options.runs,
            )
            results.append({"app": os.path.basename(app), "size": os.path.getsize(app), **medians})

    print(f"{'app':<24}{'size':>10}" + "".join(f"{c + ' ms':>14}" for c in COLUMNS) + f"{'ratio':>8}{'splice':>8}")
    for row in results:
        for name in ("binaryen", "splice"):
            row[f"{name}_ratio"] = row[name] / row["baseline"]
        print(
            f"{row['app']:<24}{row['size']:>10}"
            + "".join(f"{row[c]:>14.1f}" for c in COLUMNS)
            + f"{row['binaryen_ratio']:>8.2f}{row['splice_ratio']:>8.2f}"
        )
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=2)


if __name__ == "__main__":
    main()
