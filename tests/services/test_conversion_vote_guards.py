"""What of a vote is guarded after it was put to the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from branchbook.domain.ballots import Question
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from tests.services.asking import refused
from tests.services.conversion_book import ENDS_ON, conversion_book, prepared
from tests.services.small_book import actor


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
