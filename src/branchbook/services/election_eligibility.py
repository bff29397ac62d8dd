"""Who may be elected on a day, and why not: members of the place with the right to be elected (E-04 to E-07)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from branchbook.domain.procedures import Procedure
from branchbook.domain.rights import Reason, rights_on
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

WhyNot = Callable[[UUID], Reason | None]
"""Asked with a person: why they cannot be elected, None where they can."""


def why_not_electable(
    reading: Reading, procedure: Procedure, day: date, committee: Iterable[UUID] | None = None
) -> WhyNot:
    """The question whether someone can be elected on ``day``; the roster is asked once.

    ``committee``: a committee elects its secretary among its own members (支部工作条例, B-37); None: the
    general meeting elects. Before the earliest rules the roster decides the same, without an article.
    """
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    members = {each.id for each in roster.members_on(procedure.organisation_id, day)}
    among = None if committee is None else frozenset(committee)
    right, heads = rules.find("E-04"), rules.find("B-37")

    def why_not(person_id: UUID) -> Reason | None:
        if person_id not in members:
            return Reason(f"{day} 组织关系不在本组织", right.citation if right else "")
        rights = rights_on(roster, person_id, day, rules)
        if not rights.be_elected:
            return rights.reasons[0]
        if among is not None and person_id not in among:
            return Reason("不是当选的委员，不能在支委会上选为书记、副书记", heads.citation if heads else "")
        return None

    return why_not
