"""Personal names: kept as typed, compared in a plain form, told apart where two are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem

MIDDLE_DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・．●・", MIDDLE_DOT))
_BETWEEN_NAMES = re.compile(r"[、,;/|\r\n\t，；。]")
_COMPOUND_PAIRS = (
    "欧阳上官司马东方诸葛皇甫尉迟公孙慕容宇文司徒令狐司空长孙轩辕夏侯端木百里呼延南宫"
    "西门东郭独孤拓跋申屠澹台公冶赫连濮阳太史钟离闾丘万俟鲜于仲孙乐正宗政左丘"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND_PAIRS[at : at + 2] for at in range(0, len(_COMPOUND_PAIRS), 2))


def matching_form(name: str) -> str:
    """A name for comparison: no blanks, half width, one kind of middle dot. Never shown, never kept."""
    plain = unicodedata.normalize("NFKC", name.translate(_DOTS)).translate(_DOTS)
    joined = "".join(plain.split()).casefold()
    return unicodedata.normalize("NFKC", joined)


def checked_name(name: str, where: str = "姓名") -> str:
    """The name without blanks at its ends, else exactly as typed.

    Raises RefusedProblem for an empty name, and for one with control characters or line breaks.
    """
    typed = name.strip()
    if not typed:
        raise RefusedProblem("姓名不能为空", where, "请填写姓名")
    bad = next((character for character in typed if unicodedata.category(character) in ("Cc", "Cs")), None)
    if bad is not None:
        raise RefusedProblem("姓名中有看不见的控制字符", f"{where}：U+{ord(bad):04X}", "请删去后重新输入姓名")
    return typed


def surname(name: str) -> str:
    """The surname of a Chinese name; a name with a middle dot has none apart and is given whole."""
    plain = "".join(name.split())
    if MIDDLE_DOT in plain.translate(_DOTS):
        return plain
    return plain[:2] if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]


def same_names(people: Iterable[Person]) -> tuple[tuple[Person, ...], ...]:
    """Groups of two or more people whose names compare equal, in the order given."""
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        groups[matching_form(person.name)].append(person)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def told_apart(people: Sequence[Person]) -> Mapping[UUID, str]:
    """How each is shown in a list: the name, and where it is not alone what tells it from the other.

    Tried in turn: the birth date, the work post, the last four of the identity number, a running number.
    """
    shown = {person.id: person.name for person in people}
    for group in same_names(people):
        for person, mark in zip(group, _marks(group), strict=True):
            shown[person.id] = f"{person.name}（{mark}）"
    return shown


def _marks(group: Sequence[Person]) -> Sequence[str]:
    tries = (
        [_born(person.born_on) for person in group],
        [_one_word(person.work_post) for person in group],
        [person.identity_number[-4:] for person in group],
    )
    for marks in tries:
        if all(marks) and len(set(marks)) == len(marks):
            return marks
    return [str(number) for number in range(1, len(group) + 1)]


def _one_word(work_post: str) -> str:
    """A post that can stand behind a name in a list of names; empty for one that would part the list."""
    post = work_post.strip()
    return "" if _BETWEEN_NAMES.search(post) else post


def _born(born_on: date | None) -> str:
    return f"{born_on.year}年{born_on.month}月{born_on.day}日生" if born_on else ""
