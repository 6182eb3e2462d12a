#!/usr/bin/env python3
"""Writes a module at a limit of engines, or one beyond it: make-large.py NAME COUNT OUTPUT."""
import sys


def number(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def vector(items):
    return number(len(items)) + b"".join(items)


def section(kind, content):
    return bytes([kind]) + number(len(content)) + content


def sized(content):
    return number(len(content)) + content


def function(code, locals_=b"\0"):
    body = locals_ + code + b"\x0b"
    return section(1, vector([b"\x60\0\0"])) + section(3, b"\1\0") + section(10, vector([sized(body)]))


def subtypes(depth):
    """A chain of structures, each below the one before it."""
    types = [b"\x50\0\x5f\0"] + [b"\x50\1" + number(i) + b"\x5f\0" for i in range(depth)]
    return section(1, vector(types))


MAKERS = {
    "params": lambda n: section(1, vector([b"\x60" + vector([b"\x7f"] * n) + b"\0"])),
    "results": lambda n: section(1, vector([b"\x60\0" + vector([b"\x7f"] * n)])),
    "fields": lambda n: section(1, vector([b"\x5f" + vector([b"\x7f\0"] * n)])),
    "depth": subtypes,
    "locals": lambda n: function(b"", b"\1" + number(n) + b"\x7f"),
    "targets": lambda n: function(b"\x41\0\x0e" + vector([b"\0"] * n) + b"\0"),
    "tables": lambda n: section(4, vector([b"\x70\0\0"] * n)),
    "memories": lambda n: section(5, vector([b"\0\0"] * n)),
    "data": lambda n: section(11, vector([b"\1\0"] * n)),
    "name": lambda n: section(5, b"\1\0\0") + section(7, vector([sized(b"x" * n) + b"\2\0"])),
    "body": lambda n: function(b"\1" * (n - 2)),
}

name, count, output = sys.argv[1:]
with open(output, "wb") as file:
    file.write(b"\0asm\1\0\0\0" + MAKERS[name](int(count)))
