"""Medians, how far measurements differ, and growth."""

import math
import statistics

# For an exponent of growth.
LEAST_SIZES = 3


def summarize(values):
    """A median, the smallest value, the half of the range between the quartiles in units of the
    median (`spread`), and how many values there are."""
    values = sorted(values)
    middle = statistics.median(values)
    if len(values) >= 4:
        lower, _, upper = statistics.quantiles(values, n=4)
    else:
        lower, upper = values[0], values[-1]
    spread = (upper - lower) / 2 / middle if middle else 0.0
    return {"median": middle, "least": values[0], "spread": spread, "count": len(values)}


def median_of(values):
    """The median of what there is, or None."""
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def fit_exponent(points):
    """The k of time = c * size^k that fits points (size, time) best, by least squares of logarithms.

    None where there are too few sizes to tell growth from noise.
    """
    logs = [(math.log(size), math.log(time)) for size, time in points if size > 0 and time > 0]
    if len({x for x, _ in logs}) < LEAST_SIZES:
        return None
    mean_x = statistics.fmean(x for x, _ in logs)
    mean_y = statistics.fmean(y for _, y in logs)
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return covariance / sum((x - mean_x) ** 2 for x, _ in logs)
