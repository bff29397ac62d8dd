"""Five hundred members evaluated by five hundred ballots: counted and summarised, against a plain loop.

The floor adds up six numbers for each member with nested loops and nothing else: no names checked, no cap, no
findings. From a file, the floor parses the same JSON and runs the same loop.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.domain.evaluation_count import (
    Evaluated,
    EvaluationBallots,
    EvaluationResult,
    Grade,
    Marks,
    evaluate,
)
from branchbook.services.shipped_rules import shipped_rulebook
from branchbook.services.tally_files import report_of

NUMBER = 500
MOST_TIMES_A_PLAIN_LOOP = 3.0

Ballots = Sequence[Mapping[str, Grade | list[Grade]]]
Totals = dict[str, dict[str, int]]


def measure(folder: Path, runs: int) -> list[Line]:
    """From ballots in memory to the result, and from a file to its report."""
    ballots = make_ballots(NUMBER)
    path = folder / "evaluation.json"
    path.write_text(json.dumps(as_file(ballots), ensure_ascii=False), encoding="utf-8")
    same_count(ballots)
    took = in_turns(
        {
            "ours": lambda: counted(ballots),
            "loop": lambda: plain_loop(ballots),
            "file": lambda: report_of(path.read_bytes(), path.name),
            "parse": lambda: plain_loop(json.loads(path.read_bytes())["ballots"]),
        },
        runs * 2,
    )
    sizes = f"{NUMBER} members × {NUMBER} ballots"
    return [
        Line(
            f"evaluation, {sizes}",
            took["ours"].ratio_to(took["loop"]),
            "×",
            MOST_TIMES_A_PLAIN_LOOP,
            f"a plain loop: {took['loop'].wall * 1000:.0f} ms",
        ),
        Line(
            "evaluation from a file",
            took["file"].ratio_to(took["parse"]),
            "×",
            MOST_TIMES_A_PLAIN_LOOP,
            f"parsing and the plain loop: {took['parse'].wall * 1000:.0f} ms",
        ),
    ]


def make_ballots(number: int) -> Ballots:
    """Ballots as members mark them: mostly 合格, some 优秀, a few blank or void; always the same."""
    chance = Random(20261112)
    names = names_of(number)
    marks: list[Grade | list[Grade]] = [*[Grade.QUALIFIED] * 12, *[Grade.EXCELLENT] * 6]
    marks += [Grade.BASICALLY_QUALIFIED, Grade.UNQUALIFIED, [Grade.EXCELLENT, Grade.QUALIFIED]]
    return [{name: chance.choice(marks) for name in names if chance.random() > 0.02} for _ in range(number)]


def plain_loop(ballots: Sequence[Mapping[str, Any]]) -> Totals:
    """The floor: six numbers for each member."""
    names = names_of(len(ballots))
    keys = ("excellent", "qualified", "basically_qualified", "unqualified", "blank", "void")
    totals = {name: dict.fromkeys(keys, 0) for name in names}
    for ballot in ballots:
        for name in names:
            mark = ballot.get(name, "blank")
            totals[name]["void" if isinstance(mark, list) else mark] += 1
    return totals


def counted(ballots: Ballots) -> EvaluationResult:
    """The same through the domain, with the cap and the findings."""
    number = len(ballots)
    members = tuple(map(Evaluated, names_of(number)))
    marks: list[Marks] = [*ballots]
    papers = EvaluationBallots(number, number, number, number, 0)
    return evaluate(members, marks, papers, shipped_rulebook())


def same_count(ballots: Ballots) -> None:
    """Refuse to compare counts that differ."""
    ours = {
        each.name: {
            "excellent": each.excellent,
            "qualified": each.qualified,
            "basically_qualified": each.basically_qualified,
            "unqualified": each.unqualified,
            "blank": each.blank,
            "void": each.void,
        }
        for each in counted(ballots).counts
    }
    if ours != plain_loop(ballots):
        raise AssertionError("the plain loop counts otherwise")


def as_file(ballots: Ballots) -> dict[str, Any]:
    """The ballots as the file that ``branchbook tally`` takes."""
    number = len(ballots)
    return {
        "kind": "evaluation",
        **dict.fromkeys(("due", "present", "issued", "returned"), number),
        "invalid": 0,
        "members": [{"name": name, "standing": "full"} for name in names_of(number)],
        "ballots": list(ballots),
    }


def names_of(number: int) -> tuple[str, ...]:
    """So many invented names."""
    return tuple(f"党员{each:03}" for each in range(1, number + 1))
