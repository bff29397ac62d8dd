"""The rules and example checklists that the program ships, read from ``resources``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.rule_corrections import correction_values
from branchbook.domain.rulebook import Correction, Rulebook
from branchbook.domain.rulebook_parsing import parse_rulebook
from branchbook.resources import resource_path

HOLIDAYS = "holidays.toml"
"""A table of days, not of rules; it lies beside them and is read by ``work_calendar``."""

_CHECKLISTS = uuid5(NAMESPACE_URL, "branchbook:checklists")


class WrittenCorrection(Protocol):
    """A correction as the user writes it: ``value`` is text such as 每月, 3 or 2/3."""

    @property
    def rule(self) -> str:
        """The rule's id, such as B-09."""
        ...

    @property
    def source(self) -> str:
        """The document behind the correction."""
        ...

    @property
    def value(self) -> str:
        """The corrected value, empty where only the article is corrected."""
        ...

    @property
    def article(self) -> str:
        """The corrected article, empty where only the value is."""
        ...


@cache
def shipped_rulebook() -> Rulebook:
    """The rules of all times as shipped. Read once.

    Raises UnreadableProblem naming file and key where a rule file is damaged.
    """
    return read_rulebook(resource_path("rules"))


def read_rulebook(folder: Path) -> Rulebook:
    """The rules of every ``*.toml`` in a folder but the holidays. Raises UnreadableProblem naming file and key."""
    paths = (path for path in sorted(folder.glob("*.toml")) if path.name != HOLIDAYS)
    return parse_rulebook((path.name, _read(path)) for path in paths)


def check_correction(written: WrittenCorrection) -> Correction:
    """A written correction as one that can be laid over the rules.

    Raises RefusedProblem where there is no such rule or the value does not fit it.
    """
    rule = shipped_rulebook().find(written.rule)
    if rule is None:
        raise RefusedProblem("没有这条规则", f"规则更正 {written.rule}", "请从规则列表中选择")
    values = correction_values(rule, written.value)
    return Correction(rule.id, written.source.strip(), written.article.strip(), values)


def example_checklists(from_on: date) -> tuple[Checklist, ...]:
    """The checklists shipped as editable examples, to be kept in a book from a day on.

    Their ids are the same in every book, so that merged books do not hold an example twice.
    """
    paths = sorted(resource_path("checklists").glob("*.toml"))
    return tuple(_checklist(path.name, _read(path), from_on, at) for at, path in enumerate(paths))


def _checklist(file_name: str, content: Mapping[str, Any], from_on: date, position: int) -> Checklist:
    try:
        key = str(content["key"])
        items = tuple(_item(key, number, each) for number, each in enumerate(content["item"]))
        return Checklist(
            id=uuid5(_CHECKLISTS, key),
            name=content["name"],
            cadence=Cadence(content["cadence"]),
            items=items,
            from_on=from_on,
            source=content.get("source", ""),
            label=content.get("label", ""),
            position=position,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableProblem("清单文件有误", f"{file_name}：{error}", "请换回随程序附带的文件") from error


def _item(checklist: str, number: int, table: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(_item_id(checklist, number), table["title"], tuple(table.get("satisfied_by", ())))


def _item_id(checklist: str, number: int) -> UUID:
    return uuid5(_CHECKLISTS, f"{checklist}/{number}")


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableProblem(
            "规则文件读不出来", f"{path.name}：{error}", "请换回随程序附带的文件"
        ) from error
