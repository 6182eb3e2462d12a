#!/usr/bin/env python3
"""Measures whamm: how fast it instruments, how fast what it makes runs, how large that is.

Without options everything is measured, in less than half an hour; docs/performance.md says
what the figures are. `--quick` takes a minute.
"""

import argparse
import json
import os
import signal
import sys

from measure import baseline, chart, goals, sections, tables, tools
from measure.instrumenters import ConfigurationError

ROOT = tools.ROOT
SECTIONS = ["overhead", "speed", "size"]
QUICK_PROGRAMS = ("gemm.wasm", "2mm.wasm")
QUICK_MONITORS = "instruction-count,branches,call-graph,cache"


def words(text):
    return [word for word in text.split(",") if word]


def positive(kind):
    def parse(text):
        value = kind(text)
        if value <= 0:
            raise argparse.ArgumentTypeError(f"{text} is not positive")
        return value

    return parse


def choices(known):
    def parse(text):
        values = words(text)
        if unknown := [value for value in values if value not in known]:
            raise argparse.ArgumentTypeError(f"'{unknown[0]}' is none of {', '.join(known)}")
        return values

    return parse


def add_choices(parser):
    group = parser.add_argument_group("what is measured")
    group.add_argument("programs", nargs="*", help="programs instead of those of ../shared/programs")
    group.add_argument("--quick", action="store_true", help="few monitors, programs and rounds: about a minute")
    group.add_argument("--sections", type=choices([*SECTIONS, "wei"]), help=f"of {', '.join(SECTIONS)}, wei; default: all but wei")
    group.add_argument("--monitors", type=words, help="names with commas between; default: all")
    group.add_argument("--engines", type=choices(["node", "wizard"]), help="default: those that are there")
    group.add_argument("--levels", type=choices(["0", "1", "2"]), default=["0", "2"], help="of optimisation (0,2)")
    group.add_argument("--rounds", type=positive(int), help="how often each is measured (5)")
    group.add_argument("--least", dest="statistic", action="store_const", const="least", default="median",
                       help="compare the shortest times instead of medians")
    group.add_argument("--max-size", type=positive(int), help="of the large programs, in bytes (10000000)")
    group.add_argument("--large-source", metavar="FILE", help="the program that is made large (one of ../shared/programs, none where programs are named)")
    group.add_argument("--limit", type=positive(float), default=20, help="seconds that a command may take (20)")
    group.add_argument("--budget", type=positive(float), default=5, help="seconds after which a command is not measured again (5)")
    group.add_argument("--peers", metavar="FILE", help="other instrumenters, as JSON")


def add_tools(parser):
    group = parser.add_argument_group("with what")
    default = os.path.join(os.environ.get("WHAMM_BUILD", os.path.join(ROOT, "build")), "bin")
    group.add_argument("--bin", default=default, help="folder of whamm (build/bin)")
    group.add_argument("--node", default=os.environ.get("NODE") or "node", help="Node.js ($NODE, node)")
    group.add_argument("--node-flags", type=words, default=[], help="options of Node.js, with commas between")
    group.add_argument("--wizard", default=os.environ.get("WIZENG"), help="the engine Wizard ($WIZENG)")
    group.add_argument("--clang", help="compiles libraries (clang-22, clang)")


def add_results(parser):
    group = parser.add_argument_group("results")
    group.add_argument("--output", default=os.path.join(ROOT, "output-bench"), help="folder (output-bench)")
    group.add_argument("--results", metavar="FILE", help="take these results.json instead of measuring")
    group.add_argument("--save-baseline", metavar="FILE", help="write the results there, too")
    group.add_argument("--compare", metavar="FILE", help="print what changed; exit status 1 if something is worse")
    group.add_argument("--threshold", type=positive(float), default=0.1, help="how much worse is too much (0.1)")


def set_default_programs(options):
    if options.quick:
        options.programs = [path for path in tools.find_programs("polybench") if path.endswith(QUICK_PROGRAMS)]
    if not options.large_source:
        found = [path for path in tools.find_programs("apps") if path.endswith(sections.LARGE_SOURCE)]
        options.large_source = found[0] if found else None


def set_defaults(options):
    """What follows from other options."""
    quick = options.quick
    options.sections = options.sections or SECTIONS
    options.rounds = options.rounds or (3 if quick else 5)
    options.max_size = options.max_size or (2_000_000 if quick else 10_000_000)
    options.engines = options.engines or ["node", *(["wizard"] if options.wizard and not quick else [])]
    if quick and options.monitors is None:
        options.monitors = words(QUICK_MONITORS)
    if not options.programs:
        set_default_programs(options)
    options.programs = options.programs or None
    # In ascending order: the last is the one whose goals are checked.
    options.levels = sorted(set(options.levels))
    if "wizard" in options.engines and not options.wizard:
        raise ConfigurationError("the engine wizard needs --wizard or $WIZENG")
    for path in [*(options.programs or []), *filter(None, [options.large_source])]:
        if not os.path.isfile(path):
            raise ConfigurationError(f"there is no program '{path}'")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choices(parser)
    add_tools(parser)
    add_results(parser)
    return parser.parse_args()


def read_results(path):
    try:
        with open(path, encoding="utf-8") as file:
            results = json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    if not isinstance(results, dict) or results.get("version") != sections.VERSION:
        raise ConfigurationError(f"{path}: these are not results of this version of the benchmark")
    return results


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_results(results, options):
    text = tables.format_results(results)
    encoded = json.dumps(results, indent=1) + "\n"
    os.makedirs(options.output, exist_ok=True)
    write(os.path.join(options.output, "results.json"), encoded)
    write(os.path.join(options.output, "table.txt"), text)
    write(os.path.join(options.output, "chart.svg"), chart.draw(results))
    if options.save_baseline:
        write(options.save_baseline, encoded)
    print(text, end="")


def interrupt(*_):
    raise KeyboardInterrupt


def main():
    options = parse_options()
    signal.signal(signal.SIGTERM, interrupt)
    try:
        # First, not to find out after half an hour that it cannot be read.
        old = read_results(options.compare) if options.compare else None
        if options.results:
            results = read_results(options.results)
            results["goals"] = [line.encode() for line in goals.evaluate(results, results["options"]["best"])]
        else:
            set_defaults(options)
            results = sections.measure(options)
        write_results(results, options)
    except (ConfigurationError, OSError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if results.get("interrupted"):
        return 130
    if old is None:
        return 0
    lines, is_worse = baseline.compare(old, results, options.threshold)
    print("\n== Changes since " + options.compare, *lines, sep="\n")
    return 1 if is_worse else 0


if __name__ == "__main__":
    sys.exit(main())
