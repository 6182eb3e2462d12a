"""tables.py BIN SOURCE TSV: numbers, categories and modes of all events are those of the table."""
import csv
import json
import os
import subprocess
import sys


def read_events(bin_folder, source):
    dump = [os.path.join(bin_folder, "whamm-tblgen"), "-dump-json", "-I", os.path.join(source, "td"),
            os.path.join(source, "td", "Wasm", "Events.td")]
    records = json.loads(subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout)
    for name in records["!instanceof"]["Event"]:
        event = records[name]
        opcode = records[event["opcode"]["def"]]
        category = records[opcode["category"]["def"]]
        modes = ",".join(records[mode["def"]]["name"] for mode in event["modes"])
        number = opcode["prefix"] * 256 + opcode["opcode"]
        yield event["name"], (event["index"], number, category["id"], category["name"], modes)


def main():
    bin_folder, source, table = sys.argv[1:]
    ours = dict(read_events(bin_folder, source))
    count = len(ours)
    differences = 0
    with open(table, encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            theirs = (int(row["event_index"]), int(row["bytecode"], 16), int(row["category_id"]), row["category_name"],
                      row["modes"])
            if ours.pop(row["name"], None) != theirs:
                differences += 1
                print(f"{row['name']}: {theirs}")
    for name in ours:
        print(f"{name}: not in the table")
    print(f"{count} events, {differences + len(ours)} differences")


main()
