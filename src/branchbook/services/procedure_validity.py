"""Whether a procedure of an exchange file can stand in a book: what no step takes, no screen could show."""

from __future__ import annotations

from collections.abc import Iterator

from branchbook.catalogue.procedures import evaluation
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.ballots import QuestionRound
from branchbook.domain.grade_ballots import numbers_in
from branchbook.domain.people import Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.domain.tally_count import MOST_COUNTED
from branchbook.services.election_counting import LARGEST_KEPT, numbers_of
from branchbook.services.step_fields import refuse_faulty_fields

FIRST_YEAR, LAST_YEAR = 1921, 2199
"""Years of which there can be a round, as the command line takes them."""

_MOST_MONTHS = 1200
"""No month beyond the calendar follows from so many."""


def fault_of_procedure(procedure: Procedure) -> str:
    """What is wrong with a procedure as a Chinese phrase, empty where nothing is.

    Its shape is known, its fields are what they say (a day that exists, a choice that is offered), no step and no
    ballot stands in it twice, and no number of a confirmed ballot is beyond what can be counted. One that is still
    being counted may hold what was typed.
    """
    shape = SHAPE_BY_KEY.get(procedure.shape)
    if shape is None:
        return f"不认识的办理事项“{procedure.shape}”，可能来自更新版本的程序"
    return next(_faults(shape, procedure), "")


def _faults(shape: ProcedureShape, procedure: Procedure) -> Iterator[str]:
    for entry in procedure.steps:
        spec = shape.step(entry.step)
        if spec is None:
            yield f"{shape.name}没有“{entry.step}”这一步"
            continue
        try:
            refuse_faulty_fields(spec, entry)
        except RefusedProblem as problem:
            yield f"{problem.where}：{problem.what}"
    if len({entry.step for entry in procedure.steps}) < len(procedure.steps):
        yield f"{shape.name}的同一步出现两次"
    counts = [
        (each.id, each.held_on, each.is_confirmed, tuple(numbers_of(each))) for each in procedure.rounds
    ]
    counts += [
        (each.id, each.held_on, each.confirmed_on is not None, tuple(_asked(each)))
        for each in procedure.questions
    ]
    counts += [
        (each.id, each.held_on, each.is_confirmed, tuple(numbers_in(each))) for each in procedure.grade_rounds
    ]
    if len({identity for identity, *_ in counts}) < len(counts):
        yield f"{shape.name}的同一次投票出现两次"
    for _, day, confirmed, numbers in counts:
        least, most = (0, MOST_COUNTED) if confirmed else (-LARGEST_KEPT, LARGEST_KEPT)
        if not all(least <= number <= most for number in numbers):
            yield f"{day} 投票的数目应在 0 到 {MOST_COUNTED} 之间"
    yield from _of_evaluation(shape, procedure)
    if any(not 0 <= each.months <= _MOST_MONTHS for each in procedure.questions):
        yield f"延长预备期的月数应在 0 到 {_MOST_MONTHS} 之间"


def _of_evaluation(shape: ProcedureShape, procedure: Procedure) -> Iterator[str]:
    """A round is about a year, and nobody stands in its list or in a line twice."""
    if shape.family == evaluation.FAMILY and not FIRST_YEAR <= procedure.year <= LAST_YEAR:
        yield f"{shape.name}的年度应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间"
    people = [[each.person_id for each in procedure.participants]]
    people += [[line.person_id for line in each.lines] for each in procedure.grade_rounds]
    if any(len(set(each)) < len(each) for each in people):
        yield f"{shape.name}的同一个人出现两次"
    for each in procedure.participants:
        if each.graded and each.standing != Standing.FULL:
            yield f"{each.name}是预备党员，不评定等次"


def _asked(question: QuestionRound) -> Iterator[int]:
    """Every number of a vote on one person."""
    yield from (question.due, question.present, question.issued, question.returned, question.invalid)
    for votes in (question, question.written):
        yield from (votes.votes_for, votes.votes_against, votes.abstentions)
