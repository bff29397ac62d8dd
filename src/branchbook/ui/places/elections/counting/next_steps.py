"""Under the count: what it came to, what follows, fewer seats, and the scrutineers' confirmation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.tally import TallyResult
from branchbook.ui.places.elections.counting.number_tiles import TileField
from branchbook.ui.places.elections.counting.reckoning import CountState, Reckoning
from branchbook.ui.places.elections.counting.wording import FollowingRound, following_word
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Text

_ESCAPE = 0x01000000


class FewerSeats(QWidget):
    """How many agree to leave seats open. ``agreed`` gives their number."""

    agreed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TileField(self)
        self.field.setProperty("role", "")
        self.field.setMaximumWidth(90)
        self.field.setAccessibleName(self.tr("同意减少名额的选举人数"))
        self.field.entered.connect(self._agree)
        self.rule = Text("", "dim", self, wrap=True)
        button = Button(self.tr("记录同意人数"), parent=self)
        button.clicked.connect(self._agree)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.tr("同意减少名额"), "label", self))
        row.addWidget(self.field)
        row.addWidget(self.rule, 1)
        row.addWidget(button)
        self.hide()

    def open_row(self, rule: str) -> None:
        """Ask for the number."""
        self.rule.setText(rule)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == _ESCAPE:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        number = self.field.number()
        if number is not None:
            self.hide()
            self.agreed.emit(number)


class NextSteps(QWidget):
    """``confirmed``, ``next_round`` (what was pressed) and ``fewer_seats`` (how many agree)."""

    confirmed = Signal()
    next_round = Signal(object)
    fewer_seats = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[FollowingRound, ...] = ()
        self._rule = ""
        self.asking = FewerSeats(self)
        self.asking.agreed.connect(self.fewer_seats)
        self.sentence = Text("", "dim-body", self, wrap=True)
        self.buttons: list[Button] = []
        self.confirm = Button(self.tr("监票人确认"), parent=self, primary=True)
        self.confirm.clicked.connect(self.confirmed)
        self.fewer = Button(self.tr("减少名额"), parent=self)
        self.fewer.clicked.connect(lambda: self.asking.open_row(self._rule))
        self.badge = Badge("", Tone.OK, self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._following = QHBoxLayout()
        self._following.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.sentence, 1)
        row.addLayout(self._following)
        for widget in (self.fewer, self.badge, self.confirm):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.asking)

    def show_count(
        self,
        ballots: BallotRound,
        result: TallyResult | None,
        reckoning: Reckoning,
        following: Sequence[FollowingRound],
    ) -> None:
        """Show what a count came to."""
        decided = reckoning.state == CountState.DECIDED and result is not None
        told = _came_to(self, ballots, result, following) if decided and result else ""
        void = reckoning.state == CountState.VOID
        self.sentence.setText("；".join(each.sentence for each in following) if void else told)
        self._show_following(tuple(following) if reckoning.may_be_confirmed else ())
        self._rule = _fewer_rule(ballots, result) if decided and result else ""
        self.fewer.setVisible(bool(self._rule) and (ballots.consenting is None or bool(following)))
        self.confirm.setVisible(not ballots.is_confirmed)
        self.confirm.setEnabled(reckoning.may_be_confirmed)
        self.confirm.setToolTip("" if reckoning.may_be_confirmed else reckoning.text)
        self.badge.say(self._confirmed_words(ballots))
        self._wait_for_confirmation(waiting=not ballots.is_confirmed)

    def _confirmed_words(self, ballots: BallotRound) -> str:
        day = ballots.confirmed_on
        if day is None:
            return ""
        return self.tr("监票人已确认 {month} 月 {day} 日").format(month=day.month, day=day.day)

    def _wait_for_confirmation(self, *, waiting: bool) -> None:
        """What follows begins from a confirmed count only."""
        for button in (*self.buttons, self.fewer):
            button.setEnabled(not waiting)
            button.setToolTip(self.tr("先由监票人确认本次计票") if waiting else "")
        if waiting:
            self.asking.hide()

    def _show_following(self, following: tuple[FollowingRound, ...]) -> None:
        if following == self._shown:
            return
        self._shown = following
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for each in following:
            button = Button(following_word(each.ballot), parent=self)
            button.setAccessibleDescription(each.sentence)
            button.clicked.connect(lambda _=False, each=each: self.next_round.emit(each))
            self._following.addWidget(button)
            self.buttons.append(button)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [*self.buttons, self.fewer, self.confirm]


def _came_to(
    widget: QWidget, ballots: BallotRound, result: TallyResult, following: Sequence[FollowingRound]
) -> str:
    """The sentence of the result; once voters were asked about fewer seats, whether enough agreed (E-33)."""
    elected = widget.tr("当选 {n} 名：{names}").format(n=len(result.elected), names="、".join(result.elected))
    if not result.vacant:
        return elected
    told = [
        each.text for each in result.findings if each.rule in ("E-30", "E-32") and each.level == "warning"
    ]
    if ballots.consenting is None:
        return "；".join(told)
    if following:
        few = widget.tr("同意减少名额 {n} 名，不足实到 {present} 名的半数")
        return "；".join([*told, few.format(n=ballots.consenting, present=ballots.present)])
    enough = widget.tr("同意减少名额 {n} 名，达到实到 {present} 名的半数，不足的 {vacant} 个名额不再选举")
    agreed = enough.format(n=ballots.consenting, present=ballots.present, vacant=result.vacant)
    return "；".join([elected, agreed])


def _fewer_rule(ballots: BallotRound, result: TallyResult) -> str:
    """What fewer seats need (E-33); empty where they are no way on: the secretary is needed, nobody is elected."""
    if ballots.kind == ElectionKind.SECRETARY or not result.elected or result.tie:
        return ""
    return next((each.text for each in result.findings if each.rule == "E-33"), "")
