#!/usr/bin/env python3
"""Makes a large program: the functions of a module, several times.

Usage: repeat.py IN.wasm OUT.wasm --times N
       repeat.py IN.wasm OUT.wasm --size BYTES     as often as it takes, about
"""

import argparse
import sys

from measure import repeat, wasm


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input")
    parser.add_argument("output")
    amount = parser.add_mutually_exclusive_group(required=True)
    amount.add_argument("--times", type=positive, help="how often each function is there")
    amount.add_argument("--size", type=positive, help="how many bytes the output has, about")
    options = parser.parse_args()
    try:
        module = wasm.read_module(options.input)
        repeat.repeat_functions(module, options.times or repeat.get_times(module, options.size))
        with open(options.output, "wb") as file:
            file.write(module.encode())
    except (OSError, ValueError, wasm.FormatError) as error:
        sys.exit(f"{options.input}: {error}")


if __name__ == "__main__":
    main()
