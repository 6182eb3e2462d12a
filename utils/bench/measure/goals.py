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


def _worst(name, limit, rows, key, where):
    """A line for the largest figure, which says where that is, and how many rows have none for a failure."""
    known = [row for row in rows if row.get(key) is not None]
    failed = [row for row in rows if "error" in row]
    notes = [f"{len(failed)} of {len(rows)} fail"] if failed else []
    if not known:
        return Line(name, limit, None, *notes)
    worst = max(known, key=lambda row: row[key])
    return Line(name, limit, worst[key], "; ".join([where(worst), *notes]))


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
    ours = [row for row in results["speed"] if row["instrumenter"] == best]
    large = [row for row in ours if row["size"] >= LARGE_PROGRAM]

    def where(row):
        return f"{row['monitor']}, {row['program']}"

    def of_kind(rows, kind):
        return [row for row in rows if KINDS[row["monitor"]] == kind]

    for kind, limit in INSTRUMENTATION.items():
        name = f"instrumentation time over Binaryen's, {kind}-level monitors"
        yield _worst(name, limit, of_kind(large, kind), "ratio", where)
    small = [row for row in ours if abs(row["size"] - SMALL_PROGRAM) <= SMALL_TOLERANCE]
    times = [{**row, "ms": row["wall"]["median"]} if "wall" in row else row for row in of_kind(small, BLOCK)]
    yield _worst("instrumentation of a 20 kB program, ms", SMALL_TIME, times, "ms", where)
    name = "memory over Binaryen's, block-level monitors"
    yield _worst(name, MEMORY, of_kind(large, BLOCK), "memory_ratio", where)
    growth = [row for row in results["growth"] if row["instrumenter"] == best]
    yield _worst("exponent of growth", EXPONENT, growth, "exponent", lambda row: row["monitor"])


def evaluate(results, best):
    """All lines, for the instrumenter `best`."""
    return [*_overhead_lines(results, best), *_instrumentation_lines(results, best)]
