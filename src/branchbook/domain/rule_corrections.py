"""A corrected value of a rule, from the text in which a user writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from branchbook.domain.dates import parse_date
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.rulebook import Rule, RuleValue

_CADENCES = {
    "每月": "monthly",
    "每季": "quarterly",
    "每季度": "quarterly",
    "每半年": "half_yearly",
    "每年": "yearly",
}
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_YES_NO = {"是": True, "否": False}


def correction_values(rule: Rule, text: str) -> Mapping[str, RuleValue]:
    """The rule's values as corrected by ``text``; only what changes is returned.

    A text is one value (每月, 3, 2/3, 是, 2026-7-1) for the rule's first value, or several
    ``key=value`` separated by ；. A fraction sets a numerator and its denominator. Raises
    RefusedProblem naming the rule and what it takes.
    """
    parts = [part.strip() for part in re.split(r"[;；\n]", unicodedata.normalize("NFKC", text))]
    changed: dict[str, RuleValue] = {}
    for part in filter(None, parts):
        key, given, value = part.partition("=")
        changed |= _one(rule, key.strip(), value.strip()) if given else _one(rule, _first_key(rule), key)
    return changed


def _first_key(rule: Rule) -> str:
    if not rule.values:
        raise RefusedProblem("这条规则没有可更正的数值", f"规则 {rule.id}", "可以只更正条款号")
    return next(iter(rule.values)).removesuffix("_numerator")


def _one(rule: Rule, key: str, text: str) -> Mapping[str, RuleValue]:
    fraction = _FRACTION.fullmatch(text)
    if f"{key}_numerator" in rule.values:
        if fraction is None or not 0 < int(fraction[1]) <= int(fraction[2]):
            raise _refused(rule, text, "请写成分数，如 1/2")
        return {f"{key}_numerator": int(fraction[1]), f"{key}_denominator": int(fraction[2])}
    if key not in rule.values:
        raise _refused(rule, key, f"可更正的项：{'、'.join(rule.values)}")
    return {key: _like(rule, rule.values[key], text)}


def _like(rule: Rule, shipped: RuleValue, text: str) -> RuleValue:
    """The text as a value of the same type as the shipped one."""
    if isinstance(shipped, bool):
        if text not in _YES_NO:
            raise _refused(rule, text, "请写“是”或“否”")
        return _YES_NO[text]
    if isinstance(shipped, int):
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise _refused(rule, text, "请写成整数")
        return int(text)
    if isinstance(shipped, date):
        return parse_date(text, shipped)
    if isinstance(shipped, tuple):
        return tuple(each.strip() for each in text.split("、"))
    if shipped in _CADENCES.values():
        if text not in _CADENCES and text not in _CADENCES.values():
            raise _refused(rule, text, f"请写：{'、'.join(_CADENCES)}")
        return _CADENCES.get(text, text)
    return text


def _refused(rule: Rule, text: str, next_step: str) -> RefusedProblem:
    return RefusedProblem("更正的数值不合这条规则", f"规则 {rule.id}：{text}", next_step)
