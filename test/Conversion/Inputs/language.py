"""Types, edge values and expressions of the language, for generated tests."""
import itertools
import subprocess
import sys

INTS = {"u8": 8, "i8": 8, "u16": 16, "i16": 16, "u32": 32, "i32": 32, "u64": 64, "i64": 64}
FLOATS = ("f32", "f64")
ARITHMETIC = ("+", "-", "*", "/", "%")
BITWISE = ("<<", ">>", "&", "|", "^")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
FLOAT_VALUES = ["0.0", "-0.0", "1.0", "-1.5", "2.75", "-5.5", "255.9", "-128.5", "2147483648.0",
                "4294967295.0", "9007199254740993.0", "1e30", "-inf", "-nan", "1e-40"]


def is_signed(type):
    return type[0] == "i"


def edge_values(type):
    """Literals at the ends of the type, around 0 and around shift counts."""
    if type in FLOATS:
        return FLOAT_VALUES
    bits = INTS[type]
    if is_signed(type):
        values = [0, 1, -1, 7, -(1 << bits - 1), (1 << bits - 1) - 1]
    else:
        values = [0, 1, 7, 31, (1 << bits) - 1, 1 << bits - 1]
    return [str(v) for v in values]


def literal(text, type):
    """An expression that is the literal, typed."""
    return f"({text} as {type})"


def traps(op, type, a, b):
    if type in FLOATS or op not in "/%":
        return False
    low = -(1 << INTS[type] - 1)
    overflows = is_signed(type) and INTS[type] >= 32 and int(a) == low and int(b) == -1
    return int(b) == 0 or op == "/" and overflows


def cast_traps(source, target, text):
    """Float to integer traps out of range of the 32-bit (64-bit) integer."""
    if source not in FLOATS or target not in INTS:
        return False
    value = float(text.replace("-nan", "nan"))
    if value != value or abs(value) == float("inf"):
        return True
    if source == "f32":
        import struct
        value = struct.unpack("f", struct.pack("f", value))[0]
    bits = 64 if INTS[target] == 64 else 32
    low, high = (-(1 << bits - 1), 1 << bits - 1) if is_signed(target) else (0, 1 << bits)
    return not low <= int(value) < high


def binary_cases(type):
    """(operator, result type, left, right) of all operators and edge values."""
    ops = ARITHMETIC + COMPARISONS + (() if type in FLOATS else BITWISE)
    for op, a, b in itertools.product(ops, edge_values(type), edge_values(type)):
        if not traps(op, type, a, b):
            yield op, "bool" if op in COMPARISONS else type, a, b


def run(*command, **kwargs):
    """Runs a command and gives its standard output; fails as it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **kwargs)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr[:4000]}")
    return done.stdout


def rows(report):
    """The rows of a report as lists of columns."""
    table = [line.split(", ") for line in report.splitlines()]
    return [row for row in table if len(row) > 10 and row[0].strip().isdigit()]
