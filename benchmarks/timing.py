"""Timing in turns: A B A B …, so that a machine that slows down slows both; the median is what counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]
FEWEST_RUNS = 5


@dataclass(frozen=True, slots=True)
class Runs:
    """The counted runs of one thing. ``seconds`` is wall time; ``peaks`` is in MiB, empty for calls."""

    seconds: tuple[float, ...]
    peaks: tuple[float, ...] = ()

    @property
    def wall(self) -> float:
        """The median wall time in seconds."""
        return median(self.seconds)

    @property
    def peak(self) -> float:
        """The median of the most memory held at once, in MiB."""
        return median(self.peaks)

    def ratio_to(self, floor: Runs) -> float:
        """The median of the ratios turn by turn: what is compared ran within the same second."""
        return median(a / b for a, b in zip(self.seconds, floor.seconds, strict=True))


def in_turns(things: Mapping[str, Callable[[], object]], runs: int = FEWEST_RUNS) -> dict[str, Runs]:
    """Time calls within this process, each once per turn, after one turn that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(runs + 1):
        for name, call in things.items():
            began = time.perf_counter()
            call()
            if turn:
                seconds[name].append(time.perf_counter() - began)
    return {name: Runs(tuple(each)) for name, each in seconds.items()}


def processes(commands: Mapping[str, Sequence[str]], runs: int = FEWEST_RUNS) -> dict[str, Runs]:
    """Time whole processes, each once per turn, after one turn that is not counted.

    Raises CalledProcessError for a command that does not end well: a figure of a failure would be a lie.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    with _launcher() as run:
        for turn in range(runs + 1):
            for name, command in commands.items():
                figures = run(command)
                if turn:
                    found[name].append(figures)
    return {
        name: Runs(tuple(wall for wall, _ in each), tuple(peak for _, peak in each))
        for name, each in found.items()
    }


@contextmanager
def _launcher() -> Iterator[Callable[[Sequence[str]], tuple[float, float]]]:
    """A small process that starts the measured ones; gives a call for wall seconds and the peak in MiB."""
    launcher = subprocess.Popen(
        python("-I", "-S", Path(__file__).with_name("launcher.py")),
        cwd=CHECKOUT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdin is not None
    assert launcher.stdout is not None
    questions, answers = launcher.stdin, launcher.stdout

    def run(command: Sequence[str]) -> tuple[float, float]:
        questions.write(json.dumps(list(command)) + "\n")
        questions.flush()
        code, took, kilobytes, errors = json.loads(answers.readline())
        if code:
            failure = subprocess.CalledProcessError(code, list(command), stderr=errors)
            failure.add_note(errors)
            raise failure
        return took, kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)

    try:
        yield run
    finally:
        questions.close()
        launcher.wait()
        answers.close()


def environment() -> dict[str, str]:
    """What measured processes see: no display, compiled modules kept as an installed program has them,

    and settings of their own instead of those of the person at this computer.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {
        "QT_QPA_PLATFORM": kept.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONUTF8": "1",
        "XDG_CONFIG_HOME": str(CHECKOUT / "build" / "bench" / "config"),
    }
    return kept | own


def python(*arguments: object) -> list[str]:
    """A command of this very Python."""
    return [sys.executable, *map(str, arguments)]


def branchbook(*arguments: object) -> list[str]:
    """The program as a user starts it."""
    return [str(Path(sys.executable).with_name("branchbook")), *map(str, arguments)]
