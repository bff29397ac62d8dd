"""branchbook plan: the tasks of a year with what stands beside them, and one week."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import assert_words, refused

TASKS = (
    ("任务", "开始日期", "完成时限", "状态", "完成日期", "责任人", "活动种类", "计划次数", "所属组织"),
    ("修订制度", "2026-03-02", "2026-11-10", "进行中", "", "赵示例", "", "", "第一支部"),
    ("讲党课", "2026-01-05", "2026-12-10", "未开始", "", "", "党课", "4", "第一支部"),
    ("归档", "2026-02-02", "2026-03-01", "已完成", "2026-03-04", "", "", "", "第二支部"),
)
WEEKS = (
    ("所在周", "计划事项", "完成日期", "完成情况", "小结", "所属组织"),
    ("2026-11-24", "整理档案", "", "", "缺两份", "第一支部"),
    ("2026-11-23", "写总结", "2026-11-24", "已完成", "", "第一支部"),
    ("2026-11-16", "走访", "", "", "", "第一支部"),
)


@pytest.fixture
def filled(branchbook, book, tmp_path) -> Path:
    """The book with three tasks and two weeks, brought in from spreadsheets."""
    for name, rows in (("工作任务", TASKS), ("周计划", WEEKS)):
        made = Workbook()
        for row in rows:
            made.active.append(row)
        path = tmp_path / f"{name}.xlsx"
        made.save(path)
        answer = branchbook("ledger", "import", book, name, path)
        assert answer.code == 0, answer
    return book


def test_a_years_tasks_are_told_with_what_was_planned_and_held(branchbook, filled):
    answer = branchbook("plan", filled)
    assert answer.code == 0
    words = [
        "修订制度  赵示例  2026-11-10 前  【逾期 14 天】",
        "晚 3 天",
        "党课：计划 4",
        "任务 3 项，逾期 1 项",
    ]
    assert_words(answer.out, words)


def test_as_json_with_days_and_states(branchbook, filled):
    found = branchbook("plan", filled, "--branch", "第一支部", "--json").json
    assert [each["task"] for each in found["tasks"]] == ["修订制度", "讲党课"]
    assert found["tasks"][0]["days_late"] == 14
    assert found["tasks"][1]["done_on"] is None
    assert found["counts"][0]["planned"] == 4
    assert [
        each["task"] for each in branchbook("plan", filled, "--year", "2025", "--json").json["tasks"]
    ] == []


def test_a_week_by_any_of_its_days(branchbook, filled):
    answer = branchbook("plan", filled, "--week", "2026-11-27")
    words = ["未完成  整理档案  缺两份", "已完成  写总结", "前几周剩下：走访", "【逾期 14 天】"]
    assert_words(answer.out, [*words, "2026.11.23—11.29：计划 2 项，完成 1 项，结转 0 项，未完成 1 项"])
    found = branchbook("plan", filled, "--week", "2026-11-27", "--json").json
    assert found["week"] == "2026-11-23"
    assert {each["content"]: each["done"] for each in found["entries"]} == {"整理档案": False, "写总结": True}
    assert [each["week"] for each in found["left_over"]] == ["2026-11-16"]


def test_a_year_or_branch_that_is_none_is_refused(branchbook, filled):
    refused(branchbook("plan", filled, "--branch", "没有"), "没有这个名称的组织")
    answer = branchbook("plan", filled, "--year", "0")
    assert (answer.code, answer.out) == (2, "")
    assert_words(answer.errors, ["不是年份"])
