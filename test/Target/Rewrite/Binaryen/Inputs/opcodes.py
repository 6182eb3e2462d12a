"""A module with a function for every opcode that Binaryen handles.

opcodes.py build TABLE.json OUT.wasm VERSION
opcodes.py compare BEFORE.wasm AFTER.wasm
"""

import json
import sys

TYPES = {"I32": 0x7F, "I64": 0x7E, "F32": 0x7D, "F64": 0x7C, "V128": 0x7B}
# What depends on the module: its memory and its tables 0 (funcref).
TYPES |= {"Addr": 0x7F, "Addr2": 0x7F, "AddrMin": 0x7F}
TYPES |= {"TableAddr": 0x7F, "TableAddr2": 0x7F, "TableAddrMin": 0x7F, "TableElem": 0x70}

# Opcodes whose types follow from the context: parameters, results, body.
SPECIAL = {
    "Unreachable": ([], [], "00"),
    "Nop": ([], [], "01"),
    "Block": ([], [], "02 40 01 0c 00 0b"),
    "Loop": ([0x7F], [], "03 40 20 00 0d 00 0b"),
    "If": ([0x7F], [], "20 00 04 40 23 00 24 00 05 23 00 24 00 0b"),
    "Br": ([0x7F], [], "02 40 20 00 04 40 0c 01 0b 23 00 24 00 0b"),
    "BrIf": ([0x7F], [], "02 40 20 00 0d 00 0b"),
    "BrTable": ([0x7F], [], "02 40 02 40 20 00 0e 02 00 01 01 0b 0b"),
    "Return": ([0x7F], [0x7F], "20 00 0f"),
    "Call": ([], [], "10 00"),
    "CallIndirect": ([0x7F], [], "20 00 11 00 00"),
    "ReturnCall": ([], [], "12 00"),
    "ReturnCallIndirect": ([0x7F], [], "20 00 13 00 00"),
    "Drop": ([0x7F], [], "20 00 1a"),
    "Select": ([0x7F, 0x7F, 0x7F], [0x7F], "20 00 20 01 20 02 1b"),
    "TypedSelect": ([0x70, 0x70, 0x7F], [0x70], "20 00 20 01 20 02 1c 01 70"),
    "LocalGet": ([0x7F], [0x7F], "20 00"),
    "LocalSet": ([0x7F], [], "20 00 21 00"),
    "LocalTee": ([0x7F], [0x7F], "20 00 22 00"),
    "GlobalGet": ([], [0x7F], "23 00"),
    "GlobalSet": ([0x7F], [], "20 00 24 00"),
    "RefNull": ([], [0x6F], "d0 6f"),
    "RefIsNull": ([0x70], [0x7F], "20 00 d1"),
    "RefFunc": ([], [], "d2 00 1a"),
    "Throw": ([], [], "08 00"),
    # NaNs with a payload must keep it.
    "I32Const": ([], [0x7F], "41 7f"),
    "I64Const": ([], [0x7E], "42 80 80 80 80 80 80 80 80 80 7f"),
    "F32Const": ([], [0x7D], "43 01 00 a0 7f"),
    "F64Const": ([], [0x7C], "44 01 00 00 00 00 00 f4 ff"),
}
# Parts of the above.
IMPLIED = {"Else", "End"}


def uleb(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def vector(items):
    return uleb(len(items)) + b"".join(items)


def section(number, content):
    return bytes([number]) + uleb(len(content)) + content


def read_uleb(data, pos):
    value = shift = 0
    while True:
        byte = data[pos]
        pos += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, pos


def names(definitions):
    return [definition["def"] for definition in definitions]


def immediates(table, opcode):
    """Immediates: index 0, lane 1, natural alignment, offset 5."""
    out = b""
    for slot in names(table[opcode["immediates"]["def"]]["slots"]):
        if slot == "ImmMemArg":
            out += uleb(opcode["accessBytes"].bit_length() - 1) + b"\x05"
        elif slot == "ImmLane":
            out += b"\x01"
        elif slot in ("ImmShuffle", "ImmV128"):
            out += bytes(range(16))
        else:
            out += b"\x00"
    return out


def make_function(table, name):
    if name in SPECIAL:
        params, results, body = SPECIAL[name]
        return params, results, bytes.fromhex(body)
    opcode = table[name]
    params = [TYPES[t] for t in names(opcode["operands"])]
    results = [TYPES[t] for t in names(opcode["results"])]
    body = b"".join(b"\x20" + uleb(i) for i in range(len(params)))
    if opcode["prefix"]:
        body += bytes([opcode["prefix"]]) + uleb(opcode["opcode"])
    else:
        body += bytes([opcode["opcode"]])
    return params, results, body + immediates(table, opcode)


def faithful(table, version):
    """Names of the opcodes that the version handles."""
    kinds = table["!instanceof"]
    entry = {}
    for kind in ("FaithfulProposal", "FaithfulOpcode"):
        for name in kinds[kind]:
            entry[table[name]["Of"]["def"]] = table[name]["Since"]
    for name in kinds["Opcode"]:
        since = entry.get(name, entry.get(table[name]["proposal"]["def"], 0))
        if since and since <= version and name not in IMPLIED:
            yield name


def build(table_path, out_path, version):
    with open(table_path) as file:
        table = json.load(file)
    functions = [([], [], b"")] + [make_function(table, n) for n in faithful(table, int(version))]
    types = [b"\x60" + vector([bytes([t]) for t in p]) + vector([bytes([t]) for t in r]) for p, r, _ in functions]
    bodies = [b"\x00" + body + b"\x0b" for _, _, body in functions]
    module = b"\0asm\1\0\0\0"
    module += section(1, vector(types))
    module += section(3, vector([uleb(i) for i in range(len(functions))]))
    module += section(4, vector([b"\x70\x00\x01"]))
    module += section(5, vector([b"\x03\x01\x02"]))
    module += section(13, vector([b"\x00\x00"]))
    module += section(6, vector([b"\x7f\x01\x41\x00\x0b"]))
    module += section(9, vector([b"\x03\x00\x01\x00"]))
    module += section(12, b"\x01")
    module += section(10, vector([uleb(len(b)) + b for b in bodies]))
    module += section(11, vector([b"\x01\x00"]))
    with open(out_path, "wb") as file:
        file.write(module)


def read_bodies(path):
    with open(path, "rb") as file:
        data = file.read()
    pos = 8
    while pos < len(data):
        number = data[pos]
        size, pos = read_uleb(data, pos + 1)
        if number != 10:
            pos += size
            continue
        count, pos = read_uleb(data, pos)
        bodies = []
        for _ in range(count):
            size, pos = read_uleb(data, pos)
            bodies.append(data[pos : pos + size])
            pos += size
        return bodies
    return []


def compare(before_path, after_path):
    before, after = read_bodies(before_path), read_bodies(after_path)
    assert len(before) == len(after)
    equal = 0
    for i, (old, new) in enumerate(zip(before, after)):
        same = old == new
        if old[1:4] in (bytes.fromhex("200011"), bytes.fromhex("200013")):
            same = old[1:4] == new[1:4] and len(old) <= len(new) <= len(old) + 1
        if same:
            equal += 1
        else:
            print(f"function {i} differs: {old.hex()} {new.hex()}")
    print(f"{equal} functions are equal")


if __name__ == "__main__":
    {"build": build, "compare": compare}[sys.argv[1]](*sys.argv[2:])
