"""Makes large programs: a module with the functions of another one, several times.

Types, imports, tables, exports and data stay as they are. Calls of a copy go to functions
of the same copy, so that each is a program of its own; nothing calls the copies.
"""

from .wasm import CALL, CODE, FUNCTION, RETURN_CALL, Cursor, encode_unsigned, encode_vector, instructions, locals_of


class Body:
    """A body in pieces, between the indices of functions that it calls."""

    def __init__(self, data, imported):
        self.pieces, self.callees = [], []
        at = 0
        *_, code = locals_of(data)
        for opcode, _, immediates, end in instructions(data, code, len(data)):
            if opcode not in (CALL, RETURN_CALL):
                continue
            callee = Cursor(data, immediates).unsigned()
            if callee >= imported:
                self.pieces.append(data[at:immediates])
                self.callees.append(callee)
                at = end
        self.pieces.append(data[at:])

    def encode(self, shift):
        """The body with other callees, its size in front."""
        parts = [self.pieces[0]]
        for callee, piece in zip(self.callees, self.pieces[1:]):
            parts += [encode_unsigned(callee + shift), piece]
        body = b"".join(parts)
        return encode_unsigned(len(body)) + body


def repeat_functions(module, times):
    """Puts `times` - 1 copies of the functions behind those that are there."""
    # Debugging information speaks of offsets, which copies do not have.
    module.keep_custom("name")
    imported = module.imported_function_count()
    types = module.function_types()
    bodies = [Body(body, imported) for body in module.bodies()]
    module.sections[FUNCTION] = encode_vector([encode_unsigned(index) for index in types] * times)
    module.sections[CODE] = encode_vector(
        body.encode(copy * len(types)) for copy in range(times) for body in bodies
    )


def get_times(module, size):
    """How often functions have to be there for a module of about `size` bytes; at least once."""
    module.keep_custom("name")
    repeated = len(module.sections.get(CODE, b"")) + len(module.sections.get(FUNCTION, b""))
    if repeated == 0:
        raise ValueError("there are no functions that could be repeated")
    rest = len(module.encode()) - repeated
    return max(1, round((size - rest) / repeated))
