"""Feeds damaged scripts to the checker: it has to answer, never to die.

usage: mutate.py tool core library count script...
"""
import os
import random
import re
import subprocess
import sys

SNIPPETS = [
    "(", ")", "{", "}", "[", "]", ";", ":", ",", "/", "*", "/*", "*/", "//", "\"", "\\", "@", "?",
    "++", "--", "=", "==", "&&", "<<", "!", "~", "as", "var ", "report ", "if (", "elif (",
    "else {", "return ", "map<", "u8", "str", "arg0", "res0", "local1", "imm2", "fid", "0x", "1e",
    "-", "-inf", "99999999999999999999999", "wasm:opcode:*:*", "wasm:report {", "\n", "\r", "\0",
    "\u20ac", "t.0.1", "lib.f(", "fn f(", "use lib;", "@init ", "@static ", "memid(", "map<(str, u8), ",
    "(u8, (str, f32))", "funcref", "(1, ", "m[0]", "-> ", "return (", "alt", "wasm:begin {", "targets[",
    "drop_args();", "resolve_funcref(", "read_str(0, ", "s.len()", "true", "unshared var x: ",
]


WORDS = re.compile(r"\w+")


def swap_words(rng, text, words):
    """Puts words in the place of others: most results parse."""
    for _ in range(rng.randint(1, 3)):
        places = list(WORDS.finditer(text))
        if not places:
            break
        place = rng.choice(places)
        text = text[:place.start()] + rng.choice(words) + text[place.end():]
    return text.encode()


def mutate(rng, text):
    for _ in range(rng.randint(1, 4)):
        a, b = sorted(rng.randint(0, len(text)) for _ in range(2))
        kind = rng.randrange(5)
        if kind == 0:
            text = text[:a] + rng.choice(SNIPPETS) + text[a:]
        elif kind == 1:
            text = text[:a] + text[min(b, a + 20):]
        elif kind == 2:
            text = text[:a] + text[a:b][:60] + text[a:]
        elif kind == 3:
            text = text[:a] + rng.choice(SNIPPETS) + text[a + 1:]
        else:
            text = text[:a]
    return text.encode()


def check(command, data):
    run = subprocess.run([*command, "-"], input=data, capture_output=True, timeout=20)
    has_errors = b": error: " in run.stderr
    if run.returncode not in (0, 1) or (run.returncode == 1) != has_errors:
        sys.stderr.buffer.write(b"--- exit %d\n" % run.returncode + data + b"\n---\n" + run.stderr)
        return False
    return True


def main():
    tool, core, library, count, *files = sys.argv[1:]
    command = [tool, "--core", core, "-u", f"lib={library}"]
    texts = []
    for file in files:
        with open(file, encoding="utf-8") as stream:
            texts.append(stream.read())
    words = sorted({word for text in texts for word in WORDS.findall(text)})
    rng = random.Random(int(os.environ.get("SEED", "1")))
    for _ in range(int(count)):
        if rng.randrange(2):
            data = swap_words(rng, rng.choice(texts), words)
        else:
            data = mutate(rng, rng.choice(texts))
        if rng.randrange(20) == 0:  # bytes that are not UTF-8
            place = rng.randint(0, len(data))
            data = data[:place] + bytes([rng.randrange(128, 256)]) + data[place:]
        if not check(command, data):
            return 1
    return 0


sys.exit(main())
