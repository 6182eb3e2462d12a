"""Modules made of random bytes by Binaryen's generator."""
import os
import subprocess

# What this generator emits correctly, Node.js runs, and the compiler has to keep.
FEATURES = [
    [],
    ["sign-ext", "nontrapping-float-to-int"],
    ["multivalue"],
    ["bulk-memory"],
    ["simd"],
    ["threads", "bulk-memory"],
    ["exception-handling", "multivalue"],
    ["tail-call"],
    ["sign-ext", "multivalue", "bulk-memory", "simd", "tail-call", "mutable-globals", "nontrapping-float-to-int"],
]
# Every size from a few functions to many.
SIZES = [300, 1500, 4000, 8000, 20000]


def make_module(rng, folder):
    """The path of the module; None where the generator fails."""
    seed = os.path.join(folder, "seed")
    module = os.path.join(folder, "original.wasm")
    with open(seed, "wb") as file:
        file.write(rng.randbytes(rng.choice(SIZES) + rng.randrange(200)))
    # NaNs have no defined bits: --denan makes what programs do depend on none.
    command = ["wasm-opt", "-q", "-ttf", seed, "--denan", "-o", module]
    command += [f"--enable-{feature}" for feature in rng.choice(FEATURES)]
    if rng.random() < 0.3:
        command += rng.choice([["-O1"], ["-O3"], ["--flatten"], ["-g"], ["--no-fuzz-oob"]])
    done = subprocess.run(command, capture_output=True)
    return module if done.returncode == 0 and os.path.exists(module) else None
