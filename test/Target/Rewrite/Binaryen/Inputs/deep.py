"""Functions with nesting of a given depth: deep.py FOLDER DEPTH."""

import os
import sys


def uleb(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def section(number, content):
    return bytes([number]) + uleb(len(content)) + content


def module(body):
    """Function 0 calls the template, function 1, then runs the body."""
    code = b"\x00\x10\x01" + body + b"\x0b"
    template = b"\x00\x41\x00\x1a\x0b"
    return (
        b"\0asm\1\0\0\0"
        + section(1, b"\2\x60\1\x7f\1\x7f\x60\0\0")
        + section(3, b"\2\0\1")
        + section(7, b"\1\1f\0\0")
        + section(10, b"\2" + uleb(len(code)) + code + uleb(len(template)) + template)
    )


folder, depth = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)
get, const, add = b"\x20\x00", b"\x41\x01", b"\x6a"
bodies = {
    "left": get + (const + add) * depth,
    "right": get * (depth + 1) + add * depth,
    "unary": get + b"\x45" * depth,
    "tee": get + b"\x22\x00" * depth,
    "blocks": b"\x02\x40" * depth + b"\x0b" * depth + get,
    "loops": b"\x03\x40" * depth + b"\x01" + b"\x0b" * depth + get,
    "ifs": (get + b"\x04\x40") * depth + b"\x01" + b"\x0b" * depth + get,
}
for name, body in bodies.items():
    with open(os.path.join(folder, f"{name}.wasm"), "wb") as file:
        file.write(module(body))
