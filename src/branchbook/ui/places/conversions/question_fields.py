"""The numbers of one vote as they are read out at the table, and the sentence that they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from branchbook.domain.ballots import QuestionRound
from branchbook.domain.conversion_vote import VoteResult, vote_result
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Level
from branchbook.ui.places.procedures.step_surroundings import TONES
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.number_field import NumberField, WrongNumbers

KEEP_AFTER_MS = 400
"""After the last key: what was typed is in the book within the half second that is promised."""

NUMBER_WIDTH, ROOMY_SCALE = 50, 125
_COUNTS = ("due", "present", "issued", "returned", "invalid")
_CAST = ("votes_for", "votes_against", "abstentions")


class QuestionFields(QWidget):
    """``edited`` gives the vote after every number; ``settled`` when typing rests or a field is left.

    ``confirmed`` wants the count frozen, ``dropped`` wants the vote taken back.
    """

    edited = Signal(object)
    settled = Signal()
    confirmed = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vote: QuestionRound | None = None
        self._rules = Rulebook(())
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.timeout.connect(self._show_whole)
        words = {
            "due": self.tr("应到"),
            "present": self.tr("实到"),
            "issued": self.tr("发出"),
            "returned": self.tr("收回"),
            "invalid": self.tr("无效"),
            "votes_for": self.tr("赞成"),
            "votes_against": self.tr("不赞成"),
            "abstentions": self.tr("弃权"),
        }
        self.wrong = WrongNumbers(self)
        self.fields = {key: self._number(words[key]) for key in (*_COUNTS, *_CAST)}
        written = self.tr("书面{word}")
        self.written = {key: self._number(written.format(word=words[key])) for key in _CAST}
        self.handed_in = DateField(date.min)
        self.handed_in.setAccessibleName(self.tr("书面意见最后交来日期"))
        self.handed_in.value_changed.connect(lambda _: self._chosen())
        self.by_hands = QCheckBox(self.tr("举手表决"))
        self.by_hands.clicked.connect(lambda _: self._chosen())
        self.findings = [Banner(self, closable=False) for _ in range(2)]
        self.verdict = Banner(self, closable=False)
        self.confirm_button = Button(self.tr("监票人确认"), "check", self, primary=True)
        self.confirm_button.setToolTip(self.tr("确认后票数不能再改；填错的可以撤销"))
        self.confirm_button.clicked.connect(self.confirmed)
        self.drop_button = Button(self.tr("删去这次表决"), "trash-2", self)
        self.drop_button.clicked.connect(self.dropped)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.settled)
        self._lay_out(words)

    def _number(self, name: str) -> NumberField:
        field = NumberField(self, width=NUMBER_WIDTH)
        field.setAccessibleName(name)
        self.wrong.follow(field)
        field.counted.connect(lambda _: self._tell())
        field.left.connect(self._settle)
        field.installEventFilter(self)
        return field

    def _lay_out(self, words: dict[str, str]) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)

        def cells(fields: dict[str, NumberField], keys: tuple[str, ...]) -> list[tuple[Text, QWidget]]:
            return [(Text(words[key], "dim", self), fields[key]) for key in keys]

        handed = Text(self.tr("最后交来"), "dim", self)
        self._lines = (
            (Text(self.tr("到会和票数"), "label", self), cells(self.fields, _COUNTS)),
            (Text(self.tr("会上的票"), "label", self), [*cells(self.fields, _CAST), (None, self.by_hands)]),
            (
                Text(self.tr("会前书面意见"), "label", self),
                [*cells(self.written, _CAST), (handed, self.handed_in)],
            ),
        )
        self._arrange()
        buttons = QHBoxLayout()
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        buttons.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        for line in (self.wrong, *self.findings, self.verdict):
            column.addWidget(line)
        column.addLayout(buttons)

    def _arrange(self) -> None:
        """Each line of numbers in one row; where the text is very large, three numbers in a row."""
        look, grid, row = Look.current(), self._grid, -1
        most = 5 if look.text_scale <= ROOMY_SCALE else 3
        for title, cells in self._lines:
            for number, (name, field) in enumerate(cells):
                row += number % most == 0
                column = 2 * (number % most)
                if number == 0:
                    grid.addWidget(title, row, 0)
                wide = 3 if number == 3 and len(cells) == 4 else 1
                if name is None:
                    grid.addWidget(field, row, column + 1, 1, wide + 1)
                else:
                    grid.addWidget(name, row, column + 1, Qt.AlignmentFlag.AlignRight)
                    grid.addWidget(field, row, column + 2, 1, wide)
        grid.setColumnStretch(11, 1)
        self.handed_in.setFixedWidth(look.px(116))
        for field in (*self.fields.values(), *self.written.values()):
            field.setFixedWidth(look.px(NUMBER_WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_lines"):
            self._arrange()

    # ------------------------------------------------------------------------------------ showing

    def show_vote(self, vote: QuestionRound, rules: Rulebook, today: date, *, locked: bool) -> None:
        """Show a vote as typed; what is being typed in a field just now stays."""
        self.vote, self._rules = vote, rules
        self.handed_in.set_today(today)
        for key, field in self.fields.items():
            if not field.being_typed:
                field.set_number(getattr(vote, key))
        for key, field in self.written.items():
            if not field.being_typed:
                field.set_number(getattr(vote.written, key))
        if not self.handed_in.being_typed:
            self.handed_in.refresh(vote.written.handed_in_on)
        self.by_hands.setChecked(vote.by_hands)
        self.confirm_button.setVisible(not locked)
        self.drop_button.setVisible(not locked)
        self._say(vote)

    def _say(self, vote: QuestionRound) -> None:
        """The sentence of arithmetic with its article, and above it what contradicts."""
        result = vote_result(vote, self._rules)
        untouched = not (vote.votes_for or vote.votes_against or vote.abstentions or vote.written.all)
        wanted = [each for each in result.findings[:-1] if each.level != Level.INFO and not untouched]
        wanted = wanted or list(result.findings[:1])
        for banner, finding in zip(self.findings, [*wanted[:2], None, None], strict=False):
            if finding is None:
                banner.clear()
            else:
                tone = Tone.OK if finding.level == Level.INFO else TONES[finding.level]
                banner.say(tone, finding.text, finding.article)
        last = result.findings[-1]
        if untouched:
            words = self.tr("还没有填票数；赞成须 {n} 票").format(n=result.needed)
            self.verdict.say(Tone.QUIET, words, last.article)
        else:
            self.verdict.say(verdict_tone(result), last.text, last.article)
        hands = self.by_hands.isChecked()
        for key in ("issued", "returned", "invalid"):
            self.fields[key].setEnabled(not hands)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        counts, cast = ([self.fields[key] for key in keys] for keys in (_COUNTS, _CAST))
        written = list(self.written.values())
        return [
            *counts,
            *cast,
            self.by_hands,
            *written,
            self.handed_in,
            self.confirm_button,
            self.drop_button,
        ]

    def focus_entry(self) -> None:
        """The keyboard where counting begins."""
        field = self.fields["present"]
        field.setFocus()
        field.selectAll()

    # ------------------------------------------------------------------------------------- edits

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the keyboard in a number, the numbers and their sentence are in sight together."""
        if event.type() == QEvent.Type.FocusIn:
            self._sight.start()
        return super().eventFilter(watched, event)

    def _show_whole(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if not isinstance(above, QScrollArea):
            return
        inside, focus = above.widget(), self.focusWidget()
        fits = self.height() <= above.viewport().height()
        lowest = self if fits else self.verdict
        last = lowest.mapTo(inside, QPoint(0, lowest.height()))
        above.ensureVisible(0, last.y(), 0, 8)
        if focus is not None:
            above.ensureWidgetVisible(focus, 0, 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next number, after the last one to the button that confirms."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        focus = self.focusWidget()
        if not enter or composing(focus):
            super().keyPressEvent(event)
            return
        stops = [each for each in self.stops() if each.isEnabled() and each is not self.by_hands]
        if focus in stops:
            following = stops[min(stops.index(focus) + 1, len(stops) - 1)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(following, NumberField):
                following.selectAll()

    def _chosen(self) -> None:
        """A day or a mark: no further key is waited for."""
        self._tell()
        self._settle()

    def _settle(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.settled.emit()

    def settle(self) -> None:
        """Take what is typed, now."""
        self.handed_in.settle()
        self._timer.stop()

    def _tell(self) -> None:
        """The vote as typed."""
        vote = self.vote
        if vote is None:
            return
        hands = self.by_hands.isChecked()
        read = {key: self._read(field, getattr(vote, key)) for key, field in self.fields.items()}
        if hands:
            read |= {"issued": read["present"], "returned": read["present"], "invalid": 0}
        before = vote.written
        opinions = replace(
            before,
            votes_for=self._read(self.written["votes_for"], before.votes_for),
            votes_against=self._read(self.written["votes_against"], before.votes_against),
            abstentions=self._read(self.written["abstentions"], before.abstentions),
            handed_in_on=self.handed_in.value(),
        )
        self.vote = replace(
            vote,
            due=read["due"],
            present=read["present"],
            issued=read["issued"],
            returned=read["returned"],
            invalid=read["invalid"],
            votes_for=read["votes_for"],
            votes_against=read["votes_against"],
            abstentions=read["abstentions"],
            written=opinions,
            by_hands=hands,
        )
        self._say(self.vote)
        self.edited.emit(self.vote)
        self._timer.start()

    @staticmethod
    def _read(field: NumberField, before: int) -> int:
        """The number that is typed; what is no number keeps the one from before."""
        number = field.number()
        return before if number is None else number


def verdict_tone(result: VoteResult) -> Tone:
    """Green passed; amber decides nothing; red is no vote."""
    if result.passed:
        return Tone.OK
    return Tone.WARN if result.valid else Tone.BAD
