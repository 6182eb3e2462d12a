"""The parts of the benchmark, one after the other, and what they give together."""

import json
import os
import subprocess
import sys
import tempfile
import time

from . import goals, overhead, speed, tools
from .engines import Node, Wizard
from .instrumenters import ByHand, ConfigurationError, Whamm, has_levels, instrument, read_peers
from .monitors import FOLDER

VERSION = 1
# The program of whose functions large ones are, and their sizes in bytes.
LARGE_SOURCE = "rust-cf.wasm"
LARGE_SIZES = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000]
SMALL_PROGRAM = "gemm.wasm"
LEAST_RUN = 20


def say(text):
    print(text, file=sys.stderr, flush=True)


class Benchmark:
    """What is measured with what; `results` grows section by section."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        # Rows of programs that are made for their size only.
        self.made = []
        self.monitors = tools.select_monitors(options.monitors)
        self.tools = tools.find_tools(options.bin)
        tools.compile_libraries(self.tools, self.monitors, options.clang, folder)
        self.whamms = self.make_whamms()
        self.peers = read_peers(options.peers) if options.peers else []
        self.node = tools.find_program(options.node) if "node" in options.engines else None
        self.wizard = tools.find_program(options.wizard) if "wizard" in options.engines else None
        self.results = {
            "version": VERSION,
            "machine": tools.describe_machine(self.tools, self.node, self.wizard),
            "options": {
                "rounds": options.rounds, "limit": options.limit, "statistic": options.statistic, "best": self.best.name,
            },
            **{key: [] for key in ("overhead", "noise", "speed", "growth", "size")},
            "starts": {},
        }

    @property
    def sections(self):
        return {"overhead": self.measure_overhead, "speed": self.measure_speed, "size": self.measure_size, "wei": self.measure_wei}

    def make_whamms(self):
        if not has_levels(self.tools.whamm):
            return [Whamm(self.tools, None)]
        return [Whamm(self.tools, level) for level in self.options.levels]

    @property
    def best(self):
        return self.whamms[-1]

    def measure(self):
        """The results of all sections; of those programs that have been measured where somebody interrupts it."""
        begin = time.perf_counter()
        try:
            for name, action in self.sections.items():
                if name in self.options.sections:
                    action()
        except KeyboardInterrupt:
            self.results["interrupted"] = True
        if "size" in self.options.sections:
            self.collect_sizes()
        self.results["goals"] = [line.encode() for line in goals.evaluate(self.results, self.best.name)]
        self.results["seconds"] = time.perf_counter() - begin
        return self.results

    # Overhead

    def make_engines(self):
        if self.node:
            yield Node(self.node, self.options.node_flags, self.folder)
        if self.wizard:
            yield Wizard(self.wizard, self.folder)

    def get_running_programs(self, engine):
        """Those that are named; else those of PolyBench that run long enough."""
        if self.options.programs is not None:
            return self.options.programs
        found = tools.find_programs("polybench")
        if not found:
            raise ConfigurationError("there are no programs in ../shared/programs/polybench: name some")
        return [path for path in found if overhead.runs_long_enough(engine, path, LEAST_RUN, self.options)]

    def measure_overhead(self):
        engines = list(self.make_engines())
        if not engines:
            raise ConfigurationError("there is no engine to run programs")
        for program in self.get_running_programs(engines[0]):
            instrumenters = [*self.whamms, ByHand(self.tools), *self.peers]
            variants, failures = overhead.build_variants(program, self.monitors, instrumenters, self.options, self.folder)
            for engine in engines:
                say(f"{engine.name}: {os.path.basename(program)}, {len(variants)} variants")
                fresh = [overhead.Variant(each.program, each.libraries, dict(each.row)) for each in variants]
                try:
                    rows, noise = overhead.measure_program(engine, program, fresh, self.options)
                except overhead.CannotRun as error:
                    raise ConfigurationError(str(error)) from error
                self.results["overhead"] += rows + [{"engine": engine.name, **row} for row in failures]
                self.results["noise"].append(noise)
            self.remove(variants)

    @staticmethod
    def remove(variants):
        for variant in variants:
            os.remove(variant.program)

    # Speed

    def get_large_programs(self):
        source = self.options.large_source
        sizes = [size for size in LARGE_SIZES if size <= self.options.max_size]
        return speed.make_large(source, sizes, self.folder) if source else []

    def get_speed_programs(self):
        if self.options.programs is not None:
            return self.options.programs
        small = [path for path in tools.find_programs("polybench") if path.endswith(SMALL_PROGRAM)]
        return small + tools.find_programs("apps")

    def measure_speed(self):
        self.results["starts"] = speed.measure_starts(self.tools, self.options, self.folder)
        large = self.get_large_programs()
        programs = self.get_speed_programs() + large
        for program in sorted(programs, key=os.path.getsize):
            say(f"instrumentation: {os.path.basename(program)}")
            self.results["speed"] += speed.measure_program(
                program, self.monitors, [self.best, *self.peers], self.tools, self.results["starts"], self.options,
                self.folder,
            )
        names = {os.path.basename(path) for path in large}
        rows = [row for row in self.results["speed"] if row["program"] in names]
        self.results["growth"] = speed.get_growth(rows, self.results["starts"])
        for path in large:
            os.remove(path)

    # Size

    def measure_size(self):
        """Makes what no other section makes."""
        if not self.results["speed"] + self.results["overhead"]:
            self.made = list(self.make_all(self.get_speed_programs()))

    def collect_sizes(self):
        rows = {}
        for row in self.results["speed"] + self.results["overhead"] + self.made:
            if row["monitor"] is not None and "output_size" in row:
                key = {name: row[name] for name in ("program", "instrumenter", "monitor")}
                sizes = {"size": row["size"], "output_size": row["output_size"], "ratio": row["output_size"] / row["size"]}
                rows[tuple(key.values())] = {**key, **sizes}
        self.results["size"] = list(rows.values())

    def make_all(self, programs):
        output = os.path.join(self.folder, "out.wasm")
        for program in programs:
            for monitor in self.monitors:
                for instrumenter in [*self.whamms, *self.peers]:
                    if not instrumenter.can(monitor):
                        continue
                    row = {
                        "program": os.path.basename(program), "monitor": monitor.name,
                        "instrumenter": instrumenter.name, "size": os.path.getsize(program),
                    }
                    if not instrument(instrumenter, monitor, program, output, self.options.limit):
                        yield {**row, "output_size": os.path.getsize(output)}

    # Monitors in an engine

    def measure_wei(self):
        if not self.options.wizard:
            raise ConfigurationError("the section wei needs an engine: --wizard or $WIZENG")
        programs = self.options.programs or tools.find_programs("polybench")[:1]
        output = os.path.join(self.folder, "wei.json")
        command = [sys.executable, os.path.join(FOLDER, "wei.py"), "--bin", self.options.bin, "--json", output]
        command += ["--runs", str(self.options.rounds), *programs]
        done = subprocess.run(command, env={**os.environ, "WIZENG": self.options.wizard})
        if done.returncode:
            raise ConfigurationError(f"wei.py: exit status {done.returncode}")
        with open(output, encoding="utf-8") as file:
            self.results["wei"] = json.load(file)


def measure(options):
    with tempfile.TemporaryDirectory(prefix="whamm-bench-") as folder:
        return Benchmark(options, folder).measure()
