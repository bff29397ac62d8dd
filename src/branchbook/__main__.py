"""The command `branchbook`, also as `python -m branchbook`."""

import atexit
import os
import sys
import threading

from branchbook.app import main as run


def main() -> int:
    """Run the program and leave; the exit code is given back only where Python has to end by itself."""
    code = run()
    if threading.active_count() == 1:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End the process without taking every module apart first, which takes as long as a tenth of the start.

    The book is closed by now, and no thread is left that could be working. What wants to be told of the end (Qt
    hands the clipboard on, the log is flushed) is told. A pipe that nobody reads any more is left to Python.
    """
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


if __name__ == "__main__":
    raise SystemExit(main())
