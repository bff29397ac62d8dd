"""What the open window with the example book holds in memory, and of what it consists (Linux only)."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections import Counter
from pathlib import Path

from benchmarks.books import example_book
from benchmarks.report import Line
from benchmarks.timing import CHECKOUT, branchbook, environment

SETTLED = 8
"""Looks in a row, a quarter of a second apart, at which nothing has grown any more."""

MOST_LOOKS = 240
_HEAD = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$")
_SORTS = (
    ("Qt and PySide6", re.compile(r"PySide6|shiboken|libQt|libicu|libpyside")),
    ("fonts", re.compile(r"\.(ttf|otf|ttc|pfb|pcf)|fontconfig|cache-\d")),
    ("Python and its modules", re.compile(r"python3|site-packages|lib-dynload")),
    ("graphics and system libraries", re.compile(r"\.so")),
)


def measure(folder: Path, runs: int) -> list[Line]:
    """The resident memory of the program with the Desk shown, and its parts; the median of the runs."""
    if not Path("/proc/self/smaps").exists():
        return []
    book = folder / "example.branchbook"
    example_book(book)
    shares = sorted((_look(book) for _ in range(runs)), key=lambda parts: sum(parts.values()))
    parts = shares[len(shares) // 2]
    words = ", ".join(f"{name} {kilobytes / 1024:.0f}" for name, kilobytes in parts.most_common())
    return [
        Line("memory of the open window with the example", sum(parts.values()) / 1024, "MiB", None, words)
    ]


def _look(book: Path) -> Counter[str]:
    """Open the program, wait until it has settled, and add up its memory by sort in kilobytes."""
    command = branchbook(book)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment(), stdout=quiet, stderr=quiet) as process:
        try:
            _wait(process)
            return parts_of(Path(f"/proc/{process.pid}/smaps").read_text())
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes]) -> None:
    last, same = 0, 0
    for _ in range(MOST_LOOKS):
        time.sleep(0.25)
        if process.poll() is not None:
            raise RuntimeError(f"the window closed by itself ({process.returncode})")
        fields = Path(f"/proc/{process.pid}/statm").read_text().split()
        resident = int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
        same = same + 1 if resident == last and _cpu(process) < 1 else 0
        last = resident
        if same >= SETTLED:
            return
    raise RuntimeError("the window never came to rest")


def _cpu(process: subprocess.Popen[bytes]) -> int:
    """1 while the process runs, 0 while it waits."""
    state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return int(state == "R")


def parts_of(smaps: str) -> Counter[str]:
    """Resident kilobytes by sort of mapping; what other programs share counts in full."""
    found: Counter[str] = Counter()
    sort = ""
    for line in smaps.splitlines():
        if head := _HEAD.match(line):
            sort = sort_of(head[1])
        elif line.startswith("Rss:"):
            found[sort] += int(line.split()[1])
    return found


def sort_of(name: str) -> str:
    """What a mapping belongs to by its name."""
    if not name or name.startswith("["):
        return "stack" if name == "[stack]" else "heap: Python's and Qt's objects, pictures, glyphs"
    return next((sort for sort, pattern in _SORTS if pattern.search(name)), "other files")
