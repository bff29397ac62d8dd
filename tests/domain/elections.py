"""Counts of elections for tests, and ballots that Hypothesis makes up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from branchbook.domain.tally import (
    Ballot,
    BallotMark,
    CandidateCount,
    Count,
    ElectionBase,
    ElectionKind,
    TallyResult,
    WriteIn,
    tally,
)
from branchbook.services.rules import shipped_rulebook

ON = date(2026, 5, 20)
NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
WRITTEN = ("子", "丑", "寅")

Given = tuple[Mapping[str, BallotMark], tuple[str, ...]]


def count_of(
    votes: Mapping[str, int],
    seats: int,
    present: int,
    due: int | None = None,
    *,
    returned: int | None = None,
    invalid: int = 0,
    written: Mapping[str, int] | None = None,
    kind: ElectionKind = ElectionKind.COMMITTEE,
    **more,
) -> Count:
    """A count that reconciles: whoever is not for a candidate is against, unless ``more`` says otherwise."""
    back = present if returned is None else returned
    candidates = tuple(CandidateCount(name, each, back - invalid - each) for name, each in votes.items())
    write_ins = tuple(WriteIn(name, each) for name, each in (written or {}).items())
    values: dict[str, Any] = {
        "on": ON,
        "issued": present,
        "candidates": candidates,
        "write_ins": write_ins,
    } | more
    return Count(
        kind, due=due or present, present=present, returned=back, invalid=invalid, seats=seats, **values
    )


def result_of(*arguments, **more) -> TallyResult:
    """The result of ``count_of`` by the shipped rules."""
    return tally(count_of(*arguments, **more), shipped_rulebook())


def outcomes(result: TallyResult) -> dict[str, str]:
    """What each person's votes came to."""
    return {each.name: each.outcome.value for each in result.results}


def found(result: TallyResult, level: str) -> list[str]:
    """The rules behind the findings of a level."""
    return [each.rule for each in result.findings if each.level == level]


def texts(result: TallyResult) -> str:
    """All findings as one text."""
    return "\n".join(each.text for each in result.findings)


def empty_count(
    candidates: int = 4,
    seats: int = 2,
    present: int = 0,
    due: int | None = None,
    base: ElectionBase = ElectionBase.PRESENT,
    ballot: Ballot = Ballot.MAIN,
    kind: ElectionKind = ElectionKind.COMMITTEE,
) -> Count:
    """A count into which no ballot was entered yet; as many were issued as are present."""
    standing = tuple(CandidateCount(name) for name in NAMES[:candidates])
    return Count(
        kind,
        ON,
        due or present,
        present,
        present,
        0,
        0,
        seats,
        base,
        ballot,
        standing,
    )


@st.composite
def ballots(draw, candidates: int = 4, most: int = 20) -> list[Given]:
    """Some ballots for the first candidates, with write-ins and missing marks."""
    often_for = (*(BallotMark.FOR,) * 3, *BallotMark)  # else hardly anyone would be over half
    marks = st.dictionaries(st.sampled_from(NAMES[:candidates]), st.sampled_from(often_for))
    written = st.lists(st.sampled_from(WRITTEN), unique=True, max_size=3).map(tuple)
    return draw(st.lists(st.tuples(marks, written), max_size=most))
