"""Writes results of which the figures are known: a baseline, and others.

usage: make-results.py FOLDER
"""

import copy
import json
import os
import sys


def summary(median):
    return {"median": median, "least": median, "spread": 0.05, "count": 5}


WHERE = {"program": "a.wasm", "instrumenter": "whamm -O2", "monitor": "hotness"}
BASE = {
    "version": 1,
    "machine": {"processor": "a processor", "cores": 2, "load": 0.0, "whamm": "whamm 1"},
    "options": {"rounds": 5, "limit": 20, "statistic": "median", "best": "whamm -O2"},
    "seconds": 1.0,
    "starts": {"whamm": {"wall": summary(40), "peak": 80000}, "binaryen": {"wall": summary(10), "peak": 8000}},
    "overhead": [
        {**WHERE, "engine": "node", "run": summary(60), "compile": summary(1), "report": summary(1), "ratio": 1.2, "noise": 0.05}
    ],
    "noise": [
        {"engine": "node", "program": "a.wasm", "original": summary(50), "compile": 1, "difference": 0.01, "largest_difference": 0.02}
    ],
    "speed": [
        {"program": "a.wasm", "size": 600000, "instrumenter": "binaryen", "monitor": None, "wall": summary(200), "mb_per_s": 3.0,
         "peak": 20000, "output_size": 600000},
        {**WHERE, "size": 600000, "wall": summary(300), "mb_per_s": 2.0, "ratio": 1.5, "noise": 0.05, "above_start": 260,
         "memory_ratio": 2.0, "peak": 100000, "output_size": 2400000},
    ],
    "growth": [],
    "size": [{**WHERE, "size": 600000, "output_size": 2400000, "ratio": 4.0}],
    "goals": [],
}


def with_overhead(ratio):
    results = copy.deepcopy(BASE)
    results["overhead"][0]["ratio"] = ratio
    return results


def main():
    better, failed, partial = with_overhead(1.0), copy.deepcopy(BASE), copy.deepcopy(BASE)
    better["size"][0]["ratio"] = 4.2
    failed["overhead"][0] = {**WHERE, "engine": "node", "error": "exit status 3"}
    partial["overhead"] = []
    variants = {"base": BASE, "noise": with_overhead(1.3), "better": better, "worse": with_overhead(1.8), "failed": failed,
                "partial": partial}
    for name, results in variants.items():
        with open(os.path.join(sys.argv[1], f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(results, file)


if __name__ == "__main__":
    main()
