"""What probes have to report: from the operands in the cases, not from the compiler."""
import csv
import math
import struct

from assembler import VALUE_TYPES

# Where the values of these come from is told by the names.
FAMILIES = ("argN", "resN", "immN", "localN")
RESULTS = ("resN", "failed")
# Names that only engines know.
ENGINE_ONLY = {"probe_id"}
# What has to be written to get at what cannot be reported.
EXPRESSIONS = {"targets": ("u32", "targets[0]"),
               "target_funcref": ("i32", "resolve_funcref(target_funcref, table_entry_idx)")}


def as_signed(kind, value):
    bits = int(kind[1:])
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def as_type(kind, value):
    """A value as a script's type shows it."""
    if kind in ("i32", "i64"):
        return as_signed(kind, value)
    if kind[0] == "u":
        return int(value) & ((1 << int(kind[1:])) - 1)
    if kind == "f32":
        return struct.unpack("<f", struct.pack("<f", value))[0] if math.isfinite(value) else value
    return value


def default_of(kind):
    return {"str": "", "bool": False, "f32": 0.0, "f64": 0.0}.get(kind, 0)


def same_value(kind, expected, text):
    if kind in ("f32", "f64"):
        actual = as_type(kind, float(text))
        return actual == expected or (math.isnan(actual) and math.isnan(expected))
    if kind == "bool":
        return text == ("true" if expected else "false")
    return text == str(expected)


class Name:
    """A bound name as a probe uses it."""

    def __init__(self, text, kind, bound=False, expression=None):
        self.text, self.kind, self.bound = text, kind, bound
        self.expression = expression or text


class Facts:
    """The cases of a module with what holds for them."""

    def __init__(self, builder, records, opcodes):
        self.name = builder.name
        self.cases = builder.cases
        self.by_name = {case.name: case for case in builder.cases}
        self.events = {records[e]["name"]: records[e] for e in records["!instanceof"]["Event"]}
        self.package = records["PackageOpcode"]
        self.records = records
        self.results = {}
        self.opcodes = self.read_opcodes(opcodes)

    def read_opcodes(self, path):
        """Number and category by event: from elsewhere, if there is such a table."""
        if path:
            with open(path, encoding="utf-8") as file:
                rows = csv.DictReader(file, delimiter="\t")
                return {r["name"]: (int(r["bytecode"], 16), int(r["category_id"]), r["category_name"]) for r in rows}
        table = {}
        for name, event in self.events.items():
            opcode = self.records[event["opcode"]["def"]]
            category = self.records[opcode["category"]["def"]]
            table[name] = (opcode["prefix"] * 256 + opcode["opcode"], category["id"], category["name"])
        return table

    def add_results(self, texts):
        """What the functions of the cases returned, as the host shows it."""
        for name, text in texts.items():
            case = self.by_name.get(name)
            if case and case.results and case.results[0] and "trap" not in text and "exception" not in text:
                number = text.rstrip("n").replace("Infinity", "inf")
                self.results[name] = float(number) if case.results[0][0] == "f" else int(number)

    def modes(self, event):
        return [self.records[mode["def"]]["name"] for mode in self.events[event]["modes"]]

    def cases_of(self, event):
        return [case for case in self.cases if case.event == event]

    def is_plain(self, function):
        """Replacing the instruction by its result changes nothing."""
        case = self.by_name.get(function)
        return case is not None and "after" in self.modes(case.event) and case.times("after") == 1 and \
            len(self.modes(case.event)) == 3

    def names(self, event, mode):
        """The names that a probe can use there, families taken apart by what the cases have."""
        out = {}
        for var in [*self.package["vars"], *self.events[event]["vars"]]:
            record = self.records[var["def"]]
            kind = self.records[record["type"]["def"]]["text"]
            if record["name"] in ENGINE_ONLY:
                continue
            is_result = record["source"] == "Res" or record["name"] in RESULTS
            if (is_result and mode != "after") or (record["dynamic"] and mode not in ("before", "after")):
                continue
            for name in self.take_apart(event, record, kind):
                out.setdefault((name.text, name.kind), name)
        return list(out.values())

    def take_apart(self, event, record, kind):
        text = record["name"]
        if text in EXPRESSIONS:
            return [Name(text, EXPRESSIONS[text][0], False, EXPRESSIONS[text][1])]
        if text in FAMILIES or kind == "unknown":
            return self.members(event, text)
        return [Name(text, kind)]

    def members(self, event, text):
        declared = {self.records[v["def"]]["name"] for v in self.events[event]["vars"]}
        found = {}
        for case in self.cases_of(event):
            lists = {"arg": [kind for kind, _ in case.args], "res": case.results, "imm": ["u32"] * len(case.imms),
                     "loc": [case.locals[i][0] if i in case.locals else None for i in range(max(case.locals, default=-1) + 1)]}
            for index, kind in enumerate(lists[text[:3]]):
                member = text.rstrip("N0123456789") + str(index)
                if kind is None or (member in declared and member != text):
                    continue
                found[member, kind] = Name(member, kind, text[:3] != "imm")
        return list(found.values())

    def value(self, case, name, mode):
        """The value of a name at a case; None where the probe does not match there."""
        if case.times(mode) is None:
            return None
        text, known = name.text, {**self.common(case), **case.statics}
        if text in ("targets",):
            return known[text][0]
        if text == "target_funcref":
            return known["resolved_fid"]
        if text in known:
            return as_type(name.kind, known[text]) if name.kind != "str" else known[text]
        kind, value = self.member_value(case, text, mode)
        if kind is None or (name.bound and kind != name.kind):
            return None
        return default_of(name.kind) if value is None else as_type(name.kind, value)

    def member_value(self, case, text, mode):
        index = int(text[-1])
        if text.startswith("arg"):
            return case.args[index] if index < len(case.args) else (None, None)
        if text.startswith("res"):
            kind = case.results[index] if index < len(case.results) else None
            return kind, self.results.get(case.name)
        if text.startswith("local"):
            behind = case.locals_after if mode == "after" else {}
            return {**case.locals, **behind}.get(index, (None, None))
        return ("imm", case.imms[index]) if index < len(case.imms) else (None, None)

    def common(self, case):
        number, category, category_name = self.opcodes[case.event]
        return {"fid": case.fid, "fname": case.name, "pc": case.pc, "opidx": case.opidx, "at_func_end": False,
                "opname": "select" if case.event == "typed_select" else case.event, "bytecode": number,
                "category_id": category, "category_name": category_name, "APP_MEMID": 0}
