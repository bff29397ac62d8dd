"""hours: who is below the floor, in words and as JSON."""

from __future__ import annotations

from tests.cli.conftest import refused


def test_in_words_every_branch_with_who_is_below(branchbook, book):
    answer = branchbook("hours", book, "--year", "2026")
    assert answer.code == 0
    assert "未达到" in answer.out
    assert "还差 32" in answer.out
    assert "第二十条" in answer.out


def test_as_json_with_the_records_behind_each_member(branchbook, book):
    (branch,) = branchbook("hours", book, "--year", "2026", "--branch", "第一支部", "--json").json
    assert branch["year"] == 2026
    assert all(each["below"] == (each["hours"] < each["floor"]) for each in branch["members"])
    assert set(branch["members"][0]) == {"name", "hours", "floor", "below", "article", "records"}


def test_a_branch_that_is_not_there_is_refused(branchbook, book):
    refused(branchbook("hours", book, "--branch", "没有的支部"), "没有的支部")
