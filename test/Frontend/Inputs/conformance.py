"""All scripts of the conformance cases parse; those of the groups whose
constructs are all supported check, and no other is refused for anything but a
construct that is not supported yet.

usage: conformance.py tool folder
"""
import json
import os
import subprocess
import sys

GROUPS = (
    "numerics-", "ordering-", "overlap-", "bytecode-", "branch-monitor-", "probe-arg-types-",
    "res0-", "type-bounds-", "load-and-call-", "strings-utils_in_pred",
)


def run(tool, text, *options):
    return subprocess.run([tool, *options, "-"], input=text.encode(), capture_output=True)


def check(tool, name, text):
    parsed = run(tool, text, "--parse-only")
    if parsed.returncode:
        return f"{name}: {parsed.stderr.decode()}"
    checked = run(tool, text)
    errors = [line for line in checked.stderr.decode().split("\n") if ": error: " in line]
    unexpected = [line for line in errors if "not supported yet" not in line]
    if unexpected or (errors and name.startswith(GROUPS)):
        return f"{name}: {errors}"
    return None


def main():
    tool, folder = sys.argv[1:]
    scripts = {}
    for name in os.listdir(os.path.join(folder, "scripts")):
        with open(os.path.join(folder, "scripts", name), encoding="utf-8") as file:
            scripts[name] = file.read()
    with open(os.path.join(folder, "cases.json"), encoding="utf-8") as file:
        for case in json.load(file):
            if "script_text" in case:
                scripts[case["name"]] = case["script_text"]
    failures = [f for f in (check(tool, *item) for item in sorted(scripts.items())) if f]
    print("\n".join(failures))
    return 1 if failures or not scripts else 0


sys.exit(main())
