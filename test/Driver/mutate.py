"""mutate.py WHAMM TRANSLATE DIRECTORY COUNT modules|scripts FILE... -- FILE...

Instruments damaged modules (truncated, bits flipped, bytes doubled, pieces
swapped) by the scripts behind `--`, or intact modules by damaged scripts.
Whatever the damage: exit status 0 or 1, no signal, no internal error, no
output left after a failure, and a valid output otherwise. Always the same
mutations."""
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

LIMIT = 20  # Seconds for one run.


def damage(data, rng):
    data = bytearray(data)
    kind = rng.randrange(8)
    if kind == 0:
        del data[rng.randrange(len(data)):]
    elif kind == 1:
        start = rng.randrange(len(data))
        del data[start:start + rng.randrange(1, 6)]
    elif kind == 2:
        start = rng.randrange(len(data))
        data[start:start] = data[start:start + rng.randrange(1, 30)]
    elif kind == 3:
        for _ in range(rng.randrange(1, 4)):
            data[rng.randrange(len(data))] = rng.choice([0, 1, 0x40, 0x7F, 0x80, 0xFF, rng.randrange(256)])
    else:
        for _ in range(rng.choice([1, 1, 2, 8])):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


class Runner:
    def __init__(self, whamm, translate, directory):
        self.whamm, self.translate, self.directory = whamm, translate, directory

    def run_one(self, job):
        """What is wrong with the run, or nothing; and its exit status."""
        number, module, script, options = job
        base = os.path.join(self.directory, str(number))
        output = base + ".out.wasm"
        for suffix, data in ((".wasm", module), (".mm", script)):
            with open(base + suffix, "wb") as file:
                file.write(data)
        if os.path.exists(output):
            os.remove(output)
        command = [self.whamm, "instr", "-a", base + ".wasm", "-s", base + ".mm", "-o", output, *options]
        try:
            done = subprocess.run(command, stderr=subprocess.PIPE, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            return "took too long", None
        problem = self.judge(done, output)
        if not problem:
            for suffix in (".wasm", ".mm", ".out.wasm"):
                if os.path.exists(base + suffix):
                    os.remove(base + suffix)
        return problem and f"{' '.join(command)}: {problem}", done.returncode

    def judge(self, done, output):
        text = done.stderr.decode(errors="replace")
        if done.returncode not in (0, 1):
            return f"exit status {done.returncode}: {text[:500]}"
        if done.returncode == 1:
            if os.path.exists(output):
                return "output left after a failure"
            return None if "error:" in text else "failed without a message"
        valid = subprocess.run([self.translate, "--wasm-validate", output], capture_output=True)
        return None if valid.returncode == 0 else "invalid output: " + valid.stderr.decode()[:300]


def make_jobs(count, what, modules, scripts):
    rng = random.Random(20)
    for number in range(count):
        module, script = rng.choice(modules), rng.choice(scripts)
        if what == "modules":
            module = damage(module, rng)
        else:
            script = damage(script, rng)
        yield number, module, script, rng.choice([[], ["--no-binaryen"], ["-t"]])


def main():
    whamm, translate, directory, count, what, *files = sys.argv[1:]
    split = files.index("--")
    modules = [open(name, "rb").read() for name in files[:split]]
    scripts = [open(name, "rb").read() for name in files[split + 1:]]
    os.makedirs(directory, exist_ok=True)
    runner = Runner(whamm, translate, directory)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(runner.run_one, make_jobs(int(count), what, modules, scripts)))
    for problem, _ in results:
        if problem:
            print(problem)
    statuses = [status for _, status in results]
    print(f"{len(results)} runs: {statuses.count(0)} instrumented, {statuses.count(1)} refused, "
          f"{sum(1 for problem, _ in results if problem)} problems")
    sys.exit(any(problem for problem, _ in results))


if __name__ == "__main__":
    main()
