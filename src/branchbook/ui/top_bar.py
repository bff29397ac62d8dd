"""The bar at the top: whose book this is, which year, and the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from branchbook.ui.place import ScopeChoice
from branchbook.ui.search_box import SearchBox
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconLabel
from branchbook.ui.widgets.choice import ChoiceField

if TYPE_CHECKING:
    from uuid import UUID

HEIGHT = 52


@dataclass(frozen=True, slots=True)
class BookHeading:
    """What the window says about the open book.

    ``owner`` is the general branch or the only branch; ``organisations`` are (id, text) to choose from, the
    text with the number of members; ``years`` from the latest to the first.
    """

    owner: str
    organisations: tuple[tuple[UUID, str], ...]
    years: tuple[int, ...]


class _BranchField(ChoiceField):
    """The branch, behind its icon."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent)
        self.setProperty("role", "branch")
        self._icon = IconLabel("git-branch", self, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = Look.current()
        self._icon.setGeometry(look.px(6), 0, look.px(26), self.height())


class TopBar(QFrame):
    """``scope_chosen`` gives the ``ScopeChoice`` that the user made."""

    scope_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top-bar")
        self.branch = _BranchField(self)
        self.branch.setAccessibleName(self.tr("支部"))
        self.year = ChoiceField((), self)
        self.year.setProperty("role", "year")
        self.year.setAccessibleName(self.tr("年度"))
        self.search = SearchBox(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(10)
        middle = Qt.AlignmentFlag.AlignVCenter
        for field in (self.branch, self.year):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            field.value_changed.connect(self._tell)
            row.addWidget(field, 0, middle)
        row.addStretch(1)
        row.addWidget(self.search, 100, middle)
        self._measure()
        self.set_heading(None)

    def set_heading(self, heading: BookHeading | None) -> None:
        """Offer a book's branches and years; None (no book) hides all of it."""
        for widget in (self.branch, self.year, self.search):
            widget.setVisible(heading is not None)
        if heading is not None:
            self.branch.set_choices(heading.organisations)
            self.year.set_choices([(year, self.tr("{year} 年").format(year=year)) for year in heading.years])

    def set_scope(self, scope: ScopeChoice) -> None:
        """Show what is chosen, without telling. A year that is not offered yet is added."""
        offered = self.year.count()
        self.year.set_value(scope.year)
        if self.year.currentIndex() < 0 and offered:
            self.year.add_choice(scope.year, self.tr("{year} 年").format(year=scope.year))
            self.year.set_value(scope.year)
        self.branch.set_value(scope.organisation_id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        look = Look.current()
        self.setFixedHeight(look.px(HEIGHT))
        self.search.setMaximumWidth(look.px(300))
        self.search.setMinimumWidth(look.px(130))
        self.branch.setMinimumWidth(look.px(130))

    def _tell(self, value: object) -> None:
        organisation_id, year = self.branch.value(), self.year.value()
        if organisation_id is not None and year is not None:
            self.scope_chosen.emit(ScopeChoice(organisation_id, year))


def years_back(latest: int, first: int) -> Sequence[int]:
    """Years to choose from, the latest first."""
    return range(latest, min(first, latest) - 1, -1)
