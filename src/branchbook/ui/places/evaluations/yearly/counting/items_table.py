"""The items of the item-by-item ballot for one member: five numbers each, typed as totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from branchbook.domain.evaluations import GradeLine, ItemCount
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField

NUMBERS = ("good", "fair", "poor", "blank", "void")


class ItemsTable(QWidget):
    """``edited`` gives the ``GradeLine`` of the member as it is typed; ``left`` when a field is left."""

    edited = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[tuple[str, str], NumberField] = {}
        self._sums: dict[str, Text] = {}
        self._line: GradeLine | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._whose = Text("", "label", self)
        self._grid.addWidget(self._whose, 0, 0)
        heads = (
            self.tr("好"),
            self.tr("一般"),
            self.tr("差"),
            self.tr("弃权"),
            self.tr("作废"),
            self.tr("合计"),
        )
        for column, head in enumerate(heads, 1):
            self._grid.addWidget(Text(head, "dim", self), 0, column)
        self._grid.setColumnStretch(len(heads) + 1, 1)

    def show_line(self, line: GradeLine, valid: int, *, locked: bool) -> None:
        """Show a member's items; a sum that is not the valid ballots is told."""
        if [each.item for each in line.items] != list(self._sums):
            self._build(line.items)
        self._line = line
        self._whose.setText(self.tr("{name} 分项").format(name=line.count.name))
        for each in line.items:
            for name in NUMBERS:
                field = self.fields[each.item, name]
                field.setReadOnly(locked)
                field.set_number(getattr(each, name))
            wrong = each.all != valid
            words = self.tr("{sum}（应为 {valid}）") if wrong else "{sum}"
            self._sums[each.item].setText(words.format(sum=each.all, valid=valid))

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [] if self.isHidden() else list(self.fields.values())

    def _build(self, items: Sequence[ItemCount]) -> None:
        for row, each in enumerate(items, 1):
            self._grid.addWidget(Text(each.item, "", self), row, 0)
            for column, name in enumerate(NUMBERS, 1):
                field = NumberField(self)
                field.setAccessibleName(f"{each.item} {name}")
                field.counted.connect(partial(self._change, each.item, name))
                field.left.connect(self.left)
                self._grid.addWidget(field, row, column)
                self.fields[each.item, name] = field
            self._sums[each.item] = Text("", "dim", self)
            self._grid.addWidget(self._sums[each.item], row, len(NUMBERS) + 1)

    def _change(self, item: str, name: str, number: int) -> None:
        line = self._line
        if line is None:
            return
        items = tuple(
            replace(each, **{name: number}) if each.item == item else each  # type: ignore[arg-type]
            for each in line.items
        )
        self._line = replace(line, items=items)
        self.edited.emit(self._line)
