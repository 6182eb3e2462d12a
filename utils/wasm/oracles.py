"""Who says whether modules are valid: the tool of the build, V8, and the
specification's own interpreter."""
import os
import re
import subprocess

from packs import read_pack, write_pack

HERE = os.path.dirname(os.path.abspath(__file__))

# Where V8 and the specification differ, and the specification's interpreter says what
# this project does: a pattern for "OURS | V8'S" each.
KNOWN = {
    "V8 lets segments and their items have types that are no references":
        r"^error: malformed reference type.* \| ok$",
    "in unreachable code V8 takes any operand where it wants a reference":
        r"^error: .*in unreachable code.* \| ok$",
    "V8 does not look at the label of a br_on_non_null that has a reference that is never null":
        r"^error: .*`br_on_non_null`\): type mismatch: expected a label that takes .* \| ok$",
    "V8 of Node.js 20 takes smaller alignments of some atomic accesses":
        r"^error: .*alignment must be natural.* \| ok$",
    "V8 does not know custom page sizes":
        r"^ok \| error: .*invalid memory limits flags 0x[89a-f]",
    "V8 limits the sizes of memories and tables that a module declares":
        r"^ok \| error: .*(memory|table) size \(\d+ (pages|elements)\) is larger than implementation limit",
}


class Oracles:
    """Asks for verdicts on lists of modules: "ok" or "error: MESSAGE" each."""

    def __init__(self, bin_dir, node, work):
        self.tool = os.path.join(bin_dir, "whamm-wasm-test")
        self.node = node
        self.work = work
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        # Earlier ones lack what WebAssembly 3.0 has.
        self.node_knows_all = int(re.match(r"v(\d+)", version).group(1)) >= 24

    def path(self, name):
        return os.path.join(self.work, name)

    def _lines(self, command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    def ours(self, modules):
        write_pack(self.path("pack"), modules)
        return self._lines([self.tool, "verdicts", self.path("pack")])

    def v8(self, modules):
        write_pack(self.path("pack"), modules)
        return self._lines([self.node, os.path.join(HERE, "verdicts.mjs"), self.path("pack")])

    def mutate(self, modules, seed, count):
        write_pack(self.path("pack"), modules)
        self._lines([self.tool, "mutate", self.path("pack"), f"-seed={seed}", f"-count={count}",
                     "-o", self.path("mutated")])
        return read_pack(self.path("mutated"))

    def instrument(self, modules, positions, probe):
        """The outputs of the splicer, and what it says of each."""
        write_pack(self.path("pack"), modules)
        lines = self._lines([self.tool, "instrument", self.path("pack"), f"-at={','.join(positions)}",
                             f"-probe={probe}", "-o", self.path("instrumented")])
        return read_pack(self.path("instrumented")), lines

    def compare_behaviour(self, modules, outputs):
        """What a host sees of the modules and of what they became: "same CALLS" each, or a difference."""
        write_pack(self.path("pack"), modules)
        write_pack(self.path("outputs"), outputs)
        return self._lines([self.node, "--experimental-wasm-type-reflection", os.path.join(HERE, "behaviour.mjs"),
                            self.path("pack"), self.path("outputs")])

    def explain(self, ours, v8):
        """What is known of a difference: None where nothing is."""
        if ours.startswith("ok") and not self.node_knows_all:
            return "this Node.js does not know all of WebAssembly 3.0"
        for reason, pattern in KNOWN.items():
            if re.search(pattern, f"{ours} | {v8}"):
                return reason
        return None


def agree(ours, v8):
    return (ours == "ok") == (v8 == "ok")
