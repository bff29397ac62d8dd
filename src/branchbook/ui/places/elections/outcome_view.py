"""Who was elected, and what the roster will say of it, read with the steps after the count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.domain.procedures import Procedure
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_posts import heads_of, keeps_term, posts_after
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading

STEPS = frozenset({"division", "result_report", "result_reply", "take_office"})


@dataclass(frozen=True)
class PostLine:
    """A post in the roster: who holds it, and from (or until) which day. ``waiting``: elected, not approved yet."""

    person_id: UUID
    name: str
    post: Post
    day: date | None
    waiting: bool = False


@dataclass(frozen=True)
class OutcomeView:
    """``begins`` are the posts that follow from the election, ``ends`` those of the former term that end.

    ``groups`` are the names of the branch's groups, for the contact of committee members.
    """

    outcome: ElectionOutcome
    heads: dict[UUID, Post]
    begins: tuple[PostLine, ...]
    ends: tuple[PostLine, ...]
    groups: tuple[str, ...]


def outcome_view(reading: Reading, procedure: Procedure, today: date) -> OutcomeView:
    """What an election has come to; empty before a count is confirmed."""
    roster = reading.roster()
    outcome = election_outcome(reading, procedure)
    heads = heads_of(outcome)
    names = roster.person_by_id
    held = posts_after(procedure, outcome, book_settings(reading).secretary_from)
    begins = [
        PostLine(each.person_id, names[each.person_id].name, each.post, each.from_on)
        for each in held
        if each.to_on is None
    ]
    given = {(each.person_id, each.post) for each in held}
    begins += [
        PostLine(person_id, names[person_id].name, post, None, waiting=True)
        for person_id, post in heads.items()
        if (person_id, post) not in given
    ]
    elected_on = procedure.done_on("count")
    groups = roster.groups_of(procedure.organisation_id, today)
    return OutcomeView(
        outcome,
        heads,
        tuple(begins),
        _former(reading, procedure, elected_on) if elected_on else (),
        tuple(each.name_on(today) for each in groups),
    )


def _former(reading: Reading, procedure: Procedure, elected_on: date) -> tuple[PostLine, ...]:
    """Posts of the committee that were held before the election and end with it."""
    if keeps_term(procedure):
        return ()
    roster = reading.roster()
    eve = elected_on - timedelta(days=1)
    return tuple(
        PostLine(fact.person_id, roster.person_by_id[fact.person_id].name, Post(fact.value), elected_on)
        for fact in roster.post_facts_on(procedure.organisation_id, eve)
        if Post(fact.value) in COMMITTEE_POSTS
    )
