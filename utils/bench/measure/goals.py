"""What the compiler should reach. docs/performance.md says what each figure is."""

from dataclasses import dataclass
from typing import Optional

from . import stats
from .monitors import BLOCK, MONITORS, STEP

# Run time over that of the original, median of programs, Node.js, best code.
OVERHEAD = {
    "instruction-count": 1.25,
    "instruction-mix": 1.25,
    "blocks": 1.25,
    "coverage": 1.25,
    "hotness": 1.25,
    "branches": 1.3,
    "loops": 1.3,
    "call-graph": 1.10,
    "functions": 1.10,
    "cache": 12,
    "memory-map": 40,
}
# Run time over that of code written by hand.
OVER_HAND = {"cache": 1.3}
# Time of instrumentation, in units of Binaryen's reading and writing, by kind of monitor, on
# programs larger than so many bytes.
INSTRUMENTATION = {BLOCK: 2.0, STEP: 4.0}
LARGE_PROGRAM = 500_000
# Milliseconds for a program of about that many bytes, and how far from it one may be.
SMALL_TIME = 80
SMALL_PROGRAM = 20_000
SMALL_TOLERANCE = 5_000
# Peak memory above what the process takes without a program, in units of Binaryen's.
MEMORY = 3.0
# Growth of time with size.
EXPONENT = 1.05

# Slower than everything that has been measured.
UNKNOWN = float("inf")

KINDS = {monitor.name: monitor.kind for monitor in MONITORS}


@dataclass
class Line:
    """A goal, and what has been measured; `value` is None where nothing has."""

    name: str
    limit: float
    value: Optional[float]
    note: str = ""

    @property
    def is_met(self):
        return None if self.value is None else self.value <= self.limit

    def encode(self):
        value = None if self.value == UNKNOWN else self.value
        return {"name": self.name, "limit": self.limit, "value": value, "met": self.is_met, "note": self.note}


def _worst(name, limit, candidates):
    """A line for the largest of (value, where it is)."""
    candidates = [each for each in candidates if each[0] is not None]
    if not candidates:
        return Line(name, limit, None)
    value, note = max(candidates)
    return Line(name, limit, value, note)


def _overhead_lines(results, best):
    for monitor, limit in OVERHEAD.items():
        rows = [
            row
            for row in results["overhead"]
            if row["engine"] == "node" and row["instrumenter"] == best and row["monitor"] == monitor
        ]
        # What was ended before its end, or fails, is as slow as can be.
        values = [row.get("ratio", UNKNOWN) for row in rows]
        incomplete = [row["program"] for row in rows if "ratio" not in row]
        note = f"{len(rows)} programs" if rows else ""
        if incomplete:
            note += f", without {', '.join(incomplete)}"
        yield Line(f"run time, {monitor}", limit, stats.median_of(values), note)
    for monitor, limit in OVER_HAND.items():
        values = [
            row["over_hand"]
            for row in results["overhead"]
            if row["engine"] == "node" and row["instrumenter"] == best and row["monitor"] == monitor and "over_hand" in row
        ]
        yield Line(f"run time over that by hand, {monitor}", limit, stats.median_of(values))


def _instrumentation_lines(results, best):
    ours = [row for row in results["speed"] if row["instrumenter"] == best and "ratio" in row]
    large = [row for row in ours if row["size"] >= LARGE_PROGRAM]

    def where(row):
        return f"{row['monitor']}, {row['program']}"

    for kind, limit in INSTRUMENTATION.items():
        rows = [(row["ratio"], where(row)) for row in large if KINDS[row["monitor"]] == kind]
        yield _worst(f"instrumentation time over Binaryen's, {kind}-level monitors", limit, rows)
    small = [row for row in ours if abs(row["size"] - SMALL_PROGRAM) <= SMALL_TOLERANCE]
    rows = [(row["wall"]["median"], where(row)) for row in small if KINDS[row["monitor"]] == BLOCK]
    yield _worst("instrumentation of a 20 kB program, ms", SMALL_TIME, rows)
    rows = [(row.get("memory_ratio"), where(row)) for row in large if KINDS[row["monitor"]] == BLOCK]
    yield _worst("memory over Binaryen's, block-level monitors", MEMORY, rows)
    rows = [(row["exponent"], row["monitor"]) for row in results["growth"] if row["instrumenter"] == best]
    yield _worst("exponent of growth", EXPONENT, rows)


def evaluate(results, best):
    """All lines, for the instrumenter `best`."""
    return [*_overhead_lines(results, best), *_instrumentation_lines(results, best)]
