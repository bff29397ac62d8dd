"""Pinyin initials of names, so that zs finds 张三: every reading, the surname's own first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

MOST_COMBINATIONS = 24
"""A name of many readings keeps the likeliest ones; nobody types the others."""

SURNAME_READINGS = {
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "翟": ("zhai", "di"),
    "曾": ("zeng",),
    "任": ("ren",),
    "盖": ("gai", "ge"),
    "尉": ("wei", "yu"),
    "查": ("zha",),
    "乐": ("yue", "le"),
    "朴": ("piao",),
    "区": ("ou",),
    "缪": ("miao",),
    "冼": ("xian",),
    "洗": ("xian",),
    "折": ("she",),
    "黑": ("he",),
    "重": ("chong",),
    "秘": ("bi",),
    "员": ("yun",),
    "教": ("jiao",),
    "召": ("shao",),
    "种": ("chong",),
    "繁": ("po",),
    "晁": ("chao",),
    "车": ("che",),
    "隗": ("wei", "kui"),
    "佴": ("nai",),
    "郇": ("xun", "huan"),
    "覃": ("qin", "tan"),
    "令": ("ling",),
    "曲": ("qu",),
    "卜": ("bu",),
    "祭": ("zhai",),
    "逄": ("pang",),
    "万": ("wan", "mo"),
    "长": ("zhang", "chang"),
}
"""Readings that a character has as a surname; they come before its readings as a word."""


def initials_of(name: str) -> str:
    """Initials of all readings, space separated: 张三 gives "zs zhs".

    Letters and digits in a name stand for themselves; a character without a known reading, a dot or a
    space is passed over, so that a rare character never stands in the way of saving.
    """
    readings = [choices for index, char in enumerate(name) if (choices := _initials(char, index == 0))]
    if not readings:
        return ""
    found: dict[str, None] = {}
    for combination in _likeliest_first(readings):
        short = "".join(initial[:1] for initial in combination)
        found.setdefault(short)
        found.setdefault("".join(combination))
        if len(found) >= MOST_COMBINATIONS:
            break
    return " ".join(list(found)[:MOST_COMBINATIONS])


def _likeliest_first(readings: list[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Combinations of readings, those with the fewest unlikely ones first."""
    if len(readings) > 6:  # a long minority name: its first readings only, in one step
        return [tuple(choices[0] for choices in readings)]
    ranked = product(*(tuple(enumerate(choices)) for choices in readings))
    ordered = sorted(ranked, key=lambda each: sum(rank for rank, _ in each))
    return [tuple(initial for _, initial in each) for each in ordered]


@lru_cache(maxsize=8192)
def _initials(character: str, is_surname: bool) -> tuple[str, ...]:
    """Initials of one character: "zh" and the like stay whole, a vowel stands for itself."""
    if character.isascii():
        return (character.lower(),) if character.isalnum() else ()
    syllables = (*SURNAME_READINGS.get(character, ()), *_readings(character))
    if not is_surname:
        syllables = _readings(character)
    return tuple(dict.fromkeys(map(_initial, syllables)))[:4]


def _readings(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(syllable for syllable in found[0] if syllable) if found else ()


def _initial(syllable: str) -> str:
    return syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else syllable[:1]
