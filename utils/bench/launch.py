"""Runs one command and writes what it took as JSON to the file descriptor FD.

A process starts with the memory of the one that makes it as its peak. So the benchmark,
which is large, has its commands run by this program, which is small: `python3 -I -S`.

usage: launch.py FD COMMAND...
"""

import os
import sys
import time

begin = time.perf_counter()
descriptor = int(sys.argv[1])
os.set_inheritable(descriptor, False)
try:
    child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
except OSError as error:
    sys.exit(f"{sys.argv[2]}: {error.strerror}")
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
code = os.waitstatus_to_exitcode(status)
# Milliseconds, kilobytes.
text = f'{{"wall": {wall * 1e3}, "cpu": {(usage.ru_utime + usage.ru_stime) * 1e3}, "peak": {usage.ru_maxrss}, "code": {code}}}'
os.write(descriptor, text.encode())
