"""An execution of every instruction that has an event, with known operands.

A case is a function of its own, named after its event, that has the instruction
once. Operands and results are listed top of the stack first, as scripts count."""
from dataclasses import dataclass, field

from assembler import (ANYREF, ARRAYREF, EMPTY, EQREF, EXNREF, EXTERNREF, F32, F64, FUNCREF, I31REF, I32, I64, Module,
                       VALUE_TYPES, array_type, function_type, ref, ref_null, signed, struct_type, unsigned, vector)

# Two operands of each type, bottom first: friendly ones, then ones with signs.
OPERANDS = [{"i32": [70, 5, 3], "i64": [(7 << 33) + 9, 5, 2], "f32": [2.5, 1.25], "f64": [6.75, 1.5]},
            {"i32": [-7, 3, 1], "i64": [-9, 4, 1], "f32": [-2.5, 0.5], "f64": [-6.75, 0.25]}]
ADDRESS, OFFSET = 24, 8
# What `memory` holds from ADDRESS + OFFSET on.
BYTES = bytes(range(0x81, 0x81 + 32))


@dataclass
class Case:
    event: str
    # (type, value), top first; type None for what is no number.
    args: list = field(default_factory=list)
    # Types of results, top first; None for what is no number.
    results: list = field(default_factory=list)
    imms: list = field(default_factory=list)
    # Other names with what they have to be.
    statics: dict = field(default_factory=dict)
    # (type, value) by index; what differs behind the instruction.
    locals: dict = field(default_factory=dict)
    locals_after: dict = field(default_factory=dict)
    # How often probes run, by mode.
    runs: dict = field(default_factory=dict)
    name: str = ""
    fid: int = -1
    pc: int = -1
    opidx: int = -1

    def times(self, mode):
        return self.runs.get(mode, 1 if mode in ("before", "after", "alt") else 0)


class Builder:
    """A module of cases."""

    def __init__(self, opcodes, name):
        self.module = Module(opcodes)
        self.name = name
        self.cases = []

    def add(self, case, code, target, results=(), local_types=()):
        """A function whose instruction number `target` is the one of the case."""
        number = sum(other.event == case.event for other in self.cases)
        case.name = f"{case.event}.{number}"
        case.fid, places = self.module.function(case.name, function_type((), results), code, local_types)
        case.pc, case.opidx = places[target]
        assert code[target][0] == case.event if target >= 0 else True
        self.cases.append(case)

    def plain(self, event, operands=(), results=(), immediates=(), **facts):
        """Constants, the instruction, and its results, dropped where a host cannot take them."""
        code = [constant(*operand) if isinstance(operand, tuple) and operand[0] in VALUE_TYPES else operand[1]
                for operand in operands]
        code = [part for parts in code for part in (parts if isinstance(parts, list) else [parts])]
        target = len(code)
        code.append((event, *immediates))
        shown = results and all(result in VALUE_TYPES for result in results)
        if not shown:
            code += [("drop",)] * len(results)
        args = [operand if operand[0] in VALUE_TYPES else (None, None) for operand in reversed(operands)]
        case = Case(event, args, [r if r in VALUE_TYPES else None for r in reversed(results)], **facts)
        self.add(case, code, target, [VALUE_TYPES[r] for r in results] if shown else ())
        return case


def constant(kind, value):
    return (f"{kind}.const", value)


def reference(*code):
    """An operand that is no number."""
    return ("ref", list(code))


#===----------------------------------------------------------------------===#
# Instructions that are alike
#===----------------------------------------------------------------------===#


def add_numeric(builder, records, events):
    """Every instruction without immediates that takes and gives numbers."""
    for event in events:
        opcode = records[records[event]["opcode"]["def"]]
        kinds = [kind["def"].lower() for kind in opcode["operands"]]
        results = [kind["def"].lower() for kind in opcode["results"]]
        simple = opcode["immediates"]["def"] == "NoImm" and opcode["rule"]["def"] == "Fixed" and kinds
        if not simple or not set(kinds + results) <= set(VALUE_TYPES):
            continue
        for values in OPERANDS:
            left = {kind: list(rest) for kind, rest in values.items()}
            builder.plain(records[event]["name"], [(kind, left[kind].pop(0)) for kind in kinds], results)


def add_constants(builder):
    for kind, values in (("i32", [70, -7]), ("i64", [1 << 40, -9]), ("f32", [2.5, -0.25]), ("f64", [6.75, -1e100])):
        for value in values:
            builder.plain(f"{kind}.const", [], [kind], [value], imms=[value])


def access_bytes(event):
    """`i64.load16_s` -> 2, without the tables."""
    kind, _, rest = event.partition(".")
    part = rest.replace("atomic.", "").replace("rmw", "")
    digits = "".join(c for c in part.split(".")[0] if c.isdigit())
    return int(digits) // 8 if digits else {"i": 4, "f": 4}[kind[0]] * (2 if kind.endswith("64") else 1)


def add_access(builder, event, operands, results, is_write, size=None, address_at=0):
    """A memory access: the address is operand number `address_at` from the top."""
    has_size = size is None
    size = size or access_bytes(event)
    statics = {"memory": 0, "align": size.bit_length() - 1, "offset": OFFSET, "is_write": is_write,
               "addr": ADDRESS, "effective_addr": ADDRESS + OFFSET}
    if has_size:
        statics["data_size"] = size
    builder.plain(event, [("i32", ADDRESS), *operands], results, [(size.bit_length() - 1, OFFSET)], statics=statics)


def add_loads_and_stores(builder, events):
    for event in events:
        kind = event[:3]
        if ".load" in event and kind in VALUE_TYPES and "atomic" not in event:
            add_access(builder, event, [], [kind], False)
        elif ".store" in event and kind in VALUE_TYPES and "atomic" not in event:
            add_access(builder, event, [(kind, OPERANDS[1][kind][0])], [], True)


def add_atomics(builder, events):
    for event in events:
        kind = event[:3]
        if ".atomic.load" in event:
            add_access(builder, event, [], [kind], False)
        elif ".atomic.store" in event:
            add_access(builder, event, [(kind, 0x5152)], [], True)
        elif "cmpxchg" in event:
            add_access(builder, event, [(kind, 0x81), (kind, 0x5152)], [kind], True)
        elif ".atomic.rmw" in event:
            add_access(builder, event, [(kind, 0x5152)], [kind], True)
    add_access(builder, "memory.atomic.notify", [("i32", 3)], ["i32"], False, size=4)
    add_access(builder, "memory.atomic.wait32", [("i32", 9), ("i64", 100)], ["i32"], False, size=4)
    add_access(builder, "memory.atomic.wait64", [("i64", 9), ("i64", 100)], ["i32"], False, size=8)
    builder.plain("atomic.fence")


#===----------------------------------------------------------------------===#
# Variables, memories, tables
#===----------------------------------------------------------------------===#


def add_variables(builder):
    types = [I32, I64, F32, F64]
    zeros = {index: (kind, 0) for index, kind in enumerate(VALUE_TYPES)}
    for index, (kind, value) in enumerate([("i32", -70), ("i64", 1 << 50), ("f32", 2.5), ("f64", -6.75)]):
        set_local = [constant(kind, value), ("local.set", index)]
        case = Case("local.get", [], [kind], [index], locals={**zeros, index: (kind, value)})
        builder.add(case, [*set_local, ("local.get", index)], 2, [types[index]], types)
        for event, results in (("local.set", []), ("local.tee", [kind])):
            case = Case(event, [(kind, value)], results, [index], locals=zeros, locals_after={index: (kind, value)})
            builder.add(case, [constant(kind, value), (event, index)], 1, types[index:index + 1] if results else [],
                        types)
        builder.module.globals.append(types[index] + b"\1" + builder.module.opcodes.encode(*constant(kind, value)) +
                                      b"\x0b")
        builder.plain("global.get", [], [kind], [index], imms=[index])
        builder.plain("global.set", [(kind, value)], [], [index], imms=[index])


def add_bulk(builder):
    three = [("i32", 64), ("i32", 2), ("i32", 3)]
    builder.plain("memory.init", three, [], [1, 0], imms=[1, 0])
    builder.plain("memory.copy", [("i32", 80), ("i32", 32), ("i32", 8)], [], [0, 0], imms=[0, 0])
    builder.plain("memory.fill", [("i32", 90), ("i32", 0xAB), ("i32", 5)], [], [0], imms=[0])
    builder.plain("data.drop", [], [], [1], imms=[1])
    builder.plain("memory.size", [], ["i32"], [0], imms=[0])
    builder.plain("memory.grow", [("i32", 1)], ["i32"], [0], imms=[0], statics={"failed": False})
    builder.plain("memory.grow", [("i32", 60000)], ["i32"], [0], imms=[0], statics={"failed": True})


def add_tables(builder, callee):
    function = reference(("ref.func", callee))
    builder.plain("table.get", [("i32", 2)], ["funcref"], [1], imms=[1],
                  statics={"table_entry_idx": 2, "resolved_fid": callee})
    builder.plain("table.get", [("i32", 1)], ["funcref"], [1], imms=[1],
                  statics={"table_entry_idx": 1, "resolved_fid": -1})
    builder.plain("table.set", [("i32", 5), function], [], [1], imms=[1], statics={"resolved_fid": callee})
    builder.plain("table.size", [], ["i32"], [1], imms=[1])
    builder.plain("table.grow", [function, ("i32", 2)], ["i32"], [1], imms=[1])
    builder.plain("table.fill", [("i32", 3), function, ("i32", 2)], [], [1], imms=[1])
    three = [("i32", 4), ("i32", 0), ("i32", 1)]
    builder.plain("table.copy", three, [], [1, 0], imms=[1, 0])
    builder.plain("table.init", three, [], [1, 1], imms=[1, 1])
    builder.plain("elem.drop", [], [], [1], imms=[1])
    builder.plain("ref.null", [], ["ref"], [-16])
    builder.plain("ref.is_null", [reference(("ref.null", -16))], ["i32"])
    builder.plain("ref.is_null", [function], ["i32"])
    builder.plain("ref.func", [], ["ref"], [callee], imms=[callee], statics={"resolved_fid": callee})


#===----------------------------------------------------------------------===#
# Control
#===----------------------------------------------------------------------===#


def add_calls(builder, imported, callee):
    type_index = builder.module.type(function_type([I32, I64], [I32]))
    operands = [("i32", 70), ("i64", -9)]
    here = {"target_fn_type": "local", "target_imp_module": "", "target_fn_name": "callee"}
    there = {"target_fn_type": "import", "target_imp_module": "env", "target_fn_name": "imported"}
    slot = {"table_entry_idx": 2, "resolved_fid": callee}
    builder.plain("call", operands, ["i32"], [callee], imms=[callee], statics=here)
    builder.plain("call", [("i32", 9)], [], [imported], imms=[imported], statics=there)
    builder.plain("call_indirect", [*operands, ("i32", 2)], ["i32"], [type_index, 0], imms=[type_index, 0],
                  statics=slot)
    tail = {"after": 0}
    builder.plain("return_call", operands, ["i32"], [callee], imms=[callee], statics=here, runs=tail)
    builder.plain("return_call_indirect", [*operands, ("i32", 2)], ["i32"], [type_index, 0], imms=[type_index, 0],
                  statics=slot, runs=tail)
    for case in builder.cases:
        if case.event.startswith("return_call"):
            case.results = []


def add_blocks(builder):
    two = builder.module.type(function_type([I32], [I64]))
    ways = {"before": 1, "after": 1, "entry": 1, "exit": 1, "alt": 1}
    inside = [("drop",), ("i64.const", 8), ("end",)]
    for event in ("block", "loop"):
        case = Case(event, [("i32", 70)], ["i64"], runs=ways)
        builder.add(case, [("i32.const", 70), (event, two), *inside], 1, [I64])
    case = Case("if", [("i32", 6), ("i32", 70)], ["i64"], runs=ways)
    arms = [("drop",), ("i64.const", 8), ("else",), ("drop",), ("i64.const", 9), ("end",)]
    builder.add(case, [("i32.const", 70), ("i32.const", 6), ("if", two), *arms], 2, [I64])
    # The else arm runs: nothing falls into `else` itself.
    case = Case("else", runs={"before": 0, "after": 1, "entry": 1, "exit": 1, "alt": 1})
    builder.add(case, [("i32.const", 0), ("if", EMPTY), ("nop",), ("else",), ("nop",), ("end",)], 3)
    case = Case("end", runs={"before": 1, "after": 1})
    builder.add(case, [("block", EMPTY), ("nop",), ("end",), ("nop",)], 2)
    # Nothing is behind the last one.
    case = Case("end", statics={"at_func_end": True}, runs={"before": 1, "after": None})
    builder.add(case, [("nop",)], -1)
    # Three rounds of a loop.
    case = Case("loop", runs={"before": 1, "after": 1, "entry": 3, "exit": 1, "alt": 1})
    builder.add(case, [("i32.const", 3), ("local.set", 0), ("loop", EMPTY), ("local.get", 0), ("i32.const", 1),
                       ("i32.sub",), ("local.tee", 0), ("br_if", 0), ("end",)], 2, [], [I32])


def add_branches(builder):
    builder.add(Case("br", [], [], [1], runs={"after": 0, "at_target": 1}),
                [("block", EMPTY), ("block", EMPTY), ("br", 1), ("end",), ("end",)], 2)
    for value, taken in ((6, True), (0, False)):
        case = Case("br_if", [("i32", value)], [], [0], runs={"after": not taken, "at_target": 1})
        builder.add(case, [("block", EMPTY), ("i32.const", value), ("br_if", 0), ("nop",), ("end",)], 2)
    for value, target in ((0, 0), (1, 1), (-1, 2)):
        case = Case("br_table", [("i32", value)], [], [1, 0, 2], runs={"after": 0, "at_target": 1},
                    statics={"num_targets": 2, "default_target": 2, "target": target, "targets": {0: 1, 1: 0}})
        builder.add(case, [*[("block", EMPTY)] * 3, ("i32.const", value), ("br_table", ([1, 0], 2)),
                           *[("end",)] * 3], 4)
    builder.add(Case("return", runs={"after": 0}), [("i32.const", 3), ("return",), ("i32.const", 9)], 1, [I32])
    builder.add(Case("unreachable", runs={"after": 0}), [("unreachable",), ("i32.const", 4)], 0, [I32])


def add_misc(builder):
    builder.plain("nop")
    for values in OPERANDS:
        for kind in VALUE_TYPES:
            builder.plain("drop", [(kind, values[kind][0])])
            operands = [(kind, values[kind][0]), (kind, values[kind][1]), ("i32", 1)]
            builder.plain("select", operands, [kind])
            builder.plain("typed_select", operands, [kind], [[VALUE_TYPES[kind]]])


#===----------------------------------------------------------------------===#
# What no tool at hand runs
#===----------------------------------------------------------------------===#

ANY, EQ, I31, FUNC, EXTERN, EXN = -18, -19, -20, -16, -17, -23
# Heap types that have no values.
NO_FUNC, NO_EXTERN = -13, -14


def add_exceptions(builder):
    builder.module.tags.append(b"\0" + unsigned(builder.module.type(function_type([I32], []))))
    code = [("block", I32), ("try_table", EMPTY, [b"\0" + unsigned(0) + unsigned(0)]), ("i32.const", 70), ("throw", 0),
            ("end",), ("i32.const", 1), ("end",)]
    builder.add(Case("throw", [("i32", 70)], [], [0]), code, 3, [I32])
    builder.add(Case("try_table"), code, 1, [I32])
    null = [("ref.null", EXN), ("throw_ref",)]
    builder.add(Case("throw_ref", [(None, None)]), null, 1)


def add_function_references(builder, callee):
    type_index = builder.module.type(function_type([I32, I64], [I32]))
    callee_ref = reference(("ref.func", callee))
    operands = [("i32", 70), ("i64", -9), callee_ref]
    facts = {"imms": [type_index], "statics": {"resolved_fid": callee}}
    builder.plain("call_ref", operands, ["i32"], [type_index], **facts)
    builder.plain("return_call_ref", operands, ["i32"], [type_index], runs={"after": 0}, **facts).results = []
    builder.plain("ref.as_non_null", [callee_ref], ["ref"])
    builder.add(Case("br_on_null", [(None, None)], [None], [0]),
                [("block", EMPTY), ("ref.null", FUNC), ("br_on_null", 0), ("drop",), ("end",)], 2)
    builder.add(Case("br_on_non_null", [(None, None)], [], [0]),
                [("block", ref(FUNC)), ("ref.null", FUNC), ("br_on_non_null", 0), ("unreachable",), ("end",), ("drop",)], 2)


def add_gc(builder):
    module = builder.module
    pair = module.type(struct_type(I32 + b"\1", b"\x78\1"))
    bytes_type = module.type(array_type(b"\x78\1"))
    words = module.type(array_type(I32 + b"\1"))
    functions = module.type(array_type(FUNCREF + b"\1"))
    i32 = ("i32", 2)

    def typed(event, operands, results, immediates):
        statics = {"tid": immediates[0]}
        if event.startswith(("struct.get", "struct.set")):
            statics["field_idx"] = immediates[1]
        builder.plain(event, operands, results, immediates, imms=list(immediates), statics=statics)

    a_pair = reference(("struct.new_default", pair))
    some_bytes, some_words, some_functions = (reference(("i32.const", 9), ("array.new_default", index))
                                              for index in (bytes_type, words, functions))
    typed("struct.new", [("i32", 70), ("i32", 5)], ["ref"], [pair])
    typed("struct.new_default", [], ["ref"], [pair])
    typed("struct.get", [a_pair], ["i32"], [pair, 0])
    typed("struct.get_s", [a_pair], ["i32"], [pair, 1])
    typed("struct.get_u", [a_pair], ["i32"], [pair, 1])
    typed("struct.set", [a_pair, ("i32", 70)], [], [pair, 1])
    typed("array.new", [("i32", 70), ("i32", 5)], ["ref"], [words])
    typed("array.new_default", [("i32", 5)], ["ref"], [words])
    typed("array.new_fixed", [("i32", 70), ("i32", 5)], ["ref"], [words, 2])
    typed("array.new_data", [i32, ("i32", 3)], ["ref"], [bytes_type, 1])
    typed("array.new_elem", [("i32", 0), ("i32", 1)], ["ref"], [functions, 1])
    typed("array.get", [some_words, i32], ["i32"], [words])
    typed("array.get_s", [some_bytes, i32], ["i32"], [bytes_type])
    typed("array.get_u", [some_bytes, i32], ["i32"], [bytes_type])
    typed("array.set", [some_words, i32, ("i32", 70)], [], [words])
    builder.plain("array.len", [some_words], ["i32"])
    typed("array.fill", [some_words, i32, ("i32", 70), ("i32", 3)], [], [words])
    builder.plain("array.copy", [some_words, i32, some_words, ("i32", 1), ("i32", 3)], [], [words, words],
                  imms=[words, words])
    typed("array.init_data", [some_bytes, i32, ("i32", 1), ("i32", 3)], [], [bytes_type, 1])
    typed("array.init_elem", [some_functions, i32, ("i32", 0), ("i32", 1)], [], [functions, 1])
    add_casts(builder, reference(("i32.const", 7), ("ref.i31",)))


def add_casts(builder, small):
    builder.plain("ref.i31", [("i32", 70)], ["ref"])
    builder.plain("i31.get_s", [small], ["i32"])
    builder.plain("i31.get_u", [small], ["i32"])
    builder.plain("ref.eq", [small, small], ["i32"])
    builder.plain("ref.test", [small], ["i32"], [I31])
    builder.plain("ref.test_null", [small], ["i32"], [I31])
    builder.plain("ref.cast", [small], ["ref"], [I31])
    builder.plain("ref.cast_null", [small], ["ref"], [I31])
    builder.plain("any.convert_extern", [reference(("ref.null", EXTERN))], ["ref"])
    builder.plain("extern.convert_any", [small], ["ref"])
    target = [("block", ref(I31)), ("ref.null", ANY)]
    builder.add(Case("br_on_cast", [(None, None)], [None], [0]),
                [*target, ("br_on_cast", (1, 0, ANY, I31)), ("unreachable",), ("end",), ("drop",)], 2)
    target = [("block", ref_null(ANY)), ("ref.null", ANY)]
    builder.add(Case("br_on_cast_fail", [(None, None)], [None], [0]),
                [*target, ("br_on_cast_fail", (1, 0, ANY, I31)), ("end",), ("drop",)], 2)


#===----------------------------------------------------------------------===#
# Modules
#===----------------------------------------------------------------------===#


def prepare(builder, memory):
    """An imported function, one to call, a memory, tables, segments."""
    module = builder.module
    imported = module.import_function("env", "imported", function_type([I32], []))
    sum_up = [("local.get", 0), ("local.get", 1), ("i32.wrap_i64",), ("i32.add",)]
    callee, _ = module.function("callee", function_type([I32, I64], [I32]), sum_up, exported=False)
    module.memories.append(memory)
    module.exports.append(b"\6memory\2\0")
    module.tables += [FUNCREF + b"\0\x0a", FUNCREF + b"\0\x0a"]
    function = unsigned(callee)
    # Active in both tables, then passive.
    module.elements.append(b"\0\x41\2\x0b" + vector([function]))
    module.elements.append(b"\1\0" + vector([function, function]))
    module.elements.append(b"\2\1\x41\2\x0b\0" + vector([function]))
    module.data.append(b"\0\x41" + signed(ADDRESS + OFFSET) + b"\x0b" + unsigned(len(BYTES)) + BYTES)
    module.data.append(b"\1" + unsigned(len(BYTES)) + BYTES)
    return imported, callee


def make_builders(opcodes, records):
    """One module of what every Node.js runs, one with shared memory, one of what is newer."""
    events = records["!instanceof"]["Event"]
    names = [records[event]["name"] for event in events]
    plain, threads, newer = (Builder(opcodes, name) for name in ("plain", "threads", "newer"))
    imported, callee = prepare(plain, b"\1\1\x0a")
    add_numeric(plain, records, events)
    add_constants(plain)
    add_loads_and_stores(plain, names)
    add_variables(plain)
    add_bulk(plain)
    add_tables(plain, callee)
    add_calls(plain, imported, callee)
    add_blocks(plain)
    add_branches(plain)
    add_misc(plain)
    prepare(threads, b"\3\1\x0a")
    add_atomics(threads, names)
    imported, callee = prepare(newer, b"\1\1\x0a")
    add_exceptions(newer)
    add_function_references(newer, callee)
    add_gc(newer)
    return [plain, threads, newer]
