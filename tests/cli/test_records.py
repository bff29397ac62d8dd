"""due, search, rules: what they report, in words and as JSON."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest

from branchbook.domain.requirements import FindingState
from branchbook.services.organisations import rename
from branchbook.storage.shelf import Shelf
from tests.cli.conftest import HELD_ON, refused
from tests.services.small_book import FIRST_BRANCH, actor

KEYS = [
    "requirement", "scope", "period_start", "period_end", "state", "records", "reason", "article", "confidence",
]  # fmt: skip


class TestDue:
    def test_a_finding_has_exactly_the_documented_keys(self, branchbook, book):
        answer = branchbook("due", book, "--json")
        assert (answer.code, answer.errors) == (0, "")
        assert answer.json
        for finding in answer.json:
            assert list(finding) == KEYS
            assert finding["state"] in set(FindingState)
            assert finding["requirement"].replace("_", "").isalpha()
            assert finding["requirement"] == finding["requirement"].lower()
            assert all(UUID(each) for each in finding["records"])
            assert finding["confidence"] in ("A", "B", "C", "待核实")
            assert finding["article"]

    def test_all_periods_of_the_calendar_year_are_listed(self, branchbook, book):
        found = branchbook("due", book, "--json", "--on", "2026-02-10", "--branch", "第一支部").json
        spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
        for each in found:
            spans.setdefault((each["requirement"], each["scope"]), []).append(
                (date.fromisoformat(each["period_start"]), date.fromisoformat(each["period_end"]))
            )
        assert len(spans["general_meeting", "第一支部"]) == 4
        assert len(spans["theme_party_day", "第一支部"]) == 12
        for periods in spans.values():
            assert periods[0][0] == date(2026, 1, 1)
            assert periods[-1][1] == date(2026, 12, 31)
            for (_, end), (start, _) in pairwise(periods):
                assert (start - end).days == 1
        states = {each["state"] for each in found}
        assert "not_yet" in states  # months to come are listed too

    def test_the_day_decides_what_is_overdue(self, branchbook, book, kept):
        def second_quarter(on: str) -> dict:
            found = branchbook("due", book, "--json", "--on", on, "--branch", "第一支部").json
            return next(
                each
                for each in found
                if (each["requirement"], each["period_start"]) == ("general_meeting", "2026-04-01")
            )

        assert second_quarter("2026-05-01")["state"] == "due"
        held = second_quarter("2026-7-1")
        assert (held["state"], held["records"]) == ("held", [str(kept.final.id)])
        third = branchbook("due", book, "--json", "--on", "20261124", "--branch", "第二支部").json
        draft = next(
            each
            for each in third
            if (each["requirement"], each["period_start"]) == ("general_meeting", "2026-07-01")
        )
        assert (draft["state"], draft["records"]) == ("held_not_final", [str(kept.draft.id)])

    def test_one_branch_with_its_groups(self, branchbook, book):
        everyone = branchbook("due", book, "--json").json
        first = branchbook("due", book, "--json", "--branch", "第一支部").json
        assert {each["scope"] for each in first} < {each["scope"] for each in everyone}
        assert not [each for each in first if "第二支部" in each["scope"]]
        assert [each for each in first if each["requirement"] == "group_meeting"]

    def test_a_former_name_still_finds_the_branch(self, branchbook, book):
        opened = Shelf().open(book, None, writable=True, holder="")
        rename(opened, FIRST_BRANCH, "机关支部", date(2026, 6, 1), "示组1号", actor())
        opened.close()
        now = branchbook("due", book, "--json", "--branch", "机关支部")
        former = branchbook("due", book, "--json", "--branch", "第一支部")
        assert now.json == former.json != []

    def test_a_name_that_nobody_has_lists_the_names(self, branchbook, book):
        answer = branchbook("due", book, "--branch", "第九支部")
        refused(answer, "没有这个名称的组织（第九支部）", "示例总支、第一支部、第二支部")

    def test_words_for_people_say_what_is_owed_and_why(self, branchbook, book):
        answer = branchbook("due", book, "--on", "2026-11-24", "--branch", "第二支部")
        lines = answer.out.splitlines()
        assert answer.code == 0
        assert any("逾期" in line and "第一季度支部党员大会" in line and "第十一条" in line for line in lines)
        assert any(line.startswith("未定稿") for line in lines)
        owed = len(lines) - 1
        assert lines[-1] == f"2026-11-24：共 {owed} 项待办"
        starts = [line.split()[0] for line in lines[:-1]]
        assert starts == sorted(starts, key=lambda word: word != "逾期")

    def test_before_the_earliest_rule_nothing_is_demanded(self, branchbook, book):
        assert branchbook("due", book, "--on", "1930-6-1").out == "1930-06-01：该日期无规则依据\n"
        states = {each["state"] for each in branchbook("due", book, "--on", "2016-6-1", "--json").json}
        assert "overdue" not in states


class TestSearch:
    def test_two_character_words_are_found_with_a_snippet(self, branchbook, book, kept):
        answer = branchbook("search", book, "食堂", "--json")
        assert {each["id"] for each in answer.json} == {str(kept.final.id), str(kept.draft.id)}
        for hit in answer.json:
            assert set(hit) == {"entity", "title", "snippet", "id", "held_on"}
            assert "食堂" in hit["snippet"]

    def test_every_word_must_be_there(self, branchbook, book, kept):
        both = branchbook("search", book, "食堂", "年度", "--json").json
        assert [each["id"] for each in both] == [str(kept.final.id)]
        assert both[0]["held_on"] == HELD_ON.isoformat()

    def test_initials_find_people(self, branchbook, book):
        found = branchbook("search", book, "zsl", "--json").json
        assert any(each["entity"] == "person" and "赵示例" in each["title"] for each in found)

    def test_nothing_found_is_no_failure(self, branchbook, book):
        answer = branchbook("search", book, "没有写过的话")
        assert (answer.code, answer.out) == (0, "共 0 条\n")

    def test_words_that_look_like_a_query_are_only_words(self, branchbook, book):
        for words in ('"', "食堂*", "' OR 1", "NEAR(", "%", "-x"):
            answer = branchbook("search", book, "--", words)
            assert answer.code == 0, words


class TestRules:
    def test_the_shipped_rules_need_no_book(self, branchbook):
        answer = branchbook("rules", "--on", "2026-11-24", "--json")
        rules = {each["id"]: each for each in answer.json}
        assert "B-09" in rules
        for each in rules.values():
            assert each["document"]
            assert "article" in each
            assert each["from_on"] <= "2026-11-24"
            assert each["to_on"] is None or each["to_on"] >= "2026-11-24"
            assert each["confidence"] in ("A", "B", "C", "UNCONFIRMED")
            assert each["unconfirmed"] or each["confidence"] != "UNCONFIRMED"

    def test_each_line_names_its_document_and_the_count_is_told(self, branchbook):
        lines = branchbook("rules").out.splitlines()
        assert lines[-1] == f"2026-11-24：有效规则 {len(lines) - 1} 条"
        assert any(line.startswith("B-09") and "条" in line for line in lines)

    @pytest.mark.parametrize("on", ["1921-7-1", "1950.1.1"])
    def test_before_the_earliest_one_there_is_none(self, branchbook, on):
        answer = branchbook("rules", "--on", on)
        assert answer.code == 0
        assert "该日期无规则依据" in answer.out
        assert branchbook("rules", "--on", on, "--json").json == []
