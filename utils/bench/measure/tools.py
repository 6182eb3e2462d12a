"""The programs that the benchmark uses, and the machine that it is on."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass, field

from .instrumenters import ConfigurationError
from .monitors import FOLDER, MONITORS

ROOT = os.path.dirname(os.path.dirname(FOLDER))
LIBRARY_FLAGS = ["--target=wasm32", "-O2", "-nostdlib", "-Wl,--no-entry", "-Wl,--strip-all"]


@dataclass
class Tools:
    whamm: str
    binaryen: str
    core: str = ""
    # Compiled libraries of utils/bench/libraries, by name.
    libraries: dict = field(default_factory=dict)


def find_program(*candidates):
    for name in candidates:
        if name and (path := shutil.which(name)):
            return path
    raise ConfigurationError(f"no program '{[name for name in candidates if name][-1]}'")


def get_output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise ConfigurationError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout.strip()


def find_tools(folder):
    tools = Tools(os.path.join(folder, "whamm"), os.path.join(folder, "whamm-bench-binaryen"))
    for path in (tools.whamm, tools.binaryen):
        if not os.access(path, os.X_OK):
            raise ConfigurationError(f"there is no {path}: build the targets whamm and whamm-bench-binaryen, or use --bin")
    tools.core = get_output([tools.whamm, "core-lib"])
    return tools


def compile_libraries(tools, monitors, clang, folder):
    for name in sorted({name for monitor in monitors for name in monitor.libraries}):
        output = os.path.join(folder, f"{name}.wasm")
        compiler = find_program(clang, "clang-22", "clang")
        get_output([compiler, *LIBRARY_FLAGS, "-o", output, os.path.join(FOLDER, "libraries", f"{name}.c")])
        tools.libraries[name] = output


def get_processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def describe_machine(tools, node, wizard):
    described = {
        "processor": get_processor(),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.release(),
        "load": os.getloadavg()[0],
        "whamm": " ".join(get_output([tools.whamm, "--version"]).split()),
    }
    if node:
        described["node"] = get_output([node, "--version"])
    if wizard:
        described["wizard"] = get_output([wizard, "--version"]).splitlines()[0]
    return described


def find_programs(folder):
    """The modules of ../shared/programs/FOLDER."""
    path = os.path.join(ROOT, "..", "shared", "programs", folder)
    if not os.path.isdir(path):
        return []
    return [os.path.normpath(os.path.join(path, name)) for name in sorted(os.listdir(path)) if name.endswith(".wasm")]


def select_monitors(names):
    """The monitors of a list of names with `,` between; all for None."""
    if names is None:
        return list(MONITORS)
    known = {monitor.name: monitor for monitor in MONITORS}
    if unknown := [name for name in names if name not in known]:
        raise ConfigurationError(f"no monitor '{unknown[0]}'; there are {', '.join(known)}")
    return [known[name] for name in names]
