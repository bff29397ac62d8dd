"""A procedure of any kind: begun once, done step by step, finished and frozen, corrected, removed, undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry, StepState
from branchbook.domain.records import Attachment, AttachmentKind
from branchbook.services.procedures import (
    abandon_procedure,
    begin_procedure,
    correct_procedure,
    finish_procedure,
    open_procedure,
    procedure_view,
    procedures_of,
    remove_procedure,
    reopen_step,
    save_step,
)
from branchbook.services.recycle_bin import restore_removed
from branchbook.services.undo import redo, undo
from tests.fakes import FakeBook
from tests.services.asking import last, put, refused
from tests.services.election_book import stored
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

BEGUN = date(2026, 3, 2)
START = actor(-60).now
ZHAO, QIAN, ZHENG = named("赵示例"), named("钱示例"), named("郑示例")
EXTENSION = "term_extension"
WANTED = {"reason": "人员调整未到位", "until": "2027-03-01"}
ANSWER = {"document": "示委〔2026〕7号", "outcome": "批准"}


def begun(book: FakeBook, shape: str = EXTENSION, place: UUID = FIRST_BRANCH) -> UUID:
    return begin_procedure(book, shape, place, BEGUN, actor()).value.id


def step(book: FakeBook, procedure_id: UUID, key: str, on: date | None = BEGUN, **more: Any) -> Procedure:
    return save_step(book, procedure_id, StepEntry(key, on, **more), actor()).value


def finished(book: FakeBook) -> UUID:
    """An extension asked for and granted."""
    procedure_id = begun(book)
    step(book, procedure_id, "request", values=WANTED)
    step(book, procedure_id, "reply", date(2026, 3, 20), values=ANSWER)
    finish_procedure(book, procedure_id, date(2026, 3, 21), actor())
    return procedure_id


# ---------------------------------------------------------------- beginning


def test_one_of_a_family_is_open_in_an_organisation() -> None:
    """Issue 3 §6: a second procedure of the same branch open."""
    book = small_book()
    first = begun(book, "term_election")
    refused(
        book,
        "“第一支部”已有一项换届选举（设支委会）正在办理（2026-03-02 开始）",
        lambda: begun(book, "by_election"),
    )
    begun(book, "term_election", SECOND_BRANCH)
    begun(book)  # an extension is another family
    abandon_procedure(book, first, TODAY, "改为补选", actor())
    begun(book, "by_election")
    with book.reading() as reading:
        found = procedures_of(reading, FIRST_BRANCH, "election")
        assert {each.shape for each in found} == {"term_election", "by_election"}
        still = open_procedure(reading, "election", FIRST_BRANCH)
        assert still is not None
        assert still.shape == "by_election"
        assert len(procedures_of(reading)) == 4


def test_a_yearly_one_begins_with_its_year_only() -> None:
    book = small_book()
    with pytest.raises(RefusedProblem, match="按年度开始"):
        begin_procedure(book, "yearly_evaluation", FIRST_BRANCH, date(2026, 11, 2), actor())
    with book.reading() as reading:
        assert procedures_of(reading, FIRST_BRANCH) == ()


def test_an_organisation_that_did_not_exist_begins_nothing() -> None:
    book = small_book()
    early = date(2010, 1, 1)
    refused(
        book,
        "“第一支部”在 2010-01-01 不存在",
        lambda: begin_procedure(book, EXTENSION, FIRST_BRANCH, early, actor()),
    )
    refused(book, "这个组织已不在簿中", lambda: begin_procedure(book, EXTENSION, uuid4(), BEGUN, actor()))
    with pytest.raises(UnreadableProblem, match="不认识的办理事项"):
        begun(book, "no_such_shape")


# ---------------------------------------------------------------- steps


def test_a_step_is_kept_as_one_line_of_history_and_an_equal_one_leaves_none() -> None:
    book = small_book()
    procedure_id = begun(book)
    step(book, procedure_id, "request", None, values={"reason": "人员调整"})
    assert book.state.operations[-1].head.label == "填写“延期请示”"
    lines = len(book.state.operations)
    step(book, procedure_id, "request", None, values={"reason": "人员调整"})
    assert len(book.state.operations) == lines
    with book.reading() as reading:
        view = procedure_view(reading, procedure_id, TODAY)
    assert view.steps[0].state == StepState.BEGUN
    assert view.next == view.steps[0]


@pytest.mark.parametrize(
    "key, on, more, said",
    [
        ("request", TODAY + timedelta(1), {"values": WANTED}, "上报日期在今天之后（延期请示）"),
        ("request", BEGUN, {}, "还缺：延期原因、拟延长到"),
        ("reply", BEGUN, {"values": ANSWER}, "“延期请示”还没有完成"),
        ("no_such_step", BEGUN, {}, "没有这一步"),
        ("request", None, {"record_id": uuid4()}, "所选的会议记录已不在簿中"),
        ("request", None, {"values": {"until": "2027-02-30"}}, "不是日期（延期请示·拟延长到 2027-02-30）"),
        ("request", None, {"values": {"until": "明年"}}, "不是日期"),
        ("reply", None, {"values": {"outcome": "也许"}}, "应是批准、不批准之一（上级批复·批复结果 也许）"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_lost(
    key: str, on: date | None, more: dict, said: str
) -> None:
    book = small_book()
    procedure_id = begun(book)
    refused(book, said, lambda: step(book, procedure_id, key, on, **more))


@pytest.mark.parametrize("seats", [-1, 100_001, 10**9, True, "三"])
def test_a_number_of_seats_that_cannot_be_is_refused(seats: object) -> None:
    book = small_book()
    procedure_id = begun(book, "term_election")
    said = f"数目应在 0 到 100000 之间（支委会研究·委员名额 {seats}）"
    refused(book, said, lambda: step(book, procedure_id, "decision", None, values={"seats": seats}))


def test_a_step_out_of_order_needs_a_reason_which_is_kept() -> None:
    book = small_book()
    procedure_id = begun(book)
    step(book, procedure_id, "reply", values=ANSWER, reason="口头请示在先")
    assert stored(book, procedure_id).entry("reply").reason == "口头请示在先"
    step(book, procedure_id, "request", date(2026, 3, 5), values=WANTED)
    refused(
        book,
        "“延期请示”在 2026-03-05，晚于本步的 2026-03-02",
        lambda: step(book, procedure_id, "reply", values=ANSWER),
    )
    step(book, procedure_id, "reply", date(2026, 3, 5), values=ANSWER)


def test_a_step_taken_back_keeps_what_was_entered() -> None:
    book = small_book()
    procedure_id = begun(book)
    step(book, procedure_id, "request", values=WANTED)
    reopen_step(book, procedure_id, "request", actor())
    entry = stored(book, procedure_id).entry("request")
    assert (entry.done_on, entry.values) == (None, WANTED)


def test_texts_are_cleaned_and_stay_text() -> None:
    book = small_book()
    procedure_id = begun(book)
    step(book, procedure_id, "request", None, values={"reason": "<b>因\x00故</b>\r\n第二行"})
    assert stored(book, procedure_id).entry("request").values["reason"] == "<b>因故</b>\n第二行"


# ---------------------------------------------------------------- the end


def test_a_procedure_is_finished_when_every_needed_step_is_done_and_then_frozen() -> None:
    book = small_book()
    procedure_id = begun(book)
    step(book, procedure_id, "request", values=WANTED)
    refused(book, "还有步骤没有完成：上级批复", lambda: finish_procedure(book, procedure_id, TODAY, actor()))
    step(book, procedure_id, "reply", date(2026, 3, 20), values=ANSWER)
    finish_procedure(book, procedure_id, date(2026, 3, 21), actor())
    made = stored(book, procedure_id)
    assert (made.state, made.ended_on) == (ProcedureState.FINISHED, date(2026, 3, 21))
    said = "这项延期换届已经结束，不能再改（2026-03-21）"
    for change in (
        lambda: step(book, procedure_id, "reply", values=ANSWER),
        lambda: reopen_step(book, procedure_id, "reply", actor()),
        lambda: finish_procedure(book, procedure_id, TODAY, actor()),
        lambda: abandon_procedure(book, procedure_id, TODAY, "不办了", actor()),
    ):
        refused(book, said, change)


def test_a_procedure_is_abandoned_with_a_reason() -> None:
    book = small_book()
    procedure_id = begun(book)
    refused(book, "需要写明原因", lambda: abandon_procedure(book, procedure_id, TODAY, "  ", actor()))
    tomorrow = TODAY + timedelta(1)
    refused(book, "在今天之后", lambda: abandon_procedure(book, procedure_id, tomorrow, "不办了", actor()))
    abandon_procedure(book, procedure_id, TODAY, "支部撤并", actor())
    made = stored(book, procedure_id)
    assert (made.state, made.ending_reason) == (ProcedureState.ABANDONED, "支部撤并")
    assert book.state.operations[-1].head.reason == "支部撤并"


def test_a_finished_procedure_is_corrected_with_a_reason_and_the_former_text_stays_in_the_history() -> None:
    book = small_book()
    procedure_id = finished(book)
    corrected = stored(book, procedure_id).with_entry(
        StepEntry("reply", date(2026, 3, 20), {**ANSWER, "document": "8号"})
    )
    refused(book, "更正需要写明原因", lambda: correct_procedure(book, corrected, " ", actor()))
    correct_procedure(book, corrected, "文号写错", actor())
    made = stored(book, procedure_id)
    assert (made.state, made.correction_reason) == (ProcedureState.CORRECTED, "文号写错")
    assert made.entry("reply").text("document") == "8号"
    assert "示委〔2026〕7号" in str(book.state.operations[-1].touches[0].before)
    correct_procedure(book, made, "再更正", actor())
    still_open = stored(book, begun(book, "term_election"))
    refused(book, "没有办结", lambda: correct_procedure(book, still_open, "更正", actor()))


@pytest.mark.parametrize(
    "changed, said",
    [
        (StepEntry("reply", None, ANSWER), "已办结的步骤不能没有日期：上级批复"),
        (StepEntry("reply", date(2026, 3, 20), {**ANSWER, "until": "2027-02-30"}), "不是日期"),
        (StepEntry("reply", date(2026, 3, 20), {**ANSWER, "document": ""}), "还缺：文号"),
        (StepEntry("reply", TODAY + timedelta(1), ANSWER), "在今天之后"),
        (StepEntry("reply", date(2026, 2, 1), ANSWER), "晚于本步的"),
        (StepEntry("unknown", BEGUN), "没有这一步"),
    ],
)
def test_a_correction_is_checked_like_what_it_corrects(changed: StepEntry, said: str) -> None:
    """What could not be entered cannot be corrected to either: the book would hold what no screen can read."""
    book = small_book()
    corrected = stored(book, finished(book)).with_entry(changed)
    refused(book, said, lambda: correct_procedure(book, corrected, "更正", actor()))


def test_a_removed_procedure_goes_to_the_bin_with_its_attachments_and_comes_back() -> None:
    book = small_book()
    procedure_id = finished(book)
    scan = Attachment(uuid4(), procedure_id, AttachmentKind.OTHER, "批复.pdf", "0" * 64, 3, "application/pdf")
    put(book, scan)
    before = book.state.values
    refused(book, "需要写明原因", lambda: remove_procedure(book, procedure_id, actor()))
    remove_procedure(book, procedure_id, actor(), "重复登记")
    with book.reading() as reading:
        assert reading.get(Procedure, procedure_id) is None
        assert reading.get(Attachment, scan.id) is None
    restore_removed(book, last(book), actor())
    assert book.state.values == before


CHANGES: tuple[Callable[[FakeBook, UUID], object], ...] = (
    lambda book, each: step(book, each, "request", values=WANTED),
    lambda book, each: abandon_procedure(book, each, TODAY, "不办了", actor()),
    lambda book, each: remove_procedure(book, each, actor()),
    lambda book, _: begun(book, "by_election"),
    lambda book, _: finish_procedure(book, _granted(book), TODAY, actor()),
)


def _granted(book: FakeBook) -> UUID:
    (only,) = stored_all(book)
    step(book, only.id, "request", values=WANTED)
    step(book, only.id, "reply", date(2026, 3, 20), values=ANSWER)
    return only.id


def stored_all(book: FakeBook) -> tuple[Procedure, ...]:
    with book.reading() as reading:
        return procedures_of(reading)


@pytest.mark.parametrize("change", CHANGES)
def test_every_step_is_undone_and_done_again(change: Callable[[FakeBook, UUID], object]) -> None:
    book = small_book()
    procedure_id = begun(book)
    change(book, procedure_id)
    after, done = book.state.values, last(book)
    undo(book, done, actor(1), START)
    before = book.state.values
    assert before != after
    redo(book, last(book), actor(2), START)
    assert book.state.values == after
    undo(book, done, actor(3), START)
    assert book.state.values == before


def test_a_general_branch_has_procedures_of_its_own() -> None:
    book = small_book()
    begun(book, "general_branch_election", GENERAL_BRANCH)
    begun(book, "term_election", FIRST_BRANCH)
    with book.reading() as reading:
        assert [each.shape for each in procedures_of(reading, GENERAL_BRANCH)] == ["general_branch_election"]


def test_a_correction_keeps_the_day_of_the_end() -> None:
    book = small_book()
    procedure_id = finished(book)
    moved = replace(stored(book, procedure_id), ended_on=TODAY)
    made = correct_procedure(book, moved, "更正", actor()).value
    assert made.ended_on == date(2026, 3, 21)
