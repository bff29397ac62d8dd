"""清单: the book's own lists such as “五必做”, edited in place; every change is saved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt

from branchbook.domain.cadences import CADENCE_NAMES
from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem
from branchbook.services.checklists import add_examples, copied, remove_checklist, save_checklist
from branchbook.ui.places.settings.checklist_card import ChecklistCard
from branchbook.ui.places.settings.page import Page
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.entry_list import Entry, EntryList

if TYPE_CHECKING:
    from branchbook.ui.places.settings.place import Settings


class ChecklistsPage(Page):
    """The lists above, the chosen one below."""

    def __init__(self, place: Settings) -> None:
        super().__init__(place)
        self._wanted: UUID | None = None
        self.list_card = self._make_list_card()
        self.card = ChecklistCard(self)
        self.card.edited.connect(self.save)
        self.card.copy_button.clicked.connect(self.copy)
        self.card.remove_button.clicked.connect(self.remove)
        self.add(self.list_card)
        self.add(self.card)
        self.column.addStretch(1)
        Look.current().changed.connect(self._fit)

    def _make_list_card(self) -> Card:
        card = Card(
            self.tr("清单"), self.tr("每个周期逐项对照；有记录的自动完成，没有的可手工登记"), padding=0
        )
        self.example_button = Button(self.tr("添加“五必做”示例"), "list-checks")
        self.example_button.clicked.connect(self.add_example)
        self.new_button = Button(self.tr("新建清单"), "plus", primary=True)
        self.new_button.clicked.connect(self.begin)
        card.add_action(self.example_button)
        card.add_action(self.new_button)
        self.list = EntryList()
        self.list.setAccessibleName(self.tr("清单"))
        self.list.chosen.connect(self.choose)
        self.nothing = EmptyState(
            "list-checks",
            self.tr("还没有清单"),
            self.tr("本地要求的“五必做”之类，可以从示例开始改成自己的。示例并非官方定义。"),
        )
        self.nothing.setMinimumHeight(Look.current().px(220))
        card.add(self.list)
        card.add(self.nothing)
        return card

    # --------------------------------------------------------------------------------- showing

    def show_view(self, view: SettingsView) -> None:
        """Show the book's checklists; the chosen one stays chosen."""
        super().show_view(view)
        self.list.set_entries([self._entry(each) for each in view.checklists])
        self._fit()
        self.list.setVisible(bool(view.checklists))
        self.nothing.setVisible(not view.checklists)
        if self._wanted is not None and self.list.select(self._wanted):
            self._wanted = None
        if self.list.current_key is None and view.checklists:
            self.list.select(view.checklists[0].id)
        self.choose(self.list.current_key)

    def _fit(self) -> None:
        """As high as its entries, up to four; then it scrolls."""
        self.list.setFixedHeight(Look.current().px(60) * min(len(self.list.entries), 4))

    def _entry(self, checklist: Checklist) -> Entry:
        assert self.view is not None
        ended = checklist.to_on is not None and checklist.to_on < self.view.today
        detail = self.tr("{cadence} · {n} 项").format(
            cadence=CADENCE_NAMES[checklist.cadence], n=len(checklist.items)
        )
        if checklist.source:
            detail = f"{detail} · {checklist.source}"
        badge = self.tr("已截止") if ended else checklist.label
        tone = Tone.QUIET if ended else Tone.WARN
        return Entry(checklist.id, checklist.name, detail, self._span(checklist), badge, tone)

    def _span(self, checklist: Checklist) -> str:
        if checklist.to_on is None:
            return self.tr("{day} 起").format(day=checklist.from_on)
        return self.tr("{start} 至 {end}").format(start=checklist.from_on, end=checklist.to_on)

    @property
    def current(self) -> Checklist | None:
        """The checklist that is chosen."""
        key = self.list.current_key
        lists = self.view.checklists if self.view else ()
        return next((each for each in lists if each.id == key), None)

    def choose(self, key: object) -> None:
        """Show one for editing."""
        checklist = self.current
        self.card.setVisible(checklist is not None)
        if checklist is not None and self.view is not None:
            self.card.show_checklist(checklist, self.view)

    # -------------------------------------------------------------------------------- changing

    def begin(self) -> None:
        """A new checklist with one item, to be named and filled."""
        item = ChecklistItem(uuid4(), self.tr("第一项"))
        position = max((each.position for each in self.view.checklists), default=-1) + 1 if self.view else 0
        today = self.place.context.today
        made = Checklist(
            uuid4(),
            self.tr("新清单"),
            Cadence.YEARLY,
            (item,),
            today.replace(month=1, day=1),
            position=position,
        )
        self._write(made, lambda: self.card.name.setFocus(Qt.FocusReason.OtherFocusReason))

    def add_example(self) -> None:
        """Add the shipped example, from the beginning of this year."""
        book, actor = self.place.context.book, self.place.context.actor()
        first = self.place.context.today.replace(month=1, day=1)
        self.place.do(lambda: add_examples(book, first, actor), self._example_added)

    def _example_added(self, added: tuple[Checklist, ...]) -> None:
        if added:
            self._wanted = added[0].id
        else:
            self.place.banner.say(Tone.WARN, self.tr("示例清单已经在簿里了；要另建一份，请用“复制”"))

    def copy(self) -> None:
        """A new checklist after the pattern of the chosen one."""
        if self.current is None or self.view is None:
            return
        first = self.place.context.today.replace(month=1, day=1)
        position = max(each.position for each in self.view.checklists) + 1
        name = self.tr("{name}（副本）").format(name=self.current.name)
        self._write(replace(copied(self.current, first), name=name, position=position))

    def _write(self, checklist: Checklist, then: Callable[[], None] | None = None) -> None:
        """Keep a new one, and choose it when it is there."""
        book, actor = self.place.context.book, self.place.context.actor()
        self._wanted = checklist.id
        self.place.do(lambda: save_checklist(book, checklist, actor), lambda _: then() if then else None)

    def save(self, checklist: Checklist) -> None:
        """Keep what was edited."""
        book, actor = self.place.context.book, self.place.context.actor()
        self.place.do(
            lambda: save_checklist(book, checklist, actor),
            lambda _: self.card.banner.clear(),
            self.card.banner.show_problem,
        )

    def keep(self) -> None:
        """Save what is still in a field of the checklist."""
        if self.current is not None:
            self.card.tell()

    def remove(self) -> None:
        """Move the chosen one to the recycle bin; undo brings it back."""
        chosen = self.current
        if chosen is not None:
            book, actor = self.place.context.book, self.place.context.actor()
            self.place.do(lambda: remove_checklist(book, chosen.id, actor))
