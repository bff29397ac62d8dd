"""The example's yearly evaluation: entered step by step, each on its day, by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import Assessment, Audience, BallotForm, Criticism, GradeRound
from branchbook.domain.procedures import StepEntry
from branchbook.domain.records import FieldValue
from branchbook.services.assessments import save_assessments
from branchbook.services.evaluation_participants import propose_participants, set_participants
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.example_parts import Names, acting_on, place_named
from branchbook.services.grade_rounds import begin_round, confirm_round, save_round
from branchbook.services.operations import Actor
from branchbook.services.procedures import save_step
from branchbook.services.store import Book


@dataclass(frozen=True, slots=True)
class ExampleGrades:
    """The ballots of members or of the masses: how many gave someone 优秀 or 基本合格; all others gave 合格.

    ``due`` and ``returned`` None: as the list says, and all that were issued.
    """

    audience: Audience
    due: int | None = None
    returned: int | None = None
    invalid: int = 0
    excellent: Mapping[str, int] = field(default_factory=dict)
    basically_qualified: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExampleAssessment:
    """What is known of one member so far; ``by`` said ``criticism``."""

    name: str
    summary: str = ""
    self_grade: Grade | None = None
    by: str = ""
    criticism: str = ""
    opinion: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class ExampleRoundStep:
    """One step with what is entered on its day. ``done`` False: it is begun and still open."""

    step: str
    day: date
    done: bool = True
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ballots: tuple[ExampleGrades, ...] = ()
    assessments: tuple[ExampleAssessment, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleEvaluation:
    """The round of one branch, as far as it has come."""

    organisation: str
    year: int
    begun_on: date
    steps: tuple[ExampleRoundStep, ...]


def enter_evaluation(book: Book, example: ExampleEvaluation, actor: Actor) -> None:
    """One round as a secretary would enter it. Raises Problem where a rule refuses what the example says."""
    with book.reading() as reading:
        place = place_named(reading.roster(), example.organisation)
    then = acting_on(actor, example.begun_on)
    begun = begin_evaluation(book, place.id, example.year, example.begun_on, then).value
    for step in example.steps:
        _enter(book, begun.id, place.id, step, acting_on(actor, step.day))


def _enter(book: Book, procedure_id: UUID, place_id: UUID, step: ExampleRoundStep, then: Actor) -> None:
    with book.reading() as reading:
        names = Names(reading.roster(), place_id, step.day)
    people = {key: tuple(map(names.reference, each)) for key, each in step.people.items()}
    begun = StepEntry(step.step, None, step.values, people)
    kept = save_step(book, procedure_id, begun, then).value
    if step.step == "participants":
        with book.reading() as reading:
            listed = propose_participants(reading, kept, step.day)
        set_participants(book, procedure_id, listed, then)
    for told in step.ballots:
        _cast(book, procedure_id, told, step.day, then)
    if step.assessments:
        _assess(book, procedure_id, names, step, then)
    if step.done:
        save_step(book, procedure_id, replace(begun, done_on=step.day), then)


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
        excellent, basically = told.excellent.get(name, 0), told.basically_qualified.get(name, 0)
        return GradeCount(name, excellent, valid - excellent - basically, basically)

    lines = tuple(replace(each, count=count(each.count.name)) for each in begun.lines)
    return replace(begun, returned=returned, invalid=told.invalid, lines=lines)


def _assess(book: Book, procedure_id: UUID, names: Names, step: ExampleRoundStep, then: Actor) -> None:
    with book.reading() as reading:
        known = {each.person_id: each for each in reading.assessments((procedure_id,))}
    found = []
    for told in step.assessments:
        person = names.person(told.name)
        before = known.get(person.id) or Assessment(uuid4(), procedure_id, person.id, person.name)
        found.append(_told(before, told, names))
    save_assessments(book, found, then)


def _told(before: Assessment, told: ExampleAssessment, names: Names) -> Assessment:
    said = (Criticism(names.reference(told.by), told.criticism),) if told.by else ()
    return replace(
        before,
        summary=told.summary or before.summary,
        self_grade=told.self_grade or before.self_grade,
        criticisms=said or before.criticisms,
        opinion=told.opinion or before.opinion,
        grade=told.grade or before.grade,
    )
