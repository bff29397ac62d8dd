"""The settings of a book: kept with the book, checked, changed as undoable operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AttachmentKind
from branchbook.services.codec import decode, to_json
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.rule_choices import LocalCadence, RuleCorrection
from branchbook.services.settings_reading import PREFIX, SETTING_TYPES, book_settings
from branchbook.services.settings_table import SPEC_BY_KEY, BookSettings, SettingSpec, SettingType
from branchbook.services.shipped_rules import check_correction
from branchbook.services.store import Book, Setting
from branchbook.services.work_calendar import parse_holidays

__all__ = ["PREFIX", "book_settings", "change_setting", "reset_setting"]


def change_setting(book: Book, key: str, value: Any, actor: Actor) -> Outcome[BookSettings]:
    """Set one declared setting. Raises Problem for a value of a wrong type or outside its bounds."""
    spec = _spec(key)
    where = f"设置“{spec.label}”"
    value = decode(to_json(cleaned(value, where)), SETTING_TYPES[key], where)
    _check(spec, value)
    with operate(book, actor, f"更改设置：{spec.label}") as operating:
        operating.writing.put(Setting(PREFIX + key, to_json(value)))
        settings = book_settings(operating.writing)
    return Outcome(settings, operating.changes)


def reset_setting(book: Book, key: str, actor: Actor) -> Outcome[BookSettings]:
    """Put one setting back to its default."""
    spec = _spec(key)
    with operate(book, actor, f"恢复默认设置：{spec.label}") as operating:
        operating.writing.put_json("setting", PREFIX + key, None)
        settings = book_settings(operating.writing)
    return Outcome(settings, operating.changes)


def _spec(key: str) -> SettingSpec:
    if key not in SPEC_BY_KEY:
        raise RefusedProblem("没有这项设置", key, "请从设置页面中选择")
    return SPEC_BY_KEY[key]


def _check(spec: SettingSpec, value: Any) -> None:
    if spec.type == SettingType.NUMBER and not spec.least <= value <= spec.most:
        raise RefusedProblem(
            f"“{spec.label}”应在 {spec.least} 到 {spec.most} 之间", str(value), "请改为这个范围内的整数"
        )
    check = _CHECKS.get(spec.key)
    if check is not None:
        check(value)


EARLIEST_BOUNDARY, LATEST_BOUNDARY = date(2026, 1, 1), date(2030, 12, 31)
"""The revision of 2026 cannot have come into force before its year; a typing error is caught on both sides."""

_REQUIRED = frozenset(requirement.key for requirement in REQUIREMENTS)


def _check_attachments(value: Mapping[str, tuple[AttachmentKind, ...]]) -> None:
    unknown = sorted(set(value) - set(KIND_BY_KEY))
    if unknown:
        raise RefusedProblem("不认识的记录种类", "、".join(unknown), "请从列表中选择记录种类")


def _check_cadences(value: tuple[LocalCadence, ...]) -> None:
    for cadence in value:
        if not cadence.source.strip():
            raise RefusedProblem("没有写依据文件", "本地更严的频次", "请填写提出这一要求的文件名称或文号")
        if cadence.times < 1:
            raise RefusedProblem("次数至少为 1", "本地更严的频次", "请填写每个周期要求的次数")
        if cadence.requirement not in _REQUIRED:
            raise RefusedProblem("没有这项要求", f"本地更严的频次 {cadence.requirement}", "请从列表中选择")


def _check_corrections(value: tuple[RuleCorrection, ...]) -> None:
    for correction in value:
        if not correction.source.strip():
            raise RefusedProblem(
                "没有写依据文件", f"规则更正 {correction.rule}", "请填写依据的文件名称或文号"
            )
        if not (correction.value.strip() or correction.article.strip()):
            raise RefusedProblem("没有写更正的数值或条款", f"规则更正 {correction.rule}", "请至少填写一项")
        check_correction(correction)
    rules = [correction.rule for correction in value]
    if len(set(rules)) < len(rules):
        raise RefusedProblem("同一条规则更正了两次", "规则更正", "请合并为一条")


def _check_boundary(value: date) -> None:
    if not EARLIEST_BOUNDARY < value <= LATEST_BOUNDARY:
        raise RefusedProblem(
            f"施行日期应在 {EARLIEST_BOUNDARY} 之后、{LATEST_BOUNDARY} 以前", f"{value}", "请核对文件"
        )


def _check_holidays(value: str) -> None:
    parse_holidays(value, "补充的节假日表")


MOST_OCCASIONS, LONGEST_OCCASION = 30, 30


def _check_occasions(value: tuple[str, ...]) -> None:
    where = "谈心谈话的必谈情形"
    if len(value) > MOST_OCCASIONS:
        raise RefusedProblem(f"必谈情形最多 {MOST_OCCASIONS} 种", where, "请合并相近的情形")
    for each in value:
        if not each.strip() or each != each.strip() or "\n" in each or len(each) > LONGEST_OCCASION:
            raise RefusedProblem(f"每种情形是一行 {LONGEST_OCCASION} 字以内的文字", each, "请删去空行或改短")
    if len(set(value)) < len(value):
        raise RefusedProblem("同一种情形写了两次", where, "请删去重复的一行")


_CHECKS: Mapping[str, Callable[[Any], None]] = {
    "expected_attachments": _check_attachments,
    "local_cadences": _check_cadences,
    "rule_corrections": _check_corrections,
    "admission_boundary": _check_boundary,
    "further_holidays": _check_holidays,
    "talk_occasions": _check_occasions,
}
