#!/usr/bin/env python3
"""Runs a program over modules: check-corpus.py good|bad FOLDER... -- COMMAND...

The command gets the module as its last argument. It has to succeed for good
modules, and for bad ones to fail with a message that names an offset.
"""
import concurrent.futures
import pathlib
import subprocess
import sys

split = sys.argv.index("--")
(kind, *folders), command = sys.argv[1:split], sys.argv[split + 1:]


def check(path):
    done = subprocess.run(command + [str(path)], text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    if kind == "good":
        fine = done.returncode == 0
    else:
        fine = done.returncode == 1 and "(at offset 0x" in done.stderr
    if not fine:
        print(f"{path}: status {done.returncode}: {done.stderr.strip()}")
    return fine


paths = [path for folder in folders for path in sorted(pathlib.Path(folder).glob("*.wasm"))]
with concurrent.futures.ThreadPoolExecutor() as pool:
    results = list(pool.map(check, paths))
print(f"{len(paths)} modules, {results.count(False)} failures")
sys.exit(0 if paths and all(results) else 1)
