"""What an exchange file and the book say of the same people, and cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from branchbook.domain.organisations import Organisation
from branchbook.domain.people import FactKind, Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.exchange_validity import check_levels
from branchbook.services.fact_guards import check_person_facts, check_single_posts

MOST_SHOWN = 3
"""Contradictions told in full; of more only the number is said."""


class ConflictCheck:
    """Collects the people, facts and organisations that an import would write, then looks at the whole."""

    def __init__(self, roster: Roster) -> None:
        """``roster`` is the book's as it is before the import."""
        self._roster = roster
        self._incoming: list[Person | PersonFact | Organisation] = []

    def add(self, value: Any) -> None:
        """Note a value that the import would write; of other types nothing is kept."""
        if isinstance(value, Person | PersonFact | Organisation):
            self._incoming.append(value)

    def refuse_levels(self) -> None:
        """Raise RefusedProblem where the organisations of book and file together do not fit."""
        check_levels(self._merged().organisations)

    def warnings(self) -> tuple[str, ...]:
        """Who would be in two branches, groups or standings on one day, or share a post of one person.

        The import goes on all the same: two secretaries have to settle it, and one undo takes it back.
        """
        facts = [each for each in self._incoming if isinstance(each, PersonFact)]
        found = tuple(self._contradictions({each.person_id for each in facts})) if facts else ()
        shown = [f"导入后的登记互相矛盾，请核对：{each}" for each in found[:MOST_SHOWN]]
        if len(found) > MOST_SHOWN:
            shown.append(f"这样的矛盾共有 {len(found)} 处")
        return tuple(shown)

    def _contradictions(self, people: set[UUID]) -> Iterator[str]:
        merged = self._merged()
        posts = [fact for fact in merged.facts if fact.kind == FactKind.POST]
        for person_id in sorted(people & merged.person_by_id.keys()):
            facts = merged.facts_of(person_id)
            try:
                check_person_facts(merged, facts)
                check_single_posts(merged, facts, posts)
            except RefusedProblem as problem:
                yield f"{merged.person_by_id[person_id].name}，{problem.what}（{problem.where}）"

    def _merged(self) -> Roster:
        return replace(
            self._roster,
            people=_over(self._roster.people, self._incoming, Person),
            facts=_over(self._roster.facts, self._incoming, PersonFact),
            organisations=_over(self._roster.organisations, self._incoming, Organisation),
        )


def _over(present: Iterable[Any], incoming: Iterable[Any], value_type: type[Any]) -> tuple[Any, ...]:
    """The present values with the incoming ones of their type in place of those with the same id."""
    by_id: Mapping[UUID, Any] = {each.id: each for each in present} | {
        each.id: each for each in incoming if isinstance(each, value_type)
    }
    return tuple(by_id.values())
