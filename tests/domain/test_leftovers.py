"""What a copied text left behind: it is pointed out, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.leftovers import Surroundings, leftovers
from branchbook.domain.records import AgendaItem, FrozenCount, PersonRef, Record, Resolution, Speech
from tests.domain.rosters import identity

BRANCH = identity("organisation", "一支部")
AROUND = Surroundings(
    own_names=("示例公司第一党支部", "示例公司党总支", "第一小组"),
    other_names=("示例公司第二党支部", "第二小组", "示例公司第一"),
    labels={"subject": "会议主题", "remark": "备注"},
)
COUNT = FrozenCount(25, 20, 23, 19, 3, 2, 0, 12, True, "", "")


def record(subject="", minutes="", **more):
    item = AgendaItem(identity("item"), "学习文件", speeches=(Speech("甲", minutes),))
    more.setdefault("held_on", date(2026, 5, 8))
    return Record(identity("record"), ("general_meeting",), BRANCH, subject=subject, agenda=(item,), **more)


def texts(record, around=AROUND):
    return [(each.where, each.text) for each in leftovers(record, around)]


@pytest.mark.parametrize(
    "minutes",
    [
        "由xx同志主持",
        "由XX主持",
        "在××会议室",
        "5月×日召开",
        "应到x人",
        "某某同志发言",
        "会议于（ ）召开",
        "姓名____",
        "地点○○",
        "【】通过",
        "内容待补充",
    ],
)
def test_a_blank_of_a_template_is_pointed_out(minutes):
    assert texts(record(minutes=minutes)) == [("议题1的发言", "像是没有填写的空")]


@pytest.mark.parametrize(
    "minutes",
    [
        "参观示例EXXON展馆",
        "二〇二六年五月八日",
        "见附件1（甲）",
        "面积3×4米",
        "A x B",
        "会议室302",
        "1990年代",
        "下划线_a_b",
    ],
)
def test_what_only_looks_like_a_blank_is_left_alone(minutes):
    assert texts(record(minutes=minutes)) == []


@pytest.mark.parametrize(
    "subject", ["4月主题党日", "04月主题党日", "12月支部党员大会", "四月主题党日", "十月党课", "十二月支委会"]
)
def test_a_title_of_another_month_is_pointed_out(subject):
    ((where, text),) = texts(record(subject))
    assert where == "会议主题"
    assert text.startswith("会议在 5 月，这里写的是")


@pytest.mark.parametrize(
    "subject",
    [
        "5月主题党日",
        "4月工作小结和5月安排",
        "2026年5月学习",
        "学习“七一”讲话",
        "五月主题党日",
        "三个月以来的工作",
        "",
    ],
)
def test_a_title_of_its_own_month_is_fine(subject):
    assert texts(record(subject)) == []


def test_a_title_of_another_year_is_pointed_out():
    assert texts(record("2025年组织生活会")) == [("会议主题", "会议在 2026 年，这里写的是 2025 年")]


def test_minutes_may_speak_of_other_months_but_not_name_this_occasion_so():
    assert texts(record(minutes="小结4月工作，安排6月换届，2025年情况见附件")) == []
    ((_, text),) = texts(record(minutes="今天开展4月份主题党日"))
    assert "4 月" in text


def test_without_a_day_months_are_not_compared():
    assert texts(record("4月主题党日", held_on=None)) == []


def test_the_name_of_another_branch_is_pointed_out_and_the_own_is_not():
    assert texts(record(minutes="示例公司第一党支部召开大会，示例公司党总支派人参加")) == []
    ((where, text),) = texts(record(minutes="示例公司第二党支部召开大会"))
    assert where == "议题1的发言"
    assert "示例公司第二党支部" in text


@pytest.mark.parametrize(
    "minutes",
    ["应到25人，实到20人", "应到会有表决权 23 名，实到 19 名", "请假3人，缺席2人", "列席 1 名", "到会20人"],
)
def test_totals_that_agree_with_the_names_are_fine(minutes):
    kept = record(minutes=minutes, observers=(PersonRef("上级来人"),))
    assert texts(kept, replace(AROUND, count=COUNT)) == []


@pytest.mark.parametrize(
    "minutes,text",
    [
        ("应到会党员24名", "写的是应到 24 名，按名单是 23或25 名"),
        ("实到：21人", "写的是实到 21 名，按名单是 19或20 名"),
        ("请假4人", "写的是请假 4 名，按名单是 3 名"),
        ("列席2人", "写的是列席 2 名，按名单是 0 名"),
    ],
)
def test_a_total_that_differs_from_the_names_is_pointed_out(minutes, text):
    assert texts(record(minutes=minutes), replace(AROUND, count=COUNT)) == [("议题1的发言", text)]
    assert texts(record(minutes=minutes)) == []


def test_empty_required_fields_come_first():
    found = texts(record(minutes="xx"), replace(AROUND, missing=("日期", "主持人")))
    assert found[:2] == [("日期", "“日期”还没有填写"), ("主持人", "“主持人”还没有填写")]
    assert len(found) == 3


def test_fields_titles_and_resolutions_are_read_too():
    resolution = Resolution(identity("resolution"), "由××负责")
    item = AgendaItem(identity("item"), "关于xx的议题", resolutions=(resolution,))
    kept = replace(record(), agenda=(item,), fields={"remark": "待填写", "number": 3}, venue="××会议室")
    assert [where for where, _ in texts(kept)] == ["地点", "备注", "议题1", "议题1的决议"]


def test_the_found_text_is_short_and_on_one_line():
    (found,) = leftovers(record(minutes="前" * 500 + "\n由xx主持\n" + "后" * 500), AROUND)
    assert "xx" in found.found
    assert len(found.found) <= 24
    assert "\n" not in found.found


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_text_is_too_strange(minutes, subject):
    for each in leftovers(record(subject, minutes), replace(AROUND, count=COUNT)):
        assert each.text
        assert each.where
