"""投票计票: the rounds of a step, each counted in the counting panel; what follows is begun from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.ballots import BallotRound
from branchbook.services.election_rounds import (
    NextRound,
    agree_to_fewer_seats,
    begin_round,
    confirm_round,
    discard_round,
    keep_count,
    save_round,
)
from branchbook.services.words import word_of
from branchbook.ui.place import Destination, ShowRules
from branchbook.ui.places.elections.counting import CountingPanel
from branchbook.ui.places.elections.round_chips import chips_of, first_chip
from branchbook.ui.places.elections.rounds_view import STEPS, KindRounds, ShownRound
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_AROUND_TABLE, _AROUND_FROZEN = 370, 300
"""What the panel needs beside its table, so that nothing in it scrolls by itself; less once it is confirmed."""


class CountingSection(StepSection):
    """A chip for each round, and for each kind that was not balloted yet one that begins it."""

    steps = STEPS

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._typed: BallotRound | None = None
        self.quorum = Banner(self, closable=False)
        self.chips = Chips(self)
        self.chips.setAccessibleName(self.tr("投票的各轮"))
        self.chips.chosen.connect(self._choose)
        self.discard_button = Button(self.tr("删去这一轮"), "trash-2", self)
        self.discard_button.clicked.connect(self.discard)
        self.start = QWidget(self)
        self.start_words = Text("", "dim-body", self.start, wrap=True)
        self.start_button = Button(self.tr("开始投票"), "vote", self.start)
        self.start_button.clicked.connect(self.begin)
        self.panel = CountingPanel(self)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        panel = self.panel
        panel.round_changed.connect(self._keep)
        panel.confirmed.connect(self.confirm)
        panel.next_round.connect(self.begin_next)
        panel.fewer_seats.connect(self.agree_to_fewer)
        panel.rule_asked.connect(lambda _: self.place.go.emit(Destination("settings", ShowRules())))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chips, 1)
        line.addWidget(self.discard_button)
        column = QVBoxLayout(self.start)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.start_words)
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addStretch(1)
        column.addLayout(row)
        self.column.addWidget(self.quorum)
        self.column.addLayout(line)
        self.column.addWidget(self.start)
        self.column.addWidget(self.panel)

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the rounds; the one that is open, else the last, comes first."""
        before = self.view
        another = before is None or (before.procedure.id, before.spec.key) != (
            view.procedure.id,
            view.spec.key,
        )
        super().show_step(view, locked=locked)
        found = view.rounds
        if found is None:
            return
        self.quorum.say(
            Tone.OK if found.quorum.met else Tone.BAD, found.quorum.sentence, found.quorum.article
        )
        self.panel.use_rules(found.rulebook, found.write_ins)
        chips = chips_of(found)
        known = {key for key, _ in chips}
        fresh = [key for key, _ in chips if key not in self.chips.keys]
        self.chips.set_chips(chips)
        if another or self.chips.current not in known:
            self.chips.choose(first_chip(found))
        elif fresh:
            self.chips.choose(fresh[-1])
        self._show_chosen()
        self.arranged.emit()

    def _chosen(self) -> tuple[KindRounds | None, ShownRound | None]:
        found = self.view.rounds if self.view else None
        for kind in found.kinds if found else ():
            if kind.kind.value == self.chips.current:
                return kind, None
            for each in kind.rounds:
                if str(each.ballots.id) == self.chips.current:
                    return kind, each
        return None, None

    def _choose(self, _: str) -> None:
        self.leave()
        self._show_chosen()
        self.arranged.emit()

    def _show_chosen(self) -> None:
        kind, shown = self._chosen()
        view = self.view
        self.panel.setVisible(shown is not None)
        self.start.setVisible(shown is None and kind is not None)
        self.quorum.setVisible(shown is None)
        self.discard_button.setVisible(
            shown is not None and not shown.ballots.is_confirmed and not self.locked
        )
        if view is None:
            return
        if shown is not None:
            typed = self._typed
            ballots = typed if typed is not None and typed.id == shown.ballots.id else shown.ballots
            result = shown.result if ballots == shown.ballots else None
            self.panel.show_count(view.procedure, ballots, result, shown.following)
            around = _AROUND_FROZEN if ballots.is_confirmed else _AROUND_TABLE
            self.panel.setMinimumHeight(Look.current().px(around) + self.panel.table.maximumHeight())
        elif kind is not None:
            words = self.tr("应选{kind} {seats} 名，候选人 {n} 名：{names}")
            said = words.format(
                kind=word_of(kind.kind), seats=kind.seats, n=len(kind.names), names="、".join(kind.names)
            )
            nobody = self.tr("还没有{kind}候选人，先在“候选人报批”里添加").format(kind=word_of(kind.kind))
            self.start_words.setText(said if kind.names else nobody)
            self.start_button.setVisible(not self.locked)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order: the step's day stands above the panel and comes before it."""
        start = [] if self.start.isHidden() else [self.start_button]
        panel = [] if self.panel.isHidden() else self.panel.stops()
        return [self.chips.stop(), self.discard_button, *start, *panel]

    # ------------------------------------------------------------------------------------- edits

    def begin(self) -> None:
        """Issue the ballots of the kind that is shown."""
        kind, _ = self._chosen()
        view = self.view
        if kind is None or view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        step, which, day = view.spec.key, kind.kind, self.day
        self.do(
            lambda: begin_round(book, view.procedure.id, step, which, actor, on=day),
            lambda _: self._focus_panel(),
        )

    def begin_next(self, following: NextRound) -> None:
        """Issue the ballots that the result of the round at hand asks for."""
        _, shown = self._chosen()
        view = self.view
        if shown is None or view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        step, day, after = view.spec.key, shown.ballots.held_on, shown.ballots.id
        self.do(
            lambda: begin_round(
                book, view.procedure.id, step, following.kind, actor, following.ballot, after, on=day
            ),
            lambda _: self._focus_panel(),
        )

    def confirm(self) -> None:
        """The scrutineers confirm: what is typed is saved, then frozen on the day of the ballot."""
        _, shown = self._chosen()
        view = self.view
        if shown is None or view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        round_id, day = shown.ballots.id, shown.ballots.held_on
        self._save(
            shown.ballots,
            lambda: self.do(lambda: confirm_round(book, view.procedure.id, round_id, day, actor)),
        )

    def agree_to_fewer(self, consenting: int) -> None:
        """Note how many agree to leave the open seats unfilled."""
        _, shown = self._chosen()
        view = self.view
        if shown is not None and view is not None:
            book, actor = self.place.context.book, self.place.context.actor()
            round_id = shown.ballots.id
            self.do(lambda: agree_to_fewer_seats(book, view.procedure.id, round_id, consenting, actor))

    def discard(self) -> None:
        """Take back a round that was begun by mistake; what was counted is saved first, so that undo brings it back."""
        _, shown = self._chosen()
        view = self.view
        if shown is not None and view is not None:
            book, actor, round_id = self.place.context.book, self.place.context.actor(), shown.ballots.id
            self._save(
                shown.ballots,
                lambda: self.do(lambda: discard_round(book, view.procedure.id, round_id, actor)),
            )

    def leave(self) -> None:
        """Make an operation of what was counted since the last one."""
        _, shown = self._chosen()
        if shown is not None:
            self._save(shown.ballots)

    def _keep(self, ballots: BallotRound) -> None:
        """After every ballot or total: on the disk at once, without a line in the history."""
        view = self.view
        if view is None:
            return
        self._typed = ballots
        book, actor = self.place.context.book, self.place.context.actor()
        self.place.context.commands.keep(
            lambda: keep_count(book, view.procedure.id, ballots, actor),
            owner=self.place,
            failed=self.refusal.show_problem,
        )

    def _save(self, shown: BallotRound, then: Callable[[], None] = lambda: None) -> None:
        view, typed = self.view, self._typed
        if view is None:
            return
        if typed is None or typed.id != shown.id or shown.is_confirmed:
            typed = shown
        stored = next((each for each in view.procedure.rounds if each.id == typed.id), None)
        if stored is None or stored.is_confirmed or stored == typed:
            then()
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def saved(_: object) -> None:
            if self._typed is typed:
                self._typed = None
            then()

        self.do(lambda: save_round(book, view.procedure.id, typed, actor), saved)

    def _focus_panel(self) -> None:
        self.panel.focus_entry()
