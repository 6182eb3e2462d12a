"""Real programs: the same output and exit status, instrumented or not, and the same reports at all levels."""
import os
import subprocess

# Run for seconds where every instruction is counted.
SLOW = {"2mm", "covariance", "gemm", "floyd-warshall", "nussinov", "hydro", "mandelbrot", "rtexviewer"}
# Needs a host of its own: instrumented, not run.
NO_HOST = {"motoko-users"}
# Expensive at each instruction; for slow programs too much.
KINDS = ["counters", "functions", "blocks", "branches", "counting", "invariants", "operands", "arguments", "results",
         "memory", "alt", "assign", "maps", "strings", "fns", "tuples", "library"]
NUM_CHEAP = 5
# The first one's report is what the others' have to be.
LEVELS = [["-O0"], ["-O1"], [], ["--no-binaryen"]]
SECONDS = 600


def find_programs(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".wasm"):
                yield name[:-5], os.path.join(root, name)


def run(args, scripts, program, name, folder):
    """Exit status, output, errors; the report. The name of the program is one of its arguments."""
    here = os.path.join(folder, name + ".wasm")
    if os.path.lexists(here):
        os.remove(here)
    os.symlink(os.path.abspath(program), here)
    report = os.path.join(folder, "report")
    open(report, "w", encoding="utf-8").close()
    command = [os.path.join(args.bin, "whamm"), "run", "-u", f"tally={scripts.tally}", "--report-file", report, here]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "does not end", ""
    with open(report, encoding="utf-8") as file:
        return (done.returncode, done.stdout, done.stderr), file.read()


def first_difference(report, expected):
    """Two lines; the lengths where one report is the beginning of the other."""
    lines, others = report.splitlines(), expected.splitlines()
    pairs = [pair for pair in zip(lines, others) if pair[0] != pair[1]]
    return pairs[0] if pairs else (len(lines), len(others))


def check_program(args, scripts, tally, instrument, name, path, kinds):
    folder = os.path.join(args.keep, "program-" + name)
    os.makedirs(folder, exist_ok=True)
    runs = name not in NO_HOST
    expected = run(args, scripts, path, name, folder)[0] if runs else None
    tally.add(programs=1)
    for kind in kinds:
        reports = []
        for options in LEVELS:
            again = f"utils/differential.py --modules 0 --programs DIR --kinds {kind}"
            output = os.path.join(folder, "instrumented.wasm")
            error = instrument(args, scripts, kind, scripts.path(kind), path, output, options)
            if not error and runs:
                result, report = run(args, scripts, output, name, folder)
                reports.append(report)
                if result != expected:
                    error = "output or exit status differ"
                elif report != reports[0]:
                    error = f"the report is not that of {LEVELS[0][0]}: {first_difference(report, reports[0])}"
            if error:
                tally.fail(f"program {name}, {kind} {' '.join(options)}", error, again)
            tally.add(variants=1, rows=len(reports[-1].splitlines()) if reports else 0)
        tally.ran(kind)


def check_programs(args, scripts, tally, instrument):
    for name, path in find_programs(args.programs):
        if args.slow or name not in SLOW:
            kinds = scripts.kinds or (KINDS if args.slow else KINDS[:NUM_CHEAP])
            check_program(args, scripts, tally, instrument, name, path, kinds)
