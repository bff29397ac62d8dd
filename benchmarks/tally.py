"""Counting ten thousand ballots with thirty candidates: against a plain loop over the same ballots.

The floor counts marks and invalid ballots with nested loops and nothing else: no names checked, no write-ins, no
result. From a file, the floor parses the same JSON and runs the same loop.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.domain.tally import BallotMark, CandidateCount, Count, ElectionKind, count_ballots, tally
from branchbook.services.shipped_rules import shipped_rulebook
from branchbook.services.tally_files import report_of

BALLOTS = 10_000
CANDIDATES = 30
SEATS = 25
ON = date(2026, 5, 20)
MOST_TIMES_A_PLAIN_LOOP = 3.0

Ballots = Sequence[tuple[Mapping[str, BallotMark], Sequence[str]]]
Totals = dict[str, dict[str, int]]


def measure(folder: Path, runs: int) -> list[Line]:
    """From ballots in memory to the result, and from a file to its report."""
    ballots = make_ballots(BALLOTS, CANDIDATES)
    path = folder / "count.json"
    path.write_text(json.dumps(as_file(ballots), ensure_ascii=False), encoding="utf-8")
    same_count(ballots, SEATS)
    took = in_turns(
        {
            "ours": lambda: tally(counted(ballots, SEATS), shipped_rulebook()),
            "loop": lambda: plain_loop([marks for marks, _ in ballots], SEATS),
            "file": lambda: report_of(path.read_bytes(), path.name),
            "parse": lambda: plain_loop(json.loads(path.read_bytes())["ballots"], SEATS),
        },
        runs * 2,
    )
    sizes = f"{BALLOTS:,} ballots × {CANDIDATES} candidates"
    return [
        Line(
            f"tally, {sizes}",
            took["ours"].ratio_to(took["loop"]),
            "×",
            MOST_TIMES_A_PLAIN_LOOP,
            f"a plain loop: {took['loop'].wall * 1000:.0f} ms",
        ),
        Line(
            "tally from a file",
            took["file"].ratio_to(took["parse"]),
            "×",
            MOST_TIMES_A_PLAIN_LOOP,
            f"parsing and the plain loop: {took['parse'].wall * 1000:.0f} ms",
        ),
    ]


def make_ballots(ballots: int, candidates: int) -> Ballots:
    """Ballots as voters mark them: mostly for, some against, a few names not marked at all; always the same."""
    chance = Random(20260520)
    names = _names(candidates)
    marks = [BallotMark.FOR] * 24 + [BallotMark.AGAINST] * 4 + [BallotMark.ABSTAIN, BallotMark.ILLEGIBLE]
    return [
        ({name: chance.choice(marks) for name in names if chance.random() > 0.02}, ()) for _ in range(ballots)
    ]


def plain_loop(ballots: Sequence[Mapping[str, str]], seats: int) -> tuple[int, Totals]:
    """The floor: invalid ballots, and each candidate's marks."""
    names = _names(CANDIDATES)
    invalid = 0
    totals = {name: {"for": 0, "against": 0, "abstain": 0, "illegible": 0} for name in names}
    for ballot in ballots:
        picks = 0
        for mark in ballot.values():
            if mark == "for":
                picks += 1
        if picks > seats:
            invalid += 1
            continue
        for name in names:
            totals[name][ballot.get(name, "abstain")] += 1
    return invalid, totals


def counted(ballots: Ballots, seats: int) -> Count:
    """The same through the domain."""
    standing = tuple(map(CandidateCount, _names(CANDIDATES)))
    number = len(ballots)
    empty = Count(ElectionKind.COMMITTEE, ON, number, number, number, 0, 0, seats=seats, candidates=standing)
    return count_ballots(empty, ballots)


def same_count(ballots: Ballots, seats: int) -> None:
    """Refuse to compare counts that differ."""
    ours = counted(ballots, seats)
    totals = {
        each.name: {
            "for": each.votes_for,
            "against": each.votes_against,
            "abstain": each.abstentions,
            "illegible": each.illegible,
        }
        for each in ours.candidates
    }
    if (ours.invalid, totals) != plain_loop([marks for marks, _ in ballots], seats):
        raise AssertionError("the plain loop counts otherwise")


def as_file(ballots: Ballots) -> dict[str, Any]:
    """The ballots as the file that ``branchbook tally`` takes."""
    number = len(ballots)
    voters = dict.fromkeys(("due", "present", "issued", "returned"), number)
    return {
        "kind": "committee",
        "on": ON.isoformat(),
        **voters,
        "seats": SEATS,
        "candidates": list(_names(CANDIDATES)),
        "ballots": [dict(marks) for marks, _ in ballots],
    }


def _names(candidates: int) -> tuple[str, ...]:
    return tuple(f"候选人{number:02}" for number in range(1, candidates + 1))
