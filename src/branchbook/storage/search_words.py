"""Text to search words and back: Chinese in pairs of characters, everything else word by word.

Two-character words are the commonest queries in Chinese. A run of ideographs ABC is indexed as AB, BC
and C, so that a query of two or more characters is a phrase of pairs, and one character is a prefix.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_DATE = re.compile(r"(?<!\d)(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})\s*日?|\s*月)?")
_MIDDLE_DOTS = str.maketrans("", "", "·•‧・･")
"""Separators inside minority names; people type them in five ways, or not at all."""

_SNIPPET_BEFORE = 18
_SNIPPET_LENGTH = 60


def words_of(texts: Iterable[str]) -> str:
    """All search words of some texts, separated by spaces, ready for the index."""
    found: list[str] = []
    for text in texts:
        plain = _plain(text)
        for run, ideographs in _runs(plain):
            found += _pairs(run) if ideographs else [run]
        found += (word for match in _DATE.finditer(plain) for word in _date_words(match))
    return " ".join(found)


def query_of(words: str) -> str:
    """The index's query for what the user typed; empty when there is nothing to look for.

    All words must occur. Dates may be typed as 2026.5.8, 2026-05-08, 2026年5月8日 or 2026年5月.
    """
    terms = []
    for word in words.split():
        plain = _plain(word)
        while match := _DATE.search(plain):
            terms.append('"' + " ".join(_date_words(match)) + '"')
            plain = plain[: match.start()] + " " + plain[match.end() :]
        for run, ideographs in _runs(plain):
            terms.append(_term(run) if ideographs else f'"{run}" *')
    return " AND ".join(terms)


class Finder:
    """Looks for the words as they were typed, in any case, and cuts snippets around them."""

    def __init__(self, words: str) -> None:
        """``words`` is what the user typed; the longest word is tried first."""
        typed = sorted(set(words.split()), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, typed)), re.IGNORECASE)

    def snippet(self, text: str) -> tuple[str, tuple[tuple[int, int], ...]] | None:
        """A piece of the text around the first word, and where words stand in it; None without one."""
        piece = " ".join(text.split())
        match = self._pattern.search(piece)
        if match is None:
            return None
        start = max(0, match.start() - _SNIPPET_BEFORE)
        end = max(start + _SNIPPET_LENGTH, match.end())
        shown = ("…" if start else "") + piece[start:end] + ("…" if end < len(piece) else "")
        return shown, tuple(found.span() for found in self._pattern.finditer(shown))


def beginning(text: str) -> str:
    """What is shown of a text in which no word stands as typed (found by date or by initials)."""
    piece = " ".join(text.split())
    return piece[:_SNIPPET_LENGTH] + ("…" if len(piece) > _SNIPPET_LENGTH else "")


def _plain(text: str) -> str:
    """One form for full-width and half-width, capitals and small letters."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_MIDDLE_DOTS)


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Runs of ideographs (True) and runs of other letters and digits (False); the rest separates."""
    start, kind = 0, None
    for index, char in enumerate(text):
        now = _kind(char)
        if now is not kind:
            if kind is not None:
                yield text[start:index], kind
            start, kind = index, now
    if kind is not None:
        yield text[start:], kind


def _kind(char: str) -> bool | None:
    """True for ideographs, also those newer than this Python knows; False for letters and digits."""
    if char <= "\x7f":
        return False if char.isalnum() else None
    if "\u3400" <= char <= "\u9fff" or char == "〇" or char >= "\U00020000":
        return True
    return False if char.isalnum() else None


def _pairs(run: str) -> list[str]:
    """ABC as AB, BC and C."""
    return [run[index : index + 2] for index in range(len(run))]


def _term(run: str) -> str:
    """The query for a run of ideographs."""
    if len(run) == 1:
        return f'"{run}" *'
    return '"' + " ".join(run[index : index + 2] for index in range(len(run) - 1)) + '"'


def _date_words(match: re.Match[str]) -> list[str]:
    """Year, month and day with two digits each, as many as there are."""
    return [f"{int(part):02d}" for part in match.groups() if part is not None]
