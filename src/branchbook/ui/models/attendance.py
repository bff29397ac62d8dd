"""The names of a meeting with their marks, and what a pasted list of names means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from branchbook.domain.records import Presence

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole)

SHORT_WORDS: Mapping[Presence, str] = {
    Presence.PRESENT: "到",
    Presence.ON_LEAVE: "假",
    Presence.ABSENT: "缺",
    Presence.EXCLUDED: "不计",
}
LONG_WORDS: Mapping[Presence, str] = {
    Presence.PRESENT: "到会",
    Presence.ON_LEAVE: "请假",
    Presence.ABSENT: "缺席",
    Presence.EXCLUDED: "经批准不计入应到",
}
_STATED = {
    "请假": Presence.ON_LEAVE,
    "缺席": Presence.ABSENT,
    "到会": Presence.PRESENT,
    "实到": Presence.PRESENT,
}
_STATED_BEHIND = re.compile(rf"(.+?)[\s（(]*({'|'.join(_STATED)})[\s）)]*$")
_SEPARATORS = re.compile(r"[\n\r\t、，,;；/|]+")
_DOTS = re.compile(r"[·•・．‧∙⋅.]")


@dataclass(frozen=True, slots=True)
class NameMark:
    """One person at a meeting. ``note`` is a word after the mark, such as 预备.

    ``told`` is the name with what tells it from another of the same name; empty where it stands alone.
    """

    id: Any
    name: str
    presence: Presence = Presence.PRESENT
    note: str = ""
    told: str = ""

    @property
    def shown(self) -> str:
        """The name as it is drawn."""
        return self.told or self.name

    @property
    def mark(self) -> str:
        """到, or 到·预备."""
        word = SHORT_WORDS[self.presence]
        return f"{word}·{self.note}" if self.note else word

    @property
    def spoken(self) -> str:
        """王建国，到会."""
        return "，".join(part for part in (self.shown, LONG_WORDS[self.presence], self.note) if part)


@dataclass(frozen=True, slots=True)
class PastedNames:
    """What a pasted text meant: ``rows`` of the grid that were named, ``stated`` marks that stood beside
    names, and the ``unknown`` names: in nobody's or in more than one person's name."""

    rows: tuple[int, ...]
    stated: Mapping[int, Presence]
    unknown: tuple[str, ...]


def same_name(name: str) -> str:
    """A name made comparable: full and half width alike, no blanks, one kind of middle dot."""
    return _DOTS.sub("·", "".join(unicodedata.normalize("NFKC", name).split()))


def read_pasted(text: str, lines: Sequence[NameMark]) -> PastedNames:
    """Find the names of a pasted list, one per line or parted by 、 , ; tab or blanks.

    「请假：杨晓燕、朱婷」 and 「杨晓燕 请假」 state the mark as well; a word before a colon holds to the line's end.
    """
    by_name: dict[str, list[int]] = {}
    for row, line in enumerate(lines):
        for name in {same_name(line.name), same_name(line.shown)}:
            by_name.setdefault(name, []).append(row)
    rows: list[int] = []
    stated: dict[int, Presence] = {}
    unknown: list[str] = []
    for text_line in text.splitlines():
        head, colon, rest = text_line.replace(":", "：").partition("：")
        standing = _STATED.get(head.strip()) if colon else None
        for piece in _SEPARATORS.split(rest if standing else text_line):
            for word, presence in _words(piece, by_name):
                found = by_name.get(same_name(word), [])
                mark = presence or standing
                if len(found) == 1:
                    rows.append(found[0])
                    if mark:
                        stated[found[0]] = mark
                else:
                    unknown.append(word.strip())
    return PastedNames(tuple(dict.fromkeys(rows)), stated, tuple(dict.fromkeys(unknown)))


def _words(piece: str, names: Mapping[str, Any]) -> Iterable[tuple[str, Presence | None]]:
    """The names in a piece; blanks part names unless they stand inside one (王　刚)."""
    stated = _STATED_BEHIND.match(piece.strip())
    if stated:
        yield stated[1], _STATED[stated[2]]
        return
    if not piece.strip():
        return
    if same_name(piece) in names:
        yield piece, None
        return
    for word in piece.split():
        yield word, None


class AttendanceModel(QAbstractListModel):
    """Marks of a meeting. ``marked`` gives ``{id: Presence}`` of what the user changed, never of `set_lines`."""

    marked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[NameMark, ...] = ()
        self.exclusion_allowed = False

    def set_lines(self, lines: Sequence[NameMark]) -> None:
        """Show these people and marks."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def mark(self, rows: Iterable[int], presence: Presence) -> bool:
        """Mark people; False (and nothing done) for an exclusion where this meeting allows none."""
        if presence == Presence.EXCLUDED and not self.exclusion_allowed:
            return False
        return self.mark_each(dict.fromkeys(rows, presence))

    def mark_each(self, marks: Mapping[int, Presence]) -> bool:
        """Mark each row with its own mark, told as one change; False where nothing changed."""
        changed = {row: each for row, each in marks.items() if self.lines[row].presence != each}
        lines = list(self.lines)
        for row, presence in changed.items():
            lines[row] = replace(lines[row], presence=presence)
        self.lines = tuple(lines)
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))
        if changed:
            self.marked.emit({self.lines[row].id: presence for row, presence in changed.items()})
        return bool(changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many people there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name, spoken text, or the line."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return line.shown
        if role in (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)):
            return line.spoken
        return line if role == LINE_ROLE else None
