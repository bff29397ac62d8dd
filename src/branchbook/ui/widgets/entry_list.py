"""The list at the left of a place: two lines per entry, a date and a state at its right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from branchbook.ui.icons import pixmap
from branchbook.ui.theme import Look, Tone

Index = QModelIndex | QPersistentModelIndex
PICTURE = 20
"""The height of an entry's picture."""

_ENTRY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``key`` is what the place knows it by; ``right`` a short date; ``badge`` a word of state.

    ``icon`` stands before the words in the colour of ``icon_token``; ``icon_words`` say what it means.
    ``picture`` paints a strip below the words into the area that it is given; ``picture_words`` say what it shows.
    """

    key: Any
    title: str
    detail: str = ""
    right: str = ""
    badge: str = ""
    tone: Tone = Tone.QUIET
    icon: str = ""
    icon_token: str = "dim"
    icon_words: str = ""
    picture: Callable[[QPainter, QRect], None] | None = None
    picture_words: str = ""

    @property
    def spoken(self) -> str:
        """All of it in one line, for screen readers and for copying."""
        parts = (self.title, self.icon_words, self.detail, self.right, self.badge, self.picture_words)
        return "，".join(part for part in parts if part)


class EntryModel(QAbstractListModel):
    """A tuple of entries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show others."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The title, the spoken text, or the entry itself."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return entry.title
        if role in (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)):
            return entry.spoken
        return entry if role == _ENTRY else None


class _EntryDelegate(QStyledItemDelegate):
    """Asks the list what is chosen: the option's own state would need the class of all styles, 5 ms of the start."""

    def __init__(self, view: EntryList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        look = Look.current()
        entry = index.data(_ENTRY)
        words = 60 if entry.detail or entry.right or entry.badge else 40
        return QSize(100, look.px(words + (PICTURE if entry.picture else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look = Look.current()
        entry: Entry = index.data(_ENTRY)
        area: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        if self._view.selectionModel().isSelected(index):
            _fill(painter, area, look.colour("selection"))
        _fill(painter, QRect(area.x(), area.bottom(), area.width(), 1), look.colour("line"))
        if self._view.hasFocus() and index == self._view.currentIndex():
            _fill(painter, QRect(area.x(), area.y(), 3, area.height() - 1), look.colour("accent"))
        inner = area.adjusted(14, look.px(8), -14, -look.px(8))
        if entry.picture:
            strip = QRect(inner.x(), inner.bottom() - look.px(PICTURE) + 1, inner.width(), look.px(PICTURE))
            entry.picture(painter, strip)
            inner.setBottom(strip.top() - 1)
        if entry.icon:
            side = look.px(16)
            ratio = painter.device().devicePixelRatio()
            drawn = pixmap(entry.icon, getattr(look.tokens, entry.icon_token), side, ratio)
            painter.drawPixmap(inner.x(), area.center().y() - side // 2, drawn)
            inner.setLeft(inner.x() + side + look.px(10))
        if inner.height() < look.px(30):
            _line(painter, look, inner, entry.title, look.font(14), "text")
        else:
            _two_lines(painter, look, inner, entry)
        painter.restore()


def _fill(painter: QPainter, area: QRect, colour: QColor) -> None:
    """As fillRect, before whose first call PySide makes the class of gradients with its 200 names."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(area)


def _two_lines(painter: QPainter, look: Look, inner: QRect, entry: Entry) -> None:
    half = inner.height() // 2
    _line(
        painter,
        look,
        QRect(inner.x(), inner.y(), inner.width(), half + 2),
        entry.title,
        look.font(14),
        "text",
    )
    lower = QRect(inner.x(), inner.y() + half, inner.width(), half + 2)
    small = look.font(12)
    metrics = QFontMetrics(small)
    if entry.badge:
        width = metrics.horizontalAdvance(entry.badge) + look.px(14)
        plate = QRect(lower.right() - width + 1, lower.center().y() - look.px(10) + 1, width, look.px(20))
        draw_plate(painter, look, plate, entry.badge, entry.tone)
        lower.setRight(plate.left() - 8)
    if entry.right:
        width = metrics.horizontalAdvance(entry.right)
        beside = QRect(lower.right() - width, lower.y(), width + 1, lower.height())
        _line(painter, look, beside, entry.right, small, "dim")
        lower.setRight(beside.left() - 8)
    _line(painter, look, lower, entry.detail, small, "dim")


def draw_plate(painter: QPainter, look: Look, plate: QRect, text: str, tone: Tone) -> None:
    """Paint a badge: a word on the ground of its tone."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.tokens.ground(tone)))
    painter.drawRoundedRect(QRectF(plate), 4, 4)
    painter.setPen(QColor(look.tokens.foreground(tone)))
    painter.setFont(look.font(12))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)


def _line(painter: QPainter, look: Look, area: QRect, text: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(look.colour(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class EntryList(QListView):
    """``chosen`` gives the key when another entry becomes current, ``activated_key`` on Enter or double click."""

    chosen = Signal(object)
    activated_key = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = EntryModel(self)
        self._silent = False
        self.setModel(self._entries)
        self.setItemDelegate(_EntryDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell)
        self.activated.connect(lambda index: self.activated_key.emit(self._entries.entries[index.row()].key))

    @property
    def current_key(self) -> Any:
        """The key of the current entry, None where there is none."""
        row = self.currentIndex().row()
        return self._entries.entries[row].key if row >= 0 else None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._entries.entries

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show others; the current key stays current where it is still there, without telling."""
        before, at = self.current_key, self.verticalScrollBar().value()
        self._silent = True
        self._entries.set_entries(entries)
        self._silent = False
        if before is not None:
            self.select(before)
            self.verticalScrollBar().setValue(at)

    def select(self, key: Any) -> bool:
        """Make an entry current without telling; False where it is not in the list."""
        for row, entry in enumerate(self._entries.entries):
            if entry.key == key:
                self._silent = True
                self.setCurrentIndex(self._entries.index(row))
                self._silent = False
                return True
        return False

    def _tell(self, current: QModelIndex, before: QModelIndex) -> None:
        if not self._silent and current.isValid():
            self.chosen.emit(self._entries.entries[current.row()].key)
