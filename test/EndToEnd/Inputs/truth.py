"""truth.py OUTPUT REPORT: compares what selfcount.c counted itself with the
report of selfcount.mm."""
import sys

from report import Checks, read_report


def main():
    truth = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        if line.startswith("truth "):
            name, value = line[6:].rsplit(" ", 1)
            truth[name] = int(value)
    rows = read_report(sys.argv[2])

    def total(name, fname=None):
        return sum(r.value for r in rows if r.name == name and fname in (None, r.fname))

    checks = Checks()
    for name, value in truth.items():
        if name.startswith("calls "):
            checks.equal(name, total("calls", name[6:]), value)
    for name, variable in [
        ("indirect", "indirect"),
        ("bytes", "allocated"),
        ("allocations", "allocations"),
        ("maxDepth", "max_depth"),
        ("stores", "stores"),
        ("loads", "loads"),
        ("divisions", "divisions"),
        ("squareRoots", "roots"),
        ("remainders", "remainders"),
        ("decodedSum", "sum"),
        ("leaves", "no_child"),
        ("case 0", "case0"),
        ("case 3", "case3"),
        ("case 7", "case7"),
        ("case 8", "defaults"),
    ]:
        checks.equal(name, total(variable), truth[name])
    checks.equal("depth at the end", total("depth"), 0)
    checks.finish(least=30)


main()
