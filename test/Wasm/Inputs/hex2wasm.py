#!/usr/bin/env python3
"""Writes the bytes of the HEX: lines of a test: hex2wasm.py TEST OUTPUT.

`;;` and what follows is ignored. Lines `HEX<NAME>:` make up a module of their
own, written where OUTPUT's `%` is replaced by the name. A line `HEX+:` starts
behind the preamble, which is put in front.
"""
import re
import sys

PREAMBLE = bytes([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0])

modules = {}
for line in open(sys.argv[1]):
    m = re.match(r"\W*HEX(\w*)(\+?):([^;]*)", line)
    if m:
        data = modules.setdefault(m.group(1), bytearray())
        data += PREAMBLE if m.group(2) else b""
        data += bytes.fromhex(m.group(3))
for name, data in modules.items():
    open(sys.argv[2].replace("%", name), "wb").write(data)
