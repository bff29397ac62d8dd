"""Requirements × twelve months as a table model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from branchbook.services.year_grid import CellState, GridCell

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole)
LINE_ROLE = CELL_ROLE + 1
DONE_COLUMN = 13
_SHOWN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole))
"""A title may be cut where it is painted: its tool tip is whole."""

STATE_WORDS: Mapping[CellState, str] = {
    CellState.HELD: "已开",
    CellState.HELD_NOT_FINAL: "已开，未定稿",
    CellState.DUE: "应办",
    CellState.OVERDUE: "逾期",
    CellState.NOT_YET: "未到",
    CellState.NOT_REQUIRED: "不要求",
}


@dataclass(frozen=True, slots=True)
class YearLine:
    """One requirement: ``note`` says how often; ``cells`` are the twelve months; ``key`` is the caller's own."""

    title: str
    note: str
    cells: tuple[GridCell, ...]
    done: int
    owed: int
    key: Any = None


class YearGridModel(QAbstractTableModel):
    """Column 0 is the requirement, 1 … 12 the months, 13 how many are done of those owed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[YearLine, ...] = ()

    def set_lines(self, lines: Sequence[YearLine]) -> None:
        """Show these requirements."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many requirements there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Requirement, months, sum."""
        return 0 if parent.isValid() else DONE_COLUMN + 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Title or sum as text; a month as its cell, and in words for screen readers and tool tips."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == LINE_ROLE:
            return line
        if column in (0, DONE_COLUMN):
            text = line.title if column == 0 else f"{line.done}/{line.owed}"
            return text if role in _SHOWN else None
        cell = line.cells[column - 1]
        if role == CELL_ROLE:
            return cell
        spoken = (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole))
        return self._words(line, cell, column) if role in spoken else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """1月 … 12月, 完成."""
        if orientation != Qt.Orientation.Horizontal or role != int(Qt.ItemDataRole.DisplayRole):
            return None
        if section == 0:
            return ""
        return self.tr("完成") if section == DONE_COLUMN else self.tr("{month}月").format(month=section)

    def _words(self, line: YearLine, cell: GridCell, month: int) -> str:
        words = self.tr("{title}，{month}月：{state}").format(
            title=line.title, month=month, state=STATE_WORDS[cell.state]
        )
        reason = cell.finding.reason if cell.finding else ""
        return f"{words}\n{reason}" if reason else words
