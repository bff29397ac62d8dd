"""记录与附件: which attachments a record of each kind should have, and how large one may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.problems import Problem
from branchbook.domain.records import AttachmentKind
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.services.words import word_of
from branchbook.ui.places.settings.occasions_card import OccasionsCard
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.spec_rows import SpecRows, specs_of
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

GROUP = "记录与附件"
KEY = "expected_attachments"
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

Expected = Mapping[str, tuple[AttachmentKind, ...]]


class _Box(QCheckBox):
    """Leaves the arrows to the grid: a button alone would go to its neighbour in Tab order."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ExpectedGrid(QWidget):
    """Kinds of record by kinds of attachment; arrows move, space ticks. ``edited`` gives all of it."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[tuple[str, AttachmentKind], QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        for column, attachment in enumerate(AttachmentKind, start=1):
            self._grid.setColumnStretch(column, 1)
            self._grid.addWidget(Text(word_of(attachment), "dim", self), 0, column, _MIDDLE)
        for row, kind in enumerate(KINDS, start=1):
            self._grid.addWidget(Text(kind.name, "", self), row, 0)
            for column, attachment in enumerate(AttachmentKind, start=1):
                self._grid.addWidget(self._box(kind.key, kind.name, attachment), row, column, _MIDDLE)

    def _box(self, key: str, name: str, attachment: AttachmentKind) -> QCheckBox:
        box = _Box(self)
        box.setAccessibleName(self.tr("{kind}应有{what}").format(kind=name, what=word_of(attachment)))
        box.setToolTip(box.accessibleName())
        box.clicked.connect(lambda: self.edited.emit(self.value()))
        self.boxes[key, attachment] = box
        return box

    def set_value(self, expected: Expected) -> None:
        """Show without telling; a kind that is not named expects what it was shipped with."""
        shipped = {kind.key: kind.expected for kind in KINDS}
        for (key, attachment), box in self.boxes.items():
            box.setChecked(attachment in expected.get(key, shipped[key]))

    def value(self) -> Expected:
        """What is ticked, for every kind."""
        return {
            kind.key: tuple(each for each in AttachmentKind if self.boxes[kind.key, each].isChecked())
            for kind in KINDS
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next box in their direction."""
        step = _STEPS.get(Qt.Key(event.key()))
        places = list(self.boxes)
        at = next((number for number, key in enumerate(places) if self.boxes[key].hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        width = len(AttachmentKind)
        row, column = at // width + step[0], at % width + step[1]
        if 0 <= row < len(KINDS) and 0 <= column < width:
            self.boxes[places[row * width + column]].setFocus(Qt.FocusReason.TabFocusReason)


_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class RecordsPage(Page):
    """The grid above, the numbers below; each tick is saved at once."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        spec = SPEC_BY_KEY[KEY]
        card = Card(spec.label, spec.help)
        self.back = Button(self.tr("恢复默认"), "rotate-ccw")
        self.back.setAccessibleName(self.tr("恢复默认：{label}").format(label=spec.label))
        self.back.clicked.connect(lambda: self.reset(KEY))
        card.add_action(self.back)
        self.grid = ExpectedGrid()
        self.grid.edited.connect(lambda value: self.change(KEY, value, self._refuse))
        card.add(self.grid)
        self.add(card)
        self.occasions = OccasionsCard(self)
        self.add(self.occasions)
        numbers = Card(self.tr("附件大小"))
        self.rows = SpecRows(self, specs_of(GROUP))
        numbers.add(self.rows)
        self.add(numbers)
        self.column.addStretch(1)

    def _refuse(self, problem: Problem) -> None:
        """Say why, and show again what the book holds."""
        self.place.banner.show_problem(problem)
        if self.view is not None:
            self.grid.set_value(self.view.settings.expected_attachments)

    def show_view(self, view: SettingsView) -> None:
        """Show the book's expectations."""
        super().show_view(view)
        self.back.setEnabled(KEY in view.changed)
        self.grid.set_value(view.settings.expected_attachments)
        self.occasions.show_view(view)
        self.rows.show_view(view)
