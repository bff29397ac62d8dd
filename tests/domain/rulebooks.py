"""The shipped rules, as the tests of rules ask them; and records with a count of marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from branchbook.domain.records import (
    AgendaItem,
    Attendance,
    DecisionKind,
    FrozenCount,
    PersonRef,
    Presence,
    Record,
    RecordState,
    RecordSummary,
    Vote,
)
from branchbook.domain.rulebook import Rulebook
from branchbook.services.rules import shipped_rulebook
from tests.domain.rosters import identity

ON_2025 = date(2025, 5, 8)
"""A day under the rules of 2018, 2019, 2020 and the 细则 of 2014."""

ON_2026 = date(2026, 6, 9)
"""A day under the 细则 as revised in May 2026."""

BEFORE_ALL = date(2007, 3, 1)
"""A day before the earliest rule."""


def rules_on(day: date = ON_2025) -> Rulebook:
    """The shipped rules in force on a day."""
    return shipped_rulebook().on(day)


def agenda(*decisions: DecisionKind) -> tuple[AgendaItem, ...]:
    """One agenda item with a vote for each kind of decision."""
    return tuple(
        AgendaItem(identity("item", number), f"议题{number}", vote=Vote(decision=decision))
        for number, decision in enumerate(decisions)
    )


def record_of(
    organisation: UUID,
    marks: Iterable[tuple[UUID, Presence]],
    held_on: date | None = ON_2025,
    kind: str = "general_meeting",
    items: tuple[AgendaItem, ...] = (),
) -> Record:
    """A record with these marks of attendance."""
    lines = tuple(Attendance(person, f"某{number}", mark) for number, (person, mark) in enumerate(marks))
    return Record(
        identity("record", organisation, held_on, kind),
        (kind,),
        organisation,
        held_on,
        attendance=lines,
        agenda=items,
    )


def summary(
    organisation: UUID,
    held_on: date | None,
    *kinds: str,
    state: RecordState = RecordState.FINAL,
    quorum_met: bool = True,
    lecturer: UUID | None = None,
) -> RecordSummary:
    """A record as requirements see it."""
    frozen = FrozenCount(9, 9, 9, 9, 0, 0, 0, 5, quorum_met, "", "") if state != RecordState.DRAFT else None
    people = {"lecturer": (PersonRef("某人", lecturer),)} if lecturer else {}
    return RecordSummary(
        identity("summary", organisation, held_on, kinds, state),
        kinds or ("general_meeting",),
        organisation,
        held_on,
        "",
        state,
        False,
        people,
        frozen,
    )
