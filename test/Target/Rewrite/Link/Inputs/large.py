"""Writes a library with functions of 6, 1202, 1402 and 3002 instructions, and a script that calls them."""
import sys

folder = sys.argv[1]


def function(name, additions):
    code = "(i32.add (i32.const 1))" * additions
    return f'  (func ${name} (export "{name}") (param i32) (result i32) (local.get 0) {code})\n'


functions = [("huge", 1500), ("second", 700), ("first", 600), ("small", 2)]
with open(f"{folder}/lib.wat", "w") as file:
    file.write("(module\n" + "".join(function(*f) for f in functions))
    file.write('  (func (export "again") (param i32) (result i32) (call $first (local.get 0))))\n')
calls = " + ".join(f"lib.{name}(0)" for name, _ in functions)
with open(f"{folder}/script.mm", "w") as file:
    file.write(f"use lib;\nreport var n: i32;\nwasm:opcode:nop:before {{ n = n + {calls} + lib.again(0); }}\n")
