"""breadth.py --bin DIR --source DIR [--node NODE] [--opcodes TSV] [--keep DIR] [--programs NAME,...]
  [--without NAME,...]

A probe for each bound name of each opcode event in each mode. The programs have each
instruction with known operands; what the probes report has to be what these say.
Every script goes through with and without Binaryen."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from assembler import Opcodes
from cases import make_builders
from expect import Facts, same_value
from probes import alt_script, assignment_scripts, counter_script, scripts_of_names

class Test:
    def __init__(self, args):
        self.args = args
        sys.path.insert(0, os.path.join(args.source, "utils", "differential"))
        from node_host import NodeHost
        core = os.path.join(os.path.dirname(args.bin), "lib", "whamm", "whamm_core.wasm")
        self.host = NodeHost(args.node, [core])
        self.failures = 0
        self.values = 0
        self.probes = set()
        self.events = {"executed": set(), "instrumented only": set()}

    def fail(self, text):
        self.failures += 1
        if self.failures <= 40:
            print(f"FAIL {text}", flush=True)

    def instrument(self, program, script, options):
        """The path of the output; None where it fails."""
        output = script[:-3] + ("".join(options) or "-") + ".wasm"
        command = [os.path.join(self.args.bin, "whamm"), "instr", "-s", script, "-a", program, "-o", output,
                   "--precise-traps", *options]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0 or "error" in done.stderr:
            self.fail(f"{script} {options}: {done.stderr.strip()[:400]}")
            return None
        return output

    def check(self, facts, program, script, is_run):
        """Instruments in both ways, runs, and compares the rows."""
        path = os.path.join(self.args.keep, f"{facts.name}-{script.name}.mm")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script.text())
        outputs = [self.instrument(program, path, options) for options in ([], ["--no-binaryen"])]
        self.probes |= {(p.event, p.mode, p.name, p.kind) for p in script.probes}
        kind = "executed" if is_run else "instrumented only"
        self.events[kind] |= {p.event for p in script.probes}
        if not is_run or None in outputs:
            return
        answer = self.host.ask({"original": program, "variants": outputs, "details": True})
        if answer["skip"]:
            self.fail(f"{path}: {answer['skip']}")
            return
        for output, variant in zip(outputs, answer["variants"]):
            self.check_behaviour(facts, script, output, answer["observed"], variant)
            if variant["report"]:
                self.check_rows(facts, script, output, variant["report"])
            else:
                self.fail(f"{output}: no report")

    def check_behaviour(self, facts, script, output, expected, variant):
        if script.keeps_everything:
            if variant["difference"]:
                self.fail(f"{output}: {variant['difference']}")
            return
        if variant.get("observed") is None:
            self.fail(f"{output}: {variant['difference']}")
            return
        lines = dict(line.split(" -> ") for line in variant["observed"] if " -> " in line)
        for line in expected:
            function, _, result = line.partition(" -> ")
            if result and facts.is_plain(function) and lines.get(function) != result:
                self.fail(f"{output}: {line}, instrumented {lines.get(function)}")

    def check_rows(self, facts, script, output, report):
        rows = {}
        for line in report.splitlines():
            parts = line.split(", ", 10)
            if len(parts) == 11 and parts[1] == "memaddr":
                event = parts[9].split("_", 1)[1]
                rows[parts[6], int(parts[7]), int(parts[8]), event, parts[2]] = parts[10]
        expected = script.rows(facts)
        for key, (kind, value) in expected.items():
            self.values += 1
            if key not in rows:
                self.fail(f"{output}: no row {key}")
            elif not same_value(kind, value, rows[key]):
                self.fail(f"{output}: {key} is {rows[key]}, not {value}")
        for key in rows.keys() - expected.keys():
            case = facts.by_name.get(key[0])
            if case and (case.pc, case.event) == (key[2], key[3].split(":")[2]):
                self.fail(f"{output}: row {key} that should not be")

    def run_builder(self, builder, facts, is_run):
        program = os.path.join(self.args.keep, builder.name + ".wasm")
        with open(program, "wb") as file:
            file.write(builder.module.encode())
        validate = [os.path.join(self.args.bin, "whamm-translate"), "--wasm-validate", program]
        subprocess.run(validate, check=True)
        results = {}
        if is_run:
            observed = self.host.ask({"original": program, "variants": [], "details": True})["observed"]
            results = dict(line.split(" -> ") for line in observed if " -> " in line)
        facts.add_results(results)
        scripts = [*scripts_of_names(facts, self.args.without), counter_script(facts)]
        if "assign" not in self.args.without:
            scripts += assignment_scripts(facts, self.args.without)
        if "alt" not in self.args.without:
            scripts.append(alt_script(facts, self.args.without))
        for script in scripts:
            if script.probes and script.name not in self.args.without:
                self.check(facts, program, script, is_run)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--node", default="node")
    parser.add_argument("--source", required=True)
    parser.add_argument("--opcodes", help="table of what opcodes are called and numbered, made by somebody else")
    parser.add_argument("--keep")
    parser.add_argument("--programs", default="plain,threads,newer", help="these only")
    parser.add_argument("--without", default="", help="names, types, events and scripts to leave out")
    args = parser.parse_args()
    args.bin = os.path.abspath(args.bin)
    args.without = set(args.without.split(","))
    args.keep = args.keep or tempfile.mkdtemp(prefix="breadth-")
    os.makedirs(args.keep, exist_ok=True)
    dump = [os.path.join(args.bin, "whamm-tblgen"), "-dump-json", "-I", os.path.join(args.source, "td"),
            os.path.join(args.source, "td", "Wasm", "Events.td")]
    records = json.loads(subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout)
    test = Test(args)
    for builder in make_builders(Opcodes(records), records):
        if builder.name in args.programs.split(","):
            test.run_builder(builder, Facts(builder, records, args.opcodes), builder.name != "newer")
    test.host.close()
    only = test.events["instrumented only"] - test.events["executed"]
    print(f"events executed: {len(test.events['executed'])}")
    print(f"events instrumented and validated only: {len(only)}: {' '.join(sorted(only))}")
    print(f"probes: {len(test.probes)}")
    print(f"values checked: {test.values}")
    print(f"failures: {test.failures}")
    sys.exit(test.failures > 0)


main()
