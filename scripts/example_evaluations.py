"""The example's yearly evaluation: the branch of nineteen, counted, being graded."""

from __future__ import annotations

from datetime import date
from typing import Any

BEGUN, LISTED, TALKED, MET, COUNTED = (
    date(2026, 11, 2),
    date(2026, 11, 5),
    date(2026, 11, 13),
    date(2026, 11, 18),
    date(2026, 11, 18),
)
_DONE = (
    "窗口登记全年没有差错",
    "承担的两次学习领读准备充分",
    "牵头整理了资料室的旧档",
    "带新来的同事熟悉了流程",
    "夏季值守三次，没有推辞",
    "参加了四次志愿服务",
)
_LACKS = (
    "主动谈心还不够",
    "发言准备不够充分",
    "理论学习坚持得不够好",
    "联系服务对象还不够经常",
    "写材料还不够细",
)
_CRITICISMS = (
    "学习笔记还可以更系统，建议每月交流一次",
    "工作有时急躁，和同事沟通要再耐心一些",
    "在会上发言少，希望多谈自己的看法",
    "分管的台账更新慢，建议定个固定日子",
    "对年轻党员帮带还可以再多一些",
)


def evaluations(branch: str, names: list[str]) -> list[dict[str, Any]]:
    """The round, as services/example_evaluations.py reads it. ``names`` are of those who are evaluated here."""
    members = [_member(names, number) for number in range(len(names))]
    return [
        {
            "organisation": branch,
            "year": 2026,
            "begun_on": BEGUN,
            "steps": [
                _step(
                    "preparation", BEGUN, values={"theme": "对照职责找差距", "study": "党章、支部工作条例"}
                ),
                _step("participants", LISTED),
                _step("talks", TALKED, values={"opinions": "会议可以再短一些，学习可以多结合工作。"}),
                _step("life_meeting", MET, values={"last_measures": "上年提出的四条整改措施都已落实。"}),
                _step("self_evaluation", MET, assessments=[_own(each) for each in members]),
                _step("mutual_evaluation", MET, assessments=[_said(each) for each in members]),
                _step(
                    "ballot",
                    COUNTED,
                    people={"scrutineers": names[5:6], "tellers": names[6:8]},
                    ballots=[_ballots(names), _masses(names)],
                ),
                _step("grading", COUNTED, done=False, assessments=_graded(names)),
            ],
        }
    ]


def _step(key: str, day: date, **more: Any) -> dict[str, Any]:
    return {"step": key, "day": day, **more}


def _member(names: list[str], number: int) -> dict[str, Any]:
    done, lacks = _DONE[number % len(_DONE)], _LACKS[number % len(_LACKS)]
    return {
        "name": names[number],
        "summary": f"一年来按时参加组织生活，{done}。不足：{lacks}。",
        "self_grade": "qualified",
        "by": names[(number + 3) % len(names)],
        "criticism": _CRITICISMS[number % len(_CRITICISMS)],
    }


def _own(member: dict[str, Any]) -> dict[str, Any]:
    return {key: member[key] for key in ("name", "summary", "self_grade")}


def _said(member: dict[str, Any]) -> dict[str, Any]:
    return {key: member[key] for key in ("name", "by", "criticism")}


def _excellent(number: int) -> int:
    """Some are clearly thought of as excellent by the room, the others by a few."""
    return 13 + number % 3 if number % 4 == 0 else number % 5


def _ballots(names: list[str]) -> dict[str, Any]:
    marks = {name: _excellent(number) for number, name in enumerate(names)}
    return {
        "audience": "members",
        "returned": len(names),
        "invalid": 1,
        "excellent": marks,
        "basically_qualified": {names[9]: 2},
    }


def _masses(names: list[str]) -> dict[str, Any]:
    marks = {name: 5 if number % 4 == 0 else number % 3 for number, name in enumerate(names)}
    return {"audience": "masses", "due": 8, "excellent": marks}


def _graded(names: list[str]) -> list[dict[str, Any]]:
    """The first ten are graded; the committee's meeting goes on."""
    return [
        {
            "name": name,
            "grade": "excellent" if number % 4 == 0 else "qualified",
            "opinion": "同意本人小结。工作踏实，群众认可，请继续改进互评中提出的问题。",
        }
        for number, name in enumerate(names[:10])
    ]
