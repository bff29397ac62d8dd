"""One item of the agenda: title, minutes per speaker, a vote, resolutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.records import AgendaItem, DecisionKind, Resolution, Speech, Vote
from branchbook.domain.voting import Decision
from branchbook.ui.places.meetings.resolution_row import ResolutionRow
from branchbook.ui.places.meetings.speech_row import SpeechRow
from branchbook.ui.places.meetings.wording import numeral
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.person_picker import PersonChoice
from branchbook.ui.widgets.vote_row import VoteRow, decisions_offered


@dataclass(frozen=True)
class AgendaContext:
    """What every item needs to know: who is present, what the meeting may decide, and the day."""

    present: tuple[PersonChoice, ...]
    everyone: tuple[PersonChoice, ...]
    decision: DecisionKind | None
    present_votes: int
    today: date


class AgendaItemEditor(QWidget):
    """``edited`` tells that ``item`` is another now, ``arranged`` that fields came or went."""

    edited = Signal()
    arranged = Signal()
    removed = Signal()

    def __init__(self, item: AgendaItem, context: AgendaContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.context = context
        self.locked = False
        self.speeches: list[SpeechRow] = []
        self.resolutions: list[ResolutionRow] = []
        self.vote_row: VoteRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._heading())
        for speech in item.speeches:
            self._show_speech(speech)
        if item.vote is not None:
            self._show_vote(item.vote)
        for resolution in item.resolutions:
            self._show_resolution(resolution)

    def _heading(self) -> QHBoxLayout:
        self.ordinal = Text("", "title", self)
        self.ordinal.setMinimumWidth(Look.current().px(46))
        self.title = LineField(self.item.title, self.tr("议题"), self)
        self.title.setProperty("role", "quiet-title")
        self.title.setCursorPosition(0)
        self.title.setAccessibleName(self.tr("议题"))
        self.title.setToolTip(self.tr("Enter 接着记发言 · Alt+V 表决 · Alt+R 决议 · Alt+N 下一个议题"))
        self.title.edited.connect(lambda text: self._change(title=text))
        self.title.returnPressed.connect(self._go_on)
        self.badge = Badge("", Tone.QUIET, self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.ordinal)
        row.addWidget(self.title, 1)
        row.addWidget(self.badge)
        self.buttons = [
            self._button("messages-square", self.tr("加一位发言（Alt+Enter）"), self.add_speech),
            self._button("vote", self.tr("加表决（Alt+V）"), self.add_vote),
            self._button("list-checks", self.tr("加决议（Alt+R）"), self.add_resolution),
            self._button("x", self.tr("删除这一部分（Alt+Delete），在标题上时删除议题"), self.remove_part),
        ]
        for button in self.buttons:
            row.addWidget(button)
        return row

    def _button(self, icon: str, name: str, act: object) -> IconButton:
        """They have their keys, so that Tab passes them by."""
        button = IconButton(icon, name, self, 15)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        return button

    # ------------------------------------------------------------------------------------ showing

    def set_number(self, number: int) -> None:
        """议题一, 议题二."""
        self.ordinal.setText(self.tr("议题{n}").format(n=numeral(number)))

    def set_context(self, context: AgendaContext) -> None:
        """Others are present, or the meeting may decide otherwise."""
        self.context = context
        for row in self.speeches:
            row.set_people(context.present)
        for each in self.resolutions:
            each.responsible.set_people(context.everyone)
        self.buttons[1].setVisible(context.decision is not None and not self.locked)

    def set_locked(self, locked: bool) -> None:
        """Hide what adds and removes."""
        self.locked = locked
        for button in self.buttons:
            button.setVisible(not locked)
        self.set_context(self.context)

    def show_decision(self, decision: Decision | None) -> None:
        """The derived result of the vote, beside the title and under the counts."""
        if self.vote_row is None:
            self.badge.say("")
            return
        self.vote_row.show_decision(decision)
        self.badge.say(*self.vote_row.result(decision))

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        found: list[QWidget] = [self.title]
        for speech in self.speeches:
            found += speech.stops()
        found += self.vote_row.stops() if self.vote_row else []
        for resolution in self.resolutions:
            found += resolution.stops()
        return found

    # ------------------------------------------------------------------------------- adding parts

    def add_speech(self) -> None:
        """One more speaker, with the keyboard in the name."""
        speech = Speech("", "")
        self._show_speech(speech)
        self._gather()
        self.arranged.emit()
        self.speeches[-1].speaker.setFocus(Qt.FocusReason.TabFocusReason)

    def add_vote(self) -> None:
        """A vote in which everyone present with the right to vote is in favour, until other counts are typed."""
        if self.context.decision is None or self.locked:
            return
        if self.vote_row is None:
            vote = Vote(decision=self.context.decision, votes_for=self.context.present_votes)
            self._show_vote(vote)
            self._gather()
            self.arranged.emit()
        assert self.vote_row is not None
        self.vote_row.votes_for.setFocus(Qt.FocusReason.TabFocusReason)
        self.vote_row.votes_for.selectAll()

    def add_resolution(self) -> None:
        """One more resolution, with the keyboard in its text."""
        self._show_resolution(Resolution(uuid4(), ""))
        self._gather()
        self.arranged.emit()
        self.resolutions[-1].text.setFocus(Qt.FocusReason.TabFocusReason)

    def remove_part(self) -> None:
        """Remove the speech, vote or resolution in which the keyboard is, else the whole item."""
        part = self._part_with_focus()
        if part is None:
            self.removed.emit()
            return
        if isinstance(part, SpeechRow):
            self.speeches.remove(part)
        elif isinstance(part, ResolutionRow):
            self.resolutions.remove(part)
        else:
            self.vote_row = None
        part.hide()
        part.deleteLater()
        self._gather()
        self.arranged.emit()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part_with_focus(self) -> QWidget | None:
        parts: Sequence[QWidget] = (*self.speeches, *self.resolutions, *filter(None, [self.vote_row]))
        focus = QApplication.focusWidget()
        return next((each for each in parts if focus is not None and each.isAncestorOf(focus)), None)

    # ------------------------------------------------------------------------------------- inside

    def _show_speech(self, speech: Speech) -> None:
        row = SpeechRow(speech, self.context.present, self)
        row.edited.connect(self._gather)
        self._column.insertWidget(1 + len(self.speeches), row)
        self.speeches.append(row)

    def _show_vote(self, vote: Vote) -> None:
        offered = decisions_offered(self.context.decision or vote.decision)
        self.vote_row = VoteRow(vote, offered, self)
        self.vote_row.edited.connect(self._gather)
        self._column.insertWidget(1 + len(self.speeches), self.vote_row)

    def _show_resolution(self, resolution: Resolution) -> None:
        row = ResolutionRow(resolution, self.context.everyone, self.context.today, self)
        row.edited.connect(self._gather)
        self._column.addWidget(row)
        self.resolutions.append(row)

    def _gather(self, _: object = None) -> None:
        self._change(
            speeches=tuple(row.speech for row in self.speeches),
            vote=self.vote_row.vote if self.vote_row else None,
            resolutions=tuple(row.resolution for row in self.resolutions),
        )

    def _change(self, **values: object) -> None:
        self.item = replace(self.item, **values)  # type: ignore[arg-type]
        self.edited.emit()

    def _go_on(self) -> None:
        """Enter in the title goes to the first speech, which it begins where there is none."""
        if composing(self.title) or self.locked:
            return
        if self.speeches:
            self.speeches[0].text.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.add_speech()
