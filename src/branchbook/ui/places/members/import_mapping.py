"""The first step of an import: which column of the file holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from branchbook.services.roster_columns import COLUMNS, IGNORED, ColumnMapping, with_choice
from branchbook.services.roster_import import RosterFile, with_head_row
from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import FieldGrid
from branchbook.ui.widgets.labels import Elided, Text

if TYPE_CHECKING:
    from branchbook.ui.places.members.new_person import Vacancies

HEAD_ROWS = 30
"""As many rows as the head is looked for in."""

SAMPLES = 3


class MappingPage(QWidget):
    """Each column of the file with a few of its values and a choice of field; what is recognised is preset."""

    mapping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: RosterFile | None = None
        self.mapping = ColumnMapping(0, (), (), certain=False)
        self.choices: list[ChoiceField] = []
        self.head = ChoiceField()
        self.head.value_changed.connect(self._take_head)
        self.branch = ChoiceField()
        self.asked = FieldGrid(1, label_width=110)
        self.asked.add(self.tr("表头所在行"), self.head)
        self.asked.add(self.tr("未写支部的归入"), self.branch)
        self._body = ScrolledBody()
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body.column.setContentsMargins(14, 0, 14, 8)
        self._rows = QWidget()
        self._body.column.addWidget(self._rows)
        self._body.column.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._body, 1)

    def show_file(self, file: RosterFile, rooms: Vacancies) -> None:
        """Show a file that was just opened."""
        self.file, self.mapping = file, file.mapping
        rows = file.table.rows[:HEAD_ROWS]
        offered = [(number, _row_words(number, row)) for number, row in enumerate(rows, start=1) if any(row)]
        self.head.set_choices([(0, self.tr("请选择表头（含“姓名”的一行）")), *offered])
        self.head.set_value(file.mapping.head_row)
        self.branch.set_choices(rooms.branches)
        self.asked.show_only(self.head, *([self.branch] if len(rooms.branches) > 1 else []))
        self._show_columns()

    @property
    def branch_id(self) -> UUID | None:
        """The branch of rows that name none."""
        value = self.branch.value()
        return value if isinstance(value, UUID) else None

    @property
    def recognised(self) -> int:
        """How many columns are read."""
        return sum(1 for key in self.mapping.keys if key != IGNORED)

    # ------------------------------------------------------------------------------------ inside

    def _take_head(self, number: int) -> None:
        assert self.file is not None
        if number:
            self.mapping = with_head_row(self.file, number).mapping
            self._show_columns()
            self.mapping_changed.emit()

    def _show_columns(self) -> None:
        old, self._rows = self._rows, QWidget()
        self._body.column.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, Look.current().px(130))
        grid.setColumnStretch(1, 1)
        titles = (self.tr("文件中的列"), self.tr("前几行的内容"), self.tr("读作"))
        for place, title in enumerate(titles):
            grid.addWidget(Text(title, "dim"), 0, place)
        self.choices = [self._row(grid, index) for index in range(len(self.mapping.heads))]

    def _row(self, grid: QGridLayout, index: int) -> ChoiceField:
        head = self.mapping.heads[index] or self.tr("第 {n} 列").format(n=index + 1)
        choice = ChoiceField([(IGNORED, self.tr("不读取")), *((each.key, each.label) for each in COLUMNS)])
        choice.set_value(self.mapping.keys[index])
        choice.setAccessibleName(self.tr("“{head}”这一列读作").format(head=head))
        choice.value_changed.connect(lambda key: self._choose(index, key))
        choice.setFixedWidth(Look.current().px(150))
        grid.addWidget(Elided(head), index + 1, 0)
        grid.addWidget(Elided(self._samples(index), "dim"), index + 1, 1)
        grid.addWidget(choice, index + 1, 2)
        return choice

    def _choose(self, index: int, key: str) -> None:
        self.mapping = with_choice(self.mapping, index, key)
        for choice, each in zip(self.choices, self.mapping.keys, strict=True):
            choice.set_value(each)
        self.mapping_changed.emit()

    def _samples(self, index: int) -> str:
        assert self.file is not None
        below = self.file.table.rows[self.mapping.head_row :]
        cells = (row[index] for row in below[: 3 * SAMPLES] if index < len(row))
        return "、".join([cell for cell in cells if cell][:SAMPLES])


def _row_words(number: int, row: tuple[str, ...]) -> str:
    words = "、".join([cell for cell in row if cell][:6])
    return f"{number}：{words[:40]}"
