"""No internet socket, ever: the whole demo runs under a tracer of system calls (rules in docs/decisions/0006)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_FAMILY = re.compile(r"socket(?:pair)?\((AF_\w+)")
_UNIX_PATH = re.compile(r'connect\(\d+, \{sa_family=(AF_\w+), sun_path=@?"([^"]*)"')
_OWN = ("branchbook-", "/run/", "/var/run/", "/tmp/.X11-unix/", "/tmp/dbus", "wayland", "cups")


def sockets_of(trace: str) -> tuple[set[str], set[str]]:
    """The families of the sockets that were made, and the paths of those that were connected."""
    return set(_FAMILY.findall(trace)), {path for _, path in _UNIX_PATH.findall(trace)}


def test_the_whole_demo_opens_unix_sockets_only(tmp_path):
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not installed: not run")
    trace = tmp_path / "trace"
    command = [tracer, "-f", "-qq", "-e", "trace=socket,socketpair,connect", "-o", str(trace)]
    program = [sys.executable, "-m", "branchbook", "demo", "--out", str(tmp_path / "demo")]
    run = subprocess.run([*command, *program], capture_output=True, text=True)
    if "ptrace" in run.stderr and "not permitted" in run.stderr:
        pytest.skip(f"tracing is not allowed here: not run ({run.stderr.strip()[:80]})")
    assert run.returncode == 0, run.stderr
    families, paths = sockets_of(trace.read_text())
    assert list((tmp_path / "demo").glob("*.pdf")), "the demo did its work"
    assert families <= {"AF_UNIX"}
    assert not [each for each in paths if not any(own in each for own in _OWN)]


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_an_internet_socket_would_be_seen(family):
    assert family in sockets_of(f"12 socket({family}, SOCK_STREAM, IPPROTO_IP) = 3\n")[0]


def test_the_tracer_sees_what_a_program_opens(tmp_path: Path):
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not installed: not run")
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    trace = tmp_path / "trace"
    run = subprocess.run(
        [tracer, "-f", "-qq", "-e", "trace=socket", "-o", str(trace), sys.executable, "-c", code],
        capture_output=True,
        text=True,
    )
    if run.returncode:
        pytest.skip(f"tracing is not allowed here: not run ({run.stderr.strip()[:80]})")
    assert "AF_INET" in sockets_of(trace.read_text())[0]
