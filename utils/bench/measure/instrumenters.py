"""What puts monitors into programs: whamm, code by hand, and peers from a file."""

import json
import os
import re
import subprocess
import sys

from . import process
from .monitors import FOLDER, MONITORS

BY_HAND, BINARYEN = "by hand", "binaryen"
CORE = "whamm_core"
NO_OUTPUT = "makes no output"


class ConfigurationError(Exception):
    """The command line or a file of the user is at fault."""


def is_whamm(name):
    """Whether an instrumenter is ours, by its name."""
    return re.fullmatch(r"whamm( -O\d)?", name) is not None


class Whamm:
    """`whamm instr` at one level of optimisation; None is that of a whamm without levels."""

    def __init__(self, tools, level):
        self.tools = tools
        self.name = "whamm" if level is None else f"whamm -O{level}"
        self.options = [] if level is None else [f"-O{level}"]

    def can(self, monitor):
        return True

    def get_command(self, monitor, source, output):
        libraries = [option for name in monitor.libraries for option in ("-u", f"{name}={self.tools.libraries[name]}")]
        return [self.tools.whamm, "instr", *self.options, *libraries, "-s", monitor.script, "-a", source, "-o", output]

    def get_libraries(self, monitor):
        return {CORE: self.tools.core, **{name: self.tools.libraries[name] for name in monitor.libraries}}


class ByHand:
    """Calls of a library's function at all loads and stores."""

    name = BY_HAND

    def __init__(self, tools):
        self.tools = tools

    def can(self, monitor):
        return monitor.name == "cache"

    def get_command(self, monitor, source, output):
        return [sys.executable, os.path.join(FOLDER, "byhand.py"), source, output, "cache", "access"]

    def get_libraries(self, monitor):
        return {"cache": self.tools.libraries["cache"]}


class Peer:
    """Another command, see docs/performance.md."""

    def __init__(self, entry, folder):
        self.name = self.take(entry, "name", str)
        if is_whamm(self.name) or self.name in (BINARYEN, BY_HAND):
            raise ConfigurationError(f"a peer cannot be called '{self.name}'")
        self.command = self.take(entry, "command", list)
        scripts = entry.get("scripts", {name: None for name in entry.get("monitors", [])})
        known = {monitor.name for monitor in MONITORS}
        if unknown := set(scripts) - known:
            raise ConfigurationError(f"peer '{self.name}': no monitor '{min(unknown)}'; there are {', '.join(sorted(known))}")
        if not scripts:
            raise ConfigurationError(f"peer '{self.name}' has no 'monitors' and no 'scripts'")
        self.scripts = {name: path and os.path.join(folder, path) for name, path in scripts.items()}
        self.libraries = {name: os.path.join(folder, path) for name, path in entry.get("libraries", {}).items()}
        self.runs = entry.get("runs", True)

    @staticmethod
    def take(entry, key, kind):
        if not isinstance(entry, dict) or not isinstance(entry.get(key), kind) or not entry[key]:
            raise ConfigurationError(f"a peer needs a '{key}' that is a {'list of words' if kind is list else 'word'}")
        return entry[key]

    def can(self, monitor):
        return monitor.name in self.scripts

    def get_command(self, monitor, source, output):
        values = {"in": source, "out": output, "script": self.scripts[monitor.name] or monitor.script}
        return [re.sub(r"\{(in|out|script)\}", lambda match: values[match.group(1)], str(word)) for word in self.command]

    def get_libraries(self, monitor):
        return self.libraries


def read_peers(path):
    try:
        with open(path, encoding="utf-8") as file:
            entries = json.load(file)["peers"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path}: no list of peers: {error}") from error
    folder = os.path.dirname(os.path.abspath(path))
    return [Peer(entry, folder) for entry in entries]


def has_levels(whamm):
    """Whether `whamm instr` has -O0, -O1 and -O2."""
    done = subprocess.run([whamm, "instr", "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return re.search(r"^\s*--?O", done.stdout, flags=re.M) is not None


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def instrument(instrumenter, monitor, source, output, limit):
    """Makes `output`, without measuring it; returns the reason why it cannot be made, or None."""
    remove(output)
    outcome = process.run(instrumenter.get_command(monitor, source, output), limit)
    if outcome.failed:
        return outcome.describe()
    return None if os.path.exists(output) else NO_OUTPUT
