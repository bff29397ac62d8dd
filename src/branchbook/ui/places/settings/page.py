"""What every page of the settings is: cards in a column that scrolls, and a way to change one setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from branchbook.domain.problems import Problem
from branchbook.services.operations import Outcome
from branchbook.services.settings import change_setting, reset_setting
from branchbook.services.settings_table import BookSettings
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.card import ScrolledBody

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

Refused = Callable[[Problem], None]


class Page(ScrolledBody):
    """One group of settings. Built when it is first shown; ``show_view`` comes whenever the book changed."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self.place = place
        self.view: SettingsView | None = None
        self.column.setSpacing(16)

    def show_view(self, view: SettingsView) -> None:
        """Show what the book holds now. Overrides call this first."""
        self.view = view

    def keep(self) -> None:
        """The place is left: save what is still in a field. By default every field saves itself."""

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a card under the others."""
        self.column.addWidget(widget, stretch)

    # ------------------------------------------------------------------------ changing the book

    def change(
        self, key: str, value: Any, failed: Refused | None = None, then: Callable[[Any], None] | None = None
    ) -> None:
        """Set one setting of the book: one operation that can be undone."""
        self.place.do(self.changing(key, value), then, failed)

    def changing(self, key: str, value: Any) -> Callable[[], Outcome[BookSettings]]:
        """The operation that sets one setting, for a form that carries it out itself."""
        book, actor = self.place.context.book, self.place.context.actor()
        return lambda: change_setting(book, key, value, actor)

    def reset(self, key: str) -> None:
        """Put one setting back to its default."""
        book, actor = self.place.context.book, self.place.context.actor()
        self.place.do(lambda: reset_setting(book, key, actor))
