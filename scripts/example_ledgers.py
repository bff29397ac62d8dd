"""The example's ledgers: rectifications in every state, a leader's visits to the branch that is theirs, and a few
lines of what else an office keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

from scripts.example_plans import plans

Rows = list[dict[str, Any]]


def ledgers(first: str, second: str, third: str, general: str, names: dict[str, list[str]]) -> Rows:
    """The rows, as services/example_ledgers.py reads them. ``names`` are members by organisation."""
    return [
        *_rectifications(first, second, third, names),
        *_visits(second, names[general][0]),
        *_lectures(general),
        row(
            "study_classes",
            general,
            date(2026, 5, 22),
            {
                "subject": "窗口服务与公文写作培训班",
                "from_on": "2026-05-20",
                "to_on": "2026-05-22",
                "days": 25,
                "hours": 200,
                "organiser": general,
                "way": "专题培训",
                "headcount": 24,
                "content": "三个半天讲课，两个半天练习；每人交一篇修改前后的公文。",
            },
            attendees=names[second][:3],
        ),
        row(
            "commendations",
            third,
            date(2026, 7, 1),
            {
                "awarded_on": "2026-06-30",
                "kind": "党员",
                "award": "示例机关优秀共产党员",
                "level": "单位",
                "body": "示例机关党委",
                "document": "示党〔2026〕8号",
            },
            member=names[third][:1],
        ),
        row(
            "hardship_visits",
            first,
            date(2026, 2, 10),
            {
                "visited_on": "2026-02-10",
                "way": "慰问金",
                "money": 50000,
                "fund": "党费",
                "content": "春节前看望，问了取药和冬天取暖的情况。",
            },
            member=names[first][2:3],
            visitors=names[first][:2],
        ),
        *plans(first, names[first]),
    ]


def _rectifications(first: str, second: str, third: str, names: dict[str, list[str]]) -> Rows:
    return [
        row(
            "rectification",
            first,
            date(2026, 3, 27),
            {
                "source": "组织生活会",
                "found_on": "2026-01-20",
                "problem": "会议记录当场不签名，过后补签。",
                "target": "当场记录、当场签名。",
                "measure": "会前备好签到表，散会前由主持人提醒签名。",
                "due_on": "2026-03-31",
                "progress": "已完成",
                "outcome": "二月起每次会议当场签名，抽查三次没有补签。",
                "done_on": "2026-03-27",
            },
            responsible=names[first][:1],
            signed_off_by=names[first][:1],
        ),
        row(
            "rectification",
            second,
            date(2026, 1, 22),
            {
                "source": "组织生活会",
                "found_on": "2026-01-22",
                "problem": "离退休党员送学不及时，有的季度只送一次。",
                "target": "每月送学一次。",
                "measure": "两个党小组各排出送学表，谁送、送什么写清楚。",
                "due_on": "2026-10-31",
                "progress": "整改中",
                "outcome": "第一党小组已按月送学，第二党小组九月起执行。",
            },
            responsible=names[second][:1],
        ),
        row(
            "rectification",
            second,
            date(2026, 8, 14),
            {
                "source": "上级检查",
                "found_on": "2026-08-14",
                "problem": "主题党日照片没有写说明，看不出是哪一次活动。",
                "measure": "补写上半年的照片说明，今后活动当天写好。",
                "due_on": "2026-12-15",
                "progress": "整改中",
            },
            responsible=names[second][1:2],
        ),
        row(
            "rectification",
            third,
            date(2026, 9, 29),
            {
                "source": "自查",
                "found_on": "2026-06-05",
                "problem": "党小组会议题重复，连续三个月都是学习讨论。",
                "measure": "支委会每季度给党小组会出题目。",
                "due_on": "2026-09-30",
                "progress": "已完成",
                "outcome": "第三季度三个题目都已讨论。",
                "done_on": "2026-09-29",
            },
            responsible=names[third][:1],
            signed_off_by=names[third][:1],
        ),
    ]


def _visits(branch: str, leader: str) -> Rows:
    told = (
        (
            date(2026, 3, 12),
            "调研走访",
            "到办事窗口看排队的情况，和值班的同志谈了话。",
            "增加了一张取号前的说明牌。",
        ),
        (date(2026, 6, 18), "讲党课", "讲了一堂党课，会后听取支部对学习安排的意见。", ""),
        (
            date(2026, 9, 24),
            "参加组织生活",
            "参加支部党员大会，听取上半年整改情况。",
            "协调解决活动室的桌椅。",
        ),
    )
    return [
        row(
            "contact_points",
            branch,
            day,
            {
                "branch": branch,
                "visited_on": day.isoformat(),
                "post": "党总支委员",
                "way": way,
                "content": content,
                "solved": solved,
            },
            leader=[leader],
        )
        for day, way, content, solved in told
    ]


def _lectures(general: str) -> Rows:
    told = (
        (date(2026, 4, 9), "怎样写好一份情况说明", "办公室负责人", "科室负责人", 31),
        (date(2026, 5, 14), "窗口沟通中的倾听", "特邀讲师", "特邀专家", 45),
        (date(2026, 6, 11), "县里的三个好办法", "县联学支部", "市县联学", 38),
    )
    return [
        row(
            "lecture_series",
            general,
            day,
            {
                "number": number,
                "held_on": day.isoformat(),
                "topic": topic,
                "lecturer": lecturer,
                "lecturer_kind": kind,
                "audience": "全体党员",
                "headcount": headcount,
            },
        )
        for number, (day, topic, lecturer, kind, headcount) in enumerate(told, start=1)
    ]


def row(
    ledger: str, organisation: str, on: date, values: dict[str, Any], **people: list[str]
) -> dict[str, Any]:
    """One row, entered on a day."""
    return {
        "ledger": ledger,
        "organisation": organisation,
        "entered_on": on,
        "values": {key: value for key, value in values.items() if value != ""},
        "people": people,
    }
