"""Splices code at every place of many modules and validates the results.

usage: sweep.py GENERATED.wasm WORKDIR MODULE-OR-FOLDER...
Prints the failures and `N modules, M failures`.
"""
import json
import os
import subprocess
import sys

POSITIONS = ["before", "after", "entry", "exit", "at_target"]
WHOLE = ["func_entry", "func_exit", "block_start", "block_end"]
STATE, TAKEN, X = 2, 3, 4
RESULTS = {"i32": X, "i64": 5, "f32": 6, "f64": 7}


def operand(kind, index, type_="i32", function=None):
    return {"function": function or type_, "operands": [[kind, index, type_]],
            "states": [STATE], "holes": [0] if type_ == "i32" else []}


def make_plan(inline_limit):
    templates = [{"function": "count", "states": [STATE]}]
    sites = [{"position": p, "every": "*"} for p in POSITIONS + WHOLE]

    def add(template, positions):
        templates.append(template)
        sites.extend({"template": len(templates) - 1, "position": p, "every": "*"}
                     for p in positions)

    for index in range(3):
        add(operand("arg", index), POSITIONS)
    add(operand("arg", 0, "i64"), POSITIONS)
    add(operand("arg", 0, "f64"), POSITIONS)
    add({"function": "two", "operands": [["arg", 0, "i32"], ["arg", 1, "i32"]]},
        POSITIONS)
    add(operand("result", 0), ["after"])
    add(operand("result", 1), ["after"])
    add({"function": "two", "operands": [["result", 0, "i32"], ["arg", 0, "i32"]]},
        ["after"])
    add(operand("local", 0), POSITIONS + WHOLE[:2])
    add(operand("local", 1, "i64"), POSITIONS + WHOLE[:2])
    add(assign("arg"), ["before", "after"])
    add(assign("result"), ["after"])
    add(assign("local"), POSITIONS + WHOLE)
    return {"templates": templates, "sites": sites, "inlineLimit": inline_limit,
            "report": {"descriptor": "x" * 40, "all": True}}


def assign(kind):
    return {"function": "assign", "assigned": [[kind, 0, "i32", X]],
            "states": [STATE]}


def make_alt_plan(inline_limit):
    """Puts something in place of all that can be replaced, or may be."""
    templates, sites = [], []
    for result in ["", "i32", "i64", "f32", "f64"]:
        assigned = [["alt_taken", 0, "i32", TAKEN]]
        states = [STATE]
        if result:
            assigned.append(["alt_result", 0, result, RESULTS[result]])
        templates.append({"function": "alt_" + result if result else "alt",
                          "assigned": assigned, "states": states,
                          "mayFallThrough": not result})
        sites.append({"template": len(templates) - 1, "position": "alt",
                      "every": "*"})
    templates.append({"function": "count", "states": [STATE]})
    sites.extend({"template": len(templates) - 1, "position": p, "every": "*"}
                 for p in POSITIONS + WHOLE)
    return {"templates": templates, "sites": sites, "inlineLimit": inline_limit}


def find_modules(paths):
    for path in paths:
        if os.path.isdir(path):
            names = sorted(os.listdir(path))
            yield from (os.path.join(path, n) for n in names if n.endswith(".wasm"))
        else:
            yield path


def main():
    generated, work, *paths = sys.argv[1:]
    plans = []
    for make in (make_plan, make_alt_plan):
        for limit in (48, 0):
            plans.append(os.path.join(work, f"{make.__name__}-{limit}.json"))
            with open(plans[-1], "w") as file:
                json.dump(make(limit), file)
    count = failures = 0
    for module in find_modules(paths):
        # Inlined and called code take turns; both see every kind of module.
        for plan in plans[count % 2], plans[2 + count % 2]:
            run = subprocess.run(
                ["whamm-splice-test", module, "--generated=" + generated,
                 "--plan=" + plan, "-o", os.path.join(work, "sweep.wasm"),
                 "--validate"],
                capture_output=True, text=True)
            if run.returncode:
                failures += 1
                print(f"{module}: {plan}: {run.returncode}: "
                      f"{run.stderr.strip()[:300]}")
        count += 1
    print(f"{count} modules, {failures} failures")


main()
