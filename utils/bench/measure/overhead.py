"""How long instrumented programs run, beside the originals."""

import os
from dataclasses import dataclass, field

from . import stats
from .instrumenters import BY_HAND, instrument

# A round runs what is short several times: until that takes so many milliseconds, but not too often.
ROUND_TIME = 80
MOST_RUNS = 5
# How many variants there are between two originals.
BETWEEN_ORIGINALS = 4


@dataclass
class Variant:
    """One program to run, in turns with others, with what has been measured of it."""

    program: str
    libraries: dict
    row: dict
    # Runs of each round.
    rounds: list = field(default_factory=list)
    failure: object = None
    is_open: bool = True
    # Whether there is a time after which it is not run again.
    has_budget: bool = True

    @property
    def runs(self):
        return [run for each in self.rounds for run in each]

    def begin_round(self):
        self.rounds.append([])

    def run(self, engine, options):
        runs, before = [], self.rounds[-1]
        while self.is_open and len(runs) < MOST_RUNS and sum(run.run for run in runs) < ROUND_TIME:
            result = engine.run(self.program, self.libraries, options.limit)
            if result.error is not None:
                self.failure, self.is_open = result, False
                return
            runs.append(result)
            before.append(result)
        if self.has_budget and sum(run.wall for run in self.runs) > options.budget * 1000:
            self.is_open = False

    def summarize(self, figure):
        return stats.summarize([getattr(each, figure) for each in self.runs])


def build_variants(program, monitors, instrumenters, options, folder):
    """Instrumented programs, and rows for those that cannot be made."""
    stem = os.path.splitext(os.path.basename(program))[0]
    variants, failures = [], []
    for monitor in monitors:
        for number, instrumenter in enumerate(instrumenters):
            if not monitor.runs or not instrumenter.can(monitor) or not getattr(instrumenter, "runs", True):
                continue
            row = {"program": os.path.basename(program), "monitor": monitor.name, "instrumenter": instrumenter.name}
            output = os.path.join(folder, f"{stem}-{monitor.name}-{number}.wasm")
            if error := instrument(instrumenter, monitor, program, output, options.limit):
                failures.append({**row, "error": error})
                continue
            row["size"], row["output_size"] = os.path.getsize(program), os.path.getsize(output)
            variants.append(Variant(output, instrumenter.get_libraries(monitor), row))
    return variants, failures


def compare(variant, originals, statistic):
    """What one variant costs, by its `statistic`: median or least. Where its time was up, the least that it costs."""
    row = variant.row
    original = stats.summarize([run.run for each in originals for run in each.runs])
    if variant.failure and variant.failure.timed_out:
        row["at_least"] = variant.failure.wall / original[statistic]
    elif variant.failure:
        row["error"] = variant.failure.error
    elif {run.exit for run in variant.runs} != {run.exit for each in originals for run in each.runs}:
        row["error"] = "ends with another exit code than the original"
    else:
        for figure in ("run", "compile", "report"):
            row[figure] = variant.summarize(figure)
        row["ratio"] = row["run"][statistic] / original[statistic]
        row["noise"] = row["run"]["spread"] + original["spread"]
    return row


def add_over_hand(rows, variants, statistic):
    """Compares with the code written by hand, which has to have observed the same."""
    by_hand = {row["monitor"]: (row, variant) for row, variant in zip(rows, variants) if row["instrumenter"] == BY_HAND}
    for row, variant in zip(rows, variants):
        hand, hand_variant = by_hand.get(row["monitor"], (None, None))
        if hand is None or row is hand or "ratio" not in row or "ratio" not in hand:
            continue
        row["over_hand"] = row["run"][statistic] / hand["run"][statistic]
        if variant.runs[0].values and variant.runs[0].values != hand_variant.runs[0].values:
            observed = f"observes {variant.runs[0].values}, by hand {hand_variant.runs[0].values}"
            del row["ratio"], row["over_hand"]
            row["error"] = observed


def describe_noise(engine, program, originals):
    """How far two measurements of the original in a round are from each other."""
    medians = [[stats.median_of([run.run for run in runs]) for runs in each.rounds] for each in originals]
    differences = [abs(a - b) / ((a + b) / 2) for a, b in zip(*medians)]
    return {
        "engine": engine.name,
        "program": os.path.basename(program),
        "original": stats.summarize([run.run for each in originals for run in each.runs]),
        "compile": stats.median_of([run.compile for each in originals for run in each.runs]),
        "difference": stats.median_of(differences),
        "largest_difference": max(differences),
    }


def make_order(variants, originals):
    """Whom a round runs: the originals in turns between the variants, as all are divided by them."""
    order = []
    for place, variant in enumerate(variants):
        if place % BETWEEN_ORIGINALS == 0:
            order.append(originals[place // BETWEEN_ORIGINALS % 2])
        order.append(variant)
    return [*order, originals[1]]


class CannotRun(Exception):
    """An engine does not run an original program."""


def measure_program(engine, program, variants, options):
    """Rows of one program on one engine, and the noise."""
    originals = [Variant(program, {}, {}, has_budget=False) for _ in range(2)]
    engine.run(program, {}, options.limit)
    for _ in range(options.rounds):
        for variant in (*variants, *originals):
            variant.begin_round()
        for variant in make_order(variants, originals):
            if variant.is_open:
                variant.run(engine, options)
        if failed := [each for each in originals if each.failure]:
            raise CannotRun(f"{engine.name} does not run {program}: {failed[0].failure.error}")
        if not any(each.is_open for each in variants):
            break
    rows = [compare(variant, originals, options.statistic) for variant in variants]
    add_over_hand(rows, variants, options.statistic)
    rows = [{"engine": engine.name, **row} for row in rows]
    return rows, describe_noise(engine, program, originals)


def runs_long_enough(engine, program, least, options):
    """Whether the original takes `least` milliseconds, or nothing where it cannot be run."""
    runs = [engine.run(program, {}, options.limit) for _ in range(3)]
    if any(each.error for each in runs):
        return None
    return min(each.run for each in runs) >= least
