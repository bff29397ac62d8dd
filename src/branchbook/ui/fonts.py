"""The face of the screen: the system's own Chinese face where it has one, else the bundled one."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from branchbook.resources import resources_folder

PREFERRED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_NOT_FOR_SCREENS = ("Serif", "Ming", "Song", "Kai", "Fang", "Mono", "Fallback")
"""Faces for print, and Droid Sans Fallback, whose Chinese stands beside another face's letters and marks."""
BUNDLED_FILE = "fonts/noto-sans/BranchBookSans.ttf"
RARE_FILE = "fonts/noto-serif-light/BranchBookSerifLight.ttf"


def choose_family(system_families: list[str], with_chinese: list[str]) -> str:
    """The system family to use, empty where the bundled face is needed.

    ``with_chinese`` are the families that can write simplified Chinese. Of a Noto collection it is the one
    that ends in SC: the others draw the shapes of other countries.
    """
    for name in PREFERRED:
        if name in system_families:
            return name
    usable = [
        name
        for name in with_chinese
        if not name.rstrip("0123456789 ").endswith((" JP", " KR", " TC", " HK", " TW"))
        and not any(word in name for word in _NOT_FOR_SCREENS)
    ]
    return usable[0] if usable else ""


def screen_families() -> tuple[str, ...]:
    """Families for the window, best first; loads the bundled face when the system has none.

    Empty when there is neither: then Qt's own default is used and Chinese depends on the system.
    """
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    family = choose_family(QFontDatabase.families(), chinese)
    if family:
        return (family,)
    bundled = resources_folder() / BUNDLED_FILE
    if not bundled.is_file():
        return ()
    number = QFontDatabase.addApplicationFont(str(bundled))
    return tuple(QFontDatabase.applicationFontFamilies(number)) if number >= 0 else ()


@cache
def load_rare_face() -> bool:
    """Add the face that has the rare characters of names, where the bundled face is in use.

    Qt takes a character that the first face lacks from any other. Called while a book is being opened: the
    file is large, and names come with a book.
    """
    if not any(family.startswith("BranchBook") for family in QFontDatabase.families()):
        return False
    rare = resources_folder() / RARE_FILE
    return rare.is_file() and QFontDatabase.addApplicationFont(str(rare)) >= 0
