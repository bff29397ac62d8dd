"""Sources that are about people in a year or a talk: grades of yearly evaluations, talks, dual organisational life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from branchbook.domain.dual_life import LifeEntry
from branchbook.domain.measure_parsing import CellKind, SourceFields
from branchbook.domain.measures import Cell, Fact
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.domain.talks import Circle, Talk, leading_people, talk_of
from branchbook.services.dual_life import LeaderYear, dual_life_of_year
from branchbook.services.evaluation_reading import is_ended_evaluation
from branchbook.services.measure_sources import Source, Span
from branchbook.services.store import RecordQuery
from branchbook.services.talks import CIRCLE_WORDS
from branchbook.services.words import word_of

_TALK = "heart_to_heart_talk"


def grades(span: Span) -> Iterator[Fact]:
    """The grade of one member in the evaluation of one year, by the day on which that ended."""
    rounds = {
        each.id: each
        for each in span.reading.all(Procedure)
        if each.organisation_id in span.organisations
        if each.ended_on is not None and span.period.contains(each.ended_on)
        if is_ended_evaluation(each)
    }
    for each in span.reading.assessments(tuple(rounds)) if rounds else ():
        if each.grade is not None:
            held = rounds[each.procedure_id]
            place = span.roster.organisation_by_id.get(held.organisation_id)
            assert held.ended_on is not None
            cells: Mapping[str, Cell] = {
                "grade": each.grade.value,
                "grade_name": word_of(each.grade),
                "member": each.name,
                "year": held.year,
                "organisation": place.name_on(held.ended_on) if place else None,
            }
            yield Fact("assessment", each.id, held.organisation_id, held.ended_on, cells)


def talks(span: Span) -> Iterator[Fact]:
    """One final talk: between whom it was, and with how many."""
    query = RecordQuery(
        tuple(span.organisations),
        (_TALK,),
        from_on=span.period.start,
        to_on=span.period.end,
        undated=False,
    )
    for each in span.reading.summaries(query):
        if each.is_held and each.held_on is not None:
            talk = talk_of(each)
            place = span.roster.organisation_by_id.get(each.organisation_id)
            cells: Mapping[str, Cell] = {
                "month": f"{each.held_on:%Y-%m}",
                "organisation": place.name_on(each.held_on) if place else None,
                "circle": _circle(span.roster, each.organisation_id, talk),
                "talkers": tuple(ref.name for ref in each.people.get("talker", ())),
                "talked_with": len(talk.others),
            }
            yield Fact("record", each.id, each.organisation_id, each.held_on, cells)


def _circle(roster: Roster, place: UUID, talk: Talk) -> tuple[str, ...]:
    """Between whom, by the posts held on the day; several where one talks with people of several circles."""
    committee = {each.id for each in leading_people(roster, place, talk.held_on)}
    circles = (Circle.MEMBERS, Circle.COMMITTEE_AND_MEMBER, Circle.COMMITTEE)
    return tuple(sorted({CIRCLE_WORDS[circles[len(pair & committee)]] for pair in talk.pairs}))


def dual_life(span: Span) -> Iterator[Fact]:
    """What a leader took part in as an ordinary member, one fact for each leader and record."""
    for year in range(span.period.start.year, span.period.end.year + 1):
        for place in _leading_places(span):
            for leader in dual_life_of_year(span.reading, place, year, span.period.end):
                for entry in leader.entries:
                    if span.period.contains(entry.held_on):
                        yield Fact(
                            "record", entry.record_id, place, entry.held_on, _life_cells(leader, entry)
                        )


def _life_cells(leader: LeaderYear, entry: LifeEntry) -> Mapping[str, Cell]:
    return {
        "leader": leader.name,
        "branch": leader.branch,
        "month": f"{entry.held_on:%Y-%m}",
        "due": entry.due,
        "present": entry.present,
        "on_leave": entry.on_leave,
        "lectured": entry.lectured,
        "spoke": entry.spoke,
    }


def _leading_places(span: Span) -> tuple[UUID, ...]:
    """The general branch where it is asked for, since its leaders are those of all; else each branch."""
    places = [each for each in span.roster.organisations if each.id in span.organisations]
    top = [each.id for each in places if each.kind is OrganisationKind.GENERAL_BRANCH]
    return tuple(top or (each.id for each in places if each.kind is OrganisationKind.BRANCH))


_TEXT, _NUMBER, _YES_NO = CellKind.TEXT, CellKind.NUMBER, CellKind.YES_NO
_GRADES = {"grade": _TEXT, "grade_name": _TEXT, "member": _TEXT, "year": _NUMBER, "organisation": _TEXT}
_TALKS = {"month": _TEXT, "organisation": _TEXT, "circle": _TEXT, "talkers": _TEXT, "talked_with": _NUMBER}
_LIFE = {
    "leader": _TEXT,
    "branch": _TEXT,
    "month": _TEXT,
    "due": _YES_NO,
    "present": _YES_NO,
    "on_leave": _YES_NO,
    "lectured": _YES_NO,
    "spoke": _YES_NO,
}
PEOPLE_SOURCES: Mapping[str, Source] = {
    each.fields.key: each
    for each in (
        Source(SourceFields("grades", "民主评议等次", _GRADES), grades),
        Source(SourceFields("talks", "谈心谈话", _TALKS), talks),
        Source(SourceFields("dual_life", "双重组织生活", _LIFE), dual_life),
    )
}
