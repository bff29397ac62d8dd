"""台账: the ledgers, the user's own first; the chosen one is changed below, and every change is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from branchbook.domain.ledgers import Ledger
from branchbook.services.ledger_definitions import new_ledger
from branchbook.services.operations import Actor, Outcome
from branchbook.services.store import Book
from branchbook.ui.places.settings.ledger_card import LedgerCard
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.entry_list import Entry, EntryList

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings

SHOWN_AT_ONCE = 4


class LedgersPage(Page):
    """The list above, the chosen ledger below."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self._wanted = ""
        about = self.tr("可以自建；附带的可以加栏目、隐藏栏目、改名称，填过的内容都还在")
        card = Card(self.tr("台账"), about, padding=0)
        self.new_button = Button(self.tr("新建台账"), "plus", primary=True)
        self.new_button.clicked.connect(self.begin)
        card.add_action(self.new_button)
        self.list = EntryList()
        self.list.setAccessibleName(self.tr("全部台账"))
        self.list.chosen.connect(lambda _: self.choose())
        card.add(self.list)
        self.card = LedgerCard(self)
        self.add(card)
        self.add(self.card)
        self.column.addStretch(1)
        Look.current().changed.connect(self._fit)

    @property
    def current(self) -> Ledger | None:
        """The ledger that is chosen."""
        key = self.list.current_key
        return next((each for each in self.view.ledgers if each.key == key), None) if self.view else None

    def show_view(self, view: SettingsView) -> None:
        """Show the book's ledgers; the chosen one stays chosen."""
        super().show_view(view)
        self.list.set_entries([self._entry(each) for each in view.ledgers])
        self._fit()
        if self._wanted and self.list.select(self._wanted):
            self._wanted = ""
        if self.list.current_key is None and view.ledgers:
            self.list.select(view.ledgers[0].key)
        self.choose()

    def choose(self) -> None:
        """Show one for changing."""
        ledger = self.current
        self.card.setVisible(ledger is not None)
        if ledger is not None and self.view is not None:
            self.card.show_ledger(ledger, changed=ledger.key in self.view.changed_ledgers)

    def begin(self) -> None:
        """A new ledger with a date and a matter, to be named and filled."""
        book, actor = self.hands()
        names = {each.name for each in self.view.ledgers} if self.view else set()
        name, number = self.tr("新台账"), 2
        while name in names:
            name, number = f"{self.tr('新台账')}{number}", number + 1
        self.place.do(lambda: new_ledger(book, name, actor), self._begun)

    def keep(self) -> None:
        """Keep what is still in the field of the name."""
        self.card.keep()

    def hands(self) -> tuple[Book, Actor]:
        """The book, and who changes it now."""
        return self.place.context.book, self.place.context.actor()

    def keep_change(
        self, operation: Callable[[], Outcome[Any]], banner: Banner, then: Callable[[], None] | None = None
    ) -> None:
        """One change; refused, the card says why and shows again what is kept."""

        def done(_: object) -> None:
            banner.clear()
            if then is not None:
                then()

        def refused(problem: Any) -> None:
            banner.show_problem(problem)
            self.choose()

        self.place.do(operation, done, refused)

    def _begun(self, ledger: Ledger) -> None:
        self._wanted = ledger.key
        self.card.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entry(self, ledger: Ledger) -> Entry:
        assert self.view is not None
        detail = self.tr("{n} 个栏目").format(n=len(ledger.shown))
        if ledger.hidden:
            detail = self.tr("{detail}，隐藏 {n} 个").format(detail=detail, n=len(ledger.hidden))
        if ledger.own:
            return Entry(ledger.key, ledger.name, detail, "", self.tr("自建"), Tone.OK)
        changed = self.tr("改过") if ledger.key in self.view.changed_ledgers else ""
        return Entry(ledger.key, ledger.name, detail, "", changed, Tone.WARN)

    def _fit(self) -> None:
        """A few at once, the others by scrolling: the ledger below wants the room."""
        self.list.setFixedHeight(Look.current().px(60) * min(len(self.list.entries), SHOWN_AT_ONCE))
