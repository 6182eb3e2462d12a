"""What runs programs: Node.js and Wizard."""

import json
import os
import re
from dataclasses import dataclass, field
from typing import Optional

from . import process, wasm
from .monitors import FOLDER


@dataclass
class Run:
    """One run of a program; times are milliseconds. `error` is None where it came to its end."""

    run: float = 0.0
    compile: float = 0.0
    report: float = 0.0
    exit: int = 0
    values: dict = field(default_factory=dict)
    timed_out: bool = False
    error: Optional[str] = None
    # Of the whole process.
    wall: float = 0.0


def _failure(outcome):
    return Run(timed_out=outcome.timed_out, error=outcome.describe(), wall=outcome.wall)


class Node:
    name = "node"

    def __init__(self, executable, flags, folder):
        self.command = [executable, *flags, os.path.join(FOLDER, "host.mjs")]
        self.times = os.path.join(folder, "times.json")

    def run(self, program, libraries, limit):
        arguments = [f"{name}={path}" for name, path in libraries.items()]
        outcome = process.run([*self.command, self.times, program, *arguments], limit)
        if outcome.failed:
            return _failure(outcome)
        with open(self.times, encoding="utf-8") as file:
            times = json.load(file)
        keys = ("run", "compile", "report", "exit", "values")
        return Run(wall=outcome.wall, **{key: times[key] for key in keys})


class Wizard:
    """Its compiler runs before the program does. The report is part of the run."""

    name = "wizard"
    FIGURE = re.compile(r"^(main|spc):time_us\s*:\s*(\d+)", re.M)

    def __init__(self, executable, folder):
        self.command = [
            executable, "--mode=jit", "--ext:all", "--colors=false", "--env=TO_CONSOLE=true",
            "--metrics=*:time_us",
        ]
        self.folder = folder

    def run(self, program, libraries, limit):
        needed = {entry.module for entry in wasm.read_module(program).imports()}
        files = [self.place(name, path) for name, path in libraries.items() if name in needed]
        outcome = process.run([*self.command, *files, program], limit, keep_output=True)
        figures = {name: int(value) / 1000 for name, value in self.FIGURE.findall(outcome.output)}
        if outcome.timed_out or "main" not in figures or "!trap" in outcome.output + outcome.errors:
            return _failure(outcome)
        return Run(run=figures["main"], compile=figures.get("spc", 0.0), exit=outcome.code, wall=outcome.wall)

    def place(self, name, path):
        """The engine takes the names of modules from those of files."""
        if os.path.basename(path) == f"{name}.wasm":
            return path
        link = os.path.join(self.folder, f"{name}.wasm")
        if not os.path.exists(link):
            os.symlink(os.path.abspath(path), link)
        return link
