"""Whole elections through the real window, from the reminder on the Desk to the filed report (issue 3 §7)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from branchbook.domain.people import Post
from branchbook.domain.procedures import ProcedureState
from branchbook.storage.shelf import Shelf
from tests.services.election_books import add_committee
from tests.services.small_book import GENERAL_BRANCH, SECOND_BRANCH, fill
from tests.ui.places.elections.walk import Walk
from tests.ui.running_program import opened as opened
from tests.ui.running_program import program as program

REMINDED, DECIDED, REQUESTED, REPLIED = (
    date(2026, 3, 20),
    date(2026, 3, 21),
    date(2026, 8, 3),
    date(2026, 8, 20),
)
NOMINATED, APPROVED, LISTED, MEETING = (
    date(2026, 8, 25),
    date(2026, 9, 1),
    date(2026, 9, 8),
    date(2026, 9, 10),
)
REPORTED, ANSWERED, FILED = date(2026, 9, 11), date(2026, 9, 18), date(2026, 9, 21)


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """Twenty full members and a committee whose term ends on 2026-09-10, in a file."""
    path = tmp_path_factory.mktemp("簿") / "示例.branchbook"
    book = Shelf().create(path, "")
    fill(book)
    add_committee(book)
    book.close()
    return path


@pytest.fixture
def book(kept, tmp_path) -> Path:
    return Path(shutil.copy(kept, tmp_path / kept.name))


@pytest.fixture
def walk(opened, qtbot) -> Walk:
    made = Walk(opened, qtbot)
    made.on(REMINDED)
    return made


def prepare(walk: Walk, first: dict[str, str], seats: str = "") -> None:
    """Decision, request and reply."""
    walk.do_step("decision", DECIDED, **first, candidates="4", planned_on="2026年9月10日")
    walk.do_step("request", REQUESTED, document="示机党请〔2026〕3号", contact="孙示例")
    asked = {"seats": seats} if seats else {}
    walk.do_step("reply", REPLIED, document="示机党〔2026〕14号", candidates="4", **asked)


def nominate(walk: Walk, **kinds: tuple[str, ...]) -> None:
    """Candidates by the recommendation ballots, then their approval."""
    for kind, names in kinds.items():
        walk.stand(kind, *names)
    walk.do_step("nomination", NOMINATED, members="20", taking_part="18", issued="18", returned="18")
    walk.do_step("candidate_approval", APPROVED, document="示机党〔2026〕16号")


def hold_meeting(walk: Walk, voters: int, scrutineer: str, teller: str, absent: str = "") -> None:
    """The roster is asked, the meeting opened, its votes taken; then 应到 freezes and the method is passed."""
    walk.press(walk.voters.take_button)
    walk.do_step("voters", LISTED)
    walk.on(MEETING)
    walk.press(walk.voters.everyone_button)
    if absent:
        table = walk.voters.table
        row = [each.name for each in table.rows_model.rows].index(absent)
        table.setCurrentIndex(table.model().index(row, 0))
        walk.keys(table, Qt.Key.Key_3)
    walk.vote("work_report", votes_for=voters)
    walk.type_into(walk.body.fields.day, "2026-9-10")
    walk.press(walk.voters.freeze_button)
    walk.do_step("opening", MEETING, venue="示例会议室")
    walk.vote("method", votes_for=voters)
    walk.vote("scrutineers", votes_for=voters)
    walk.do_step("method", MEETING, scrutineers=scrutineer, tellers=teller)


def elect_heads(walk: Walk, ballots: int) -> None:
    """The committee's own meeting: secretary, then deputy, each by everyone."""
    for kind in ("secretary", "deputy"):
        walk.counting.chips.choose(kind)
        walk.counting.chips.chosen.emit(kind)
        walk.press(walk.counting.start_button)
        walk.count(ballots, ["5"] * ballots)
    walk.do_step("first_meeting", MEETING, venue="示例会议室")


def finish(walk: Walk, outcome: str = "批准") -> None:
    """The report, its reply, the posts in the roster, the filing, and the end."""
    walk.do_step("result_report", REPORTED, document="示机党报〔2026〕5号")
    walk.choose(walk.body.fields.editor("outcome"), outcome)
    walk.do_step("result_reply", ANSWERED, document="示机党〔2026〕20号")
    walk.go_to("take_office")
    walk.do_step("take_office", ANSWERED)
    walk.go_to("filing")
    walk.fill(place="示例档案柜")
    walk.write_day(FILED)
    walk.press(walk.place.step.finish_button)
    assert walk.procedure.state == ProcedureState.FINISHED
    assert not walk.place.step.finish_button.isVisible()


class TestTermElection:
    def test_from_the_reminder_to_the_filed_report_with_a_committee(self, walk):
        """Reminder, decision, request, reply, candidates, meeting, count, first meeting, report, posts, filing."""
        walk.begin_from_desk()
        assert walk.place.beginning.shape.value() == "term_election"
        walk.press(walk.place.beginning.form.act)
        prepare(walk, {"seats": "3", "deputies": "1"}, seats="3")
        walk.preview("request", "election:request")
        committee = ("赵示例", "李示例", "孙示例", "蒋增补")
        nominate(walk, committee=committee, secretary=("赵示例",), deputy=("李示例",))
        hold_meeting(walk, 19, "周示例", "吴示例", absent="张增补")
        walk.press(walk.counting.start_button)
        # 孙, 李, 赵, 蒋 in the order of strokes
        walk.count(19, ["1112"] * 14 + ["1121"] * 2 + ["2111"] * 2 + ["1110"])
        walk.complete()
        assert walk.procedure.done_on("count") == MEETING
        elect_heads(walk, 3)
        row = next(each for each in walk.division.rows if each.name == "孙示例")
        walk.choose(row.post, Post.DISCIPLINE_MEMBER)
        walk.type_into(row.duties, "纪律检查")
        walk.do_step("division", MEETING)
        walk.do_step("result_report", REPORTED, document="示机党报〔2026〕5号")
        walk.go_to("take_office")
        assert "当选待批" in [walk.outcome.posts.rows_model.index(row, 2).data() for row in range(8)]
        walk.do_step("take_office", REPORTED)
        assert walk.posts(REPORTED)["赵示例"] == "committee_member"
        walk.go_to("result_reply")
        walk.choose(walk.body.fields.editor("outcome"), "批准")
        walk.do_step("result_reply", ANSWERED, document="示机党〔2026〕20号")
        held = {"赵示例": "secretary", "李示例": "deputy_secretary", "孙示例": "discipline_member"}
        assert walk.posts(ANSWERED) == held
        walk.go_to("filing")
        walk.fill(place="示例档案柜")
        walk.write_day(FILED)
        walk.press(walk.place.step.finish_button)
        assert walk.procedure.state == ProcedureState.FINISHED
        desk = walk.open("desk")
        assert not [item for item in desk.view.due if item.begin_procedure and not item.year]
        assert not walk.window.banner.isVisibleTo(walk.window)


class TestOtherShapes:
    def test_a_branch_without_a_committee_elects_its_secretary_in_the_general_meeting(self, walk):
        """Fewer than seven full members (支部工作条例): four members elect a secretary."""
        walk.scope(SECOND_BRANCH)
        walk.open()
        walk.press(walk.place.nothing.button)
        assert walk.place.beginning.shape.value() == "secretary_election"
        assert "不足 7 名" in walk.place.beginning.reason.text
        walk.press(walk.place.beginning.form.act)
        prepare(walk, {"deputies": "0"})
        nominate(walk, secretary=("郑示例",))
        hold_meeting(walk, 4, "王示例", "冯示例")
        walk.press(walk.counting.start_button)
        walk.count(4, ["5"] * 3 + ["2"])
        walk.complete()
        assert walk.procedure.done_on("count") == MEETING
        finish(walk)
        assert walk.posts(ANSWERED, SECOND_BRANCH) == {"郑示例": "secretary"}

    def test_a_general_branch_elects_its_committee(self, walk):
        walk.scope(GENERAL_BRANCH)
        walk.open()
        walk.press(walk.place.nothing.button)
        assert walk.place.beginning.shape.value() == "general_branch_election"
        walk.press(walk.place.beginning.form.act)
        prepare(walk, {"seats": "3", "deputies": "1"}, seats="3")
        committee = ("赵示例", "李示例", "王示例", "冯示例")
        nominate(walk, committee=committee, secretary=("赵示例",), deputy=("李示例",))
        hold_meeting(walk, 24, "周示例", "吴示例")
        walk.press(walk.counting.start_button)
        standing = [each.name for each in walk.procedure.candidates if each.kind == "committee"]
        ballot = "".join("2" if name == "冯示例" else "1" for name in standing)
        walk.count(24, [ballot] * 24)
        walk.complete()
        elect_heads(walk, 3)
        walk.do_step("division", MEETING)
        finish(walk)
        held = walk.posts(ANSWERED, GENERAL_BRANCH)
        assert held["赵示例"] == "secretary"
        assert held["王示例"] == "committee_member"

    def test_a_vacancy_is_filled_within_the_term(self, walk):
        """补选: the term runs on; who stays in office keeps the post (选举条例, E-16; B-39)."""
        walk.on(REMINDED)
        walk.open()
        walk.place.begin()
        walk.settle()
        walk.choose(walk.place.beginning.shape, "by_election")
        walk.press(walk.place.beginning.form.act)
        vacancy = {"vacated_posts": "纪检委员", "vacancy_reason": "调离", "seats": "1"}
        prepare(walk, vacancy, seats="1")
        nominate(walk, committee=("李示例", "蒋增补"))
        hold_meeting(walk, 20, "周示例", "吴示例")
        walk.press(walk.counting.start_button)
        walk.count(20, ["12"] * 16 + ["21"] * 4)
        walk.complete()
        assert walk.procedure.done_on("count") == MEETING, walk.notice()
        finish(walk)
        held = walk.posts(ANSWERED)
        assert held["赵示例"] == "secretary"
        assert "李示例" in held

    def test_approval_that_is_refused_opens_a_step(self, walk):
        """不批准 asks what is done about it (支部工作条例, B-38); the secretary holds no post."""
        walk.scope(SECOND_BRANCH)
        walk.open()
        walk.press(walk.place.nothing.button)
        walk.press(walk.place.beginning.form.act)
        prepare(walk, {"deputies": "0"})
        nominate(walk, secretary=("郑示例",))
        hold_meeting(walk, 4, "王示例", "冯示例")
        walk.press(walk.counting.start_button)
        walk.count(4, ["5"] * 4)
        walk.complete()
        walk.do_step("result_report", REPORTED, document="示机党报〔2026〕5号")
        walk.choose(walk.body.fields.editor("outcome"), "不批准")
        walk.do_step("result_reply", ANSWERED, document="示机党〔2026〕20号")
        assert walk.step == "after_refusal"
        walk.do_step("after_refusal", ANSWERED, note="按上级意见另行选举")
        assert walk.posts(ANSWERED, SECOND_BRANCH) == {}
