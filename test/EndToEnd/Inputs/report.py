"""Reports and programs' outputs, as the tests here read them."""
from collections import namedtuple

BANNER = "REPORT CSV FLUSH"
Row = namedtuple("Row", "kind name type fname fid pc event value")


def parse_value(text):
    try:
        return int(text)
    except ValueError:
        return text


def parse_row(line):
    fields = line.split(", ", 10)
    _, kind, name, whamm_type, _, _, fname, fid, pc, probe, value = fields
    event = probe.split(":", 1)[1] if ":" in probe else ""
    return Row(kind, name, whamm_type, fname, int(fid or -1), int(pc or -1), event, parse_value(value))


def split_output(text):
    """What the program printed, and its report's rows."""
    start = text.find("\n" + "=" * 33 + " " + BANNER)
    if start < 0:
        return text, []
    return text[:start], [parse_row(line) for line in text[start:].splitlines()[3:]]


def read_report(path):
    output, rows = split_output("\n" + open(path, encoding="utf-8").read().lstrip("\n"))
    if output or not rows:
        raise SystemExit(f"{path} is no report")
    return rows


def keyed(rows, name):
    """The values of one variable's rows by (fid, pc)."""
    table = {}
    for row in rows:
        if row.name == name:
            if (row.fid, row.pc) in table:
                raise SystemExit(f"two rows of {name} at {row.fid}:{row.pc}")
            table[row.fid, row.pc] = row.value
    return table


def by_function(rows, name):
    """The sums of one variable's rows by function."""
    sums = {}
    for row in rows:
        if row.name == name:
            sums[row.fid] = sums.get(row.fid, 0) + row.value
    return sums


class Checks:
    """Counts comparisons and prints those that fail."""

    def __init__(self):
        self.done = self.failed = 0

    def equal(self, what, found, expected):
        self.done += 1
        if found != expected:
            self.failed += 1
            if self.failed <= 20:
                print(f"FAIL {what}: {found}, not {expected}")

    def finish(self, least=1):
        print(f"{self.done} comparisons, {self.failed} failed")
        raise SystemExit(self.failed > 0 or self.done < least)
