"""The example's plan of a year as tasks in every state, and two weeks: one summed up, one under way."""

from __future__ import annotations

from datetime import date
from typing import Any

Rows = list[dict[str, Any]]
BOTH = -1

# entered on, task, category, begin, due, who (place among the names), state, further values
TASKS: tuple[tuple[date, str, str, str, str, int, str, dict[str, Any]], ...] = (
    (
        date(2026, 11, 20),
        "党员大会每季度开好一次",
        "组织建设",
        "2026-01-05",
        "2026-12-20",
        0,
        "进行中",
        {"activity": "支部党员大会", "planned": 4},
    ),
    (
        date(2026, 11, 20),
        "书记和党员讲党课",
        "思想建设",
        "2026-01-05",
        "2026-12-10",
        0,
        "进行中",
        {"activity": "党课", "planned": 4},
    ),
    (
        date(2026, 11, 20),
        "主题党日每月一次",
        "思想建设",
        "2026-01-05",
        "2026-12-25",
        1,
        "进行中",
        {"activity": "主题党日", "planned": 12},
    ),
    (
        date(2026, 3, 26),
        "讲一次怎样记好会议记录",
        "制度建设",
        "2026-03-02",
        "2026-03-31",
        0,
        "已完成",
        {
            "done_on": "2026-03-25",
            "outcome": "讲了记录的四个要点，当场练习一次。",
            "meeting": "2026-03-25 party_lesson",
        },
    ),
    (
        date(2026, 4, 10),
        "组织一次志愿服务",
        "党建与业务融合",
        "2026-03-16",
        "2026-04-15",
        1,
        "已完成",
        {
            "done_on": "2026-04-09",
            "outcome": "河边清洁半天，十人参加。",
            "unit": "支部",
            "meeting": "2026-04-09 theme_party_day",
        },
    ),
    (
        date(2026, 8, 20),
        "把支部三年的材料整理归档",
        "制度建设",
        "2026-05-11",
        "2026-07-31",
        1,
        "已完成",
        {"done_on": "2026-08-14", "outcome": "比计划晚两周，目录已交档案室。", "unit": "支部"},
    ),
    (
        date(2026, 10, 12),
        "修订支部学习制度",
        "制度建设",
        "2026-09-01",
        "2026-10-31",
        0,
        "进行中",
        {"outcome": "初稿已征求意见。", "unit": "支部"},
    ),
    (
        date(2026, 10, 12),
        "走访离退休党员",
        "作风建设",
        "2026-10-12",
        "2026-12-11",
        BOTH,
        "进行中",
        {"outcome": "已走访两位。"},
    ),
    (
        date(2026, 11, 20),
        "起草下一年度工作要点",
        "政治建设",
        "2026-12-01",
        "2026-12-25",
        0,
        "未开始",
        {},
    ),
    (
        date(2026, 11, 20),
        "年底前核对党员名册",
        "组织建设",
        "2026-11-30",
        "2026-12-18",
        1,
        "未开始",
        {"unit": "支部"},
    ),
)

# entered on, week, what, who, further values
WEEKS: tuple[tuple[date, str, str, int, dict[str, Any]], ...] = (
    (
        date(2026, 11, 20),
        "2026-11-16",
        "征求学习制度修订意见",
        0,
        {"done_on": "2026-11-18", "result": "已完成", "outcome": "收到意见六条，采纳四条。"},
    ),
    (
        date(2026, 11, 20),
        "2026-11-16",
        "联系走访时间",
        1,
        {"done_on": "2026-11-17", "result": "已完成"},
    ),
    (
        date(2026, 11, 20),
        "2026-11-16",
        "补齐十月主题党日照片",
        1,
        {"result": "部分完成", "outcome": "缺两张。", "carried_to": "2026-11-23"},
    ),
    (date(2026, 11, 23), "2026-11-23", "补齐十月主题党日照片", 1, {"carried_from": "2026-11-16"}),
    (date(2026, 11, 23), "2026-11-23", "学习制度定稿，提交支部大会", 0, {}),
    (
        date(2026, 11, 24),
        "2026-11-23",
        "走访一位离退休党员",
        BOTH,
        {"done_on": "2026-11-24", "result": "已完成"},
    ),
)


def plans(branch: str, names: list[str]) -> Rows:
    """The rows of both ledgers, of a branch with its two busiest members first."""
    tasks = [
        _row(
            "plan_tasks",
            branch,
            entered,
            {"category": category, "task": task, "begin_on": begin, "due_on": due, "progress": state, **more},
            _who(names, who),
        )
        for entered, task, category, begin, due, who, state, more in TASKS
    ]
    weeks = [
        _row("weekly_plan", branch, entered, {"week_on": week, "content": content, **more}, _who(names, who))
        for entered, week, content, who, more in WEEKS
    ]
    return [*tasks, *weeks]


def _who(names: list[str], who: int) -> list[str]:
    return names[:2] if who == BOTH else [names[who]]


def _row(ledger: str, branch: str, on: date, values: dict[str, Any], people: list[str]) -> dict[str, Any]:
    return {
        "ledger": ledger,
        "organisation": branch,
        "entered_on": on,
        "values": values,
        "people": {"responsible": people},
    }
