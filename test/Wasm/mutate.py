#!/usr/bin/env python3
"""Feeds damaged modules to a program: mutate.py PROGRAM [ARGUMENT...] -- MODULE...

Every module is cut off at some places, and has bytes changed at others. The
program has to end by itself, with success or an error, and not by a signal.
The choice of places is the same in each run.
"""
import os
import random
import subprocess
import sys
import tempfile

PER_MODULE = 12
TIMEOUT = 20


def mutations(data, rng):
    for _ in range(PER_MODULE // 4):
        yield data[:rng.randrange(len(data))]
    for i in range(PER_MODULE - PER_MODULE // 4):
        changed = bytearray(data)
        for _ in range(1 + i % 4):
            at = rng.randrange(8, len(data))
            kind = rng.randrange(4)
            if kind == 0:
                changed[at] ^= 1 << rng.randrange(8)
            elif kind == 1:
                changed[at] = rng.choice([0, 0x7F, 0x80, 0xFF, 0x40, 0xFB, 0xFC, 0xFD, 0xFE])
            elif kind == 2:
                changed[at:at] = bytes([rng.randrange(256)])
            else:
                changed[at:at + 1] = b"\xff\xff\xff\xff\x0f"
        yield bytes(changed)


def main():
    split = sys.argv.index("--")
    command, modules = sys.argv[1:split], sys.argv[split + 1:]
    rng = random.Random(1)
    runs = failures = 0
    with tempfile.TemporaryDirectory() as folder:
        damaged = os.path.join(folder, "damaged.wasm")
        for module in modules:
            data = open(module, "rb").read()
            for changed in mutations(data, rng):
                open(damaged, "wb").write(changed)
                runs += 1
                try:
                    done = subprocess.run(command + [damaged], timeout=TIMEOUT,
                                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    status = done.returncode
                except subprocess.TimeoutExpired:
                    status = "timeout"
                if status not in (0, 1):
                    failures += 1
                    kept = f"{os.path.basename(module)}.{runs}.bad"
                    open(kept, "wb").write(changed)
                    print(f"{kept}: status {status}")
    print(f"{runs} damaged modules, {failures} failures")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
