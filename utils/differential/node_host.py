"""A process of host.mjs, for many modules."""
import json
import os
import select
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS = 60


class NodeHost:
    def __init__(self, node, arguments):
        self.command = [node, "--stack-size=4000", os.path.join(HERE, "host.mjs"), *arguments]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def failed(self, reason):
        self.close()
        return {"skip": f"host: {reason}", "variants": [], "lines": 0, "calls": 0}

    def ask(self, request):
        """The answer; where the process ends or does not answer, one that says so."""
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            if not select.select([self.process.stdout], [], [], SECONDS)[0]:
                return self.failed(f"no answer after {SECONDS} s")
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        return json.loads(line) if line else self.failed("Node.js has ended")

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None
