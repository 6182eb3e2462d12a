#!/usr/bin/env python3
"""Instruments a program with scripts, with and without Binaryen, runs it and prints what a test looks at.

usage: e2e.py [-u NAME=LIB]... [--node-option=O] [--exit N] APP SCRIPT...

Prints what the program prints, then a line for each row of the report, in the
report's order:
  PROBE FNAME FID:PC NAME: TYPE = VALUE     a variable of a site
  NAME: TYPE = VALUE                        a global
Libraries given as text are translated first. Errors and warnings of the
compiler go to standard output, without colours, and end the test with the
compiler's status. Fails where the outputs with and without Binaryen differ.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HEADER = re.compile(r"^=+ REPORT CSV FLUSH =+$")


def run(command):
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, timeout=30)
    return (result.returncode, result.stdout.decode("utf-8", "replace"),
            result.stderr.decode("utf-8", "replace"))


def shorten(text):
    """The report's rows without what belongs to the layout of memory."""
    lines, report = [], False
    for line in text.split("\n"):
        if HEADER.match(line):
            report = True
            while lines and not lines[-1]:
                lines.pop()
        elif report and line.startswith("id, id_type"):
            continue
        elif report and line.count(", ") >= 10:
            _, _, name, kind, _, script, fname, fid, pc, probe, value = line.split(", ", 10)
            place = f"{probe} {fname} {fid}:{pc} " if probe.strip() else ""
            script = script + " " if script != "script0" else ""
            lines.append(f"{script}{place}{name}: {kind} = {value}")
        else:
            lines.append(line)
    return "\n".join(lines).rstrip("\n")


def translate(library, folder):
    name, path = library.split("=", 1)
    if path.endswith(".wat"):
        out = os.path.join(folder, re.sub(r"\W", "_", name) + ".wasm")
        subprocess.run(["wat2wasm", "--enable-all", path, "-o", out], check=True)
        path = out
    return ["-u", f"{name}={path}"]


def wrap_node(option, folder):
    path = os.path.join(folder, "node")
    with open(path, "w") as file:
        file.write(f'#!/bin/sh\nexec node {option} "$@"\n')
    os.chmod(path, 0o755)
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-u", action="append", default=[])
    parser.add_argument("--node-option", default="", help="an option for Node.js")
    parser.add_argument("--exit", type=int, default=0)
    parser.add_argument("--precise-traps", action="store_true", help="for programs that trap")
    parser.add_argument("app")
    parser.add_argument("scripts", nargs="+")
    args = parser.parse_args()
    outputs = []
    with tempfile.TemporaryDirectory() as folder:
        if args.node_option:
            os.environ["WHAMM_NODE"] = wrap_node(args.node_option, folder)
        libraries = [word for u in args.u for word in translate(u, folder)]
        scripts = [word for s in args.scripts for word in ("-s", s)]
        precise = ["--precise-traps"] if args.precise_traps else []
        for options in (precise, [*precise, "--no-binaryen"], ["-O0"]):
            out = os.path.join(folder, "out.wasm")
            status, text, errors = run(["whamm", "instr", *scripts, "-a", args.app, "-o", out,
                                        *libraries, *options])
            if status:
                print(errors)
                return status
            status, text, more = run(["whamm", "run", *libraries, out])
            outputs.append(errors + shorten(text) + "\n" + more)
            if status != args.exit:
                print(outputs[-1])
                print(f"exit status {status}, not {args.exit}")
                return 1
    print(outputs[0], end="")
    for way, output in zip(("without Binaryen", "at -O0"), outputs[1:]):
        if output != outputs[0]:
            print(f"=== {way}:")
            print(output)
            return 1
    return 0


sys.exit(main())
