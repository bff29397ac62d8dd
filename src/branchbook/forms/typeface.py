"""A typeface for one role: its face and, behind it, the faces that fill its gaps, character by character.

All Han characters are one em wide in every face, so lines are broken before runs are split. A character that no face
has is drawn as 〓, the printers' mark for a missing sort, keeps its own code for search and copying, and is counted.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from branchbook.forms.face import Face

MISSING_SORT = ord("〓")
TO_FILL_IN = "＿"
_BROKEN = "BranchBookFang"
"""This face draws a row of ＿ as dashes; a blank to fill in is one line, so the next face draws it."""

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def printable(text: str) -> str:
    """The text without control characters, direction marks and variation selectors; line ends as ``\\n``.

    Everything else stays as typed: ``<b>`` and ``&`` are text like any other.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return text.replace("\t", "\u3000") if "\t" in text else text


class _Advances(dict[str, int]):
    """Width of each character in thousandths of an em, found when first asked for."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> int:
        place, glyph = self._typeface.glyphs[character]
        code = ord(character)
        if glyph:
            width = self._typeface.faces[place].advance(glyph)
        else:
            width = 500 if unicodedata.category(character) == "Zs" and code != 0x3000 else 1000
        self[character] = width
        return width


class _Glyphs(dict[str, tuple[int, int]]):
    """Which face of the chain has a character, and its glyph there; glyph 0 when none has it."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, character: str) -> tuple[int, int]:
        code = ord(character)
        found = (0, 0)
        faces = list(enumerate(self._faces))
        if character == TO_FILL_IN:
            faces.sort(key=lambda each: each[1].name == _BROKEN)
        for place, face in faces:
            if glyph := face.glyph(code):
                found = (place, glyph)
                break
        self[character] = found
        return found


class _Measures(dict[str, int]):
    """Width of each word or cluster of characters, kept because texts repeat their words."""

    def __init__(self, advances: _Advances) -> None:
        super().__init__()
        self._advances = advances

    def __missing__(self, text: str) -> int:
        width = sum(map(self._advances.__getitem__, text))
        if len(self) > 60_000:
            self.clear()
        self[text] = width
        return width


class Typeface:
    """Faces in the order in which they are asked for a character. One object per role and process."""

    def __init__(self, role: str, faces: tuple[Face, ...]) -> None:
        self.role = role
        self.faces = faces
        self.glyphs = _Glyphs(faces)
        self.advances = _Advances(self)
        self.measures = _Measures(self.advances)
        self._plain: set[str] = set()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def measure(self, text: str) -> int:
        """The width of a piece of text in thousandths of an em."""
        return sum(map(self.advances.__getitem__, text))

    def runs(self, text: str) -> list[tuple[int, str]]:
        """The text cut where the face changes: (place of the face in the chain, characters)."""
        if self._plain.issuperset(text):  # characters already known to be in the first face
            return [(0, text)]
        glyphs = self.glyphs
        if not any(glyphs[character][0] for character in text):
            self._plain.update(text)
            return [(0, text)]
        return [(place, "".join(run)) for place, run in groupby(text, lambda character: glyphs[character][0])]

    def missing(self, text: str) -> list[str]:
        """The characters that no face of the chain has, each once, in their order in the text."""
        found = dict.fromkeys(c for c in text if not self.glyphs[c][1] and not is_space(c))
        return list(found)

    def substitutes(self, text: str) -> list[tuple[str, str]]:
        """The Han characters set in another face than the first: (character, name of that face)."""
        chosen = self.glyphs
        pairs = (
            (c, self.faces[chosen[c][0]].name)
            for c in dict.fromkeys(text)
            if chosen[c][0] and ord(c) >= 0x3400 and c != TO_FILL_IN
        )
        return list(pairs)


def is_space(character: str) -> bool:
    """Whether a character is blank space or a line end, for which no outline is needed."""
    return character.isspace() or unicodedata.category(character) == "Zs"
