"""The rulebook: rules with their source, asked as of a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from branchbook.domain.problems import UnreadableProblem

NO_RULEBOOK = "该日期无规则依据"
UNCONFIRMED_MARK = "待核实"


class Confidence(StrEnum):
    """How well a rule is known: A full text or two copies, B one copy, C local or secondary."""

    A = "A"
    B = "B"
    C = "C"
    UNCONFIRMED = "UNCONFIRMED"


@dataclass(frozen=True, slots=True)
class Document:
    """A regulation and when it is in force; ``to_on`` is the last day, None while in force."""

    key: str
    title: str
    short: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``article`` is empty where its number is not known: the document is cited without one.

    ``unconfirmed`` is True only for a doubtful number, period or base; it is shown as 待核实.
    ``values`` are the rule's numbers and words as data (integers, strings, booleans).
    """

    id: str
    document: Document
    text: str
    article: str = ""
    confidence: Confidence = Confidence.A
    unconfirmed: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    setting: str = ""
    source: str = ""

    def number(self, key: str) -> int:
        """An integer value of the rule. Raises UnreadableProblem naming rule and key."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise UnreadableProblem("规则里缺少数值", f"{self.id}：{key}", "请检查规则文件或设置中的更正")
        return value

    @property
    def citation(self) -> str:
        """Document and article as printed; 待核实 only where the number itself is in doubt."""
        cited = f"{self.document.short} {self.article}".strip()
        if self.source:
            cited = self.source
        return f"{cited}（{UNCONFIRMED_MARK}）" if self.unconfirmed else cited

    def in_force_on(self, day: date) -> bool:
        """Whether the rule's document is in force on ``day``."""
        return self.document.from_on <= day and (self.document.to_on is None or day <= self.document.to_on)


@dataclass(frozen=True, slots=True)
class Correction:
    """A user's correction of a shipped rule, kept apart from it, with its source."""

    rule_id: str
    source: str
    article: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of all times; ``on(day)`` gives those in force."""

    rules: tuple[Rule, ...]

    def on(self, day: date) -> Rulebook:
        """The rules in force on ``day``; empty before the earliest document."""
        return Rulebook(tuple(rule for rule in self.rules if rule.in_force_on(day)))

    def find(self, rule_id: str) -> Rule | None:
        """A rule by id, None where this rulebook does not have it."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def __bool__(self) -> bool:
        return bool(self.rules)

    def corrected(self, corrections: Iterable[Correction]) -> Rulebook:
        """The same rules with the user's corrections laid over them."""
        by_id = {each.rule_id: each for each in corrections}
        return Rulebook(tuple(_laid_over(rule, by_id.get(rule.id)) for rule in self.rules))


def _laid_over(rule: Rule, correction: Correction | None) -> Rule:
    if correction is None:
        return rule
    return replace(
        rule,
        article=correction.article or rule.article,
        values={**rule.values, **correction.values},
        unconfirmed=False,
        source=correction.source,
    )
