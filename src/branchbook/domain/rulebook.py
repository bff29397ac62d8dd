"""The rulebook: rules with their source, asked as of a date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from branchbook.domain.problems import UnreadableProblem

NO_RULEBOOK = "该日期无规则依据"
UNCONFIRMED_MARK = "待核实"

RuleValue = int | str | bool | date | tuple[int | str, ...]


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

    def in_force_on(self, day: date) -> bool:
        """Whether the document is in force on ``day``."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``article`` is empty where its number is not known: the document is cited without one.

    ``basis`` replaces the document's name where the rule rests on something else (通行做法); ``also`` names
    further documents that say the same. ``unconfirmed`` is True only for a doubtful number, period or
    base; it is shown as 待核实. ``values`` are the rule's numbers and words as data. ``setting`` names the
    setting that decides where the texts do not. ``source`` is the document of a user's correction.
    """

    id: str
    document: Document
    text: str
    article: str = ""
    confidence: Confidence = Confidence.A
    unconfirmed: bool = False
    values: Mapping[str, RuleValue] = field(default_factory=dict)
    setting: str = ""
    source: str = ""
    basis: str = ""
    also: tuple[str, ...] = ()

    def number(self, key: str) -> int:
        """An integer value of the rule. Raises UnreadableProblem naming rule and key."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise UnreadableProblem("规则里缺少数值", f"{self.id}：{key}", "请检查规则文件或设置中的更正")
        return value

    @property
    def citation(self) -> str:
        """Document and article as printed; 待核实 only where the number itself is in doubt.

        A corrected rule names the document that corrects it.
        """
        cited = f"{self.basis or self.document.short} {self.article}".strip()
        if self.source:
            return f"{cited}（依据：{self.source}）"
        return f"{cited}（{UNCONFIRMED_MARK}）" if self.unconfirmed else cited

    @property
    def citations(self) -> str:
        """The citation and the further documents, joined by ；."""
        return "；".join((self.citation, *self.also))

    @property
    def confidence_mark(self) -> str:
        """A, B or C; 待核实 where a number, period or base is in doubt."""
        return UNCONFIRMED_MARK if self.unconfirmed else self.confidence.value

    def in_force_on(self, day: date) -> bool:
        """Whether the rule's document is in force on ``day``."""
        return self.document.in_force_on(day)


@dataclass(frozen=True, slots=True)
class Correction:
    """A user's correction of a shipped rule, kept apart from it, with its source."""

    rule_id: str
    source: str
    article: str = ""
    values: Mapping[str, RuleValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Rulebook:
    """All rules of all times; ``on(day)`` gives those in force. Built once, asked many times."""

    rules: tuple[Rule, ...]

    def on(self, day: date) -> Rulebook:
        """The rules in force on ``day``; empty before the earliest document."""
        span = bisect_right(self._boundaries, day)
        if span not in self._books:
            self._books[span] = Rulebook(tuple(rule for rule in self.rules if rule.in_force_on(day)))
        return self._books[span]

    def find(self, rule_id: str) -> Rule | None:
        """A rule by id, None where this rulebook does not have it; of several versions the latest."""
        return self._by_id.get(rule_id)

    def first_of(self, *rule_ids: str) -> Rule | None:
        """The first of the named rules that this rulebook has."""
        return next((rule for rule in map(self.find, rule_ids) if rule is not None), None)

    def __bool__(self) -> bool:
        return bool(self.rules)

    def corrected(self, corrections: Iterable[Correction]) -> Rulebook:
        """The same rules with the user's corrections laid over them."""
        by_id = {each.rule_id: each for each in corrections}
        return Rulebook(tuple(_laid_over(rule, by_id.get(rule.id)) for rule in self.rules))

    def with_values(self, chosen: Mapping[str, Mapping[str, RuleValue]]) -> Rulebook:
        """The same rules with values chosen in the settings, by rule id; what is 待核实 stays so."""
        return Rulebook(
            tuple(replace(rule, values={**rule.values, **chosen.get(rule.id, {})}) for rule in self.rules)
        )

    def with_boundary(self, earlier: str, later: str, day: date) -> Rulebook:
        """The same rules, the document ``later`` replacing ``earlier`` from ``day`` on (keys of documents)."""

        def moved(document: Document) -> Document:
            if document.key == earlier:
                return replace(document, to_on=day - timedelta(days=1))
            return replace(document, from_on=day) if document.key == later else document

        return Rulebook(tuple(replace(rule, document=moved(rule.document)) for rule in self.rules))

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        ordered = sorted(self.rules, key=lambda rule: rule.document.from_on)
        return {rule.id: rule for rule in ordered}

    @cached_property
    def _boundaries(self) -> tuple[date, ...]:
        """Days on which the set of rules in force changes, ascending."""
        documents = {rule.document for rule in self.rules}
        ends = {each.to_on + timedelta(days=1) for each in documents if each.to_on is not None}
        return tuple(sorted({each.from_on for each in documents} | ends))

    @cached_property
    def _books(self) -> dict[int, Rulebook]:
        return {}


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
