"""What of a vote is guarded after it was put to the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from branchbook.domain.ballots import Question, WrittenOpinions
from branchbook.domain.probation import ConversionNeed
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.services.conversion_checks import conversion_findings
from branchbook.services.conversion_votes import (
    begin_question,
    confirm_question,
    question_result,
    save_question,
)
from branchbook.services.conversions import conversions_on, conversions_to_end
from branchbook.services.procedures import abandon_procedure, remove_procedure, save_step
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.settings import change_setting
from tests.services.asking import refused
from tests.services.conversion_book import ENDS_ON, PROBATIONER, conversion_book, prepared, reported, voted
from tests.services.joining_book import joining_book, walked
from tests.services.small_book import actor, named

SOURCE = "示例省委组织部通知"


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


def test_after_a_refusal_the_branch_discusses_again_and_that_is_owed():
    """D-14: the higher organisation did not approve; nothing is decided, and nobody drops out of sight."""
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id)
    reported(book, procedure_id)
    refusal = {"document": "示组〔2026〕9号", "outcome": "不批准"}
    save_step(book, procedure_id, StepEntry("approval", date(2026, 11, 10), refusal), actor(15))

    def needs():
        with book.reading() as reading:
            assert not conversions_to_end(reading, date(2026, 11, 20))
            (line,) = conversions_on(reading, date(2026, 11, 20))
        return [each.need for each in line.missing if each.need is not ConversionNeed.OBSERVATION]

    assert needs() == [ConversionNeed.MEETING]
    voted(book, procedure_id, Question.EXTEND, held_on=date(2026, 11, 16), months=6)
    assert needs() == [ConversionNeed.APPROVAL]
    approval = {"document": "示组〔2026〕11号", "outcome": "批准"}
    save_step(book, procedure_id, StepEntry("approval", date(2026, 11, 20), approval), actor(20))
    with book.reading() as reading:
        (line,) = conversions_on(reading, date(2026, 11, 21))
    assert line.probation is not None
    assert line.probation.ends_on == date(2027, 4, 20)


def test_a_report_without_a_resolution_is_pointed_out():
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id, votes_for=3)
    reported(book, procedure_id)
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
        assert procedure is not None
        said = [each.text for each in conversion_findings(reading, procedure)]
    assert "支部大会还没有通过决议就登记了上报，请核对" in said


def test_what_the_roster_rests_on_is_neither_given_up_nor_removed():
    book = conversion_book()
    procedure_id = prepared(book)
    voted(book, procedure_id)
    reported(book, procedure_id)
    approval = {"document": "示组〔2026〕9号", "outcome": "批准"}
    save_step(book, procedure_id, StepEntry("approval", date(2026, 11, 10), approval), actor(15))
    words, day = "更新了名册", date(2026, 11, 12)
    refused(book, words, lambda: abandon_procedure(book, procedure_id, day, "误", actor(16)))
    refused(book, words, lambda: remove_procedure(book, procedure_id, actor(16)))
    joining = joining_book()
    joining_id = walked(joining)
    refused(joining, words, lambda: abandon_procedure(joining, joining_id, day, "误", actor(40)))
    refused(joining, words, lambda: remove_procedure(joining, joining_id, actor(40)))


def test_a_rule_corrected_later_takes_no_approved_extension_back():
    """D26-19 is in doubt: letters that counted then made the vote, and the higher organisation agreed."""
    book = conversion_book()
    procedure_id = prepared(book)
    vote = begin_question(book, procedure_id, Question.EXTEND, date(2026, 10, 22), actor(10), 6).value
    letters = WrittenOpinions(2, 0, 0, date(2026, 10, 21))
    counted = replace(vote, present=4, issued=4, returned=4, votes_for=3, votes_against=1, written=letters)
    save_question(book, procedure_id, counted, actor(11))
    confirm_question(book, procedure_id, vote.id, date(2026, 10, 22), actor(12))
    reported(book, procedure_id)
    approval = {"document": "示组〔2026〕9号", "outcome": "批准"}
    save_step(book, procedure_id, StepEntry("approval", date(2026, 11, 10), approval), actor(15))
    correction = RuleCorrection("D26-19", SOURCE, "written_opinions=否")
    change_setting(book, "rule_corrections", (correction,), actor(16))
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
        assert procedure is not None
        assert not question_result(reading, procedure.questions[0]).passed
        (line,) = conversions_on(reading, date(2026, 11, 20))
    assert line.probation is not None
    assert line.probation.ends_on == date(2027, 4, 20)
