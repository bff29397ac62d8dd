"""A corrected value as a user writes it."""

from datetime import date

import pytest

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rule_corrections import correction_values
from branchbook.services.rules import shipped_rulebook


def values(rule_id, text):
    rule = shipped_rulebook().find(rule_id)
    assert rule is not None
    return correction_values(rule, text)


@pytest.mark.parametrize(
    "rule_id,text,changed",
    [
        ("B-09", "每月", {"cadence": "monthly"}),
        ("B-09", "每半年", {"cadence": "half_yearly"}),
        ("B-09", "times=2", {"times": 2}),
        ("B-09", "每季度；times=2", {"cadence": "quarterly", "times": 2}),
        ("B-09", "每月；times = ２", {"cadence": "monthly", "times": 2}),
        ("B-12", "2/3", {"quorum_numerator": 2, "quorum_denominator": 3}),
        ("D-09", "majority=2/3", {"majority_numerator": 2, "majority_denominator": 3}),
        ("B-12", "quorum_strict=是", {"quorum_strict": True}),
        ("M-01", "40", {"hours": 40}),
        ("D26-21", "2026年7月1日", {"boundary": date(2026, 7, 1)}),
        ("V-03", "优秀、合格、不合格", {"grades": ("优秀", "合格", "不合格")}),
        ("V-05", "participants", {"base": "participants"}),
        ("B-09", "", {}),
    ],
)
def test_a_value_is_read_as_the_rule_takes_it(rule_id, text, changed):
    assert dict(values(rule_id, text)) == changed


@pytest.mark.parametrize(
    "rule_id,text,hint",
    [
        ("B-09", "每旬", "每月"),
        ("B-09", "colour=红", "cadence"),
        ("B-09", "times=两次", "整数"),
        ("B-12", "3/2", "分数"),
        ("B-12", "一半", "分数"),
        ("B-12", "0/2", "分数"),
        ("B-12", "quorum_strict=大概", "是"),
        ("B-10", "3", "条款号"),
        ("D26-21", "某天", "2026-3-5"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(rule_id, text, hint):
    with pytest.raises(RefusedProblem) as caught:
        values(rule_id, text)
    assert hint in caught.value.next_step
    assert rule_id in caught.value.where or text in caught.value.where
