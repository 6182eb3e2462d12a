#!/usr/bin/env python3
"""Runs the conformance cases, and fails where one that passed before does not.

utils/conformance-done.txt lists the cases that pass (`LANE NAME`). A new one
that passes is added by --update. Of the lanes of the wei target, wei-engine
needs an engine: the path of Wizard in $WIZENG.

usage: conformance.py [--bin DIR] [--cases DIR] [--update]
"""
import argparse
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DONE = os.path.join(ROOT, "utils", "conformance-done.txt")
LANES = {"rewriting": "report", "wast": "wast", "wei-applied": "report", "wei-engine": "report"}


def read_done():
    done = {lane: set() for lane in LANES}
    for line in open(DONE, encoding="utf-8"):
        if line.strip() and not line.startswith("# "):
            lane, name = line.split(None, 1)
            done[lane].add(name.strip())
    return done


def run_lane(lane, args):
    """Names of the lane's cases that pass, and the summary line."""
    command = [sys.executable, os.path.join(args.cases, "run.py"), "--bin", args.bin, "--lane", lane]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    if not lines or "passed" not in lines[-1]:
        sys.exit(f"conformance, lane {lane}: did not run")
    failed = {line[5:].split(": ")[0] for line in lines if line.startswith("FAIL ")}
    cases = json.load(open(os.path.join(args.cases, "cases.json"), encoding="utf-8"))
    names = {case["name"] for case in cases
             if case["kind"] == LANES[lane] and (not lane.startswith("wei") or "wei" in case["expect"])}
    return names - failed, names, lines[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/bin")
    parser.add_argument("--cases", default=os.path.join(ROOT, "..", "shared", "conformance"))
    parser.add_argument("--update", action="store_true", help="add the cases that newly pass to the list")
    args = parser.parse_args()
    done = read_done()
    lost = []
    for lane, listed in done.items():
        if lane == "wei-engine" and not os.environ.get("WIZENG"):
            print(f"conformance, lane {lane}: not run, there is no engine ($WIZENG)")
            continue
        passed, names, summary = run_lane(lane, args)
        print(f"conformance, lane {lane}: {summary}; {len(listed & names)} have to pass")
        lost += [f"{lane} {name}" for name in sorted((listed & names) - passed)]
        if args.update:
            listed |= passed
    for name in lost:
        print(f"  no longer passes: {name}")
    if args.update:
        with open(DONE, "w", encoding="utf-8") as out:
            out.write("# Conformance cases that have to pass: LANE NAME\n")
            out.writelines(f"{lane} {name}\n" for lane in LANES for name in sorted(done[lane]))
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
