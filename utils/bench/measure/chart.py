"""The results as a picture: bars of overhead and of instrumentation time."""

import math
from html import escape

from . import stats
from .goals import INSTRUMENTATION, KINDS, LARGE_PROGRAM, OVERHEAD
from .tables import format_number, unique

# Positions and sizes in pixels.
LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH, NUMBER_WIDTH = 170, 460, 70, 35
BAR_HEIGHT, GROUP_GAP, TITLE_HEIGHT, LEGEND_HEIGHT, PADDING = 12, 10, 34, 22, 16
WIDTH = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH + 2 * PADDING
# Readable on white and on black.
COLOURS = ["#3b7dd8", "#d9822b", "#2a9d6f", "#a05bc4", "#c8475d", "#7a8a99"]
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 14px; }
  .value { font-size: 11px; }
  .back { fill: #ffffff; }
  .goal { stroke: #1f2328; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .back { fill: #0d1117; }
    .goal { stroke: #e6edf3; }
  }
"""


class Panel:
    """Groups of bars, one per series in each, on a logarithmic scale from 1 on where that is needed."""

    def __init__(self, title, groups, series, goals):
        self.title, self.groups, self.series, self.goals = title, groups, series, goals
        values = [value for bars in groups.values() for value in bars.values()] + list(goals.values())
        self.largest = max(values, default=1)
        self.is_logarithmic = self.largest > 20
        self.least = min(1.0, min(values, default=1)) / 1.5

    def scale(self, value):
        """The length of a bar."""
        if self.is_logarithmic:
            return BAR_WIDTH * math.log(value / self.least) / math.log(self.largest / self.least)
        return BAR_WIDTH * value / self.largest

    def draw(self, top):
        """Elements from `top` on, and where they end."""
        note = ", logarithmic" if self.is_logarithmic else ""
        parts = [f'<text class="title" x="{PADDING}" y="{top + 18}">{escape(self.title)}{note}</text>']
        y = top + TITLE_HEIGHT
        parts += self.draw_legend(y)
        y += LEGEND_HEIGHT
        for name, bars in self.groups.items():
            height = BAR_HEIGHT * len(self.series)
            parts.append(f'<text x="{PADDING}" y="{y + height / 2 + 4:g}">{escape(name)}</text>')
            parts += self.draw_bars(name, bars, y)
            y += height + GROUP_GAP
        return parts, y + PADDING

    def draw_legend(self, y):
        x, parts = PADDING, []
        for name, colour in zip(self.series, COLOURS):
            parts.append(f'<rect x="{x}" y="{y - 10}" width="10" height="10" fill="{colour}"/>')
            parts.append(f'<text x="{x + 15}" y="{y}">{escape(name)}</text>')
            x += 32 + 8 * len(name)
        if self.goals:
            parts.append(f'<line class="goal" x1="{x + 4}" x2="{x + 4}" y1="{y - 11}" y2="{y + 1}"/>')
            parts.append(f'<text x="{x + 12}" y="{y}">goal</text>')
        return parts

    def draw_bars(self, name, bars, top):
        left, parts = PADDING + LABEL_WIDTH, []
        goal = self.scale(self.goals[name]) if name in self.goals else None
        for place, (series, colour) in enumerate(zip(self.series, COLOURS)):
            if series not in bars:
                continue
            y, length = top + place * BAR_HEIGHT, max(1, self.scale(bars[series]))
            # The number is not written across the mark of the goal.
            end = goal if goal is not None and length - 5 <= goal <= length + NUMBER_WIDTH else length
            parts.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{BAR_HEIGHT - 2}" fill="{colour}"/>')
            parts.append(f'<text class="value" x="{left + end + 5:.1f}" y="{y + 9}">{format_number(bars[series])}</text>')
        if goal is not None:
            x, bottom = left + goal, top + BAR_HEIGHT * len(self.series)
            parts.append(f'<line class="goal" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 2}" y2="{bottom}"/>')
        return parts


def make_panel(title, rows, goals):
    """The medians of programs, per monitor and instrumenter; None where there are none."""
    rows = [row for row in rows if row.get("ratio", row.get("at_least"))]
    groups = {}
    for monitor in unique(row["monitor"] for row in rows):
        mine = [row for row in rows if row["monitor"] == monitor]
        groups[monitor] = {
            name: stats.median_of([row.get("ratio", row.get("at_least")) for row in mine if row["instrumenter"] == name])
            for name in unique(row["instrumenter"] for row in mine)
        }
    series = unique(row["instrumenter"] for row in rows)[: len(COLOURS)]
    goals = {name: limit for name, limit in goals.items() if name in groups}
    return Panel(title, groups, series, goals) if groups else None


def make_panels(results):
    for engine in unique(row["engine"] for row in results["overhead"]):
        rows = [row for row in results["overhead"] if row["engine"] == engine]
        yield make_panel(f"Run time over the original's, {engine}", rows, OVERHEAD if engine == "node" else {})
    rows = [row for row in results["speed"] if row["monitor"] and row["size"] >= LARGE_PROGRAM]
    goals = {name: INSTRUMENTATION[kind] for name, kind in KINDS.items() if kind in INSTRUMENTATION}
    yield make_panel("Instrumentation time over Binaryen's reading and writing, large programs", rows, goals)
    yield make_panel("Size over the original's", results["size"], {})


def draw(results):
    """The whole picture, as text."""
    parts, y = [], PADDING
    for panel in filter(None, make_panels(results)):
        drawn, y = panel.draw(y)
        parts += drawn
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y:g}" viewBox="0 0 {WIDTH} {y:g}">\n'
        f'<style>{STYLE}</style>\n<rect class="back" width="100%" height="100%"/>\n{body}\n</svg>\n'
    )
