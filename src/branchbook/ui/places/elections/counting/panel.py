"""Counting ballots at the table: what keys and buttons do to a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.ballot_counts import (
    OneBallot,
    WrittenName,
    marks_of,
    with_ballot,
    with_total,
    without_ballot,
    without_idle_names,
)
from branchbook.domain.ballots import BallotRound, WriteInLine
from branchbook.domain.problems import Problem
from branchbook.domain.tally import TallyResult, WriteInWithoutAgainst
from branchbook.ui.places.elections.counting.count_model import CountColumn
from branchbook.ui.places.elections.counting.count_view import CountView
from branchbook.ui.places.elections.counting.hand_line import why_closed
from branchbook.ui.places.elections.counting.provisional import barred_in
from branchbook.ui.places.elections.counting.wording import FollowingRound
from branchbook.ui.places.elections.counting.write_in_row import people_to_write
from branchbook.ui.places.procedures.count_keeping import EntryMode
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.domain.procedures import Procedure
    from branchbook.domain.rulebook import Rulebook

_VOID = WriteInWithoutAgainst.VOID_WRITE_IN


class CountingPanel(CountView):
    """Counts one round at a time.

    ``round_changed`` gives the ``BallotRound`` after every ballot that was confirmed or taken back and after
    every total that was left: the place keeps it as a draft. ``confirmed`` asks for the scrutineers'
    confirmation, ``next_round`` for what was pressed of the ``next_rounds``, ``fewer_seats`` tells how many
    agree. ``rule_asked`` tells that the source of a rule in doubt is wanted.
    """

    round_changed = Signal(object)
    confirmed = Signal()
    next_round = Signal(object)
    fewer_seats = Signal(int)
    rule_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focus_wanted = False
        self._connect_entry()
        self._connect_others()

    def _connect_entry(self) -> None:
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
            entry.write_in_asked.connect(self._ask_name)
            entry.said.connect(self.say)
        self.tiles.typed.connect(self._type_number)
        self.tiles.refused.connect(self.say)
        self.tiles.left.connect(self._settle)
        self.tiles.ended.connect(self.focus_entry)
        self.table.clicked.connect(self._click)
        self.write_in.written.connect(self._write)
        self.write_in.closed.connect(self.table.setFocus)

    def _connect_others(self) -> None:
        self.unconfirmed.linked.connect(lambda: self.rule_asked.emit("E-28"))
        self.steps.confirmed.connect(self._confirm)
        self.steps.next_round.connect(self.next_round)
        self.steps.fewer_seats.connect(self.fewer_seats)
        self.by_ballot.clicked.connect(lambda: self.set_mode(EntryMode.BALLOTS))
        self.by_totals.clicked.connect(lambda: self.set_mode(EntryMode.TOTALS))
        buttons = (self.by_ballot, self.by_totals, self.projecting, self.revealing)
        add_shortcuts(
            self, [(each.accessibleName(), each.toolTip().split()[-1], each.click) for each in buttons]
        )

    # ------------------------------------------------------------------------------------ showing

    def use_rules(self, rulebook: Rulebook, write_in_without_against: WriteInWithoutAgainst = _VOID) -> None:
        """Judge by the book's rules instead of those shipped with the program."""
        self._rulebook, self._setting = rulebook, write_in_without_against
        self.refresh()

    def show_count(
        self,
        procedure: Procedure,
        ballots: BallotRound,
        result: TallyResult | None = None,
        next_rounds: Sequence[FollowingRound] = (),
    ) -> None:
        """Show a round. Of the round shown already, an answer that entries have overtaken changes nothing."""
        before = self.keeping.round
        self._procedure = procedure
        taken = self.keeping.take(ballots)
        if taken:
            self._told = (ballots, result) if result is not None else None
            if result is not None:
                self._barred = (ballots.id, barred_in(result))
            self._following = (ballots, tuple(next_rounds))
        names = tuple(each.name for each in ballots.lines)
        another = before is None or before.id != ballots.id
        here = self.isAncestorOf(QApplication.focusWidget() or self)
        if another or (taken and self.ballots.hand.names != names):
            self._begin(names)
        if ballots.is_confirmed:
            self._last = None
        self.refresh()
        if (another and here) or (self._focus_wanted and self.isVisible()):
            self.focus_entry()

    def _begin(self, names: tuple[str, ...]) -> None:
        self._last = None
        self.write_in.hide()
        self.revealing.setChecked(False)
        self.ballots.begin(names)

    def focus_entry(self) -> None:
        """Put the keyboard where the next entry goes; once a round is shown, where that is still to come."""
        ballots = self.keeping.round
        self._focus_wanted = ballots is None or not self.isVisible()
        if self._focus_wanted:
            return
        assert ballots is not None
        if ballots.is_confirmed:
            self.projecting.setFocus()
        elif not ballots.returned:
            self.tiles.field("returned").setFocus()
            self.tiles.field("returned").selectAll()
        else:
            self.table.setFocus()
            current = self.table.currentIndex()
            if self.mode == EntryMode.TOTALS and self.table.count.number_at(current) is None:
                self.totals.start()

    def set_mode(self, mode: EntryMode) -> None:
        """Enter ballots one by one, or their totals; what is counted stays, and so does the ballot in hand."""
        self._settle()
        self._last = None
        self.mode = mode
        self.keeping.change(without_idle_names, keep=True)
        self.refresh()
        if mode == EntryMode.TOTALS:
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

    def _count_ballot(self, ballot: OneBallot) -> None:
        ballots = self.keeping.round
        if ballots is None or why_closed(ballots):
            return
        try:
            counted = with_ballot(ballots, ballot, self._setting)
        except Problem as problem:
            self.say(str(problem))
            return
        self._last = ballot
        self.ballots.begin(self.ballots.hand.names)
        self.keeping.change(lambda _: counted, keep=True)

    def _take_back(self) -> None:
        ballots, last = self.keeping.round, self._last
        if ballots is None or last is None:
            self.say(self.tr("只记得刚刚确认的那一张，更早的不能撤回；可用“录入合计”更正票数"))
            return
        try:
            taken = without_ballot(ballots, last, self._setting)
        except Problem as problem:
            self.say(str(problem))
            return
        self._last = None
        self.ballots.take_up(last)
        self.keeping.change(lambda _: taken, keep=True)

    def _click(self, index: Any) -> None:
        if self.is_open and self.mode == EntryMode.BALLOTS:
            on_mark = self.table.count.column_at(index) == CountColumn.HAND
            self.ballots.point(index.row(), turn=on_mark)

    # ---------------------------------------------------------------------------------- write-ins

    def _ask_name(self) -> None:
        if self._procedure is not None and self.keeping.round is not None:
            self.write_in.open_row(people_to_write(self._procedure.voters, self.keeping.round))

    def _write(self, written: WrittenName) -> None:
        ballots = self.keeping.round
        if ballots is None or not written.name:
            return
        if any(each.name == written.name for each in ballots.lines):
            words = self.tr("{name} 是候选人，请直接在这名候选人处标记")
            self.say(words.format(name=written.name))
        elif self.mode == EntryMode.BALLOTS:
            self.ballots.write(written)
        else:
            self._add_name(ballots, written)

    def _add_name(self, ballots: BallotRound, written: WrittenName) -> None:
        names = [each.name for each in ballots.write_ins]
        if written.name not in names:
            line = WriteInLine(written.name, 0, written.person_id)
            self.keeping.change(lambda before: replace(before, write_ins=(*before.write_ins, line)))
            names.append(written.name)
        self.totals.go(len(ballots.lines) + names.index(written.name), CountColumn.FOR)

    # -------------------------------------------------------------------------------------- totals

    def _type_total(self, row: int, column: CountColumn, number: int) -> None:
        self._last = None
        self.keeping.change(lambda ballots: with_total(ballots, row, column.value, number))

    def _fill_total(self, row: int, column: CountColumn) -> None:
        """What is missing to the valid ballots goes into the cell."""
        ballots = self.keeping.round
        if ballots is None or row >= len(ballots.lines):
            return
        line = ballots.lines[row]
        missing = ballots.valid - marks_of(line) + getattr(line, column.value)
        if missing >= 0:
            self._type_total(row, column, missing)
        else:
            self.say(self.tr("其余各项已多于有效票 {n} 张，没有可补的").format(n=ballots.valid))

    def _end_totals(self) -> None:
        if self.steps.confirm.isEnabled():
            self.steps.confirm.setFocus()
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
        self.keeping.change(without_idle_names, keep=True)
        self._last = None
        self.confirmed.emit()
