"""The meeting in which a step happened: picked from the records near its day, opened, or begun in Meetings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.records import RecordSummary
from branchbook.services.words import word_of
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.choice import ChoiceField


def meeting_words(summary: RecordSummary) -> str:
    """2026-10-24 支部党员大会 · 换届选举（草稿）."""
    day = (
        summary.held_on.isoformat()
        if summary.held_on
        else QCoreApplication.translate("Elections", "未定日期")
    )
    kinds = " · ".join(kind_of(key).name for key in summary.kinds)
    subject = f" {summary.subject}" if summary.subject else ""
    return f"{day} {kinds}{subject}（{word_of(summary.state)}）"


class MeetingLink(QWidget):
    """``chosen`` gives the record's id (None: none), ``opened`` the one to show, ``begin_asked`` wants a new one."""

    chosen = Signal(object)
    opened = Signal(object)
    begin_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceField()
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.setAccessibleName(self.tr("会议记录"))
        self.choice.value_changed.connect(self._choose)
        self.open_button = Button(self.tr("打开"), "", self)
        self.open_button.setAccessibleName(self.tr("打开会议记录"))
        self.open_button.clicked.connect(self._open)
        self.begin_button = Button(self.tr("记这次会"), "plus", self)
        self.begin_button.setToolTip(self.tr("到“组织生活”新记一次会，记好后回来在这里选上"))
        self.begin_button.clicked.connect(self.begin_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.begin_button)
        self.setFocusProxy(self.choice)

    def show_meetings(self, meetings: Sequence[RecordSummary], linked: UUID | None, *, locked: bool) -> None:
        """Offer these; the linked one is chosen."""
        choices = [(None, self.tr("没有关联会议记录"))]
        self.choice.set_choices([*choices, *((each.id, meeting_words(each)) for each in meetings)])
        self.choice.set_value(linked)
        self.choice.setEnabled(not locked)
        self.open_button.setVisible(linked is not None)
        self.begin_button.setVisible(linked is None and not locked)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.choice, self.open_button, self.begin_button]

    def _choose(self, record_id: UUID | None) -> None:
        self.open_button.setVisible(record_id is not None)
        self.begin_button.setVisible(record_id is None)
        self.chosen.emit(record_id)

    def _open(self) -> None:
        if self.choice.value() is not None:
            self.opened.emit(self.choice.value())
