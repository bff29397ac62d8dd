"""A vote: how it was taken, what was decided, the counts, and the result that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.records import DecisionKind, Vote, VoteMethod
from branchbook.domain.voting import ADMISSION, Decision
from branchbook.services.words import word_of
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField, WrongNumbers
from branchbook.ui.widgets.wrapping_row import WrappingRow

GENERAL_DECISIONS = (
    DecisionKind.ORDINARY,
    DecisionKind.ACCEPTANCE,
    DecisionKind.CONVERSION,
    DecisionKind.DISPOSAL,
    DecisionKind.ELECTION,
)


def decisions_offered(default: DecisionKind) -> tuple[DecisionKind, ...]:
    """A committee decides as a committee; a general meeting decides ordinarily or in a procedure of its own."""
    return GENERAL_DECISIONS if default == DecisionKind.ORDINARY else (default,)


class VoteRow(QWidget):
    """``edited`` gives the ``Vote`` as it is now."""

    edited = Signal(object)

    def __init__(self, vote: Vote, decisions: Sequence[DecisionKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vote = vote
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        self.wrong = WrongNumbers(self)
        column.addWidget(self._counts(decisions))
        column.addWidget(self._written())
        column.addWidget(self.wrong)
        column.addLayout(self._said())
        self.show_vote(vote)

    def _counts(self, decisions: Sequence[DecisionKind]) -> WrappingRow:
        self.method = ChoiceField([(each, word_of(each)) for each in VoteMethod])
        offered = dict.fromkeys((*decisions, self.vote.decision))
        self.decision = ChoiceField([(each, word_of(each)) for each in offered])
        self.method.setAccessibleName(self.tr("表决方式"))
        self.decision.setAccessibleName(self.tr("表决事项的种类"))
        self.method.value_changed.connect(lambda value: self._change(method=value))
        self.decision.value_changed.connect(lambda value: self._change(decision=value))
        self.votes_for, self.votes_against, self.abstentions = NumberField(), NumberField(), NumberField()
        row = WrappingRow(self)
        row.add(self.method)
        row.add(self.decision)
        for label, key in (
            (self.tr("赞成"), "votes_for"),
            (self.tr("不赞成"), "votes_against"),
            (self.tr("弃权"), "abstentions"),
        ):
            self._add_number(row, label, key)
        row.add(self._outcome())
        return row

    def _written(self) -> QWidget:
        """Opinions handed in before the meeting count only where members are accepted or converted."""
        self.written_for, self.written_against = NumberField(), NumberField()
        row = self._written_line = WrappingRow(self)
        row.add(Text(self.tr("会前书面意见"), "label"))
        self._add_number(row, self.tr("赞成（书面）"), "written_for")
        self._add_number(row, self.tr("不赞成（书面）"), "written_against")
        return self._written_line

    def _outcome(self) -> QWidget:
        """By the counts, or as it was announced, which then needs a reason."""
        self.recorded = ChoiceField(
            [
                (None, self.tr("结果按票数")),
                (True, self.tr("记录为通过")),
                (False, self.tr("记录为未通过")),
            ]
        )
        self.recorded.setAccessibleName(self.tr("记录的结果"))
        self.recorded.value_changed.connect(lambda value: self._change(recorded_passed=value))
        return self.recorded

    def _said(self) -> QHBoxLayout:
        self.reason = LineField("", self.tr("与票数不同的原因（会打印）"), self)
        self.reason.setAccessibleName(self.tr("记录的结果与票数不同的原因"))
        self.reason.edited.connect(lambda text: self._change(reason=text))
        self.sentence = Text("", "dim", self, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.sentence, 2)
        return row

    def _add_number(self, row: WrappingRow, label: str, key: str) -> None:
        """A label and its field, which no line parts."""
        field: NumberField = getattr(self, key)
        pair = QWidget(self)
        inside = QHBoxLayout(pair)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(Text(label, "label", pair))
        inside.addWidget(field)
        row.add(pair)
        field.setAccessibleName(label)
        self.wrong.follow(field)
        field.counted.connect(lambda number: self._change(**{key: number}))

    def show_vote(self, vote: Vote) -> None:
        """Show a vote."""
        self.vote = vote
        self.method.set_value(vote.method)
        self.decision.set_value(vote.decision)
        for key in ("votes_for", "votes_against", "abstentions", "written_for", "written_against"):
            field: NumberField = getattr(self, key)
            field.set_number(getattr(vote, key))
        self.recorded.set_value(vote.recorded_passed)
        self.reason.set_value(vote.reason)
        self._arrange(contradicts=bool(vote.reason))

    def show_decision(self, decision: Decision | None) -> None:
        """The derived result, and what is wrong with the numbers."""
        if decision is None:
            self.sentence.setText("")
            return
        parts = [decision.sentence, *decision.faults, *decision.warnings, decision.article]
        if decision.contradicts and not self.vote.reason.strip():
            parts.insert(0, self.tr("记录的结果与票数不同，请写明原因"))
        self.sentence.setText("；".join(part for part in parts if part))
        wrong = bool(decision.faults) or (decision.contradicts and not self.vote.reason.strip())
        self.sentence.setProperty("role", "problem" if wrong else "dim")
        self.sentence.style().polish(self.sentence)
        self._arrange(contradicts=decision.contradicts or bool(self.vote.reason))

    def result(self, decision: Decision | None) -> tuple[str, Tone]:
        """The badge behind the item's title: 通过 13 : 1，弃权 1."""
        if decision is None:
            return "", Tone.QUIET
        if not decision.article:
            return self._counted(), Tone.QUIET
        passed = decision.passed if self.vote.recorded_passed is None else self.vote.recorded_passed
        words = {True: self.tr("通过"), False: self.tr("未通过"), None: self.tr("不能形成决议")}
        tone = {True: Tone.OK, False: Tone.BAD, None: Tone.WARN}[passed]
        return self.tr("{word} {counts}").format(word=words[passed], counts=self._counted()), tone

    def _counted(self) -> str:
        return self.tr("{yes} : {no}，弃权 {none}").format(
            yes=self.vote.votes_for + self.vote.written_for,
            no=self.vote.votes_against + self.vote.written_against,
            none=self.vote.abstentions,
        )

    def stops(self) -> list[QWidget]:
        """The fields in reading order; the counts first, which are what is typed."""
        written = [self.written_for, self.written_against]
        return [
            self.method,
            self.decision,
            self.votes_for,
            self.votes_against,
            self.abstentions,
            *written,
            self.recorded,
            self.reason,
        ]

    def _arrange(self, *, contradicts: bool) -> None:
        self._written_line.setVisible(self.vote.decision in ADMISSION)
        self.reason.setVisible(contradicts)

    def _change(self, **values: object) -> None:
        self.vote = replace(self.vote, **values)  # type: ignore[arg-type]
        self._arrange(contradicts=self.reason.isVisibleTo(self))
        self.edited.emit(self.vote)
