"""Packs: files of many modules, each behind its length (four bytes, little-endian)."""
import struct


def write_pack(path, modules):
    with open(path, "wb") as file:
        for module in modules:
            file.write(struct.pack("<I", len(module)) + module)


def read_pack(path):
    with open(path, "rb") as file:
        data = file.read()
    modules, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
        modules.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return modules
