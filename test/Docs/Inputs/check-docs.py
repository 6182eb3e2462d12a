#!/usr/bin/env python3
"""Checks the pages that people write against the things they speak of.

- Every relative link leads to a file, every anchor to a heading of it.
- Every option in the tables of the user guide is an option of that command, and
  every option that a command's --help lists is in its table.
- Every script in the guides is accepted by `whamm check`.

usage: check-docs.py --source DIR      `whamm` is taken from the PATH
"""
import argparse
import glob
import os
import re
import subprocess
import sys

errors = []


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def without_code(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(text):
    """The anchors of headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    found = set()
    for heading in re.findall(r"^#+ +(.*)$", text, flags=re.M):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        number = 0
        while slug + (f"-{number}" if number else "") in found:
            number += 1
        found.add(slug + (f"-{number}" if number else ""))
    return found


def check_links(source, pages):
    count = 0
    for page in pages:
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(read(page))):
            if re.match(r"[a-z]+:", target):
                continue
            count += 1
            name = os.path.relpath(page, source)
            path, _, anchor = target.partition("#")
            file = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if not os.path.exists(file):
                errors.append(f"{name}: no file '{target}'")
            elif anchor and anchor not in anchors(read(file)):
                errors.append(f"{name}: no heading '{target}'")
    return count


def output_of(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout


OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")


def check_options(source):
    """Compares the section `whamm COMMAND` of the guide with --help."""
    guide = read(os.path.join(source, "docs", "user-guide.md"))
    count = 0
    for command, section in re.findall(r"^### `whamm ([\w-]+)`$(.*?)(?=^#)", guide, flags=re.M | re.S):
        first_cells = re.findall(r"^\| (`-.*?`) \|", section, flags=re.M)
        documented = set(OPTION.findall(" ".join(re.findall(r"`([^`]*)`", section))))
        in_table = set(OPTION.findall(" ".join(first_cells)))
        listed = set(OPTION.findall(output_of("whamm", command, "--help")))
        known = listed | {"--help", "-h", "-r"}
        if "--help-hidden" in listed:
            known |= set(OPTION.findall(output_of("whamm", command, "--help-hidden")))
        count += len(in_table)
        for option in sorted(documented - known):
            errors.append(f"user-guide.md: `whamm {command}` has no option {option}")
        # What LLVM adds to every tool need not be described.
        for option in sorted(listed - documented - {"--help", "--help-hidden", "--help-list", "--help-list-hidden"}):
            errors.append(f"user-guide.md: option {option} of `whamm {command}` is not described")
    return count


def check_scripts(pages):
    count = 0
    for page in pages:
        for kind, script in re.findall(r"^```(\w*)\n(.*?)^```$", read(page), flags=re.M | re.S):
            if kind or not re.match(r"(//|wasm:|report var|var )", script):
                continue
            count += 1
            done = subprocess.run(["whamm", "check", "-"], input=script, stderr=subprocess.PIPE, text=True)
            if done.returncode:
                errors.append(f"{os.path.basename(page)}: script is refused:\n{done.stderr}")
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    source = os.path.abspath(parser.parse_args().source)
    pages = [os.path.join(source, "README.md")]
    pages += sorted(glob.glob(os.path.join(source, "docs", "**", "*.md"), recursive=True))
    reference = os.path.join(source, "docs", "reference") + os.sep
    guides = [page for page in pages if not page.startswith(reference) or page.endswith("README.md")]
    links, options, scripts = check_links(source, guides), check_options(source), check_scripts(guides)
    for error in errors:
        print(error, file=sys.stderr)
    print(f"{links} links, {options} options, {scripts} scripts")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
