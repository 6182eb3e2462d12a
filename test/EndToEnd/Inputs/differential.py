"""differential.py WHAMM PROGRAM DIRECTORY SCRIPT... [-- ARGUMENT...]

What has to be the same for each script, whatever it counts:
- the program's output and exit status, instrumented or not;
- the bytes of the instrumented program, made twice;
- the report, with and without Binaryen.

Leaves DIRECTORY/SCRIPT.report. Where all.mm is the last of several scripts its
rows have to be those of the others together."""
import os
import subprocess
import sys

from report import read_report

failures = 0


def expect(what, condition):
    global failures
    if not condition:
        print(f"FAIL {what}")
        failures += 1


def instrument(whamm, program, script, output, *options):
    if os.path.exists(output):
        os.remove(output)
    done = subprocess.run([whamm, "instr", "-s", script, "-a", program, "-o", output, *options],
                          stderr=subprocess.PIPE, text=True)
    expect(f"{script} {' '.join(options)}: instr says {done.returncode}\n{done.stderr}",
           done.returncode == 0 and "error" not in done.stderr)
    with open(output, "rb") as file:
        return file.read()


def run(whamm, program, arguments, report):
    # The program's name is one of its arguments and has to stay the same.
    here = os.path.join(os.path.dirname(report), "program.wasm")
    if os.path.lexists(here):
        os.remove(here)
    os.symlink(os.path.abspath(program), here)
    done = subprocess.run([whamm, "run", "--report-file", report, here, "--", *arguments],
                          stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout, done.stderr


def check_script(whamm, program, directory, script, arguments, expected):
    # Counts of what a trap cuts off are exact where that is asked for.
    precise = ["--precise-traps"] if arguments == ["trap"] else []
    name = os.path.join(directory, os.path.basename(script))
    report, plain_report = name + ".report", name + ".plain.report"
    bytes_once = instrument(whamm, program, script, name + ".wasm", *precise)
    expect(f"{script}: the same bytes again", bytes_once == instrument(whamm, program, script, name + ".again.wasm", *precise))
    plain = instrument(whamm, program, script, name + ".plain.wasm", "--no-binaryen", *precise)
    subprocess.run(["wasm-validate", "--enable-all", name + ".wasm"], check=True)
    expect(f"{script}: output and status", run(whamm, name + ".wasm", arguments, report) == expected)
    if plain == bytes_once:
        return
    subprocess.run(["wasm-validate", "--enable-all", name + ".plain.wasm"], check=True)
    expect(f"{script}: output and status, spliced", run(whamm, name + ".plain.wasm", arguments, plain_report) == expected)
    with open(report, "rb") as one, open(plain_report, "rb") as other:
        expect(f"{script}: reports with and without Binaryen", one.read() == other.read())


def site_rows(directory, script):
    path = os.path.join(directory, os.path.basename(script) + ".report")
    return {(r.name, r.fname, r.fid, r.pc, r.event): r.value for r in read_report(path)}


def main():
    arguments = sys.argv[1:]
    passed_on = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, passed_on = arguments[:split], arguments[split + 1:]
    whamm, program, directory, *scripts = arguments
    os.makedirs(directory, exist_ok=True)
    expected = run(whamm, program, passed_on, os.path.join(directory, "none.report"))
    for script in scripts:
        check_script(whamm, program, directory, script, passed_on, expected)
    if len(scripts) > 1 and os.path.basename(scripts[-1]) == "all.mm":
        together = {}
        for script in scripts[:-1]:
            together.update(site_rows(directory, script))
        one = site_rows(directory, scripts[-1])
        differing = [key for key in one.keys() | together.keys() if one.get(key) != together.get(key)]
        expect(f"{len(differing)} rows differ between all.mm and its parts: {differing[:3]}", not differing)
    print(f"{len(scripts)} scripts, {failures} failures, {len(expected[1])} bytes of output, exit {expected[0]}")
    sys.exit(failures > 0)


main()
