"""Writing the result of an election into the roster: posts that begin, posts that end, and the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from branchbook.catalogue.procedures.elections import WITHOUT_COMMITTEE
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import COMMITTEE_POSTS, FactKind, PersonFact, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_posts import HEAD_POSTS, HeldPost, election_days, keeps_term, posts_after
from branchbook.services.guards import still_there
from branchbook.services.people_facts import write_facts
from branchbook.services.settings import book_settings
from branchbook.services.store import Reading, Writing
from branchbook.services.term_dates import years_of_term
from branchbook.services.terms import begin_term_in
from branchbook.services.words import word_of

TAKE_OFFICE = "take_office"


def follow_office(writing: Writing, procedure: Procedure) -> None:
    """Within an operation: once office is taken, the roster is what the procedure says by now.

    An election of long ago without its ballots says nothing: there the roster was entered by hand.
    """
    outcome = election_outcome(writing, procedure)
    if procedure.is_done(TAKE_OFFICE) and (outcome.committee or outcome.secretary):
        write_office(writing, procedure, outcome)


def write_office(writing: Writing, procedure: Procedure, outcome: ElectionOutcome) -> None:
    """Within an operation: the roster becomes what the election says, however often it is written.

    Former posts end on the day of the election and a new term begins; a by-election ends only the posts
    that were vacant and keeps the term (选举条例, E-16; 支部工作条例, B-39).
    """
    days = election_days(procedure, book_settings(writing).secretary_from)
    if days is None:
        raise RefusedProblem("还没有填写选举日期", "职务更新", "请先完成投票计票")
    wanted = posts_after(procedure, outcome, book_settings(writing).secretary_from)
    if keeps_term(procedure):
        term = writing.roster().term_on(procedure.organisation_id, days.elected_on)
    else:
        term = begin_term_in(writing, _term(writing, procedure, days.elected_on))
    roster = writing.roster()
    new = _facts(roster, procedure, wanted, term)
    ended = (
        _vacated(roster, procedure, new, days.elected_on)
        if keeps_term(procedure)
        else _former(roster, procedure, days.elected_on)
    )
    _write(writing, procedure, new, ended)


def is_of_election(procedure_id: UUID, fact: PersonFact) -> bool:
    """Whether a post was written by this election: its id says so."""
    return fact.id == _fact_id(procedure_id, fact.person_id, fact.value)


def office_differs(reading: Reading, procedure: Procedure, outcome: ElectionOutcome) -> bool:
    """Whether someone changed the posts of this election in the roster by hand."""
    roster = reading.roster()
    wanted = posts_after(procedure, outcome, book_settings(reading).secretary_from)
    held = {(fact.person_id, fact.value) for fact in _own(roster, procedure)}
    return held != {(each.person_id, each.post.value) for each in wanted}


def gives_other_posts(reading: Reading, before: Procedure, after: Procedure) -> bool:
    """Whether an election as corrected gives other posts, or from other days, than it did before."""
    since = book_settings(reading).secretary_from
    was, now = (posts_after(each, election_outcome(reading, each), since) for each in (before, after))
    return was != now


def _term(reading: Reading, procedure: Procedure, elected_on: date) -> Term:
    organisation = still_there(reading, Organisation, procedure.organisation_id, "这个组织")
    identity = uuid5(procedure.id, "term")
    roster = reading.roster()
    others = _without_term(roster, identity)
    return Term(
        identity,
        organisation.id,
        elected_on,
        years_of_term(others, organisation, elected_on),
        procedure.shape != WITHOUT_COMMITTEE.key,
        document=procedure.entry("result_reply").text("document"),
    )


def _without_term(roster: Roster, without: UUID) -> Roster:
    """The roster without one term: its own earlier writing says nothing about how long it runs."""
    return replace(roster, terms=tuple(each for each in roster.terms if each.id != without))


def _facts(
    roster: Roster, procedure: Procedure, wanted: Sequence[HeldPost], term: Term | None
) -> Mapping[UUID, list[PersonFact]]:
    """The facts of each person, bounded by the end of the term and of the membership."""
    document = procedure.entry("result_reply").text("document")
    found: dict[UUID, list[PersonFact]] = defaultdict(list)
    for each in wanted:
        limits = (each.to_on, term.ended_on if term else None, _left_on(roster, procedure, each))
        to_on = min((day for day in limits if day is not None), default=None)
        if to_on is not None and to_on <= each.from_on:
            continue
        found[each.person_id].append(
            PersonFact(
                _fact_id(procedure.id, each.person_id, each.post),
                each.person_id,
                FactKind.POST,
                each.post,
                each.from_on,
                to_on,
                procedure.organisation_id,
                document,
            )
        )
    return found


def _left_on(roster: Roster, procedure: Procedure, held: HeldPost) -> date | None:
    """The day on which someone left the branch after the election; None where they are still there."""
    memberships = roster.facts_on(held.person_id, FactKind.MEMBERSHIP, held.from_on)
    here = [each for each in memberships if each.organisation_id == procedure.organisation_id]
    return here[-1].to_on if here else None


def _former(roster: Roster, procedure: Procedure, elected_on: date) -> Iterable[PersonFact]:
    """Posts of the committee before, each with the day of the election as its end."""
    eve = elected_on - timedelta(days=1)
    for fact in roster.post_facts_on(procedure.organisation_id, eve):
        former = Post(fact.value) in COMMITTEE_POSTS and not is_of_election(procedure.id, fact)
        if former and (fact.to_on is None or fact.to_on > elected_on):
            yield replace(fact, to_on=elected_on)


def _vacated(
    roster: Roster, procedure: Procedure, new: Mapping[UUID, Sequence[PersonFact]], elected_on: date
) -> Iterable[PersonFact]:
    """Posts that a by-election fills anew, where someone else still holds them: 书记、副书记, and those named."""
    named = procedure.entry("decision").text("vacated_posts")
    begins = {fact.value: fact.from_on for facts in new.values() for fact in facts}
    for fact in roster.post_facts_on(procedure.organisation_id, elected_on):
        post = Post(fact.value)
        taken = post in HEAD_POSTS and fact.value in begins
        said = post is not Post.COMMITTEE_MEMBER and post not in HEAD_POSTS and word_of(post) in named
        if not (taken or said) or is_of_election(procedure.id, fact) or fact.person_id in _given(new, post):
            continue
        on = begins.get(fact.value, elected_on)
        if fact.from_on < on and (fact.to_on is None or fact.to_on > on):
            yield replace(fact, to_on=on)


def _given(new: Mapping[UUID, Sequence[PersonFact]], post: Post) -> frozenset[UUID]:
    return frozenset(person for person, facts in new.items() if any(fact.value == post for fact in facts))


def _own(roster: Roster, procedure: Procedure) -> tuple[PersonFact, ...]:
    return tuple(
        fact
        for fact in roster.facts
        if fact.kind == FactKind.POST
        and fact.organisation_id == procedure.organisation_id
        and is_of_election(procedure.id, fact)
    )


def _fact_id(procedure_id: UUID, person_id: UUID, post: str) -> UUID:
    return uuid5(procedure_id, f"{person_id}:{Post(post).value}")


def _write(
    writing: Writing,
    procedure: Procedure,
    new: Mapping[UUID, Sequence[PersonFact]],
    ended: Iterable[PersonFact],
) -> None:
    """First what ends or no longer holds, then what begins: a post that one person holds is free by then."""
    roster = writing.roster()
    closed = {fact.id: fact for fact in ended}
    kept = {fact.id for facts in new.values() for fact in facts}
    gone = {fact.id for fact in _own(roster, procedure)} - kept
    people = {fact.person_id for fact in roster.facts if fact.id in closed or fact.id in gone}
    for person_id in sorted(people):
        left = [closed.get(fact.id, fact) for fact in roster.facts_of(person_id) if fact.id not in gone]
        write_facts(writing, person_id, left)
    for person_id, begun in new.items():
        others = [fact for fact in writing.roster().facts_of(person_id) if fact.id not in kept]
        write_facts(writing, person_id, (*others, *begun))
