#!/usr/bin/env python3
"""Runs the examples of documents and compares what comes out with what they show.

An example begins with a comment, has scripts, and ends with the expected output:

    <!-- example app=sum.wat -->
    ```whamm
    report var calls: u32;
    wasm:opcode:call:before { calls++; }
    ```
    ```text
    calls = 5
    ```

Every block of the language `whamm` belongs to an example. Several of them are
several scripts. Between the blocks there may be prose. Without expected output
there must be none. Words of the comment:

  app=FILE      the program, in docs/examples; without it the script is checked only
  libs=A,B      libraries: docs/examples/lib/A.wat as A, …; A(M) for imports from M
  instr='…'     options of `whamm instr`; run='…': of `whamm run`
  args='…'      arguments of the program
  report=csv    the report as it is; otherwise a row is shown as `name = value`,
                or `name fname@pc = value` where it belongs to a place
  sorted        the order of lines does not matter
  fragment      only a part of a script: nothing is run

The output is what `whamm instr` says on standard error, what `whamm run` prints,
and the exit status of the program where it is not 0. Each example is run with
and without Binaryen.

usage: language-examples.py --data DIR [--update] [--jobs N] PAGE...
  `whamm` and `wat2wasm` are taken from the PATH. --update writes what comes out
  into the pages, to be read by a person.
"""
import argparse
import concurrent.futures
import os
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
MARK = re.compile(r"^<!-- example(.*?)-->$", re.M)
HEADER = "\n================================= REPORT CSV FLUSH ===================================="


class Example:
    def __init__(self, page, text, mark, end):
        self.page, self.line = page, text.count("\n", 0, mark.start()) + 1
        words = shlex.split(mark[1])
        self.words = dict(word.split("=", 1) if "=" in word else (word, "") for word in words)
        unknown = self.words.keys() - {"app", "libs", "instr", "run", "args", "report", "sorted", "fragment"}
        if unknown:
            raise SystemExit(f"{self.where()}: unknown words {sorted(unknown)}")
        self.scripts, self.expected, self.span = [], "", None
        for block in BLOCK.finditer(text, mark.end(), end):
            if block[1] == "whamm":
                self.scripts.append(block[2])
                self.insert_at = block.end()
            elif block[1] == "text" and self.scripts:
                self.expected, self.span = block[2], block.span(2)
                break
        if not self.scripts:
            raise SystemExit(f"{self.where()}: no script")

    def where(self):
        return f"{os.path.basename(self.page)}:{self.line}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def examples_of(page):
    text = read(page)
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [Example(page, text, mark, end) for mark, end in zip(marks, ends)]
    scripts = sum(1 for block in BLOCK.finditer(text) if block[1] == "whamm")
    if scripts != sum(len(example.scripts) for example in found):
        raise SystemExit(f"{page}: a script belongs to no example")
    return found


def run(directory, *command, **more):
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith("WHAMM_OUT") and key not in ("TO_CONSOLE", "WHAMM_FORMAT")}
    environment.update(more)
    return subprocess.run(command, cwd=directory, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8", errors="replace", timeout=120)


def shown(report):
    """Rows of the CSV report in their short form."""
    if HEADER not in report:
        return report
    before, _, rows = report.partition(HEADER)
    lines = []
    for row in rows.split("\n")[2:]:
        cells = row.split(", ", 10)
        if len(cells) < 11:
            lines.append(row)
            continue
        place = f" {cells[6]}@{cells[8]}" if cells[6] else ""
        lines.append(f"{cells[2]}{place} = {cells[10]}")
    return before + "\n".join(lines)


class Runner:
    def __init__(self, data, directory):
        self.data, self.directory = data, directory
        for folder, _, names in os.walk(data):
            for name in names:
                if name.endswith(".wat"):
                    self.assemble(os.path.join(folder, name), name[:-4] + ".wasm")

    def assemble(self, source, name):
        done = run(self.directory, "wat2wasm", "--debug-names", "--enable-all", source, "-o", name)
        if done.returncode:
            raise SystemExit(done.stderr)

    def output(self, number, example, *options):
        """What an example gives; the scripts get names as they appear in messages."""
        words = example.words
        folder = os.path.join(self.directory, f"{number}{''.join(options)}")
        os.makedirs(folder)
        names = ["script.mm"] if len(example.scripts) == 1 else [
            f"script{index}.mm" for index in range(len(example.scripts))]
        for name, script in zip(names, example.scripts):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(script)
        used = [name for name in words.get("libs", "").split(",") if name]
        files = [name.split("(")[0] + ".wasm" for name in used]
        libs = [part for name, file in zip(used, files) for part in ("-u", f"{name}={file}")]
        app = words.get("app", "").replace(".wat", ".wasm")
        for name in files + ([app] if app else []):
            os.symlink(os.path.join(self.directory, name), os.path.join(folder, name))
        if not app:
            done = run(folder, "whamm", "check", *libs, *shlex.split(words.get("instr", "")), names[0])
            return done.stdout + done.stderr
        scripts = [part for name in names for part in ("-s", name)]
        done = run(folder, "whamm", "instr", *scripts, "-a", app, "-o", "out.wasm", *libs, *options,
                   *shlex.split(words.get("instr", "")))
        if done.returncode:
            return done.stdout + done.stderr
        ran = run(folder, "whamm", "run", *libs, *shlex.split(words.get("run", "")), "out.wasm", "--",
                  *shlex.split(words.get("args", "")),
                  **({"WHAMM_FORMAT": "json"} if words.get("report") == "json" else {}))
        text = ran.stdout if "report" in words else shown(ran.stdout)
        if ran.returncode:
            text += f"exit status {ran.returncode}\n"
        return done.stderr + done.stdout + text + ran.stderr

    def compare(self, number, example):
        if "fragment" in example.words:
            return None, example.expected
        ways = [[], ["--no-binaryen"]] if "app" in example.words else [[]]
        outputs = [self.output(number, example, *options) for options in ways]
        outputs = [re.sub(r"[ \t]+$", "", output, flags=re.M) for output in outputs]
        if "sorted" in example.words:
            outputs = ["".join(sorted(output.splitlines(True))) for output in outputs]
        if outputs[0] != outputs[-1]:
            return f"{example.where()}: differs without Binaryen:\n{outputs[0]}---\n{outputs[-1]}", outputs[0]
        if outputs[0] != example.expected:
            return f"{example.where()}: expected\n{example.expected}---\nfound\n{outputs[0]}", outputs[0]
        return None, outputs[0]


def update(page, results):
    text = read(page)
    for example, output in reversed(results):
        if example.span:
            text = text[:example.span[0]] + output + text[example.span[1]:]
        elif output:
            text = text[:example.insert_at] + f"\n```text\n{output}```" + text[example.insert_at:]
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    examples = [example for page in options.pages for example in examples_of(page)]
    with tempfile.TemporaryDirectory() as directory, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runner = Runner(os.path.abspath(options.data), directory)
        results = list(pool.map(lambda pair: runner.compare(*pair), enumerate(examples)))
    for message, _ in results:
        if message:
            print(message, file=sys.stderr)
    if options.update:
        for page in options.pages:
            update(page, [(example, output) for example, (_, output) in zip(examples, results)
                          if example.page == page and "fragment" not in example.words])
    print(f"{len(examples)} examples, {sum(1 for message, _ in results if message)} differ")
    sys.exit(any(message for message, _ in results))


if __name__ == "__main__":
    main()
