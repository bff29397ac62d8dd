"""The example's conversion: a probationary member of the small branch, two quarters observed, the third to come."""

from __future__ import annotations

from datetime import date
from typing import Any

_OPINIONS = (
    (
        "observation_3",
        date(2026, 6, 23),
        "按时参加组织生活，窗口登记没有差错，主动给新来的同事讲流程。不足：会上发言少。建议下一季度承担一次学习领读。",
    ),
    (
        "observation_6",
        date(2026, 9, 21),
        "承担了八月的学习领读，讲得清楚；夏季值守两次，没有推辞。上季度指出的发言少已有改进。不足：写材料还不够细。",
    ),
)


def conversions(first: str, name: str, sponsors: list[str]) -> list[dict[str, Any]]:
    """The conversion, as services/example_cases.py reads it."""
    return [
        {
            "organisation": first,
            "name": name,
            "begun_on": date(2026, 6, 22),
            "steps": [
                {
                    "step": step,
                    "day": day,
                    "values": {"opinion": opinion, "reports": 1},
                    "people": {"sponsors": sponsors},
                }
                for step, day, opinion in _OPINIONS
            ],
        }
    ]
