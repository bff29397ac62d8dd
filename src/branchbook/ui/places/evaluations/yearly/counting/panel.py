"""Counting the grades of a secret ballot at the table: what keys and buttons do to a round."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from branchbook.domain.evaluations import BallotForm, GradeLine, GradeRound
from branchbook.domain.problems import Problem
from branchbook.services.grade_rounds import with_ballot, without_ballot
from branchbook.services.initials import initials_of
from branchbook.ui.places.elections.counting.projector import Projector
from branchbook.ui.places.evaluations.yearly.counting.grade_entry import GradeEntry
from branchbook.ui.places.evaluations.yearly.counting.grade_rows import columns_of, rows_of
from branchbook.ui.places.evaluations.yearly.counting.grade_totals import GradeTotals
from branchbook.ui.places.evaluations.yearly.counting.grades_in_hand import GradesInHand, LineMark
from branchbook.ui.places.evaluations.yearly.counting.hand_line import hand_line
from branchbook.ui.places.evaluations.yearly.counting.panel_layout import TYPED, GradeLayout
from branchbook.ui.places.evaluations.yearly.counting.reckoning import (
    GradeReckoning,
    GradeState,
    ballots_read,
    reckon,
    why_closed,
    wrong_numbers,
)
from branchbook.ui.places.evaluations.yearly.counting.room import room_sheet
from branchbook.ui.places.evaluations.yearly.counting.wording import audience_word, number_of
from branchbook.ui.places.procedures.count_keeping import CountKeeping, EntryMode
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.theme import Tone


class GradePanel(GradeLayout):
    """Counts one round at a time.

    ``round_changed`` gives the ``GradeRound`` after every ballot that was confirmed or taken back and after every
    total that was left: the place keeps it as a draft. ``confirmed`` asks for the scrutineers' confirmation.
    """

    round_changed = Signal(object)
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keeping: CountKeeping[GradeRound] = CountKeeping(self)
        self.ballots = GradeEntry(self)
        self.totals = GradeTotals(self.table)
        self.mode = EntryMode.BALLOTS
        self.projector: Projector | None = None
        self.reckoning = GradeReckoning(GradeState.EMPTY, Tone.QUIET, "")
        self.locked = self.correcting = False
        self._last: GradesInHand | None = None
        self._focus_wanted = False
        self._name_buttons()
        self._connect()

    def _connect(self) -> None:
        self.keeping.changed.connect(self.refresh)
        self.keeping.kept.connect(self.round_changed)
        self.ballots.changed.connect(self.refresh)
        self.ballots.confirmed.connect(self._count_ballot)
        self.ballots.take_back_asked.connect(self._take_back)
        self.totals.typed.connect(self._type_total)
        self.totals.filled.connect(self._fill_total)
        self.totals.left.connect(self._settle)
        self.totals.ended.connect(self._end_totals)
        for entry in (self.ballots, self.totals):
            entry.said.connect(self.say)
        self.tiles.typed.connect(self._type_number)
        self.tiles.refused.connect(self.say)
        self.tiles.left.connect(self._settle)
        self.tiles.ended.connect(self.focus_entry)
        self.table.clicked.connect(self._click)
        self.table.moved.connect(lambda *_: self._show_items())
        self.items.edited.connect(self._type_items)
        self.items.left.connect(self._settle)
        self.confirm.clicked.connect(self._confirm)
        self.by_ballot.clicked.connect(lambda: self.set_mode(EntryMode.BALLOTS))
        self.by_totals.clicked.connect(lambda: self.set_mode(EntryMode.TOTALS))
        self.projecting.clicked.connect(self._open_or_close_projector)
        self.revealing.clicked.connect(self.refresh)
        buttons = (self.by_ballot, self.by_totals, self.projecting, self.revealing)
        add_shortcuts(
            self, [(each.accessibleName(), each.toolTip().split()[-1], each.click) for each in buttons]
        )

    # ------------------------------------------------------------------------------------ showing

    @property
    def is_open(self) -> bool:
        """Whether numbers can be entered."""
        return self.keeping.round is not None and not self.keeping.round.is_confirmed and not self.locked

    @property
    def _by_items(self) -> bool:
        return self.keeping.round is not None and self.keeping.round.form == BallotForm.ITEMS

    def set_correcting(self, correcting: bool) -> None:
        """Change the totals of a count of a round that has ended; they are written with a reason."""
        self.confirm.setText(self.tr("保存更正") if correcting else self.tr("监票人确认"))
        self.correcting = correcting

    def show_count(self, counted: GradeRound, *, locked: bool = False) -> None:
        """Show a round. Of the round shown already, an answer that entries have overtaken changes nothing."""
        before, self.locked = self.keeping.round, locked
        taken = self.keeping.take(counted)
        people = tuple(each.person_id for each in counted.lines)
        another = before is None or before.id != counted.id
        here = self.isAncestorOf(QApplication.focusWidget() or self)
        if another or (taken and self.ballots.hand.people != people):
            self._last = None
            self.revealing.setChecked(False)
            self.ballots.begin(people, [initials_of(each.count.name) for each in counted.lines])
        if (another and self._by_items) or self.correcting:
            self.mode = EntryMode.TOTALS
        if counted.is_confirmed:
            self._last = None
        self.refresh()
        if (another and here) or (self._focus_wanted and self.isVisible()):
            self.focus_entry()

    def refresh(self) -> None:
        """Show everything as it stands now."""
        counted = self.keeping.round
        if counted is None:
            return
        typing = self.totals.whose if self.mode == EntryMode.TOTALS else None
        self.reckoning = reckon(counted, typing)
        subtitle = self.tr("{day} · 被测评 {n} 人").format(day=counted.held_on, n=len(counted.lines))
        self.set_title(audience_word(counted.audience), subtitle)
        self.tiles.show_round(
            counted, open_fields=TYPED if self.is_open else (), wrong=wrong_numbers(counted)
        )
        self.verdict.say(self.reckoning.tone, self.reckoning.text)
        self._show_table(counted)
        self._show_entry(counted)
        self._show_items()
        self._show_room(counted)

    def _show_table(self, counted: GradeRound) -> None:
        by_ballot = self.is_open and self.mode == EntryMode.BALLOTS
        by_totals = self.is_open and self.mode == EntryMode.TOTALS
        self.ballots.closed = why_closed(counted)
        self.table.keys = self.ballots if by_ballot else self.totals if by_totals else None
        reading = by_ballot and not self.ballots.closed
        hand = self.ballots.hand if reading else None
        self.table.show_cells(
            rows_of(counted, self.reckoning, hand),
            columns_of(by_ballot=reading, by_totals=by_totals, short=self.is_narrow),
        )
        if hand is not None and hand.people:
            row = min(hand.cursor, len(hand.people) - 1)
            self.table.select(hand.people[row], "name")

    def _show_entry(self, counted: GradeRound) -> None:
        for button, mode in ((self.by_ballot, EntryMode.BALLOTS), (self.by_totals, EntryMode.TOTALS)):
            only_totals = self._by_items or self.correcting
            button.setEnabled(self.is_open and not (mode == EntryMode.BALLOTS and only_totals))
            button.setChecked(self.is_open and self.mode == mode)
        self.hint.setText(self._keys_words(counted))
        self.hint.setVisible(self.is_open)
        if self.is_open and self.mode == EntryMode.BALLOTS and not self.ballots.closed:
            self.line.say(*hand_line(self.ballots.hand, (ballots_read(counted) or 0) + 1))
        else:
            self.line.clear()
        complete = self.reckoning.state == GradeState.COMPLETE
        self.confirm.setVisible(self.is_open)
        self.confirm.setEnabled(complete)
        self.note.setText(self.tr("测评票只作参考，不以票定等次") if counted.is_confirmed or complete else "")

    def _keys_words(self, counted: GradeRound) -> str:
        """The keys of the moment."""
        if self.mode == EntryMode.TOTALS:
            return self.tr(
                "直接键入数字 · 回车 下一格 · 方向键 移动 · = 补足这一格 · 每人六项之和应等于有效票"
            )
        if not counted.returned:
            return self.tr("在“收回”里填张数，回车开始 · F3 录入合计 · F5 大字显示")
        if self.ballots.closed:
            return self.tr("退格 撤回刚确认的一张 · F3 录入合计 · F5 大字显示")
        return self.tr(
            "1 优秀 · 2 合格 · 3 基本合格 · 4 不合格 · 0 弃权 · X 作废"
            " · 5 6 7 8 其余全部优秀 / 合格 / 基本合格 / 不合格"
            " · 字母 跳到这个姓 · 9 整票无效 · 回车 下一张 · 退格 撤回"
        )

    def _show_items(self) -> None:
        counted, row = self.keeping.round, self.table.current_row
        line = counted.line_of(row.person_id) if counted is not None and row is not None else None
        shown = self._by_items and line is not None
        self.items.setVisible(shown)
        if shown and line is not None and counted is not None:
            self.items.show_line(line, counted.valid, locked=not self.is_open)

    def focus_entry(self) -> None:
        """Put the keyboard where the next entry goes; once a round is shown, where that is still to come."""
        counted = self.keeping.round
        self._focus_wanted = counted is None or not self.isVisible()
        if self._focus_wanted or counted is None:
            return
        if counted.is_confirmed:
            self.projecting.setFocus()
        elif not counted.returned:
            first = "returned" if counted.issued else "due"
            self.tiles.field(first).setFocus()
            self.tiles.field(first).selectAll()
        else:
            self.table.setFocus()
            if self.mode == EntryMode.TOTALS and self.table.current_column in ("", "name", "sum"):
                self.totals.start()
            QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        """Scroll the page so that the ballot in hand, the table and its keys are in sight together."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if isinstance(page, QScrollArea) and self.table.hasFocus():
            inside = page.widget()
            for widget in (self.hint, self.verdict):
                top = widget.mapTo(inside, widget.rect().topLeft()).y()
                page.ensureVisible(0, top + widget.height(), 0, 8)
                page.ensureVisible(0, top, 0, 8)

    def set_mode(self, mode: EntryMode) -> None:
        """Enter ballots one by one, or their totals; what is counted stays, and so does the ballot in hand."""
        self._settle()
        self._last = None
        self.mode = EntryMode.TOTALS if self._by_items or self.correcting else mode
        self.refresh()
        if self.mode == EntryMode.TOTALS:
            self.totals.start()
        self.focus_entry()

    def say(self, words: str) -> None:
        """Say a word of help until the next key."""
        self.line.say(Tone.WARN, words)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard where that was asked for before there was anything to see."""
        super().showEvent(event)
        if self._focus_wanted:
            QTimer.singleShot(0, self.focus_entry)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another place is shown: no single ballot is remembered."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._last = None

    # ----------------------------------------------------------------------------- ballot by ballot

    def _count_ballot(self, ballot: GradesInHand) -> None:
        counted = self.keeping.round
        if counted is None or why_closed(counted):
            return
        if ballot.spoiled:
            after = replace(counted, invalid=counted.invalid + 1)
        else:
            after = with_ballot(counted, ballot.marks)
        self._last = ballot
        self.ballots.begin(self.ballots.hand.people)
        self.keeping.change(lambda _: after, keep=True)

    def _take_back(self) -> None:
        counted, last = self.keeping.round, self._last
        if counted is None or last is None:
            self.say(self.tr("只记得刚刚确认的那一张，更早的不能撤回；可用“录入合计”更正票数"))
            return
        try:
            taken = (
                replace(counted, invalid=counted.invalid - 1)
                if last.spoiled
                else without_ballot(counted, last.marks)
            )
        except Problem as problem:
            self.say(str(problem))
            return
        self._last = None
        self.keeping.change(lambda _: taken, keep=True)
        self.ballots.take_up(last)

    def _click(self, index: QModelIndex) -> None:
        if self.is_open and self.mode == EntryMode.BALLOTS:
            self.ballots.point(index.row())

    # -------------------------------------------------------------------------------------- totals

    def _type_total(self, person_id: UUID, mark: LineMark, number: int) -> None:
        self._last = None

        def changed(line: GradeLine) -> GradeLine:
            return replace(line, count=replace(line.count, **{mark.value: number}))  # type: ignore[arg-type]

        self.keeping.change(
            lambda counted: replace(
                counted,
                lines=tuple(changed(each) if each.person_id == person_id else each for each in counted.lines),
            )
        )

    def _fill_total(self, person_id: UUID, mark: LineMark) -> None:
        """What is missing to the valid ballots goes into the cell."""
        counted = self.keeping.round
        line = counted.line_of(person_id) if counted is not None else None
        if counted is None or line is None:
            return
        missing = counted.valid - line.count.all + number_of(line.count, mark)
        if missing >= 0:
            self._type_total(person_id, mark, missing)
        else:
            self.say(self.tr("其余各项已多于有效票 {n} 张，没有可补的").format(n=counted.valid))

    def _type_items(self, line: GradeLine) -> None:
        self._last = None
        self.keeping.change(
            lambda counted: replace(
                counted,
                lines=tuple(line if each.person_id == line.person_id else each for each in counted.lines),
            )
        )

    def _end_totals(self) -> None:
        if self.confirm.isEnabled():
            self.confirm.setFocus()
        else:
            self.refresh()

    def _type_number(self, name: str, number: int) -> None:
        self._last = None
        self.keeping.set_number(name, number)

    def _settle(self) -> None:
        """A number was left: give the round away to be kept."""
        self.keeping.keep()
        self.refresh()

    def _confirm(self) -> None:
        self.keeping.keep()
        self._last = None
        self.confirmed.emit()

    # ------------------------------------------------------------------------------------ the room

    def _show_room(self, counted: GradeRound) -> None:
        is_shown = self.projector is not None and self.projector.isVisible()
        self.projecting.setChecked(is_shown)
        self.revealing.setVisible(is_shown)
        if self.projector is not None and is_shown:
            self.projector.show_sheet(room_sheet(counted), revealed=self.revealing.isChecked())

    def _open_or_close_projector(self) -> None:
        if self.projector is not None and self.projector.isVisible():
            self.projector.close()
            return
        if self.projector is None:
            self.projector = Projector(self)
            self.projector.closed.connect(self._projector_closed)
            self.projector.show_result_wanted.connect(self.revealing.click)
        self.revealing.setChecked(False)
        self.projector.open_in_room()
        self.refresh()

    def _projector_closed(self) -> None:
        self.revealing.setChecked(False)
        self.revealing.hide()
        self.projecting.setChecked(False)
