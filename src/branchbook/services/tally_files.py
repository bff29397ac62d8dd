"""Counts of ballots in files (docs/exchange-format.md): read strictly, reported as JSON and in words.

What follows from a count is the domain's; here is only its form. The key ``kind`` decides which form is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from branchbook.domain.problems import UnreadableProblem
from branchbook.services.tally_conversions import read_conversion
from branchbook.services.tally_elections import read_election
from branchbook.services.tally_evaluations import read_evaluation
from branchbook.services.tally_reading import ELECTION_KINDS, TallyReport, wrong

__all__ = ["TallyReport", "report_of"]

_FORMS: Mapping[str, Callable[[Mapping[str, Any], str], TallyReport]] = {
    **dict.fromkeys(ELECTION_KINDS, read_election),
    "conversion": read_conversion,
    "evaluation": read_evaluation,
}
"""How each kind of count is read and reported; another kind is one more line."""


def report_of(content: bytes | str, where: str) -> TallyReport:
    """The report of a file's content; ``where`` names the file in errors.

    Raises UnreadableProblem naming key and place where the content is not JSON, lacks a key or has an unknown
    one, or a value is of a wrong type, negative, a fraction, over 100,000 or a name that stands twice.
    """
    table = _parsed(content, where)
    if not isinstance(table, dict):
        raise wrong(where, "", "最外层应为一个对象 {…}")
    if "kind" not in table:
        raise wrong(where, "kind", "缺少这个键")
    kind = table["kind"]
    form = _FORMS.get(kind) if isinstance(kind, str) else None
    if form is None:
        raise wrong(where, "kind", f"不认识的种类 {kind!r}，可用：{'、'.join(_FORMS)}")
    return form(table, where)


def _parsed(content: bytes | str, where: str) -> Any:
    try:
        return json.loads(content, object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except _KeyTwice as twice:
        raise wrong(where, twice.key, "同一个对象里这个键（或姓名）出现两次") from twice
    except json.JSONDecodeError as error:
        raise UnreadableProblem(
            "不是 JSON 文件", f"{where} 第 {error.lineno} 行第 {error.colno} 列", "请检查括号、引号和逗号"
        ) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, a number without end, brackets without end
        raise UnreadableProblem("不是 JSON 文件", where, "请用 UTF-8 编码保存为 JSON") from error


class _KeyTwice(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as a dict. Of a key that stands twice JSON would silently take the last: a vote would be lost."""
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _KeyTwice(next(key for key in keys if keys.count(key) > 1))
    return table


def _no_constant(constant: str) -> Any:
    raise ValueError(constant)
