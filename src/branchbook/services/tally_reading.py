"""What every form of a count in a file shares: numbers, names, the decoder's complaints in Chinese, the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec

from branchbook.domain.names import checked_name, matching_form
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.tally import MOST_COUNTED, ElectionKind, Finding

T = TypeVar("T")

ELECTION_KINDS: tuple[str, ...] = tuple(kind.value for kind in ElectionKind)

Number = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNTED)]
"""A count of people or ballots."""


_MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class TallyReport:
    """The result of a count in a file: as JSON, as lines for people, and whether it is valid."""

    valid: bool
    json: Mapping[str, Any]
    lines: tuple[str, ...]


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings with the keys level, rule, article, text."""
    return [
        {"level": each.level.value, "rule": each.rule, "article": each.article, "text": each.text}
        for each in findings
    ]


def convert(content: Mapping[str, Any], form: type[T], where: str) -> T:
    """A parsed object as a value of its form. Raises UnreadableProblem naming key and place."""
    try:
        return msgspec.convert(content, form)
    except msgspec.ValidationError as error:
        raise _in_words(where, str(error)) from error


def wrong(where: str, key: str, what: str) -> UnreadableProblem:
    """The problem of a file: what is wrong, in which key of which file."""
    place = f"{where} 的 {_shown(key)}" if key else where
    return UnreadableProblem(f"计票文件有误：{_shown(what)}", place, "没有计算，请改正后再试")


def _shown(text: str) -> str:
    """What a file says, fit for one line: no control characters, and no more of it than one reads."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= _MOST_SHOWN else f"{plain[:_MOST_SHOWN]}…"


def check_names(names: Iterable[str], where: str, key: str) -> None:
    """Refuse a name that is blank, has control characters, or stands twice (also with blanks inside: 张　三)."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        place = f"{key}[{at}]"
        try:
            plain = matching_form(checked_name(name))
        except RefusedProblem as problem:
            raise wrong(where, place, problem.what) from problem
        if plain in seen:
            raise wrong(where, place, f"姓名“{name}”出现两次")
        seen.add(plain)


_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")
_COMPLAINTS = (
    (re.compile(r"missing required field `([^`]*)`"), "缺少键 {0}"),
    (re.compile(r"unknown field `([^`]*)`"), "不认识的键 {0}"),
    (re.compile(r"Invalid enum value (.*)$"), "不认识的值 {0}"),
    (re.compile(r"Expected `int` >= 0"), "不能是负数"),
    (re.compile(r"Expected `int` <= \d+"), f"不能大于 {MOST_COUNTED}"),
    (re.compile(r"Expected `int`, got `float`"), "须是整数，不能是小数"),
    (re.compile(r"Expected `int`"), "须是整数"),
    (re.compile(r"date"), "须是 2026-05-20 这样的日期"),
    (re.compile(r"Expected `str"), "须是文字"),
    (re.compile(r"Expected `array"), "须是列表 […]"),
    (re.compile(r"Expected `object"), "须是对象 {{…}}"),
)


def _in_words(where: str, message: str) -> UnreadableProblem:
    """msgspec's English complaint in Chinese, with the path of the key."""
    place = _PLACE.search(message)
    key, complaint = (place[1], message[: place.start()]) if place else ("", message)
    for pattern, words in _COMPLAINTS:
        if found := pattern.search(complaint):
            return wrong(where, key, words.format(*found.groups()))
    return wrong(where, key, "类型或写法不对")
