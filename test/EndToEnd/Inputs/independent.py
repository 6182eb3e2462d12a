"""Counts that other tools make, beside ours.

independent.py trace TRACE REPORT
    TRACE: wasm-interp --trace of the program. The report: opcodes.mm.
independent.py entries TEXT LOG REPORT
    TEXT: wasm-opt --log-execution -S. LOG: what host.mjs printed.
    The report: functions.mm.
independent.py memory LOG REPORT
    LOG: what host.mjs printed under --instrument-memory.
    The report: memory.mm.
"""
import re
import sys
from collections import Counter

from report import Checks, read_report

# The interpreter compiles control flow to branches of its own, and keeps
# locals on its stack.
CONTROL = re.compile(r"block|loop|if|else|end|br.*|return|drop|local\..*|nop|unreachable|call_indirect")


def read_trace(path):
    """How often the interpreter executed each opcode."""
    counts = Counter()
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = re.match(r"#\d+\.\s+\d+: V:\d+\s*\| ([a-z0-9_.]+)", line)
            if match:
                counts[match[1]] += 1
    return counts


def check_trace(checks, trace, report):
    found = Counter()
    for row in read_report(report):
        found[row.event.split(":")[1]] += row.value
    counted = read_trace(trace)
    for opcode in found.keys() | counted.keys():
        if not CONTROL.fullmatch(opcode) and opcode in found:
            checks.equal(opcode, found[opcode], counted[opcode])
    least = sum(n for opcode, n in found.items() if not CONTROL.fullmatch(opcode))
    checks.equal("much was counted", least > 20000, True)


def entry_ids(path):
    """The log number at the top of each function, in the functions' order."""
    ids, waiting = [], False
    for line in open(path, encoding="utf-8"):
        if line.startswith(" (func "):
            waiting = True
            ids.append(None)
        match = re.match(r"\s+\(i32\.const (\d+)\)", line)
        if waiting and match and "log_execution" in previous:
            ids[-1] = int(match[1])
            waiting = False
        previous = line
    return ids


def check_entries(checks, text, log, report):
    logged = dict(tuple(map(int, line.split()[1:])) for line in open(log, encoding="utf-8") if line.startswith("id "))
    ids = entry_ids(text)
    entries = sorted((r.fid, r.value) for r in read_report(report) if r.name == "entries")
    checks.equal("number of functions", len(ids), len(entries))
    for number, (fid, value) in zip(ids, entries):
        checks.equal(f"entries of function {fid}", value, logged.get(number, 0))


def check_memory(checks, log, report):
    counted = {}
    for line in open(log, encoding="utf-8"):
        if line.startswith("memory "):
            _, name, value = line.split()
            counted[name] = int(value)
    for row in read_report(report):
        checks.equal(row.name, row.value, counted[row.name])
    checks.equal("much was counted", counted["loads"] > 1000 < counted["stores"], True)


def main():
    checks = Checks()
    {"trace": check_trace, "entries": check_entries, "memory": check_memory}[sys.argv[1]](checks, *sys.argv[2:])
    checks.finish(least=4)


main()
