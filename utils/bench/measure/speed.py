"""How long instrumentation takes, how much memory, and how both grow with programs."""

import os
import subprocess
import sys

from . import process, stats
from .instrumenters import BINARYEN, NO_OUTPUT, is_whamm, remove
from .monitors import FOLDER

EMPTY_MODULE = b"\0asm\1\0\0\0"


class Series:
    """Measurements of one command, in turns with others."""

    def __init__(self, command, output, row):
        self.command, self.output, self.row = command, output, row
        self.walls, self.peaks = [], []
        self.is_open = True

    def measure(self, limit, budget):
        if self.output:
            remove(self.output)
        outcome = process.run(self.command, limit)
        if outcome.failed or (self.output and not os.path.exists(self.output)):
            self.row["error"] = outcome.describe() if outcome.failed else NO_OUTPUT
            self.is_open = False
            return
        self.walls.append(outcome.wall)
        self.peaks.append(outcome.peak)
        if self.output:
            self.row["output_size"] = os.path.getsize(self.output)
        if sum(self.walls) > budget * 1000:
            self.is_open = False

    def finish(self):
        """The row, with what has been measured. A failure counts, whatever came before it."""
        if "error" not in self.row:
            self.row["wall"] = stats.summarize(self.walls)
            self.row["peak"] = stats.median_of(self.peaks)
        return self.row


def measure_alternating(series, options):
    """All of them once per round, so that what changes with time changes all."""
    for _ in range(options.rounds):
        for each in series:
            if each.is_open:
                each.measure(options.limit, options.budget)
    return [each.finish() for each in series]


def measure_starts(tools, options, folder):
    """What processes take without a program."""
    empty = os.path.join(folder, "empty.wasm")
    with open(empty, "wb") as file:
        file.write(EMPTY_MODULE)
    series = [
        Series([tools.whamm, "--version"], None, {"instrumenter": "whamm"}),
        Series([tools.binaryen, empty, os.path.join(folder, "out.wasm")], None, {"instrumenter": BINARYEN}),
    ]
    rows = measure_alternating(series, options)
    if failed := [row for row in rows if "error" in row]:
        sys.exit(f"{failed[0]['instrumenter']} does not start: {failed[0]['error']}")
    return {row["instrumenter"]: row for row in rows}


def add_ratios(rows, starts, statistic):
    """Compares with Binaryen. A peer's memory has no base here, so it has no ratio."""
    baseline = rows[0]
    if "error" in baseline:
        return
    for row in rows[1:]:
        if "error" in row:
            continue
        row["mb_per_s"] = row["size"] / 1000 / row["wall"]["median"]
        row["ratio"] = row["wall"][statistic] / baseline["wall"][statistic]
        row["noise"] = row["wall"]["spread"] + baseline["wall"]["spread"]
        if is_whamm(row["instrumenter"]):
            row["above_start"] = row["wall"]["median"] - starts["whamm"]["wall"]["median"]
            above = baseline["peak"] - starts[BINARYEN]["peak"]
            if above > 0:
                row["memory_ratio"] = max(0, row["peak"] - starts["whamm"]["peak"]) / above
    baseline["mb_per_s"] = baseline["size"] / 1000 / baseline["wall"]["median"]


def measure_program(program, monitors, instrumenters, tools, starts, options, folder):
    """Rows of one program, Binaryen's first."""
    name, size = os.path.basename(program), os.path.getsize(program)
    output = os.path.join(folder, "out.wasm")
    row = {"program": name, "size": size, "instrumenter": BINARYEN, "monitor": None}
    series = [Series([tools.binaryen, program, output], output, row)]
    for monitor in monitors:
        for instrumenter in instrumenters:
            if instrumenter.can(monitor):
                row = {"program": name, "size": size, "instrumenter": instrumenter.name, "monitor": monitor.name}
                series.append(Series(instrumenter.get_command(monitor, program, output), output, row))
    rows = measure_alternating(series, options)
    add_ratios(rows, starts, options.statistic)
    return rows


def make_large(source, sizes, folder):
    """Programs of about these sizes, in bytes."""
    made = []
    for size in sizes:
        stem = os.path.splitext(os.path.basename(source))[0]
        output = os.path.join(folder, f"{stem}-{size / 1e6:g}MB.wasm")
        command = [sys.executable, os.path.join(FOLDER, "repeat.py"), source, output, "--size", str(size)]
        if subprocess.run(command).returncode:
            sys.exit(f"no large program can be made of {source}")
        made.append(output)
    return made


def get_start(instrumenter, starts):
    """The time that a process takes without a program; that of peers is not known, and counts as none."""
    name = "whamm" if is_whamm(instrumenter) else instrumenter
    return starts[name]["wall"]["median"] if name in starts else 0


def get_growth(rows, starts):
    """The exponents of growth, of the time above the start of the process."""
    groups = {}
    for row in rows:
        if "error" not in row:
            above = row["wall"]["median"] - get_start(row["instrumenter"], starts)
            groups.setdefault((row["instrumenter"], row["monitor"]), []).append((row["size"], above))
    return [
        {"instrumenter": instrumenter, "monitor": monitor, "exponent": exponent, "points": points}
        for (instrumenter, monitor), points in groups.items()
        if (exponent := stats.fit_exponent(points)) is not None
    ]
