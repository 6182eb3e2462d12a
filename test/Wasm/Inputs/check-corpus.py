#!/usr/bin/env python3
"""Validates and lists modules: check-corpus.py PROGRAM --good|--bad FOLDER..."""
import pathlib
import subprocess
import sys

program, mode, *folders = sys.argv[1:]
good = mode == "--good"
failures = 0
for folder in folders:
    for path in sorted(pathlib.Path(folder).glob("*.wasm")):
        command = [program, "--wasm-validate", str(path), "-o", "-"]
        if good:
            command.append("--wasm-to-listing")
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != (0 if good else 1) or (
                not good and "(at offset 0x" not in done.stderr):
            print(f"{path}: status {done.returncode}: {done.stderr.strip()}")
            failures += 1
sys.exit(failures != 0)
