"""The example's elections: one of the branch of nineteen from reminder to file, one of the branch of forty-one
that stands at its count. Numbers are made up and fit each other, as they have to in a real one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from branchbook.services.stroke_order import stroke_order

HANDS = {"method": "hands"}


def elections(second: str, third: str, general: str) -> list[dict[str, Any]]:
    """Both elections, as services/example_elections.py reads them."""
    return [
        {
            "organisation": second,
            "shape": "term_election",
            "begun_on": date(2026, 3, 10),
            "steps": [*_second_before(general), *_second_meeting(general), *_second_after(general)],
        },
        {
            "organisation": third,
            "shape": "term_election",
            "begun_on": date(2026, 7, 14),
            "steps": [*_third_before(general), *_third_meeting()],
        },
    ]


def _step(step: str, day: date, **told: Any) -> dict[str, Any]:
    return {"step": step, "day": day, **told}


def _by_strokes(*names: str) -> list[str]:
    return list(stroke_order().ordered(names, lambda name: name))


def _second_before(general: str) -> list[dict[str, Any]]:
    return [
        _step(
            "decision",
            date(2026, 3, 10),
            values={
                "seats": 3,
                "candidates": 4,
                "planned_on": "2026-09-24",
                "note": "任期九月二十四日届满，拟按期换届，委员三名，差额一名。",
            },
        ),
        _step(
            "request",
            date(2026, 8, 20),
            values={
                "document": "示二支〔2026〕3号",
                "addressee": general,
                "contact": "吴夏至",
                "phone": "000-0000",
            },
        ),
        _step(
            "reply",
            date(2026, 8, 27),
            values={"document": "示机总〔2026〕8号", "authority": general, "seats": 3, "candidates": 4},
        ),
        _step(
            "nomination",
            date(2026, 9, 3),
            values={"members": 19, "taking_part": 17, "issued": 17, "returned": 17, "invalid": 0},
        ),
        _step(
            "candidate_approval",
            date(2026, 9, 15),
            values={
                "requested_on": "2026-09-08",
                "request_document": "示二支〔2026〕4号",
                "document": "示机总〔2026〕9号",
                "authority": general,
            },
            candidates={
                "committee": _by_strokes("周芒种", "吴夏至", "徐小暑", "孙大暑"),
                "secretary": ["周芒种"],
            },
        ),
        _step(
            "voters",
            date(2026, 9, 22),
            voters=True,
            excluded=[
                {
                    "name": "冯银杏",
                    "code": "X5",
                    "consent_document": "示机总〔2026〕10号",
                    "consented_on": date(2026, 9, 18),
                }
            ],
        ),
    ]


def _second_meeting(general: str) -> list[dict[str, Any]]:
    day = date(2026, 9, 24)
    return [
        _step(
            "opening",
            day,
            opened=True,
            away=["林秋分"],
            values={"venue": "示例楼三层会议室", "higher_representative": f"{general}董丁香"},
            people={"chair": ["周芒种"]},
            votes={"work_report": HANDS, "exclusions": HANDS},
        ),
        _step(
            "method",
            day,
            people={
                "chief_scrutineer": ["朱处暑"],
                "scrutineers": ["朱处暑", "高白露"],
                "tellers": ["何寒露", "罗小雪"],
            },
            votes={"method": HANDS, "scrutineers": HANDS | {"abstentions": 1}},
        ),
        _step(
            "count",
            day,
            ballots=[
                {
                    "kind": "committee",
                    "invalid": 1,
                    "marks": [
                        _marks("孙大暑", 5, 9, 1),
                        _marks("吴夏至", 13, 1, 1),
                        _marks("周芒种", 15, 0),
                        _marks("徐小暑", 11, 3, 1),
                    ],
                    "write_ins": {"高白露": 1},
                }
            ],
        ),
        _step(
            "first_meeting",
            day,
            values={"venue": "示例楼三层会议室"},
            people={"chair": ["吴夏至"], "scrutineers": ["徐小暑"], "tellers": ["吴夏至"]},
            ballots=[{"kind": "secretary", "marks": [_marks("周芒种", 3, 0)]}],
        ),
        _step(
            "division",
            day,
            assignments=[
                {"name": "周芒种", "post": "secretary", "duties": "主持支部全面工作"},
                {
                    "name": "吴夏至",
                    "post": "organisation_member",
                    "duties": "组织建设、发展党员、党费、组织生活",
                },
                {
                    "name": "徐小暑",
                    "post": "publicity_member",
                    "duties": "理论学习、宣传教育，兼管纪律检查",
                },
            ],
        ),
    ]


def _second_after(general: str) -> list[dict[str, Any]]:
    return [
        _step(
            "result_report",
            date(2026, 9, 25),
            values={
                "document": "示二支〔2026〕5号",
                "addressee": general,
                "contact": "吴夏至",
                "phone": "000-0000",
            },
        ),
        _step("take_office", date(2026, 9, 25)),
        _step(
            "result_reply",
            date(2026, 10, 9),
            values={"document": "示机总〔2026〕12号", "authority": general, "outcome": "批准"},
        ),
        _step("filing", date(2026, 10, 15), values={"place": "支部档案柜二层"}, files=True),
    ]


def _third_before(general: str) -> list[dict[str, Any]]:
    return [
        _step(
            "decision",
            date(2026, 7, 14),
            values={
                "seats": 5,
                "deputies": 1,
                "candidates": 6,
                "planned_on": "2026-11-19",
                "note": "任期明年一月十五日届满，年底事多，拟报请提前两个月换届。",
            },
        ),
        _step(
            "request",
            date(2026, 10, 12),
            values={
                "document": "示三支〔2026〕6号",
                "addressee": general,
                "contact": "萧木棉",
                "phone": "000-0000",
            },
        ),
        _step(
            "reply",
            date(2026, 10, 22),
            values={
                "document": "示机总〔2026〕13号",
                "authority": general,
                "seats": 5,
                "candidates": 6,
                "early": True,
            },
        ),
        _step(
            "nomination",
            date(2026, 10, 29),
            values={"members": 41, "taking_part": 39, "issued": 39, "returned": 39, "invalid": 1},
        ),
        _step(
            "candidate_approval",
            date(2026, 11, 12),
            values={
                "requested_on": "2026-11-05",
                "request_document": "示三支〔2026〕7号",
                "document": "示机总〔2026〕15号",
                "authority": general,
            },
            candidates={
                "committee": _by_strokes("于海棠", "董丁香", "萧木棉", "程芦苇", "曹蒲草", "袁石榴"),
                "secretary": ["于海棠"],
                "deputy": ["董丁香"],
            },
        ),
        _step(
            "voters",
            date(2026, 11, 17),
            voters=True,
            excluded=[
                {
                    "name": "邹茶",
                    "code": "X4",
                    "consent_document": "示机总〔2026〕16号",
                    "consented_on": date(2026, 11, 12),
                }
            ],
        ),
    ]


def _third_meeting() -> list[dict[str, Any]]:
    day = date(2026, 11, 19)
    return [
        _step(
            "opening",
            day,
            opened=True,
            away=["戴帆", "廖豆", "木塔力甫·示例"],
            values={"venue": "示例楼一层报告厅"},
            people={"chair": ["于海棠"]},
            votes={"work_report": HANDS, "exclusions": HANDS},
        ),
        _step(
            "method",
            day,
            people={
                "chief_scrutineer": ["许桑榆"],
                "scrutineers": ["许桑榆", "彭茉莉"],
                "tellers": ["陈堃", "蒋文竹"],
            },
            votes={"method": HANDS, "scrutineers": HANDS},
        ),
        _step(
            "count",
            day,
            done=False,
            ballots=[
                {
                    "kind": "committee",
                    "confirmed": False,
                    "returned": 37,
                    "invalid": 1,
                    "marks": [
                        _marks("于海棠", 23, 0),
                        _marks("袁石榴", 6, 16, 1),
                        _marks("曹蒲草", 19, 3, 1),
                        _marks("萧木棉", 21, 1, 1),
                        _marks("程芦苇", 20, 3),
                        _marks("董丁香", 22, 1),
                    ],
                }
            ],
        ),
    ]


def _marks(name: str, votes_for: int, votes_against: int, abstentions: int = 0) -> dict[str, Any]:
    return {
        "name": name,
        "votes_for": votes_for,
        "votes_against": votes_against,
        "abstentions": abstentions,
    }
