"""What a branch of the example does once a year, and its talks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scripts.example_talks import SECOND, examined
from scripts.example_texts import PLAN, SUMMARY, TALKS, WITHOUT_COMMITTEE

if TYPE_CHECKING:
    from scripts.example_year import Year

FIRST = "示例机关第一党支部"


def add_yearly(year: Year, branch: str) -> None:
    """Plan, summary, organisational life meeting, evaluation and talks."""
    names = year.of(branch, date(2026, 1, 20))
    author = {"author": [names[0]]}
    year.add(
        branch,
        ["work_summary"],
        date(2025, 12, 28),
        subject="2025年度工作总结",
        people=author,
        fields={"content": _worded(SUMMARY, branch)},
    )
    year.add(
        branch,
        ["work_plan"],
        date(2026, 1, 8),
        subject="2026年度工作计划",
        people=author,
        fields={"content": _worded(PLAN, branch)},
    )
    life = {
        "preparation": "会前集体学习一次，谈心谈话全部完成，征求意见十二条。",
        "examination": "书记带头检查，讲了会前准备不足、对流动党员联系不够；同志们逐人发言，提出意见十六条。",
        "measures": "会前三天发材料；流动党员每月通话一次；补课一周内完成。",
    }
    people = {"chair": [names[0]], "minute_taker": [names[2]]}
    year.add(
        branch,
        ["organisational_life_meeting"],
        date(2026, 1, 22),
        starts_at="14:00",
        ends_at="17:00",
        venue="示例会议室",
        subject="2025年度组织生活会",
        people=people,
        fields=life,
        away=year.absences(names, 2, names[2]),
        agenda=examined(names)
        if branch == SECOND
        else [{"title": "查摆问题，开展批评与自我批评", "speeches": []}],
    )
    if branch != FIRST:
        course = {
            "course": "个人自评、党员互评后无记名测评，当场汇总。",
            "result": "支部委员会结合日常表现提出意见，另行报送。",
        }
        year.add(
            branch,
            ["democratic_evaluation"],
            date(2026, 1, 23),
            starts_at="14:00",
            ends_at="16:00",
            venue="示例会议室",
            subject="2025年度民主评议",
            people=people,
            fields=course,
            away=year.absences(names, 2, names[2]),
            agenda=[{"title": "民主评议党员", "speeches": []}],
        )
    for index, (title, kind, content, requests, follow_up) in enumerate(TALKS):
        kind = "党员之间" if branch == FIRST and kind == "委员之间" else kind
        talker, talked_with = _pair(year.committee(branch), names, kind, index)
        pair = {"talker": [talker], "talked_with": [talked_with]}
        fields = {"talk_kind": kind, "content": content, "requests": requests}
        fields["follow_up"] = _worded(follow_up, branch)
        year.add(
            branch,
            ["heart_to_heart_talk"],
            date(2026, 1 + 2 * index, 9),
            venue="谈话室",
            subject=title,
            people=pair,
            fields=fields,
        )


def _pair(committee: list[str], names: list[str], kind: str, index: int) -> tuple[str, str]:
    """Who talked with whom: what the kind of talk says of them is so."""
    members = [name for name in names if name not in committee]
    if kind == "委员之间":
        return committee[1], committee[2]
    if kind == "党员之间":
        return members[0], members[1]
    return committee[0], members[index % len(members)]


def _worded(text: str, branch: str) -> str:
    """The text as a branch without a committee would say it."""
    for said, instead in WITHOUT_COMMITTEE if branch == FIRST else ():
        text = text.replace(said, instead)
    return text
