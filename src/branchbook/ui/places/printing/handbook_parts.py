"""The parts of a handbook as boxes to tick, in two columns, each with its pages once they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from branchbook.catalogue.handbook import HandbookPart
from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.labels import Text

_MOST_HEIGHT = 236
"""About ten rows: the rest scrolls."""
_TWO_COLUMNS = 420
"""The least width for two columns, at 100 %."""


@dataclass(frozen=True, slots=True)
class PartChoice:
    """What is ticked at once: one part, or the few that belong together (the front, one chapter)."""

    title: str
    keys: tuple[str, ...]
    ticked: bool


def part_choices(parts: Sequence[HandbookPart]) -> tuple[PartChoice, ...]:
    """Parts in order; those of the front are one choice, and those of one chapter."""
    groups: dict[str, list[HandbookPart]] = {}
    for part in parts:
        groups.setdefault("front" if part.front else part.within or part.key, []).append(part)
    return tuple(
        PartChoice(
            _title(name, members), tuple(each.key for each in members), any(each.ticked for each in members)
        )
        for name, members in groups.items()
    )


def _title(name: str, members: list[HandbookPart]) -> str:
    if len(members) == 1:
        return members[0].title
    return name if members[0].within else "、".join(each.title for each in members)


class PartsGrid(QWidget):
    """``changed`` when a box is ticked or cleared, ``resized`` when there are more or fewer of them."""

    changed = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._choices: tuple[PartChoice, ...] = ()
        self._pages: dict[str, Text] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(2, 6)
        self._columns = 2

    @property
    def ticked(self) -> frozenset[str]:
        """The keys of the parts that are ticked."""
        return frozenset(
            key for each in self._choices if self.boxes[each.title].isChecked() for key in each.keys
        )

    def set_parts(self, parts: Sequence[HandbookPart]) -> None:
        """Show these parts; a box that was there before stays as the user left it."""
        choices = part_choices(parts)
        if choices == self._choices:
            return
        before = {title: box.isChecked() for title, box in self.boxes.items()}
        self._clear()
        self._choices = choices
        for choice in choices:
            self._add(choice, before.get(choice.title, choice.ticked))
        self._arrange()

    def set_columns(self, columns: int) -> None:
        """Stand in two columns, or in one where two have no room."""
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def show_pages(self, pages: Mapping[str, int]) -> None:
        """How many pages each part has; an empty mapping takes the numbers away."""
        for choice in self._choices:
            count = sum(pages.get(key, 0) for key in choice.keys)
            words = self.tr("{n} 页").format(n=count) if pages and count else ("–" if pages else "")
            self._pages[choice.title].setText(words)
            self.boxes[choice.title].setAccessibleDescription(words)

    def event(self, event: QEvent) -> bool:
        """Tell when the layout has another size: boxes came or went, or the text size changed."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    def _arrange(self) -> None:
        """Place the boxes in reading order; they are moved, not made anew."""
        self._grid.setColumnStretch(3, self._columns - 1)
        for place, choice in enumerate(self._choices):
            row, side = divmod(place, self._columns)
            self._grid.addWidget(self.boxes[choice.title], row, 3 * side)
            self._grid.addWidget(self._pages[choice.title], row, 3 * side + 1)

    def _add(self, choice: PartChoice, ticked: bool) -> None:
        box = QCheckBox(choice.title, self)
        box.setChecked(ticked)
        box.toggled.connect(lambda _: self.changed.emit())
        pages = Text("", "dim-body", self)
        pages.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.boxes[choice.title] = box
        self._pages[choice.title] = pages

    def _clear(self) -> None:
        for widget in (*self.boxes.values(), *self._pages.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.boxes, self._pages = {}, {}


class PartsScroll(ScrolledBody):
    """As high as the parts, up to some ten rows; beyond that they scroll."""

    def __init__(self, parts: PartsGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.column.addWidget(parts)
        self.column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        parts.resized.connect(self.updateGeometry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where their words have room."""
        super().resizeEvent(event)
        self._parts.set_columns(2 if event.size().width() >= Look.current().px(_TWO_COLUMNS) else 1)

    def sizeHint(self) -> QSize:
        """The height of all parts, as far as it leaves the papers below a row of pictures."""
        whole = self._parts.sizeHint()
        return QSize(whole.width(), min(whole.height(), Look.current().px(_MOST_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """At least three rows."""
        return QSize(0, min(Look.current().px(80), self.sizeHint().height()))
