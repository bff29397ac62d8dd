"""The numbers and words of a rule in Chinese, and what a user changed of them as text for a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.domain.cadences import CADENCE_NAMES
from branchbook.domain.checklists import Cadence
from branchbook.domain.rulebook import Rule, RuleValue

_LABELS: Mapping[str, str] = {
    "above_permille": "以上部分比例（‰）",
    "age": "年龄（岁）",
    "approval": "须上级批准",
    "base": "计算基数",
    "boundary": "新旧规定分界日",
    "cadence": "频次",
    "candidates": "候选人数",
    "cases": "情形数",
    "committee_years": "基层委员会任期（年）",
    "consent": "须本人同意",
    "days": "天数",
    "denominator": "比例的分母",
    "deputies": "副书记人数",
    "fen": "金额（分）",
    "full_members": "正式党员人数",
    "grades": "等次",
    "hours": "学时",
    "kinds": "种类数",
    "least": "最少",
    "least_fen": "最低金额（分）",
    "least_months": "最少月数",
    "least_years": "最少年数",
    "majority": "赞成的比例",
    "members": "党员人数",
    "months": "月数",
    "most": "最多",
    "most_fen": "最高金额（分）",
    "most_months": "最多月数",
    "most_years": "最多年数",
    "new_secretary_months": "新任书记（月内）",
    "numerator": "比例的分子",
    "permille": "比例（‰）",
    "proxies": "可代投票数",
    "quorum": "到会的比例",
    "quorum_strict": "到会须超过（不含刚好）",
    "rights_kept": "保留权利",
    "rounding": "取整到",
    "secret": "无记名",
    "special_months": "特殊情况月数",
    "times": "次数",
    "to_fen": "上限金额（分）",
    "trainings": "集中培训次数",
    "units": "单位数",
    "usual": "一般",
    "village_years": "村、社区（年）",
    "working_days": "工作日数",
    "write_in_needs_against": "另选他人须先投不赞成",
    "written_opinions": "书面意见计票",
    "years": "年数",
}
_WORDS: Mapping[str, str] = {
    "due": "应到会有表决权人数",
    "present": "实到会人数",
    "full_members": "正式党员人数",
    "fen": "分",
    "excellent": "优秀",
    "qualified": "合格",
    "basically_qualified": "基本合格",
    "unqualified": "不合格",
} | {cadence.value: name for cadence, name in CADENCE_NAMES.items()}
_CODES: Mapping[str, str] = {word: code for code, word in _WORDS.items()} | {"每季度": "quarterly"}
_YES_NO = {True: "是", False: "否"}
_NUMERATOR, _DENOMINATOR = "_numerator", "_denominator"


@dataclass(frozen=True, slots=True)
class RuleValueLine:
    """One value that can be corrected. ``text`` is what a correction would say; ``choices`` where few fit.

    ``fixed`` values are words of the program's own and are only shown.
    """

    key: str
    label: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    fixed: bool = False

    @property
    def word(self) -> str:
        """The value as shown."""
        return dict(self.choices).get(self.text, self.text)


def value_lines(rule: Rule) -> tuple[RuleValueLine, ...]:
    """The values of a rule in their order; numerator and denominator as one fraction."""
    lines = []
    for key, value in rule.values.items():
        name = key.removesuffix(_NUMERATOR)
        if key.endswith(_DENOMINATOR):
            continue
        if name != key:
            fraction = f"{value}/{rule.values[name + _DENOMINATOR]}"
            lines.append(RuleValueLine(name, _LABELS.get(name, name), fraction))
        else:
            lines.append(_line(key, value))
    return tuple(lines)


def _line(key: str, value: RuleValue) -> RuleValueLine:
    label = _LABELS.get(key, key)
    if isinstance(value, bool):
        return RuleValueLine(key, label, _YES_NO[value], (("是", "是"), ("否", "否")))
    if isinstance(value, date):
        return RuleValueLine(key, label, value.isoformat())
    if isinstance(value, tuple):
        return RuleValueLine(
            key, label, "、".join(_WORDS.get(str(each), str(each)) for each in value), fixed=True
        )
    if key == "cadence":
        return RuleValueLine(
            key, label, str(value), tuple((each.value, CADENCE_NAMES[each]) for each in Cadence)
        )
    if key == "base":
        bases = ("due", "present") if value != "full_members" else ("full_members", "due", "present")
        return RuleValueLine(key, label, str(value), tuple((each, _WORDS[each]) for each in bases))
    if isinstance(value, str):
        return RuleValueLine(key, label, _WORDS.get(value, value), fixed=True)
    return RuleValueLine(key, label, str(value))


def values_in_words(rule: Rule) -> str:
    """频次 每季；次数 1; empty for a rule without values."""
    return "；".join(f"{line.label} {line.word}" for line in value_lines(rule))


def correction_text(rule: Rule, wanted: Mapping[str, str]) -> str:
    """What differs from the shipped rule, as a correction writes it: ``times=2；cadence=monthly``."""
    return "；".join(
        f"{line.key}={wanted[line.key].strip()}"
        for line in value_lines(rule)
        if not line.fixed and line.key in wanted and wanted[line.key].strip() not in ("", line.text)
    )


def corrected_texts(rule: Rule, text: str) -> Mapping[str, str]:
    """What a kept correction says, by the keys of the rule's values; a bare value is the first one's."""
    lines = {line.key: line for line in value_lines(rule)}
    found = {}
    for part in filter(None, (each.strip() for each in re.split(r"[;；\n]", text))):
        key, given, value = part.partition("=")
        name, plain = (key.strip(), value.strip()) if given else (next(iter(lines), ""), key)
        if name in lines:
            found[name] = _CODES.get(plain, plain) if lines[name].choices else plain
    return found
