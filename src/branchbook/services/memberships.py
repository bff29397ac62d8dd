"""Within an operation: a membership that ends, and one that moves on to another branch the same day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.people import FactKind, MembershipChange, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.moving_cases import close_cases, move_cases
from branchbook.services.people import Joining, joining_facts
from branchbook.services.people_facts import write_facts
from branchbook.services.store import Writing
from branchbook.services.words import word_of

ENDS_EVERYTHING = frozenset(
    {
        MembershipChange.DIED,
        MembershipChange.EXPELLED,
        MembershipChange.REMOVED,
        MembershipChange.WITHDRAWN,
        MembershipChange.PROBATION_CANCELLED,
    }
)
"""Endings after which the person is no member anywhere; a transfer keeps standing, restrictions, marks."""


def end_in(
    writing: Writing, person_id: UUID, on: date, how: MembershipChange, document: str, reason: str = ""
) -> PersonFact:
    """Within an operation: end the membership held the day before ``on`` and all that hangs on it.

    A joining or conversion that was under way ends with it, for the ``reason`` (empty: how it ended); one whose
    own outcome this is goes on to its talk and file.
    """
    roster = writing.roster()
    membership, facts = _ended(roster, person_id, on, how, document)
    write_facts(writing, person_id, facts, roster)
    if how != MembershipChange.PROBATION_CANCELLED:
        close_cases(writing, person_id, on, reason or word_of(how))
    return membership


def move_in(
    writing: Writing,
    person_id: UUID,
    branch_id: UUID,
    on: date,
    change: MembershipChange,
    document: str,
    group_id: UUID | None = None,
    roster: Roster | None = None,
) -> PersonFact:
    """Within an operation: leave the present branch and be in another the same day.

    ``roster`` may be given where many are moved at once, each of them once.
    """
    roster = roster or writing.roster()
    how = change if change == MembershipChange.REDRAWN else MembershipChange.TRANSFERRED_OUT
    left, facts = _ended(roster, person_id, on, how, document)
    old = roster.organisation_by_id[left.organisation_id] if left.organisation_id else None
    joining = Joining(
        branch_id, on, None, group_id, change, document, counterpart=old.name_on(on) if old else ""
    )
    new = joining_facts(person_id, joining)
    write_facts(writing, person_id, (*facts, *new), roster)
    if change != MembershipChange.REDRAWN:  # a redrawing carries on what is open, for many people at once
        place = roster.organisation_by_id.get(branch_id)
        reason = f"转到{place.name_on(on) if place else '别的支部'}"
        move_cases(writing, person_id, branch_id, on, reason)
    return new[0]


def _ended(
    roster: Roster, person_id: UUID, on: date, how: MembershipChange, document: str
) -> tuple[PersonFact, tuple[PersonFact, ...]]:
    """The membership that ends, and all facts of the person as they are then."""
    membership = _held(roster, person_id, on)
    kept = []
    for fact in roster.facts_of(person_id):
        if fact.id == membership.id:
            fact = membership = replace(fact, to_on=on, ending=how, ending_document=document)
        elif fact.kind in _ended_kinds(how) and (fact.to_on is None or fact.to_on > on):
            if fact.from_on >= on:
                continue
            fact = replace(fact, to_on=on)
        kept.append(fact)
    return membership, tuple(kept)


def _ended_kinds(how: MembershipChange) -> frozenset[FactKind]:
    if how in ENDS_EVERYTHING:
        return frozenset(FactKind) - {FactKind.MEMBERSHIP}
    return frozenset({FactKind.GROUP, FactKind.POST})


def _held(roster: Roster, person_id: UUID, on: date) -> PersonFact:
    person = roster.person_by_id.get(person_id)
    if person is None:
        raise RefusedProblem("这个人已不在簿中", "", "可能已移到回收站，请刷新后再试")
    for fact in roster.facts_of(person_id, FactKind.MEMBERSHIP):
        if fact.from_on < on and (fact.to_on is None or fact.to_on > on):
            return fact
    raise RefusedProblem("这一天之前不在本簿的任何支部", f"{person.name}，{on}", "请核对日期")
