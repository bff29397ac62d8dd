"""Procedures: ordered steps, each with what must stand before it, its dates, votes and papers.

A ``ProcedureShape`` (from the catalogue) describes, a ``Procedure`` (from the book) says what was done.
Elections, conversions and evaluations are shapes; nothing here knows of any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from branchbook.domain.ballots import Assignment, BallotRound, Candidate, QuestionRound, Voter
from branchbook.domain.dates import add_months
from branchbook.domain.evaluations import GradeRound, Participant
from branchbook.domain.fields import FieldSpec
from branchbook.domain.records import DecisionKind, FieldValue, PersonRef, Vote
from branchbook.domain.rulebook import Rulebook


class ProcedureState(StrEnum):
    """Open procedures change freely; a finished one is frozen like a final record."""

    OPEN = "open"
    FINISHED = "finished"
    CORRECTED = "corrected"
    ABANDONED = "abandoned"


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    BEGUN = "begun"  # something is entered, the day on which it was done is not
    READY = "ready"  # everything before it is done
    WAITING = "waiting"  # something before it is missing
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class VoteSpec:
    """A vote that belongs to a step: 通过选举办法. ``decision`` sets its quorum and majority."""

    key: str
    label: str
    decision: DecisionKind = DecisionKind.ORDINARY


@dataclass(frozen=True, slots=True)
class DueSpec:
    """When a step is due: ``months`` and ``days`` after (negative: before) another date.

    ``after`` is the key of a step (its day), or of an anchor that the service gives ("term_end",
    "begun_on"). ``rule_id`` names the rule behind it; ``unconfirmed`` shows 待核实.
    """

    after: str
    months: int = 0
    days: int = 0
    rule_id: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A step is needed only when a field of another step has this value (as entered, or True)."""

    step: str
    field: str
    value: str | bool

    def holds(self, procedure: Procedure) -> bool:
        """Whether the other step was done with that value."""
        entry = procedure.entry(self.step)
        return entry.done_on is not None and entry.values.get(self.field) == self.value


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of a shape.

    ``needs`` are the steps that must stand before it; it may be done out of order with a reason.
    ``papers`` are keys of papers, ``record_kinds`` the kinds of meeting in which it may have happened
    (empty: it is no meeting). ``rule_ids`` give the articles, the first is the step's own. ``optional``
    steps may be left out without a reason; a step with ``only_when`` is asked for only where that holds.
    """

    key: str
    name: str
    needs: tuple[str, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    votes: tuple[VoteSpec, ...] = ()
    papers: tuple[str, ...] = ()
    record_kinds: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()
    due: DueSpec | None = None
    day_label: str = "日期"
    hint: str = ""
    optional: bool = False
    only_when: Condition | None = None

    def is_needed(self, procedure: Procedure) -> bool:
        """Whether the procedure as it stands asks for this step."""
        return self.only_when is None or self.only_when.holds(procedure)


@dataclass(frozen=True, slots=True)
class ProcedureShape:
    """A kind of procedure. ``family`` groups shapes of which one organisation has one open at a time; a ``yearly``
    one begins with the year that it is about.
    """

    key: str
    name: str
    family: str
    steps: tuple[StepSpec, ...]
    version: int = 1
    yearly: bool = False

    def step(self, key: str) -> StepSpec | None:
        """A step by its key, None where this shape has no such step."""
        return next((each for each in self.steps if each.key == key), None)


@dataclass(frozen=True, slots=True)
class StepEntry:
    """What the book holds of one step. ``done_on`` None: begun, not done.

    ``reason`` says why it was done out of order; ``values`` and ``people`` hold its fields, ``votes`` its
    votes by key, ``record_id`` the meeting in which it happened.
    """

    step: str
    done_on: date | None = None
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[PersonRef, ...]] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    record_id: UUID | None = None
    reason: str = ""

    def text(self, key: str) -> str:
        """A text field's value, empty where none was entered."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """A number field's value, 0 where none was entered."""
        value = self.values.get(key, 0)
        return value if isinstance(value, int) else 0

    def day(self, key: str) -> date | None:
        """A date field's value, None where none was entered."""
        text = self.text(key)
        return date.fromisoformat(text) if text else None

    def flag(self, key: str) -> bool:
        """A yes-or-no field's value."""
        return self.values.get(key) is True


@dataclass(frozen=True)
class Procedure:
    """One procedure of the book.

    ``shape`` is the key of its shape; ``subject_id`` the person whom it is about (conversions).
    ``voters_frozen_on`` is the day from which 应到 no longer changes. ``year`` is the year that is evaluated, 0 where
    a procedure is about none; ``participants`` and ``grade_rounds`` belong to evaluations.
    """

    id: UUID
    shape: str
    organisation_id: UUID
    begun_on: date
    state: ProcedureState = ProcedureState.OPEN
    subject_id: UUID | None = None
    steps: tuple[StepEntry, ...] = ()
    voters: tuple[Voter, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rounds: tuple[BallotRound, ...] = ()
    questions: tuple[QuestionRound, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    voters_frozen_on: date | None = None
    ended_on: date | None = None
    ending_reason: str = ""
    correction_reason: str = ""
    created_at: datetime | None = None
    note: str = ""
    shape_version: int = 1
    year: int = 0
    participants: tuple[Participant, ...] = ()
    grade_rounds: tuple[GradeRound, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether steps may still be done."""
        return self.state == ProcedureState.OPEN

    @cached_property
    def days(self) -> Mapping[str, date]:
        """The days on which steps were done, by key; worked out once, since lists ask it of very many."""
        return {each.step: each.done_on for each in self.steps if each.done_on is not None}

    @cached_property
    def latest_on(self) -> date | None:
        """The latest of these days."""
        return max(self.days.values(), default=None)

    def entry(self, step: str) -> StepEntry:
        """What is entered for a step; an empty entry where nothing is."""
        return next((each for each in self.steps if each.step == step), StepEntry(step))

    def is_done(self, step: str) -> bool:
        """Whether the step is done."""
        return self.entry(step).done_on is not None

    def done_on(self, step: str) -> date | None:
        """The day on which a step was done."""
        return self.entry(step).done_on

    def with_entry(self, entry: StepEntry) -> Procedure:
        """The same procedure with one step entered anew; entries stay in the order in which they came."""
        if any(each.step == entry.step for each in self.steps):
            steps = tuple(entry if each.step == entry.step else each for each in self.steps)
        else:
            steps = (*self.steps, entry)
        return replace(self, steps=steps)


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step as a screen shows it. ``missing`` are the steps that must stand before it and do not."""

    spec: StepSpec
    entry: StepEntry
    state: StepState
    missing: tuple[StepSpec, ...] = ()
    due_on: date | None = None
    overdue: bool = False


def standings(
    shape: ProcedureShape,
    procedure: Procedure,
    today: date,
    anchors: Mapping[str, date],
    rulebook: Rulebook | None = None,
) -> tuple[StepStanding, ...]:
    """Every step of the shape in order, with its state and due date.

    ``anchors`` are dates that do not come from steps ("term_end"). A step is overdue from the day after. Where
    ``rulebook`` knows the months of a due date's rule, they count: a user may have corrected them.
    """
    known = dict(anchors) | {"begun_on": procedure.begun_on}
    known |= {each.step: each.done_on for each in procedure.steps if each.done_on is not None}
    found = []
    for spec in shape.steps:
        entry = procedure.entry(spec.key)
        missing = missing_before(shape, procedure, spec)
        state = _state(spec, procedure, bool(missing))
        due_on = due_date(spec, known, rulebook)
        late = due_on is not None and entry.done_on is None and procedure.is_open and today > due_on
        found.append(StepStanding(spec, entry, state, missing, due_on, late))
    return tuple(found)


def missing_before(shape: ProcedureShape, procedure: Procedure, spec: StepSpec) -> tuple[StepSpec, ...]:
    """The steps that must stand before ``spec`` and are not done; optional ones are not waited for."""
    needed = (shape.step(key) for key in spec.needs)
    return tuple(
        each
        for each in needed
        if each is not None
        and not each.optional
        and each.is_needed(procedure)
        and not procedure.is_done(each.key)
    )


def due_date(spec: StepSpec, known: Mapping[str, date], rulebook: Rulebook | None = None) -> date | None:
    """When a step is due, from the dates known by now; None where it follows from none of them."""
    if spec.due is None or spec.due.after not in known:
        return None
    moved = add_months(known[spec.due.after], _months(spec.due, rulebook))
    return date.fromordinal(moved.toordinal() + spec.due.days) if spec.due.days else moved


def _months(due: DueSpec, rulebook: Rulebook | None) -> int:
    """The months of the rule behind a due date, before or after as the shape says; else the shape's own."""
    rule = rulebook.find(due.rule_id) if rulebook and due.months else None
    if rule is None or "months" not in rule.values:
        return due.months
    return rule.number("months") if due.months > 0 else -rule.number("months")


def next_step(steps: tuple[StepStanding, ...]) -> StepStanding | None:
    """The first step that is not done and not optional; else the first that is not done."""
    left = [each for each in steps if each.state not in (StepState.DONE, StepState.NOT_NEEDED)]
    return next((each for each in left if not each.spec.optional), left[0] if left else None)


def out_of_order(shape: ProcedureShape, procedure: Procedure, entry: StepEntry) -> tuple[str, ...]:
    """What is out of order about a step as entered: names of steps missing before it, or done later than it."""
    spec = shape.step(entry.step)
    if spec is None or entry.done_on is None:
        return ()
    found = [f"“{each.name}”还没有完成" for each in missing_before(shape, procedure, spec)]
    for key in spec.needs:
        earlier, day = shape.step(key), procedure.done_on(key)
        if earlier is not None and day is not None and day > entry.done_on:
            found.append(f"“{earlier.name}”在 {day}，晚于本步的 {entry.done_on}")
    return tuple(found)


def _state(spec: StepSpec, procedure: Procedure, waits: bool) -> StepState:
    entry = procedure.entry(spec.key)
    if entry.done_on is not None:
        return StepState.DONE
    if not spec.is_needed(procedure):
        return StepState.NOT_NEEDED
    if entry.values or entry.people or entry.votes or entry.record_id is not None:
        return StepState.BEGUN
    return StepState.WAITING if waits else StepState.READY
