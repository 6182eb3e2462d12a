"""Optimises every function of every fifth module: corpus.py FOLDER SCRATCH."""

import os
import subprocess
import sys

COMMAND = ["binaryen-test", "--all-touched", "--even-if-larger"]


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def check(path, out, valid):
    """What is wrong, or None."""
    done = run(COMMAND + [path, "-o", out])
    if done.returncode not in (0, 1) or "Fatal" in done.stderr or "internal" in done.stderr:
        return f"exit code {done.returncode}: {done.stderr[-300:]}"
    if not valid:
        return None
    if done.returncode != 0:
        return done.stderr
    # wabt does not know everything: only what it accepts before counts.
    if run(["wasm-validate", "--enable-all", path]).returncode == 0:
        after = run(["wasm-validate", "--enable-all", out])
        if after.returncode != 0:
            return after.stderr
    return None


folder, out = sys.argv[1:]
modules = failures = 0
for kind in ("valid", "invalid", "malformed"):
    for name in sorted(os.listdir(os.path.join(folder, kind)))[::5]:
        if not name.endswith(".wasm"):
            continue
        modules += 1
        problem = check(os.path.join(folder, kind, name), out, kind == "valid")
        if problem:
            failures += 1
            print(f"FAILED {kind}/{name}: {problem}")
print(f"{modules} modules, {failures} failures")
