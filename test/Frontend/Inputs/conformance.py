"""All scripts of the conformance cases pass the check.

usage: conformance.py tool core folder [--warnings]
"""
import json
import os
import subprocess
import sys


def check(command, text):
    run = subprocess.run([*command, "-"], input=text.encode(), capture_output=True)
    return run.returncode, run.stderr.decode()


def main():
    tool, core, folder = sys.argv[1:4]
    libraries = [
        f"-u{os.path.splitext(name)[0]}={folder}/libs/{name}"
        for name in sorted(os.listdir(f"{folder}/libs"))
        if name.endswith(".wasm") and name != "whamm_core.wasm"
    ]
    command = [tool, "--core", core]
    for option in libraries:
        command += ["-u", option[2:]]
    scripts = {}
    for name in os.listdir(f"{folder}/scripts"):
        with open(f"{folder}/scripts/{name}", encoding="utf-8") as file:
            scripts[name] = file.read()
    with open(f"{folder}/cases.json", encoding="utf-8") as file:
        for case in json.load(file):
            if "script_text" in case:
                scripts[case["name"]] = case["script_text"]
    failed = not scripts
    for name, text in sorted(scripts.items()):
        status, messages = check(command, text)
        if status or (messages and "--warnings" in sys.argv):
            print(f"--- {name}\n{messages}")
        failed |= status != 0
    return 1 if failed else 0


sys.exit(main())
