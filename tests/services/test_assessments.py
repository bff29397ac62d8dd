"""What a round holds of each member, and when a grade is refused or wants a reason (V-04, V-06, V-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import Criticism
from branchbook.domain.people import Mark
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.records import PersonRef
from branchbook.services.assessments import (
    assessments_by_person,
    correct_assessment,
    grades_over_years,
    save_assessment,
    save_assessments,
    suggested_use,
)
from branchbook.services.evaluation_findings import findings_of
from branchbook.services.evaluation_reading import leading_grades
from branchbook.services.evaluations import begin_evaluation
from branchbook.services.guards import TEXT_LIMIT
from branchbook.services.people import remove_person
from branchbook.services.person_page import person_page
from branchbook.services.procedures import abandon_procedure, finish_procedure
from branchbook.services.search import search
from tests.services.evaluation_book import (
    MEETING,
    NAMES,
    actor,
    all_qualified,
    assessed,
    counted,
    evaluation_book,
    everyone_graded,
    graded,
    is_probationary,
    listed,
    marked,
    step,
)
from tests.services.small_book import FIRST_BRANCH, TODAY, named

EXCELLENT, QUALIFIED = Grade.EXCELLENT, Grade.QUALIFIED


def test_one_assessment_for_each_member_whoever_makes_it() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    first = save_assessment(book, assessed(procedure, NAMES[0]), actor()).value
    second = save_assessment(
        book, replace(assessed(procedure, NAMES[0]), id=uuid4(), remark="补"), actor()
    ).value
    assert (first.id, second.remark) == (second.id, "补")
    with book.reading() as reading:
        assert assessments_by_person(reading, procedure.id) == {named(NAMES[0]): second}


def test_a_summary_of_a_hundred_thousand_characters_is_kept_whole() -> None:
    """§8: up to 200,000 characters; beyond that it is refused, and nothing is cut."""
    book = evaluation_book(6)
    procedure = listed(book)
    text = "一年来的学习和工作" * 11_112
    kept = save_assessment(book, assessed(procedure, NAMES[0], summary=text), actor()).value
    assert kept.summary == text
    with pytest.raises(RefusedProblem, match="文字过长"):
        save_assessment(book, assessed(procedure, NAMES[0], summary="长" * (TEXT_LIMIT + 1)), actor())


def test_a_probationary_member_gets_no_grade() -> None:
    """Worked case 61 and §8."""
    book = evaluation_book(6)
    is_probationary(book, NAMES[0])
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0]), actor())
    for grade in Grade:
        with pytest.raises(RefusedProblem, match="参加评议、不评定等次（民主评议年度通知）"):
            save_assessment(book, assessed(procedure, NAMES[0], grade, departure_reason="有理由"), actor())


def test_whom_the_list_does_not_grade_or_name_gets_none_either() -> None:
    book = evaluation_book(6)
    marked(book, NAMES[0], Mark.ABROAD)
    procedure = listed(book)
    with pytest.raises(RefusedProblem, match="不评定等次（出国（境）"):
        save_assessment(book, assessed(procedure, NAMES[0], QUALIFIED), actor())
    with pytest.raises(RefusedProblem, match="不在参评名单中"):
        save_assessment(book, assessed(procedure, NAMES[9]), actor())


@pytest.mark.parametrize("members", [3, 6, 8, 11])
def test_more_excellent_than_a_third_want_a_reason_that_is_kept(members) -> None:
    book = evaluation_book(max(members, 6))
    procedure = listed(book)
    most = max(members, 6) // 3
    graded(book, procedure, dict.fromkeys(NAMES[:most], EXCELLENT))
    one = assessed(procedure, NAMES[most], EXCELLENT)
    with pytest.raises(ReasonProblem, match=f"优秀 {most + 1} 名，超过正式党员"):
        save_assessment(book, one, actor())
    kept = save_assessment(book, replace(one, departure_reason="上级同意增加 1 名"), actor()).value
    assert kept.departure_reason == "上级同意增加 1 名"
    save_assessment(book, replace(kept, summary="后来补写"), actor())  # a kept reason stands
    with book.reading() as reading:
        assert any("超过上限" in each.text for each in findings_of(reading, procedure, TODAY))


def test_a_guest_counts_for_the_cap_of_the_branch_that_has_the_membership() -> None:
    book = evaluation_book(7)
    marked(book, NAMES[0], Mark.FLOATING)
    marked(book, NAMES[0], Mark.TEMPORARY_LETTER)
    procedure = listed(book)
    graded(
        book, procedure, dict.fromkeys(NAMES[:3], EXCELLENT)
    )  # a third of the six who belong here, and a guest
    with book.reading() as reading:
        assert not any("超过上限" in each.text for each in findings_of(reading, procedure, TODAY))
    with pytest.raises(ReasonProblem, match="优秀 3 名，超过正式党员 6 名"):
        save_assessment(book, assessed(procedure, NAMES[3], EXCELLENT), actor())


def test_several_grades_at_once_are_kept_all_or_none() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    with pytest.raises(ReasonProblem, match="超过正式党员 6 名的三分之一（2 名）"):
        graded(book, procedure, dict.fromkeys(NAMES[:3], EXCELLENT))
    with book.reading() as reading:
        assert assessments_by_person(reading, procedure.id) == {}
    with pytest.raises(RefusedProblem, match="同一次评议"):
        save_assessments(book, (), actor())


def test_a_grade_that_departs_from_the_ballots_wants_a_reason() -> None:
    """V-07: ballots do not decide (不唯票), and the branch says why."""
    book = evaluation_book(6)
    procedure = listed(book)
    procedure = counted(book, procedure, [all_qualified(procedure)] * 6)
    one = assessed(procedure, NAMES[0], Grade.BASICALLY_QUALIFIED)
    with pytest.raises(ReasonProblem, match="得票最多的是合格，评定为基本合格（支部工作条例 第十八条）"):
        save_assessment(book, one, actor())
    save_assessment(book, replace(one, departure_reason="三次无故缺席党课"), actor())
    save_assessment(book, assessed(procedure, NAMES[1], QUALIFIED), actor())
    with book.reading() as reading:
        texts = [each.text for each in findings_of(reading, procedure, TODAY)]
    assert f"{NAMES[0]}测评得票最多的是合格，评定为基本合格，理由：三次无故缺席党课" in texts


@pytest.mark.parametrize(
    "numbers, leading",
    [
        ({}, set()),
        ({"blank": 5, "void": 3}, set()),
        ({"excellent": 3, "qualified": 2, "blank": 9}, {EXCELLENT}),
        ({"excellent": 3, "qualified": 3}, {EXCELLENT, QUALIFIED}),
        ({"unqualified": 1}, {Grade.UNQUALIFIED}),
    ],
)
def test_the_leading_grade_is_the_one_with_most_ballots(numbers, leading) -> None:
    assert leading_grades(GradeCount("甲", **numbers)) == leading


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"fed_back_on": date(2026, 12, 1), "grade": QUALIFIED}, "反馈日期在今天之后"),
        ({"superior_on": date(2026, 12, 1)}, "上级意见日期在今天之后"),
        ({"fed_back_on": MEETING}, "还没有评定等次"),
        ({"criticisms": (Criticism(PersonRef(NAMES[0], named(NAMES[0])), "说自己"),)}, "不能评议自己"),
    ],
)
def test_what_cannot_be_is_refused(changes, said) -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    with pytest.raises(RefusedProblem, match=said):
        save_assessment(book, assessed(procedure, NAMES[0], **changes), actor())


def test_feedback_comes_after_the_grade() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        one = assessments_by_person(reading, procedure.id)[named(NAMES[0])]
    with pytest.raises(RefusedProblem, match="早于评定等次的 2026-11-12"):
        save_assessment(book, replace(one, fed_back_on=date(2026, 11, 11)), actor())


def test_the_use_follows_the_grade_until_somebody_writes_it() -> None:
    """V-08."""
    book = evaluation_book(6)
    procedure = listed(book)
    kept = save_assessment(book, assessed(procedure, NAMES[0], QUALIFIED), actor()).value
    assert kept.use == suggested_use(QUALIFIED) == "肯定成绩，提出希望和要求"
    kept = save_assessment(book, replace(kept, grade=EXCELLENT), actor()).value
    assert kept.use == suggested_use(EXCELLENT)
    own = save_assessment(book, replace(kept, use="支部大会上表扬"), actor()).value
    assert save_assessment(book, replace(own, grade=QUALIFIED), actor()).value.use == "支部大会上表扬"
    assert suggested_use(None) == ""


def test_criticisms_that_say_nothing_go() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    other = PersonRef(NAMES[1], named(NAMES[1]))
    said = (Criticism(other, " "), Criticism(other, "学习不够"), Criticism(other, "", "谢谢"))
    kept = save_assessment(book, assessed(procedure, NAMES[0], criticisms=said), actor()).value
    assert [each.text for each in kept.criticisms] == ["学习不够", ""]


def ended(book, procedure_id) -> None:
    """Carry a graded round to its end."""
    for key in ("feedback", "use", "rectification"):
        step(book, procedure_id, key)
    finish_procedure(book, procedure_id, TODAY, actor())


def test_grades_over_the_years_are_those_of_rounds_that_ended() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        assert grades_over_years(reading, named(NAMES[0])) == ()
    ended(book, procedure.id)
    last = begin_evaluation(book, FIRST_BRANCH, 2025, date(2026, 1, 5), actor()).value
    listed(book, last)
    save_assessment(book, assessed(last, NAMES[0], QUALIFIED), actor())
    abandon_procedure(book, last.id, TODAY, "未开成", actor())
    with book.reading() as reading:
        assert [(each.year, each.grade) for each in grades_over_years(reading, named(NAMES[0]))] == [
            (2026, QUALIFIED)
        ]
        page = person_page(reading, named(NAMES[0]), TODAY)
        assert [(each.words, each.branch) for each in page.grades] == [("2026年度 合格", "第一支部")]
        assert person_page(reading, named("王示例"), TODAY).grades == ()


def test_a_correction_wants_a_round_that_ended_and_a_reason() -> None:
    book = evaluation_book(6)
    procedure = everyone_graded(book)
    with book.reading() as reading:
        one = assessments_by_person(reading, procedure.id)[named(NAMES[0])]
    with pytest.raises(RefusedProblem, match="没有办结"):
        correct_assessment(book, one, "漏记", actor())
    ended(book, procedure.id)
    with pytest.raises(RefusedProblem, match="更正需要写明原因"):
        correct_assessment(book, one, " ", actor())
    with pytest.raises(ReasonProblem, match="得票最多的是合格"):
        correct_assessment(book, replace(one, grade=EXCELLENT), "上级批复", actor())
    right = replace(one, grade=EXCELLENT, departure_reason="上级批复定为优秀")
    assert correct_assessment(book, right, "上级批复", actor()).value.grade == EXCELLENT


def test_a_person_with_an_assessment_cannot_be_removed() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0]), actor())
    for name in NAMES[:2]:
        with pytest.raises(RefusedProblem, match="组织生活会和民主评议党员"):
            remove_person(book, named(name), actor())


def test_an_assessment_is_found_and_leads_to_its_round() -> None:
    book = evaluation_book(6)
    procedure = listed(book)
    save_assessment(book, assessed(procedure, NAMES[0], summary="今年参加防汛值守"), actor())
    with book.reading() as reading:
        (group,) = search(reading, "防汛值守", TODAY).groups
    (line,) = group.lines
    assert (group.heading, line.title) == ("评议表", NAMES[0])
    assert (line.opens, line.family) == (("procedure", procedure.id), "evaluation")
    assert line.where == "第一支部 · 2026年度组织生活会和民主评议党员 · 办理中"
