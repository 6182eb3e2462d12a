"""damaged.py DRIVER-TESTS WHAMM TRANSLATE DIRECTORY COUNT APP MONITOR...

Applies damaged monitors to a program, and reads their contracts. Whatever the
damage: exit status 0 or 1, no signal, no internal error, and no output left
after a failure. Always the same damage."""
import os
import random
import subprocess
import sys

sys.path.insert(0, sys.argv[1])
from mutate import damage  # noqa: E402

LIMIT = 60  # Seconds for one run: a call at match time may be long.


def judge(command, output):
    """What is wrong with a run, or nothing."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return "took too long"
    if done.returncode not in (0, 1) or b"internal error" in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}"
    if done.returncode and output and os.path.exists(output):
        return "failed, and left an output"
    return None


def main():
    whamm, translate, directory, count, app, *monitors = sys.argv[2:]
    os.makedirs(directory, exist_ok=True)
    rng = random.Random(3)
    failures = 0
    for number in range(int(count)):
        data = open(monitors[number % len(monitors)], "rb").read()
        monitor = os.path.join(directory, "monitor.wasm")
        output = os.path.join(directory, "out.wasm")
        if os.path.exists(output):
            os.remove(output)
        with open(monitor, "wb") as file:
            file.write(damage(data, rng))
        problem = judge([whamm, "instr", "-m", monitor, "-a", app, "-o", output], output)
        problem = problem or judge([translate, "--monitor-to-mlir", monitor], None)
        if problem:
            failures += 1
            kept = os.path.join(directory, f"kept-{number}.wasm")
            os.rename(monitor, kept)
            print(f"{kept}: {problem}")
    print(f"{count} damaged monitors, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
