"""The example's evaluations: one of last year, ended, in the branch of nineteen; one of this year, under way, in the
branch of eight with its two probationary members."""

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


def evaluations(second: list[str], first: list[str]) -> list[dict[str, Any]]:
    """Both rounds, as services/example_evaluations.py reads them; the lists name the members of each branch."""
    return [_last_year(second), _this_year(first)]


def _last_year(names: list[str]) -> dict[str, Any]:
    day, committee = date(2026, 1, 23), names[:3]
    meeting: dict[str, Any] = {"record": "democratic_evaluation"}
    steps: list[dict[str, Any]] = [
        _step(
            "preparation", date(2026, 1, 14), {"theme": "2025年度组织生活会和民主评议党员", "in_groups": True}
        ),
        _step("participants", date(2026, 1, 15)),
        _step("talks", date(2026, 1, 21), {"opinions": "征求意见十二条，主要是会前准备和联系流动党员。"}),
        _step("life_meeting", date(2026, 1, 22), _LIFE, record="organisational_life_meeting"),
        _step("self_evaluation", day, **meeting),
        _step("mutual_evaluation", day, **meeting),
        _step(
            "ballot", day, people={"scrutineers": [names[11]], "tellers": [names[4], names[12]]}, **meeting
        ),
        _step(
            "grading", date(2026, 1, 26), {"decided_by": "支委会", "remarks": "结合测评和平时表现逐人讨论。"}
        ),
        _step("feedback", date(2026, 1, 30)),
        _step(
            "result_report",
            date(2026, 2, 2),
            {"document": "示二支〔2026〕2号", "addressee": "示例机关党总支"},
        ),
        _step(
            "use", date(2026, 2, 5), {"remarks": "优秀的 5 名在大会上表扬；基本合格的 1 名由书记结对帮助。"}
        ),
        _step("rectification", date(2026, 2, 6)),
    ]
    members = [_assessed(name, number, committee) for number, name in enumerate(names)]
    return {
        "organisation": "示例机关第二党支部",
        "year": 2025,
        "begun_on": date(2026, 1, 12),
        "steps": steps,
        "members": members,
        "ended_on": date(2026, 2, 27),
    }


_LIFE = {
    "last_measures": "上年三条措施都已落实：会前三天发材料、流动党员每月通话、补课一周内完成。",
    "examination": "支委会检查了三个问题：会前准备不足，对流动党员联系不够，批评意见不够直接。",
}


def _this_year(names: list[str]) -> dict[str, Any]:
    members = [
        {"name": name, "summary": _SUMMARIES[number % len(_SUMMARIES)]}
        for number, name in enumerate(names[:3])
    ]
    members.append({"name": names[6], "summary": _PROBATIONER})
    return {
        "organisation": "示例机关第一党支部",
        "year": 2026,
        "begun_on": date(2026, 11, 16),
        "steps": [
            _step("preparation", date(2026, 11, 16), {"theme": "2026年度组织生活会和民主评议党员"}),
            _step("participants", date(2026, 11, 18)),
            _step(
                "talks", date(2026, 11, 23), {"opinions": "征求到意见六条。", "sources": "个别谈话、书面征求"}
            ),
        ],
        "members": members,
    }


_PROBATIONER = (
    "接收为预备党员八个月来，参加了支部的全部会议，领读一次，夏季值守两次。不足：写材料不够细。"
    "今后多请老党员帮着改，争取按期转正。"
)


def _assessed(name: str, number: int, committee: list[str]) -> dict[str, Any]:
    """A member of last year's round; most are 合格 by most ballots, and so by the branch."""
    if name == _FLOATING:
        return {
            "name": name,
            "grade": "qualified",
            "other_branch": "外地示例支部",
            "opinion": "流入地支部评定为合格。",
        }
    text, reply = _CRITICISMS[number % len(_CRITICISMS)]
    critic = next(each for each in (committee[number % 3], committee[(number + 1) % 3]) if each != name)
    told: dict[str, Any] = {
        "name": name,
        "summary": _SUMMARIES[number % len(_SUMMARIES)],
        "self_grade": "qualified",
        "critic": critic,
        "criticism": text,
        "reply": reply,
        "excellent": 2 + number % 4,
        "blank": number % 2,
        "void": 1 if number == 8 else 0,
        "grade": "qualified",
        "opinion": _OPINION,
        "problems": text.split("，")[0] + "。",
        "advice": "按本人整改打算落实，支部半年看一次。",
    }
    if name in _EXCELLENT:
        return told | {"excellent": 12, "grade": "excellent", "opinion": "工作突出，群众反映好，" + _OPINION}
    if name == _ALSO_MOST:
        reason = "下半年脱产学习，在岗时间不足半年，支委会讨论后评定为合格"
        return told | {"excellent": 11, "departure_reason": reason}
    if name == _BELOW:
        reason = "测评以合格居多，但全年缺席组织生活五次、补课两次未完成，经谈话提醒改进不明显"
        below = {"excellent": 0, "basically_qualified": 6, "grade": "basically_qualified"}
        return told | below | {"departure_reason": reason, "problems": "组织观念不强，多次缺席。"}
    return told


def _step(step: str, day: date, values: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"step": step, "day": day, **({"values": values} if values else {}), **more}
