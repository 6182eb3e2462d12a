"""identities.py REPORT [--unwound] [--start]: laws between the counts of a program under
opcodes.mm, branches.mm, functions.mm, blocks.mm and modes.mm in one script.

--unwound: the program ends in nested calls (exit, trap), so that a few
functions and calls do not return.
--start: a start function runs, too."""
import sys

from report import Checks, by_function, keyed, read_report


class Function:
    """The instructions of a function in their order, with their counts."""

    def __init__(self, fid):
        self.fid = fid
        self.instructions = []  # (pc, opcode, count)
        self.index = {}

    def add(self, pc, opcode, count):
        self.index[pc] = len(self.instructions)
        self.instructions.append((pc, opcode, count))

    def next_count(self, pc):
        return self.instructions[self.index[pc] + 1][2]

    def structure(self):
        """For each construct its opener's pc, and the pcs of else and end."""
        result, open_ones = {}, []
        for pc, opcode, _ in self.instructions:
            if opcode in ("block", "loop", "if", "try_table"):
                open_ones.append(pc)
                result[pc] = [None, None]
            elif opcode == "else":
                result[open_ones[-1]][0] = pc
            elif opcode == "end" and open_ones:
                result[open_ones.pop()][1] = pc
        return result


def read_functions(rows):
    functions = {}
    for row in rows:
        if row.name == "count":
            functions.setdefault(row.fid, []).append(row)
    result = {}
    for fid, sites in functions.items():
        function = result[fid] = Function(fid)
        for row in sorted(sites, key=lambda r: r.pc):
            function.add(row.pc, row.event.split(":")[2], row.value)
    return result


def check_blocks(checks, rows, functions, unwound):
    """Blocks partition the instructions, and each of a block's runs as often
    as its end, but where a call does not come back."""
    starts, ends, lengths = keyed(rows, "starts"), keyed(rows, "ends"), keyed(rows, "length")
    lost = 0
    for fid, function in functions.items():
        start, length = None, 0
        for pc, _, count in function.instructions:
            where = f"function {fid}, pc {pc}"
            if start is None:
                start, length = pc, 0
                checks.equal(f"start of a block at {where}", starts.get((fid, pc)), count)
            else:
                checks.equal(f"no second start at {where}", starts.get((fid, pc)), None)
            length += 1
            if (fid, pc) not in ends:
                continue
            checks.equal(f"length at {where}", lengths[fid, pc], length)
            checks.equal(f"end of a block at {where}", ends[fid, pc], count)
            lost += starts[fid, start] - ends[fid, pc]
            if not unwound:
                checks.equal(f"executions of the block at {where}", starts[fid, start], ends[fid, pc])
            start = None
        checks.equal(f"blocks cover function {fid}", start, None)
    if unwound:
        checks.equal("blocks are left early", 0 < lost < 50, True)
    else:
        checks.equal("instructions by block", sum(r.value for r in rows if r.name == "instructions"),
                     sum(r.value for r in rows if r.name == "count"))


def check_branches(checks, rows, functions):
    count = keyed(rows, "count")
    for first, second in [("taken", "not_taken"), ("yes", "no")]:
        other = keyed(rows, second)
        for site, value in keyed(rows, first).items():
            checks.equal(f"{first} + {second} at {site}", value + other[site], count[site])
    for site, value in keyed(rows, "tables").items():
        checks.equal(f"br_table at {site}", value, count[site])
    not_taken = keyed(rows, "not_taken")
    for site, value in keyed(rows, "passed").items():
        checks.equal(f"after br_if at {site}", value, not_taken[site])
        checks.equal(f"instruction behind br_if at {site}", functions[site[0]].next_count(site[1]), value)
    for site, value in keyed(rows, "arrived").items():
        checks.equal(f"target of the branch at {site}", value, count[site])


def check_structure(checks, rows, functions):
    """Entries and exits of constructs agree with their first and last
    instructions."""
    entered, left, behind = keyed(rows, "entered"), keyed(rows, "left"), keyed(rows, "behind")
    count, yes, no = keyed(rows, "count"), keyed(rows, "yes"), keyed(rows, "no")
    for fid, function in functions.items():
        for pc, (middle, end) in function.structure().items():
            opcode = function.instructions[function.index[pc]][1]
            if opcode == "try_table":
                continue
            where = f"{opcode} at {fid}:{pc}"
            checks.equal(f"entry of {where}", entered[fid, pc], function.next_count(pc))
            checks.equal(f"exit of {where}", left[fid, pc], count[fid, middle or end])
            checks.equal(f"after {where}", behind[fid, pc], function.next_count(end))
            if opcode == "if":
                checks.equal(f"then of {where}", entered[fid, pc], yes[fid, pc])
            if middle:
                checks.equal(f"else of {where}", entered[fid, middle], no[fid, pc])
                checks.equal(f"end of else of {where}", left[fid, middle], count[fid, end])
                checks.equal(f"after else of {where}", behind[fid, middle], function.next_count(end))


def check_calls(checks, rows, functions, unwound):
    entries, exits = by_function(rows, "entries"), by_function(rows, "exits")
    direct = dict.fromkeys(entries, 0)
    callee, calls, count = keyed(rows, "callee"), keyed(rows, "calls"), keyed(rows, "count")
    for site, target in callee.items():
        checks.equal(f"call at {site}", calls[site], count[site])
        if target in direct:
            direct[target] += calls[site]
    indirect = sum(r.value for r in rows if r.name == "indirect")
    beyond = {fid: n - direct[fid] for fid, n in entries.items() if n != direct[fid]}
    checks.equal("functions are entered by calls", min(beyond.values()) > 0, True)
    checks.equal("entries beyond direct calls", sum(beyond.values()), indirect + 1 + ("--start" in sys.argv))
    difference = sum(entries.values()) - sum(exits.values())
    returned = sum(r.value for r in rows if r.name == "returned")
    ordinary = sum(r.value for r in rows if r.name in ("calls", "indirect") and ":return_call" not in r.event)
    missing = ordinary - returned
    if unwound:
        checks.equal("few functions do not return", 0 <= difference <= 20, True)
        checks.equal("few calls do not return", 0 < missing <= 20, True)
        return
    for fid, n in entries.items():
        checks.equal(f"exits of function {fid}", exits[fid], n)
    checks.equal("calls that do not return", missing, 0)


def main():
    rows = read_report(sys.argv[1])
    unwound = "--unwound" in sys.argv
    checks = Checks()
    functions = read_functions(rows)
    check_blocks(checks, rows, functions, unwound)
    check_branches(checks, rows, functions)
    check_structure(checks, rows, functions)
    check_calls(checks, rows, functions, unwound)
    checks.finish(least=200)


main()
