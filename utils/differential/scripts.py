"""The scripts, their libraries, and mixtures of them."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "scripts")
MIXED = "mixed"
# An instruction can be replaced by one probe only, and the laws hold for values
# that nothing changes on the way.
REPLACING = {"alt", "places", "unless"}
CHANGING = {"assign", "places"}


class Scripts:
    def __init__(self, args):
        self.core = os.path.join(os.path.dirname(args.bin), "lib", "whamm", "whamm_core.wasm")
        self.tally = os.path.join(args.keep, "tally.wasm")
        subprocess.run(["wat2wasm", os.path.join(FOLDER, "tally.wat"), "-o", self.tally], check=True)
        self.texts = {}
        for name in sorted(os.listdir(FOLDER)):
            if name.endswith(".mm"):
                with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
                    self.texts[name[:-3]] = file.read()
        if args.corpus:
            del self.texts["texts"]  # needs a memory of the program's own
        self.per_module = args.scripts
        self.kinds = args.kinds.split(",") if args.kinds else None
        unknown = set(self.kinds or []) - set(self.texts) - {MIXED}
        if unknown:
            raise SystemExit(f"no script '{unknown.pop()}' in {FOLDER}")

    def host_arguments(self):
        return [self.core, f"tally={self.tally}"]

    def library_options(self, kind):
        uses = kind.startswith(MIXED) or "use tally;" in self.texts[kind]
        return ["-u", f"tally={self.tally}"] if uses else []

    def path(self, kind):
        return os.path.join(FOLDER, kind + ".mm")

    def mixture(self, rng, folder):
        """Some scripts as one; what they `use` has to come first."""
        parts = rng.sample(sorted(self.texts), rng.randint(2, 3))
        replacing = [part for part in parts if part in REPLACING]
        excluded = set(replacing[1:]) | ({"laws"} if CHANGING & set(parts) else set())
        parts = [part for part in parts if part not in excluded]
        lines = [line for part in parts for line in self.texts[part].splitlines()]
        uses = list(dict.fromkeys(line for line in lines if line.startswith("use ")))
        path = os.path.join(folder, MIXED + ".mm")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(uses + [line for line in lines if line not in uses]) + "\n")
        return MIXED + "-" + "-".join(parts), path

    def choose(self, rng, folder):
        """(kind, path) of the scripts for a module."""
        mixed = self.mixture(rng, folder)
        if self.kinds is not None:
            return [mixed if kind == MIXED else (kind, self.path(kind)) for kind in self.kinds]
        chosen = rng.sample(sorted(self.texts), min(self.per_module, len(self.texts)))
        return [(kind, self.path(kind)) for kind in chosen] + [mixed]
