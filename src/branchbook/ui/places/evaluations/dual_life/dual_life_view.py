"""双重组织生活 of a year: the leaders with their counts, and what the chosen one took part in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from branchbook.catalogue.meetings.dual_life_activity import KIND
from branchbook.domain.dual_life import LifeEntry
from branchbook.domain.history import Changes
from branchbook.domain.people import Mark
from branchbook.services.dual_life import LeaderYear, dual_life_of_year
from branchbook.services.paper_values_dual_life import activity_words, part_words
from branchbook.services.people_facts import end_fact, mark
from branchbook.services.store import Reading
from branchbook.ui.models.rows import Column
from branchbook.ui.people_choices import people_choices
from branchbook.ui.place import BeginRecord, Destination, ScopeChoice, ShowPaper, ShowRecord
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_SHOWN_BY = ("record", "person", "person_fact", "organisation", "term")


@dataclass(frozen=True, slots=True)
class DualLifeShown:
    """The leaders of the scope, and whom the user may name as a further one."""

    leaders: tuple[LeaderYear, ...]
    people: tuple[PersonChoice, ...]


def dual_life_shown(reading: Reading, scope: ScopeChoice, today: date) -> DualLifeShown:
    """The year of the scope; nobody who leads already is offered."""
    leaders = dual_life_of_year(reading, scope.organisation_id, scope.year, today)
    known = {each.person_id for each in leaders}
    people = people_choices(reading.roster(), scope.organisation_id, today)
    return DualLifeShown(leaders, tuple(each for each in people if each.id not in known))


class DualLifeView(QWidget):
    """Leaders come from their posts and from a mark that is given and ended here; records open elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self.leaders: Table[LeaderYear] = Table(self._leader_columns(), self, key=lambda each: each.person_id)
        self.leaders.setAccessibleName(self.tr("领导干部"))
        self.leaders.chosen.connect(lambda _: self._show_entries())
        self.entries: Table[LifeEntry] = Table(self._entry_columns(), self, key=lambda each: each.record_id)
        self.entries.setAccessibleName(self.tr("参加情况"))
        self.entries.opened.connect(self._open)
        self.new_button = Button(self.tr("登记其他活动"), "plus", primary=True)
        self.new_button.setToolTip(self.tr("本簿的会议自动统计；在别处参加的组织生活在这里登记"))
        self.new_button.clicked.connect(self.begin_activity)
        self.print_button = Button(self.tr("登记表"), "printer")
        self.print_button.clicked.connect(self._print)
        self.person = PersonPicker(self)
        self.person.setAccessibleName(self.tr("增加领导干部"))
        self.person.setPlaceholderText(self.tr("姓名或拼音首字母"))
        self.since = DateField(date(2000, 1, 1), self)
        self.since.setAccessibleName(self.tr("从哪一天起"))
        self.add_button = Button(self.tr("增加"), "user-plus")
        self.add_button.clicked.connect(self.add_leader)
        self.end_button = Button(self.tr("不再列入"), "x")
        self.end_button.setToolTip(self.tr("从今天起不再列入；担任党总支职务的人随职务变动"))
        self.end_button.clicked.connect(self.end_leader)
        self._lay_out()

    def open(self, place: Place) -> None:
        """Show the year of the place's scope."""
        self._place = place
        self.since.set_today(place.context.today)
        self.since.set_value(place.context.today)
        self._load()

    def reload(self, changes: Changes) -> None:
        """Records, posts and marks may have changed."""
        if self._place is not None and changes.touches(*_SHOWN_BY):
            self._load()

    def focus_first(self) -> None:
        """The keyboard into the list of leaders, or where the first one is named."""
        target = self.leaders if self.leaders.rows_model.rows else self.person
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------ actions

    def begin_activity(self) -> None:
        """Begin a record of something that the chosen leader took part in elsewhere."""
        if self._place is None:
            return
        context, leader = self._place.context, self.leaders.current_row
        day = context.today if context.scope.year == context.today.year else None
        people = (("leader", (leader.person_id,)),) if leader is not None else ()
        begin = BeginRecord((KIND.key,), context.scope.organisation_id, day, people)
        self._place.go.emit(Destination("meetings", begin))

    def add_leader(self) -> None:
        """Name a further leader from the day typed; Ctrl+Z takes it back."""
        self.person.settle()
        self.since.settle()
        choice, day = self.person.value(), self.since.value()
        if self._place is None or choice is None or choice.id is None or day is None:
            return
        book, actor, person_id = self._place.context.book, self._place.context.actor(), choice.id
        self._place.do(
            lambda: mark(book, person_id, Mark.DUAL_LIFE_LEADER, day, actor), lambda _: self._named(person_id)
        )

    def end_leader(self) -> None:
        """The chosen leader, who was named here, is none from today on."""
        leader = self.leaders.current_row
        if self._place is None or leader is None or leader.mark_id is None:
            return
        book, actor, mark_id = self._place.context.book, self._place.context.actor(), leader.mark_id
        label = self.tr("不再列为双重组织生活领导干部")
        self._place.do(lambda: end_fact(book, mark_id, actor.today, actor, label))

    def _named(self, _person_id: UUID) -> None:
        self.person.set_value(None)

    def _open(self, entry: LifeEntry) -> None:
        if self._place is not None:
            self._place.go.emit(Destination("meetings", ShowRecord(entry.record_id)))

    def _print(self) -> None:
        if self._place is not None:
            self._place.go.emit(Destination("print", ShowPaper("dual_life")))

    # ------------------------------------------------------------------------------------ showing

    def _load(self) -> None:
        assert self._place is not None
        context = self._place.context

        def question() -> DualLifeShown:
            with context.book.reading() as reading:
                return dual_life_shown(reading, context.scope, context.today)

        self._place.ask(question, self._show, key="dual_life")

    def _show(self, shown: DualLifeShown) -> None:
        assert self._place is not None
        self._card.set_title(
            self.tr("{year} 年双重组织生活").format(year=self._place.context.scope.year),
            self.tr("{n} 名领导干部").format(n=len(shown.leaders)),
        )
        self.leaders.set_rows(shown.leaders)
        self.leaders.setVisible(bool(shown.leaders))
        self._empty.setVisible(not shown.leaders)
        self.person.set_people(shown.people)
        if shown.leaders and self.leaders.current_row is None:
            self.leaders.select(shown.leaders[0].person_id)
        self._show_entries()

    def _show_entries(self) -> None:
        leader = self.leaders.current_row
        entries = leader.entries if leader is not None else ()
        self.entries.set_rows(entries)
        self.entries.setVisible(bool(entries))
        self._nothing.setVisible(not entries and leader is not None)
        self._entries_card.set_title(
            leader.name if leader else self.tr("参加情况"),
            self.tr("{n} 次").format(n=len(entries)) if entries else "",
        )
        self.end_button.setEnabled(leader is not None and leader.mark_id is not None)

    # ------------------------------------------------------------------------------------ layout

    def _leader_columns(self) -> tuple[Column[LeaderYear], ...]:
        return (
            Column(self.tr("姓名"), lambda each: each.name, 76),
            Column(self.tr("职务"), lambda each: each.post),
            Column(self.tr("支部"), lambda each: each.branch, 84),
            Column(self.tr("应参加"), lambda each: str(each.count.due), 58, right=True),
            Column(self.tr("参加"), lambda each: str(each.count.present), 46, right=True),
            Column(self.tr("请假"), lambda each: str(each.count.on_leave), 46, right=True),
            Column(self.tr("缺席"), lambda each: str(each.count.absent), 46, right=True),
            Column(self.tr("讲课"), lambda each: str(each.count.lectures), 46, right=True),
            Column(self.tr("发言"), lambda each: str(each.count.speeches), 46, right=True),
            Column(self.tr("其他"), lambda each: str(each.count.elsewhere), 46, right=True),
        )

    def _entry_columns(self) -> tuple[Column[LifeEntry], ...]:
        return (
            Column(self.tr("日期"), lambda each: f"{each.held_on:%m-%d}", 58),
            Column(self.tr("会议、活动"), activity_words),
            Column(self.tr("组织"), lambda each: each.place, 128),
            Column(self.tr("作用"), part_words, 72),
            Column(self.tr("情况"), self._presence, 64, tone=_tone),
        )

    def _presence(self, entry: LifeEntry) -> str:
        if entry.present:
            return self.tr("参加")
        return self.tr("请假") if entry.on_leave else self.tr("缺席")

    def _lay_out(self) -> None:
        self._card = Card("", "", self, padding=0)
        self._card.add_action(self.print_button)
        self._card.add_action(self.new_button)
        self._empty = EmptyState(
            "users",
            self.tr("还没有领导干部"),
            self.tr("登记了党总支委员会职务的人自动列入；也可以在下面写上姓名，从某一天起列入。"),
        )
        self._card.add(self.leaders, 1)
        self._card.add(self._empty, 1)
        self._card.add_foot(
            Text(self.tr("增加"), "label"), self.person, Text(self.tr("自"), "label"), self.since,
            self.add_button, self.end_button,
        )  # fmt: skip
        self._entries_card = Card("", "", self, padding=0)
        self._nothing = Text(
            self.tr("这一年还没有已定稿的记录点到此人。支部委员会会议不计入双重组织生活。"),
            "dim",
            self,
            wrap=True,
        )
        self._nothing.setContentsMargins(14, 10, 14, 10)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._entries_card.add(self.entries, 1)
        self._entries_card.add(self._nothing)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self._card, 6)
        self._row.addWidget(self._entries_card, 5)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self._measure()

    def _measure(self) -> None:
        """Side by side below a text size of 125 %, one above the other from there on."""
        look = Look.current()
        beside = look.text_scale < 125
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self.person.setFixedWidth(look.px(168))
        self.since.setFixedWidth(look.px(112))


def _tone(entry: LifeEntry) -> Tone:
    if entry.present:
        return Tone.OK
    return Tone.WARN if entry.on_leave else Tone.BAD
