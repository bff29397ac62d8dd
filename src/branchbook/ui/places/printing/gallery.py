"""The gallery of papers: a small picture of each blank paper, its name, and a quiet line below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from branchbook.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
PICTURE = QSize(104, 147)
"""An upright A4 page at 100 %; a page that lies is as wide and stands in the middle."""
_TILE = QSize(122, 197)
_MARGIN = 8
_ENTRY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Tile:
    """One paper: its key, its name, and what is quietly said of it."""

    key: str
    name: str
    detail: str


class TileModel(QAbstractListModel):
    """Tiles and the pictures that have come so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: tuple[Tile, ...] = ()
        self.pictures: dict[str, QImage] = {}

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show others; where only words changed, places and pictures stay."""
        same = [each.key for each in tiles] == [each.key for each in self.tiles]
        if not same:
            self.beginResetModel()
        self.tiles = tuple(tiles)
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(self.tiles) - 1))
        else:
            self.endResetModel()

    def row_of(self, key: str) -> int:
        """Where a paper stands, -1 where it does not."""
        return next((row for row, each in enumerate(self.tiles) if each.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many papers there are."""
        return 0 if parent.isValid() else len(self.tiles)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The name, what is spoken, or the tile itself."""
        if not index.isValid():
            return None
        tile = self.tiles[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return tile.name
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(part for part in (tile.name, tile.detail) if part)
        return tile if role == _ENTRY else None


class _TileDelegate(QStyledItemDelegate):
    def __init__(self, gallery: Gallery) -> None:
        super().__init__(gallery)
        self._gallery = gallery

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return self._gallery.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        look = Look.current()
        tile: Tile = index.data(_ENTRY)
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        frame = QRect(0, 0, look.px(PICTURE.width()), look.px(PICTURE.height()))
        frame.moveTo(area.x() + (area.width() - frame.width()) // 2, area.y() + look.px(_MARGIN))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        self._draw_picture(painter, frame, tile, chosen, focused)
        left = area.adjusted(2, 0, -2, 0)
        names = QRect(left.x(), frame.bottom() + look.px(6), left.width(), look.px(18))
        _words(painter, names, tile.name, look.font(12, QFont.Weight.Medium if chosen else _NORMAL), "text")
        _words(painter, names.translated(0, look.px(17)), tile.detail, look.font(12), "dim")
        painter.restore()

    def _draw_picture(self, painter: QPainter, frame: QRect, tile: Tile, chosen: bool, focused: bool) -> None:
        look = Look.current()
        image = self._gallery.picture(tile.key)
        page = QRect(frame)
        if image is not None:
            size = image.deviceIndependentSize().toSize()
            page = QRect(frame.x(), frame.y(), frame.width(), min(size.height(), frame.height()))
            page.moveTop(frame.y() + (frame.height() - page.height()) // 2)
        if chosen:
            painter.fillRect(page.adjusted(-5, -5, 5, 5), look.colour("selection"))
        painter.fillRect(page, look.colour("paper"))
        if image is not None:
            painter.drawImage(page, image)
        painter.setPen(QPen(look.colour("accent" if chosen or focused else "line"), 2 if focused else 1))
        painter.drawRect(page.adjusted(0, 0, -1, -1))


_NORMAL = QFont.Weight.Normal


def _words(painter: QPainter, area: QRect, text: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(Look.current().colour(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), shown)


class Gallery(QListView):
    """``chosen`` tells the key of the paper that became current; ``wanted`` asks for the picture of one in sight."""

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = TileModel(self)
        self._asked: set[str] = set()
        self._waiting: list[str] = []
        self._silent = False
        self._chosen = ""
        self.setModel(self._tiles)
        self.setItemDelegate(_TileDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("单份表册"))
        self.selectionModel().currentChanged.connect(self._take)
        self.clicked.connect(self._take)
        self.activated.connect(self._take)
        self._measure()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What is shown."""
        return self._tiles.tiles

    @property
    def current_key(self) -> str:
        """The paper chosen, empty where none is."""
        return self._chosen

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these papers; the one chosen stays."""
        self._silent = True
        self._tiles.set_tiles(tiles)
        self._silent = False
        if self._tiles.row_of(self._chosen) != self.currentIndex().row():
            self.select(self._chosen)

    def select(self, key: str) -> None:
        """Make a paper current without telling; an unknown key makes none current."""
        row = self._tiles.row_of(key)
        self._chosen = key
        self._silent = True
        self.setCurrentIndex(self._tiles.index(row) if row >= 0 else QModelIndex())
        self._silent = False
        if row >= 0:
            self.scrollTo(self._tiles.index(row))
        else:
            self.clearSelection()

    def picture(self, key: str) -> QImage | None:
        """The picture of a paper; where it has not come yet, it is asked for once, after painting."""
        found = self._tiles.pictures.get(key)
        if found is None and key not in self._asked:
            self._asked.add(key)
            self._waiting.append(key)
            if len(self._waiting) == 1:
                QTimer.singleShot(0, self, self._ask)
        return found

    def set_picture(self, key: str, image: QImage) -> None:
        """Show the picture of a paper."""
        self._tiles.pictures[key] = image
        row = self._tiles.row_of(key)
        if row >= 0:
            self.update(self._tiles.index(row))

    def forget_pictures(self) -> None:
        """The papers look otherwise now: ask for them again as they come in sight."""
        self._tiles.pictures.clear()
        self._asked.clear()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the tiles over the width."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size and the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
            self.forget_pictures()
        elif event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _measure(self) -> None:
        look = Look.current()
        room = max(self.viewport().width() - 2, look.px(_TILE.width()))
        across = max(1, room // look.px(_TILE.width()))
        self.setGridSize(QSize(room // across, look.px(_TILE.height())))

    def _ask(self) -> None:
        waiting, self._waiting = self._waiting, []
        for key in waiting:
            self.wanted.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab chooses nothing: Qt makes the first paper current, an arrow, Enter or a click chooses."""
        self._silent = True
        super().focusInEvent(event)
        self._silent = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar chooses too."""
        if event.key() == Qt.Key.Key_Space:
            current = self.currentIndex()
            self._take(current if current.isValid() else self._tiles.index(0))
            return
        super().keyPressEvent(event)

    def _take(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if self._silent or not index.isValid() or self.tiles[index.row()].key == self._chosen:
            return
        self._chosen = self.tiles[index.row()].key
        self._silent = True
        self.setCurrentIndex(index)
        self._silent = False
        self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen.emit(self._chosen)
