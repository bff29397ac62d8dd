"""The count, the record of criticism, the report, the notice, feedback (B3–B5), and all papers of a round."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from branchbook.catalogue.papers_list import EVALUATION_PAPERS, paper_of
from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment, BallotForm, Elsewhere
from branchbook.domain.papers import Orientation
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.exchange.docx import Docx
from branchbook.services.operations import operate
from branchbook.services.printing import booklet_for, texts_of, word_paper
from tests.services.evaluation_printing import (
    ROUND,
    evaluated,
    guest,
    invented,
    pages_of,
    pdf_of,
    person_id,
    printed,
    request,
    rows_of,
    sample,
    sheets,
    words,
)
from tests.services.small_book import actor

KEYS = [paper.key.partition(":")[2] for paper in EVALUATION_PAPERS]


# ---------------------------------------------------------------------------------- B3, B4 互评、汇总


def test_everyone_who_takes_part_stands_in_the_record_of_criticism():
    (sheet,) = sheets(evaluated(invented(4), empty=True), "mutual_record")
    assert [row["name"] for row in rows_of(sheet)] == list(invented(4))
    assert all("criticism" not in row for row in rows_of(sheet)), "a line to write on"


def test_the_six_numbers_of_every_member_are_the_valid_ballots():
    (sheet,) = sheets(sample(), "summary")
    values = sheet.values or {}
    assert sheet.paper.orientation == Orientation.LANDSCAPE
    assert [values[key] for key in ("due", "present", "issued", "returned", "valid")] == [
        "12",
        "12",
        "12",
        "12",
        "11",
    ]
    for row in rows_of(sheet)[:-1]:
        six = ("excellent", "qualified", "basically_qualified", "unqualified", "blank", "void")
        assert sum(int(row[key]) for key in six) == 11
    first, last = rows_of(sheet)[0], rows_of(sheet)[-1]
    assert (first["share"], first["grade"]) == ("90.9", "优秀")
    assert (last["excellent"], last["grade"]) == ("—", "—")
    assert "不评定等次" in last["remark"]


def test_both_readings_of_the_cap_are_told_where_they_differ():
    """V-05, 待核实: 11 full members of 12."""
    assert "正式党员11名的三分之一，即3名；按参评党员12名计算为4名" in words(sample(), "summary")
    assert "两种口径" not in words(evaluated(invented(8)), "summary")


def test_a_reason_for_departing_from_the_ballots_stands_beside_the_grade():
    book = evaluated(invented(4))
    with book.reading() as reading:
        (found,) = [each for each in reading.assessments((ROUND,)) if each.person_id == person_id(1)]
    with operate(book, actor(90), "改") as operating:
        operating.writing.put(
            replace(found, grade=Grade.BASICALLY_QUALIFIED, departure_reason="受到组织处理")
        )
    row = rows_of(sheets(book, "summary")[0])[1]
    assert (row["grade"], row["remark"]) == ("基本合格", "受到组织处理")


def test_the_ballots_of_the_masses_and_the_items_are_counted_on_sheets_of_their_own():
    made = sheets(evaluated(invented(5), form=BallotForm.ITEMS, masses=True), "summary")
    assert [sheet.title.partition("党员")[2] for sheet in made] == [
        "测评汇总表",
        "分项测评汇总表",
        "群众测评汇总表",
    ]
    items = rows_of(made[1])[0]
    assert (items["good_1"], items["fair_5"]) == ("3", "1")
    assert "支部评定等次" not in "".join(printed(evaluated(invented(5), masses=True), "summary")[1:])


# -------------------------------------------------------------------------------------- B5 报告公示


def test_the_report_says_who_took_part_what_was_done_and_the_grades():
    text = "".join(printed(sample(), "report"))
    assert "党员12名（其中预备党员1名），参加评议12名，参评率100％" in text
    assert "发出测评票12张，收回12张，其中有效票11张" in text
    assert "优秀4名：赵评甲、李评甲、郑评甲、陈评甲。" in text
    assert "预备党员1名参加评议，不评定等次：卫评甲。" in text
    assert "附件：1.民主评议党员测评汇总表" in text.replace("—1—", "")


def test_who_did_not_take_part_is_named_with_the_reason_and_a_guest_apart():
    names = invented(4)
    with evaluated(names).reading() as reading:
        people = reading.get(Procedure, ROUND).participants
    away = replace(people[1], takes_part=False, graded=False, reason="长期病休")
    absent = replace(people[2], present=False)
    book = evaluated(names, empty=True, participants=(people[0], away, absent, guest(3, names[3])))
    text = words(book, "report")
    assert "党员3名，参加评议1名，参评率33.3％" in text
    assert f"流动党员{names[3]}参加评议，结果告知其所在党支部" in text
    assert f"{names[1]}（长期病休）；{names[2]}（未到会）" in text


def test_who_is_evaluated_elsewhere_is_told_and_not_counted_as_taking_part():
    """第三十二条: the grade is received; it stands in the list of grades all the same."""
    names = invented(4)
    book = evaluated(names)
    with book.reading() as reading:
        procedure = reading.get(Procedure, ROUND)
    floating = replace(
        procedure.participants[0],
        elsewhere=Elsewhere.RECEIVED,
        other_branch="外地某党支部",
        takes_part=False,
        present=None,
    )
    with operate(book, actor(90), "流动") as operating:
        operating.writing.put(replace(procedure, participants=(floating, *procedure.participants[1:])))
    text = words(book, "report")
    assert "党员4名（其中预备党员1名），参加评议3名，参评率75％。" in text
    assert f"流动党员{names[0]}在流入地参加评议" in text
    assert f"优秀1名：{names[0]}。" in text
    row = rows_of(sheets(book, "summary")[0])[0]
    assert (row["grade"], row["remark"]) == ("优秀", "在外地某党支部参加评议")


def test_before_a_grade_is_decided_no_grade_is_counted():
    book = evaluated(invented(4), empty=True)
    assert "合计：党员4名。" in words(book, "result_list")
    assert "优秀0名" not in words(book, "report") + words(book, "summary")


def test_a_step_that_is_not_recorded_is_not_claimed():
    with sample().reading() as reading:
        steps = reading.get(Procedure, ROUND).steps
    book = evaluated(invented(3), steps=tuple(each for each in steps if each.step != "talks"))
    text = words(book, "report")
    assert "民主测评：" in text
    assert "谈心谈话" not in text


def test_documents_open_again_as_docx_with_the_same_words():
    for key in ("report", "notice"):
        with sample().reading() as reading:
            content = word_paper(reading, Docx(), request(key))
        found = "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
        (sheet,) = sheets(sample(), key)
        for text in texts_of(sheet):
            assert text in found


def test_the_notice_names_the_excellent_and_its_days():
    text = "".join(printed(sample(), "notice"))
    assert "共4名：赵评甲、李评甲、郑评甲、陈评甲。" in text
    assert "2026年12月22日至2026年12月28日" in text
    assert "钱评甲" not in text


def test_feedback_is_for_one_member_to_sign():
    (text,) = printed(sample(), "feedback", person_id=person_id(1))
    for part in ("姓名钱评甲", "评定等次合格", "学习不够系统。", "制定学习计划", "本人签收"):
        assert part in text


def test_the_list_of_grades_begins_with_the_best():
    (sheet,) = sheets(sample(), "result_list")
    grades = [row["grade"] for row in rows_of(sheet)]
    assert grades == ["优秀"] * 4 + ["合格"] * 7 + ["—"]


# -------------------------------------------------------------------------------------------- 全部


def test_all_papers_of_a_round_are_one_booklet_with_its_own_ballots():
    with sample().reading() as reading:
        booklet = booklet_for(reading, request("all"))
    keys = list(dict.fromkeys(each.sheet.paper.key.partition(":")[2] for each in booklet.sections))
    assert keys == [key for key in KEYS if key not in ("member_form", "ballot_items", "ballot_masses")]
    assert booklet.options.apart
    by_items = evaluated(invented(4), form=BallotForm.ITEMS, masses=True)
    with by_items.reading() as reading:
        keys = [each.sheet.paper.key for each in booklet_for(reading, request("all")).sections]
    assert "evaluation:ballot_items" in keys
    assert "evaluation:ballot_masses" in keys
    assert "evaluation:ballot" not in keys


def test_an_evaluation_that_was_corrected_says_so_on_all_but_the_ballots():
    book = evaluated(invented(3), state=ProcedureState.CORRECTED, correction_reason="票数录错")
    for key in ("summary", "report", "member_forms", "feedback", "mutual_record"):
        assert sheets(book, key)[0].title.count("（更正）") == 1, key
    assert "办结后作过更正，原因：票数录错。" in words(book, "summary")
    assert not sheets(book, "ballot")[0].title.endswith("（更正）")


def test_another_procedure_has_no_paper_of_an_evaluation():
    with pytest.raises(RefusedProblem) as caught:
        sheets(evaluated(invented(2), shape="term_election"), "summary")
    assert "不是民主评议" in str(caught.value)


def test_what_was_written_of_someone_who_left_is_still_printed():
    book = evaluated(invented(3))
    gone = Assessment(person_id(50), ROUND, person_id(50), "离评甲", summary="离开之前所写。")
    with operate(book, actor(90), "离开") as operating:
        operating.writing.put(Person(person_id(50), "离评甲"))
        operating.writing.put(gone)
    assert "离开之前所写。" in "".join(printed(book, "member_forms"))


def test_titles_are_those_of_the_papers():
    assert paper_of("evaluation:member_forms").title == paper_of("evaluation:member_form").title
    assert pages_of(pdf_of(sample(), "report"))[0].startswith(
        "中共第一支部关于2026年度民主评议党员情况的报告"
    )


def test_a_round_with_items_of_its_own_asks_those():
    book = evaluated(invented(4), form=BallotForm.ITEMS)
    with book.reading() as reading:
        procedure = reading.get(Procedure, ROUND)
    (voting,) = procedure.grade_rounds
    lines = tuple(replace(each, items=(replace(each.items[0], item="政治素质"),)) for each in voting.lines)
    with operate(book, actor(90), "改") as operating:
        operating.writing.put(replace(procedure, grade_rounds=(replace(voting, lines=lines),)))
    text = "".join(printed(book, "ballot_items"))
    assert "政治素质" in text
    assert "理想信念" not in text
    assert "政治素质" in "".join(printed(book, "summary"))
