"""Problems that meetings and procedures found, in the rectification ledger and on the Desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.history import OperationHead
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.assessments import save_assessments
from branchbook.services.closing import open_matters
from branchbook.services.desk import desk
from branchbook.services.ledgers import change_row, ledger_view
from branchbook.services.procedures import begin_procedure
from branchbook.services.rectifications import (
    FROM_EVALUATION,
    FROM_MEETING,
    FROM_SELF_CHECK,
    RECTIFICATION,
    add_rectification,
    enter_found_problems,
    found_problems,
    rectifications_of,
    rectifications_of_record,
)
from branchbook.services.undo import undo_latest
from tests.services.evaluation_book import assessed, evaluation_book, everyone_graded
from tests.services.ledger_book import member
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)


def meeting(book):
    record = Record(
        named("会"), ("organisational_life_meeting",), FIRST_BRANCH, date(2026, 3, 5), subject="查摆"
    )
    with book.writing(OperationHead(uuid4(), actor().now, "李操作", "会")) as writing:
        writing.put(record)
    return record.id


def test_a_problem_is_entered_with_where_it_was_found_and_whom_it_is_about():
    book = small_book()
    record_id = meeting(book)
    procedure = begin_procedure(book, "term_election", FIRST_BRANCH, date(2026, 3, 1), actor(1)).value
    row = add_rectification(
        book,
        FIRST_BRANCH,
        "联系群众不够",
        FROM_MEETING,
        actor(2),
        record_id=record_id,
        procedure_id=procedure.id,
        person_id=named("赵示例"),
        due_on=date(2026, 12, 20),
    ).value
    with book.reading() as reading:
        assert rectifications_of(reading, procedure.id) == (row,)
        assert rectifications_of_record(reading, record_id) == (row,)
        assert rectifications_of(reading, uuid4()) == ()
        (line,) = ledger_view(reading, RECTIFICATION, FIRST_BRANCH, TODAY).lines
    assert line.cells["member"] == "赵示例"
    assert line.cells["found_on"] == TODAY.isoformat()
    assert line.cells["meeting"] == "2026-03-05 组织生活会《查摆》"
    assert line.cells["procedure"].startswith("2026-03-01 开始的")


@pytest.mark.parametrize(
    "given, where",
    [
        ({"problem": " "}, "问题表现"),
        ({"source": "听说"}, "问题来源"),
        ({"record_id": named("没有")}, "提出的会议"),
        ({"procedure_id": named("没有")}, "出自办理"),
    ],
)
def test_what_is_not_there_is_refused_at_its_field(given, where):
    book = small_book()
    wanted = {"problem": "联系群众不够", "source": FROM_EVALUATION, **given}
    problem, source = wanted.pop("problem"), wanted.pop("source")
    with pytest.raises(RefusedProblem) as caught:
        add_rectification(book, FIRST_BRANCH, problem, source, actor(), **wanted)
    assert caught.value.where == where


def test_a_person_who_is_gone_is_refused():
    with pytest.raises(RefusedProblem, match="这个人已不在簿中"):
        add_rectification(small_book(), FIRST_BRANCH, "甲", FROM_MEETING, actor(), person_id=uuid4())


def due_items(book, place=FIRST_BRANCH):
    with book.reading() as reading:
        return [each for each in desk(reading, place, 2026, TODAY).due if each.ledger_row_id is not None]


@pytest.mark.parametrize(
    "days, badge, tone",
    [
        (-1, "逾期 1 天", "bad"),
        (-40, "逾期 40 天", "bad"),
        (0, "还有 0 天", "warn"),
        (14, "还有 14 天", "warn"),
    ],
)
def test_what_is_due_stands_on_the_desk(days, badge, tone):
    book = small_book()
    due_on, earlier = TODAY + timedelta(days=days), actor(day=TODAY - timedelta(days=90))
    add_rectification(book, FIRST_BRANCH, "联系群众不够", FROM_MEETING, earlier, due_on=due_on)
    (item,) = due_items(book)
    assert (item.title, item.badge, item.tone) == ("整改台账：联系群众不够", badge, tone)


def test_what_is_done_or_far_away_is_not_on_the_desk_and_each_branch_has_its_own():
    book = small_book()
    far = TODAY + timedelta(days=15)
    add_rectification(book, FIRST_BRANCH, "远的", FROM_MEETING, actor(), due_on=far)
    add_rectification(book, FIRST_BRANCH, "没有时限的", FROM_MEETING, actor(1))
    row = add_rectification(book, FIRST_BRANCH, "近的", FROM_MEETING, actor(2), due_on=TODAY).value
    assert [each.ledger_row_id for each in due_items(book)] == [row.id]
    assert due_items(book, SECOND_BRANCH) == []
    (item,) = due_items(book, GENERAL_BRANCH)
    assert item.detail.startswith("第一支部 · ")
    done = replace(
        row,
        values={**row.values, "done_on": TODAY.isoformat()},
        people={"signed_off_by": member("赵示例"), "responsible": member("钱示例")},
    )
    change_row(book, done, actor(3))
    assert due_items(book) == []


class TestFoundByARound:
    """What the branch named of a member, and 不合格, can be entered once; nothing is made up."""

    @pytest.fixture
    def rounded(self):
        book = evaluation_book(12)
        procedure = everyone_graded(book)
        save_assessments(
            book,
            [
                assessed(procedure, "孙示例", Grade.UNQUALIFIED, departure_reason="多次缺席"),
                assessed(procedure, "李示例", Grade.QUALIFIED, problems="联系群众不够"),
            ],
            actor(),
        )
        return book, procedure

    def test_each_is_entered_once_and_undone_together(self, rounded):
        book, procedure = rounded
        entered = enter_found_problems(book, procedure.id, actor()).value
        assert [(row.text("problem"), row.people["member"][0].name) for row in entered] == [
            ("2026年度民主评议评定为不合格", "孙示例"),
            ("联系群众不够", "李示例"),
        ]
        assert all(row.text("source") == FROM_EVALUATION for row in entered)
        with book.reading() as reading:
            assert found_problems(reading, procedure) == ()
        with pytest.raises(RefusedProblem, match="没有还要列入的问题"):
            enter_found_problems(book, procedure.id, actor())
        undo_latest(book, actor(1), actor(-600).now)
        with book.reading() as reading:
            assert rectifications_of(reading, procedure.id) == ()

    def test_where_a_problem_was_named_it_stands_for_the_grade(self, rounded):
        book, procedure = rounded
        save_assessments(
            book,
            [
                assessed(
                    procedure, "孙示例", Grade.UNQUALIFIED, departure_reason="多次缺席", problems="不参加会议"
                )
            ],
            actor(),
        )
        with book.reading() as reading:
            assert [each.problem for each in found_problems(reading, procedure)] == [
                "不参加会议",
                "联系群众不够",
            ]


def test_a_branch_that_closes_names_what_is_not_done():
    """Rows stay with the branch; who closes it is told, and can give them to another before."""
    book = small_book()
    add_rectification(book, FIRST_BRANCH, "学习笔记不全", FROM_SELF_CHECK, actor(), due_on=TODAY)
    row = add_rectification(
        book, FIRST_BRANCH, "已经改好的", FROM_SELF_CHECK, actor(), due_on=TODAY + timedelta(days=9)
    ).value
    change_row(book, replace(row, values={**row.values, "done_on": TODAY.isoformat()}), actor())
    with book.reading() as reading:
        named_ones = [each.words for each in open_matters(reading, FIRST_BRANCH, TODAY + timedelta(days=1))]
        assert open_matters(reading, SECOND_BRANCH, TODAY) == ()
        assert ledger_view(reading, RECTIFICATION, GENERAL_BRANCH, TODAY).lines != ()
    assert named_ones == ["整改台账“学习笔记不全”还没有办完，已过时限"]
