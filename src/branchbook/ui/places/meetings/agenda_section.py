"""The agenda: items one under the other, parted by lines, with the keys that add to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.records import AgendaItem, Presence, Record, Speech
from branchbook.services.counting import Standing, default_decision
from branchbook.ui.places.meetings.agenda_item import AgendaContext, AgendaItemEditor
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.person_picker import PersonChoice


class AgendaSection(QWidget):
    """``edited`` gives changes of the record, ``arranged`` is emitted when fields came or went."""

    edited = Signal(object)
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[AgendaItemEditor] = []
        self._locked = False
        self._usable = True
        self._people: tuple[PersonChoice, ...] = ()
        self._context = AgendaContext((), (), None, 0, date.min)
        self._rules: list[QFrame] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(9)
        self.add_button = Button(self.tr("加议题"), "plus", self)
        self.add_button.setToolTip(self.tr("加一个议题，写在最后（Alt+N）"))
        self.add_button.clicked.connect(self.add_item)
        self.people_button = Button(self.tr("逐人发言"), "users", self)
        self.people_button.setToolTip(
            self.tr("为每名到会的人加一项：先写自我批评，再写他人的批评意见，最后写本人表态")
        )
        self.people_button.clicked.connect(self.add_people)
        self._attending: tuple[Speech, ...] = ()
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addWidget(self.people_button)
        foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(9)
        outer.addLayout(self._column)
        outer.addLayout(foot)

    @property
    def usable(self) -> bool:
        """Whether the record has an agenda at all."""
        return self._usable

    def add_keys(self, owner: QWidget) -> None:
        """Give ``owner`` (the record around the agenda) the keys that add and remove parts."""
        keys: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (self.tr("加议题"), "Alt+N", self.add_item),
            (self.tr("加发言"), "Alt+Return Alt+Enter", lambda: self._at_hand(AgendaItemEditor.add_speech)),
            (self.tr("加表决"), "Alt+V", lambda: self._at_hand(AgendaItemEditor.add_vote)),
            (self.tr("加决议"), "Alt+R", lambda: self._at_hand(AgendaItemEditor.add_resolution)),
            (self.tr("删除这一部分"), "Alt+Delete", lambda: self._at_hand(AgendaItemEditor.remove_part)),
        )
        for name, sequences, act in keys:
            action = QAction(name, owner)
            action.setShortcuts([QKeySequence(each) for each in sequences.split()])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, act=act: act())
            owner.addAction(action)

    def show_view(self, view: RecordView, today: date, *, locked: bool) -> None:
        """Show a record's agenda; hidden for kinds without one."""
        record = view.record
        self._usable = any(kind_of(key).has_agenda for key in record.kinds) or bool(record.agenda)
        self.setVisible(self._usable)
        self._locked = locked
        self._people = view.people
        self.add_button.setVisible(not locked)
        examines = any(kind_of(key).examines for key in record.kinds)
        self.people_button.setVisible(examines and not locked)
        self._context = replace(self._context, today=today)
        self._know(record, self._context.present_votes)
        if [each.item for each in self.items] != list(record.agenda):
            self._rebuild(record)
        for item in self.items:
            item.set_context(self._context)
            item.set_locked(locked)

    def show_standing(self, record: Record, standing: Standing) -> None:
        """The results of the votes, and who can be picked as a speaker."""
        self._know(record, standing.count.present_votes)
        for item in self.items:
            item.set_context(self._context)
            item.show_decision(standing.decisions.get(str(item.item.id)))

    def forget(self) -> None:
        """Drop every item, to be made anew when a record is shown next."""
        for editor in tuple(self.items):
            self._drop(editor)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [stop for item in self.items for stop in item.stops()] + [self.add_button, self.people_button]

    def add_item(self) -> None:
        """One more item, with the keyboard in its title; an empty last one is taken instead."""
        if self._locked or not self._usable:
            return
        if not self.items or self.items[-1].item.title or self.items[-1].item.speeches:
            self._append(AgendaItem(uuid4(), ""))
            self._number()
            self._tell()
            self.arranged.emit()
        self.items[-1].title.setFocus(Qt.FocusReason.TabFocusReason)

    def add_people(self) -> None:
        """An item for everyone present who has none yet, with the keyboard in the first one's self-criticism."""
        if self._locked or not self._usable:
            return
        named = {each.item.title.strip() for each in self.items}
        if self.items and not (self.items[-1].item.title or self.items[-1].item.speeches):
            self._drop(self.items[-1])
        first = len(self.items)
        for speech in self._attending:
            if speech.name.strip() not in named:
                self._append(AgendaItem(uuid4(), speech.name, (speech,)))
        if len(self.items) == first:
            return
        self._number()
        self._tell()
        self.arranged.emit()
        self.items[first].speeches[0].text.setFocus(Qt.FocusReason.TabFocusReason)

    def remove_item(self, editor: AgendaItemEditor) -> None:
        """Take an item off the agenda."""
        if self._locked:
            return
        at = self.items.index(editor)
        self._drop(editor)
        self._number()
        self._tell()
        self.arranged.emit()
        beside = self.items[min(at, len(self.items) - 1)].title if self.items else self.add_button
        beside.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------- inside

    def _know(self, record: Record, present_votes: int) -> None:
        self._attending = tuple(
            Speech(line.name, "", line.person_id)
            for line in record.attendance
            if line.presence == Presence.PRESENT
        )
        here = {each.person_id for each in record.attendance if each.presence == Presence.PRESENT}
        present = tuple(each for each in self._people if not record.attendance or each.id in here)
        observers = tuple(PersonChoice(ref.person_id, ref.name, "", ref.post) for ref in record.observers)
        self._context = replace(
            self._context,
            present=(*present, *observers),
            everyone=self._people,
            decision=default_decision(record),
            present_votes=present_votes,
        )

    def _rebuild(self, record: Record) -> None:
        self.forget()
        for item in record.agenda:
            self._append(item)
        self._number()
        self.arranged.emit()

    def _append(self, item: AgendaItem) -> None:
        editor = AgendaItemEditor(item, self._context, self)
        editor.set_locked(self._locked)
        editor.edited.connect(self._tell)
        editor.arranged.connect(self.arranged)
        editor.removed.connect(lambda: self.remove_item(editor))
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        self._column.addWidget(rule)
        self._column.addWidget(editor)
        self._rules.append(rule)
        self.items.append(editor)

    def _drop(self, editor: AgendaItemEditor) -> None:
        at = self.items.index(editor)
        for widget in (self.items.pop(at), self._rules.pop(at)):
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _number(self) -> None:
        for number, editor in enumerate(self.items, start=1):
            editor.set_number(number)

    def _tell(self) -> None:
        agenda = tuple(each.item for each in self.items)
        self.edited.emit(lambda record: replace(record, agenda=agenda))

    def _at_hand(self, act: Callable[[AgendaItemEditor], None]) -> None:
        """Do it to the item in which the keyboard is, else to the last one."""
        if self._locked or not self.items:
            return
        focus = QApplication.focusWidget()
        inside = [each for each in self.items if focus is not None and each.isAncestorOf(focus)]
        act(inside[0] if inside else self.items[-1])
