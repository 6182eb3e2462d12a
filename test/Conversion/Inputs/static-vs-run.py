"""Expressions over immediates give at match time what they give at run time.

usage: static-vs-run.py WHAMM DIRECTORY

The program pushes and drops constants. A probe of `T.const` computes from
`imm0`, at match time; a probe of `drop` computes the same from `arg0`, at run
time. Variables, initial values and predicates are compared.
"""
import os
import sys

from language import (ARITHMETIC, BITWISE, COMPARISONS, FLOATS, INTS, cast_traps, edge_values, literal,
                      rows, run, traps)

whamm, directory = sys.argv[1:]
CONSTANTS = {
    "i32": edge_values("i32") + ["127", "128", "255", "256", "-32768", "65535"],
    "i64": edge_values("i64") + ["127", "255", "65535", "-2147483648", "4294967295"],
    "f32": ["0", "-0", "1", "-1.5", "2.75", "-128.5", "1e30", "-inf", "nan", "1e-40"],
    "f64": ["0", "-0", "1", "-1.5", "2.75", "-128.5", "1e300", "-inf", "nan", "1e-310", "1e39"],
}


def expressions(type):
    """(result type, text with `$` for the value) that are static over `$`."""
    for target in ((*INTS, *FLOATS, "bool") if type in INTS else (*FLOATS, "bool")):
        yield target, f"$ as {target}"
    for kind in ((*INTS,) if type in INTS else ()) + FLOATS:
        cast = f"($ as {kind})"
        values = edge_values(kind)
        values = values if kind in INTS else values[:8]
        for value in values:
            for op in ARITHMETIC + (BITWISE if kind in INTS else ()):
                yield_type = kind
                # A divisor that is not constant is no match for `static`, but
                # its result still must agree; here the constant divides.
                if op in "/%" and kind in INTS and int(value) in (0, -1):
                    continue
                yield yield_type, f"{cast} {op} {literal(value, kind)}"
                if op not in "/%" or kind in FLOATS:
                    yield yield_type, f"{literal(value, kind)} {op} {cast}"
            for op in COMPARISONS:
                yield "bool", f"{cast} {op} {literal(value, kind)}"
        if kind in INTS:
            yield kind, f"~{cast}"
    yield "bool", f"!(($ as bool) && ($ as f64) < (1.0 as f64)) || ($ as f32) > (0.5 as f32)"
    yield "i32", "($ as bool) ? 5 : 7"


def probes(type, table):
    static, dynamic = [f"wasm:opcode:{type}.const:before {{"], [f"wasm:opcode:drop(arg0: {type}):before {{"]
    for lines, name, prefix in ((static, "imm0", "s"), (dynamic, "arg0", "d")):
        for i, (result, text) in enumerate(table):
            lines.append(f"  report var {prefix}{i}: {result}; {prefix}{i} = {text.replace('$', name)};")
            if name == "imm0" and "?" not in text:
                lines.append(f"  report var n{i}: {result} = {text.replace('$', name)};")
        lines.append("}")
    for i, (result, text) in enumerate(table):
        if result == "bool":
            static.append(f"wasm:opcode:{type}.const:before / {text.replace('$', 'imm0')} / {{ report var ps{i}: u8; ps{i}++; }}")
            dynamic.append(f"wasm:opcode:drop(arg0: {type}):before / {text.replace('$', 'arg0')} / {{ report var pd{i}: u8; pd{i}++; }}")
    return static + dynamic


def group(report):
    """Values by variable, in order of sites."""
    result = {}
    for row in rows(report):
        result.setdefault(row[2], []).append((int(row[8]), row[-1]))
    return {name: sorted(values) for name, values in result.items()}


def check(type):
    values = CONSTANTS[type]
    code = "\n".join(f"{type}.const {value} drop" for value in values)
    app, script, output = (os.path.join(directory, f"{type}{end}") for end in (".wat", ".mm", ".wasm"))
    with open(app, "w") as file:
        file.write(f'(module (func (export "_start") {code}))')
    table = list(expressions(type))
    with open(script, "w") as file:
        file.write("\n".join(probes(type, table)))
    run(whamm, "instr", "-s", script, "-a", app, "-o", output)
    found = group(run(whamm, "run", output))
    differences = 0
    for i, (result, text) in enumerate(table):
        columns = [[value for _, value in found[f"{prefix}{i}"]] for prefix in "sdn" if f"{prefix}{i}" in found]
        for column in columns[1:]:
            for value, a, b in zip(values, columns[0], column, strict=True):
                if a != b:
                    differences += 1
                    print(f"{type}: {text} : {result} at {value}: {a} at match time, {b} otherwise")
        if result != "bool":
            continue
        # Where a static predicate is false there is no site.
        fired = len(found.get(f"ps{i}", []))
        ran = sum(int(value) for _, value in found.get(f"pd{i}", []))
        if fired != ran:
            differences += 1
            print(f"{type}: / {text} /: {fired} sites at match time, {ran} at run time")
    print(f"{type}: {len(table)} expressions at {len(values)} sites, {differences} differences")


os.makedirs(directory, exist_ok=True)
for type in CONSTANTS:
    check(type)
