"""What of a vote is guarded after it was put to the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from branchbook.domain.ballots import Question
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.services.conversion_checks import conversion_findings
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from branchbook.services.procedures import save_step
from tests.services.asking import refused
from tests.services.conversion_book import ENDS_ON, PROBATIONER, conversion_book, prepared, voted
from tests.services.small_book import actor, named


def test_only_the_numbers_of_a_vote_are_typed():
    """The guards looked at the question, the day and the months when it was put: they stay as they were."""
    book = conversion_book()
    procedure_id = prepared(book)
    vote = begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(10)).value
    for changed in (
        replace(vote, held_on=date(2026, 1, 1)),
        replace(vote, question=Question.EXTEND, months=18),
        replace(vote, rule_version="2014"),
    ):
        refused(book, "不能改", partial(save_question, book, procedure_id, changed, actor(11)))


def test_not_confirmed_before_it_was_held():
    book = conversion_book()
    procedure_id = prepared(book)
    vote = begin_question(book, procedure_id, Question.CONVERT, ENDS_ON, actor(10)).value
    early = ENDS_ON - timedelta(days=1)
    refused(
        book,
        "早于支部大会",
        lambda: confirm_question(book, procedure_id, vote.id, early, actor(11)),
    )


def test_nobody_counts_the_votes_on_themselves():
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id)
    counting = {
        "scrutineers": (PersonRef("褚示例", PROBATIONER),),
        "tellers": (PersonRef("赵示例", named("赵示例")),),
    }
    save_step(book, procedure_id, StepEntry("meeting", date(2026, 10, 22), {}, counting), actor(13))
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
        assert procedure is not None
        said = [each.text for each in conversion_findings(reading, procedure)]
    assert "监票人褚示例是本次表决的对象，请另定" in said
    assert not any("计票人" in each for each in said)
