"""The example's elections: entered step by step, each on its day, by the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from branchbook.domain.ballots import Assignment, BallotRound, Candidate, ElectionKind, WriteInLine
from branchbook.domain.people import Post
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import DecisionKind, FieldValue, Vote
from branchbook.services.election_candidates import set_candidates
from branchbook.services.election_confirming import confirm_round
from branchbook.services.election_counting import save_round
from branchbook.services.election_office import file_election, set_assignments
from branchbook.services.election_rounds import begin_round
from branchbook.services.election_voters import freeze_voters, set_voter, take_snapshot, voter_counts
from branchbook.services.elections import begin_election
from branchbook.services.example_parts import ExampleVote, Names, acting_on, place_named
from branchbook.services.operations import Actor
from branchbook.services.procedures import save_step
from branchbook.services.store import Book


@dataclass(frozen=True, slots=True)
class ExampleExclusion:
    """Someone who is not counted (X1–X6), with the consent of the higher organisation."""

    name: str
    code: str
    consent_document: str
    consented_on: date


@dataclass(frozen=True, slots=True)
class ExampleMarks:
    """What the ballots said of one candidate."""

    name: str
    votes_for: int
    votes_against: int
    abstentions: int = 0


@dataclass(frozen=True, slots=True)
class ExampleBallots:
    """One casting of ballots. ``returned`` None: all that were issued. Without ``confirmed`` it is being counted."""

    kind: ElectionKind
    marks: tuple[ExampleMarks, ...]
    returned: int | None = None
    invalid: int = 0
    write_ins: Mapping[str, int] = field(default_factory=dict)
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ExampleAssignment:
    """One line of the division of work."""

    name: str
    post: Post
    duties: str


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One step with what is entered on its day. ``done`` False: the step is begun on that day and still open.

    ``voters`` asks the roster who may vote; ``excluded`` and ``away`` are by name; everyone else came.
    """

    step: str
    day: date
    done: bool = True
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    votes: Mapping[str, ExampleVote] = field(default_factory=dict)
    candidates: Mapping[ElectionKind, tuple[str, ...]] = field(default_factory=dict)
    voters: bool = False
    excluded: tuple[ExampleExclusion, ...] = ()
    away: tuple[str, ...] = ()
    opened: bool = False
    ballots: tuple[ExampleBallots, ...] = ()
    assignments: tuple[ExampleAssignment, ...] = ()
    files: bool = False


@dataclass(frozen=True, slots=True)
class ExampleElection:
    """One election with its steps in order."""

    organisation: str
    shape: str
    begun_on: date
    steps: tuple[ExampleStep, ...]


def enter_election(book: Book, example: ExampleElection, actor: Actor) -> None:
    """One election as a secretary would enter it. Raises Problem where a rule refuses what the example says."""
    with book.reading() as reading:
        place = place_named(reading.roster(), example.organisation)
    begun = begin_election(
        book, place.id, example.shape, example.begun_on, acting_on(actor, example.begun_on)
    ).value
    for step in example.steps:
        _Entering(book, begun.id, place.id, step, acting_on(actor, step.day)).enter()


@dataclass(frozen=True, slots=True)
class _Entering:
    """A step being entered into the book on its day."""

    book: Book
    procedure_id: UUID
    organisation_id: UUID
    step: ExampleStep
    then: Actor

    def enter(self) -> None:
        """What belongs to the step, then the step itself; the voters are fixed once the meeting is opened."""
        self._voters()
        self._candidates()
        for cast in self.step.ballots:
            self._cast(cast)
        if self.step.assignments:
            set_assignments(self.book, self.procedure_id, self._assignments(), self.then)
        entry = self._entry()
        if self.step.files:
            file_election(self.book, self.procedure_id, entry, self.then)
        else:
            save_step(self.book, self.procedure_id, entry, self.then)
        if self.step.opened:
            freeze_voters(self.book, self.procedure_id, self.step.day, self.then)

    @property
    def procedure(self) -> Procedure:
        """The election as it stands."""
        with self.book.reading() as reading:
            found = reading.get(Procedure, self.procedure_id)
        assert found is not None
        return found

    @property
    def names(self) -> Names:
        """People by name on the day of the step."""
        with self.book.reading() as reading:
            return Names(reading.roster(), self.organisation_id, self.step.day)

    def _voters(self) -> None:
        if self.step.voters:
            take_snapshot(self.book, self.procedure_id, self.step.day, self.then)
        excluded = {each.name: each for each in self.step.excluded}
        for voter in self.procedure.voters:
            changed = voter
            if told := excluded.get(voter.name):
                changed = replace(
                    changed,
                    exclusion=told.code,
                    consent_document=told.consent_document,
                    consented_on=told.consented_on,
                )
            if self.step.opened:
                changed = replace(changed, approved_by_meeting=bool(changed.exclusion))
                came = changed.is_due and voter.name not in self.step.away
                changed = replace(changed, present=came if changed.is_due else None)
            if changed != voter:
                set_voter(self.book, self.procedure_id, changed, self.then)

    def _candidates(self) -> None:
        for kind, people in self.step.candidates.items():
            standing = tuple(Candidate(self.names.person(name).id, name, kind) for name in people)
            set_candidates(self.book, self.procedure_id, kind, standing, self.then)

    def _cast(self, told: ExampleBallots) -> None:
        begun = begin_round(
            self.book, self.procedure_id, self.step.step, told.kind, self.then, on=self.step.day
        )
        counted = _counted(begun.value.rounds[-1], told)
        save_round(self.book, self.procedure_id, counted, self.then)
        if told.confirmed:
            confirm_round(self.book, self.procedure_id, counted.id, self.step.day, self.then)

    def _assignments(self) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(self.names.person(each.name).id, each.name, each.post, each.duties)
            for each in self.step.assignments
        )

    def _entry(self) -> StepEntry:
        step = self.step
        people = {key: tuple(map(self.names.reference, each)) for key, each in step.people.items()}
        return StepEntry(
            step.step,
            step.day if step.done else None,
            step.values,
            people,
            {key: self._vote(told) for key, told in step.votes.items()},
        )

    def _vote(self, told: ExampleVote) -> Vote:
        """All present who were neither against nor abstained were for."""
        present = voter_counts(self.procedure).present
        return Vote(
            told.method,
            told.decision or DecisionKind.ORDINARY,
            present - told.votes_against - told.abstentions,
            told.votes_against,
            told.abstentions,
        )


def _counted(begun: BallotRound, told: ExampleBallots) -> BallotRound:
    """A round with the totals of the example; those on the ballot keep their order."""
    marks = {each.name: each for each in told.marks}
    return replace(
        begun,
        returned=begun.issued if told.returned is None else told.returned,
        invalid=told.invalid,
        lines=tuple(
            replace(
                line,
                votes_for=marks[line.name].votes_for,
                votes_against=marks[line.name].votes_against,
                abstentions=marks[line.name].abstentions,
            )
            for line in begun.lines
        ),
        write_ins=tuple(WriteInLine(name, votes) for name, votes in told.write_ins.items()),
    )
