"""Which sockets a run of the program makes, by a tracer of system calls: ``python -m tests.faults.sockets``.

Traces the whole demo (the main job, the handbook, pictures of every place) and prints one line of JSON. Linux, with
strace.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_FAMILY = re.compile(r"socket(?:pair)?\((AF_\w+)")
_UNIX_PATH = re.compile(r'connect\(\d+, \{sa_family=AF_UNIX, sun_path=@?"([^"]*)"')
OWN = ("branchbook-", "/run/", "/tmp/.X11-unix/", "/tmp/dbus", "wayland", "cups")
"""What the paths of sockets are known by that the program may connect to."""


class NotTraced(Exception):  # noqa: N818 - says that nothing was tried
    """There is no tracer here, or tracing is not allowed."""


@dataclass(frozen=True, slots=True)
class Sockets:
    """The families of the sockets that were made, and the paths of the Unix sockets that were connected."""

    families: frozenset[str]
    paths: frozenset[str]

    @property
    def allowed(self) -> bool:
        """Unix sockets only, and only to the display, D-Bus, the spooler and the program's own."""
        known = all(any(own in path for own in OWN) for path in self.paths)
        return self.families <= {"AF_UNIX"} and known


def sockets_in(trace: str) -> Sockets:
    """What a trace says."""
    return Sockets(frozenset(_FAMILY.findall(trace)), frozenset(_UNIX_PATH.findall(trace)))


def traced(command: Sequence[str]) -> Sockets:
    """Run a command to its end under the tracer. Raises NotTraced, AssertionError where the command fails."""
    tracer = shutil.which("strace")
    if tracer is None:
        raise NotTraced("strace is not installed: not run")
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        how = [tracer, "-f", "-qq", "-e", "trace=socket,socketpair,connect", "-o", str(trace)]
        run = subprocess.run([*how, *command], capture_output=True, text=True)
        if "ptrace" in run.stderr and "not permitted" in run.stderr:
            raise NotTraced(f"tracing is not allowed here: not run ({run.stderr.strip()[:80]})")
        assert run.returncode == 0, run.stderr
        return sockets_in(trace.read_text())


def main() -> int:
    """Trace the demo."""
    with tempfile.TemporaryDirectory() as folder:
        found = traced([sys.executable, "-m", "branchbook", "demo", "--out", str(Path(folder) / "demo")])
    print(json.dumps({"families": sorted(found.families), "allowed": found.allowed}))
    return 0 if found.allowed else 1


if __name__ == "__main__":
    sys.exit(main())
