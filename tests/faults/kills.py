"""Kill -9 at random moments, many times over: ``python -m tests.faults.kills --count 1000 [--only NAME] [--seed N]``.

Each kill forks this process, lets the copy work on a folder of its own, and ends it with SIGKILL at a random moment of
the time that the work takes. What the copy had called saved by then is read from a pipe; then all of it must be there,
nothing half-written, and every file clean. Prints one line of JSON for each trial. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.faults.kill_trials import BOOK, TRIALS, Trial, clean

LONGEST = 1.5
"""Seconds that work which never ends by itself is let go on at most."""


def killed_after(trial: Trial, folder: Path, seconds: float) -> tuple[list[str], bool, float]:
    """Let the trial work for so long, kill it, and give what it called saved, whether it was cut off, and the time."""
    reading, writing = os.pipe()
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        _work(trial, folder, reading, writing)
    os.close(writing)
    said, ended = _heard(reading, begun + seconds)
    taken = time.perf_counter() - begun
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += _rest(reading)
    os.close(reading)
    whole, _, cut = said.rpartition(b"\n")
    assert not ended or not cut
    return whole.decode().splitlines(), not ended, taken


def _work(trial: Trial, folder: Path, reading: int, writing: int) -> None:
    """The copy: it never returns."""
    os.close(reading)
    try:
        trial.work(folder, lambda word: _say(writing, word))
    except BaseException:  # noqa: BLE001 - whatever goes wrong must not go on as the parent would
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _say(pipe: int, word: str) -> None:
    os.write(pipe, f"{word}\n".encode())


def _heard(pipe: int, until: float) -> tuple[bytes, bool]:
    """What comes through the pipe until a moment; True when the copy ended by itself before."""
    said = b""
    while (left := until - time.perf_counter()) > 0:
        if select.select([pipe], [], [], left)[0]:
            part = os.read(pipe, 65536)
            if not part:
                return said, True
            said += part
    return said, False


def _rest(pipe: int) -> bytes:
    said = b""
    while part := os.read(pipe, 65536):
        said += part
    return said


def run_trial(trial: Trial, count: int, chance: random.Random, prepared: Path) -> dict[str, object]:
    """So many kills of one trial. Raises AssertionError where anything is lost, torn or not clean."""
    base = prepared / trial.name
    base.mkdir()
    trial.prepare(base)
    _, _, longest = _once(trial, base, LONGEST, prepared)
    words = cut_off = 0
    for _ in range(count):
        said, cut, _ = _once(trial, base, chance.random() * longest, prepared)
        words += len(said)
        cut_off += cut
    return {
        "trial": trial.name,
        "kills": count,
        "cut_off": cut_off,
        "called_saved": words,
        "lost": 0,
        "torn": 0,
    }


def _once(trial: Trial, base: Path, seconds: float, prepared: Path) -> tuple[list[str], bool, float]:
    """One kill in a fresh copy of the prepared folder, and the check of what it left."""
    folder = prepared / "work"
    shutil.copytree(base, folder)
    said, cut, taken = killed_after(trial, folder, seconds)
    trial.check(folder, said)
    clean(folder / BOOK)
    shutil.rmtree(folder)
    return said, cut, taken


def main(arguments: Sequence[str]) -> int:
    """Run the trials and print their figures; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="kills in all, shared out among the trials")
    parser.add_argument("--only", choices=[each.name for each in TRIALS])
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args(arguments)
    trials = [each for each in TRIALS if given.only in (None, each.name)]
    chance = random.Random(given.seed)
    each_gets = -(-given.count // len(trials))
    return max(_reported(each, each_gets, chance) for each in trials)


def _reported(trial: Trial, count: int, chance: random.Random) -> int:
    prepared = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        print(json.dumps(run_trial(trial, count, chance, prepared)), flush=True)
    except AssertionError:
        traceback.print_exc()
        print(json.dumps({"trial": trial.name, "failed": True, "kept": str(prepared)}), flush=True)
        return 1
    shutil.rmtree(prepared)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
