"""The example's yearly evaluations: entered step by step, each on its day, by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import (
    Assessment,
    Audience,
    BallotForm,
    Criticism,
    GradeRound,
    assessment_id,
)
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import FieldValue, Presence, Record
from branchbook.services.assessments import save_assessments
from branchbook.services.evaluation_participants import (
    mark_attendance,
    propose_participants,
    set_participants,
)
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.example_parts import Names, acting_on, place_named
from branchbook.services.grade_rounds import begin_round, confirm_round, save_round
from branchbook.services.operations import Actor
from branchbook.services.procedures import finish_procedure, save_step
from branchbook.services.store import Book, RecordQuery


@dataclass(frozen=True, slots=True)
class ExampleGrades:
    """The ballots of members or of the masses: how many gave someone 优秀 or 基本合格, nothing, or too much; all
    others gave 合格.

    ``due`` and ``returned`` None: as the list says, and all that were issued.
    """

    audience: Audience
    due: int | None = None
    returned: int | None = None
    invalid: int = 0
    excellent: Mapping[str, int] = field(default_factory=dict)
    basically_qualified: Mapping[str, int] = field(default_factory=dict)
    blank: Mapping[str, int] = field(default_factory=dict)
    void: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExampleAssessment:
    """What is known of one member so far; ``by`` said ``criticism``. ``fed_back``: told on the step's day."""

    name: str
    summary: str = ""
    self_grade: Grade | None = None
    by: str = ""
    criticism: str = ""
    reply: str = ""
    opinion: str = ""
    grade: Grade | None = None
    departure_reason: str = ""
    problems: str = ""
    advice: str = ""
    fed_back: bool = False


@dataclass(frozen=True, slots=True)
class ExampleRoundStep:
    """One step with what is entered on its day. ``done`` False: it is begun and still open.

    ``record`` is the kind of the meeting of that day in which it happened; ``exchanged`` names those whose result
    came from, or went to, another branch.
    """

    step: str
    day: date
    done: bool = True
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ballots: tuple[ExampleGrades, ...] = ()
    assessments: tuple[ExampleAssessment, ...] = ()
    record: str = ""
    exchanged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExampleEvaluation:
    """The round of one branch, as far as it has come."""

    organisation: str
    year: int
    begun_on: date
    steps: tuple[ExampleRoundStep, ...]
    ended_on: date | None = None


def enter_evaluation(book: Book, example: ExampleEvaluation, actor: Actor) -> None:
    """One round as a secretary would enter it. Raises Problem where a rule refuses what the example says."""
    with book.reading() as reading:
        place = place_named(reading.roster(), example.organisation)
    then = acting_on(actor, example.begun_on)
    begun = begin_evaluation(book, place.id, example.year, example.begun_on, then).value
    for step in example.steps:
        _enter(book, begun.id, place.id, step, acting_on(actor, step.day))
    if example.ended_on is not None:
        finish_procedure(book, begun.id, example.ended_on, acting_on(actor, example.ended_on))


def _enter(book: Book, procedure_id: UUID, place_id: UUID, step: ExampleRoundStep, then: Actor) -> None:
    with book.reading() as reading:
        names = Names(reading.roster(), place_id, step.day)
        stored = reading.get(Procedure, procedure_id)
    assert stored is not None
    record = _record(book, place_id, step)
    begun = replace(
        stored.entry(step.step),
        done_on=None,
        values=step.values,
        people={key: tuple(map(names.reference, each)) for key, each in step.people.items()},
        record_id=record.id if record else None,
    )
    kept = save_step(book, procedure_id, begun, then).value
    if step.step == "participants":
        with book.reading() as reading:
            listed = propose_participants(reading, kept, step.day)
        set_participants(book, procedure_id, listed, then)
    if step.ballots and record is not None:
        _attended(book, kept, record, then)
    for told in step.ballots:
        _cast(book, procedure_id, told, step.day, then)
    if step.assessments:
        _assess(book, procedure_id, names, step, then)
    if step.exchanged:
        _exchanged(book, kept, step, then)
    if step.done:
        save_step(book, procedure_id, replace(begun, done_on=step.day), then)


def _record(book: Book, place_id: UUID, step: ExampleRoundStep) -> Record | None:
    """The meeting of that day in which the step happened, None for a step that is none."""
    if not step.record:
        return None
    query = RecordQuery((place_id,), (step.record,), step.day, step.day, undated=False)
    with book.reading() as reading:
        found = reading.records(query)
    if len(found) != 1:
        raise UnreadableProblem("示例数据里没有这次会议", f"{step.day}", "安装可能不完整，请重新安装")
    return found[0]


def _attended(book: Book, procedure: Procedure, record: Record, then: Actor) -> None:
    came = {each.person_id: each.presence == Presence.PRESENT for each in record.attendance}
    present = {
        each.person_id: came.get(each.person_id, False) for each in procedure.participants if each.takes_part
    }
    mark_attendance(book, procedure.id, present, then)


def _exchanged(book: Book, procedure: Procedure, step: ExampleRoundStep, then: Actor) -> None:
    listed = tuple(
        replace(each, other_branch=step.exchanged[each.name], exchanged_on=step.day)
        if each.name in step.exchanged
        else each
        for each in procedure.participants
    )
    set_participants(book, procedure.id, listed, then)


def _cast(book: Book, procedure_id: UUID, told: ExampleGrades, day: date, then: Actor) -> None:
    begun = begin_round(book, procedure_id, told.audience, BallotForm.GRADES, day, then).value
    counted = _counted(begun.grade_rounds[-1], told)
    save_round(book, procedure_id, counted, then)
    confirm_round(book, procedure_id, counted.id, day, then)


def _counted(begun: GradeRound, told: ExampleGrades) -> GradeRound:
    if told.due is not None:
        begun = replace(begun, due=told.due, present=told.due, issued=told.due)
    returned = begun.issued if told.returned is None else told.returned
    valid = returned - told.invalid

    def count(name: str) -> GradeCount:
        others = [
            each.get(name, 0) for each in (told.excellent, told.basically_qualified, told.blank, told.void)
        ]
        excellent, basically, blank, void = others
        return GradeCount(name, excellent, valid - sum(others), basically, blank=blank, void=void)

    lines = tuple(replace(each, count=count(each.count.name)) for each in begun.lines)
    return replace(begun, returned=returned, invalid=told.invalid, lines=lines)


def _assess(book: Book, procedure_id: UUID, names: Names, step: ExampleRoundStep, then: Actor) -> None:
    with book.reading() as reading:
        known = {each.person_id: each for each in reading.assessments((procedure_id,))}
    found = []
    for told in step.assessments:
        person = names.person(told.name)
        empty = Assessment(assessment_id(procedure_id, person.id), procedure_id, person.id, person.name)
        found.append(_told(known.get(person.id, empty), told, names, step.day))
    save_assessments(book, found, then)


def _told(before: Assessment, told: ExampleAssessment, names: Names, day: date) -> Assessment:
    said = (Criticism(names.reference(told.by), told.criticism, told.reply),) if told.by else ()
    return replace(
        before,
        summary=told.summary or before.summary,
        self_grade=told.self_grade or before.self_grade,
        criticisms=said or before.criticisms,
        opinion=told.opinion or before.opinion,
        grade=told.grade or before.grade,
        departure_reason=told.departure_reason or before.departure_reason,
        problems=told.problems or before.problems,
        advice=told.advice or before.advice,
        fed_back_on=day if told.fed_back else before.fed_back_on,
        agrees=True if told.fed_back else before.agrees,
    )
