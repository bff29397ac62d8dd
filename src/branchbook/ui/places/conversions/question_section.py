"""支部大会表决: one question at a time about one person, counted at the table and confirmed by the scrutineers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from branchbook.domain.ballots import Question, QuestionRound
from branchbook.services.conversion_votes import (
    begin_question,
    confirm_question,
    drop_question,
    save_question,
)
from branchbook.services.probations import refused_since
from branchbook.ui.places.conversions.conversion_step import MEETING, ConversionStep, ShownQuestion
from branchbook.ui.places.conversions.question_fields import QuestionFields, verdict_tone
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.inline_form import FormHost, InlineForm
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField
from branchbook.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from branchbook.ui.place import Place

LEAST_MONTHS = 6


class QuestionSection(StepSection):
    """Votes that are confirmed as sentences, the open one as fields, and buttons that put a question."""

    steps = frozenset({MEETING})
    parts = frozenset({"questions"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._typed: QuestionRound | None = None
        self._wanted: UUID | None = None
        self.title = Text(self.tr("表决"), "label", self)
        self.results: list[Banner] = []
        self.host = FormHost(self)
        self.host.closed.connect(self.arranged)
        self.form: InlineForm | None = None
        self.counting = QuestionFields(self)
        self.counting.edited.connect(self._keep)
        self.counting.settled.connect(self._save)
        self.counting.confirmed.connect(self.confirm)
        self.counting.dropped.connect(self.drop)
        self.what = Text("", "", self)
        self.offers = WrappingRow(self)
        words = self._words()
        self.buttons = {
            each: Button(self.tr("表决{what}").format(what=words[each]), "vote") for each in Question
        }
        for question, button in self.buttons.items():
            button.clicked.connect(partial(self.offer, question))
            self.offers.add(button)
        for widget in (self.title, self.offers, self.host, self.what, self.counting):
            self.column.addWidget(widget)

    def _words(self) -> dict[Question, str]:
        return {
            Question.CONVERT: self.tr("按期转正"),
            Question.EXTEND: self.tr("延长预备期"),
            Question.CANCEL: self.tr("取消预备党员资格"),
        }

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the votes of the meeting; nothing in a joining, whose vote stands in the meeting's record."""
        another = self.view is None or self.view.procedure.id != view.procedure.id
        super().show_step(view, locked=locked)
        assert isinstance(view, ConversionStep)
        self.setVisible(view.is_conversion)
        if another:
            self._typed = None
            self.host.shut()
        self._show_results([each for each in view.questions if each.vote.confirmed_on is not None])
        opened = next((each.vote for each in view.questions if each.vote.confirmed_on is None), None)
        self.counting.setVisible(opened is not None)
        self.what.setVisible(opened is not None)
        decided = view.resolved
        open_again = decided is None or refused_since(view.procedure, decided)
        may_ask = opened is None and open_again and not locked
        self.offers.setVisible(may_ask)
        if not may_ask:
            self.host.shut()
        self.buttons[Question.EXTEND].setEnabled(not view.was_extended)
        if opened is not None:
            typed = self._typed if self._typed is not None and self._typed.id == opened.id else opened
            self.what.setText(self._named(opened))
            self.counting.show_vote(typed, view.all_rules, view.today, locked=locked)
            if self._wanted == opened.id:
                self._wanted = None
                self.counting.focus_entry()
        self.arranged.emit()

    def _named(self, vote: QuestionRound) -> str:
        words = self._words()[vote.question]
        if vote.question == Question.EXTEND:
            words = self.tr("{what} {n} 个月").format(what=words, n=vote.months)
        hands = self.tr("举手") if vote.by_hands else self.tr("无记名")
        return self.tr("{what} · {day} · {how}").format(what=words, day=vote.held_on, how=hands)

    def _show_results(self, confirmed: list[ShownQuestion]) -> None:
        for line in self.results:
            line.hide()
            line.deleteLater()
        self.results = []
        for number, each in enumerate(confirmed):
            banner = Banner(self, closable=False)
            last = each.result.findings[-1]
            banner.say(verdict_tone(each.result), self._named(each.vote), last.article, more=last.text)
            self.column.insertWidget(2 + number, banner)
            self.results.append(banner)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order; a form has its own order."""
        if not self.counting.isHidden():
            return self.counting.stops()
        return [] if self.offers.isHidden() else list(self.buttons.values())

    # ------------------------------------------------------------------------------------- edits

    def offer(self, question: Question, *_: object) -> None:
        """Ask on which day the meeting was held, and for how long an extension is."""
        view = self.view
        if view is None:
            return
        title = self.tr("表决{what}").format(what=self._words()[question])
        form = InlineForm(self.place, title, self.tr("开始表决"))
        day = form.add_date(self.tr("大会日期"), self._meeting_day(view))
        months: NumberField | None = None
        if question == Question.EXTEND:
            months = NumberField(form)
            months.set_number(LEAST_MONTHS)
            form.fields.add(self.tr("延长几个月"), months)
        form.submitted.connect(
            lambda: self._begin(form, question, form.day(day), months.number() if months else 0)
        )
        self.form = form
        self.host.open(form)
        self.arranged.emit()

    def _meeting_day(self, view: StepView) -> date:
        """The day of the linked meeting, whose attendance is asked; else that of the step."""
        linked = self.typed().record_id
        held = (each.held_on for each in view.meetings if each.id == linked)
        return next(filter(None, held), None) or self.day

    def _begin(self, form: InlineForm, question: Question, day: date, months: int | None) -> None:
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def begun(vote: QuestionRound) -> None:
            self._wanted = vote.id
            if self.view is not None and any(each.id == vote.id for each in self.view.procedure.questions):
                self._wanted = None
                self.counting.focus_entry()

        form.run(
            lambda: begin_question(book, view.procedure.id, question, day, actor, months or 0),
            begun,
        )

    def confirm(self) -> None:
        """The scrutineers confirm: what is typed is saved, then frozen on the day of the meeting."""
        opened = self._opened()
        view = self.view
        if opened is None or view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        vote_id, day = opened.id, opened.held_on
        self._save(lambda: self.do(lambda: confirm_question(book, view.procedure.id, vote_id, day, actor)))

    def drop(self) -> None:
        """Take back a vote that was begun by mistake; undo brings it back."""
        opened = self._opened()
        view = self.view
        if opened is None or view is None:
            return
        self._typed = None
        book, actor, vote_id = self.place.context.book, self.place.context.actor(), opened.id
        self.do(lambda: drop_question(book, view.procedure.id, vote_id, actor))

    def leave(self) -> None:
        """Make an operation of what was typed since the last one."""
        self.counting.settle()
        self._save()

    def _opened(self) -> QuestionRound | None:
        asked = self.view.procedure.questions if self.view else ()
        return next((each for each in asked if each.confirmed_on is None), None)

    def _keep(self, vote: QuestionRound) -> None:
        self._typed = vote

    def _save(self, then: Callable[[], None] = lambda: None) -> None:
        view, typed, opened = self.view, self._typed, self._opened()
        if view is None:
            return
        if typed is None or opened is None or typed.id != opened.id or typed == opened:
            then()
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def saved(_: object) -> None:
            if self._typed is typed:
                self._typed = None
            then()

        self.do(lambda: save_question(book, view.procedure.id, typed, actor), saved)
