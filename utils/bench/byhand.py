#!/usr/bin/env python3
"""Puts a call of a function (address, size) of a library in front of each load and store.

Usage: byhand.py IN.wasm OUT.wasm LIBRARY FUNCTION
"""

import sys

from measure import byhand, wasm


def main():
    if len(sys.argv) != 5:
        print(__doc__.splitlines()[-1], file=sys.stderr)
        sys.exit(2)
    source, output, library, function = sys.argv[1:]
    try:
        module = wasm.read_module(source)
        byhand.call_at_accesses(module, library, function)
        with open(output, "wb") as file:
            file.write(module.encode())
    except (OSError, wasm.FormatError) as error:
        sys.exit(f"{source}: {error}")


if __name__ == "__main__":
    main()
