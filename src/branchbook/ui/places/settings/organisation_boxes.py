"""To which organisations something applies: none ticked means all of them. And the order of Tab."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

COLUMNS = 3


class OrganisationBoxes(QWidget):
    """``edited`` gives the ids ticked, in the order of the organisations."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[UUID, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)

    def set_organisations(self, organisations: Sequence[tuple[UUID, str]]) -> None:
        """Offer these (id, name); ticks stay where the organisation is still there."""
        if [(key, box.text()) for key, box in self.boxes.items()] == list(organisations):
            return
        ticked = set(self.value())
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for number, (key, name) in enumerate(organisations):
            box = QCheckBox(name, self)
            box.setChecked(key in ticked)
            box.clicked.connect(lambda: self.edited.emit(self.value()))
            self.boxes[key] = box
            self._grid.addWidget(box, number // COLUMNS, number % COLUMNS)

    def set_value(self, organisation_ids: Sequence[UUID]) -> None:
        """Tick these without telling."""
        for key, box in self.boxes.items():
            box.setChecked(key in organisation_ids)

    def value(self) -> tuple[UUID, ...]:
        """The ids ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())


def scope_words(
    organisation_ids: Sequence[UUID], organisations: Sequence[tuple[UUID, str]], every: str
) -> str:
    """第一支部、第二支部; ``every`` where it applies to all."""
    if not organisation_ids:
        return every
    names = dict(organisations)
    return "、".join(names[each] for each in organisation_ids if each in names) or every


def in_tab_order(*widgets: QWidget) -> None:
    """Let Tab go through widgets as they are read, whenever they were made."""
    for earlier, later in pairwise(widgets):
        QWidget.setTabOrder(earlier, later)
