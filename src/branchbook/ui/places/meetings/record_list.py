"""The list at the left: the year's records, filtered by kind, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.catalogue.kinds_list import KINDS, kind_of
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.records import RecordSummary
from branchbook.domain.talks import OTHERS, TALKER
from branchbook.services.evidence import places_below
from branchbook.services.resolutions import resolution_lines
from branchbook.services.store import Reading, RecordQuery
from branchbook.ui.places.meetings.kind_menu import NewMenu
from branchbook.ui.places.meetings.record_view import holders_of
from branchbook.ui.places.meetings.wording import record_title, state_badge
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.entry_list import Entry, EntryList

WIDTH = 300
ALL = "all"
TEXTS = "texts"
USUAL = ("general_meeting", "committee_meeting", "group_meeting", "party_lesson", "theme_party_day")


@dataclass(frozen=True)
class YearOfRecords:
    """What the list shows: records newest first, organisations by id, and what can be begun."""

    scope_id: UUID
    year: int
    summaries: tuple[RecordSummary, ...]
    organisations: Mapping[UUID, Organisation]
    kinds: tuple[str, ...]
    open_resolutions: int


def year_of_records(reading: Reading, scope_id: UUID, year: int, today: date) -> YearOfRecords:
    """All records of an organisation and those below it in a year, undated drafts first."""
    roster = reading.roster()
    places = places_below(roster, scope_id)
    query = RecordQuery(places, from_on=date(year, 1, 1), to_on=date(year, 12, 31))
    kinds = tuple(kind.key for kind in KINDS if holders_of(roster, kind.key, scope_id, today))
    waiting = resolution_lines(reading, places, today, open_only=True)
    return YearOfRecords(
        scope_id, year, reading.summaries(query), roster.organisation_by_id, kinds, len(waiting)
    )


class RecordList(Card):
    """``chosen`` gives a record's id, ``begin_asked`` a kind, ``resolutions_asked`` wants the ledger."""

    chosen = Signal(object)
    begin_asked = Signal(str)
    resolutions_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.year: YearOfRecords | None = None
        self._today = date.min
        self.new_button = Button(self.tr("新记录"), "plus", self, primary=True)
        self.new_button.setToolTip(self.tr("Ctrl+N"))
        self.new_button.clicked.connect(self.offer_new)
        self.add_action(self.new_button)
        self.new_menu = NewMenu(self)
        self.new_menu.chosen.connect(self.begin_asked)
        self.chips = Chips(wrapping=True)
        self.chips.chosen.connect(lambda _: self._show_entries())
        self.entries = EntryList()
        self.entries.setAccessibleName(self.tr("本年记录"))
        self.entries.chosen.connect(self.chosen)
        self.entries.activated_key.connect(self.chosen)
        self.empty = EmptyState(
            "messages-square",
            self.tr("这一年还没有记录"),
            self.tr("开过的会、上过的党课都记在这里。"),
            self.tr("记第一次会议"),
        )
        self.empty.acted.connect(self.offer_new)
        self._measure()
        self.resolutions_button = Button(self.tr("决议"), "list-checks", self)
        self.resolutions_button.clicked.connect(self.resolutions_asked)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Wider with the text, but the record needs the room more."""
        self.setFixedWidth(min(Look.current().px(WIDTH), WIDTH * 5 // 4))

    def _lay_out(self) -> None:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 6, 14, 6)
        column.addWidget(self.chips)
        self.body.setSpacing(0)
        self.add(holder)
        self.add(self.entries, 1)
        self.add(self.empty, 1)
        self.add_foot(self.resolutions_button)
        self.empty.hide()

    def show_year(self, year: YearOfRecords, today: date) -> None:
        """Show a year's records; the chip and the entry that were chosen stay chosen."""
        self.year, self._today = year, today
        meetings = sum(1 for each in year.summaries if kind_of(each.kinds[0]).is_meeting)
        self.set_title(self.tr("{year} 年会议").format(year=year.year), self.tr("{n} 次").format(n=meetings))
        self.new_menu.offer(year.kinds)
        self.new_button.setEnabled(bool(year.kinds))
        waiting = self.tr("决议 · {n} 项待落实").format(n=year.open_resolutions)
        self.resolutions_button.setText(waiting if year.open_resolutions else self.tr("决议"))
        self.chips.set_chips(self._chips(year))
        self._show_entries()

    def offer_new(self) -> None:
        """Open the menu of kinds, with the keyboard in it."""
        if self.new_button.isEnabled():
            self.new_menu.popup(self.new_button.mapToGlobal(QPoint(0, self.new_button.height() + 2)))
            self.new_menu.setActiveAction(self.new_menu.actions()[0])

    def select(self, record_id: UUID) -> bool:
        """Make a record current without telling, going back to all kinds where the chip hides it."""
        if self.entries.select(record_id):
            return True
        if self.chips.current != ALL and self.year is not None:
            self.chips.choose(ALL)
            self._show_entries()
        return self.entries.select(record_id)

    def unselect(self) -> None:
        """No record is current (one that is not stored yet is at hand)."""
        self.entries.selectionModel().clear()

    def focus_entries(self) -> None:
        """The keyboard into the list, or onto the first step where it is empty."""
        empty = self.year is not None and not self.entries.entries
        target = self.new_button if empty else self.entries
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------- inside

    def _chips(self, year: YearOfRecords) -> list[tuple[str, str]]:
        counts = Counter(key for each in year.summaries for key in each.kinds)
        chips = [(ALL, self.tr("全部"))]
        for kind in KINDS:
            if kind.is_meeting and (counts[kind.key] or (kind.key in USUAL and kind.key in year.kinds)):
                number = f" {counts[kind.key]}" if counts[kind.key] else ""
                chips.append((kind.key, f"{kind.short_name}{number}"))
        texts = sum(counts[kind.key] for kind in KINDS if not kind.is_meeting)
        if texts:
            chips.append((TEXTS, self.tr("计划总结 {n}").format(n=texts)))
        return chips

    def _show_entries(self) -> None:
        if self.year is None:
            return
        wanted = [each for each in self.year.summaries if self._fits(each)]
        self.entries.set_entries([self._entry(each) for each in wanted])
        self.entries.setVisible(bool(wanted))
        self.empty.setVisible(not wanted)

    def _fits(self, summary: RecordSummary) -> bool:
        chip = self.chips.current
        if chip in ("", ALL):
            return True
        if chip == TEXTS:
            return not kind_of(summary.kinds[0]).is_meeting
        return chip in summary.kinds

    def _entry(self, summary: RecordSummary) -> Entry:
        assert self.year is not None
        organisation = self.year.organisations.get(summary.organisation_id)
        title = record_title(summary, organisation, self._today)
        day = summary.held_on
        badge, tone = state_badge(summary.state, summary.late_entry)
        right = f"{day:%m-%d}" if day else self.tr("日期未填")
        detail = self._whose(organisation, day, " ".join(filter(None, (_talked(summary), summary.subject))))
        return Entry(summary.id, title, detail, right, badge, tone)

    def _whose(self, organisation: Organisation | None, day: date | None, subject: str) -> str:
        """The subject, with the branch before it where the general branch is shown."""
        assert self.year is not None
        line = " ".join(subject.split())
        if organisation is None or organisation.kind == OrganisationKind.GROUP:
            return line
        if organisation.id == self.year.scope_id:
            return line
        name = organisation.name_on(day or self._today)
        return f"{name} · {line}" if line else name


def _talked(summary: RecordSummary) -> str:
    """钱示例 与 赵示例: a talk is known by who talked with whom, a private one by nothing else."""
    talkers, others = (
        "、".join(each.name for each in summary.people.get(key, ())) for key in (TALKER, OTHERS)
    )
    return f"{talkers} 与 {others}" if talkers and others else ""
