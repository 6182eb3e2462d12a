"""Random scripts do what an interpreter of the language says.

usage: random-scripts.py WHAMM DIRECTORY SEED COUNT

Statements, control flow, predicates, variables of every storage and integer
type, over operands (known at run time) and immediates (known at match time).
Scripts that would trap are not used.
"""
import os
import random
import sys

from language import INTS, edge_values, is_signed, rows, run

whamm, directory, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
TYPES = (*INTS, "bool")
SITES = [(5, 7), (-1, 255), (0, 0), (-2147483648, -1), (65535, 1 << 40)]
RUNS = 3


class Trap(Exception):
    pass


class Return(Exception):
    pass


def wrap(value, type):
    if type == "bool":
        return int(value != 0)
    bits = INTS[type]
    value &= (1 << bits) - 1
    return value - (1 << bits) if is_signed(type) and value >> bits - 1 else value


def compute(op, type, a, b):
    bits = INTS[type]
    if op in "/%":
        overflows = is_signed(type) and bits >= 32 and a == -(1 << bits - 1) and b == -1
        if b == 0 or op == "/" and overflows:
            raise Trap
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return wrap(quotient if op == "/" else a - quotient * b, type)
    shift = b & (63 if bits == 64 else 31)
    return wrap({"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "<<": lambda: a << shift,
                 ">>": lambda: a >> shift, "&": lambda: a & b, "|": lambda: a | b,
                 "^": lambda: a ^ b}[op](), type)


COMPARE = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
           "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def is_constant_zero(value):
    """True for an expression that reads no variable and gives 0, or traps."""
    try:
        return value({}) == 0
    except KeyError:
        return False
    except Exception:
        return True


class Generator:
    """Makes expressions and statements: pairs of text and a function of an
    environment."""

    def __init__(self, rng, names):
        self.rng, self.names = rng, names

    def literal(self, type):
        if type == "bool":
            value = self.rng.randrange(2)
            return ("false", "true")[value], lambda env: value
        value = int(self.rng.choice(edge_values(type) + ["2", "3"]))
        return f"({value} as {type})", lambda env: value

    def leaf(self, type):
        names = [name for name, kind in self.names.items() if kind == type]
        if not names or self.rng.random() < 0.3:
            return self.literal(type)
        name = self.rng.choice(names)
        return name, lambda env: env[name]

    def expr(self, type, depth):
        rng = self.rng
        if depth == 0 or rng.random() < 0.15:
            return self.leaf(type)
        if rng.random() < 0.2:
            source = rng.choice([t for t in TYPES])
            text, value = self.expr(source, depth - 1)
            return f"(({text}) as {type})", lambda env: wrap(value(env), type)
        if type == "bool":
            return self.bool_expr(depth)
        text, value = self.expr(type, depth - 1)
        if rng.random() < 0.1:
            return f"(~{text})", lambda env: wrap(~value(env), type)
        op = rng.choice(("+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"))
        right, other = self.literal(type) if op in "/%" and rng.random() < 0.5 else self.expr(type, depth - 1)
        if op in "/%" and is_constant_zero(other):
            op = "+"  # the checker refuses a constant division by zero
        return f"({text} {op} {right})", lambda env: compute(op, type, value(env), other(env))

    def bool_expr(self, depth):
        rng = self.rng
        kind = rng.randrange(4)
        if kind == 0:
            text, value = self.expr("bool", depth - 1)
            return f"(!{text})", lambda env: 1 - value(env)
        if kind == 1:
            type = rng.choice(tuple(INTS))
            (left, a), (right, b) = self.expr(type, depth - 1), self.expr(type, depth - 1)
            op = rng.choice(tuple(COMPARE))
            return f"({left} {op} {right})", lambda env: int(COMPARE[op](a(env), b(env)))
        (left, a), (right, b) = self.expr("bool", depth - 1), self.expr("bool", depth - 1)
        if kind == 2:
            return f"({left} && {right})", lambda env: a(env) and b(env)
        return f"({left} || {right})", lambda env: a(env) or b(env)

    def statement(self, targets, depth):
        rng = self.rng
        kind = rng.random()
        if depth and kind < 0.3:
            return self.branch(targets, depth)
        if kind < 0.33:
            def leave(env):
                raise Return
            return "return;", leave
        name, type = rng.choice(targets)
        if type != "bool" and kind < 0.5:
            op = rng.choice("+-")
            def step(env):
                env[name] = compute(op, type, env[name], 1)
            return f"{name}{op}{op};", step
        if kind < 0.65:
            (c, cond), (a, yes), (b, no) = self.expr("bool", 2), self.expr(type, 2), self.expr(type, 2)
            def choose(env):
                env[name] = yes(env) if cond(env) else no(env)
            return f"{name} = {c} ? {a} : {b};", choose
        text, value = self.expr(type, 3)
        def assign(env):
            env[name] = value(env)
        return f"{name} = {text};", assign

    def block(self, targets, depth, length):
        statements = []
        for _ in range(length):
            statements.append(self.statement(targets, depth))
            if statements[-1][0] == "return;":
                break
        def execute(env):
            for _, statement in statements:
                statement(env)
        return " ".join(text for text, _ in statements), execute

    def branch(self, targets, depth):
        c, cond = self.expr("bool", 2)
        then, run_then = self.block(targets, depth - 1, self.rng.randint(1, 3))
        text, other = f"if ({c}) {{ {then} }}", None
        if self.rng.random() < 0.3:
            d, second = self.expr("bool", 2)
            middle, run_middle = self.block(targets, depth - 1, 1)
            last, run_last = self.block(targets, depth - 1, 1)
            text += f" elif ({d}) {{ {middle} }} else {{ {last} }}"
            other = lambda env: (run_middle if second(env) else run_last)(env)
        elif self.rng.random() < 0.5:
            last, other = self.block(targets, depth - 1, 2)
            text += f" else {{ {last} }}"
        def execute(env):
            if cond(env):
                run_then(env)
            elif other:
                other(env)
        return text, execute


class Probe:
    def __init__(self, rng, index, at_call):
        self.index, self.at_call = index, at_call
        static = {"fid": "u32", "opidx": "u32"} | ({} if at_call else {"imm0": "i64"})
        dynamic = {"arg0": "i64", "arg1": "i32"} if at_call else {}
        rule = "wasm:opcode:call(arg0: i64, arg1: i32):before" if at_call else "wasm:opcode:i64.const:before"
        shared = {f"g_{type}": type for type in TYPES}
        self.site = {f"s{index}_{i}": rng.choice(TYPES) for i in range(3)}
        self.local = {f"v{index}_{i}": rng.choice(TYPES) for i in range(2)}
        self.inits = {}
        text = []
        for name, type in self.site.items():
            init, value = Generator(rng, static).expr(type, 2)
            # What can trap is not static, and makes no initial value.
            if rng.random() < 0.5 and not any(op in init for op in "/%"):
                self.inits[name] = value
                text.append(f"report var {name}: {type} = {init};")
            else:
                self.inits[name] = lambda env: 0
                text.append(f"report var {name}: {type};")
        text += [f"var {name}: {type};" for name, type in self.local.items()]
        visible = static | dynamic | shared
        generator = Generator(rng, visible | self.site | self.local)
        targets = list((shared | self.site | self.local).items())
        body, self.body = generator.block(targets, 3, rng.randint(2, 6))
        predicate, self.predicate = Generator(rng, visible).expr("bool", 3) if rng.random() < 0.6 else ("", lambda env: 1)
        slashes = f" / {predicate} / " if predicate else " "
        self.text = f"{rule}{slashes}{{ {' '.join(text)} {body} }}"
        self.state = {}

    def facts(self, site):
        arg1, arg0 = SITES[site]
        opidx = 3 * site + (2 if self.at_call else 1)
        return {"fid": 1, "opidx": opidx, "imm0": arg0, "arg0": arg0, "arg1": arg1}

    def start(self):
        for site in range(len(SITES)):
            env = self.facts(site)
            self.state[site] = {name: init(env) for name, init in self.inits.items()}

    def fire(self, site, shared):
        env = self.facts(site) | shared | self.state[site] | dict.fromkeys(self.local, 0)
        if not self.predicate(env):
            return
        try:
            self.body(env)
        except Return:
            pass
        for name in shared:
            shared[name] = env[name]
        for name in self.site:
            self.state[site][name] = env[name]


def simulate(probes, initial):
    shared = dict(initial)
    for probe in probes:
        probe.start()
    for _ in range(RUNS):
        for site in range(len(SITES)):
            for at_call in (False, True):
                for probe in probes:
                    if probe.at_call == at_call:
                        probe.fire(site, shared)
    return shared


def make(rng):
    """Probes that do not trap, and what they do."""
    while True:
        initial = {f"g_{type}": int(rng.choice(edge_values(type))) if type != "bool" else rng.randrange(2)
                   for type in TYPES}
        probes = [Probe(rng, i, rng.random() < 0.6) for i in range(4)]
        try:
            return initial, probes, simulate(probes, initial)
        except Trap:
            pass


def show(value, type):
    return ("false", "true")[value] if type == "bool" else str(value)


def check(number, report, probes, shared):
    mismatches = []
    found = rows(report)
    for row in found:
        name, type, value = row[2], row[3], row[-1]
        if name in shared:
            expected = shared[name]
        else:
            probe = probes[int(name[1])]
            expected = next(state[name] for site, state in probe.state.items() if PCS[site][probe.at_call] == int(row[8]))
        if show(expected, type) != value:
            mismatches.append(f"script {number}: {name} at {row[8]} is {value}, expected {show(expected, type)}")
    names = {row[2] for row in found}
    mismatches += [f"script {number}: no row for {name}" for name in shared if name not in names]
    return mismatches


def leb(value):
    """Length of a signed LEB128."""
    size = 1
    while not -64 <= value < 64:
        value >>= 7
        size += 1
    return size


# Offsets of the i64.const and the call of each site.
PCS, pc = [], 1
for a, b in SITES:
    PCS.append((pc + 1 + leb(a), pc + 2 + leb(a) + leb(b)))
    pc = PCS[-1][1] + 2

os.makedirs(directory, exist_ok=True)
app = os.path.join(directory, "app.wat")
with open(app, "w") as file:
    code = "\n".join(f"i32.const {a} i64.const {b} call $f" for a, b in SITES)
    file.write(f'(module (func $f (param i32 i64)) (func $g {code}) '
               f'(func (export "_start") {"call $g " * RUNS}))')
failures = []
for number in range(count):
    initial, probes, shared = make(random.Random(seed + number))
    script = os.path.join(directory, f"{number}.mm")
    with open(script, "w") as file:
        for type in TYPES:
            value = show(initial[f"g_{type}"], type)
            file.write(f"report var g_{type}: {type} = {value};\n")
        file.write("\n".join(probe.text for probe in probes))
    for options in ([], ["--no-binaryen"]):
        output = os.path.join(directory, f"{number}.wasm")
        run(whamm, "instr", "-s", script, "-a", app, "-o", output, *options)
        failures += check(number, run(whamm, "run", output), probes, shared)
print("\n".join(failures[:20]))
print(f"{count} scripts, {len(failures)} mismatches")
