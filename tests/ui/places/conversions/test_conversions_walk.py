"""Whole conversions through the window: converted, extended, cancelled, postponed after a transfer in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.ballots import Question
from branchbook.domain.people import FactKind, MembershipChange, Standing
from branchbook.domain.procedures import ProcedureState
from branchbook.services.operations import operate
from branchbook.storage.shelf import Shelf
from tests.services.conversion_book import ACCEPTED_ON, PROBATIONER, add_probationer
from tests.services.small_book import actor, fill

NAME = "褚示例"


@pytest.fixture
def book(tmp_path):
    """The small book with 褚示例 on disk, as the program keeps it."""
    made = Shelf().create(tmp_path / "示例.branchbook", "")
    fill(made)
    add_probationer(made, ACCEPTED_ON, date(2025, 12, 1))
    yield made
    made.close()


def begin(screen, day: str = "2026-10-1") -> None:
    """Begin the conversion of 褚示例 from the empty record."""
    screen.pick(NAME)
    screen.press(screen.place.beginning.empty.button)
    screen.type_into(screen.place.beginning.begun_on, day)
    screen.press(screen.place.beginning.form.act)


def prepare(screen) -> None:
    """Everything before the meeting."""
    begin(screen)
    screen.go_to("application")
    screen.fill(day="2026-10-8")
    screen.go_to("opinions")
    screen.fill(opinion="同意", day="2026-10-12")
    screen.go_to("review")
    screen.choose(screen.body.fields.editor("conclusion"), "按期转正")
    screen.fill(opinion="提请大会讨论", day="2026-10-16")
    screen.go_to("meeting")


def decide(screen, question: Question, months: str = "") -> None:
    """All six come and agree, the scrutineers confirm, and the result is reported."""
    screen.ask(question, "2026-10-22", months)
    screen.count(votes_for="6")
    screen.complete()
    assert screen.step == "report"
    screen.fill(document="示组〔2026〕8号", day="2026-10-26")
    screen.go_to("approval")


def approve(screen, day: str = "2026-11-10") -> None:
    """The higher organisation agrees."""
    screen.fill(document="示委〔2026〕21号")
    screen.choose(screen.body.fields.editor("outcome"), "批准")
    screen.fill(day=day)


def test_converted_keeps_two_dates_and_leaves_the_days_between_as_they_were(screen):
    """细则2014 第三十四、三十六条: full member since the end of probation, rights from the approval."""
    prepare(screen)
    decide(screen, Question.CONVERT)
    assert "批准后转正日期为 2026-10-20" in screen.guards
    approve(screen)
    assert screen.person(NAME).full_member_since == date(2026, 10, 20)
    assert screen.person(NAME).rights_since == date(2026, 11, 10)
    assert screen.standing(NAME, date(2026, 11, 9)) == Standing.PROBATIONARY
    assert screen.standing(NAME, date(2026, 11, 10)) == Standing.FULL
    assert "转正日期 2026-10-20" in screen.place.head.kept.text()
    assert "2026-11-10" in screen.place.head.kept.text()
    screen.go_to("talk")
    screen.fill(content="勉励", day="2026-11-12")
    screen.go_to("archive")
    screen.fill(day="2026-11-16")
    screen.press(screen.place.step.finish_button)
    assert screen.procedure.state == ProcedureState.FINISHED
    assert NAME not in screen.names()
    screen.place.people.filter.setText("csl")
    assert screen.names() == [NAME]


def test_extended_begins_a_second_conversion_that_cannot_be_extended_again(screen):
    """D-15: once only, six to twelve months."""
    prepare(screen)
    decide(screen, Question.EXTEND, "6")
    assert "延长 6 个月" in screen.guards
    first = screen.procedure.id
    approve(screen)
    assert screen.kept(first).state == ProcedureState.FINISHED
    record = screen.place.screen_shown.record
    assert record.line.bar.ends_on == date(2027, 4, 20)
    assert record.line.bar.first_end == date(2026, 10, 20)
    screen.press(screen.place.head.begin_button)
    screen.press(screen.place.beginning.form.act)
    assert screen.procedure.shape == "conversion_extended"
    screen.go_to("meeting")
    assert "已经延长过一次" in screen.guards
    assert not screen.voting.buttons[Question.EXTEND].isEnabled()


def test_cancelled_ends_the_membership(screen):
    """D-14: also a cancellation needs the vote and the approval."""
    prepare(screen)
    decide(screen, Question.CANCEL)
    assert "资格取消" in screen.guards
    approve(screen)
    assert screen.standing(NAME, date(2026, 11, 11)) is None
    assert screen.person(NAME).full_member_since is None


def test_transferred_in_may_be_postponed_by_six_months_and_converts_from_the_same_day(screen, book):
    """D-21: six months at most; the conversion keeps its date."""
    with operate(book, actor(), "转入") as operating:
        facts = operating.writing.roster().facts_of(PROBATIONER)
        for each in facts:
            if each.kind == FactKind.MEMBERSHIP:
                moved = replace(each, value=MembershipChange.TRANSFERRED_IN, from_on=date(2026, 8, 1))
                operating.writing.put(moved)
    begin(screen)
    screen.go_to("postponement")
    assert "最晚推迟到 2027-04-20" in screen.guards
    assert "2026-08-01 转入" in screen.guards
    screen.fill(transferred_in_on="2026-8-1", until="2027-5-1", day="2026-10-10")
    assert "推迟讨论不超过 6 个月" in screen.notice()
    assert screen.procedure.done_on("postponement") is None
    screen.fill(until="2027-4-20")
    assert screen.procedure.done_on("postponement") == date(2026, 10, 10)
    assert screen.place.head.bar.bar.until == date(2027, 4, 20)
    assert "推迟讨论到 2027-04-20" in screen.place.head.bar.accessibleName()
    assert screen.place.screen_shown.record.line.bar.ends_on == date(2026, 10, 20)
    assert "支部大会讨论（推迟到 2027-04-20）" in screen.place.head.lacks.text()
    screen.go_to("meeting")
    assert "推迟讨论到 2027 年 4 月 20 日" in screen.body.lead.due.text
    assert not screen.place.step.view.standing.overdue


def test_not_approved_above_another_question_is_put(screen):
    """D-14: what was not approved is not decided."""
    prepare(screen)
    decide(screen, Question.CONVERT)
    screen.fill(document="示委〔2026〕21号")
    screen.choose(screen.body.fields.editor("outcome"), "不批准")
    screen.fill(day="2026-11-10")
    screen.go_to("meeting")
    screen.ask(Question.EXTEND, "2026-11-16", "6")
    screen.count(votes_for="6")
    assert [each.question for each in screen.procedure.questions] == [Question.CONVERT, Question.EXTEND]
    screen.go_to("approval")
    screen.fill(document="示委〔2026〕25号")
    screen.choose(screen.body.fields.editor("outcome"), "批准")
    screen.fill(day="2026-11-20")
    assert screen.place.screen_shown.record.line.bar.ends_on == date(2027, 4, 20), screen.notice()
