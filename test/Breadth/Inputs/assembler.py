"""A small assembler: modules with known function, instruction and byte indices.

Opcodes and the order of immediates come from the project's tables (as JSON of
whamm-tblgen -dump-json); tools that know nothing of these read what comes out."""
import struct

I32, I64, F32, F64 = b"\x7f", b"\x7e", b"\x7d", b"\x7c"
FUNCREF, EXTERNREF, ANYREF, EQREF, I31REF, ARRAYREF, EXNREF = (bytes([b]) for b in (0x70, 0x6F, 0x6E, 0x6D, 0x6C, 0x6A, 0x69))
VALUE_TYPES = {"i32": I32, "i64": I64, "f32": F32, "f64": F64}
EMPTY = b"\x40"


def unsigned(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def signed(value):
    out = bytearray()
    while not -64 <= value < 64:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value & 0x7F]))


def vector(items):
    return unsigned(len(items)) + b"".join(items)


def name(text):
    return unsigned(len(text.encode())) + text.encode()


def ref(heap_type):
    return b"\x64" + signed(heap_type)


def ref_null(heap_type):
    return b"\x63" + signed(heap_type)


def function_type(params=(), results=()):
    return b"\x60" + vector(params) + vector(results)


def struct_type(*fields):
    return b"\x5f" + vector(fields)


def array_type(field):
    return b"\x5e" + field


# How the immediates of each kind are written.
ENCODERS = {
    "ImmI32": signed, "ImmI64": signed,
    "ImmF32": lambda value: struct.pack("<f", value), "ImmF64": lambda value: struct.pack("<d", value),
    "ImmBlockType": lambda value: value if isinstance(value, bytes) else signed(value),
    "ImmMemArg": lambda value: unsigned(value[0]) + unsigned(value[1]),
    "ImmHeapType": signed,
    "ImmCastTypes": lambda value: bytes([value[0]]) + unsigned(value[1]) + signed(value[2]) + signed(value[3]),
    "ImmLabels": lambda value: vector([unsigned(v) for v in value[0]]) + unsigned(value[1]),
    "ImmValTypes": vector, "ImmCatches": vector,
    "ImmZeroByte": lambda value: b"\0",
}


class Opcodes:
    """Opcodes by the names of their events."""

    def __init__(self, records):
        self.table = {}
        for event in records["!instanceof"]["Event"]:
            opcode = records[records[event]["opcode"]["def"]]
            slots = [slot["def"] for slot in records[opcode["immediates"]["def"]]["slots"]]
            self.table[records[event]["name"]] = (opcode["prefix"], opcode["opcode"], slots)

    def encode(self, mnemonic, *immediates):
        prefix, number, slots = self.table[mnemonic]
        out = bytes([prefix]) + unsigned(number) if prefix else bytes([number])
        if slots == ["ImmZeroByte"]:
            immediates = (0,)
        assert len(slots) == len(immediates), f"immediates of {mnemonic}"
        return out + b"".join(ENCODERS.get(slot, unsigned)(value) for slot, value in zip(slots, immediates))


class Module:
    """Sections in lists of encoded items; imported functions come before own ones."""

    def __init__(self, opcodes):
        self.opcodes = opcodes
        self.types, self.imports, self.functions, self.bodies = [], [], [], []
        self.tables, self.memories, self.globals, self.tags = [], [], [], []
        self.elements, self.data, self.exports, self.names = [], [], [], []

    def type(self, encoded):
        """The index of a type, the same for the same type."""
        if encoded not in self.types:
            self.types.append(encoded)
        return self.types.index(encoded)

    def import_function(self, module, field, encoded_type):
        self.imports.append(name(module) + name(field) + b"\0" + unsigned(self.type(encoded_type)))
        self.names.append(field)
        return len(self.names) - 1

    def function(self, function_name, encoded_type, code, local_types=(), exported=True):
        """Adds a function; its index, and (pc, opidx) of the instructions in `code`."""
        self.functions.append(unsigned(self.type(encoded_type)))
        body = vector([b"\1" + local for local in local_types])
        places = []
        for instruction in [*code, ("end",)]:
            places.append((len(body), len(places)))
            body += self.opcodes.encode(*instruction)
        self.bodies.append(unsigned(len(body)) + body)
        self.names.append(function_name)
        index = len(self.names) - 1
        if exported:
            self.exports.append(name(function_name) + b"\0" + unsigned(index))
        return index, places

    def encode(self):
        code = [("types", 1, self.types), ("imports", 2, self.imports), ("functions", 3, self.functions),
                ("tables", 4, self.tables), ("memories", 5, self.memories), ("tags", 13, self.tags),
                ("globals", 6, self.globals), ("exports", 7, self.exports), ("elements", 9, self.elements)]
        out = b"\0asm\1\0\0\0"
        for _, number, items in code:
            out += section(number, vector(items)) if items else b""
        out += section(12, unsigned(len(self.data))) if self.data else b""
        out += section(10, vector(self.bodies))
        out += section(11, vector(self.data)) if self.data else b""
        function_names = vector([unsigned(index) + name(text) for index, text in enumerate(self.names)])
        return out + section(0, name("name") + section(1, function_names))


def section(number, content):
    return bytes([number]) + unsigned(len(content)) + content
