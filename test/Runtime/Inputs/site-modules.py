#!/usr/bin/env python3
"""Writes modules into a folder: site-modules.py SOURCE BIN FOLDER RANDOM SEED

One for each group of instructions that have an event, with each of them, and
RANDOM ones of random bytes.
"""
import json
import os
import random
import shutil
import subprocess
import sys

source, binaries, folder, count, seed = sys.argv[1:]
sys.path.insert(0, os.path.join(source, "test", "Breadth", "Inputs"))
sys.path.insert(0, os.path.join(source, "utils", "differential"))

from assembler import Opcodes  # noqa: E402
from cases import make_builders  # noqa: E402
from modules import make_module  # noqa: E402

os.makedirs(folder)
dump = [os.path.join(binaries, "whamm-tblgen"), "-dump-json", "-I", os.path.join(source, "td"),
        os.path.join(source, "td", "Wasm", "Events.td")]
records = json.loads(subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout)
for builder in make_builders(Opcodes(records), records):
    with open(os.path.join(folder, builder.name + ".wasm"), "wb") as file:
        file.write(builder.module.encode())

rng = random.Random(int(seed))
scratch = os.path.join(folder, "scratch")
os.makedirs(scratch)
for number in range(int(count)):
    module = make_module(rng, scratch)
    if module:
        shutil.move(module, os.path.join(folder, f"random-{number}.wasm"))
