"""Fractions of a whole as the smallest number of heads that reaches them. Integers only."""

from __future__ import annotations

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.rulebook import Rule


def at_least(numerator: int, denominator: int, total: int) -> int:
    """The smallest number not below the fraction of ``total`` (不少于, 以上)."""
    return -(-numerator * total // denominator)


def more_than(numerator: int, denominator: int, total: int) -> int:
    """The smallest number above the fraction of ``total`` (超过): exactly half is not more than half."""
    return numerator * total // denominator + 1


def quorum_needed(rule: Rule, due: int) -> int:
    """How many must come by a rule with ``quorum_numerator``, ``quorum_denominator``, ``quorum_strict``."""
    numerator, denominator = rule.number("quorum_numerator"), _denominator(rule, "quorum_denominator")
    strict = rule.values.get("quorum_strict", False)
    return (more_than if strict else at_least)(numerator, denominator, due)


def majority_needed(rule: Rule, base: int) -> int:
    """How many must agree by a rule with ``majority_numerator`` and ``majority_denominator`` (超过)."""
    return more_than(rule.number("majority_numerator"), _denominator(rule, "majority_denominator"), base)


def share_of(rule: Rule, total: int) -> int:
    """The smallest number not below the rule's ``numerator`` / ``denominator`` of ``total``."""
    return at_least(rule.number("numerator"), _denominator(rule, "denominator"), total)


def share_within(rule: Rule, total: int) -> int:
    """The greatest number not above the rule's ``numerator`` / ``denominator`` of ``total``."""
    return rule.number("numerator") * total // _denominator(rule, "denominator")


def _denominator(rule: Rule, key: str) -> int:
    number = rule.number(key)
    if number < 1:
        raise UnreadableProblem("规则里的分母不能小于 1", f"{rule.id}：{key}", "请检查规则文件或设置中的更正")
    return number
