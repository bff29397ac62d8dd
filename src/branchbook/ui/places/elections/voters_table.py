"""Who may vote, person by person, in a table that is marked by keys as the attendance grid is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from branchbook.domain.ballots import Voter
from branchbook.ui.models.rows import Column
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.table import Table

MOST_ROWS = 8
"""Rows in sight; a longer list scrolls by itself, so that the fields of the current voter stay near."""


def right_words(voter: Voter) -> str:
    """有, 无, 不计."""
    if not voter.has_right:
        return QCoreApplication.translate("Voters", "无")
    if voter.is_excluded:
        return QCoreApplication.translate("Voters", "不计入")
    return QCoreApplication.translate("Voters", "有")


def right_tone(voter: Voter) -> Tone:
    """The tone of that word."""
    if not voter.has_right:
        return Tone.QUIET
    return Tone.WARN if voter.is_excluded else Tone.OK


def reason_words(voter: Voter, classes: Mapping[str, str]) -> str:
    """Why someone is not counted, with the article; for an exclusion what is still missing."""
    if not voter.has_right:
        return "；".join(part for part in (voter.reason, voter.article) if part)
    if not voter.exclusion:
        return voter.reason
    words = f"{voter.exclusion} {classes.get(voter.exclusion, '')}".strip()
    lacking = []
    if not voter.consent_document.strip():
        lacking.append(QCoreApplication.translate("Voters", "上级同意的文号"))
    if voter.consented_on is None:
        lacking.append(QCoreApplication.translate("Voters", "同意日期"))
    if not voter.approved_by_meeting:
        lacking.append(QCoreApplication.translate("Voters", "大会通过"))
    if lacking:
        return QCoreApplication.translate("Voters", "还缺{what}，现仍计入应到；{words}").format(
            what="、".join(lacking), words=words
        )
    consented = voter.consented_on.isoformat() if voter.consented_on else ""
    return "；".join(part for part in (words, f"{voter.consent_document} {consented}".strip()) if part)


def presence_words(voter: Voter) -> str:
    """到, 缺, or nothing where it is not known or does not matter."""
    if not voter.is_due or voter.present is None:
        return ""
    present = QCoreApplication.translate("Voters", "到")
    return present if voter.present else QCoreApplication.translate("Voters", "缺")


class VotersTable(Table[Voter]):
    """``presence_marked`` gives True or False for the chosen voters, ``exclusion_asked`` wants their class.

    1 present, 3 absent, space toggles, 4 goes to the exclusion of the current voter; ``pasted`` gives a text.
    """

    presence_marked = Signal(object)
    exclusion_asked = Signal()
    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._classes: Mapping[str, str] = {}
        self.takes_presence = False
        say = QCoreApplication.translate
        columns: tuple[Column[Voter], ...] = (
            Column(say("Voters", "姓名"), lambda voter: voter.name, 150),
            Column(say("Voters", "选举权"), right_words, 84, tone=right_tone),
            Column(say("Voters", "说明"), lambda voter: reason_words(voter, self._classes)),
            Column(
                say("Voters", "到会"),
                presence_words,
                72,
                tone=lambda voter: (
                    None if not presence_words(voter) else (Tone.OK if voter.present else Tone.BAD)
                ),
            ),
        )
        super().__init__(columns, parent, key=lambda voter: voter.person_id)
        self.setAccessibleName(say("Voters", "选举权人"))

    def show_voters(self, voters: tuple[Voter, ...], classes: Mapping[str, str], *, presence: bool) -> None:
        """Show these; the presence column only where there was a meeting."""
        self._classes = classes
        self.takes_presence = presence
        self.setColumnHidden(3, not presence)
        self.set_rows(voters)
        if voters and self.current_row is None:
            self.select(voters[0].person_id)
        look = Look.current()
        rows = min(max(len(voters), 1), MOST_ROWS)
        self.setFixedHeight(rows * look.px(ROW) + look.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks by 1, 3 and space or a pasted list, the exclusion by 4; the rest is Qt's moving about."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste) and self.takes_presence:
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.modifiers() & held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_1, Qt.Key.Key_3) and self.takes_presence:
            self.presence_marked.emit(key == Qt.Key.Key_1)
        elif key == Qt.Key.Key_Space and self.takes_presence and self.current_row is not None:
            self.presence_marked.emit(self.current_row.present is not True)
        elif key == Qt.Key.Key_4:
            self.exclusion_asked.emit()
        else:
            super().keyPressEvent(event)
