"""The table of a count: candidates in the order of the ballot, then those written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from branchbook.domain.tally import BallotMark
from branchbook.ui.places.elections.counting.wording import mark_word, zheng_text
from branchbook.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
COLUMN_ROLE = ROW_ROLE + 1


class CountColumn(Enum):
    """What a column shows: HAND the ballot in hand, MARKS the votes for someone as 正.

    No StrEnum: a model's role would give that back as a bare str.
    """

    NAME = "name"
    HAND = "hand"
    MARKS = "marks"
    FOR = "votes_for"
    AGAINST = "votes_against"
    ABSTAIN = "abstentions"
    ILLEGIBLE = "illegible"
    RESULT = "result"


NUMBERS = (CountColumn.FOR, CountColumn.AGAINST, CountColumn.ABSTAIN, CountColumn.ILLEGIBLE)


@dataclass(frozen=True, slots=True)
class CountRow:
    """One person. ``letter`` is the key that reaches the row, ``hand`` the mark on the ballot in hand.

    ``word`` is the outcome, or a reason why the numbers do not fit, told whole by ``reason``.
    """

    name: str
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    illegible: int = 0
    written_in: bool = False
    letter: str = ""
    hand: BallotMark | None = None
    at_cursor: bool = False
    word: str = ""
    tone: Tone = Tone.QUIET
    reason: str = ""

    @property
    def title(self) -> str:
        """王建国, or 另选：王建国."""
        if not self.written_in:
            return self.name
        return QCoreApplication.translate("Counting", "另选：{name}").format(name=self.name)

    def number(self, column: CountColumn) -> int | None:
        """The number in a column, None where this row has none."""
        if column not in NUMBERS or (self.written_in and column != CountColumn.FOR):
            return None
        return int(getattr(self, column.value))

    def text(self, column: CountColumn) -> str:
        """What a cell says."""
        if column == CountColumn.NAME:
            return self.title
        if column == CountColumn.HAND:
            return mark_word(self.hand) if self.hand else ""
        if column == CountColumn.MARKS:
            return zheng_text(self.votes_for)
        if column == CountColumn.RESULT:
            return self.word
        number = self.number(column)
        return "" if number is None else str(number)


class CountModel(QAbstractTableModel):
    """Rows and columns as they are given; a change of numbers alone keeps the current cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CountRow, ...] = ()
        self.columns: tuple[CountColumn, ...] = ()
        self.in_stroke_order = False

    def show_rows(
        self, rows: tuple[CountRow, ...], columns: tuple[CountColumn, ...], *, in_stroke_order: bool
    ) -> None:
        """Show others."""
        same = (len(rows), columns, in_stroke_order) == (len(self.rows), self.columns, self.in_stroke_order)
        if not same:
            self.beginResetModel()
        before, self.rows, self.columns = self.rows, rows, columns
        self.in_stroke_order = in_stroke_order
        if not same:
            self.endResetModel()
            return
        last = len(columns) - 1
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, last))

    def column_at(self, index: Index) -> CountColumn | None:
        """Which column an index is in."""
        return self.columns[index.column()] if index.isValid() else None

    def number_at(self, index: Index) -> int | None:
        """The number in a cell, None where there is none."""
        column = self.column_at(index)
        return self.rows[index.row()].number(column) if column is not None else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many people there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Text, tool tip, alignment, what is spoken, the row and its column."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.text(column)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return row.reason or row.text(column)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row, column)
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _alignment(column)
        return {ROW_ROLE: row, COLUMN_ROLE: column}.get(role)

    def _spoken(self, row: CountRow, column: CountColumn) -> str:
        parts = (row.title, self._title(column), row.text(column) or "0", row.reason)
        return "，".join(part for part in parts if part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The columns' titles; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self._title(column)
        return _alignment(column) if role == int(Qt.ItemDataRole.TextAlignmentRole) else None

    def _title(self, column: CountColumn) -> str:
        name = self.tr("候选人（姓氏笔画）") if self.in_stroke_order else self.tr("候选人")
        return {
            CountColumn.NAME: name,
            CountColumn.HAND: self.tr("本票"),
            CountColumn.MARKS: self.tr("赞成"),
            CountColumn.FOR: self.tr("票") if CountColumn.MARKS in self.columns else self.tr("赞成"),
            CountColumn.AGAINST: self.tr("不赞成"),
            CountColumn.ABSTAIN: self.tr("弃权"),
            CountColumn.ILLEGIBLE: self.tr("无法辨认"),
            CountColumn.RESULT: self.tr("结果"),
        }[column]


def _alignment(column: CountColumn) -> Qt.AlignmentFlag:
    left = column in (CountColumn.NAME, CountColumn.MARKS)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
    return side | Qt.AlignmentFlag.AlignVCenter
