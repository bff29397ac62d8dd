"""What the steps of joining make of a person in the roster: the standings, and the acceptance.

The standings are worked out anew from the procedure whenever a step changes, so that a corrected day moves them
and a step that is taken back gives back what was before it. The acceptance happens once: probation runs from
the branch's resolution, the standing is recorded from the day of approval on (党章 第七条; D-01, D-24).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import MEMBER_STANDINGS, Roster
from branchbook.services.guards import still_there
from branchbook.services.joining_checks import is_accepted
from branchbook.services.people_facts import write_facts
from branchbook.services.store import Writing
from branchbook.services.words import word_of

STANDING_STEPS: Mapping[str, Standing] = {
    "application": Standing.APPLICANT,
    "activist": Standing.ACTIVIST,
    "candidate": Standing.DEVELOPMENT_CANDIDATE,
    "approval": Standing.PROBATIONARY,
}
"""The step with whose day a standing begins."""

_RANK = {standing: number for number, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class JoinedPerson:
    """A person with all facts, as the steps of joining make them."""

    person: Person
    facts: tuple[PersonFact, ...]


def follow_joining(writing: Writing, before: Procedure, after: Procedure) -> Procedure:
    """Write to the roster what follows from a changed step; gives the procedure unchanged."""
    person = still_there(writing, Person, after.subject_id or UUID(int=0), "这个人")
    roster = writing.roster()
    joined = joined_person(roster, person, before, after)
    write_facts(writing, person.id, joined.facts, roster)
    if joined.person != person:
        writing.put(joined.person)
    return after


def joined_person(roster: Roster, person: Person, before: Procedure, after: Procedure) -> JoinedPerson:
    """The person as the procedure ``after`` says, where ``before`` was followed already.

    Raises RefusedProblem where the roster says otherwise: a higher standing on an earlier day, another day of
    acceptance, a membership elsewhere.
    """
    facts = roster.facts_of(person.id)
    others = tuple(each for each in facts if each.kind != FactKind.STANDING)
    accepted = is_accepted(after) and not is_accepted(before)
    known = _is_member(facts, own_id(after, "approval"))
    if accepted:
        person = _accepted(person, after)
        others = others if known else _member_from(roster, person, after, others)
    person = _applied(person, before, after)
    return JoinedPerson(person, (*others, *_standings(facts, after, person, known=known)))


def own_id(procedure: Procedure, step: str) -> UUID:
    """The id of the fact that a step makes: the same whenever it is made anew."""
    return uuid5(procedure.id, step)


def _is_member(facts: Iterable[PersonFact], own: UUID) -> bool:
    """Whether the roster already has the person probationary or full by something else than this procedure."""
    return any(
        each.kind == FactKind.STANDING and each.value in MEMBER_STANDINGS and each.id != own for each in facts
    )


def _applied(person: Person, before: Procedure, after: Procedure) -> Person:
    """The day of the application, where the roster has none or had this procedure's."""
    day = after.done_on("application")
    if day is not None and person.applied_on in (None, before.done_on("application")):
        return replace(person, applied_on=day)
    return person


def _accepted(person: Person, procedure: Procedure) -> Person:
    met_on = procedure.done_on("meeting")
    if person.accepted_on not in (None, met_on):
        raise RefusedProblem(
            f"名册里{person.name}的入党时间是 {person.accepted_on}，大会通过却在 {met_on}",
            "入党时间",
            "预备期从大会通过之日算起，请先核对改正其中一处",
        )
    return replace(person, accepted_on=met_on)


def _member_from(
    roster: Roster, person: Person, procedure: Procedure, others: tuple[PersonFact, ...]
) -> tuple[PersonFact, ...]:
    """The membership that begins with the acceptance; that of an applicant ends where it begins."""
    approval = procedure.entry("approval")
    assert approval.done_on is not None
    day, made, kept = approval.done_on, None, []
    later = [each.from_on for each in others if each.kind == FactKind.MEMBERSHIP and each.from_on > day]
    new = PersonFact(
        own_id(procedure, "membership"),
        person.id,
        FactKind.MEMBERSHIP,
        MembershipChange.ACCEPTED,
        day,
        min(later) if later else None,
        procedure.organisation_id,
        approval.text("document"),
    )
    for fact in others:
        if fact.kind != FactKind.MEMBERSHIP or not fact.holds_on(day):
            kept.append(fact)
            continue
        if fact.organisation_id != procedure.organisation_id:
            place = roster.organisation_by_id.get(fact.organisation_id or UUID(int=0))
            raise RefusedProblem(
                f"{person.name}在 {day} 属于“{place.name_on(day) if place else ''}”",
                "组织关系",
                "接收由所在的支部办理，请核对组织关系",
            )
        made = replace(new, to_on=fact.to_on, ending=fact.ending, ending_document=fact.ending_document)
        if fact.from_on == day:  # entered on that very day: it becomes the membership by acceptance
            made = replace(made, id=fact.id)
        else:
            kept.append(replace(fact, to_on=day, ending="", ending_document=""))
    return (*kept, made or new)


def _standings(
    facts: tuple[PersonFact, ...], procedure: Procedure, person: Person, *, known: bool
) -> tuple[PersonFact, ...]:
    """The standings by day: the roster's own, and those of the steps; a person never goes back a stage."""
    own = {own_id(procedure, step): step for step in STANDING_STEPS}
    held = [each for each in facts if each.kind == FactKind.STANDING]
    starts = {each.from_on for each in held}
    ends = {each.id: each.to_on for each in held if each.to_on is not None and each.to_on not in starts}
    foreign = [each for each in held if each.id not in own]
    wanted = [*_wanted(procedure, person, known=known), *foreign]
    if not wanted and held:  # what was taken back leaves an applicant, who would be in no list otherwise
        first = min(held, key=lambda each: each.from_on)
        wanted = [replace(first, id=own_id(procedure, "application"), value=Standing.APPLICANT, document="")]
    return _one_after_another(wanted, ends, own)


def _wanted(procedure: Procedure, person: Person, *, known: bool) -> list[PersonFact]:
    found = []
    for step, standing in STANDING_STEPS.items():
        entry = procedure.entry(step)
        if entry.done_on is None or (step == "approval" and (known or not is_accepted(procedure))):
            continue
        document = entry.text("document")
        identity = own_id(procedure, step)
        found.append(
            PersonFact(identity, person.id, FactKind.STANDING, standing, entry.done_on, document=document)
        )
    return found


def _one_after_another(
    wanted: list[PersonFact], ends: Mapping[UUID, date | None], own: Mapping[UUID, str]
) -> tuple[PersonFact, ...]:
    kept: list[PersonFact] = []
    for fact in sorted(wanted, key=lambda each: (each.from_on, -_RANK[Standing(each.value)])):
        before = kept[-1] if kept else None
        if before is not None and _RANK[Standing(fact.value)] <= _RANK[Standing(before.value)]:
            if fact.id in own and before.id not in own and fact.value != before.value:
                raise RefusedProblem(
                    f"名册里从 {before.from_on} 起已是{word_of(Standing(before.value))}，"
                    f"{fact.from_on} 不能再登记为{word_of(Standing(fact.value))}",
                    "身份",
                    "请核对日期，或先在“党员”里更正身份",
                )
            continue
        kept.append(fact)
    following = [*(each.from_on for each in kept[1:]), None]
    return tuple(
        replace(fact, to_on=_earlier(ends.get(fact.id), after))
        for fact, after in zip(kept, following, strict=True)
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
