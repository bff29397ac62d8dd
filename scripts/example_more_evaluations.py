"""More evaluations of the example: last year's of the branch of nineteen, ended; this year's of the branch of eight,
just begun, with its two probationary members."""

from __future__ import annotations

from datetime import date
from typing import Any

_SUMMARIES = (
    "一年来参加了支部的全部学习，承担了两次领读。窗口业务没有差错，值守十二次。不足：看材料多、想问题少；会上发言简单。"
    "今后每次会前写三条想法，学完写一段体会。",
    "按时参加组织生活，按月交纳党费。负责的台账月月对得上，帮新同事熟悉流程。不足：遇到交叉的事主动沟通不够。"
    "今后先问一句再分工，每周和同组的同志对一次进度。",
    "参加了防汛值守和社区志愿服务。业务上完成了全年的计划，整理档案三百余卷。不足：学习时紧时松。今后每周固定半天学习。",
    "本职工作按计划完成，两次承担支部会议记录。不足：批评别人怕伤和气，提意见绕弯子。今后有话当面说，说具体的事。",
    "带头参加主题党日，联系两名群众。不足：抓工作有时急，讲道理不够。今后布置工作先讲清为什么。",
)
_CRITICISMS = (
    ("学习笔记抄得多、自己的话少，建议每次写一段联系本职的体会。", "接受，从下次学习开始。"),
    ("会上发言总在最后，建议先准备两句话。", "接受，会前写好要点。"),
    ("分工交叉的事等别人先开口，建议主动找人商量。", "接受，有事先打电话。"),
    ("台账更新不及时，有两次是月底补的，建议当周登记。", "接受，周五下班前登记。"),
    ("批评意见讲得太客气，建议直说问题。", "接受，对事不对人。"),
)
_OPINION = "学习、工作和作风经评议和平时了解，符合党员要求。"
_EXCELLENT = ("吴夏至", "孙大暑", "林秋分", "马立冬", "宋冬至")
_ALSO_MOST = "朱处暑"
_BELOW = "谢大寒"
_FLOATING = "冯银杏"


def ended_evaluation(names: list[str]) -> dict[str, Any]:
    """Last year's round, as services/example_evaluations.py reads it; ``names`` are all members of the branch."""
    day, meeting = date(2026, 1, 23), {"record": "democratic_evaluation"}
    members = [(name, number) for number, name in enumerate(names) if name != _FLOATING]
    own = [{"name": name, "summary": _of(_SUMMARIES, at), "self_grade": "qualified"} for name, at in members]
    themes = {"theme": "2025年度组织生活会和民主评议党员", "in_groups": True}
    report = {"document": "示二支〔2026〕2号", "addressee": "示例机关党总支"}
    steps: list[dict[str, Any]] = [
        _step("preparation", date(2026, 1, 14), values=themes),
        _step("participants", date(2026, 1, 15)),
        _step(
            "talks", date(2026, 1, 21), values={"opinions": "征求意见十二条，主要是会前准备和联系流动党员。"}
        ),
        _step("life_meeting", date(2026, 1, 22), values=_LIFE, record="organisational_life_meeting"),
        _step("self_evaluation", day, assessments=own, **meeting),
        _step("mutual_evaluation", day, assessments=_said(members, names[:3]), **meeting),
        _step(
            "ballot",
            day,
            people={"scrutineers": [names[11]], "tellers": [names[4], names[12]]},
            ballots=[_ballots(members)],
            **meeting,
        ),
        _step(
            "grading",
            date(2026, 1, 26),
            values={"decided_by": "支委会", "remarks": "结合测评和平时表现逐人讨论。"},
            assessments=[*(_graded(name, at) for name, at in members), _RECEIVED],
            exchanged={_FLOATING: "外地示例支部"},
        ),
        _step(
            "feedback",
            date(2026, 1, 30),
            assessments=[{"name": name, "fed_back": True} for name in names],
        ),
        _step("result_report", date(2026, 2, 2), values=report),
        _step(
            "use",
            date(2026, 2, 5),
            values={"remarks": "优秀的 5 名在大会上表扬；基本合格的 1 名由书记结对帮助。"},
        ),
        _step("rectification", date(2026, 2, 6)),
    ]
    return {
        "organisation": "示例机关第二党支部",
        "year": 2025,
        "begun_on": date(2026, 1, 12),
        "steps": steps,
        "ended_on": date(2026, 2, 27),
    }


def begun_evaluation(names: list[str]) -> dict[str, Any]:
    """This year's round of the small branch: talks are done, the first summaries are in."""
    own = [{"name": name, "summary": _of(_SUMMARIES, number)} for number, name in enumerate(names[:3])]
    own.append({"name": names[6], "summary": _PROBATIONER})
    day = date(2026, 11, 23)
    opinions = {"opinions": "征求到意见六条。", "sources": "个别谈话、书面征求"}
    return {
        "organisation": "示例机关第一党支部",
        "year": 2026,
        "begun_on": date(2026, 11, 16),
        "steps": [
            _step("preparation", date(2026, 11, 16), values={"theme": "2026年度组织生活会和民主评议党员"}),
            _step("participants", date(2026, 11, 18)),
            _step("talks", day, values=opinions),
            _step("self_evaluation", day, done=False, assessments=own),
        ],
    }


_LIFE = {
    "last_measures": "上年三条措施都已落实：会前三天发材料、流动党员每月通话、补课一周内完成。",
    "examination": "支委会检查了三个问题：会前准备不足，对流动党员联系不够，批评意见不够直接。",
}
_PROBATIONER = (
    "接收为预备党员八个月来，参加了支部的全部会议，领读一次，夏季值守两次。不足：写材料不够细。"
    "今后多请老党员帮着改，争取按期转正。"
)
_RECEIVED = {"name": _FLOATING, "grade": "qualified", "opinion": "流入地支部评定为合格。"}


def _of(texts: tuple[Any, ...], number: int) -> Any:
    return texts[number % len(texts)]


def _said(members: list[tuple[str, int]], committee: list[str]) -> list[dict[str, Any]]:
    """What a member of the committee said to each, and the answer."""
    found = []
    for name, number in members:
        text, reply = _of(_CRITICISMS, number)
        by = next(each for each in (committee[number % 3], committee[(number + 1) % 3]) if each != name)
        found.append({"name": name, "by": by, "criticism": text, "reply": reply})
    return found


def _ballots(members: list[tuple[str, int]]) -> dict[str, Any]:
    """Most give 合格; to some most give 优秀."""
    excellent = {name: 12 if name in _EXCELLENT else 2 + number % 4 for name, number in members}
    return {
        "audience": "members",
        "excellent": excellent | {_ALSO_MOST: 11, _BELOW: 0},
        "basically_qualified": {_BELOW: 6},
        "blank": {name: 1 for name, number in members if number % 2},
        "void": {members[8][0]: 1},
    }


def _graded(name: str, number: int) -> dict[str, Any]:
    """The branch's grade; two depart from the ballots, each with its reason."""
    lack = _of(_CRITICISMS, number)[0].split("，")[0]
    told = {
        "name": name,
        "grade": "qualified",
        "opinion": _OPINION,
        "problems": f"{lack}。",
        "advice": "按本人整改打算落实，支部半年看一次。",
    }
    if name in _EXCELLENT:
        return told | {"grade": "excellent", "opinion": f"工作突出，群众反映好，{_OPINION}"}
    if name == _ALSO_MOST:
        return told | {"departure_reason": "下半年脱产学习，在岗时间不足半年，支委会讨论后评定为合格"}
    if name == _BELOW:
        return told | {
            "grade": "basically_qualified",
            "departure_reason": "全年缺席组织生活五次、补课两次未完成，经谈话提醒改进不明显",
            "problems": "组织观念不强，多次缺席。",
        }
    return told


def _step(key: str, day: date, **more: Any) -> dict[str, Any]:
    return {"step": key, "day": day, **more}
