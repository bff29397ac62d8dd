"""Run the benchmarks and print their table: `python -m benchmarks [ROW ...] [--runs N]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Line, table
from benchmarks.timing import CHECKOUT, FEWEST_RUNS

ROWS = (
    "start",
    "finalise",
    "history",
    "verify",
    "desk",
    "conversions",
    "search",
    "handbook",
    "preview",
    "memory",
    "measures",
    "tally",
    "elections",
    "evaluations",
    "conversion_papers",
    "evaluation_papers",
    "passphrase",
    "backup",
    "half_year",
)
Measure = Callable[[Path, int], list[Line]]


def main() -> int:
    """Measure the rows asked for, one after another; 1 when an aim was missed, so that a script can tell."""
    asked = _arguments()
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    print(f"medians of at least {asked.runs} runs in turns\n", flush=True)
    place = CHECKOUT / "build" / "bench"
    place.mkdir(parents=True, exist_ok=True)
    lines: list[Line] = []
    for row in asked.rows or ROWS:
        measure: Measure = import_module(f"benchmarks.{row}").measure
        with TemporaryDirectory(dir=place) as folder:
            lines += measure(Path(folder), asked.runs)
        print(f"measured: {row}", file=sys.stderr, flush=True)
    print(table(lines))
    return any(line.verdict == "MISSED" for line in lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"which rows (all): {', '.join(ROWS)}")
    parser.add_argument("--runs", type=int, default=FEWEST_RUNS, help="counted runs of each thing (5)")
    asked = parser.parse_args()
    unknown = set(asked.rows) - set(ROWS)
    if unknown or asked.runs < FEWEST_RUNS:
        parser.error(f"no such row: {', '.join(unknown)}" if unknown else f"at least {FEWEST_RUNS} runs")
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
