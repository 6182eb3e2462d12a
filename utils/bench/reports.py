#!/usr/bin/env python3
"""Prints how long reports of many rows take under Node.js, with the compilation of what they run.

Of each kind: entries of one map whose keys are numbers of type and access, or whose values are floats; rows of one
counter per instruction, or of a counter and a float, which are twice as many. Medians and least of several runs, in
milliseconds.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(FOLDER))
SCRIPTS = {
    "entries of a map": ("walk", 1, "report var m: map<(u32, bool), u32>;"
                         "wasm:opcode:i32.load:before { m[(effective_addr, is_write)]++; }"),
    "entries of a map of floats": ("walk", 1, "report var m: map<u32, f64>;"
                                   "wasm:opcode:i32.load:before { m[effective_addr] = 0.1 * (effective_addr as f64); }"),
    "rows of counters": ("nops", 1, "wasm:opcode:nop:before { report var n: u32; n++; }"),
    "rows of counters and floats": ("nops", 2, "wasm:opcode:nop:before { report var n: u32; report var f: f64;"
                                       " n++; f = 0.1 * (pc as f64); }"),
}


def make_walk(rows):
    """Loads from as many addresses, in an order that hops about."""
    pages = rows * 4 // 65536 + 2
    return f"""(module (memory {pages}) (func (export "_start") (local $i i32) (local $at i32)
      (loop $next
        (drop (i32.load (i32.mul (local.get $at) (i32.const 4))))
        (local.set $at (i32.rem_u (i32.add (local.get $at) (i32.const 7919)) (i32.const {rows})))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {rows}))))))"""


def make_nops(rows, size=1000):
    """Functions of as many instructions in all, of which one in ten begins a block."""
    body = ("nop " * 9 + "(br_if 0 (i32.const 0)) nop ") * (size // 10)
    names = range(rows // size)
    functions = "".join(f"(func $f{name} {body})" for name in names)
    return f'(module {functions} (func (export "_start") {"".join(f"(call $f{name})" for name in names)}))'


def measure(command, times, runs):
    found = []
    for _ in range(runs):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(times, encoding="utf-8") as file:
            found.append(json.load(file)["report"])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(ROOT, "build", "bin"), help="folder of whamm (build/bin)")
    parser.add_argument("--node", default=os.environ.get("NODE", "node"), help="Node.js ($NODE, node)")
    parser.add_argument("--rows", type=int, default=100_000, help="rows or entries, a multiple of 1000 (100000)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (5)")
    options = parser.parse_args()
    whamm = os.path.join(options.bin, "whamm")
    core = subprocess.run([whamm, "core-lib"], check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        place = lambda name: os.path.join(folder, name)
        for name, text in (("walk", make_walk(options.rows)), ("nops", make_nops(options.rows))):
            with open(place(f"{name}.wat"), "w", encoding="utf-8") as file:
                file.write(text)
            subprocess.run(["wat2wasm", place(f"{name}.wat"), "-o", place(f"{name}.wasm")], check=True)
        for title, (program, each, script) in SCRIPTS.items():
            with open(place("script.mm"), "w", encoding="utf-8") as file:
                file.write(script)
            subprocess.run([whamm, "instr", "-s", place("script.mm"), "-a", place(f"{program}.wasm"), "-o",
                            place("out.wasm")], check=True)
            times = measure([options.node, os.path.join(FOLDER, "host.mjs"), place("times.json"), place("out.wasm"),
                             f"whamm_core={core}"], place("times.json"), options.runs)
            print(f"{each * options.rows} {title:28}  median {statistics.median(times):6.1f}  least {min(times):6.1f}")


if __name__ == "__main__":
    main()
