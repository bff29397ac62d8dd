"""The table that a run of the benchmarks prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured row. ``aim`` is the most that ``value`` may be; None where there is only a figure to know.

    ``unit`` is "×" for a ratio, "ms", "MiB", "faults"; ``beside`` says in words what it was measured against.
    """

    what: str
    value: float
    unit: str
    aim: float | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        """Whether the aim was met, in a word."""
        if self.aim is None:
            return ""
        return "met" if self.value <= self.aim else "MISSED"


def table(lines: Iterable[Line]) -> str:
    """The rows as a Markdown table."""
    rows = ["| what | measured | aim | | beside |", "|---|---|---|---|---|"]
    for line in lines:
        aim = "" if line.aim is None else f"≤ {line.aim:g} {line.unit}"
        rows.append(f"| {line.what} | {_number(line)} {line.unit} | {aim} | {line.verdict} | {line.beside} |")
    return "\n".join(rows)


def _number(line: Line) -> str:
    if line.unit == "faults":
        return f"{line.value:.0f}"
    return (
        f"{line.value:.2f}"
        if line.value < 10
        else f"{line.value:.1f}"
        if line.value < 100
        else f"{line.value:.0f}"
    )
