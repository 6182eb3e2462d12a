"""The results as text."""

from . import stats
from .instrumenters import BINARYEN, BY_HAND


def format_table(header, rows, left=(0,)):
    """Columns as wide as they have to be; those of `left` are left-aligned."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]

    def format_line(line):
        cells = zip(line, widths)
        aligned = [cell.ljust(width) if place in left else cell.rjust(width) for place, (cell, width) in enumerate(cells)]
        return "  ".join(aligned).rstrip()

    return [format_line(line) for line in lines]


def unique(values):
    return list(dict.fromkeys(values))


def short(program):
    return program.removesuffix(".wasm")


def format_number(value):
    """Three digits that matter."""
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def format_ratio(row):
    if row is None:
        return "-"
    if "error" in row:
        return "fails"
    if "at_least" in row:
        return f"> {format_number(row['at_least'])}"
    return format_number(row.get("ratio"))


def pivot(rows, format_cell, summary=None):
    """A table with monitors down and programs across."""
    programs = unique(row["program"] for row in rows)
    cells = {(row["monitor"], row["program"]): row for row in rows}
    lines = []
    for monitor in unique(row["monitor"] for row in rows):
        found = [cells.get((monitor, program)) for program in programs]
        line = [monitor, *(format_cell(row) for row in found)]
        lines.append(line + ([summary(found)] if summary else []))
    return format_table(["monitor", *map(short, programs)] + (["median"] if summary else []), lines)


def median_ratio(rows):
    """The median of programs; those whose time was up are not less than they seem."""
    known = [row for row in rows if row and ("ratio" in row or "at_least" in row)]
    value = stats.median_of([row.get("ratio", row.get("at_least")) for row in known])
    mark = "> " if any("at_least" in row and row["at_least"] <= value for row in known) else ""
    return mark + format_number(value)


def get_errors(rows):
    """What failed, each reason once."""
    reasons = {}
    for row in rows:
        if "error" in row:
            key = (row["instrumenter"], row["monitor"], row["error"])
            reasons.setdefault(key, []).append(short(row["program"]))
    return [
        f"  fails: {instrumenter}, {monitor}, {', '.join(unique(programs))}: {error}"
        for (instrumenter, monitor, error), programs in reasons.items()
    ]


def machine_lines(results):
    machine, options = results["machine"], results["options"]
    lines = [f"{machine['processor']}, {machine['cores']} cores, load {machine['load']:.1f} at the beginning"]
    lines += [f"{name} {machine[name]}" for name in ("whamm", "node", "wizard") if name in machine]
    what = {"median": "medians", "least": "shortest times"}[options["statistic"]]
    end = " until it was interrupted" if results.get("interrupted") else " in all"
    return [*lines, f"{options['rounds']} rounds, {what}, {results['seconds']:.0f} s{end}"]


def overhead_lines(results):
    for engine in unique(row["engine"] for row in results["overhead"]):
        rows = [row for row in results["overhead"] if row["engine"] == engine]
        noise = [row for row in results["noise"] if row["engine"] == engine]
        yield from ["", f"== Run time over the original's, {engine}", ""]
        yield from format_table(
            ["original", *(short(row["program"]) for row in noise)],
            [
                ["ms", *(format_number(row["original"][results["options"]["statistic"]]) for row in noise)],
                ["compile ms", *(format_number(row["compile"]) for row in noise)],
                ["noise %", *(format_number(row["difference"] * 100) for row in noise)],
                ["largest noise %", *(format_number(row["largest_difference"] * 100) for row in noise)],
            ],
        )
        for instrumenter in unique(row["instrumenter"] for row in rows):
            yield from ["", f"-- {instrumenter}"]
            yield from pivot([row for row in rows if row["instrumenter"] == instrumenter], format_ratio, median_ratio)
        over_hand = [row for row in rows if "over_hand" in row]
        for instrumenter in unique(row["instrumenter"] for row in over_hand):
            yield from ["", f"-- {instrumenter}, over code {BY_HAND}"]
            mine = [{**row, "ratio": row["over_hand"]} for row in over_hand if row["instrumenter"] == instrumenter]
            yield from pivot(mine, format_ratio, median_ratio)
        yield from get_errors(rows)


def speed_lines(results):
    speed, starts = results["speed"], results["starts"]
    if not speed:
        return
    base = [row for row in speed if row["instrumenter"] == BINARYEN]
    yield from ["", "== Instrumentation", ""]
    yield "start of the process: " + ", ".join(
        f"{name} {format_number(row['wall']['median'])} ms, {row['peak'] / 1000:.1f} MB" for name, row in starts.items()
    )
    yield from ["", "-- Binaryen, reading and writing"]
    yield from format_table(
        ["program", *(short(row["program"]) for row in base)],
        [
            ["size, MB", *(f"{row['size'] / 1e6:.2f}" for row in base)],
            ["ms", *(format_number(row.get("wall", {}).get("median")) for row in base)],
            ["MB/s", *(format_number(row.get("mb_per_s")) for row in base)],
            ["peak, MB", *(format_number(row["peak"] / 1000 if "peak" in row else None) for row in base)],
        ],
    )
    figures = [
        ("ms", lambda row: format_number(row["wall"]["median"])),
        ("ms above the start", lambda row: format_number(row.get("above_start"))),
        ("MB/s", lambda row: format_number(row.get("mb_per_s"))),
        ("time over Binaryen's", lambda row: format_number(row.get("ratio"))),
        ("peak memory, MB", lambda row: format_number(row["peak"] / 1000)),
        ("memory over Binaryen's, above the start", lambda row: format_number(row.get("memory_ratio"))),
    ]
    for instrumenter in unique(row["instrumenter"] for row in speed if row["monitor"]):
        rows = [row for row in speed if row["instrumenter"] == instrumenter]
        for title, get in figures:
            yield from ["", f"-- {instrumenter}: {title}"]
            yield from pivot(rows, lambda row, get=get: "-" if row is None else "fails" if "error" in row else get(row))
        yield from get_errors(rows)


def growth_lines(results):
    rows = results["growth"]
    if not rows:
        return
    instrumenters = unique(row["instrumenter"] for row in rows)
    cells = {(row["instrumenter"], row["monitor"]): row["exponent"] for row in rows}
    yield from ["", "== Exponent of growth: time above the start ~ size^k", ""]
    yield from format_table(
        ["monitor", *instrumenters],
        [
            [monitor or "-", *(format_number(cells.get((instrumenter, monitor))) for instrumenter in instrumenters)]
            for monitor in unique(row["monitor"] for row in rows)
        ],
    )


def size_lines(results):
    rows = results["size"]
    if not rows:
        return
    yield from ["", "== Size over the original's"]
    for instrumenter in unique(row["instrumenter"] for row in rows):
        yield from ["", f"-- {instrumenter}"]
        mine = [row for row in rows if row["instrumenter"] == instrumenter]
        yield from pivot(mine, format_ratio, median_ratio)
        yield from get_errors(mine)


def goal_lines(results):
    words = {True: "met", False: "MISSED", None: "not measured"}
    yield from ["", "== Goals", ""]
    yield from format_table(
        ["goal", "at most", "is", "", ""],
        [
            [line["name"], format_number(line["limit"]), format_number(line["value"]), words[line["met"]], line["note"]]
            for line in results["goals"]
        ],
        left=(0, 3, 4),
    )


def format_results(results):
    parts = (machine_lines, overhead_lines, speed_lines, growth_lines, size_lines, goal_lines)
    return "\n".join(line for part in parts for line in part(results)) + "\n"
