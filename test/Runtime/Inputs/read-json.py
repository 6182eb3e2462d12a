"""Reads a JSON report from standard input and prints one line per row."""
import json
import sys

for row in json.load(sys.stdin):
    print(*(f"{k}={v!r}" for k, v in row.items()))
