"""Real programs: the same output and exit status, instrumented or not."""
import os
import subprocess

# Run for seconds where every instruction is counted.
SLOW = {"2mm", "covariance", "gemm", "floyd-warshall", "nussinov", "hydro", "mandelbrot", "rtexviewer"}
# Needs a host of its own: instrumented, not run.
NO_HOST = {"motoko-users"}
# Expensive at each instruction; for slow programs too much.
KINDS = ["counters", "functions", "blocks", "branches", "arguments", "results", "memory", "alt", "assign", "maps",
         "strings", "fns", "tuples", "library"]
SECONDS = 600


def find_programs(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".wasm"):
                yield name[:-5], os.path.join(root, name)


def run(args, scripts, program, name, folder):
    """Exit status, output, errors. The name of the program is one of its arguments."""
    here = os.path.join(folder, name + ".wasm")
    if os.path.lexists(here):
        os.remove(here)
    os.symlink(os.path.abspath(program), here)
    command = [os.path.join(args.bin, "whamm"), "run", "-u", f"tally={scripts.tally}", "--report-file",
               os.path.join(folder, "report"), here]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "does not end"
    return done.returncode, done.stdout, done.stderr


def check_program(args, scripts, tally, instrument, name, path, kinds):
    folder = os.path.join(args.keep, "program-" + name)
    os.makedirs(folder, exist_ok=True)
    expected = None if name in NO_HOST else run(args, scripts, path, name, folder)
    tally.add(programs=1)
    for kind in kinds:
        for options in ([], ["--no-binaryen"]):
            again = f"utils/differential.py --modules 0 --programs DIR --kinds {kind}"
            output = os.path.join(folder, "instrumented.wasm")
            error = instrument(args, scripts, kind, scripts.path(kind), path, output, options)
            if not error and expected is not None and run(args, scripts, output, name, folder) != expected:
                error = "output or exit status differ"
            if error:
                tally.fail(f"program {name}, {kind} {' '.join(options)}", error, again)
            tally.add(variants=1)
        tally.ran(kind)


def check_programs(args, scripts, tally, instrument):
    for name, path in find_programs(args.programs):
        if args.slow or name not in SLOW:
            kinds = scripts.kinds or (KINDS if args.slow else KINDS[:4])
            check_program(args, scripts, tally, instrument, name, path, kinds)
