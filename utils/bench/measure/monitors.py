"""The monitors that are measured: scripts of utils/bench/monitors."""

import os
from dataclasses import dataclass

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What a monitor's code can be made one of: that of a whole block, nothing, or it is at places
# that are few.
BLOCK, STEP, PLACE = "block", "step", "place"


@dataclass(frozen=True)
class Monitor:
    name: str
    kind: str
    # Of utils/bench/libraries.
    libraries: tuple = ()
    # Whether its overhead is measured, too.
    runs: bool = True

    @property
    def script(self):
        return os.path.join(FOLDER, "monitors", f"{self.name}.mm")


MONITORS = [
    Monitor("instruction-count", BLOCK),
    Monitor("instruction-mix", BLOCK),
    Monitor("hotness", BLOCK),
    Monitor("coverage", BLOCK),
    Monitor("blocks", BLOCK),
    Monitor("branches", PLACE),
    Monitor("loops", PLACE),
    Monitor("functions", PLACE),
    Monitor("call-graph", PLACE),
    Monitor("memory-map", PLACE),
    Monitor("cache", PLACE, libraries=("cache",)),
    Monitor("path-hash", STEP, runs=False),
]
