"""Terms of office: elected on, for how many years, with a committee or without, and who takes office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from branchbook.domain.organisations import Organisation, OrganisationKind, Term
from branchbook.domain.people import COMMITTEE_POSTS, FactKind, PersonFact, Post, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.guards import cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people_facts import write_facts
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading, Writing

YEARS = (3, 5)
"""支部工作条例 and 任期意见 一: five years in villages and communities, elsewhere three (B-36)."""

WITHOUT_COMMITTEE = frozenset({Post.SECRETARY, Post.DEPUTY_SECRETARY})


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who takes which post when a term begins."""

    person_id: UUID
    post: Post


@dataclass(frozen=True, slots=True)
class BegunTerm:
    """A term as saved, and what the regulations say about it."""

    term: Term
    warnings: tuple[str, ...] = ()


def begin_term(
    book: Book, term: Term, actor: Actor, appointments: Sequence[Appointment] = ()
) -> Outcome[BegunTerm]:
    """Begin a term: the one before ends the same day, and those named take office.

    With ``appointments`` every post of the former committee ends that day; someone who keeps a post
    begins it anew with the new document. A term entered late ends where the next one begins.
    """
    with operate(book, actor, "登记届次与班子") as operating:
        writing = operating.writing
        begun = begin_term_in(writing, cleaned(term))
        if appointments:
            _take_office(writing, begun, appointments)
        warnings = term_warnings(writing, begun)
    return Outcome(BegunTerm(begun, warnings), operating.changes)


def begin_term_in(writing: Writing, term: Term) -> Term:
    """Within an operation: the term begins and the one before it ends the same day. Gives it as kept.

    A term entered late ends where the next one begins. Raises RefusedProblem as ``check_term`` does.
    """
    begun = _bounded(writing, term)
    check_term(writing, begun)
    _end_former(writing, begun)
    writing.put(begun)
    return begun


def end_term(book: Book, term_id: UUID, on: date, actor: Actor) -> Outcome[Term]:
    """End a term without a new one; ``on`` is the first day on which it no longer runs."""
    with operate(book, actor, "结束届次") as operating:
        term = still_there(operating.writing, Term, term_id, "这一届")
        ended = replace(term, ended_on=on)
        check_term(operating.writing, ended)
        operating.writing.put(ended)
    return Outcome(ended, operating.changes)


def correct_term(book: Book, term: Term, actor: Actor) -> Outcome[BegunTerm]:
    """Replace a term by a corrected one with the same id."""
    with operate(book, actor, "更正届次") as operating:
        before = still_there(operating.writing, Term, term.id, "这一届")
        if before.organisation_id != term.organisation_id:
            raise RefusedProblem("不能把届次改到别的组织", "", "请删除后重新登记")
        corrected = cleaned(term)
        check_term(operating.writing, corrected)
        operating.writing.put(corrected)
        warnings = term_warnings(operating.writing, corrected)
    return Outcome(BegunTerm(corrected, warnings), operating.changes)


def remove_term(book: Book, term_id: UUID, actor: Actor) -> Outcome[None]:
    """Take back a term entered by mistake; posts stay as they are."""
    with operate(book, actor, "删除届次") as operating:
        still_there(operating.writing, Term, term_id, "这一届")
        operating.writing.remove(Term, term_id)
    return Outcome(None, operating.changes)


def term_warnings(reading: Reading, term: Term) -> tuple[str, ...]:
    """What the regulations in force say about a term (支部工作条例, B-32, B-35); it advises, refuses nothing."""
    roster, day = reading.roster(), term.elected_on
    organisation = roster.organisation_by_id[term.organisation_id]
    rule = rulebook_of(reading).on(day).find("B-32")
    if rule is None or organisation.kind != OrganisationKind.BRANCH:
        return ()
    members = roster.members_on(organisation.id, day)
    full = sum(roster.standing_on(person.id, day) == Standing.FULL for person in members)
    least = rule.number("full_members")
    if (full >= least) == term.with_committee:
        return ()
    said = f"不足 {least} 名的不设支部委员会" if term.with_committee else f"{least} 名以上应设支部委员会"
    return (f"当日有正式党员 {full} 名，{said}（{rule.citation}）",)


def _terms_of(reading: Reading, term: Term) -> list[Term]:
    others = (each for each in reading.roster().terms if each.id != term.id)
    return sorted(
        (each for each in others if each.organisation_id == term.organisation_id),
        key=lambda each: each.elected_on,
    )


def _bounded(reading: Reading, term: Term) -> Term:
    later = [each.elected_on for each in _terms_of(reading, term) if each.elected_on > term.elected_on]
    if later and (term.ended_on is None or term.ended_on > later[0]):
        return replace(term, ended_on=later[0])
    return term


def _end_former(writing: Writing, term: Term) -> None:
    for other in _terms_of(writing, term):
        if other.elected_on < term.elected_on and other.runs_on(term.elected_on):
            writing.put(replace(other, ended_on=term.elected_on))


def check_term(reading: Reading, term: Term) -> None:
    """Raise RefusedProblem where a term cannot stand: wrong level, wrong years, or an overlap."""
    place = still_there(reading, Organisation, term.organisation_id, "这个组织")
    if place.kind == OrganisationKind.GROUP:
        raise RefusedProblem("党小组没有届次", place.name, "党小组组长请用任职登记")
    if term.years not in YEARS:
        raise RefusedProblem(
            f"任期应为 3 年或 5 年，现为 {term.years} 年", place.name, "村、社区 5 年，其他 3 年"
        )
    if not place.exists_on(term.elected_on):
        raise RefusedProblem(f"“{place.name}”在 {term.elected_on} 不存在", "", "请核对选举日期")
    if term.ended_on is not None and term.ended_on <= term.elected_on:
        raise RefusedProblem(
            f"结束日期 {term.ended_on} 不晚于选举日期 {term.elected_on}", place.name, "请核对日期"
        )
    _check_overlap(_terms_of(reading, term), term, place)


def _check_overlap(others: Sequence[Term], term: Term, place: Organisation) -> None:
    """Terms follow each other. One that is only followed by this term ends with its beginning."""
    for other in others:
        if other.elected_on == term.elected_on:
            raise RefusedProblem(f"{term.elected_on} 已登记过一届", place.name, "请更正那一届")
        first, second = sorted((other, term), key=lambda each: each.elected_on)
        followed = first is other and first.ended_on is None
        overlaps = first.ended_on is None or first.ended_on > second.elected_on
        if overlaps and not followed:
            raise RefusedProblem(
                f"与 {other.elected_on} 选举产生的一届时间重叠", place.name, "请核对选举日期和结束日期"
            )


def _take_office(writing: Writing, term: Term, appointments: Sequence[Appointment]) -> None:
    place, day = term.organisation_id, term.elected_on
    _check_appointments(term, appointments)
    for person_id, facts in _without_posts(writing.roster(), place, day).items():
        write_facts(writing, person_id, facts)
    for appointment in appointments:
        new = PersonFact(
            uuid4(),
            appointment.person_id,
            FactKind.POST,
            appointment.post,
            day,
            term.ended_on,
            place,
            term.document,
        )
        facts = writing.roster().facts_of(appointment.person_id)
        write_facts(writing, appointment.person_id, (*facts, new))


def _check_appointments(term: Term, appointments: Sequence[Appointment]) -> None:
    for appointment in appointments:
        fits = appointment.post in (COMMITTEE_POSTS if term.with_committee else WITHOUT_COMMITTEE)
        if not fits:
            raise RefusedProblem("职务与班子形式不一致", "", "不设支部委员会的只选书记，必要时选副书记")


def _without_posts(roster: Roster, place: UUID, day: date) -> dict[UUID, tuple[PersonFact, ...]]:
    """Facts of everyone whose committee post in ``place`` runs over ``day``, with that post ended."""
    eve = day - timedelta(days=1)
    changed: dict[UUID, tuple[PersonFact, ...]] = {}
    for fact in roster.post_facts_on(place, eve):
        if fact.to_on is None or fact.to_on > day:
            facts = changed.get(fact.person_id, roster.facts_of(fact.person_id))
            changed[fact.person_id] = tuple(
                replace(each, to_on=day) if each.id == fact.id else each for each in facts
            )
    return changed
