"""Elections of a branch or general branch: which shape fits, begun, listed, and shown with all that is to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from branchbook.catalogue.procedures.elections import GENERAL_BRANCH, TERM_EXTENSION
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY, shape_of
from branchbook.domain.elections import day_of, meeting_day
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepStanding
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import NO_RULEBOOK
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.election_findings import Asked, step_findings
from branchbook.services.election_shapes import SuggestedShape, shape_findings, suggested_shape
from branchbook.services.election_states import STATE_WORDS, ElectionState, election_state
from branchbook.services.election_summaries import summaries_of
from branchbook.services.guards import still_there
from branchbook.services.operations import Actor, Outcome
from branchbook.services.procedures import ProcedureView, begin_procedure, procedure_view
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading
from branchbook.services.term_dates import TermDates, anchors_of, dates_of_term, extension_findings

__all__ = [
    "STATE_WORDS",
    "ElectionLine",
    "ElectionState",
    "ElectionView",
    "SuggestedShape",
    "begin_election",
    "election_view",
    "elections_of",
    "suggested_shape",
]

FAMILIES = frozenset({"election", TERM_EXTENSION.family})
"""Procedures that stand in the place of elections."""


@dataclass(frozen=True, slots=True)
class ElectionLine:
    """One election in a list. ``next`` is where work goes on, None where nothing is left to do."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    shape: str
    name: str
    begun_on: date
    state: ElectionState
    state_words: str
    next: StepStanding | None
    is_open: bool
    elected_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ElectionView:
    """One election as a screen shows it.

    ``term_end`` is the end of the term that it ends, ``latest_on`` the last day for it as things stand, an
    approved extension included (None where no term is recorded). ``findings`` are about the whole,
    ``step_findings`` and ``summaries`` (one short line) about steps by key.
    """

    view: ProcedureView
    organisation_name: str
    term_end: date | None
    latest_on: date | None
    state: ElectionState
    state_words: str
    findings: tuple[Finding, ...]
    step_findings: Mapping[str, tuple[Finding, ...]]
    summaries: Mapping[str, str]


def begin_election(
    book: Book, organisation_id: UUID, shape_key: str, day: date, actor: Actor
) -> Outcome[Procedure]:
    """Begin an election, or ask for more time.

    Raises RefusedProblem for a day after today or without rules of election, a group, a shape of the other level,
    and while another election of the organisation is open.
    """
    shape = shape_of(shape_key)
    with book.reading() as reading:
        place = still_there(reading, Organisation, organisation_id, "这个组织")
        if day > actor.today:
            raise RefusedProblem("开始日期在今天之后", f"{day}", "请填写开始办理的日期")
        if shape.family not in FAMILIES:
            raise RefusedProblem("这不是选举", shape.name, "请从换届选举的几种形式中选择")
        if place.kind == OrganisationKind.GROUP:
            raise RefusedProblem("党小组不选举委员会", place.name, "党小组组长请用任职登记")
        for_general = shape_key == GENERAL_BRANCH.key
        of_general = place.kind == OrganisationKind.GENERAL_BRANCH
        if for_general != of_general and shape_key in _ONE_LEVEL:
            raise RefusedProblem(
                f"{shape.name}不用于{'党总支' if of_general else '党支部'}",
                place.name,
                "请选择适合的形式，或在上方换一个组织",
            )
        if rulebook_of(reading).on(day).find("E-01") is None:
            raise RefusedProblem(
                NO_RULEBOOK, f"{day}", "选举的规则自 2020 年 7 月 13 日起可用，请核对开始日期"
            )
    return begin_procedure(book, shape_key, organisation_id, day, actor)


_ONE_LEVEL = frozenset({GENERAL_BRANCH.key, "term_election", "secretary_election"})
"""Shapes for branches only, or for the general branch only."""


def elections_of(reading: Reading, organisation_id: UUID | None, today: date) -> tuple[ElectionLine, ...]:
    """Elections of an organisation, of a general branch those of its branches too (None: of all).

    Open ones first, then the latest begun.
    """
    roster, procedures = reading.roster(), reading.all(Procedure)
    places = _places(roster, organisation_id)
    found = [
        _line(reading, roster, each, procedures, today)
        for each in procedures
        if each.shape in SHAPE_BY_KEY
        and shape_of(each.shape).family in FAMILIES
        and (places is None or each.organisation_id in places)
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_open, -each.begun_on.toordinal(), str(each.id))))


def election_view(reading: Reading, procedure_id: UUID, today: date) -> ElectionView:
    """An election with its state, findings and summaries. Raises RefusedProblem where it is in the recycle bin."""
    procedure = still_there(reading, Procedure, procedure_id, "这项选举")
    roster, procedures = reading.roster(), reading.all(Procedure)
    dates = term_dates_of(reading, roster, procedure, procedures, today)
    view = procedure_view(reading, procedure_id, today, anchors_of(procedure, dates))
    asked = Asked(reading, procedure, view.shape, dates, rulebook_of(reading).on(day_of(procedure)))
    state, words = election_state(reading, procedure, dates)
    return ElectionView(
        view,
        roster.organisation_by_id[procedure.organisation_id].name_on(procedure.begun_on),
        dates.ends_on if dates else None,
        dates.latest_on if dates else None,
        state,
        words,
        _findings(asked, roster, today),
        step_findings(asked, view.steps),
        summaries_of(reading, procedure, today),
    )


def term_dates_of(
    reading: Reading, roster: Roster, procedure: Procedure, procedures: Sequence[Procedure], today: date
) -> TermDates | None:
    """The dates of the term that an election ends, or in which it fills a vacancy.

    It is the term that ran on the eve of the election, or when the procedure began; an extension counts that
    was approved by ``today``.
    """
    held_on = procedure.done_on("count")
    eve = held_on - timedelta(days=1) if held_on else procedure.begun_on
    term = roster.term_on(procedure.organisation_id, eve)
    if term is None:
        return None
    return dates_of_term(term, tuple(procedures), rulebook_of(reading).on(day_of(procedure)), today)


def _findings(asked: Asked, roster: Roster, today: date) -> tuple[Finding, ...]:
    procedure, rules = asked.procedure, asked.rules
    if not rules:
        return (Finding(Level.WARNING, "", "", f"{day_of(procedure)}：{NO_RULEBOOK}"),)
    found: list[Finding] = []
    if asked.dates is None:
        found.append(Finding(Level.INFO, "", "", "没有登记本届届次，届满日期无从计算；请在“党员—组织”登记"))
    else:
        found += extension_findings(asked.dates, rules)
        if (
            asked.ends_term
            and procedure.is_open
            and asked.dates.latest_on < today
            and not meeting_day(procedure)
        ):
            end = asked.dates.extended_words or "任期已经届满"
            found.append(
                asked.says(Level.WARNING, "E-02", f"{end}，超期 {(today - asked.dates.latest_on).days} 天")
            )
    if procedure.is_open:
        day = meeting_day(procedure) or today
        found += shape_findings(roster, rules, procedure.shape, procedure.organisation_id, day)
    return tuple(found)


def _line(
    reading: Reading, roster: Roster, procedure: Procedure, procedures: Sequence[Procedure], today: date
) -> ElectionLine:
    dates = term_dates_of(reading, roster, procedure, procedures, today)
    view = procedure_view(reading, procedure.id, today, anchors_of(procedure, dates))
    state, words = election_state(reading, procedure, dates)
    return ElectionLine(
        procedure.id,
        procedure.organisation_id,
        roster.organisation_by_id[procedure.organisation_id].name_on(procedure.begun_on),
        procedure.shape,
        view.shape.name,
        procedure.begun_on,
        state,
        words,
        view.next if procedure.is_open else None,
        procedure.is_open,
        procedure.done_on("count"),
        procedure.ended_on,
    )


def _places(roster: Roster, organisation_id: UUID | None) -> frozenset[UUID] | None:
    if organisation_id is None:
        return None
    below = (each.id for each in roster.organisations if each.parent_id == organisation_id)
    return frozenset({organisation_id, *below})
