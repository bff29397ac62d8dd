"""Candidates, kind by kind: added by name, ordered by strokes or by hand with a reason, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure
from branchbook.services.election_candidates import in_order_around, set_candidates
from branchbook.services.operations import Outcome
from branchbook.services.words import word_of
from branchbook.ui.places.elections.candidates_table import CandidatesTable
from branchbook.ui.places.elections.candidates_view import STEPS, KindView
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_surroundings import FindingLines
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.number_field import NumberField
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker, matches
from branchbook.ui.widgets.strips import ReasonStrip
from branchbook.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class CandidatesSection(StepSection):
    """Every change is the whole list of one kind, given to the book as one operation."""

    steps = STEPS
    parts = frozenset({"candidates"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.kinds = Chips(self)
        self.kinds.setAccessibleName(self.tr("选哪个职务的候选人"))
        self.kinds.chosen.connect(lambda _: self._show_kind())
        self.table = CandidatesTable(self)
        self.table.chosen.connect(lambda _: self._show_current())
        self.table.moved.connect(self.move_by)
        self.table.removed.connect(self.remove)
        self.findings = FindingLines(self)
        self.moving = ReasonStrip(self)
        self.moving.confirmed.connect(self._move)
        self.withdrawing = ReasonStrip(self)
        self.withdrawing.confirmed.connect(self._withdraw)
        self._step = 0
        widgets = (self._head(), self.table, self.moving, self.withdrawing, self._tools(), self.findings)
        for widget in widgets:
            self.column.addWidget(widget)

    def _head(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Text(self.tr("候选人"), "label", line))
        row.addWidget(self.kinds, 1)
        self.hint = Elided(self.tr("Alt+↑ ↓ 调整顺序 · Delete 移除"), "dim", line)
        row.addWidget(self.hint, 1)
        return line

    def _tools(self) -> WrappingRow:
        """Adding at the left; what is done with the current candidate behind it."""
        self.picker = PersonPicker(self, keeps=True)
        self.picker.unknown.connect(self._say_unknown)
        self.picker.setAccessibleName(self.tr("添加候选人"))
        self.picker.setPlaceholderText(self.tr("添加：姓名或拼音首字母"))
        self.picker.setMinimumWidth(Look.current().px(210))
        self.picker.picked.connect(self.add)
        self.order_button = Button(self.tr("按姓氏笔画排列"), "list-checks", self)
        self.order_button.clicked.connect(self.order)
        self.up_button = IconButton("chevron-up", self.tr("上移"), self)
        self.up_button.clicked.connect(lambda: self.move_by(-1))
        self.down_button = IconButton("chevron-down", self.tr("下移"), self)
        self.down_button.clicked.connect(lambda: self.move_by(1))
        self.remove_button = IconButton("trash-2", self.tr("移除"), self)
        self.remove_button.clicked.connect(self.remove)
        self.withdraw_button = Button(self.tr("退出"), "", self)
        self.withdraw_button.clicked.connect(self._ask_withdraw)
        self.votes_label = Text(self.tr("推荐票"), "label", self)
        self.votes = NumberField(self)
        self.votes.setAccessibleName(self.tr("这名候选人的推荐票"))
        self.votes.left.connect(self._keep_votes)
        self.votes.judged.connect(self._say_votes)
        row = WrappingRow(self)
        for widget in (self.picker, self.order_button, *self._of_current()):
            row.add(widget)
        return row

    def _of_current(self) -> tuple[QWidget, ...]:
        return (
            self.up_button,
            self.down_button,
            self.remove_button,
            self.withdraw_button,
            self.votes_label,
            self.votes,
        )

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the candidates as the book holds them."""
        before = self.view
        super().show_step(view, locked=locked)
        if before is not None and before.procedure.id != view.procedure.id:
            self.picker.set_value(None)
        words = self.tr("{kind} {n}")
        chips = [
            (each.kind.value, words.format(kind=word_of(each.kind), n=len(each.candidates)))
            for each in view.candidates
        ]
        self.kinds.set_chips(chips)
        self.picker.set_people(view.people)
        self._show_kind()

    @property
    def kind(self) -> KindView | None:
        """The kind that is shown."""
        kinds = self.view.candidates if self.view else ()
        return next((each for each in kinds if each.kind.value == self.kinds.current), None)

    def _show_kind(self) -> None:
        kind = self.kind
        if kind is None or self.view is None:
            return
        self.table.show_candidates(kind.candidates, votes=self.view.spec.key == "nomination")
        self.findings.show_findings(kind.findings)
        self.picker.setVisible(not self.locked)
        ordered = tuple(each.person_id for each in kind.candidates) == kind.by_strokes
        by_strokes = kind.kind == ElectionKind.COMMITTEE and not ordered and not self.locked
        self.order_button.setVisible(by_strokes)
        self._show_current()
        self.arranged.emit()

    def _show_current(self) -> None:
        current = self.table.current_row
        for widget in self._of_current():
            widget.setVisible(current is not None and not self.locked)
        nominating = self.view is not None and self.view.spec.key == "nomination"
        for widget in (self.votes_label, self.votes):
            widget.setVisible(nominating and current is not None and not self.locked)
        if current is not None:
            back = bool(current.withdrawn_reason)
            self.withdraw_button.setText(self.tr("恢复") if back else self.tr("退出"))
            self.votes.set_number(current.nominated_votes or 0)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        tools = (self.picker, self.order_button, *self._of_current())
        shown: list[QWidget] = [
            each for each in tools if not each.isHidden() and each is not self.votes_label
        ]
        return [self.kinds.stop(), self.table, *shown]

    def leave(self) -> None:
        """Take the recommendation votes that are typed."""
        if not self.votes.isHidden():
            self._keep_votes()

    # ------------------------------------------------------------------------------------- edits

    def add(self, choice: PersonChoice | None) -> None:
        """Let someone stand: at the end; committee members at their place by strokes."""
        kind = self.kind
        if choice is None or kind is None:
            return
        added = Candidate(choice.id, choice.name, kind.kind)
        self.picker.set_value(None)
        self._keep((*kind.candidates, added), choice.id, by_strokes=True)

    def _say_unknown(self, typed: str) -> None:
        """A name that means nobody is told and stays as typed."""
        several = [each for each in self.view.people if matches(each, typed)] if self.view else []
        if several:
            text = self.tr("“{name}”不止一人，还没有添加").format(name=typed)
            more = self.tr("请按 ↓ 从列表中选一人")
        else:
            text = self.tr("名册里没有“{name}”，还没有添加").format(name=typed)
            more = self.tr("请核对姓名；不在册的，先在“党员”里登记")
        self.refusal.say(Tone.WARN, text, more=more)

    def order(self) -> None:
        """All of them by strokes; reasons for another order go."""
        kind = self.kind
        if kind is not None:
            self._keep(tuple(replace(each, manual_reason="") for each in kind.candidates), by_strokes=True)

    def move_by(self, step: int) -> None:
        """Move the current candidate; where strokes decide, the reason is asked first."""
        kind, current = self.kind, self.table.current_row
        if kind is None or current is None or self.locked:
            return
        self._step = step
        if kind.kind == ElectionKind.COMMITTEE:
            self.moving.ask(
                self.tr("不按笔画排列的原因"), self.tr("会印在候选人名单的说明里"), self.tr("移动")
            )
        else:
            self._move("")

    def remove(self) -> None:
        """Take the current candidate off the list."""
        kind, current = self.kind, self.table.current_row
        if kind is not None and current is not None and not self.locked:
            self._keep(tuple(each for each in kind.candidates if each.person_id != current.person_id))

    def _move(self, reason: str) -> None:
        kind, current = self.kind, self.table.current_row
        if kind is None or current is None:
            return
        rows = [each for each in kind.candidates if each.person_id != current.person_id]
        at = [each.person_id for each in kind.candidates].index(current.person_id) + self._step
        moved = replace(current, manual_reason=reason) if reason else current
        rows.insert(min(max(at, 0), len(rows)), moved)
        self._keep(tuple(rows), current.person_id, then=self.moving.hide)

    def _ask_withdraw(self) -> None:
        current = self.table.current_row
        if current is None:
            return
        if current.withdrawn_reason:
            self._replace(replace(current, withdrawn_reason=""))
        else:
            self.withdrawing.ask(self.tr("{name}退出的原因").format(name=current.name), "", self.tr("退出"))

    def _withdraw(self, reason: str) -> None:
        current = self.table.current_row
        if current is not None and reason.strip():
            self._replace(replace(current, withdrawn_reason=reason.strip()))
            self.withdrawing.hide()

    def _keep_votes(self) -> None:
        current, number = self.table.current_row, self.votes.number()
        if current is None or number is None or self.locked:
            return
        if number != (current.nominated_votes or 0):
            self._replace(replace(current, nominated_votes=number))

    def _say_votes(self, problem: Problem | None) -> None:
        """What is no number of votes is told beside the work, not only by its colour."""
        if problem is not None:
            self.refusal.show_problem(problem)
        else:
            self.refusal.clear()

    def _replace(self, changed: Candidate) -> None:
        kind = self.kind
        if kind is not None:
            self._keep(
                tuple(changed if each.person_id == changed.person_id else each for each in kind.candidates)
            )

    def _keep(
        self,
        candidates: Sequence[Candidate],
        shown: UUID | None = None,
        *,
        by_strokes: bool = False,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        view, kind = self.view, self.kind
        if view is None or kind is None:
            return
        book, actor, which = self.place.context.book, self.place.context.actor(), kind.kind

        def operation() -> Outcome[Procedure]:
            given = tuple(candidates)
            if by_strokes and which == ElectionKind.COMMITTEE:
                with book.reading() as reading:
                    given = in_order_around(reading, given)
            return set_candidates(book, view.procedure.id, which, given, actor)

        def kept(_: object) -> None:
            then()
            if shown is not None:
                self.table.select(shown)

        self.do(operation, kept)
