"""Passphrases: what may be one, how long it would stand, and how long to wait after a wrong one.

The estimate is simple and says so: it counts what somebody who guesses would have to try, gives no credit for what
people commonly do (one character again and again, rows of the keyboard, dates, names that stand in the book), and
makes no promise. It errs low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from branchbook.domain.problems import RefusedProblem

LEAST_CHARACTERS = 6
GUESSES_PER_SECOND = 1_000_000
"""What a hundred strong computers are taken to try: every guess costs one of them 256,000 rounds of SHA-512."""

_GOOD_BITS, _FAIR_BITS = 60.0, 46.0
_FREE_TRIES = 3
_PAUSES = (2, 4, 8, 16, 30)


class StrengthLevel(StrEnum):
    """How a passphrase is judged."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Strength:
    """A judgement: ``bits`` is the logarithm of the guesses needed, ``words`` says it in Chinese."""

    level: StrengthLevel
    bits: float
    words: str


def check_passphrase(passphrase: str) -> str:
    """Give the passphrase back, or raise RefusedProblem where nobody could type it again or it is too short."""
    if passphrase != passphrase.strip() or any(character < " " for character in passphrase):
        raise RefusedProblem("口令首尾不能有空格", "口令", "请去掉空格再设置；中间可以有空格")
    if len(passphrase) < LEAST_CHARACTERS:
        raise RefusedProblem(
            f"口令至少 {LEAST_CHARACTERS} 个字符", "口令", "建议用四五个互不相干的词，好记又难猜"
        )
    return passphrase


def judge_passphrase(passphrase: str, known: Iterable[str] = ()) -> Strength:
    """How many guesses a passphrase is worth; ``known`` are words that stand in the book, such as names."""
    bits = _bits(passphrase, tuple(known))
    level = _level(bits)
    word = {StrengthLevel.WEAK: "弱", StrengthLevel.FAIR: "一般", StrengthLevel.GOOD: "强"}[level]
    words = f"{word}，一百台电脑{_time_words(bits)}试出来（粗略估计）"
    return Strength(level, bits, words)


def pause_after(wrong: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none up to the second, then more each time."""
    late = wrong - _FREE_TRIES
    return 0 if late < 0 else _PAUSES[min(late, len(_PAUSES) - 1)]


def _level(bits: float) -> StrengthLevel:
    if bits >= _GOOD_BITS:
        return StrengthLevel.GOOD
    return StrengthLevel.FAIR if bits >= _FAIR_BITS else StrengthLevel.WEAK


_COMMON = (
    "password", "passw0rd", "admin", "welcome", "iloveyou", "abc123", "woaini", "a1b2c3", "letmein",
    "dangzhibu", "zhibu", "dangyuan", "branchbook", "支部手册", "党支部", "党员", "口令", "密码", "不忘初心",
)  # fmt: skip
_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc")
_DATE = re.compile(r"(19|20)\d\d[-./年]?(0?[1-9]|1[0-2])[-./月]?(0?[1-9]|[12]\d|3[01])日?")
_HAN_BITS = 8.0
"""A Chinese character in a phrase: of some 3,500 in use, but never by chance beside the one before."""


def _bits(passphrase: str, known: tuple[str, ...]) -> float:
    """What is commonly tried counts little, what is left by its kind of character."""
    text, bits = passphrase.lower(), 0.0
    for word in sorted((*_COMMON, *(each.lower() for each in known if len(each) > 1)), key=len, reverse=True):
        if word in text:
            text, bits = text.replace(word, "\0"), bits + 6
    text, dates = _DATE.subn("\0", text)
    bits += 15 * dates
    text, runs = _without_runs(text)
    left = [each for each in text if each != "\0"]
    return bits + 5 * runs + sum(_HAN_BITS if _is_han(each) else _pool(left) for each in left)


def _without_runs(text: str) -> tuple[str, int]:
    """Take out one character again and again (aaa) and rows of the alphabet or keyboard (1234, qwer)."""
    kept, runs, at = "", 0, 0
    while at < len(text):
        length = _run_length(text, at)
        if length >= 3:
            runs, at, kept = runs + 1, at + length, kept + "\0"
        else:
            kept, at = kept + text[at], at + 1
    return kept, runs


def _run_length(text: str, at: int) -> int:
    best = len(text[at:]) - len(text[at:].lstrip(text[at]))
    for row in (*_ROWS, *(each[::-1] for each in _ROWS)):
        length = 1
        while at + length < len(text) and text[at : at + length + 1] in row:
            length += 1
        best = max(best, length)
    return best


def _pool(characters: list[str]) -> float:
    """Bits of one character that is not Chinese, by what kinds there are."""
    plain = [each for each in characters if not _is_han(each)]
    size = 10 * any(each.isdigit() for each in plain) + 26 * any(each.isalpha() for each in plain)
    size += 20 * any(not each.isalnum() for each in plain)
    return log2(max(size, 2)) * (1.0 if len(set(plain)) * 2 > len(plain) else 0.6)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character > "\U0001ffff"


def _time_words(bits: float) -> str:
    seconds = 2.0 ** min(bits - 1, 200) / GUESSES_PER_SECOND
    for size, word in ((31_557_600, "年"), (86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= size:
            count = seconds / size
            return "要一万年以上才能" if word == "年" and count > 10_000 else f"约 {count:,.0f} {word}能"
    return "不到一分钟就能"
