"""Papers of the other outcomes: extension and what follows it, cancellation, failed votes, old cases."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from branchbook.domain.ballots import Question, WrittenOpinions
from branchbook.exchange.docx import Docx
from branchbook.services.conversion_reading import latest_conversion
from branchbook.services.conversion_votes import begin_question, confirm_question, save_question
from branchbook.services.conversions import begin_conversion
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.printing import booklet_for, texts_of, word_paper
from branchbook.services.procedures import save_step
from branchbook.services.rule_choices import ObservationCadence
from branchbook.services.settings import change_setting
from tests.services.conversion_book import PROBATIONER, begun, conversion_book, done
from tests.services.conversion_printing import (
    TODAY,
    ended,
    held,
    named_book,
    prepared,
    printed,
    rows_of,
    sheets,
    value,
    words,
)
from tests.services.small_book import actor

WRITTEN = WrittenOpinions(1, 1, 0, date(2026, 10, 21))


def decided(question, months=0, written=None, votes_for=4, outcome="批准", name="欧阳少东"):
    """A conversion voted on and decided above."""
    conclusion = {Question.EXTEND: "延长预备期", Question.CANCEL: "取消预备党员资格"}.get(
        question, "按期转正"
    )
    book = named_book(name)
    procedure_id = prepared(book, conclusion=conclusion)
    held(book, procedure_id, question, months, written, votes_for)
    ended(book, procedure_id, outcome)
    return book, procedure_id


# ---------------------------------------------------------------------------------------- extension


def test_a_resolution_of_extension_has_reason_length_and_days():
    """D12, D-15: 6 to 12 months, once, from the end of the probation."""
    text = words(decided(Question.EXTEND, 6, WRITTEN), "extension_resolution")
    assert "关于延长预备党员欧阳少东预备期的决议" in text
    assert "原因：参加组织生活不够经常" in text
    assert "延长预备期6个月（自2026年10月20日至2027年4月20日）" in text
    assert "预备期只能延长一次" in text
    assert "5票赞成，1票不赞成，0票弃权（含会前书面意见：赞成1票、不赞成1票、弃权0票）" in text


def test_every_paper_speaks_of_the_extension():
    made = decided(Question.EXTEND, 6, WRITTEN)
    assert "延长预备期6个月" in words(made, "ballot")
    assert "延长预备党员欧阳少东预备期的请示" in words(made, "request")
    assert "拟延长预备期的公示" in words(made, "public_notice")
    assert "将欧阳少东同志的预备期延长6个月" in words(made, "resolution")
    (register,) = sheets(made, "approval")
    assert value(register, "outcome") == "批准延长预备期6个月（自2026年10月20日至2027年4月20日）"
    assert value(register, "since") == "", "nobody's years count yet"


def test_after_an_extension_the_papers_count_from_the_extended_end():
    book, _first = decided(Question.EXTEND, 6)
    second = begin_conversion(book, PROBATIONER, date(2026, 11, 25), actor(60)).value.id
    made = (book, second)
    (cover,) = sheets(made, "application")
    assert value(cover, "probation_end") == "2027年4月20日（延长后）"
    assert len(printed(made, "observation_register")) == 7, "one observation, on one page"
    (register,) = sheets(made, "observation_register")
    assert value(register, "period_12") == "2026年10月20日至2027年4月20日（延长期考察）"
    assert "转为正式党员" in words(made, "ballot")
    assert "按期转为正式党员" not in words(made, "ballot")
    with book.reading() as reading:
        assert latest_conversion(reading, PROBATIONER).id == second


# ------------------------------------------------------------------------------------- cancellation


def test_a_resolution_of_cancellation_says_that_it_is_no_punishment():
    made = decided(Question.CANCEL, votes_for=5)
    text = words(made, "cancellation_resolution")
    assert "关于取消欧阳少东预备党员资格的决议" in text
    assert "取消预备党员资格不是党纪处分" in text
    assert "批准之前本人照常参加组织生活、交纳党费" in text
    with made[0].reading() as reading:
        booklet = booklet_for(reading, PaperRequest("conversion:all", TODAY, record_id=made[1]))
    keys = {section.sheet.paper.key for section in booklet.sections}
    assert "conversion:cancellation_resolution" in keys
    assert not keys & {"conversion:extension_resolution", "conversion:notice_of_conversion"}


@pytest.mark.parametrize(
    "question, months, key",
    [
        (Question.EXTEND, 12, "conversion:extension_resolution"),
        (Question.CANCEL, 0, "conversion:cancellation_resolution"),
    ],
)
def test_resolutions_open_again_as_docx(question, months, key):
    """D12."""
    book, procedure_id = decided(question, months)
    with book.reading() as reading:
        content = word_paper(reading, Docx(), PaperRequest(key, TODAY, record_id=procedure_id))
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    (sheet,) = sheets((book, procedure_id), key.partition(":")[2])
    assert all(part in text for part in (sheet.title, *texts_of(sheet)))


def test_a_notice_that_was_not_given_is_left_out_after_the_meeting():
    """A notice is local practice; before the meeting its papers are still there to be filled."""
    book = named_book()
    procedure_id = begun(book)
    request = PaperRequest("conversion:all", TODAY, record_id=procedure_id)
    notice = "conversion:public_notice"
    with book.reading() as reading:
        assert notice in {each.sheet.paper.key for each in booklet_for(reading, request).sections}
    for minute, entry in enumerate(
        (
            done("application", date(2026, 10, 8)),
            done("opinions", date(2026, 10, 12), opinion="同意"),
            done("review", date(2026, 10, 16), conclusion="按期转正", opinion="同意"),
        ),
        start=2,
    ):
        save_step(book, procedure_id, entry, actor(minute))
    held(book, procedure_id)
    with book.reading() as reading:
        assert notice not in {each.sheet.paper.key for each in booklet_for(reading, request).sections}


# ----------------------------------------------------------------------------------- votes, refusals


def test_a_vote_that_failed_decides_nothing_and_is_told_so():
    """Exactly half of those due is not more than half (D26-11)."""
    book = named_book()
    procedure_id = prepared(book)
    held(book, procedure_id, votes_for=3)
    made = (book, procedure_id)
    (result,) = sheets(made, "result")
    assert rows_of(result, "votes")[0]["outcome"] == "未通过"
    assert "正好半数，未通过，没有形成决议" in words(made, "result")
    text = words(made, "resolution")
    assert "没有形成决议" in text
    assert "同意褚示例同志" not in text
    assert "大会决议＿" in words(made, "request"), "nothing to ask for yet: a blank"


def test_two_questions_have_a_ballot_each_and_a_line_each():
    book = named_book()
    procedure_id = prepared(book)
    held(book, procedure_id, votes_for=2)
    vote = begin_question(book, procedure_id, Question.EXTEND, date(2026, 10, 22), actor(60), 6).value
    made = (book, procedure_id)
    assert len(sheets(made, "ballot")) == 2
    (result,) = sheets(made, "result")
    assert [row["outcome"] for row in rows_of(result, "votes")] == ["未通过", ""]
    counted = replace(vote, votes_for=6, by_hands=True)
    save_question(book, procedure_id, counted, actor(61))
    confirm_question(book, procedure_id, vote.id, date(2026, 10, 22), actor(62))
    (result,) = sheets(made, "result")
    assert [row["outcome"] for row in rows_of(result, "votes")] == ["未通过", "通过"]
    assert rows_of(result, "ballots")[1]["method"] == "举手表决"
    assert "经举手表决，6票赞成" in words(made, "resolution")


def test_an_approval_that_was_refused_makes_nobody_a_full_member():
    made = decided(Question.CONVERT, outcome="不批准")
    (register,) = sheets(made, "approval")
    assert value(register, "outcome") == "不批准"
    assert value(register, "since") == ""
    assert "批准按期转为正式党员" not in words(made, "talk")


def test_before_the_vote_everything_about_it_is_a_blank():
    """Nothing is said to be agreed that nobody has agreed to."""
    book = named_book()
    made = (book, prepared(book))
    assert "大会决议：＿" in words(made, "resolution")
    assert "＿＿票赞成" in words(made, "resolution")
    (result,) = sheets(made, "result")
    assert rows_of(result, "votes") == []
    assert "按期转为正式党员" in words(made, "ballot"), "as the review concludes"


def test_without_a_review_there_is_a_ballot_for_every_question():
    made = (named_book(), None)
    procedure_id = begun(made[0])
    found = sheets((made[0], procedure_id), "ballot")
    assert len(found) == 3


# ------------------------------------------------------------------------------ other times and places


def test_an_old_case_is_printed_with_the_articles_of_its_time():
    """An acceptance of 2023 and a vote of 2024 fall under the rules of 2014."""
    book = conversion_book(date(2023, 10, 20), date(2023, 12, 1))
    procedure_id = begun(book, date(2024, 10, 1))
    for minute, entry in enumerate(
        (
            done("application", date(2024, 10, 8)),
            done("opinions", date(2024, 10, 12), opinion="同意"),
            done("review", date(2024, 10, 16), conclusion="按期转正", opinion="同意"),
        ),
        start=2,
    ):
        save_step(book, procedure_id, entry, actor(minute))
    vote = begin_question(book, procedure_id, Question.CONVERT, date(2024, 10, 22), actor(10)).value
    save_question(book, procedure_id, replace(vote, votes_for=6), actor(11))
    confirm_question(book, procedure_id, vote.id, date(2024, 10, 22), actor(12))
    save_step(book, procedure_id, done("meeting", date(2024, 10, 22)), actor(13))
    save_step(book, procedure_id, done("report", date(2024, 10, 26)), actor(14))
    made = (book, procedure_id)
    assert "依据：发展党员工作细则（2014）第二十条、第三十三条。" in words(made, "result")
    (register,) = sheets(made, "approval")
    assert "2025年1月26日前。依据：发展党员工作细则（2014）第三十四条。" in value(register, "due_on")


def test_a_half_yearly_register_has_two_observations():
    book = named_book()
    change_setting(book, "observation_cadence", ObservationCadence.HALF_YEARLY, actor(1))
    made = (book, begun(book))
    assert len(printed(made, "observation_register")) == 7
    (sheet,) = sheets(made, "observation_register")
    assert value(sheet, "period_6") == "2025年10月20日至2026年4月20日（半年考察）"
    assert value(sheet, "period_3") == ""


def test_a_notice_of_a_year_without_a_table_is_provisional():
    """暂算: no notice on days off is known for 2031."""
    book = conversion_book(date(2030, 10, 20), date(2030, 12, 1))
    procedure_id = begun(book, date(2031, 10, 1))
    later = replace(actor(5), now=actor(5).now.replace(year=2031, month=12))
    for entry in (
        done("application", date(2031, 10, 8)),
        done("opinions", date(2031, 10, 9), opinion="同意"),
        done("review", date(2031, 10, 10), conclusion="按期转正", opinion="同意"),
        done("public_notice", date(2031, 10, 13), ends_on="2031-10-17"),
    ):
        save_step(book, procedure_id, entry, later)
    made = (book, procedure_id)
    assert "5个工作日，暂算" in words(made, "public_notice")
    assert "暂算，没有当年的放假通知" in words(made, "notice_register")
