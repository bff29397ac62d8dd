"""The person's card: identity, dated facts, and the year in the organisation's life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from branchbook.services.people import remove_person
from branchbook.services.unmasking import unmask_person
from branchbook.ui.places.members.person_facts import FactsPage
from branchbook.ui.places.members.person_fields import PersonFields
from branchbook.ui.places.members.person_life import LifePage
from branchbook.ui.places.members.person_view import PersonView, person_view
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.value_history import ValueHistory

if TYPE_CHECKING:
    from branchbook.ui.place import Place

FIELDS, FACTS, LIFE, HISTORY = "fields", "facts", "life", "history"


class PersonCard(Card):
    """Shows one person as of a day. ``removed`` after the person was removed."""

    removed = Signal()
    shown = Signal()

    def __init__(self, place: Place, day: Callable[[], date]) -> None:
        """``day`` tells as of which day people are shown: the list's."""
        super().__init__("", "", place, padding=0)
        self._place = place
        self._day = day
        self.person_id: UUID | None = None
        self.view: PersonView | None = None
        self._whole_number = False
        self.fields = PersonFields(place)
        self.fields.number_asked.connect(self._uncover)
        self.facts = FactsPage(place)
        self.life = LifePage(place)
        self.chips = Chips()
        self.chips.setAccessibleName(self.tr("党员资料的各页"))
        self.chips.set_chips(
            [
                (FIELDS, self.tr("基本情况")),
                (FACTS, self.tr("组织关系与职务")),
                (LIFE, self.tr("参加组织生活")),
                (HISTORY, self.tr("修改历史")),
            ]
        )
        self.chips.chosen.connect(self.show_page)
        self.delete = Button(self.tr("删除"), "trash-2")
        self.delete.setToolTip(self.tr("只有没有出现在任何记录中的人可以删除"))
        self.delete.clicked.connect(self._remove)
        self.add_action(self.delete)
        self._lay_out()

    def show_person(self, person_id: UUID) -> None:
        """Show a person; of another person the number is covered again."""
        if person_id != self.person_id:
            self.fields.save()
            self._whole_number = False
            self.facts.host.shut()
        self.person_id = person_id
        self.refresh()

    def show_page(self, key: str) -> None:
        """Show one of the four pages."""
        self.chips.choose(key)
        self.pages.setCurrentIndex((FIELDS, FACTS, LIFE, HISTORY).index(key))
        self._ask_history()

    def refresh(self) -> None:
        """Ask again."""
        if self.person_id is None:
            return
        book, person_id, whole = self._place.context.book, self.person_id, self._whole_number
        day = self._day()

        def question() -> PersonView:
            with book.reading() as reading:
                return person_view(reading, person_id, day, whole_number=whole)

        self._place.context.commands.ask(
            question, self._show, owner=self._place, key="person", failed=lambda _: self.removed.emit()
        )

    # ------------------------------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 10, 0, 0)
        self.body.setSpacing(10)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(self.chips)
        self.body.addLayout(row)
        self.pages = QStackedWidget()
        self.facts_scroll = ScrolledBody()
        self.facts_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts_scroll.column.addWidget(self.facts)
        self.history = ValueHistory()
        self.history.close_button.hide()
        self.history_scroll = ScrolledBody()
        self.history_scroll.column.setContentsMargins(14, 4, 14, 14)
        self.history_scroll.column.addWidget(self.history)
        self.history_scroll.column.addStretch(1)
        for page in (self.fields, self.facts_scroll, self.life, self.history_scroll):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)

    def _show(self, view: PersonView) -> None:
        self.view = view
        self.set_title(view.person.name, view.summary)
        self.delete.setVisible(not view.page.mentions)
        self.fields.show_view(view)
        self.facts.show_view(view)
        self.life.show_view(view)
        self._ask_history()
        self.shown.emit()

    def _ask_history(self) -> None:
        """The history is read only while it is looked at."""
        if self.person_id is not None and self.pages.currentWidget() is self.history_scroll:
            self.history.open(self._place, "person", str(self.person_id))

    def _uncover(self) -> None:
        """The history says who looked at whose number; where that can't be kept, the number stays covered."""
        book, actor, person_id = self._place.context.book, self._place.context.actor(), self.person_id
        if person_id is not None:
            self._place.do(
                lambda: unmask_person(book, person_id, actor), lambda _: self._show_whole(person_id)
            )

    def _show_whole(self, person_id: UUID) -> None:
        if person_id == self.person_id:
            self._whole_number = True
            self.refresh()

    def _remove(self) -> None:
        if self.view is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        person = self.view.person
        self._place.do(lambda: remove_person(book, person.id, actor), lambda _: self._removed(person.name))

    def _removed(self, name: str) -> None:
        text = self.tr("已删除{name}").format(name=name)
        more = self.tr("按 Ctrl+Z 可以撤销，也可以在“备份与安全”的回收站里恢复。")
        self._place.banner.say(Tone.OK, text, more=more)
        self.person_id = self.view = None
        self.removed.emit()
