"""The typefaces of the papers: which face serves which role, and where the files are.

Faces are opened once per process and shared by all documents. A face of the user's system may stand before ours in
a role, when the settings say so and its maker allows embedding.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from branchbook.forms.face import Face
from branchbook.forms.typeface import Typeface


class Role(StrEnum):
    """What a typeface is used for; the names of GB/T 9704 in brackets."""

    BODY = "body"  # 仿宋
    TITLE = "title"  # 小标宋
    HEADING = "heading"  # 黑体
    SUBHEADING = "subheading"  # 楷体
    FIGURES = "figures"  # 宋体, page numbers


_FANG = "fandol/BranchBookFang.ttf"
_LIGHT = "noto-serif-light/BranchBookSerifLight.ttf"
_SIGNS = "dejavu/BranchBookSigns.ttf"
_LAST_RESORT = ("HanaMinB.ttf", "hanazono/HanaMinB.ttf")
_SYSTEM_LAST_RESORT = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
_FIRST = {
    Role.BODY: _FANG,
    Role.TITLE: "noto-serif-bold/BranchBookSerifBold.ttf",
    Role.HEADING: "noto-sans/BranchBookSans.ttf",
    Role.SUBHEADING: "kai/BranchBookKai.ttf",
    Role.FIGURES: _LIGHT,
}


@lru_cache(maxsize=32)
def open_face(path: Path, index: int = 0) -> Face:
    """The face in a file, opened once per process. Raises Problem when it cannot be used."""
    return Face(path, index)


class FontLibrary:
    """The typefaces of one folder of fonts.

    `folder` is resources/fonts. `replacements` names, for a role, a font file of the user's system and the face's
    number within it; it then stands first and ours behind it.
    """

    def __init__(self, folder: Path, replacements: Mapping[Role, tuple[Path, int]] | None = None) -> None:
        self._folder = folder
        self._replacements = dict(replacements or {})
        self._typefaces: dict[Role, Typeface] = {}

    def typeface(self, role: Role) -> Typeface:
        """The typeface of a role, with its chain of fallbacks."""
        found = self._typefaces.get(role)
        if found is None:
            found = self._typefaces[role] = Typeface(role, self._chain(role))
        return found

    def _chain(self, role: Role) -> tuple[Face, ...]:
        paths = list(dict.fromkeys((_FIRST[role], _LIGHT, _FANG, _SIGNS)))
        faces = [open_face(self._folder / path) for path in paths]
        if role in self._replacements:
            faces.insert(0, open_face(*self._replacements[role]))
        optional = [self._folder / name for name in _LAST_RESORT] + [_SYSTEM_LAST_RESORT]
        faces += [open_face(path) for path in optional if path.is_file()][:1]
        return tuple(faces)


@lru_cache(maxsize=4)
def library(folder: Path) -> FontLibrary:
    """The library of a folder without replacements, one per process, so that broken lines stay cached."""
    return FontLibrary(folder)
