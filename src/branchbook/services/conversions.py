"""Conversions of a book: every probationary member with the end of the probation and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.conversion_steps import APPROVED, FAMILY
from branchbook.domain.ballots import Question, QuestionRound
from branchbook.domain.conversion_vote import vote_result
from branchbook.domain.dates import add_months
from branchbook.domain.deadlines import CONVERSION_APPROVAL
from branchbook.domain.people import Person, Standing
from branchbook.domain.probation import ConversionNeed, Extension, Probation, probation_of
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.guards import still_there
from branchbook.services.operations import Actor, Outcome
from branchbook.services.procedures import ProcedureView, begin_procedure, procedure_view, procedures_of
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.settings_table import ObservationCadence
from branchbook.services.store import Book, Reading

OBSERVATION_MONTHS = {ObservationCadence.QUARTERLY: 3, ObservationCadence.HALF_YEARLY: 6}

_NEED_RULES = {
    ConversionNeed.OBSERVATION: ("D-05",),
    ConversionNeed.APPLICATION: ("D-07", "D26-15"),
    ConversionNeed.MEETING: ("D-06", "D26-15"),
    ConversionNeed.APPROVAL: ("D-18", "D26-16"),
    ConversionNeed.TALK: ("D-19",),
    ConversionNeed.ARCHIVE: ("D-23", "D26-17"),
}
_NEED_WORDS = {
    ConversionNeed.OBSERVATION: "考察意见",
    ConversionNeed.APPLICATION: "转正申请",
    ConversionNeed.MEETING: "支部大会讨论",
    ConversionNeed.APPROVAL: "上级审批",
    ConversionNeed.TALK: "谈话并宣布",
    ConversionNeed.ARCHIVE: "材料归档",
}


@dataclass(frozen=True, slots=True)
class MissingPart:
    """One thing that a conversion lacks on the day: what, since or until when, and by which article."""

    need: ConversionNeed
    due_on: date
    overdue: bool
    article: str

    @property
    def words(self) -> str:
        """考察意见（2026-08-23 前）."""
        return f"{_NEED_WORDS[self.need]}（{self.due_on} 前）"


@dataclass(frozen=True, slots=True)
class ConversionLine:
    """A probationary member on a day. ``probation`` is None where the day of acceptance is not entered.

    ``days_left`` is negative after the end. ``procedure_id`` is the conversion at hand, None before it is begun.
    """

    person_id: UUID
    name: str
    organisation_id: UUID | None = None
    organisation_name: str = ""
    probation: Probation | None = None
    days_left: int | None = None
    missing: tuple[MissingPart, ...] = ()
    article: str = ""
    procedure_id: UUID | None = None


def conversions_on(
    reading: Reading, day: date, organisation_id: UUID | None = None
) -> tuple[ConversionLine, ...]:
    """Everyone probationary on ``day`` (in one branch, or in all), who ends soonest first."""
    roster, rulebook = reading.roster(), rulebook_of(reading)
    by_person = _by_person(procedures_of(reading, family=FAMILY))
    every = OBSERVATION_MONTHS[book_settings(reading).observation_cadence]
    found = []
    for person in roster.people:
        if roster.standing_on(person.id, day) != Standing.PROBATIONARY:
            continue
        branch = roster.branch_of(person.id, day)
        if organisation_id is not None and (branch is None or branch.id != organisation_id):
            continue
        line = _line(person, by_person.get(person.id, ()), rulebook, day, every)
        place = (branch.id, branch.name_on(day)) if branch else (None, "")
        found.append(replace(line, organisation_id=place[0], organisation_name=place[1]))
    return tuple(sorted(found, key=_soonest))


def probation_in(reading: Reading, person: Person) -> Probation | None:
    """A person's probation with its approved extension; None without a day of acceptance."""
    own = [each for each in procedures_of(reading, family=FAMILY) if each.subject_id == person.id]
    return _probation(person, own, rulebook_of(reading))


def decided_question(procedure: Procedure, rulebook: Rulebook) -> QuestionRound | None:
    """The confirmed vote that the branch passed, the latest of several; None while there is none."""
    passed = [
        each
        for each in procedure.questions
        if each.confirmed_on is not None and vote_result(each, rulebook).passed
    ]
    return passed[-1] if passed else None


def begin_conversion(book: Book, person_id: UUID, day: date, actor: Actor) -> Outcome[Procedure]:
    """Begin the conversion of a probationary member: quarterly or half-yearly by the setting, or after an extension.

    Raises RefusedProblem for someone who is not probationary on the day, or without a day of acceptance.
    """
    with book.reading() as reading:
        person = still_there(reading, Person, person_id, "这个人")
        roster = reading.roster()
        branch = roster.branch_of(person_id, day)
        if roster.standing_on(person_id, day) != Standing.PROBATIONARY or branch is None:
            raise RefusedProblem(f"{person.name}在 {day} 不是本簿的预备党员", "", "请核对身份和日期")
        if person.accepted_on is None:
            raise RefusedProblem(
                f"{person.name}没有登记支部大会接收日期", "入党时间", "请先在“党员”里补上，预备期从那天算起"
            )
        probation = probation_in(reading, person)
        cadence = book_settings(reading).observation_cadence
    extended = probation is not None and probation.extension is not None
    shape = "conversion_extended" if extended else _SHAPES[cadence]
    return begin_procedure(book, shape, branch.id, day, actor, person_id)


_SHAPES = {
    ObservationCadence.QUARTERLY: "conversion",
    ObservationCadence.HALF_YEARLY: "conversion_half_yearly",
}


def conversion_view(reading: Reading, procedure_id: UUID, today: date) -> ProcedureView:
    """A conversion with the standing of its steps, dated from the acceptance and the end of the probation."""
    procedure = still_there(reading, Procedure, procedure_id, "这项办理事项")
    anchors: dict[str, date] = {}
    person = reading.get(Person, procedure.subject_id) if procedure.subject_id else None
    probation = probation_in(reading, person) if person else None
    if probation is not None:
        start = probation.extension.from_on if probation.extension else probation.accepted_on
        anchors = {"accepted_on": start, "probation_end": probation.ends_on}
    return procedure_view(reading, procedure_id, today, anchors)


def _by_person(procedures: tuple[Procedure, ...]) -> dict[UUID, tuple[Procedure, ...]]:
    grouped: dict[UUID, tuple[Procedure, ...]] = {}
    for each in procedures:
        if each.subject_id is not None:
            grouped[each.subject_id] = (*grouped.get(each.subject_id, ()), each)
    return grouped


def _probation(person: Person, procedures: Sequence[Procedure], rulebook: Rulebook) -> Probation | None:
    if person.accepted_on is None:
        return None
    plain = probation_of(person.accepted_on, rulebook)
    for procedure in procedures:
        approval = procedure.entry("approval")
        if approval.done_on is None or approval.text("outcome") != APPROVED:
            continue
        decided = decided_question(procedure, rulebook)
        if decided is not None and decided.question == Question.EXTEND:
            extension = Extension(plain.first_end, decided.months, approval.text("document"))
            return replace(plain, extension=extension)
    return plain


def _line(
    person: Person, procedures: tuple[Procedure, ...], rulebook: Rulebook, day: date, every: int
) -> ConversionLine:
    current = next((each for each in procedures if each.is_open), None)
    probation = _probation(person, procedures, rulebook)
    line = ConversionLine(person.id, person.name, procedure_id=current.id if current else None)
    if probation is None:
        return line
    return replace(
        line,
        probation=probation,
        days_left=(probation.ends_on - day).days,
        missing=tuple(_missing(probation, current, rulebook.on(day), day, every)),
        article=probation.rule.citations if probation.rule else "",
    )


def _missing(
    probation: Probation, procedure: Procedure | None, rules: Rulebook, day: date, every: int
) -> Iterator[MissingPart]:
    """What is owed by ``day``, in the order of the year."""

    def part(need: ConversionNeed, due_on: date) -> MissingPart:
        rule = rules.first_of(*_NEED_RULES[need])
        return MissingPart(need, due_on, day > due_on, rule.citation if rule else "")

    done = {each.step: each.done_on for each in procedure.steps if each.done_on} if procedure else {}
    observed = sum(step.startswith("observation_") for step in done)
    for due_on in probation.observations(every)[observed:]:
        if day >= due_on and "meeting" not in done:
            yield part(ConversionNeed.OBSERVATION, due_on)
    if day >= probation.application_on and "application" not in done:
        yield part(ConversionNeed.APPLICATION, probation.ends_on)
    if day >= probation.ends_on and "meeting" not in done:
        yield part(ConversionNeed.MEETING, probation.ends_on)
    if "meeting" in done and "approval" not in done:
        rule = rules.first_of(*CONVERSION_APPROVAL)
        reported_on = done.get("report", done["meeting"])
        yield part(ConversionNeed.APPROVAL, add_months(reported_on, rule.number("months") if rule else 0))
    if "approval" in done and "talk" not in done:
        yield part(ConversionNeed.TALK, done["approval"])
    if "talk" in done and "archive" not in done:
        yield part(ConversionNeed.ARCHIVE, done["talk"])


def _soonest(line: ConversionLine) -> tuple[bool, int, str]:
    """Those without a day of acceptance first: nothing can be said about them."""
    return (line.days_left is not None, line.days_left or 0, line.name)
