"""Who holds which post after an election, from when, and who only stands elected and awaits approval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.election_steps import APPROVED
from branchbook.catalogue.procedures.elections import BY_ELECTION, WITHOUT_COMMITTEE
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.people import Post
from branchbook.domain.procedures import Procedure
from branchbook.services.election_outcomes import ElectionOutcome
from branchbook.services.rule_choices import SecretaryFrom

HEAD_KINDS = frozenset({ElectionKind.SECRETARY, ElectionKind.DEPUTY})
HEAD_POSTS = frozenset({Post.SECRETARY, Post.DEPUTY_SECRETARY})


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post after the election, from a day (inclusive) to a day (exclusive; None: still held)."""

    person_id: UUID
    post: Post
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class ElectionDays:
    """The days on which the results of an election rest.

    ``elected_on`` is the day of the general meeting, ``heads_on`` that on which secretary and deputies were
    elected, ``divided_on`` that of the division of work. ``heads_from`` is the day from which they hold
    their posts, None while nobody approved them.
    """

    elected_on: date
    heads_on: date
    divided_on: date
    heads_from: date | None


def election_days(procedure: Procedure, secretary_from: SecretaryFrom) -> ElectionDays | None:
    """The days of an election, None before the step of counting is done."""
    elected_on = procedure.done_on("count")
    if elected_on is None:
        return None
    held = [each.held_on for each in procedure.rounds if each.kind in HEAD_KINDS and each.is_confirmed]
    heads_on = max([elected_on, *held])
    divided_on = procedure.done_on("division") or procedure.done_on("first_meeting") or elected_on
    return ElectionDays(
        elected_on, heads_on, max(divided_on, elected_on), _heads_from(procedure, heads_on, secretary_from)
    )


def posts_after(
    procedure: Procedure, outcome: ElectionOutcome, secretary_from: SecretaryFrom
) -> tuple[HeldPost, ...]:
    """Every post that follows from an election (支部工作条例, B-34, B-38), in the order of the results.

    Committee members hold a post from the elected day. Secretary and deputies hold theirs once approved;
    until then, and where approval was refused, they are committee members like the others. Without a
    committee nobody holds a post before the reply. A void election gives no post.
    """
    days = election_days(procedure, secretary_from)
    if days is None or outcome.void:
        return ()
    seated = (
        ()
        if procedure.shape == WITHOUT_COMMITTEE.key
        else tuple(each.person_id for each in outcome.committee)
    )
    heads = heads_of(outcome)
    found: list[HeldPost] = []
    for person_id in dict.fromkeys([*seated, *heads]):
        own = list(_own_posts(procedure, person_id, heads.get(person_id), days))
        if person_id in seated:
            own += _plain_membership(person_id, own, days)
        found += own
    return tuple(found)


def heads_of(outcome: ElectionOutcome) -> dict[UUID, Post]:
    """Secretary and deputies with the post for which each was elected."""
    found = {each.person_id: Post.DEPUTY_SECRETARY for each in outcome.deputies}
    if outcome.secretary is not None:
        found[outcome.secretary.person_id] = Post.SECRETARY
    return found


def keeps_term(procedure: Procedure) -> bool:
    """Whether the term runs on: a by-election fills seats of the term in office."""
    return procedure.shape == BY_ELECTION.key


def is_refused(procedure: Procedure) -> bool:
    """Whether the higher organisation replied and did not approve secretary and deputies."""
    reply = procedure.entry("result_reply")
    return reply.done_on is not None and reply.text("outcome") != APPROVED


def _heads_from(procedure: Procedure, heads_on: date, secretary_from: SecretaryFrom) -> date | None:
    replied_on = procedure.done_on("result_reply")
    if replied_on is None or is_refused(procedure):
        return None
    return max(heads_on, replied_on) if secretary_from is SecretaryFrom.REPLY else heads_on


def _own_posts(
    procedure: Procedure, person_id: UUID, head: Post | None, days: ElectionDays
) -> Iterator[HeldPost]:
    if head is not None and days.heads_from is not None:
        yield HeldPost(person_id, head, days.heads_from)
    for each in procedure.assignments:
        if each.person_id == person_id and each.post not in HEAD_POSTS | {Post.COMMITTEE_MEMBER}:
            yield HeldPost(person_id, each.post, days.divided_on)


def _plain_membership(person_id: UUID, own: Sequence[HeldPost], days: ElectionDays) -> Iterator[HeldPost]:
    """委员 from the elected day until the first post of one's own, where that begins later."""
    first = min((each.from_on for each in own), default=None)
    if first is None or first > days.elected_on:
        yield HeldPost(person_id, Post.COMMITTEE_MEMBER, days.elected_on, first)
