#!/usr/bin/env python3
"""Measures monitors in an engine: those written by hand beside those made of scripts.

For each of utils/bench/wei there is a monitor that an expert would write (.wat) and a
script that observes the same (.mm), of which `whamm instr -w` makes a monitor. Runs
them alternating, and compares medians of processor time, which other programs disturb
least, and of the engine's own time for matching. The engine is Wizard; WIZENG names its
executable.

Usage: WIZENG=FILE wei.py --bin build/bin [--runs 7] [--only-hand-written]
                          [--monitors hotness,calls] [--json OUT]
                          [--match APP.wasm] PROGRAM.wasm...
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wei")
MODES = {"jit": ["--mode=jit"], "inline": ["--mode=jit", "--inline-max-depth=1"]}
# Milliseconds that a program runs at least without a monitor, being repeated: what costs
# little has to be seen.
MONITORS = {"hotness": 0, "branches": 1000, "calls": 1000}
MAX_REPEAT = 100
# What the engine prints where it goes on without the monitor, or without parts of it.
REFUSALS = re.compile(rb"whamm warning|error inserting|import from unknown module|import not found|\" not found")
BIND_TIME = re.compile(rb"whamm:bind_time_us\s*:\s*(\d+)")


def fail(command, output):
    sys.exit(f"{' '.join(command)}: failed\n{output.decode(errors='replace')[-2000:]}")


def get_processor_time():
    """Of all commands so far, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command):
    """Processor time in milliseconds, and what the command printed."""
    begin = get_processor_time()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    elapsed = (get_processor_time() - begin) * 1000
    if done.returncode != 0 or REFUSALS.search(done.stdout):
        fail(command, done.stdout)
    return elapsed, done.stdout


class Bench:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.engine = os.environ["WIZENG"]
        self.core = os.path.join(options.bin, "..", "lib", "whamm", "whamm_core.wasm")

    def make_monitors(self, name):
        """The argument that selects each kind of monitor."""
        source = os.path.join(SOURCES, name)
        hand = os.path.join(self.folder, f"{name}-hand.wasm")
        run(["wat2wasm", source + ".wat", "-o", hand])
        monitors = {"hand": hand}
        if not self.options.only_hand_written:
            made = os.path.join(self.folder, f"{name}-made.wasm")
            run([os.path.join(self.options.bin, "whamm"), "instr", "-w", "-s", source + ".mm", "-o", made])
            monitors["made"] = made + self.get_library(made)
        return monitors

    def get_library(self, monitor):
        """What has to be loaded beside a monitor: the run-time library, where it is imported."""
        with open(monitor, "rb") as file:
            return "+" + self.core if b"whamm_core" in file.read() else ""

    def get_command(self, mode, monitor, *rest):
        flags = [f"--monitors={monitor}"] if monitor else []
        return [self.engine, *MODES[mode], *flags, *rest]

    def measure(self, commands):
        """Medians of alternating runs, after one that warms the caches."""
        times = {kind: [] for kind in commands}
        for number in range(self.options.runs + 1):
            for kind, command in commands.items():
                elapsed, _ = run(command)
                if number > 0:
                    times[kind].append(elapsed)
        return {kind: statistics.median(values) for kind, values in times.items()}

    def measure_program(self, name, mode, program):
        monitors = {"plain": None, **self.make_monitors(name)}
        once, _ = run(self.get_command(mode, None, program))
        repeat = f"--repeat={min(MAX_REPEAT, int(MONITORS[name] / once) + 1)}"
        return self.measure({
            kind: self.get_command(mode, monitor, repeat, program) for kind, monitor in monitors.items()
        })

    def measure_matching(self, name, program):
        """Medians of the engine's figure, in milliseconds."""
        monitors = self.make_monitors(name)
        times = {kind: [] for kind in monitors}
        # Short, and in some runs the engine collects garbage: more of them, in turns.
        for number in range(5 * self.options.runs):
            for kind, monitor in sorted(monitors.items(), reverse=number % 2 == 1):
                command = self.get_command("jit", monitor, "--metrics=whamm*", program)
                _, output = run(command)
                figure = BIND_TIME.search(output)
                if not figure:
                    fail(command, output)
                times[kind].append(int(figure.group(1)) / 1000)
        return {kind: statistics.median(values) for kind, values in times.items()}


def print_row(cells):
    widths = [10, 20, 8] + [11] * (len(cells) - 3)
    print("".join(f"{cell:<{width}}" for cell, width in zip(cells, widths)).rstrip(), flush=True)


def print_figures(name, program, mode, figures):
    """Milliseconds, then ratios: by hand to plain, made to plain, made to by hand."""
    cells = [f"{figures[kind]:.1f}" if kind in figures else "-" for kind in ("plain", "hand", "made")]
    for above, below in (("hand", "plain"), ("made", "plain"), ("made", "hand")):
        known = above in figures and below in figures
        cells.append(f"{figures[above] / figures[below]:.2f}" if known else "-")
    print_row([name, os.path.basename(program), mode, *cells])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help="folder with the tools")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only-hand-written", action="store_true", help="no monitors made of scripts")
    parser.add_argument("--monitors", default=",".join(MONITORS), help="these only")
    parser.add_argument("--match", help="measure matching of this program, too")
    parser.add_argument("--json", help="write the figures to this file")
    parser.add_argument("programs", nargs="*")
    options = parser.parse_args()
    names = options.monitors.split(",")
    if unknown := set(names) - set(MONITORS):
        parser.error(f"there is no monitor {' or '.join(sorted(unknown))}; there are {', '.join(MONITORS)}")
    if not os.environ.get("WIZENG"):
        sys.exit("WIZENG has to name the engine")

    results = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, folder)

        def add(name, program, mode, figures):
            print_figures(name, program, mode, figures)
            results.append({"monitor": name, "program": os.path.basename(program), "mode": mode, **figures})

        print_row(["monitor", "program", "mode", "plain ms", "hand ms", "made ms", "hand/plain", "made/plain", "made/hand"])
        for name in names:
            for program in options.programs:
                for mode in MODES:
                    add(name, program, mode, bench.measure_program(name, mode, program))
            if options.match:
                add(name, options.match, "match", bench.measure_matching(name, options.match))
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=2)


if __name__ == "__main__":
    main()
