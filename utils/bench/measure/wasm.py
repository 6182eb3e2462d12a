"""Just enough of WebAssembly's binary format to copy functions and to put calls into them.

It shares nothing with the compiler: what is measured does not make what it is measured with.
"""

HEADER = b"\0asm\1\0\0\0"
CUSTOM, TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEMENT, CODE = range(11)
# The order of sections in a module; 12 is the count of data segments, 13 are tags.
SECTION_ORDER = [TYPE, IMPORT, FUNCTION, TABLE, MEMORY, 13, GLOBAL, EXPORT, START, ELEMENT, 12, CODE, 11]
CALL, RETURN_CALL, REF_FUNC = 0x10, 0x12, 0xD2


class FormatError(Exception):
    """The module is damaged, or uses what this reader does not know."""


def encode_unsigned(value):
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def encode_signed(value):
    encoded = bytearray()
    while not -0x40 <= value < 0x40:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value & 0x7F)
    return bytes(encoded)


def encode_vector(items):
    items = list(items)
    return encode_unsigned(len(items)) + b"".join(items)


def encode_name(text):
    encoded = text.encode()
    return encode_unsigned(len(encoded)) + encoded


class Cursor:
    """Reads numbers and strings, from the position `at` on."""

    def __init__(self, data, at=0):
        self.data = data
        self.at = at

    def byte(self):
        if self.at >= len(self.data):
            raise FormatError("the module ends too early")
        self.at += 1
        return self.data[self.at - 1]

    def skip(self, count):
        self.at += count

    def unsigned(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def bytes(self, count):
        if self.at + count > len(self.data):
            raise FormatError("the module ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def name(self):
        return self.bytes(self.unsigned()).decode(errors="replace")

    def limits(self):
        if self.unsigned() & 1:
            self.unsigned()
        self.unsigned()

    def value_type(self):
        """One type of a value; those of typed references have a second part."""
        if self.byte() in (0x63, 0x64):
            self.unsigned()


# Immediates by opcode: u a number (of either sign: what matters is its length), m a memory
# access, t a block type, B a branch table, V a list of types, digits so many bytes.
_IMMEDIATES = {
    **dict.fromkeys((0x02, 0x03, 0x04, 0x06), "t"),
    **dict.fromkeys((0x07, 0x08, 0x09, 0x0C, 0x0D, 0x10, 0x12, 0x14, 0x15, 0x18), "u"),
    0x0E: "B",
    **dict.fromkeys((0x11, 0x13), "uu"),
    0x1C: "V",
    **dict.fromkeys(range(0x20, 0x27), "u"),
    **dict.fromkeys(range(0x28, 0x3F), "m"),
    **dict.fromkeys((0x3F, 0x40, 0x41, 0x42), "u"),
    0x43: "4",
    0x44: "8",
    **dict.fromkeys((0xD0, 0xD2, 0xD5, 0xD6), "u"),
}
_UNKNOWN = frozenset((0x1F, 0xFB, *range(0xC5, 0xD0), 0xD7))
_BULK = {8: "uu", 9: "u", 10: "uu", 11: "u", 12: "uu", 13: "u", 14: "uu", 15: "u", 16: "u", 17: "u"}
_VECTOR = {
    **dict.fromkeys((*range(0, 12), 92, 93), "m"),
    **dict.fromkeys((12, 13), "88"),
    **dict.fromkeys(range(21, 35), "1"),
    **dict.fromkeys(range(84, 92), "m1"),
}


def _immediates_of(cursor, opcode):
    if opcode == 0xFC:
        return _BULK.get(cursor.unsigned(), "")
    if opcode == 0xFD:
        return _VECTOR.get(cursor.unsigned(), "")
    if opcode == 0xFE:
        return "1" if cursor.unsigned() == 3 else "m"
    if opcode in _UNKNOWN:
        raise FormatError(f"instruction {opcode:#x} is not supported")
    return _IMMEDIATES.get(opcode, "")


def _skip_access(cursor):
    if cursor.unsigned() & 0x40:
        cursor.unsigned()
    cursor.unsigned()


def _skip_immediate(cursor, kind):
    if kind == "u":
        cursor.unsigned()
    elif kind == "m":
        _skip_access(cursor)
    elif kind == "t":
        cursor.value_type() if cursor.data[cursor.at] in (0x63, 0x64) else cursor.unsigned()
    elif kind == "B":
        for _ in range(cursor.unsigned() + 1):
            cursor.unsigned()
    elif kind == "V":
        for _ in range(cursor.unsigned()):
            cursor.value_type()
    else:
        cursor.skip(int(kind))


def instructions(data, begin, end):
    """Opcode (the first byte of it), beginning, beginning of immediates, and end of each instruction."""
    cursor = Cursor(data, begin)
    while cursor.at < end:
        start = cursor.at
        opcode = cursor.byte()
        immediates = cursor.at
        for kind in _immediates_of(cursor, opcode):
            _skip_immediate(cursor, kind)
        yield opcode, start, immediates, cursor.at


def skip_expression(cursor):
    """Goes behind an initial value or an offset, and returns its bytes."""
    start = cursor.at
    depth = 0
    for opcode, _, _, end in instructions(cursor.data, start, len(cursor.data)):
        depth += opcode in (0x02, 0x03, 0x04)
        if opcode == 0x0B:
            if depth == 0:
                cursor.at = end
                return cursor.data[start:end]
            depth -= 1
    raise FormatError("an expression without an end")


class Import:
    def __init__(self, module, name, kind, description):
        self.module, self.name, self.kind, self.description = module, name, kind, description

    def encode(self):
        return encode_name(self.module) + encode_name(self.name) + bytes([self.kind]) + self.description


def _skip_description(cursor, kind):
    if kind == 0:
        cursor.unsigned()
    elif kind == 1:
        cursor.value_type()
        cursor.limits()
    elif kind == 2:
        cursor.limits()
    elif kind == 3:
        cursor.value_type()
        cursor.byte()
    else:
        cursor.byte()
        cursor.unsigned()


class Module:
    """Sections by number, and custom sections by name; the order of the latter is behind all others."""

    def __init__(self, data):
        if data[:8] != HEADER:
            raise FormatError("this is not a WebAssembly module")
        self.sections = {}
        self.custom = []
        cursor = Cursor(data, 8)
        while cursor.at < len(data):
            number = cursor.byte()
            content = cursor.bytes(cursor.unsigned())
            if number == CUSTOM:
                self.custom.append(content)
            else:
                self.sections[number] = content

    def encode(self):
        parts = [(number, self.sections[number]) for number in SECTION_ORDER if number in self.sections]
        parts += [(CUSTOM, content) for content in self.custom]
        encoded = [bytes([number]) + encode_unsigned(len(content)) + content for number, content in parts]
        return HEADER + b"".join(encoded)

    def keep_custom(self, *names):
        """Drops all custom sections but these."""
        self.custom = [content for content in self.custom if Cursor(content).name() in names]

    def items(self, number):
        """How many items a section has, and a cursor at the first of them."""
        cursor = Cursor(self.sections.get(number, b"\0"))
        return cursor.unsigned(), cursor

    def imports(self):
        count, cursor = self.items(IMPORT)
        found = []
        for _ in range(count):
            module, name, kind = cursor.name(), cursor.name(), cursor.byte()
            begin = cursor.at
            _skip_description(cursor, kind)
            found.append(Import(module, name, kind, cursor.data[begin : cursor.at]))
        return found

    def imported_function_count(self):
        return sum(entry.kind == 0 for entry in self.imports())

    def function_types(self):
        """The type index of each function that the module defines."""
        count, cursor = self.items(FUNCTION)
        return [cursor.unsigned() for _ in range(count)]

    def parameter_counts(self):
        """Of each type."""
        count, cursor = self.items(TYPE)
        counts = []
        for _ in range(count):
            if cursor.byte() != 0x60:
                raise FormatError("types other than those of functions are not supported")
            parameters = cursor.unsigned()
            for _ in range(parameters):
                cursor.value_type()
            for _ in range(cursor.unsigned()):
                cursor.value_type()
            counts.append(parameters)
        return counts

    def bodies(self):
        """The bytes of each function's body, list of locals included."""
        count, cursor = self.items(CODE)
        return [cursor.bytes(cursor.unsigned()) for _ in range(count)]

    def set_bodies(self, bodies):
        self.sections[CODE] = encode_vector(encode_unsigned(len(body)) + body for body in bodies)


def read_module(path):
    with open(path, "rb") as file:
        return Module(file.read())


def locals_of(body):
    """How many groups of locals a body declares, how many locals that are, and where code begins."""
    cursor = Cursor(body)
    groups = cursor.unsigned()
    first = cursor.at
    count = 0
    for _ in range(groups):
        count += cursor.unsigned()
        cursor.value_type()
    return groups, count, first, cursor.at
