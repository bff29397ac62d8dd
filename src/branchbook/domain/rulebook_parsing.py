"""Rule files (resources/rules/*.toml) to rules; what does not fit is named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.rulebook import Confidence, Document, Rule, Rulebook, RuleValue

_DOCUMENT_KEYS = {"key", "title", "short", "from_on", "to_on"}
_RULE_KEYS = {"id", "text", "article", "basis", "also", "confidence", "unconfirmed", "values", "setting"}


def parse_rules(file_name: str, content: Mapping[str, Any]) -> tuple[Rule, ...]:
    """The rules of one file: a ``[document]`` table and ``[[rule]]`` tables.

    Raises UnreadableProblem naming file and key for an unknown or missing key, a wrong type, or a rule
    id that stands twice.
    """
    unknown = set(content) - {"document", "rule"}
    if unknown:
        raise _wrong(file_name, sorted(unknown)[0], "不认识的键")
    document = _document(file_name, content.get("document"))
    rules = content.get("rule", [])
    if not isinstance(rules, list):
        raise _wrong(file_name, "rule", "应为多个 [[rule]] 表")
    parsed = tuple(_rule(file_name, document, rule) for rule in rules)
    ids = [rule.id for rule in parsed]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice:
        raise _wrong(file_name, twice, "规则编号重复")
    return parsed


def parse_rulebook(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Rulebook:
    """One rulebook out of several files, each a name and its parsed TOML.

    Raises UnreadableProblem as ``parse_rules`` does, and where one rule id stands in two documents that
    are in force at the same time.
    """
    found: dict[str, list[Rule]] = {}
    for file_name, content in files:
        for rule in parse_rules(file_name, content):
            for other in found.setdefault(rule.id, []):
                if _overlap(rule.document, other.document):
                    raise _wrong(file_name, rule.id, f"规则编号与“{other.document.short}”重复")
            found[rule.id].append(rule)
    return Rulebook(tuple(rule for rules in found.values() for rule in rules))


def _overlap(one: Document, other: Document) -> bool:
    earlier, later = sorted((one, other), key=lambda document: document.from_on)
    return earlier.to_on is None or later.from_on <= earlier.to_on


def _document(file_name: str, table: Any) -> Document:
    if not isinstance(table, Mapping):
        raise _wrong(file_name, "document", "缺少 [document] 表")
    _only(file_name, "document", table, _DOCUMENT_KEYS)
    to_on = table.get("to_on")
    if to_on is not None and type(to_on) is not date:
        raise _wrong(file_name, "document.to_on", "应为日期")
    if to_on is not None and to_on < _value(file_name, "document", table, "from_on", date):
        raise _wrong(file_name, "document.to_on", "早于施行日期")
    return Document(
        _value(file_name, "document", table, "key", str),
        _value(file_name, "document", table, "title", str),
        _value(file_name, "document", table, "short", str),
        _value(file_name, "document", table, "from_on", date),
        to_on,
    )


def _rule(file_name: str, document: Document, table: Any) -> Rule:
    if not isinstance(table, Mapping):
        raise _wrong(file_name, "rule", "应为表")
    rule_id = _value(file_name, "rule", table, "id", str)
    _only(file_name, rule_id, table, _RULE_KEYS)
    confidence = table.get("confidence", "A")
    if confidence not in {each.value for each in Confidence}:
        raise _wrong(file_name, f"{rule_id}.confidence", "应为 A、B、C 或 UNCONFIRMED")
    return Rule(
        id=rule_id,
        document=document,
        text=_value(file_name, rule_id, table, "text", str),
        article=_value(file_name, rule_id, table, "article", str, ""),
        confidence=Confidence(confidence),
        unconfirmed=_value(file_name, rule_id, table, "unconfirmed", bool, False),
        values=_values(file_name, rule_id, table.get("values", {})),
        setting=_value(file_name, rule_id, table, "setting", str, ""),
        basis=_value(file_name, rule_id, table, "basis", str, ""),
        also=_words(file_name, rule_id, table.get("also", [])),
    )


def _words(file_name: str, rule_id: str, words: Any) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(each, str) and each for each in words):
        raise _wrong(file_name, f"{rule_id}.also", "应为文字的列表")
    return tuple(words)


def _values(file_name: str, rule_id: str, values: Any) -> Mapping[str, RuleValue]:
    if not isinstance(values, Mapping):
        raise _wrong(file_name, f"{rule_id}.values", "应为表")
    for key, value in values.items():
        fits = isinstance(value, int | str | bool | date) or (
            isinstance(value, list) and all(isinstance(each, int | str) for each in value)
        )
        if not fits:
            raise _wrong(file_name, f"{rule_id}.values.{key}", "只能是整数、文字、是否、日期或它们的列表")
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _only(file_name: str, where: str, table: Mapping[str, Any], allowed: set[str]) -> None:
    for key in table:
        if key not in allowed:
            raise _wrong(file_name, f"{where}.{key}", "不认识的键")


def _value(
    file_name: str, where: str, table: Mapping[str, Any], key: str, wanted: type, default: Any = None
) -> Any:
    value = table.get(key, default)
    if type(value) is not wanted or (value == "" and default is None):
        raise _wrong(file_name, f"{where}.{key}", "缺少或类型不对")
    return value


def _wrong(file_name: str, key: str, what: str) -> UnreadableProblem:
    return UnreadableProblem(
        f"规则文件有误：{what}", f"{file_name} 的 {key}", "请改正该键，或换回随程序附带的文件"
    )
