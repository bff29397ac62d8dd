"""election: the list and one election, in words and as JSON, on real files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from branchbook.domain.procedures import Procedure
from branchbook.services.election_office import apply_reply, take_office
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.election_books import (
    add_committee,
    begun,
    counted,
    entry,
    extension,
    put_procedure,
)
from tests.services.small_book import GENERAL_BRANCH, SECOND_BRANCH, actor, fill

LINE_KEYS = [
    "id", "organisation", "shape", "name", "begun_on", "state", "state_words", "open", "next_step", "due_on", "overdue",
    "elected_on", "ended_on",
]  # fmt: skip
SHOWN_KEYS = [
    "id", "organisation", "shape", "name", "begun_on", "state", "state_words", "open", "ended_on", "term_end",
    "latest_on", "next_step", "findings", "steps", "rounds", "outcome",
]  # fmt: skip
STEP_KEYS = ["key", "name", "state", "done_on", "due_on", "overdue", "reason", "summary", "findings"]
ROUND_KEYS = [
    "id", "step", "kind", "ballot", "held_on", "confirmed_on", "seats", "due", "present", "valid", "elected", "tie",
    "vacant", "ballots", "results",
]  # fmt: skip


@dataclass(frozen=True)
class Elections:
    """A book on disk with an election under way, one begun in the other branch, and a request for more time."""

    path: Path
    counted: Procedure
    begun: Procedure
    extension: Procedure


@pytest.fixture(scope="module")
def elections(tmp_path_factory) -> Elections:
    path = tmp_path_factory.mktemp("选举") / "选举.branchbook"
    book = Shelf().create(path, "示例")
    fill(book)
    add_committee(book)
    first = counted(book)
    put_procedure(book, first.with_entry(entry("result_report", date(2026, 9, 9), document="示1号")))
    take_office(book, first.id, date(2026, 9, 10), actor(3))
    second = begun(book, "secretary_election", date(2026, 10, 1), place=SECOND_BRANCH)
    third = begun(book, "general_branch_election", date(2026, 9, 1), place=GENERAL_BRANCH)
    assert third
    more = extension(book, date(2027, 3, 1), None)
    book.close()
    return Elections(path, first, second, more)


class TestList:
    def test_every_election_stands_in_it_with_exactly_the_documented_keys(self, branchbook, elections):
        answer = branchbook("election", elections.path, "--list", "--json")
        assert (answer.code, answer.errors) == (0, "")
        assert [list(each) for each in answer.json] == [LINE_KEYS] * 4
        first = next(each for each in answer.json if each["id"] == str(elections.counted.id))
        assert (first["state"], first["next_step"], first["elected_on"]) == (
            "reported",
            "division",
            "2026-09-08",
        )

    def test_a_branch_is_asked_for_by_name_and_a_general_branch_has_all(self, branchbook, elections):
        second = branchbook("election", elections.path, "--list", "--branch", "第二支部", "--json").json
        assert [each["id"] for each in second] == [str(elections.begun.id)]
        assert (
            len(branchbook("election", elections.path, "--list", "--branch", "示例总支", "--json").json) == 4
        )
        refused(
            branchbook("election", elections.path, "--list", "--branch", "无此支部"), "没有这个名称的组织"
        )

    def test_in_words_it_says_where_work_goes_on(self, branchbook, elections):
        lines = branchbook("election", elections.path, "--list").out.splitlines()
        assert str(elections.counted.id) in {each.split()[0] for each in lines}, "whole, as --record wants it"
        assert lines[-1] == "共 4 项，办理中 4 项"
        assert any("第一支部  换届选举（设支委会）" in line and "下一步：委员分工" in line for line in lines)

    def test_the_day_decides_what_is_overdue(self, branchbook, elections):
        found = branchbook("election", elections.path, "--list", "--json", "--on", "2026-09-09").json
        assert not any(each["overdue"] for each in found)

    def test_a_book_without_elections_has_an_empty_list(self, branchbook, book):
        assert branchbook("election", book, "--list", "--json").json == []
        assert branchbook("election", book, "--list").out == "共 0 项，办理中 0 项\n"


class TestShow:
    def test_one_election_with_steps_ballots_and_outcome(self, branchbook, elections):
        shown = branchbook("election", elections.path, "--show", elections.counted.id, "--json").json
        assert list(shown) == SHOWN_KEYS
        assert [list(each) for each in shown["steps"]] == [STEP_KEYS] * 16
        assert [list(each) for each in shown["rounds"]] == [ROUND_KEYS] * 2
        assert (shown["term_end"], shown["latest_on"]) == ("2026-09-10", "2026-09-10")
        assert shown["outcome"] == {
            "committee": ["李示例", "周示例", "钱示例"],
            "secretary": "李示例",
            "deputies": [],
            "vacant": 0,
            "void": False,
        }
        assert shown["rounds"][0]["elected"] == ["李示例", "周示例", "钱示例"]
        count = next(each for each in shown["steps"] if each["key"] == "count")
        assert (count["state"], count["summary"]) == ("done", "9 月 8 日 · 当选委员 3 名")
        early = [each for each in count["findings"] if each["rule"] == "E-02"]
        assert early[0]["article"] == "基层组织选举工作条例 第三条"

    def test_the_beginning_of_the_id_is_enough(self, branchbook, elections):
        out = branchbook("election", elections.path, "--show", str(elections.counted.id)[:8]).out
        assert out.splitlines()[:3] == [
            "第一支部  换届选举（设支委会）  已报告结果",
            f"编号 {elections.counted.id}",  # whole, as print --record wants it
            "任期 2026-09-10 届满，最迟 2026-09-10",
        ]
        assert "已办  结果报告  9 月 9 日 · 示1号" in out
        assert out.splitlines()[-1] == "当选  委员：李示例、周示例、钱示例；书记：李示例"

    def test_an_extension_elects_nobody(self, branchbook, elections):
        shown = branchbook("election", elections.path, "--show", elections.extension.id, "--json").json
        assert (shown["outcome"], shown["state"]) == (None, "requested")

    def test_nobody_is_elected_yet(self, branchbook, elections):
        out = branchbook("election", elections.path, "--show", elections.begun.id).out
        assert out.splitlines()[-1] == "还没有当选人"

    @pytest.mark.parametrize("text", ["ffffffff", "", "../..", "abc"])
    def test_an_unknown_id_is_refused(self, branchbook, elections, text):
        refused(branchbook("election", elections.path, f"--show={text}"), "没有这项选举", "--list")

    def test_it_reads_and_changes_nothing(self, branchbook, elections):
        before = elections.path.read_bytes()
        branchbook("election", elections.path, "--show", elections.counted.id)
        branchbook("election", elections.path, "--list", "--json")
        assert elections.path.read_bytes() == before


class TestWrongUse:
    def test_list_or_show_is_asked_for(self, branchbook, elections):
        refused(branchbook("election", elections.path), "以下参数须有一个", code=2)
        refused(branchbook("election", elections.path, "--list", "--show", "a"), "不能同时用", code=2)

    def test_a_branch_belongs_to_the_list(self, branchbook, elections):
        refused(
            branchbook("election", elections.path, "--show", "abcd", "--branch", "第一支部"),
            "--branch",
            code=2,
        )

    def test_a_file_that_is_no_book(self, branchbook, tmp_path):
        path = tmp_path / "不是簿.branchbook"
        path.write_bytes(b"no book")
        assert branchbook("election", path, "--list").code == 2


def test_after_the_reply_the_state_is_approved(branchbook, tmp_path):
    path = tmp_path / "已批.branchbook"
    book = Shelf().create(path, "示例")
    fill(book)
    add_committee(book)
    procedure = counted(book)
    put_procedure(book, procedure.with_entry(entry("result_report", date(2026, 9, 9))))
    take_office(book, procedure.id, date(2026, 9, 10), actor(3))
    reply = entry("result_reply", date(2026, 9, 20), outcome="批准", document="示3号")
    apply_reply(book, procedure.id, reply, actor(4))
    book.close()
    shown = branchbook("election", path, "--list", "--json").json
    assert [(each["state"], each["state_words"]) for each in shown] == [("approved", "上级已批复结果")]
