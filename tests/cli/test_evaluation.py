"""evaluation: the rounds of a year from a real book, in words and as JSON."""

from __future__ import annotations

import pytest

from branchbook.storage.shelf import Shelf
from tests.cli.conftest import refused
from tests.services.evaluation_book import everyone_graded


@pytest.fixture
def with_round(book):
    """The first branch of the book has graded its six members in November 2026."""
    opened = Shelf().open(book, None, writable=True, holder="示例")
    everyone_graded(opened)
    opened.close()
    return book


def test_as_json(branchbook, with_round):
    answer = branchbook("evaluation", with_round, "--year", "2026", "--on", "2026-11-30", "--json")
    assert (answer.code, answer.errors, answer.json["year"]) == (0, "", 2026)
    (found,) = answer.json["rounds"]
    assert (found["organisation"], found["state"], found["ended_on"]) == ("第一支部", "open", None)
    assert [each["key"] for each in found["steps"]][:3] == ["preparation", "participants", "talks"]
    assert {each["key"]: each["state"] for each in found["steps"]}["grading"] == "done"
    (ballot,) = found["ballots"]
    assert (ballot["audience"], ballot["valid"], ballot["confirmed_on"]) == ("members", 10, "2026-11-12")
    assert len(found["members"]) == 6
    first = found["members"][0]
    assert (first["name"], first["standing"], first["grade"]) == ("赵示例", "full", "qualified")
    assert (first["graded"], first["missing"]) == (True, ["反馈"])
    assert first["members_count"] == {
        "excellent": 0,
        "qualified": 10,
        "basically_qualified": 0,
        "unqualified": 0,
        "blank": 0,
        "void": 0,
    }
    assert first["masses_count"] is None
    assert found["cap"] == {"n": 6, "base": "full_members", "max": 2}
    assert found["other_cap"] == {"n": 6, "base": "participants", "max": 2}
    assert {"V-04"} <= {each["rule"] for each in found["findings"]}


def test_in_words(branchbook, with_round):
    answer = branchbook("evaluation", with_round, "--year", "2026", "--on", "2027-03-01")
    assert answer.code == 0
    assert "第一支部  2026 年度  2026-11-02 开始  办理中" in answer.out
    assert "待办  整改落实  2026-12-12 前  逾期" in answer.out
    assert "党员测评  2026-11-12  应到 10，实到 10；发出 10，收回 10，有效 10  2026-11-12 确认" in answer.out
    assert "赵示例  参加评议，评定等次  优秀 0，合格 10" in answer.out
    assert answer.out.endswith("2026 年度：评议 1 次\n")


def test_another_branch_or_year_has_none(branchbook, with_round):
    empty = {"year": 2025, "rounds": []}
    assert branchbook("evaluation", with_round, "--year", "2025", "--json").json == empty
    other = branchbook("evaluation", with_round, "--year", "2026", "--branch", "第二支部", "--json")
    assert other.json["rounds"] == []
    above = branchbook("evaluation", with_round, "--year", "2026", "--branch", "示例总支", "--json")
    assert len(above.json["rounds"]) == 1
    refused(branchbook("evaluation", with_round, "--year", "2026", "--branch", "第九支部"), "第九支部")


def test_wrong_use_is_told_in_chinese(branchbook, with_round):
    assert branchbook("evaluation", with_round).code == 2
    assert branchbook("evaluation", with_round, "--year", "26").code == 2
