"""Operations on constants give what the same operations give at run time.

usage: fold-vs-run.py WHAMM DIRECTORY

For each type, a script does every operation twice: on constants, which are
folded, and on globals, which nobody looks into.
"""
import os
import sys

from language import (FLOATS, INTS, binary_cases, cast_traps, edge_values, is_signed, literal, rows,
                      run)

whamm, directory = sys.argv[1:]
PROGRAM = '(module (func (export "_start")))'


def python_value(op, type, a, b):
    """The result as Python computes it; None where it cannot be said simply."""
    if type in FLOATS:
        return None
    bits = INTS[type]
    a, b = int(a), int(b)
    mask = 63 if bits == 64 else 31
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1) if op in "/%" else 0
    result = {"+": a + b, "-": a - b, "*": a * b, "/": quotient, "%": a - quotient * b,
              "<<": a << (b & mask), ">>": (a if bits >= 32 or a < 0 else a) >> (b & mask),
              "&": a & b, "|": a | b, "^": a ^ b}.get(op)
    if result is None:
        return str({"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b,
                    ">=": a >= b}[op]).lower()
    result &= (1 << bits) - 1
    if is_signed(type) and result >> bits - 1:
        result -= 1 << bits
    return str(result)


def cases(type):
    """(text, result type, folded expression, opaque expression, value)"""
    index = {value: i for i, value in enumerate(edge_values(type))}
    for op, result, a, b in binary_cases(type):
        yield (f"{a} {op} {b}", result, f"{literal(a, type)} {op} {literal(b, type)}",
               f"in{index[a]} {op} in{index[b]}", python_value(op, type, a, b))
    for a in edge_values(type):
        if type in INTS:
            value = ~int(a) & (1 << INTS[type]) - 1
            if is_signed(type) and value >> INTS[type] - 1:
                value -= 1 << INTS[type]
            yield f"~{a}", type, f"~{literal(a, type)}", f"~in{index[a]}", str(value)
        for target in (*INTS, *FLOATS, "bool"):
            if not cast_traps(type, target, a):
                yield (f"{a} as {target}", target, f"({literal(a, type)}) as {target}",
                       f"in{index[a]} as {target}", None)


def bool_cases():
    """Casts and operators of bool."""
    for a in ("true", "false"):
        for target in (*INTS, *FLOATS, "bool"):
            yield f"{a} as {target}", target, f"{a} as {target}", f"in_{a} as {target}", None
        yield f"!{a}", "bool", f"!{a}", f"!in_{a}", None
        for b in ("true", "false"):
            for op in ("&&", "||", "==", "!="):
                yield f"{a} {op} {b}", "bool", f"{a} {op} {b}", f"in_{a} {op} in_{b}", None


def check(type, inputs, table):
    """Runs one script; counts and prints what differs."""
    lines = [f"var {name}: {type} = {value};" for name, value in inputs]
    for i, (_, result, _, _, _) in enumerate(table):
        lines += [f"report var folded{i}: {result};", f"report var opaque{i}: {result};"]
    lines.append("wasm:func:entry {")
    for i, (_, _, folded, opaque, _) in enumerate(table):
        lines += [f"folded{i} = {folded};", f"opaque{i} = {opaque};"]
    lines.append("}")
    script = os.path.join(directory, f"{type}.mm")
    output = os.path.join(directory, f"{type}.wasm")
    with open(script, "w") as file:
        file.write("\n".join(lines))
    run(whamm, "instr", "-s", script, "-a", os.path.join(directory, "app.wat"), "-o", output)
    values = {row[2]: row[-1] for row in rows(run(whamm, "run", output))}
    differences = 0
    for i, (text, result, _, _, expected) in enumerate(table):
        folded, opaque = values[f"folded{i}"], values[f"opaque{i}"]
        if folded != opaque or expected not in (None, folded):
            differences += 1
            print(f"{type}: {text} : {result}: folded {folded}, at run time {opaque}, "
                  f"expected {expected}")
    print(f"{type}: {len(table)} operations, {differences} differences")


os.makedirs(directory, exist_ok=True)
with open(os.path.join(directory, "app.wat"), "w") as file:
    file.write(PROGRAM)
for type in (*INTS, *FLOATS):
    values = edge_values(type)
    check(type, [(f"in{i}", literal(value, type)) for i, value in enumerate(values)],
          list(cases(type)))
check("bool", [("in_true", "true"), ("in_false", "false")], list(bool_cases()))
