"""The Settings place: groups at the left, the cards of the chosen group at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from branchbook.domain.history import Changes
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.place import FileChooser, Place, PlaceContext, ShowRules, Subject
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.pages_list import GroupSpec, groups
from branchbook.ui.places.settings.view import SettingsView, settings_view
from branchbook.ui.theme import Look
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.entry_list import Entry, EntryList

_TOUCHING = ("setting", "checklist", "organisation", "checklist_tick", "ledger_definition")


class Settings(Place):
    """``operator_changed`` gives the new name; ``look_changed`` says that theme or text size was chosen."""

    key = "settings"
    operator_changed = Signal(str)
    look_changed = Signal()

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self.settings_file = settings_file
        self.files = files
        self.view: SettingsView | None = None
        self._groups: dict[str, GroupSpec] = {each.key: each for each in groups()}
        self._pages: dict[str, Page] = {}
        self.pages = QStackedWidget()
        self.content.addWidget(self._left_card())
        self.content.addWidget(self.pages, 1)

    def _left_card(self) -> Card:
        card = Card(self.tr("设置"), padding=0)
        self.list = EntryList()
        self.list.setAccessibleName(self.tr("设置的分组"))
        self.list.set_entries([Entry(each.key, each.title, each.detail) for each in self._groups.values()])
        self.list.chosen.connect(self.show_group)
        card.add(self.list, 1)
        self.list_card = card
        self._measure()
        Look.current().changed.connect(self._measure)
        return card

    def _measure(self) -> None:
        self.list_card.setFixedWidth(Look.current().px(208))

    def open(self, context: PlaceContext) -> None:
        """Load the book's settings; the group that was shown last is shown again."""
        super().open(context)
        if self.list.current_key is None:
            self.list.select(next(iter(self._groups)))
        self._load()

    def leave(self) -> None:
        """Save what is still in a field."""
        for page in self._pages.values():
            page.keep()

    def reload(self, changes: Changes) -> None:
        """Settings, checklists and organisations stand here."""
        if changes.touches(*_TOUCHING):
            self._load()

    def _load(self) -> None:
        book, today = self.context.book, self.context.today

        def question() -> SettingsView:
            with book.reading() as reading:
                return settings_view(reading, today)

        self.ask(question, self._show, key="settings")

    def _show(self, view: SettingsView) -> None:
        self.view = view
        self.show_group(self.list.current_key)

    def show_subject(self, subject: Subject) -> None:
        """The rules with their corrections, where the Desk says that one no longer fits."""
        from branchbook.ui.places.settings.rules_page import RULES, RulesPage

        if isinstance(subject, ShowRules):
            self.show_group(RULES)
            page = self.page(RULES)
            assert isinstance(page, RulesPage)
            page.show_part(RULES)

    def show_group(self, key: str) -> None:
        """Show the cards of a group; they are built when they are first wanted."""
        self.list.select(key)
        page = self.page(key)
        self.pages.setCurrentWidget(page)
        if self.view is not None and page.view is not self.view:
            page.show_view(self.view)

    def page(self, key: str) -> Page:
        """The page of a group."""
        if key not in self._pages:
            factory: Callable[[Settings], Page] = self._groups[key].factory
            page = factory(self)
            self._pages[key] = page
            self.pages.addWidget(page)
        return self._pages[key]
