"""Figures of one run of the benchmark against those of another.

Of times only ratios are compared: milliseconds of other days and machines say nothing. Of all
figures, less is better.
"""

from .tables import format_number

# Changes below that are no changes, however little noise was seen.
LEAST_CHANGE = 0.02


def get_figures(results):
    """Names to (figure, noise), and the names of what has failed."""
    figures, failed = {}, set()

    def add(name, row, key, noise):
        if "error" in row:
            failed.add(name)
        elif key in row:
            figures[name] = (row[key], noise)

    for row in results["overhead"]:
        where = f"{row['engine']}, {row['program']}, {row['instrumenter']}, {row['monitor']}"
        add(f"run time: {where}", row, "ratio", row.get("noise", 0))
    for row in results["speed"]:
        if row["monitor"] is not None:
            where = f"{row['program']}, {row['instrumenter']}, {row['monitor']}"
            add(f"instrumentation time: {where}", row, "ratio", row.get("noise", 0))
            add(f"peak memory: {where}", row, "peak", 0)
    for row in results["size"]:
        where = f"{row['program']}, {row['instrumenter']}, {row['monitor']}"
        add(f"size: {where}", row, "ratio", 0)
    return figures, failed


def compare(old, new, threshold):
    """Lines about changes, and whether something is worse by more than `threshold`."""
    before, _ = get_figures(old)
    after, failed = get_figures(new)
    lines, is_worse = [], False
    for name, (value, noise) in before.items():
        if name in failed:
            lines.append(f"WORSE   {name}: fails")
            is_worse = True
        if name not in after:
            continue
        current, current_noise = after[name]
        change = current / value - 1 if value else float(current != value)
        bound = max(noise + current_noise, LEAST_CHANGE)
        if abs(change) <= bound:
            continue
        worse = change > threshold
        is_worse |= worse
        word = "WORSE" if worse else "better" if change < 0 else "more"
        lines.append(f"{word:<8}{name}: {format_number(value)} -> {format_number(current)} ({change:+.0%}, noise {bound:.0%})")
    missing = len(before.keys() - after.keys() - failed)
    if missing:
        lines.append(f"{missing} of {len(before)} figures of the baseline were not measured")
    if not lines:
        lines.append(f"no changes beyond noise in {len(before)} figures")
    return lines, is_worse
