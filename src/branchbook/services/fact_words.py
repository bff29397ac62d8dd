"""A dated fact in words, as histories, problems and the person's page say it."""

from __future__ import annotations

from branchbook.domain.people import FactKind, Mark, MembershipChange, PersonFact, Post, Restriction, Standing
from branchbook.domain.roster import Roster
from branchbook.services.words import word_of


def fact_words(roster: Roster, fact: PersonFact) -> str:
    """What the fact says without its dates: 第一支部书记, 正式党员, 第二小组."""
    place = _place(roster, fact)
    if fact.kind == FactKind.POST:
        return f"{place}{word_of(Post(fact.value))}"
    if fact.kind in (FactKind.MEMBERSHIP, FactKind.GROUP):
        return place
    return value_words(fact)


def value_words(fact: PersonFact) -> str:
    """The fact's value in Chinese; empty where it has none (a group)."""
    if not fact.value:
        return ""
    if fact.kind == FactKind.STANDING:
        return word_of(Standing(fact.value))
    if fact.kind == FactKind.RESTRICTION:
        return word_of(Restriction(fact.value))
    if fact.kind == FactKind.MARK:
        return word_of(Mark(fact.value))
    if fact.kind == FactKind.POST:
        return word_of(Post(fact.value))
    return word_of(MembershipChange(fact.value))


def span_words(fact: PersonFact) -> str:
    """From when to when: 2024-03-01 至 2025-01-10, or 2024-03-01 起."""
    return f"{fact.from_on} 至 {fact.to_on}" if fact.to_on else f"{fact.from_on} 起"


def _place(roster: Roster, fact: PersonFact) -> str:
    organisation = roster.organisation_by_id.get(fact.organisation_id) if fact.organisation_id else None
    return organisation.name_on(fact.from_on) if organisation else ""
