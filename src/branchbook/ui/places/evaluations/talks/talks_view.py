"""谈心谈话 of a branch and year: the matrix at the left; what is missing and who waits for a talk at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from branchbook.catalogue.meetings.heart_to_heart_talk import KIND
from branchbook.domain.history import Changes
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.talks import OTHERS, TALKER, Circle, MissingTalk, Occasion
from branchbook.services.store import Reading
from branchbook.services.talks import CIRCLE_WORDS, TalksOfYear, talks_of_year
from branchbook.ui.models.rows import Column
from branchbook.ui.models.talk_matrix import TalkCell
from branchbook.ui.place import (
    BeginRecord,
    Destination,
    ScopeChoice,
    ShowPaper,
    ShowRecord,
    ShowTalks,
    Subject,
)
from branchbook.ui.places.evaluations.talks.matrix_view import TalkMatrixView
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_SHOWN_BY = ("record", "person", "person_fact", "organisation", "term", "setting")
SIDE_WIDTH = 372


@dataclass(frozen=True, slots=True)
class TalksShown:
    """The branches that can be chosen, and the talks of the chosen one; None in a book without a branch."""

    branches: tuple[tuple[UUID, str], ...]
    found: TalksOfYear | None


def talks_shown(
    reading: Reading, scope: ScopeChoice, chosen: UUID | None, today: date, *, with_drafts: bool
) -> TalksShown:
    """Within a branch its own talks; within the general branch those of the branch chosen, or of the first."""
    roster = reading.roster()
    place = roster.organisation_by_id[scope.organisation_id]
    if place.kind == OrganisationKind.BRANCH:
        branches = [place]
    else:
        day = min(today, date(scope.year, 12, 31))
        branches = list(roster.branches_on(day))
    if not branches:
        return TalksShown((), None)
    ids = [each.id for each in branches]
    branch_id = chosen if chosen in ids else ids[0]
    found = talks_of_year(reading, branch_id, scope.year, today, with_drafts=with_drafts)
    return TalksShown(tuple((each.id, each.name_on(found.day)) for each in branches), found)


class TalksView(QWidget):
    """Shows the year of the place's scope; talks open and begin in the Meetings place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._found: TalksOfYear | None = None
        self._wanted: UUID | None = None
        self.branch = ChoiceField()
        self.branch.setAccessibleName(self.tr("党支部"))
        self.branch.value_changed.connect(lambda _: self._load())
        self.group = ChoiceField()
        self.group.setAccessibleName(self.tr("党小组"))
        self.group.value_changed.connect(lambda _: self._show_rows())
        self.drafts = QCheckBox(self.tr("连同未定稿的"))
        self.drafts.toggled.connect(lambda _: self._load())
        self.new_button = Button(self.tr("记一次谈话"), "plus", primary=True)
        self.new_button.setToolTip(self.tr("按光标所在的格填好双方（Ctrl+N）"))
        self.new_button.clicked.connect(self.begin_at_cursor)
        self.print_button = Button(self.tr("汇总表"), "printer")
        self.print_button.clicked.connect(self._print)
        self.matrix = TalkMatrixView()
        self.matrix.opened.connect(self._open_cell)
        self.menu = QMenu(self)
        self.missing_button = Button(self.tr("记这次谈话"), "plus")
        self.missing_button.clicked.connect(lambda: self._begin_missing(self.missing.current_row))
        self.waiting_button = Button(self.tr("记这次谈话"), "plus")
        self.waiting_button.clicked.connect(lambda: self._begin_occasion(self.waiting.current_row))
        self.missing: Table[MissingTalk] = Table(self._missing_columns(), self)
        self.missing.setAccessibleName(self.tr("还缺的谈话"))
        self.missing.opened.connect(self._begin_missing)
        self.waiting: Table[Occasion] = Table(self._waiting_columns(), self)
        self.waiting.setAccessibleName(self.tr("必谈情形"))
        self.waiting.opened.connect(self._begin_occasion)
        self._lay_out()
        add_shortcuts(self, ((self.tr("记一次谈话"), "Ctrl+N", self.begin_at_cursor),))

    def open(self, place: Place) -> None:
        """Show the talks of the place's scope and year."""
        self._place = place
        self._load()

    def reload(self, changes: Changes) -> None:
        """Talks, members and the committee may have changed."""
        if self._place is not None and changes.touches(*_SHOWN_BY):
            self._load()

    def show_subject(self, subject: Subject) -> None:
        """Show the talks of a branch, where several can be chosen."""
        if isinstance(subject, ShowTalks):
            self._wanted = subject.branch_id
            self._load()

    def focus_first(self) -> None:
        """The keyboard into the matrix."""
        target = self.matrix if self.matrix.isVisibleTo(self) else self.new_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_at_cursor(self) -> None:
        """Begin a talk between the two of the cell under the cursor; in an empty matrix one of nobody."""
        cell = self.matrix.current_cell
        if cell is None:
            self._begin(None, None)
        else:
            self._begin_cell(cell)

    # ------------------------------------------------------------------------------------ showing

    def _load(self) -> None:
        if self._place is None:
            return
        context = self._place.context
        chosen, with_drafts = self._wanted or self.branch.value(), self.drafts.isChecked()

        def question() -> TalksShown:
            with context.book.reading() as reading:
                return talks_shown(reading, context.scope, chosen, context.today, with_drafts=with_drafts)

        self._place.ask(question, self._show, key="talks")

    def _show(self, shown: TalksShown) -> None:
        self._wanted = None
        self._found = found = shown.found
        self.branch.set_choices(shown.branches)
        self.branch.setVisible(len(shown.branches) > 1)
        self._empty.setVisible(found is None or not found.people)
        self.matrix.setVisible(found is not None and bool(found.people))
        if found is None:
            self._card.set_title(self.tr("谈心谈话"))
            self.missing.set_rows(())
            self.waiting.set_rows(())
            return
        self.branch.set_value(found.branch_id)
        self.group.set_choices([(None, self.tr("全部党员")), *found.groups])
        self.group.setVisible(len(found.groups) > 1)
        self._card.set_title(
            self.tr("{year} 年谈心谈话").format(year=found.year),
            self.tr("{n} 次").format(n=len(found.summaries)),
        )
        self._missing_card.set_title(
            self.tr("还缺的谈话"),
            self.tr("{n} 项，建议").format(n=len(found.missing)) if found.missing else "",
        )
        self._article.setText(self._rule_words(found))
        self.missing.set_rows(found.missing)
        self.waiting.set_rows(found.waiting)
        for table, nothing, button, rows in (
            (self.missing, self._none_missing, self.missing_button, found.missing),
            (self.waiting, self._none_waiting, self.waiting_button, found.waiting),
        ):
            nothing.setVisible(not rows)
            table.setVisible(bool(rows))
            button.setVisible(bool(rows))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._found is None:
            return
        group, people = self.group.value(), tuple(self._found.people.values())
        committee = self._found.matrix.committee
        rows = [each for each in people if group is None or each.group_id == group or each.id in committee]
        self.matrix.show_talks(self._found, rows)

    def _rule_words(self, found: TalksOfYear) -> str:
        words = self.tr("委员之间、委员与党员之间、党员之间，一般每年不少于 {n} 次").format(
            n=found.matrix.times
        )
        parts = (found.article, self.tr("待核实") if found.confidence == self.tr("待核实") else "")
        return self.tr("{words}（{article}）").format(words=words, article="；".join(filter(None, parts)))

    # ------------------------------------------------------------------------------------ talks

    def _open_cell(self, cell: TalkCell) -> None:
        """The one talk of the cell, a choice of several, or a new one where there is none."""
        if not cell.talks:
            self._begin_cell(cell)
        elif len(cell.talks) == 1:
            self._open_talk(cell.talks[0])
        else:
            self._offer(cell)

    def _offer(self, cell: TalkCell) -> None:
        assert self._found is not None
        self.menu.clear()
        for talk in cell.talks:
            summary = self._found.summaries[talk]
            names = "、".join(each.name for key in (TALKER, OTHERS) for each in summary.people.get(key, ()))
            action = QAction(f"{summary.held_on} {names} {summary.subject}".strip(), self.menu)
            action.triggered.connect(lambda _=False, talk=talk: self._open_talk(talk))
            self.menu.addAction(action)
        self.menu.addSeparator()
        begin = QAction(self.tr("再记一次"), self.menu)
        begin.triggered.connect(lambda: self._begin_cell(cell))
        self.menu.addAction(begin)
        area = self.matrix.visualRect(self.matrix.currentIndex())
        self.menu.popup(self.matrix.viewport().mapToGlobal(QPoint(area.left(), area.bottom() + 2)))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _open_talk(self, talk: UUID) -> None:
        if self._place is not None:
            self._place.go.emit(Destination("meetings", ShowRecord(talk)))

    def _begin_cell(self, cell: TalkCell) -> None:
        """The committee member talks with the member; among members the one of the row begins."""
        assert self._found is not None
        if cell.other is None or cell.other == cell.person:
            self._begin(cell.person, None, Circle.MEMBERS)
        else:
            circle = self._found.matrix.circle_of(cell.person, cell.other)
            self._begin(cell.other, cell.person, circle)

    def _begin_missing(self, missing: MissingTalk | None) -> None:
        """``other`` is the one of the committee where there is one; with anyone of it the secretary is filled in.

        Where no row is current the first is meant.
        """
        missing = missing or next(iter(self.missing.rows_model.rows), None)
        if missing is None:
            return
        if missing.circle == Circle.COMMITTEE_AND_MEMBER:
            self._begin(missing.other, missing.person, missing.circle)
        else:
            self._begin(missing.person, missing.other, missing.circle)

    def _begin_occasion(self, occasion: Occasion | None) -> None:
        occasion = occasion or next(iter(self.waiting.rows_model.rows), None)
        if occasion is not None:
            self._begin(None, occasion.person, fields=(("talk_occasion", occasion.name),))

    def _begin(
        self,
        talker: UUID | None,
        other: UUID | None,
        circle: Circle | None = None,
        fields: tuple[tuple[str, str], ...] = (),
    ) -> None:
        if self._place is None or self._found is None:
            return
        context = self._place.context
        people = tuple(
            (key, (each,)) for key, each in ((TALKER, talker), (OTHERS, other)) if each is not None
        )
        if circle is not None:
            fields = (*fields, ("talk_kind", CIRCLE_WORDS[circle]))
        day = context.today if context.scope.year == context.today.year else None
        begin = BeginRecord((KIND.key,), self._found.branch_id, day, people, fields)
        self._place.go.emit(Destination("meetings", begin))

    def _print(self) -> None:
        if self._place is not None:
            self._place.go.emit(Destination("print", ShowPaper("talk_summary")))

    # ------------------------------------------------------------------------------------ layout

    def _missing_columns(self) -> tuple[Column[MissingTalk], ...]:
        return (
            Column(self.tr("谁与谁"), lambda each: self._found.sentence(each) if self._found else ""),
            Column(self.tr("种类"), lambda each: CIRCLE_WORDS[each.circle], 96),
        )

    def _waiting_columns(self) -> tuple[Column[Occasion], ...]:
        return (
            Column(self.tr("党员"), lambda each: self._found.name(each.person) if self._found else "", 84),
            Column(self.tr("情形"), lambda each: each.name),
            Column(self.tr("日期"), lambda each: each.arose_on.isoformat(), 92),
        )

    def _lay_out(self) -> None:
        self._card = Card("", "", self, padding=0)
        for action in (self.branch, self.group, self.new_button):
            self._card.add_action(action)
        self._empty = EmptyState(
            "users",
            self.tr("这个支部还没有党员"),
            self.tr("在“党员”中登记党员和支部委员后，这里按人列出谁与谁谈过。"),
        )
        self._card.add(self.matrix, 1)
        self._card.add(self._empty, 1)
        self._empty.hide()
        self._article = Text("", "dim", self, wrap=True)
        self._article.setContentsMargins(14, 8, 14, 4)
        self._card.add(self._article)
        self._card.add_foot(self.drafts, self.print_button)
        self._missing_card = Card("", "", self, padding=0)
        self._none_missing = Text(self.tr("按规定该谈的都谈过了。"), "dim", self, wrap=True)
        self._waiting_card = Card(self.tr("必谈情形"), self.tr("之后还没有谈话"), self, padding=0)
        self._none_waiting = Text(
            self.tr("没有等待谈话的人。情形从花名册的任职、处分、转正和困难标记看出，其余请自行掌握。"),
            "dim",
            self,
            wrap=True,
        )
        for card, table, nothing, button in (
            (self._missing_card, self.missing, self._none_missing, self.missing_button),
            (self._waiting_card, self.waiting, self._none_waiting, self.waiting_button),
        ):
            card.add_action(button)
            nothing.setContentsMargins(14, 10, 14, 10)
            nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
            card.add(table, 1)
            card.add(nothing)
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self._missing_card, 3)
        side.addWidget(self._waiting_card, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._card, 1)
        row.addLayout(side)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_waiting_card"):
            self._measure()

    def _measure(self) -> None:
        """Wider with the text, but the matrix needs the room more."""
        width = min(Look.current().px(SIDE_WIDTH), SIDE_WIDTH * 5 // 4)
        for card in (self._missing_card, self._waiting_card):
            card.setFixedWidth(width)
