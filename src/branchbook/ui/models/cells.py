"""A table whose cells are visited one by one: rows are values, each column says how it shows one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from branchbook.ui.theme import Tone

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
COLUMN_ROLE = ROW_ROLE + 1


@dataclass(frozen=True)
class CellColumn(Generic[Row]):
    """``text`` gives the cell's text; ``tone`` paints it as a badge, where it gives one.

    ``width`` in pixels at 100 %: a column is never narrower than its words. ``stretch`` takes what is left over.
    ``typed`` cells look like fields. Where there is no room for all columns, those of the highest ``rank`` go first.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 60
    tone: Callable[[Row], Tone | None] | None = None
    tip: Callable[[Row], str] | None = None
    left: bool = False
    stretch: bool = False
    typed: bool = False
    rank: int = 0

    def tone_of(self, row: Row) -> Tone | None:
        """The tone of a cell's badge, None where it is plain text."""
        return self.tone(row) if self.tone is not None else None

    def spoken(self, row: Row) -> str:
        """What a tool tip says of a cell."""
        return (self.tip(row) if self.tip is not None else "") or self.text(row)


class CellsModel(QAbstractTableModel, Generic[Row]):
    """Rows and columns as they are given; a change of values alone keeps the current cell."""

    def __init__(self, key: Callable[[Row], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.rows: tuple[Row, ...] = ()
        self.columns: tuple[CellColumn[Row], ...] = ()

    def show_cells(self, rows: Sequence[Row], columns: Sequence[CellColumn[Row]]) -> bool:
        """Show others; True where the table was made anew, so that no cell is the current one."""
        keys = [each.key for each in columns]
        same = [self._key(each) for each in rows] == [self._key(each) for each in self.rows]
        same = same and keys == [each.key for each in self.columns]
        if not same:
            self.beginResetModel()
        self.rows, self.columns = tuple(rows), tuple(columns)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
        return not same

    def row_of(self, key: Any) -> int:
        """The number of the row with this key, -1 where there is none."""
        return next((at for at, row in enumerate(self.rows) if self._key(row) == key), -1)

    def column_of(self, key: str) -> int:
        """The number of a column, -1 where it is not shown."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Text, tool tip, what is spoken, the row and its column."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return column.text(row)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return column.spoken(row)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            whose = self.columns[0].text(row)
            return "，".join(each for each in (whose, column.title, column.spoken(row)) if each)
        return {ROW_ROLE: row, COLUMN_ROLE: column}.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The columns' titles; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)):
            return self.columns[section].title
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            left = self.columns[section].left
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
