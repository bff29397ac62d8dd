"""The example's yearly rounds: entered step by step, each on its day, by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import (
    Assessment,
    Audience,
    BallotForm,
    Criticism,
    GradeLine,
    assessment_id,
)
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import FieldValue, Presence, Record
from branchbook.services.assessments import assessments_by_person, save_assessments
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
class ExampleRoundStep:
    """One step on its day; people by name, ``record`` is the kind of the meeting held on that day."""

    step: str
    day: date
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    record: str = ""


@dataclass(frozen=True, slots=True)
class ExampleAssessed:
    """What is told of one member. Of the ballots the rest are 合格; ``grade`` None: none is given yet."""

    name: str
    summary: str = ""
    self_grade: Grade | None = None
    critic: str = ""
    criticism: str = ""
    reply: str = ""
    excellent: int = 0
    basically_qualified: int = 0
    blank: int = 0
    void: int = 0
    grade: Grade | None = None
    departure_reason: str = ""
    opinion: str = ""
    problems: str = ""
    advice: str = ""
    other_branch: str = ""


@dataclass(frozen=True, slots=True)
class ExampleEvaluation:
    """A round of one branch, as far as it has come."""

    organisation: str
    year: int
    begun_on: date
    steps: tuple[ExampleRoundStep, ...]
    members: tuple[ExampleAssessed, ...]
    ended_on: date | None = None


_Change = Callable[[ExampleAssessed, Assessment], Assessment]
"""What a day adds to a member's assessment as it is kept."""


def enter_evaluation(book: Book, example: ExampleEvaluation, actor: Actor) -> None:
    """One round as a secretary would enter it. Raises Problem where a rule refuses what the example says."""
    with book.reading() as reading:
        place = place_named(reading.roster(), example.organisation)
    then = acting_on(actor, example.begun_on)
    procedure_id = begin_evaluation(book, place.id, example.year, example.begun_on, then).value.id
    for told in example.steps:
        _Entering(book, procedure_id, example, acting_on(actor, told.day)).step(told)
    if all(told.step != "self_evaluation" for told in example.steps):
        _Entering(book, procedure_id, example, acting_on(actor, example.steps[-1].day)).summaries()
    if example.ended_on is not None:
        finish_procedure(book, procedure_id, example.ended_on, acting_on(actor, example.ended_on))


@dataclass(frozen=True)
class _Entering:
    """The round on one day of its entering."""

    book: Book
    procedure_id: UUID
    example: ExampleEvaluation
    actor: Actor

    def step(self, told: ExampleRoundStep) -> None:
        """What belongs to the step first, then the step itself."""
        if told.step == "participants":
            self._list()
        elif told.step == "self_evaluation":
            self.summaries()
        elif told.step == "mutual_evaluation":
            self._criticisms()
        elif told.step == "ballot":
            self._ballots(told)
        elif told.step == "grading":
            self._grades()
        elif told.step == "feedback":
            self._feedback()
        procedure = self._procedure()
        with self.book.reading() as reading:
            names = Names(reading.roster(), procedure.organisation_id, told.day)
        people = {key: tuple(map(names.reference, each)) for key, each in told.people.items()}
        record = self._record(told)
        entry = replace(
            procedure.entry(told.step),
            done_on=told.day,
            values=told.values,
            people=people,
            record_id=record.id if record else None,
        )
        save_step(self.book, self.procedure_id, entry, self.actor)

    def summaries(self) -> None:
        """What the members wrote of themselves."""
        self._save(lambda each, kept: replace(kept, summary=each.summary, self_grade=each.self_grade))

    def _list(self) -> None:
        procedure = self._procedure()
        with self.book.reading() as reading:
            proposed = propose_participants(reading, procedure, self.actor.today)
        told = {each.name: each for each in self.example.members}
        listed = tuple(
            replace(each, other_branch=told[each.name].other_branch) if each.name in told else each
            for each in proposed
        )
        set_participants(self.book, self.procedure_id, listed, self.actor)

    def _criticisms(self) -> None:
        procedure = self._procedure()
        with self.book.reading() as reading:
            names = Names(reading.roster(), procedure.organisation_id, self.actor.today)

        def said(each: ExampleAssessed, kept: Assessment) -> Assessment:
            if not each.criticism:
                return kept
            one = Criticism(names.reference(each.critic), each.criticism, each.reply)
            return replace(kept, criticisms=(one,))

        self._save(said)

    def _ballots(self, told: ExampleRoundStep) -> None:
        """Those who came to the meeting cast a ballot each; what is not told of a member is 合格."""
        procedure, record = self._procedure(), self._record(told)
        came = (
            {each.person_id: each.presence == Presence.PRESENT for each in record.attendance}
            if record
            else {}
        )
        present = {
            each.person_id: came.get(each.person_id, True)
            for each in procedure.participants
            if each.takes_part
        }
        mark_attendance(self.book, self.procedure_id, present, self.actor)
        begun = begin_round(
            self.book, self.procedure_id, Audience.MEMBERS, BallotForm.GRADES, told.day, self.actor
        )
        voting = begun.value.grade_rounds[-1]
        members = {each.name: each for each in self.example.members}
        lines = tuple(_counted(line, members, voting.present) for line in voting.lines)
        save_round(
            self.book, self.procedure_id, replace(voting, returned=voting.present, lines=lines), self.actor
        )
        confirm_round(self.book, self.procedure_id, voting.id, told.day, self.actor)

    def _grades(self) -> None:
        self._save(
            lambda each, kept: replace(
                kept,
                grade=each.grade,
                departure_reason=each.departure_reason,
                opinion=each.opinion,
                problems=each.problems,
                advice=each.advice,
            )
        )

    def _feedback(self) -> None:
        """Told to everyone who has a grade; a floating member's result came from where they stay."""
        today = self.actor.today
        procedure = self._procedure()
        listed = tuple(
            replace(each, exchanged_on=today) if each.other_branch else each
            for each in procedure.participants
        )
        set_participants(self.book, self.procedure_id, listed, self.actor)
        self._save(lambda each, kept: replace(kept, fed_back_on=today, agrees=True) if each.grade else kept)

    def _save(self, change: _Change) -> None:
        procedure = self._procedure()
        ids = {each.name: each.person_id for each in procedure.participants}
        with self.book.reading() as reading:
            kept = assessments_by_person(reading, self.procedure_id)
        changed = []
        for each in self.example.members:
            if each.name not in ids:
                raise UnreadableProblem("示例数据与花名册不一致", each.name, "安装可能不完整，请重新安装")
            key = ids[each.name]
            empty = Assessment(assessment_id(procedure.id, key), procedure.id, key, each.name)
            changed.append(change(each, kept.get(key, empty)))
        save_assessments(self.book, changed, self.actor)

    def _procedure(self) -> Procedure:
        with self.book.reading() as reading:
            found = reading.get(Procedure, self.procedure_id)
        assert found is not None
        return found

    def _record(self, told: ExampleRoundStep) -> Record | None:
        """The meeting of that day in which the step happened, None for a step that is none."""
        if not told.record:
            return None
        query = RecordQuery(
            (self._procedure().organisation_id,), (told.record,), told.day, told.day, undated=False
        )
        with self.book.reading() as reading:
            found = reading.records(query)
        if len(found) != 1:
            raise UnreadableProblem("示例数据里没有这次会议", f"{told.day}", "安装可能不完整，请重新安装")
        return found[0]


def _counted(line: GradeLine, members: Mapping[str, ExampleAssessed], valid: int) -> GradeLine:
    told = members.get(line.count.name) or ExampleAssessed(line.count.name)
    rest = valid - told.excellent - told.basically_qualified - told.blank - told.void
    count = replace(
        line.count,
        excellent=told.excellent,
        qualified=rest,
        basically_qualified=told.basically_qualified,
        blank=told.blank,
        void=told.void,
    )
    return replace(line, count=count)
