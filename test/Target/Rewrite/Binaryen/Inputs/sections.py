"""Custom sections around a module, and which sections two modules share.

sections.py add IN.wasm OUT.wasm
sections.py compare BEFORE.wasm AFTER.wasm
"""

import sys


def read_uleb(data, pos):
    value = shift = 0
    while True:
        byte = data[pos]
        pos += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, pos


def read_sections(path):
    with open(path, "rb") as file:
        data = file.read()
    pos = 8
    sections = []
    while pos < len(data):
        begin, number = pos, data[pos]
        size, pos = read_uleb(data, pos + 1)
        label = str(number)
        if number == 0:
            length, at = read_uleb(data, pos)
            label += " " + data[at : at + length].decode()
        pos += size
        sections.append((label, data[begin:pos]))
    return data, sections


def custom(name, content):
    body = bytes([len(name)]) + name + content
    return bytes([0, len(body)]) + body


def add(path, out):
    data, _ = read_sections(path)
    # A hint for offset 3 of function 2, which is optimised, and one of 1.
    hints = bytes([2, 1, 1, 3, 1, 9, 2, 1, 3, 1, 9])
    with open(out, "wb") as file:
        file.write(data[:8] + custom(b"first", b"\xff\x00") + data[8:])
        file.write(custom(b"metadata.code.test", hints) + custom(b"last", b"x"))


def compare(before_path, after_path):
    before, after = read_sections(before_path)[1], read_sections(after_path)[1]
    assert [label for label, _ in before] == [label for label, _ in after]
    for (label, old), (_, new) in zip(before, after):
        print(label, "equal" if old == new else "differs")


if __name__ == "__main__":
    {"add": add, "compare": compare}[sys.argv[1]](*sys.argv[2:])
