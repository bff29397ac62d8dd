"""Whatever is done at an evaluation: what is refused writes nothing, what is undone leaves no trace, and no
probationary member ever has a grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Audience, BallotForm, Elsewhere, GradeRound
from branchbook.domain.people import Mark, Restriction, Standing
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.assessments import correct_assessment, save_assessment
from branchbook.services.evaluation_corrections import correct_exchange, correct_round
from branchbook.services.evaluation_participants import (
    change_participant,
    mark_attendance,
    propose_participants,
    set_participants,
)
from branchbook.services.evaluations import evaluation_view
from branchbook.services.grade_rounds import (
    begin_round,
    confirm_round,
    remove_round,
    reopen_round,
    save_round,
    with_ballot,
)
from branchbook.services.operations import Actor
from branchbook.services.procedures import abandon_procedure, finish_procedure, reopen_step, save_step
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.asking import last
from tests.services.evaluation_book import (
    MEETING,
    NAMES,
    actor,
    assessed,
    begun,
    evaluation_book,
    everyone_graded,
    is_probationary,
    listed,
    marked,
    restricted,
)
from tests.services.small_book import TODAY, named

START = actor(-600).now
STEPS = ("participants", "talks", "ballot", "grading", "feedback", "use", "rectification")
REASONS = st.sampled_from(("", "示例原因"))
DAYS = st.sampled_from((MEETING, TODAY, date(2026, 11, 1)))

Deed = Callable[[Actor], Any]


@st.composite
def counts(draw: st.DrawFn, voting: GradeRound) -> GradeRound:
    """Some ballots typed into a round, perhaps one more returned than typed."""
    marks = st.sampled_from((*Grade, (), (Grade.EXCELLENT, Grade.QUALIFIED)))
    number = draw(st.integers(0, 6))
    for _ in range(number):
        voting = with_ballot(voting, {line.person_id: draw(marks) for line in voting.lines})
    return replace(voting, returned=number + draw(st.sampled_from((0, 0, 1))))


@st.composite
def deeds(draw: st.DrawFn, book: FakeBook, procedure: Procedure) -> Deed:
    """Something that can be tried at a round as it stands, sensible or not."""
    key, day, reason = procedure.id, draw(DAYS), draw(REASONS)
    name, grade = draw(st.sampled_from(NAMES[:6])), draw(st.sampled_from((None, *Grade)))
    with book.reading() as reading:
        proposed = propose_participants(reading, procedure, day)
    told = draw(st.sampled_from((None, MEETING, TODAY)))
    one = assessed(procedure, name, grade, departure_reason=reason, fed_back_on=told)
    entry = StepEntry(draw(st.sampled_from(STEPS)), day, {}, reason=reason)
    came = draw(st.booleans())
    audience, form = draw(st.sampled_from(Audience)), draw(st.sampled_from(BallotForm))
    possible: list[Deed] = [
        lambda who: set_participants(book, key, proposed, who),
        lambda who: mark_attendance(book, key, {named(name): came}, who),
        lambda who: save_assessment(book, one, who),
        lambda who: save_assessment(book, one, who),
        lambda who: correct_assessment(book, one, reason, who),
        lambda who: save_step(book, key, entry, who),
        lambda who: save_step(book, key, entry, who),
        lambda who: reopen_step(book, key, entry.step, who),
        lambda who: begin_round(book, key, audience, form, day, who, reason=reason),
        lambda who: finish_procedure(book, key, TODAY, who),
        lambda who: abandon_procedure(book, key, TODAY, reason, who),
        lambda who: correct_exchange(book, key, named(name), "外地支部", day, reason, who),
    ]
    if procedure.participants:
        line = draw(st.sampled_from(procedure.participants))
        changed = replace(line, graded=draw(st.booleans()), takes_part=draw(st.booleans()), reason=reason)
        possible.append(lambda who: change_participant(book, key, changed, who))
    if procedure.grade_rounds:
        voting = draw(st.sampled_from(procedure.grade_rounds))
        typed = draw(counts(voting))
        possible += [
            lambda who: save_round(book, key, typed, who),
            lambda who: confirm_round(book, key, voting.id, day, who),
            lambda who: reopen_round(book, key, voting.id, reason, who),
            lambda who: remove_round(book, key, voting.id, who),
            lambda who: correct_round(book, key, typed, reason, who),
        ] * 2
    return draw(st.sampled_from(possible))


def stored(book: FakeBook, procedure: Procedure) -> Procedure:
    """The round as the book holds it."""
    with book.reading() as reading:
        found = reading.get(Procedure, procedure.id)
    assert found is not None
    return found


def small_evaluation() -> FakeBook:
    """Six members, of whom one is probationary, one floats, one is under observation."""
    book = evaluation_book(6)
    is_probationary(book, NAMES[0])
    marked(book, NAMES[1], Mark.FLOATING)
    restricted(book, NAMES[2], Restriction.DISCIPLINARY_PROBATION)
    return book


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_done_is_kept_whole_shown_and_undone_without_a_trace(data: st.DataObject) -> None:
    book = small_evaluation()
    ways: tuple[Callable[[FakeBook], Procedure], ...] = (begun, listed, everyone_graded)
    procedure = data.draw(st.sampled_from(ways))(book)
    minutes = count(10)
    for _ in range(data.draw(st.integers(1, 20))):
        before, operations = book.state.values, len(book.state.operations)
        try:
            data.draw(deeds(book, stored(book, procedure)))(actor(next(minutes)))
        except Problem:
            assert book.state.values == before
            continue
        check(book, procedure)
        if len(book.state.operations) > operations and data.draw(st.booleans()):
            undo(book, last(book), actor(next(minutes)), START)
            assert book.state.values == before


def check(book: FakeBook, procedure: Procedure) -> None:
    """What holds of a round whatever was done: it can be shown, and its rules are kept."""
    with book.reading() as reading:
        view = evaluation_view(reading, procedure.id, TODAY)
    for row in view.rows:
        if row.participant.standing == Standing.PROBATIONARY:
            assert not row.participant.graded
            assert row.assessment is None or row.assessment.grade is None
        if row.participant.elsewhere == Elsewhere.RECEIVED and not row.participant.manual:
            assert not row.participant.takes_part
    for voting in view.procedure.grade_rounds:
        if voting.is_confirmed:
            assert {line.count.all for line in voting.lines} == {voting.valid}
            assert voting.returned <= voting.issued <= voting.present <= voting.due
