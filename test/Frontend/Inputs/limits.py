"""Writes scripts that nest or repeat something very often."""
import os
import sys

N = 100000
PROBE = "wasm:report {}\n"
SCRIPTS = {
    "parens": "x = " + "(" * N + "1" + ")" * N + ";\n" + PROBE,
    "conditionals": "x = " + "a ? 1 : " * N + "1;\n" + PROBE,
    "maps": "var x: " + "map<u8," * N + "u8" + ">" * N + ";\n" + PROBE,
    "ifs": "wasm:report {" + "if (true) {" * N + "}" * N + "}\n",
    "elifs": "wasm:report { if (true) {}" + " elif (true) {}" * N + "}\n",
    "operators": "var x: i32 = 1" + " + 1" * N + ";\n" + PROBE,
    "comments": "/*" * N + "*/" * N + PROBE,
    # Within the limits.
    "good": "var x: i32 = 1" + " + 1" * 4000 + ";\nx = " + "(" * 200 + "1" + ")" * 200
    + ";\nwasm:report { if (true) {}" + " elif (true) {}" * 500 + "}\n",
}
for name, text in SCRIPTS.items():
    with open(os.path.join(sys.argv[1], name + ".mm"), "w") as file:
        file.write(text)
