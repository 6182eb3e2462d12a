"""Checks the fields of a run's results.json, and that chart.svg is a picture.

usage: check-results.py FOLDER
"""

import json
import os
import sys
import xml.etree.ElementTree

SUMMARY = {"median", "least", "spread", "count"}
WHAMM = ("whamm", "whamm -O2")


def check(condition, text):
    if not condition:
        sys.exit(f"wrong: {text}")


def check_summary(summary):
    check(set(summary) == SUMMARY and 0 < summary["least"] <= summary["median"], summary)


def check_overhead(rows):
    good = [row for row in rows if "error" not in row]
    for row in good:
        check(row["engine"] == "node" and row["program"] == "sum.wasm", row)
        check(row["ratio"] > 0 and row["noise"] >= 0 and row["compile"]["median"] > 0, row)
        check_summary(row["run"])
    names = [row["instrumenter"] for row in good]
    whamms = sum(name in WHAMM for name in names)
    print(f"{whamms} of whamm, {names.count('by hand')} by hand, {names.count('copy')} of copy, {names.count('refuses')} of refuses")
    check(any("over_hand" in row for row in good if row["instrumenter"] in WHAMM), "not compared with code by hand")


def check_speed(rows):
    for row in rows:
        if row["instrumenter"] == "refuses":
            check(row["error"] == "exit status 1", row)
            continue
        check_summary(row["wall"])
        check(row["mb_per_s"] > 0 and row["peak"] > 0 and row["output_size"] > 0 and row["size"] > 0, row)
        if row["instrumenter"] in WHAMM:
            check(row["ratio"] > 0 and row["memory_ratio"] >= 0 and "above_start" in row, row)
    sizes = {row["program"]: row["size"] for row in rows}
    check(len(sizes) == 4, sizes)
    check(0.45e6 < sizes["sum-0.5MB.wasm"] < 0.55e6 and 0.9e6 < sizes["sum-1MB.wasm"] < 1.1e6, sizes)


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        results = json.load(file)
    check(results["machine"]["cores"] > 0 and results["machine"]["processor"] and results["machine"]["node"], results["machine"])
    check(results["options"]["rounds"] == 1, results["options"])
    check_overhead(results["overhead"])
    check_summary(results["noise"][0]["original"])
    check_speed(results["speed"])
    check(all(row["peak"] > 0 for row in results["starts"].values()), results["starts"])
    check({row["instrumenter"] for row in results["growth"]} >= {"binaryen", "copy"}, results["growth"])
    check(all(row["ratio"] == 1 for row in results["size"] if row["instrumenter"] == "copy"), results["size"])
    check(any(line["met"] is not None for line in results["goals"]), results["goals"])
    root = xml.etree.ElementTree.parse(os.path.join(folder, "chart.svg")).getroot()
    titles = [element for element in root.iter() if element.get("class") == "title"]
    print(f"the picture has {len(titles)} panels")


if __name__ == "__main__":
    main()
