"""The matrix of talks as a table model: members down, the committee across, talks among members last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from branchbook.domain.talks import Circle
from branchbook.services.talks import TalkPerson, TalksOfYear

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole)
NAME_COLUMN = 0


class CellState(StrEnum):
    """How a cell of the matrix stands."""

    HELD = "held"
    DRAFT = "draft"  # only talks that are not final yet
    MISSING = "missing"  # the rule wants these two to talk
    ANY = "any"  # the rule wants a talk with anyone of this circle
    NONE = "none"  # nothing, and nothing is wanted
    SELF = "self"


@dataclass(frozen=True, slots=True)
class TalkCell:
    """A person's talks with one of the committee, or (``other`` None) with the members who are not on it."""

    state: CellState
    person: UUID
    other: UUID | None
    talks: tuple[UUID, ...] = ()
    people: int = 0


class TalkMatrixModel(QAbstractTableModel):
    """Column 0 is the member, then one for each of the committee, the last for talks among members."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: TalksOfYear | None = None
        self.rows: tuple[TalkPerson, ...] = ()
        self.heads: tuple[TalkPerson, ...] = ()
        self._missing: frozenset[tuple[UUID, UUID | None, Circle]] = frozenset()

    def show(self, found: TalksOfYear, rows: Sequence[TalkPerson]) -> None:
        """Show these members against the whole committee."""
        self.beginResetModel()
        self.found, self.rows = found, tuple(rows)
        self.heads = tuple(found.people[each] for each in found.matrix.committee)
        self._missing = frozenset((each.person, each.other, each.circle) for each in found.missing)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One for each member shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The member, the committee, the others."""
        return 0 if parent.isValid() else len(self.heads) + 2

    def cell(self, row: int, column: int) -> TalkCell:
        """What a cell says."""
        person = self.rows[row].id
        if column > len(self.heads):
            return self._among_members(person)
        return self._with(person, self.heads[column - 1].id)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The member's name, or a cell as text; the whole of it in words for the tip and for screen readers."""
        if not index.isValid():
            return None
        person, column = self.rows[index.row()], index.column()
        spoken = (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole))
        if column == NAME_COLUMN:
            if role in (int(Qt.ItemDataRole.DisplayRole), *spoken):
                return "  ".join(filter(None, (person.name, person.note or person.group)))
            return None
        cell = self.cell(index.row(), column)
        if role == CELL_ROLE:
            return cell
        if role == int(Qt.ItemDataRole.DisplayRole):
            return self.text_of(cell)
        return self._words(cell) if role in spoken else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The committee by name, with the post in the tip."""
        if orientation != Qt.Orientation.Horizontal or section < 0:
            return None
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            side = Qt.AlignmentFlag.AlignLeft if section == NAME_COLUMN else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        named = 0 < section <= len(self.heads)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return self.heads[section - 1].note if named else None
        if role != int(Qt.ItemDataRole.DisplayRole):
            return None
        if section == NAME_COLUMN:
            return self.tr("党员")
        return self.heads[section - 1].name if named else self.tr("党员之间")

    def text_of(self, cell: TalkCell) -> str:
        """03-05, 03-05 ×2, 缺; among members how many: 2 次."""
        if cell.state == CellState.SELF:
            return ""
        if cell.state in (CellState.MISSING, CellState.ANY):
            return self.tr("缺")
        if not cell.talks:
            return "·"
        if cell.other is None:
            return self.tr("{n} 次").format(n=len(cell.talks))
        day = self._last_day(cell)
        more = f" ×{len(cell.talks)}" if len(cell.talks) > 1 else ""
        return f"{day}{more}"

    # ------------------------------------------------------------------------------------- inside

    def _with(self, person: UUID, other: UUID) -> TalkCell:
        assert self.found is not None
        if person == other:
            return TalkCell(CellState.SELF, person, other)
        matrix = self.found.matrix
        circle = matrix.circle_of(person, other)
        talks = matrix.between(person, other)
        pairs = ((person, other, circle), (other, person, circle))
        if any(each in self._missing for each in pairs):
            return TalkCell(CellState.MISSING, person, other, talks)
        if not talks and (person, None, circle) in self._missing:
            return TalkCell(CellState.ANY, person, other)
        return TalkCell(self._held(talks), person, other, talks)

    def _among_members(self, person: UUID) -> TalkCell:
        assert self.found is not None
        matrix = self.found.matrix
        others = [each for each in matrix.others if each != person]
        by_other = {each: matrix.between(person, each) for each in others}
        talks = tuple(dict.fromkeys(talk for each in by_other.values() for talk in each))
        people = sum(1 for each in by_other.values() if each)
        if (person, None, Circle.MEMBERS) in self._missing:
            return TalkCell(CellState.MISSING, person, None, talks, people)
        if person in matrix.committee:
            return TalkCell(CellState.NONE, person, None)
        return TalkCell(self._held(talks), person, None, talks, people)

    def _held(self, talks: tuple[UUID, ...]) -> CellState:
        assert self.found is not None
        if not talks:
            return CellState.NONE
        return CellState.DRAFT if set(talks) <= self.found.drafts else CellState.HELD

    def _last_day(self, cell: TalkCell) -> str:
        assert self.found is not None
        day = self.found.summaries[cell.talks[-1]].held_on
        return f"{day:%m-%d}" if day else ""

    def _words(self, cell: TalkCell) -> str:
        assert self.found is not None
        name = self.found.name(cell.person)
        other = self.found.name(cell.other) if cell.other else self.tr("其他党员")
        if cell.state == CellState.SELF:
            return name
        if cell.state == CellState.MISSING:
            said = self.tr("还缺谈话")
        elif cell.state == CellState.ANY:
            said = self.tr("还没有委员与其谈话")
        elif cell.talks:
            said = self.tr("{n} 次").format(n=len(cell.talks))
            if cell.state == CellState.DRAFT:
                said = self.tr("{said}，未定稿").format(said=said)
        else:
            said = self.tr("没有记录")
        return self.tr("{name}与{other}：{said}").format(name=name, other=other, said=said)
