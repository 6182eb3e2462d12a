#!/usr/bin/env python3
"""Checks the fact tables of td/Wasm against independent lists.

  check-tables.py --tblgen PROGRAM --td DIR [--tsv FILE] [--wabt FILE]

--tsv is a list of events as tab-separated values, --wabt the opcode list of
libwabt's headers. What the tables mean to say differently is listed below, with
the reason.
"""
import argparse
import csv
import json
import re
import subprocess
import sys

errors = []


def expect(what, got, want):
    if got != want:
        errors.append(f"{what}: got {got!r}, expected {want!r}")


def load(tblgen, td, name):
    out = subprocess.run(
        [tblgen, "-dump-json", "-I", td, f"{td}/Wasm/{name}.td"],
        check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def deref(j, value):
    return j[value["def"]]


def camel(name):
    return "".join(p[:1].upper() + p[1:] for p in re.split(r"[._ /]", name))


# --- Opcodes against wabt -----------------------------------------------------

WABT_TYPE = {"I32": "i32", "I64": "i64", "F32": "f32", "F64": "f64", "V128": "v128"}
# libwabt's own instructions.
WABT_ONLY = {"alloca", "br_unless", "call_import", "data", "drop_keep", "catch_drop",
             "adjust_frame_for_return_call", "global.get.ref", "mark_ref", "local.get.ref"}
# Mnemonics that differ: libwabt's -> ours.
WABT_NAMES = {"i32x4.relaxed_dot_i8x16_i7x16_add_s": "i32x4.dot_i8x16_i7x16_add_s"}
# Float unary operators have a second operand in libwabt's list.
WABT_UNARY = re.compile(r"f(32|64)\.(abs|neg|ceil|floor|trunc|nearest|sqrt)$")


def check_wabt(j, path):
    ours = {(j[o]["prefix"], j[o]["opcode"]): j[o] for o in j["!instanceof"]["Opcode"]}
    row = re.compile(
        r"WABT_OPCODE\(\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+),\s*(\d+),\s*(\w+),"
        r"\s*(\w+),\s*(\w+),\s*\"([^\"]+)\"")
    seen = 0
    for line in open(path):
        m = row.match(line)
        if not m:
            continue
        result, *params = m.group(1, 2, 3, 4)
        prefix, code = int(m.group(6), 0), int(m.group(7), 0)
        text = WABT_NAMES.get(m.group(9), m.group(9))
        if text in WABT_ONLY or (prefix == 0 and 0xE0 <= code <= 0xEF):
            continue
        op = ours.get((prefix, code))
        if op is None:
            errors.append(f"{text}: no opcode {prefix:#x} {code:#x}")
            continue
        seen += 1
        expect(f"{text}: mnemonic", op["mnemonic"], text)
        params = [WABT_TYPE[p] for p in params if p in WABT_TYPE]
        if WABT_UNARY.match(text):
            params = params[:1]
        check_signature(j, op, text, params, WABT_TYPE.get(result), int(m.group(5)))
    return seen


def check_signature(j, op, text, params, result, access):
    if deref(j, op["rule"])["!name"] != "Fixed":
        return
    types = [deref(j, t) for t in op["operands"]]
    results = [deref(j, t) for t in op["results"]]
    known = {"Addr": "i32"}
    listed = [t.get("kind") and t["text"] or known.get(t["!name"]) for t in types]
    if None not in listed and params and not text.startswith("memory."):
        expect(f"{text}: operands", listed, params)
    if results and results[0].get("kind") and result:
        expect(f"{text}: result", results[0]["text"], result)
    if access and op["accessBytes"]:
        expect(f"{text}: bytes accessed", op["accessBytes"], access)


# --- Events against the list --------------------------------------------------

# Declared arguments that the list has wrong or leaves out.
ARGS = {"i64.eq": "arg0:i64,arg1:i64"}
IMMS = {"memory.copy": ["imm0", "imm1"], "br_on_null": ["imm0"], "array.len": [],
        "br_on_cast": ["imm0"], "br_on_cast_fail": ["imm0"],
        "br_table": ["immN"]}
# `tid` of array.len names an immediate that does not exist.
VARS = {"array.len": {}}
DYNAMIC = {("br_table", "target")}


def split_names(text):
    return [] if text == "-" else text.split(",")


def get_vars(j, event):
    return [deref(j, v) for v in event["vars"]]


def describe(j, v):
    return f"{v['name']}:{deref(j, v['type'])['text']}"


def check_extra(j, name, row, variables):
    extra = {}
    for item in (row["extra_bound_vars"].split(";") if row["extra_bound_vars"] != "-" else []):
        var, type_, life = re.match(r"(\w+):([^:]+):(\w+)", item).groups()
        extra[var] = (type_, "dynamic" if (name, var) in DYNAMIC else life)
    if name in VARS:
        extra = VARS[name]
    ours = {v["name"]: (deref(j, v["type"])["text"], "dynamic" if v["dynamic"] else "static")
            for v in variables if not re.match(r"(arg|res|imm)(\d|N)", v["name"])}
    expect(f"{name}: names", ours, extra)
    if "cmpxchg" not in name:
        aliases = dict(re.findall(r"(\w+):\w+:\w+=(?:arg|imm)(\d)(?:;|$)",
                                  row["extra_bound_vars"]))
        for v in variables:
            if v["name"] in aliases and name not in VARS:
                expect(f"{name}: {v['name']}", v["index"], int(aliases[v["name"]]))
    elif "addr" in ours:
        expect(f"{name}: addr", [v["index"] for v in variables if v["name"] == "addr"], [2])


def check_event(j, event, row):
    name = row["name"]
    op = deref(j, event["opcode"])
    variables = get_vars(j, event)
    expect(f"{name}: index", event["index"], int(row["event_index"]))
    expect(f"{name}: name", event["name"], name)
    expect(f"{name}: opcode", op["!name"], camel(name))
    expect(f"{name}: bytecode", op["prefix"] * 256 + op["opcode"], int(row["bytecode"], 16))
    category = deref(j, op["category"])
    expect(f"{name}: category", (category["id"], category["name"]),
           (int(row["category_id"]), row["category_name"]))
    expect(f"{name}: modes", [deref(j, m)["name"] for m in event["modes"]],
           row["modes"].split(","))
    expect(f"{name}: functions", [deref(j, f)["name"] for f in event["functions"]],
           row["bound_fns"].split(","))
    args = sorted(describe(j, v) for v in variables if v["name"].startswith("arg"))
    want = split_names(ARGS.get(name, row["args_declared"]))
    if "cmpxchg" in name:
        want = [f"arg0:{name[:3]}", f"arg1:{name[:3]}", "arg2:u32"]
    expect(f"{name}: arguments", args, sorted(want))
    imms = sorted(v["name"] for v in variables if v["name"].startswith("imm"))
    expect(f"{name}: immediates", imms,
           IMMS.get(name, re.findall(r"(?:^|;)(imm\d):", row["immediates"])))
    results = [describe(j, v) for v in variables if v["name"].startswith("res")
               and v["name"] != "resolved_fid"]
    if row["results_declared"] != "-":
        expect(f"{name}: results", results, split_names(row["results_declared"]))
    elif row["results_wasm"] not in ("-", "polymorphic"):
        expect(f"{name}: results", results, ["resN:unknown"])
    check_extra(j, name, row, variables)
    check_wasm_types(j, name, op, row)


def check_wasm_types(j, name, op, row):
    """Operand types where both sides name plain value types."""
    if deref(j, op["rule"])["!name"] != "Fixed":
        return
    types = [deref(j, t) for t in reversed(op["operands"])]
    listed = [t["text"] if "kind" in t else "i32" if "Addr" in t["!name"] else None
              for t in types]
    want = split_names(row["args_wasm"])
    expect(f"{name}: number of operands", len(listed), len(want))
    for got, w in zip(listed, want):
        if got and re.fullmatch(r"[if]\d\d", w):
            expect(f"{name}: operand", got, w)


def check_tsv(j, path):
    rows = list(csv.DictReader(open(path), delimiter="\t", quoting=csv.QUOTE_NONE))
    events = {j[e]["index"]: j[e] for e in j["!instanceof"]["Event"]}
    expect("number of events", len(events), len(rows))
    for row in rows:
        event = events.get(int(row["event_index"]))
        if event:
            check_event(j, event, row)
    return len(rows)


def check_names(j):
    for name in j["!instanceof"]["Opcode"]:
        want = camel(j[name]["mnemonic"])
        if name != "TypedSelect":  # shares its mnemonic with Select
            expect(f"{name}: enumerator", name, want)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tblgen", required=True)
    parser.add_argument("--td", required=True)
    parser.add_argument("--tsv")
    parser.add_argument("--wabt")
    args = parser.parse_args()
    j = load(args.tblgen, args.td, "Events")
    check_names(j)
    if args.wabt:
        print(f"{check_wabt(j, args.wabt)} opcodes compared")
    if args.tsv:
        print(f"{check_tsv(j, args.tsv)} events compared")
    for error in errors:
        print(error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
