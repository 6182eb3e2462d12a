"""Puts a call of a function in front of each load and store, as one would by hand.

That is what an expert makes of a cache simulation without a compiler for it: the cheapest
code that calls the same function with the same arguments at the same places.
"""

from .wasm import (
    CALL,
    ELEMENT,
    EXPORT,
    FUNCTION,
    GLOBAL,
    IMPORT,
    REF_FUNC,
    RETURN_CALL,
    START,
    TYPE,
    Cursor,
    FormatError,
    Import,
    encode_name,
    encode_signed,
    encode_unsigned,
    encode_vector,
    instructions,
    locals_of,
    skip_expression,
)

I32, I64, F32, F64 = 0x7F, 0x7E, 0x7D, 0x7C
# Bytes that loads (0x28 on) and stores (0x36 on) access, and the types that stores store.
LOAD_SIZES = dict(enumerate([4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4], 0x28))
STORE_SIZES = dict(enumerate([4, 8, 4, 8, 1, 2, 1, 2, 4], 0x36))
STORE_TYPES = dict(enumerate([I32, I64, F32, F64, I32, I32, I64, I64, I64], 0x36))
LOCAL_GET, LOCAL_SET, LOCAL_TEE = b"\x20", b"\x21", b"\x22"
I32_CONST, I32_ADD = b"\x41", b"\x6a"


def as_i32(value):
    return value - (1 << 32) if value >= 1 << 31 else value


class Instrumenter:
    """Puts calls of function `name` of module `library`, (address, size), into a module."""

    def __init__(self, module, library, name):
        self.module = module
        # The new import is the last one: functions behind it move by one.
        self.callee = module.imported_function_count()
        self.types = module.function_types()
        self.parameter_counts = module.parameter_counts()
        self.add_import(library, name)

    def add_import(self, library, name):
        count, cursor = self.module.items(TYPE)
        new_type = bytes([0x60, 2, I32, I32, 0])
        self.module.sections[TYPE] = encode_unsigned(count + 1) + cursor.data[cursor.at :] + new_type
        imports = self.module.imports()
        imports.append(Import(library, name, 0, encode_unsigned(count)))
        self.module.sections[IMPORT] = encode_vector(entry.encode() for entry in imports)

    def moved(self, function):
        return encode_unsigned(function + (function >= self.callee))

    def run(self):
        self.module.custom = []
        bodies = zip(self.types, self.module.bodies())
        self.module.set_bodies([self.instrument(body, self.parameter_counts[kind]) for kind, body in bodies])
        self.move_exports()
        self.move_elements()
        self.move_globals()
        if START in self.module.sections:
            self.module.sections[START] = self.moved(Cursor(self.module.sections[START]).unsigned())

    # Bodies

    def instrument(self, body, parameter_count):
        groups, count, first, code = locals_of(body)
        address = parameter_count + count
        # One for each type of value that is stored, behind the address.
        values = {kind: address + 1 + place for place, kind in enumerate((I32, I64, F32, F64))}
        parts, found = [], False
        for opcode, begin, immediates, end in instructions(body, code, len(body)):
            if opcode in LOAD_SIZES:
                found = True
                parts += [self.call(body, immediates, LOAD_SIZES[opcode], address), body[begin:end]]
            elif opcode in STORE_SIZES:
                found = True
                value = encode_unsigned(values[STORE_TYPES[opcode]])
                call = self.call(body, immediates, STORE_SIZES[opcode], address)
                parts += [LOCAL_SET + value, call, LOCAL_GET + value, body[begin:end]]
            else:
                parts.append(self.move_callee(body, opcode, begin, immediates, end))
        declared = body[first:code]
        if found:
            groups += 5
            declared += b"".join(bytes([1, kind]) for kind in (I32, I32, I64, F32, F64))
        return encode_unsigned(groups) + declared + b"".join(parts)

    def call(self, body, immediates, size, address):
        cursor = Cursor(body, immediates)
        if cursor.unsigned() & 0x40:
            raise FormatError("accesses of a second memory are not supported")
        offset = cursor.unsigned()
        local = encode_unsigned(address)
        add = I32_CONST + encode_signed(as_i32(offset)) + I32_ADD if offset else b""
        arguments = LOCAL_TEE + local + LOCAL_GET + local + add + I32_CONST + encode_signed(size)
        return arguments + bytes([CALL]) + encode_unsigned(self.callee)

    def move_callee(self, data, opcode, begin, immediates, end):
        if opcode not in (CALL, RETURN_CALL, REF_FUNC):
            return data[begin:end]
        return data[begin:immediates] + self.moved(Cursor(data, immediates).unsigned())

    # Other places that name functions

    def move_expression(self, data):
        return b"".join(self.move_callee(data, *each) for each in instructions(data, 0, len(data)))

    def move_exports(self):
        count, cursor = self.module.items(EXPORT)
        exports = []
        for _ in range(count):
            name, kind, index = cursor.name(), cursor.byte(), cursor.unsigned()
            exports.append(encode_name(name) + bytes([kind]) + (self.moved(index) if kind == 0 else encode_unsigned(index)))
        if exports:
            self.module.sections[EXPORT] = encode_vector(exports)

    def move_globals(self):
        count, cursor = self.module.items(GLOBAL)
        moved = []
        for _ in range(count):
            begin = cursor.at
            cursor.value_type()
            cursor.byte()
            kind = cursor.data[begin : cursor.at]
            moved.append(kind + self.move_expression(skip_expression(cursor)))
        if moved:
            self.module.sections[GLOBAL] = encode_vector(moved)

    def move_elements(self):
        count, cursor = self.module.items(ELEMENT)
        segments = [self.move_segment(cursor) for _ in range(count)]
        if segments:
            self.module.sections[ELEMENT] = encode_vector(segments)

    def move_segment(self, cursor):
        begin = cursor.at
        flags = cursor.unsigned()
        is_passive, has_index, has_expressions = flags & 1, flags & 2, flags & 4
        if has_index and not is_passive:
            cursor.unsigned()
        head = cursor.data[begin : cursor.at]
        offset = b"" if is_passive else self.move_expression(skip_expression(cursor))
        begin = cursor.at
        if is_passive or has_index:
            cursor.value_type()
        kind = cursor.data[begin : cursor.at]
        count = cursor.unsigned()
        if has_expressions:
            items = [self.move_expression(skip_expression(cursor)) for _ in range(count)]
        else:
            items = [self.moved(cursor.unsigned()) for _ in range(count)]
        return head + offset + kind + encode_vector(items)


def call_at_accesses(module, library, name):
    Instrumenter(module, library, name).run()
