"""The votes of a step: 通过选举办法 and the like, each with its counts and what they come to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.procedures import StepEntry, VoteSpec
from branchbook.domain.records import Vote
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.vote_row import VoteRow


class StepVote(QFrame):
    """One vote: its name and result, and its counts once it was taken. ``edited`` gives a ``Vote`` or None."""

    edited = Signal(object)
    arranged = Signal()

    def __init__(self, spec: VoteSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.badge = Badge("", parent=self)
        self.take_button = Button(self.tr("填表决"), "plus", self)
        self.take_button.setAccessibleName(self.tr("填“{label}”的表决").format(label=spec.label))
        self.take_button.clicked.connect(self._take)
        self.row: VoteRow | None = None
        self._view: StepView | None = None
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Text(spec.label, "", self))
        head.addWidget(self.badge)
        head.addStretch(1)
        head.addWidget(self.take_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(2)
        self._column.addLayout(head)

    def show_vote(self, view: StepView, vote: Vote | None, *, locked: bool) -> None:
        """Show the counts, or offer to fill them in."""
        self._view = view
        self.take_button.setVisible(vote is None and not locked)
        if vote is None:
            self._drop()
            self.badge.say("")
            return
        if self.row is None:
            self.row = VoteRow(vote, (self.spec.decision,), self)
            self.row.edited.connect(self._change)
            self._column.addWidget(self.row)
            self.arranged.emit()
        elif self.row.vote != vote:
            self.row.show_vote(vote)
        self._say(vote)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return self.row.stops() if self.row is not None else [self.take_button]

    def _take(self) -> None:
        """Begin with everyone present in favour: mark the exceptions."""
        view = self._view
        if view is None:
            return
        vote = Vote(decision=self.spec.decision, votes_for=view.present)
        self.show_vote(view, vote, locked=False)
        self.edited.emit(vote)
        if self.row is not None:
            self.row.votes_for.setFocus()
            self.row.votes_for.selectAll()

    def _change(self, vote: Vote) -> None:
        self._say(vote)
        self.edited.emit(vote)

    def _say(self, vote: Vote) -> None:
        if self._view is None or self.row is None:
            return
        decision = self._view.decided(vote)
        self.row.show_decision(decision)
        self.badge.say(*self.row.result(decision))

    def _drop(self) -> None:
        if self.row is not None:
            self.row.hide()
            self.row.deleteLater()
            self.row = None


class StepVotes(QWidget):
    """``edited`` gives the change of an entry; ``arranged`` is emitted when fields came."""

    edited = Signal(object)
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.votes: dict[str, StepVote] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(Text(self.tr("表决"), "label", self))
        self._shown: object = None

    def show_step(self, view: StepView, entry: StepEntry, *, locked: bool) -> None:
        """Show the votes of a step as typed."""
        self.setVisible(bool(view.spec.votes))
        key = (view.procedure.id, view.spec.key)
        if key != self._shown:
            self._shown = key
            self._build(view.spec.votes)
        for name, row in self.votes.items():
            row.show_vote(view, entry.votes.get(name), locked=locked)

    def forget(self) -> None:
        """Make every row anew when a step is shown next."""
        self._shown = None

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [stop for row in self.votes.values() for stop in row.stops()]

    def _build(self, specs: tuple[VoteSpec, ...]) -> None:
        for row in self.votes.values():
            row.hide()
            row.deleteLater()
        self.votes = {spec.key: StepVote(spec, self) for spec in specs}
        for key, row in self.votes.items():
            row.edited.connect(lambda vote, key=key: self._tell(key, vote))
            row.arranged.connect(self.arranged)
            self._column.addWidget(row)

    def _tell(self, key: str, vote: Vote) -> None:
        self.edited.emit(lambda entry: replace(entry, votes={**entry.votes, key: vote}))
