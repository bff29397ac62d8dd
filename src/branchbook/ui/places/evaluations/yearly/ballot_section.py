"""民主测评: the ballots of members and those of the masses, each counted apart and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.evaluation_participants import is_on_ballot
from branchbook.domain.evaluations import Audience, BallotForm, GradeRound
from branchbook.domain.procedures import Procedure
from branchbook.services.evaluation_corrections import correct_round
from branchbook.services.grade_rounds import (
    begin_round,
    confirm_round,
    keep_round,
    remove_round,
    reopen_round,
    save_round,
)
from branchbook.ui.places.evaluations.yearly.counting import GradePanel
from branchbook.ui.places.evaluations.yearly.counting.wording import audience_word
from branchbook.ui.places.evaluations.yearly.round_view import BALLOT, EvaluationStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class BallotSection(StepSection):
    """A chip for each round of ballots, and buttons that issue one."""

    steps = frozenset({BALLOT})
    parts = frozenset({"grade_rounds"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._typed: GradeRound | None = None
        self._wanted: UUID | None = None
        self._again: Audience | None = None
        self.chips = Chips(self)
        self.chips.setAccessibleName(self.tr("测评的各轮"))
        self.chips.chosen.connect(self._choose)
        self.discard_button = Button(self.tr("删去这一轮"), "trash-2", self)
        self.discard_button.clicked.connect(self.discard)
        self.reopen_button = Button(self.tr("重新计票"), "rotate-ccw", self)
        self.reopen_button.clicked.connect(self._ask_reopen)
        self.start_words = Text("", "dim-body", self, wrap=True)
        self.buttons: dict[Audience, Button] = {}
        for audience in Audience:
            button = Button(self.tr("发{what}票").format(what=audience_word(audience)), "vote", self)
            button.clicked.connect(partial(self._start, audience))
            self.buttons[audience] = button
        self.reopening = ReasonStrip(self)
        self.reopening.confirmed.connect(self.reopen)
        self.repeating = ReasonStrip(self)
        self.repeating.confirmed.connect(self._repeat)
        self.correcting = ReasonStrip(self)
        self.correcting.confirmed.connect(self._correct)
        self.panel = GradePanel(self)
        self.panel.round_changed.connect(self._keep)
        self.panel.confirmed.connect(self.confirm)
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chips, 1)
        for button in (*self.buttons.values(), self.reopen_button, self.discard_button):
            line.addWidget(button)
        line.addStretch(0)
        self.column.addWidget(self.start_words)
        self.column.addLayout(line)
        for widget in (self.reopening, self.repeating, self.correcting, self.panel):
            self.column.addWidget(widget)

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the rounds; the one that is open, else the last, comes first."""
        before = self.view
        another = before is None or before.procedure.id != view.procedure.id
        super().show_step(view, locked=locked)
        assert isinstance(view, EvaluationStep)
        if another or locked:
            self._typed = None
            self.correcting.hide()
        rounds = view.ballots
        chips = [(str(each.id), self._chip(each)) for each in rounds]
        known = {key for key, _ in chips}
        fresh = [key for key, _ in chips if key not in self.chips.keys]
        self.chips.set_chips(chips)
        if rounds and (another or self.chips.current not in known or fresh):
            open_rounds = [each for each in rounds if not each.is_confirmed]
            shown = open_rounds[-1] if open_rounds else rounds[-1]
            self.chips.choose(fresh[-1] if fresh and not another else str(shown.id))
        self._show_starts(view)
        self._show_chosen()
        self.arranged.emit()

    @property
    def corrects(self) -> bool:
        """Whether the round has ended and is being corrected: a count is then written with a reason."""
        return self.view is not None and not self.view.procedure.is_open and not self.locked

    def _chip(self, counted: GradeRound) -> str:
        state = self.tr("已确认") if counted.is_confirmed else self.tr("计票中")
        words = self.tr("{what} {day} {state}")
        day = f"{counted.held_on.month}-{counted.held_on.day:02}"
        return words.format(what=audience_word(counted.audience), day=day, state=state)

    def _show_starts(self, view: EvaluationStep) -> None:
        counting = {each.audience for each in view.ballots if not each.is_confirmed}
        counted = {each.audience for each in view.ballots if each.is_confirmed}
        for audience, button in self.buttons.items():
            again = audience in counted
            button.setVisible(
                view.procedure.is_open
                and not self.locked
                and not (counting if again else audience in counting)
            )
            words = self.tr("再发一轮{what}票") if again else self.tr("发{what}票")
            button.setText(words.format(what=audience_word(audience)))
        graded = sum(map(is_on_ballot, view.procedure.participants))
        words = self.tr("被测评 {n} 人。党员测评和群众测评分开发票、分开计票，只记合计，不记谁投的哪一张")
        nobody = self.tr("还没有核定参评人员，先到“核定参评人员”按名册核定")
        self.start_words.setText(words.format(n=graded) if graded else nobody)
        self.start_words.setVisible(not view.ballots)

    def _chosen(self) -> GradeRound | None:
        view = self.view
        rounds = view.ballots if isinstance(view, EvaluationStep) else ()
        return next((each for each in rounds if str(each.id) == self.chips.current), None)

    def _choose(self, _: str) -> None:
        self.leave()
        self._show_chosen()
        self.arranged.emit()

    def _show_chosen(self) -> None:
        shown = self._chosen()
        open_round = shown is not None and not shown.is_confirmed and not self.locked
        self.panel.setVisible(shown is not None)
        self.chips.setVisible(shown is not None)
        self.discard_button.setVisible(open_round)
        open_again = shown is not None and shown.is_confirmed and not (self.locked or self.corrects)
        self.reopen_button.setVisible(open_again)
        self.panel.set_correcting(self.corrects)
        if shown is None:
            return
        if self.corrects:
            shown = replace(shown, confirmed_on=None)
        typed = self._typed
        now = typed if typed is not None and typed.id == shown.id and not shown.is_confirmed else shown
        self.panel.show_count(now, locked=self.locked)
        if self._wanted == shown.id:
            self._wanted = None
            self.panel.focus_entry()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        tools = [self.reopen_button, self.discard_button, *self.buttons.values()]
        shown = [each for each in tools if each.isVisibleTo(self)]
        panel = [] if self.panel.isHidden() else self.panel.stops()
        return [self.chips.stop(), *shown, *panel]

    # ------------------------------------------------------------------------------------- edits

    def _start(self, audience: Audience, *_: object) -> None:
        view = self.view
        again = isinstance(view, EvaluationStep) and any(each.audience == audience for each in view.ballots)
        if again:
            self._again = audience
            self.repeating.ask(self.tr("再测评一次的原因"), self.tr("写一句为什么"), self.tr("发票"))
        else:
            self.begin(audience)

    def _repeat(self, reason: str) -> None:
        if self._again is not None:
            self.begin(self._again, reason)

    def begin(self, audience: Audience, reason: str = "") -> None:
        """Issue ballots on the step's day, in the form that the step says."""
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        day, procedure_id = self.day, view.procedure.id
        form = BallotForm.ITEMS if self.typed().flag("item_by_item") else BallotForm.GRADES

        def begun(procedure: Procedure) -> None:
            self.repeating.hide()
            self._wanted = procedure.grade_rounds[-1].id
            shown = self._chosen()
            if shown is not None and shown.id == self._wanted:
                self._wanted = None
                self.panel.focus_entry()

        self.do(lambda: begin_round(book, procedure_id, audience, form, day, actor, reason=reason), begun)

    def confirm(self) -> None:
        """The scrutineers confirm: what is typed is saved, then frozen on the day of the ballot."""
        shown, view = self._chosen(), self.view
        if shown is None or view is None:
            return
        if self.corrects:
            self.correcting.ask(self.tr("更正原因"), self.tr("如“合计录错”"), self.tr("保存更正"))
            return
        book, actor = self.place.context.book, self.place.context.actor()
        round_id, day, procedure_id = shown.id, shown.held_on, view.procedure.id
        self._save(lambda: self.do(lambda: confirm_round(book, procedure_id, round_id, day, actor)))

    @property
    def has_corrections(self) -> bool:
        """Whether numbers of a round that has ended were changed."""
        return self._typed is not None and self.corrects

    def _correct(self, reason: str) -> None:
        self.correct(reason, lambda: None)

    def correct(self, reason: str, then: Callable[[], None]) -> None:
        """Write the numbers of a count of a round that has ended, with the reason."""
        view, typed = self.view, self._typed
        if view is None or typed is None:
            self.correcting.hide()
            then()
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def corrected(_: object) -> None:
            self._typed = None
            self.correcting.hide()
            then()

        self.do(lambda: correct_round(book, view.procedure.id, typed, reason, actor), corrected)

    def give_up(self) -> None:
        """Forget the numbers that were typed."""
        self._typed = None
        self.correcting.hide()

    def _ask_reopen(self) -> None:
        self.reopening.ask(self.tr("重新计票的原因"), self.tr("如“合计录错”"), self.tr("重新计票"))

    def reopen(self, reason: str) -> None:
        """Take back a confirmation, with its reason."""
        shown, view = self._chosen(), self.view
        if shown is not None and view is not None:
            book, actor = self.place.context.book, self.place.context.actor()
            self.do(
                lambda: reopen_round(book, view.procedure.id, shown.id, reason, actor),
                lambda _: self.reopening.hide(),
            )

    def discard(self) -> None:
        """Take back a round that was begun by mistake; what was counted is saved first, so that undo brings it back."""
        shown, view = self._chosen(), self.view
        if shown is not None and view is not None:
            book, actor = self.place.context.book, self.place.context.actor()
            self._save(lambda: self.do(lambda: remove_round(book, view.procedure.id, shown.id, actor)))

    def leave(self) -> None:
        """Make an operation of what was counted since the last one."""
        if self._chosen() is not None:
            self._save()

    def _keep(self, counted: GradeRound) -> None:
        """After every ballot or total: on the disk at once, without a line in the history."""
        view = self.view
        if view is None:
            return
        self._typed = counted
        if self.corrects:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        self.place.context.commands.keep(
            lambda: keep_round(book, view.procedure.id, counted, actor),
            owner=self.place,
            failed=self.refusal.show_problem,
        )

    def _save(self, then: Callable[[], None] = lambda: None) -> None:
        view, shown = self.view, self._chosen()
        if view is None or shown is None:
            return
        typed = self._typed if self._typed is not None and self._typed.id == shown.id else shown
        stored = next((each for each in view.procedure.grade_rounds if each.id == typed.id), None)
        if stored is None or stored.is_confirmed or stored == typed:
            then()
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def saved(_: object) -> None:
            if self._typed is typed:
                self._typed = None
            then()

        self.do(lambda: save_round(book, view.procedure.id, typed, actor), saved)
