"""Starts the processes that are measured, from a process that is itself small.

On Linux a new process inherits the memory peak of the one that started it, so a benchmark that has loaded a whole
book would lend its own size to every program it times. Reads one JSON list (a command) a line; answers each with one
JSON list: exit code, wall seconds, most resident kilobytes, the end of the error output.
"""

import json
import os
import subprocess
import sys
import tempfile
import time


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        with tempfile.TemporaryFile() as errors:
            began = time.perf_counter()
            process = subprocess.Popen(
                json.loads(line), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
            )
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            words = errors.read()[-4000:].decode("utf-8", "replace")
        print(json.dumps([process.returncode, took, usage.ru_maxrss, words]), flush=True)


if __name__ == "__main__":
    main()
