#!/usr/bin/env python3
"""One script, three ways, the same observations.

Instruments programs with the scripts of test/Language, of test/EndToEnd/Inputs, of the
examples in docs/language and of the conformance cases
  rewriting   by rewriting the program (`whamm instr -s S -a A`),
  applied     by a monitor that is applied (`-s S -w`, then `-m MON -a A`),
  int, jit, inl   by that monitor on the engine that $WIZENG names, in three modes,
and compares rows of reports (name, type, function, pc, probe, value), in any order,
what is printed, in order, and exit codes. Where the compiler warns that an engine sees
something differently (branches that land on `loop` and `end`, exceptions), the monitor
applied has to do what the engine does, and rewriting the same at sites of other events.
Programs that an engine cannot start, or whose modules it would instrument, too, do
not run there; those that this Node.js cannot run without probes are left out.

usage: wei-differential.py [--bin DIR] [--cases DIR] [--programs DIR] [--only TEXT]... [--jobs N] [-v]

Prints a line for each script that differs, the reasons for which scripts have no
monitor, and a summary. Exits with 1 where something differs.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEADER = re.compile(r"^=+ REPORT CSV FLUSH =+$")
ENGINE_MODES = {"int": ["--mode=int"], "jit": ["--mode=jit"], "inl": ["--mode=jit", "--inline-max-depth=1"]}
EXTENSIONS = ["--ext:wasm-3.0", "--ext:legacy-eh", "--ext:threads"]
# Types whose values in reports have one line.
NUMBERS = ("u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f32", "f64", "bool")
# What an engine says where it did not do what the monitor asked for.
ENGINE_FAULTS = ("whamm warning", "error inserting Whamm!", "import from unknown module", "Whamm monitor trapped")
# Its reports of traps, on standard output.
ENGINE_TRAP = re.compile(r"^\s*(<wasm func .*|!trap\[.*|!exception.*|\.\.\. and \d+ more)$")
# What the compiler says where an engine sees something differently, and the events that it says it of.
WARNING = re.compile(r"warning: (for an engine, a branch lands|an engine does not show)")
LOCALS_WARNING = re.compile(r"warning: an engine that compiles may show something else as 'local")
WARNED_EVENT = re.compile(r"wasm:(opcode:(loop|end)|block:(start|end)|func:exit)$")
# What a monitor says of a program for which it cannot be what the script asks for.
NOT_HERE = re.compile(r"a probe of mode 'after' in function \d+, pc \d+: the instruction behind")
NO_ENTRY = "no entrypoint found in module"
TRAP_CODES = (134, 255)
# Where rewriting and monitors differ by their nature, so that only monitors are compared.
BY_NATURE = {
    "static-calls-order.mm": "a library of a monitor keeps what @static calls did to it",
}


class Case:
    """A script, or several, with a program and libraries. A script is a file, or (TEXT,)."""

    def __init__(self, name, scripts, app, libraries):
        self.name, self.scripts, self.app, self.libraries = name, scripts, app, libraries


def language_cases():
    """The tests of the language that run programs: what e2e.py gets."""
    for script in sorted(glob.glob(os.path.join(ROOT, "test", "Language", "*.mm"))):
        text = open(script, encoding="utf-8", errors="replace").read()
        run = re.search(r"^// RUN: python3 %S/Inputs/e2e\.py (.*?) \|", text, re.MULTILINE)
        if not run:
            continue
        words = shlex.split(run.group(1).replace("%S", os.path.dirname(script)).replace("%s", script))
        libraries, files = [], []
        while words:
            word = words.pop(0)
            if word == "-u":
                libraries.append(tuple(words.pop(0).split("=", 1)))
            elif word == "--exit":
                words.pop(0)
            elif not word.startswith("-"):
                files.append(word)
        yield Case(os.path.basename(script), files[1:], files[0], libraries)


def program_cases(folder):
    """Scripts for any program, on the examples of the documentation and the programs of a folder."""
    scripts = sorted(glob.glob(os.path.join(ROOT, "test", "EndToEnd", "Inputs", "*.mm")))
    programs = sorted(glob.glob(os.path.join(ROOT, "docs", "examples", "*.wat")))
    if folder:
        programs += sorted(glob.glob(os.path.join(folder, "*.wasm")))
    for script in scripts:
        if os.path.basename(script) == "memory-size.mm":
            continue  # the second half of a script
        for program in programs:
            yield Case(f"{os.path.basename(script)}+{os.path.basename(program)}", [script], program, [])


def documentation_cases():
    """The examples of the language reference that have a program."""
    examples = os.path.join(ROOT, "docs", "examples")
    for page in sorted(glob.glob(os.path.join(ROOT, "docs", "language", "*.md"))):
        text = open(page, encoding="utf-8").read()
        for example in re.finditer(r"^<!-- example (app=.*?)-->\n(.*?)(?=^<!-- |\Z)", text, re.MULTILINE | re.DOTALL):
            words = dict(word.partition("=")[::2] for word in shlex.split(example.group(1)))
            scripts = re.findall(r"^```whamm\n(.*?)^```$", example.group(2), re.MULTILINE | re.DOTALL)
            names = words["libs"].split(",") if "libs" in words else []
            libraries = [(name, os.path.join(examples, "lib", re.sub(r"\(.*", "", name) + ".wat")) for name in names]
            line = text.count("\n", 0, example.start()) + 1
            yield Case(f"{os.path.basename(page)}:{line}", [(script,) for script in scripts],
                       os.path.join(examples, words["app"]), libraries)


def conformance_cases(folder):
    file = os.path.join(folder, "cases.json")
    if not os.path.exists(file):
        return
    for case in json.load(open(file, encoding="utf-8")):
        if case["kind"] == "report":
            libraries = [(name, os.path.join(folder, path)) for name, path in case.get("libs", [])]
            script, app = (os.path.join(folder, case[key]) for key in ("script", "app"))
            yield Case(case["name"], [script], app, libraries)


#===------------------------------------------------------------------------===#
# Runs
#===------------------------------------------------------------------------===#


class Run:
    """What one way gave: exit code, rows, printed lines; or an error."""

    def __init__(self, code, text, error=None):
        self.code, self.error = code, error
        self.rows, self.lines = parse_output(text)

    def observed(self, warned):
        """Rows; where `warned`, those of sites, but for sites that an engine sees differently."""
        return [row for row in self.rows if not warned or (row[5] and not WARNED_EVENT.search(row[5]))]


def parse_output(text):
    rows, lines, in_report = [], [], False
    for line in text.replace("\r", "").split("\n"):
        cells = line.split(", ", 10)
        if HEADER.match(line):
            in_report = True
        elif line.startswith("id, id_type") or ENGINE_TRAP.match(line):
            continue
        elif len(cells) == 11 and cells[5].startswith("script"):
            _, _, name, kind, _, _, fname, fid, pc, probe, value = (cell.strip() for cell in cells)
            rows.append([name, kind, fname, fid, pc, ":".join(probe.split(":")[:3]), value])
        elif in_report and rows and rows[-1][1] not in NUMBERS and "CSV FLUSH ==" not in line:
            rows[-1][-1] += "\n" + line  # the value has several lines
        elif line.strip():
            lines.append(line.strip())
    rows = sorted((*row[:-1], normal_value(row[-1].strip())) for row in rows)
    return rows, sorted(lines) if any("CSV FLUSH ==" in line for line in lines) else lines


def normal_value(text):
    """Maps print their entries in no fixed order."""
    return ";".join(sorted(text.split(";"))) if "->" in text else text


class Ways:
    """Runs a case in each way, in a folder of its own."""

    def __init__(self, whamm, core, case, folder):
        self.whamm, self.core, self.case, self.folder = whamm, core, case, folder
        self.app = self.place(case.app, "app")
        self.paths = [(name, self.place(path, re.sub(r".*\((.*)\)$", r"\1", name))) for name, path in case.libraries]
        self.libraries = [word for name, path in self.paths for word in ("-u", f"{name}={path}")]
        self.scripts = [word for script in case.scripts for word in ("-s", self.write(script))]
        self.monitor = os.path.join(folder, "monitor-of-script.wasm")
        # What the last `whamm instr` warned of.
        self.warned = self.is_interpreted = False

    def write(self, script):
        if isinstance(script, str):
            return script
        file, path = tempfile.mkstemp(".mm", dir=self.folder)
        os.write(file, script[0].encode())
        os.close(file)
        return path

    def place(self, path, name):
        """The module under a name that an engine can find it by."""
        out = os.path.join(self.folder, f"{name}.wasm")
        if path.endswith(".wat"):
            subprocess.run(["wat2wasm", "--enable-all", "--no-check", "--debug-names", path, "-o", out], check=True)
        else:
            shutil.copy(path, out)
        return out

    def execute(self, command, env=None):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=120, env=env, cwd=self.folder)
        return done.returncode, done.stdout.decode("latin-1"), done.stderr.decode("latin-1")

    def run(self, out):
        code, text, errors = self.execute([self.whamm, "run", *self.libraries, out])
        faults = [line for line in errors.split("\n") if line.startswith("whamm run: error: ")]
        return Run(code, text, faults[0] if faults else None)

    def runs_without_probes(self):
        return not self.run(self.app).error

    def instrument(self, *options):
        """The error of `whamm instr`, or None."""
        code, _, errors = self.execute([self.whamm, "instr", *options])
        self.warned = bool(WARNING.search(errors))
        self.is_interpreted = bool(LOCALS_WARNING.search(errors))
        return first_error(errors, code) if code else None

    def rewriting(self):
        out = os.path.join(self.folder, "rewritten.wasm")
        # A monitor counts each event as it happens, also in a program that traps.
        error = self.instrument(*self.scripts, "-a", self.app, *self.libraries, "-o", out, "--precise-traps")
        return Run(1, "", error) if error else self.run(out)

    def make_monitor(self):
        return self.instrument(*self.scripts, "-w", *self.libraries, "-o", self.monitor)

    def applied(self):
        out = os.path.join(self.folder, "applied.wasm")
        group = "+".join([self.monitor, *(path for _, path in self.paths)])
        error = self.instrument("-m", group, "-a", self.app, *self.libraries, "-o", out)
        return Run(1, "", error) if error else self.run(out)

    def engine(self, mode):
        group = "+".join([self.monitor, self.core, *(path for _, path in self.paths)])
        code, text, errors = self.execute([os.environ["WIZENG"], "--colors=false", *EXTENSIONS, *ENGINE_MODES[mode],
                                           "--env=TO_CONSOLE=true", f"--monitors={group}", self.app])
        faults = [line for line in text.split("\n") if any(fault in line for fault in ENGINE_FAULTS)]
        return None if NO_ENTRY in text + errors else Run(code, text, faults[0] if faults else None)

    def reads_locals(self):
        _, exports, _ = self.execute(["wasm-objdump", "-x", "-j", "Export", self.monitor])
        return re.search(r'-> "wasm:.*\blocal\d', exports)

    def suits_engine(self):
        """The program has an entry, and imports nothing but WASI: an engine would instrument that, too."""
        _, imports, _ = self.execute(["wasm-objdump", "-x", "-j", "Import", self.app])
        _, exports, _ = self.execute(["wasm-objdump", "-x", "-j", "Export", self.app])
        others = [name for name in re.findall(r"<- ([^.\s]+)\.", imports) if not name.startswith("wasi_")]
        return not others and re.search(r'-> "(_start|main)"$', exports, re.MULTILINE)


def first_error(text, code):
    said = re.search(r"^the monitor printed: whamm: (.*)", text, re.MULTILINE)
    errors = [said.group(1)] if said else re.findall(r"error: (.*)", text)
    return errors[0] if errors else f"exit status {code}"


#===------------------------------------------------------------------------===#
# Comparison
#===------------------------------------------------------------------------===#


def difference(expected, got):
    """What is in one list and not in the other, in a few lines."""
    expected_count, got_count = collections.Counter(expected), collections.Counter(got)
    lines = [f"- {item}" for item in (expected_count - got_count)]
    lines += [f"+ {item}" for item in (got_count - expected_count)]
    return lines[:8] or ["the same lines in another order"]


def compare(name_a, a, name_b, b, warned):
    """Lines that say how two runs differ, none where they do not."""
    for name, run in ((name_a, a), (name_b, b)):
        if run.error:
            return [f"{name}: {run.error}"]
    found = []
    if a.observed(warned) != b.observed(warned):
        found += [f"rows, {name_a} (-) and {name_b} (+):", *difference(a.observed(warned), b.observed(warned))]
    if not warned and a.lines != b.lines:
        found += [f"lines, {name_a} (-) and {name_b} (+):", *difference(a.lines, b.lines)]
    if exit_class(a) != exit_class(b):
        found.append(f"exit codes: {name_a} {a.code}, {name_b} {b.code}")
    return found


class Result:
    def __init__(self, case):
        self.case, self.differences = case, []
        self.refused = None  # why there is no monitor
        self.warned = self.engine = self.skipped = False


def get_modes(ways):
    """The engine's modes that pass the locals that a monitor reads."""
    if ways.is_interpreted:
        return ["int"]
    return ["int", "jit"] if ways.reads_locals() else list(ENGINE_MODES)


def check_ways(ways, result):
    result.refused = ways.make_monitor()
    if result.refused:
        return
    result.warned = ways.warned
    modes = get_modes(ways)
    rewriting, applied = ways.rewriting(), ways.applied()
    result.skipped = bool(rewriting.error) and not ways.runs_without_probes()
    if result.skipped:
        return
    if NOT_HERE.match(applied.error or ""):
        result.refused = re.sub(r" in function.*:", ":", applied.error)
        return
    if ways.case.name not in BY_NATURE:
        result.differences += compare("rewriting", rewriting, "applied", applied, result.warned)
    if not os.environ.get("WIZENG") or not ways.suits_engine():
        return
    for mode in modes:
        if engine := ways.engine(mode):
            result.engine = True
            result.differences += compare("applied", applied, mode, engine, False)


def check(case, args, core):
    result = Result(case)
    folder = tempfile.mkdtemp()
    try:
        check_ways(Ways(args.whamm, core, case, folder), result)
    except subprocess.TimeoutExpired as error:
        result.differences.append(f"timed out: {error.cmd[:3]}")
    except subprocess.CalledProcessError as error:
        result.differences.append(f"cannot be made: {error.cmd[:3]}")
    finally:
        shutil.rmtree(folder)
    return result


def exit_class(run):
    return "trap" if run.code in TRAP_CODES else run.code


def summarize(results):
    refused = collections.Counter(result.refused for result in results if result.refused)
    for reason, count in refused.most_common():
        print(f"no monitor ({count}): {reason}")
    compared = [result for result in results if not result.refused and not result.skipped]
    skipped = sum(result.skipped for result in results)
    warned = sum(result.warned for result in compared)
    engine = sum(result.engine for result in compared)
    differ = sum(bool(result.differences) for result in compared)
    print(f"{len(results)} scripts and programs: {len(compared) - differ} agree, {differ} differ, "
          f"{sum(refused.values())} without a monitor, {skipped} that this Node.js cannot run; "
          f"{warned} with warnings, {engine} on an engine")
    return differ


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/bin", help="where the tools are")
    parser.add_argument("--cases", default=os.path.join(ROOT, "..", "shared", "conformance"))
    parser.add_argument("--programs", help="folder of more programs, for scripts that suit any")
    parser.add_argument("--only", action="append", help="only cases whose names match this pattern")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-v", action="store_true", help="name the cases without a monitor, too")
    args = parser.parse_args()
    args.whamm = os.path.abspath(os.path.join(args.bin, "whamm"))
    if not os.path.exists(args.whamm):
        sys.exit(f"wei-differential: no tool at {args.whamm}: build first, or give --bin")
    core = subprocess.run([args.whamm, "core-lib"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    cases = [*language_cases(), *documentation_cases(), *program_cases(args.programs),
             *conformance_cases(args.cases)]
    if args.only:
        cases = [case for case in cases if any(fnmatch.fnmatch(case.name, pattern) for pattern in args.only)]
    if not cases:
        sys.exit("wei-differential: no such case")
    results = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for result in pool.map(lambda case: check(case, args, core), cases):
            results.append(result)
            if result.differences:
                print(f"DIFFER {result.case.name}")
                print("".join(f"    {line}\n" for line in result.differences), end="")
            elif args.v:
                print(f"{'REFUSED' if result.refused else 'AGREE'} {result.case.name}"
                      f"{': ' + result.refused if result.refused else ''}", flush=True)
    sys.exit(1 if summarize(results) else 0)


if __name__ == "__main__":
    main()
