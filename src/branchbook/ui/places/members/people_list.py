"""The list of people: filter as one types, chips of standing and place, a table as of a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from branchbook.domain.people import Standing
from branchbook.services.member_table import MemberRow
from branchbook.services.words import word_of
from branchbook.ui.models.rows import Column
from branchbook.ui.places.members.listing import (
    APPLICANTS,
    EVERYWHERE,
    FORMER,
    FULL,
    MEMBERS,
    PROBATIONARY,
    Listing,
)
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

NAME_WIDTH, WIDEST_NAME = 74, 160
"""Pixels at 100 %: three characters, and a long name with what tells it apart."""

LONGEST_BADGE = 5


class PeopleList(QWidget):
    """``person_chosen`` gives a person's id; the two steps of an empty book have signals of their own."""

    person_chosen = Signal(object)
    import_asked = Signal()
    addition_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: Listing | None = None
        self.filter = LineField("", self.tr("筛选：姓名或拼音首字母"))
        self.filter.setAccessibleName(self.tr("按姓名或拼音首字母筛选"))
        self.filter.setClearButtonEnabled(True)
        self.filter.returnPressed.connect(self._open_first)
        self.filter.textChanged.connect(lambda _: self._narrow())
        self.standings = Chips()
        self.standings.setAccessibleName(self.tr("按身份筛选"))
        self.standings.chosen.connect(lambda _: self._narrow())
        self.places = Chips()
        self.places.setAccessibleName(self.tr("按党小组筛选"))
        self.places.chosen.connect(lambda _: self._narrow())
        self.table: Table[MemberRow] = Table(self._columns(), self, key=lambda row: row.person_id)
        self.table.setAccessibleName(self.tr("党员名单"))
        self.table.chosen.connect(lambda row: self.person_chosen.emit(row.person_id))
        self.nobody = self._empty_state()
        self.none_found = Text("", "dim")
        self.none_found.setContentsMargins(14, 12, 14, 12)
        self._lay_out()
        Look.current().changed.connect(self._narrow)

    def show_listing(self, view: Listing) -> None:
        """Show the people of an organisation on a day."""
        self.view = view
        self.standings.set_chips(
            [
                (MEMBERS, self._counted(self.tr("党员"), view.members)),
                (FULL, self._counted(self.tr("正式"), view.rows(FULL))),
                (PROBATIONARY, self._counted(self.tr("预备"), view.rows(PROBATIONARY))),
                (APPLICANTS, self._counted(self.tr("申请人等"), view.applicants)),
                (FORMER, self._counted(self.tr("已转出"), view.former)),
            ]
        )
        everywhere = self.tr("全部支部") if view.general else self.tr("全部小组")
        self.places.set_chips([(EVERYWHERE, everywhere), *((str(key), name) for key, name in view.places)])
        self.places.setVisible(bool(view.places))
        self._pages.setCurrentWidget(self.nobody if view.empty else self._filled)
        self._narrow()

    def select(self, person_id: UUID) -> None:
        """Make a person current without telling; filters that hide them are taken off."""
        view = self.view
        if view is None or self.table.select(person_id):
            return
        for chip in (MEMBERS, APPLICANTS, FORMER):
            if any(row.person_id == person_id for row in view.rows(chip)):
                self.standings.choose(chip)
                self.places.choose(EVERYWHERE)
                self.filter.set_value("")
                self._narrow()
                self.table.select(person_id)
                return

    @property
    def day(self) -> date | None:
        """The day of what is shown."""
        return self.view.day if self.view else None

    # ------------------------------------------------------------------------------------ inside

    def _narrow(self) -> None:
        if self.view is None:
            return
        text = self.filter.value().strip()
        rows = self.view.shown(self.standings.current, self.places.current, text)
        self.table.set_rows(rows)
        self._fit_names([row.shown_name for row in rows])
        self.none_found.setVisible(not rows)
        found = self.tr("没有符合“{text}”的人") if text else self.tr("这里没有人")
        self.none_found.setText(found.format(text=text))

    def _open_first(self) -> None:
        """Enter in the filter shows the first who matches; the arrows go on from there."""
        rows = self.table.rows_model.rows
        if rows:
            self.table.setFocus()
            self.table.select(rows[0].person_id)
            self.person_chosen.emit(rows[0].person_id)

    def _fit_names(self, names: list[str]) -> None:
        """A name is never cut: the column is as wide as the longest, up to a limit."""
        metrics, look = self.table.fontMetrics(), Look.current()
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0) + look.px(18)
        self.table.setColumnWidth(0, min(max(widest, look.px(NAME_WIDTH)), look.px(WIDEST_NAME)))

    def _counted(self, word: str, rows: tuple[MemberRow, ...]) -> str:
        return self.tr("{word} {n}").format(word=word, n=len(rows))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setContentsMargins(14, 0, 14, 0)
        first.setSpacing(10)
        self.filter.setMinimumWidth(Look.current().px(150))
        first.addWidget(self.filter, 1)
        first.addWidget(self.standings, 2)
        second = QHBoxLayout()
        second.setContentsMargins(14, 0, 14, 0)
        second.addWidget(self.places)
        self._filled = QWidget()
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.none_found)
        column.addWidget(self.table, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._filled)
        self._pages.addWidget(self.nobody)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _empty_state(self) -> EmptyState:
        text = self.tr("可以把现有的花名册（xlsx）导入，列的顺序和名称不限；也可以逐个新增。")
        state = EmptyState("users", self.tr("还没有党员"), text, self.tr("从 Excel 导入"))
        state.acted.connect(self.import_asked)
        self.add_first = Button(self.tr("新增党员"), "user-plus", state)
        self.add_first.clicked.connect(self.addition_asked)
        column = state.layout()
        assert isinstance(column, QVBoxLayout)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.add_first)
        row.addStretch(1)
        column.insertLayout(column.count() - 1, row)
        return state

    def _columns(self) -> tuple[Column[MemberRow], ...]:
        return (
            Column(self.tr("姓名"), lambda row: row.shown_name, NAME_WIDTH),
            Column(self.tr("性别"), lambda row: word_of(row.sex) if row.sex else "", 40),
            Column(self.tr("党小组"), self._place, 82),
            Column(self.tr("身份"), _standing_word, 60, tone=_standing_tone),
            Column(self.tr("职务"), lambda row: row.posts),
            Column(self.tr("年龄"), lambda row: _number(row.age), 42, right=True),
            Column(self.tr("党龄"), lambda row: _number(row.years_of_membership), 42, right=True),
            Column(self.tr("标记"), _marks, 92, tone=_marks_tone),
        )

    def _place(self, row: MemberRow) -> str:
        general = self.view is not None and self.view.general
        return " ".join(filter(None, (row.branch, row.group))) if general else row.group


def _standing_word(row: MemberRow) -> str:
    """正式 or 预备: 党员 is what the list is about."""
    return word_of(row.standing).removesuffix("党员") if row.standing else ""


def _standing_tone(row: MemberRow) -> Tone | None:
    return Tone.WARN if row.standing is Standing.PROBATIONARY else None


def _number(years: int | None) -> str:
    return "" if years is None else str(years)


def _marks(row: MemberRow) -> str:
    return "、".join(filter(None, (row.restrictions, row.marks)))


def _marks_tone(row: MemberRow) -> Tone | None:
    """A badge where it fits; a longer text is shown as text, its end as tool tip."""
    if not 0 < len(_marks(row)) <= LONGEST_BADGE:
        return None
    return Tone.BAD if row.restrictions else Tone.QUIET
