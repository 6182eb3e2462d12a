#!/usr/bin/env python3
"""Checks monitors that are applied against what is known of the engine interface.

Reads the claims of wei-tests/run.sh, each a monitor, a program and what a run of
both prints on an engine; applies the monitor to the program (`whamm instr -m`), runs
the result (`whamm run`) and compares what is printed, and the exit code. Only what is
in the nature of an engine is made equal before: how it reports traps and errors.

utils/wei-claims-done.txt lists the claims that have to pass. One that newly passes is
added by --update.

Where Node.js cannot run a program (Node.js 20 has no multiple memories), the engine that
$WIZENG names runs it, without monitors.

usage: wei-claims.py [--bin DIR] [--tests DIR] [--only ID] [--jobs N] [--update]
"""
import argparse
import concurrent.futures
import fnmatch
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DONE = os.path.join(ROOT, "utils", "wei-claims-done.txt")
FEATURES = ["--enable-threads", "--enable-multi-memory", "--enable-memory64", "--enable-tail-call",
            "--enable-exceptions", "--debug-names"]

# Claims that say nothing of what a monitor means, by what they are about.
NOT_ABOUT_BEHAVIOUR = {
    "a crash of the engine": "G5 G6 N5 N23 P42 P50 L12 L15 I4 I5 I8 I9 S4",
    "a defect of one mode of the engine": "P40 P44 P46 I2 I7 K7",
    "no defined result: the engine does not check": "P38",
    "the engine's command line": "G4 K9 L13",
    "speed of the engine": "S1 S2 S3",
    "inlining and compilation in the engine": "S6 S7 S8 S9 S10",
    "probes that are put in while a program runs: refused, with an error": "D1 D2 D3 D4 D5 D6 D7 D8 D9",
    "several programs in one run": "M2",
    "several monitors in one run": "M3",
    "the frame, which is a thing of engines: refused, with an error": "P39",
}

# The claims whose runs end otherwise here than on an engine, by design: what is expected instead, and why.
EXPECTED_HERE = {
    "K3": ('*imports "inc" from "lib1", which nobody provides;rc=3', "what nothing provides is an error"),
    "K4": ('*imports "main" from "a_nop", which nobody provides;rc=3', "what nothing provides is an error"),
    "K8": ("Whamm monitor trapped*OUT_OF_BOUNDS?;44 1 0 1 1 *;-1 77 2 1 2 1 1;0 -1;b0 1 16 0 65 0 11 ;s7;n*;"
           "i6 97 95 109 111 100 108 1 102 0 0 ;t96 0 0 ;f1 ;e4 *;S2;1;1;rc=0", "warnings come before what is printed"),
    "L6": ("S;N;rc=5", "the program's exit code is not lost"),
    "N9": ("*threw exception (trap: unreachable executed);rc=3", "later errors are counted only"),
}

# What is said here of traps, as the engine's reasons.
TRAPS = {"unreachable": "UNREACHABLE", "unreachable executed": "UNREACHABLE", "out of bounds": "OUT_OF_BOUNDS",
         "memory access out of bounds": "MEMORY_OOB", "oops": "ERROR, oops"}

READ_CLAIMS = r"""
t() { printf '%s\x1f' "$@"; printf '\n'; }
ALL="int dyn lazy jit spc inl"
"""


NODE_LACKS = "is not a module that this Node.js can run"


class NotHere(Exception):
    """A claim that cannot be checked on this machine."""


class Claim:
    def __init__(self, fields):
        self.id, self.text, self.modes, self.expected, self.monitors, self.apps, *self.flags = fields
        self.expected, self.why = EXPECTED_HERE.get(self.id, (self.expected, None))


def read_claims(tests):
    """The claims of run.sh that are a run of a monitor. The file is a script whose function `t` checks one."""
    wanted = re.compile(r"(t|P|P\(\)|BIND=\S*|for \w+ in .*; do t) |BIND=")
    lines = open(os.path.join(tests, "run.sh"), encoding="utf-8").read().replace("\\\n", " ").splitlines()
    script = READ_CLAIMS + "\n".join(line for line in lines if wanted.match(line))
    out = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Claim(line.split("\x1f")[:-1]) for line in out.splitlines()]


def unchecked_ids(tests, claims):
    """Claims that run.sh checks in another way."""
    text = open(os.path.join(tests, "run.sh"), encoding="utf-8").read()
    found = re.findall(r"^\s*(?:c|S) ([A-Z]\d+) ", text, re.MULTILINE)
    return [name for name in found if name not in {claim.id for claim in claims}]


class Outcome:
    def __init__(self, name, state, reason=""):
        self.name, self.state, self.reason = name, state, reason


def natural_key(name):
    letter, number = re.match(r"([A-Z]+)-?(.*)", name).groups()
    return letter, int(number) if number.isdigit() else 0, number


class Checker:
    def __init__(self, args, folder):
        self.tests = os.path.abspath(args.tests)
        self.whamm = os.path.abspath(os.path.join(args.bin, "whamm"))
        self.folder = folder
        self.node = shutil.which(os.environ.get("WHAMM_NODE", "node"))
        if not os.path.exists(self.whamm):
            sys.exit(f"wei-claims: no tool at {self.whamm}: build first, or give --bin")

    #===------------------------------------------------------------------===#
    # Files
    #===------------------------------------------------------------------===#

    def build(self, folder, name):
        """The module of a name, made from its text."""
        out = os.path.join(folder, f"{name}.wasm")
        text = os.path.join(self.tests, f"{name}.wat")
        if os.path.exists(text):
            subprocess.run(["wat2wasm", *FEATURES, text, "-o", out], check=True)
        else:
            shutil.copy(os.path.join(self.tests, f"{name}.wasm"), out)
        return out

    def execute(self, command, folder, env=None):
        """Exit code, and both streams in the order of writing."""
        done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120)
        return done.returncode, done.stdout.decode("latin-1")

    def apply(self, folder, monitors, app, out):
        group = "+".join(f"{name}.wasm" for name in monitors)
        return self.execute([self.whamm, "instr", "-m", group, "-a", f"{app}.wasm", "-o", out], folder)

    #===------------------------------------------------------------------===#
    # Claims
    #===------------------------------------------------------------------===#

    def run_claim(self, claim, folder):
        """What a run prints, in the form of run.sh, with the exit code."""
        monitors, apps = claim.monitors.split("+"), claim.apps.split()
        for name in monitors + apps:
            self.build(folder, name)
        if "--no-names" in claim.flags:
            for app in apps:
                subprocess.run(["wasm-strip", f"{app}.wasm"], cwd=folder, check=True)
        printed = ""
        for app in apps:
            code, text = self.apply(folder, monitors, app, f"{app}.out.wasm")
            printed += text
            if code:
                return match_error(printed)
        libraries = [part for app in apps[:-1] for part in ("-u", f"{app}={app}.out.wasm")]
        env = dict(flag[len("--env="):].split("=") for flag in claim.flags if flag.startswith("--env="))
        env["WHAMM_NODE"] = self.node
        code, text = self.execute([self.whamm, "run", *libraries, f"{apps[-1]}.out.wasm"], folder, env)
        if code == 1 and NODE_LACKS in text:
            code, text = self.run_on_engine(folder, apps[-1])
        return run_result(printed + text, code)

    def run_on_engine(self, folder, app):
        """The same run where Node.js cannot: the engine gets the monitor as one more program, not as a monitor."""
        engine = os.environ.get("WIZENG")
        if not engine:
            raise NotHere("this Node.js cannot run it, and WIZENG names no engine")
        group = os.path.join(folder, f"{app}.out.monitor")
        os.rename(os.path.join(group, "monitor.wasm"), os.path.join(group, "whamm:monitor.wasm"))
        modules = sorted(os.path.join(group, name) for name in os.listdir(group) if name.endswith(".wasm"))
        code, text = self.execute([engine, "--colors=false", "--ext:all", "--expose=wizeng", *modules,
                                   f"{app}.out.wasm"], folder)
        return code, self.match_output(os.path.join(group, "whamm:monitor.wasm")) + text

    def match_output(self, monitor):
        """What a monitor printed while matching."""
        _, text = self.execute(["wasm-objdump", "-s", "-j", "whamm.match_output", monitor], self.folder)
        return section_text(text)

    def check_claim(self, claim, folder):
        got = self.run_claim(claim, folder)
        if fnmatch.fnmatchcase(got, claim.expected):
            return Outcome(claim.id, "PASS", claim.why or "")
        return Outcome(claim.id, "FAIL", f"{claim.text}\n    expected: {claim.expected}\n    got:      {got[:600]}")

    #===------------------------------------------------------------------===#
    # What run.sh checks in other ways
    #===------------------------------------------------------------------===#

    def check_mnemonics(self, folder):
        """O1: each mnemonic is known: a parameter that is not is warned of for known events only."""
        names = open(os.path.join(self.tests, "opcodes.txt"), encoding="utf-8").read().splitlines()
        exports = "\n".join(f'(export "wasm:opcode:{name}(zz)" (func 0))' for name in names)
        self.write_text(folder, "monitor", f"(module (func) {exports})")
        self.build(folder, "a_nop")
        code, text = self.apply(folder, ["monitor"], "a_nop", "out.wasm")
        count = len(re.findall(r'"?zz"?', text))
        good = code == 0 and all(f"wasm:opcode:{name}(zz)" in text for name in names)
        reason = "" if good else f"{count} of {len(names)} names known, exit {code}"
        return Outcome("O1", "PASS" if good else "FAIL", reason)

    def check_blocks(self, folder):
        """B5: the sites of block events are those of block_model.py, in several programs."""
        spec = importlib.util.spec_from_file_location("block_model", os.path.join(self.tests, "block_model.py"))
        model = importlib.util.module_from_spec(spec)
        os.environ.setdefault("WIZENG", "")
        spec.loader.exec_module(model)
        self.write_text(folder, "monitor", BLOCK_MONITOR)
        for app in ["a_exits", "a_ctl", "a_ops", "a_dead", "a_blk1", "a_blk2", "a_blk3", "a_blk4"]:
            file = self.build(folder, app)
            expected = [" ".join(map(str, event)) for f in model.funcs(file) for event in model.predict(f)]
            self.apply(folder, ["monitor"], app, f"{app}.out.wasm")
            got = self.match_output(os.path.join(folder, f"{app}.out.monitor", "monitor.wasm")).split("\n")[:-1]
            if got != expected:
                return Outcome("B5", "FAIL", f"{app}: expected {expected[:8]}..., got {got[:8]}...")
        return Outcome("B5", "PASS")

    def check_bad_file(self, name, folder):
        """K10, K13: a monitor that is not there, or is no module, is an error that names it."""
        self.build(folder, "a_nop")
        if name == "K13":
            with open(os.path.join(folder, "bad.wasm"), "wb") as out:
                out.write(b"\0asm\1\0\0\0\1\2")
        code, text = self.apply(folder, ["bad"], "a_nop", "out.wasm")
        good = code != 0 and "bad.wasm" in text
        return Outcome(name, "PASS" if good else "FAIL", "" if good else f"exit {code}: {text[:200]}")

    def write_text(self, folder, name, text):
        file = os.path.join(folder, f"{name}.wat")
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
        subprocess.run(["wat2wasm", *FEATURES, file, "-o", os.path.join(folder, f"{name}.wasm")], check=True)

    def check(self, name, claim):
        for reason, names in NOT_ABOUT_BEHAVIOUR.items():
            if name in names.split():
                return Outcome(name, "N-A", reason)
        folder = tempfile.mkdtemp(dir=self.folder)
        try:
            if claim:
                return self.check_claim(claim, folder)
            if name == "O1":
                return self.check_mnemonics(folder)
            if name == "B5":
                return self.check_blocks(folder)
            return self.check_bad_file(name, folder)
        except NotHere as reason:
            return Outcome(name, "N-A", str(reason))
        except subprocess.TimeoutExpired:
            return Outcome(name, "FAIL", "timed out")
        finally:
            shutil.rmtree(folder)


# A monitor that prints the sites of block events while matching.
BLOCK_MONITOR = """(module
  (import "wizeng" "putc" (func $putc (param i32)))
  (import "wizeng" "puti" (func $puti (param i32)))
  (func $number (param i32) (call $putc (i32.const 32)) (call $puti (local.get 0)))
  (func (export "$s") (param i32 i32) (result i32)
    (call $putc (i32.const 115)) (call $number (local.get 0)) (call $number (local.get 1))
    (call $putc (i32.const 10)) (i32.const 0))
  (func (export "$e") (param i32 i32 i32) (result i32)
    (call $putc (i32.const 101)) (call $number (local.get 0)) (call $number (local.get 1)) (call $number (local.get 2))
    (call $putc (i32.const 10)) (i32.const 0))
  (func (export "wasm:block:start / $s(fid, pc) /"))
  (func (export "wasm:block:end / $e(fid, pc, instr_count) /")))
"""


def section_text(dump):
    """The bytes that wasm-objdump -s shows of a custom section, without its name."""
    rows = re.findall(r"^[0-9a-f]+: ((?:[0-9a-f]{2,4} ?)+) ", dump, re.MULTILINE)
    content = bytes.fromhex("".join(rows).replace(" ", ""))
    return content[1 + content[0]:].decode("latin-1") if content else ""


MATCH_ERROR = re.compile(r"^whamm: error: '.*?' on '.*?': (?:(?:\d+ errors, the first at )?"
                         r"function \d+ \('.*?'\), pc \d+: rule '.*?': )?(?:error inserting Whamm! probe @bind: )?(.*)$", re.MULTILINE)


def match_error(text):
    """An error of `whamm instr -m` in the words of an engine: the reason is the same."""
    text = MATCH_ERROR.sub(r"monitor:0x0: error inserting Whamm! probe @bind: \1", warnings(text))
    return text.replace("\n", ";") + "rc=3"


def trap_report(reason):
    return "!exception" if reason == "uncaught exception" else f"!trap[{TRAPS.get(reason, reason)}]"


def warnings(text):
    """Warnings of `whamm instr -m` in the words of an engine."""
    text = re.sub(r"^whamm: warning: (Whamm monitor .*): trap: (.*)$",
                  lambda match: f"{match.group(1)}\n{trap_report(match.group(2))}", text, flags=re.MULTILINE)
    return text.replace("whamm: warning: ", "whamm warning: ")


def run_result(text, code):
    """What a run printed in the words of an engine: traps are reported on the same stream."""
    trapped = "whamm run: trap: " in text
    text = re.sub(r"whamm run: trap: (.*)", lambda match: trap_report(match.group(1)), warnings(text))
    # The exit code of a program that trapped.
    code = 255 if trapped and code == 134 else code
    return text.replace("\n", ";") + f"rc={code}"


#===------------------------------------------------------------------------===#
# All claims
#===------------------------------------------------------------------------===#


def read_done():
    return {line.strip() for line in open(DONE, encoding="utf-8") if line.strip() and not line.startswith("#")}


def write_done(names):
    with open(DONE, "w", encoding="utf-8") as out:
        out.write("# Claims of the engine interface that have to pass.\n")
        out.writelines(f"{name}\n" for name in sorted(names, key=natural_key))


def show(outcome, done):
    lost = outcome.state == "FAIL" and outcome.name in done
    reason = f": {outcome.reason}" if outcome.reason else ""
    print(f"{outcome.state} {outcome.name}{reason}{' (passed before)' if lost else ''}")
    return lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/bin", help="where the tools are")
    parser.add_argument("--tests", default=os.path.join(ROOT, "..", "shared", "wei-tests"))
    parser.add_argument("--only", default="", help="only the claims whose names begin so")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--update", action="store_true", help="add the claims that newly pass to the list")
    args = parser.parse_args()
    claims = {claim.id: claim for claim in read_claims(args.tests)}
    names = [*claims, "O1", "B5", *unchecked_ids(args.tests, claims.values())]
    names = sorted((name for name in names if name.startswith(args.only)), key=natural_key)
    done = read_done()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        checker = Checker(args, folder)
        outcomes = list(pool.map(lambda name: checker.check(name, claims.get(name)), names))
    lost = [outcome.name for outcome in outcomes if show(outcome, done)]
    count = {state: sum(outcome.state == state for outcome in outcomes) for state in ("PASS", "FAIL", "N-A")}
    if args.update:
        write_done(done | {outcome.name for outcome in outcomes if outcome.state == "PASS"})
    print(f"{count['PASS']} passed, {count['FAIL']} failed, {count['N-A']} not about behaviour")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
