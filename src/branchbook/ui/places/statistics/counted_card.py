"""What stands behind a number: its definition, and exactly the records that it counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.measures import Figure
from branchbook.services.statistics import CountedLine, shown
from branchbook.ui.models.rows import Column
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table


class CountedCard(Card):
    """``opened`` gives the ``CountedLine`` to open, by Enter or a double click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.definition = Text("", "dim", wrap=True)
        self.definition.setContentsMargins(14, 10, 14, 10)
        self.parts = Text("", "dim", wrap=True)
        self.parts.setContentsMargins(14, 0, 14, 10)
        self.table: Table[CountedLine] = Table(
            (
                Column(self.tr("日期"), lambda each: each.on.isoformat(), 100),
                Column(self.tr("内容"), lambda each: each.words),
                Column(self.tr("支部"), lambda each: each.place, 160),
            ),
            self,
            key=lambda each: (each.entity, each.id, each.on),
        )
        self.table.setAccessibleName(self.tr("这个数字统计了哪些记录"))
        self.table.opened.connect(self.opened)
        self.add(self.definition)
        self.add(self.parts)
        self.add(self.table, 1)

    def show_figure(self, figure: Figure) -> None:
        """The number's own words; its records come with ``show_lines``."""
        measure = figure.measure
        value = self.tr("空白") if figure.value is None else f"{shown(figure.value)} {measure.unit}"
        self.set_title(f"{measure.name}　{value}")
        reason = (
            self.tr("没有数字：{reason}").format(reason=figure.blank_reason) if figure.blank_reason else ""
        )
        self.definition.setText("。".join(each for each in (measure.definition, reason) if each))
        parts = [
            "　".join(f"{part.label} {shown(part.value)}" for part in found)
            for found in (figure.parts or {}).values()
            if len(found) > 1
        ]
        self.parts.setText("\n".join(parts[:4]))
        self.parts.setVisible(bool(parts))
        self.table.set_rows(())

    def show_lines(self, lines: tuple[CountedLine, ...]) -> None:
        """The records behind the number."""
        self.table.set_rows(lines)
