"""What becomes of a person's joining or conversion when they leave the branch that is in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.joining_checks import is_accepted
from branchbook.services.probations import family_of
from branchbook.services.store import Reading, Writing

FAMILIES = frozenset({joining.FAMILY, conversion_steps.FAMILY})


def open_cases(reading: Reading, person_ids: frozenset[UUID]) -> Iterator[Procedure]:
    """The open joinings and conversions of these people."""
    for each in reading.all(Procedure):
        if each.is_open and each.subject_id in person_ids and family_of(each) in FAMILIES:
            yield each


def close_cases(
    writing: Writing, person_id: UUID, on: date, reason: str, families: frozenset[str] = FAMILIES
) -> None:
    """Within an operation: end what was open about a person, with the reason; what was entered is kept.

    It stays with its branch and goes along in the exchange file, so that the branch that takes the person in can
    go on from it (D-22: the earlier branch hands over its observations).
    """
    for each in open_cases(writing, frozenset({person_id})):
        if family_of(each) in families:
            ended = replace(each, state=ProcedureState.ABANDONED, ended_on=on, ending_reason=reason)
            writing.put(ended)


def carry_cases(writing: Writing, branches: Mapping[UUID, UUID], families: frozenset[str] = FAMILIES) -> None:
    """Within an operation: the cases go on in the branch (by person) in which people are now."""
    for each in open_cases(writing, frozenset(branches)):
        if family_of(each) in families:
            assert each.subject_id is not None
            writing.put(replace(each, organisation_id=branches[each.subject_id]))


def move_cases(writing: Writing, person_id: UUID, branch_id: UUID, on: date, reason: str) -> None:
    """Within an operation: someone moved to another branch of the book. The joining goes on there, the cultivation
    counts on; a conversion ends, and the branch that took the person in begins its own (D-22).
    """
    carry_cases(writing, {person_id: branch_id}, frozenset({joining.FAMILY}))
    close_cases(writing, person_id, on, reason, frozenset({conversion_steps.FAMILY}))


def finish_joining(writing: Writing, person_id: UUID, on: date) -> None:
    """Within an operation: a joining whose acceptance was approved ends with the beginning of the conversion."""
    for each in open_cases(writing, frozenset({person_id})):
        if family_of(each) == joining.FAMILY and is_accepted(each):
            writing.put(replace(each, state=ProcedureState.FINISHED, ended_on=on))
