"""No internet socket, ever (docs/decisions/0006): a run of the program under a tracer of system calls.

``make faults`` traces the whole demo, window and all.
"""

from __future__ import annotations

import sys

import pytest

from tests.faults.kill_trials import BOOK, filled
from tests.faults.sockets import NotTraced, sockets_in, traced


def sockets_of(command):
    try:
        return traced(command)
    except NotTraced as reason:
        pytest.skip(str(reason))


def test_printing_opens_no_socket_but_unix_ones(tmp_path):
    filled(tmp_path)
    paper = tmp_path / "名册.pdf"
    words = ["print", tmp_path / BOOK, "member_roster", "--branch", "第一支部", "-o", paper]
    assert sockets_of([sys.executable, "-m", "branchbook", *map(str, words)]).allowed
    assert paper.stat().st_size


def test_the_tracer_sees_what_a_program_opens():
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    found = sockets_of([sys.executable, "-c", code])
    assert "AF_INET" in found.families
    assert not found.allowed


@pytest.mark.parametrize(
    "line, allowed",
    [
        ("12 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3", False),
        ("12 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 3", False),
        ("12 socket(AF_UNIX, SOCK_STREAM, 0) = 3", True),
        ('12 connect(5, {sa_family=AF_UNIX, sun_path="/tmp/branchbook-12"}, 110) = 0', True),
        ('12 connect(5, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 110) = 0', True),
        ('12 connect(5, {sa_family=AF_UNIX, sun_path="/home/other.sock"}, 110) = 0', False),
    ],
)
def test_which_sockets_are_allowed(line, allowed):
    assert sockets_in(line).allowed is allowed
