"""Runs commands and takes their time and memory."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

LAUNCHER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "launch.py")


@dataclass
class Outcome:
    """What became of a command. Times are milliseconds, `peak` is kilobytes of memory."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    code: int = 0
    timed_out: bool = False
    output: str = ""
    errors: str = ""

    @property
    def failed(self):
        return self.timed_out or self.code != 0

    def describe(self):
        """Why it failed, in a line."""
        if self.timed_out:
            return "takes too long"
        lines = [line for line in (self.errors + "\n" + self.output).splitlines() if line.strip()]
        reasons = [line for line in lines if "error" in line] or lines
        # The folders of files are temporary ones.
        reason = re.sub(r"(?<![\w.])/[^\s':]*/", "", reasons[0].strip())[:200] if reasons else ""
        return f"exit status {self.code}" + (reason and f": {reason}")


def _stop(process):
    """Ends a command and all that it has started: they have a group of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def run(command, limit=None, cwd=None, keep_output=False):
    """Runs a command, for `limit` seconds at most."""
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, os.fdopen(reader, "rb") as figures:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", LAUNCHER, str(writer), *command],
            stdin=subprocess.DEVNULL,
            stdout=output if keep_output else subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[writer],
            start_new_session=True,
            cwd=cwd,
        )
        os.close(writer)
        outcome = Outcome()
        try:
            outcome.code = process.wait(limit)
            if text := figures.read():
                outcome = Outcome(**json.loads(text))
        except subprocess.TimeoutExpired:
            outcome.timed_out, outcome.wall = True, limit * 1000
        finally:
            if process.poll() is None:
                _stop(process)
        for attribute, file in (("output", output), ("errors", errors)):
            file.seek(0)
            setattr(outcome, attribute, file.read().decode(errors="replace"))
    return outcome
