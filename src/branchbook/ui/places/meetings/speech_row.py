"""What one speaker said: the name at the left, the minutes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Speech
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look
from branchbook.ui.widgets.fields import set_wrong
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker

SPEAKER_WIDTH = 108


class SpeechRow(QWidget):
    """``edited`` gives the ``Speech`` as it is now."""

    edited = Signal(object)

    def __init__(self, speech: Speech, people: Sequence[PersonChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speech = speech
        self.speaker = PersonPicker(self, free=True)
        self.speaker.setProperty("role", "quiet")
        self.speaker.setFixedWidth(Look.current().px(SPEAKER_WIDTH))
        self.speaker.setAccessibleName(self.tr("发言人"))
        self._tip = self.tr("发言人：写姓名或拼音首字母，Enter 接着写内容；不写姓名就是会议概述")
        self.speaker.picked.connect(self._name)
        self.speaker.setPlaceholderText(self.tr("发言人"))
        self.speaker.returnPressed.connect(self._go_on)
        self.text = LongText(self.tr("发言内容"), self)
        self.text.setProperty("role", "quiet")
        self.text.setAccessibleName(self.tr("发言内容"))
        self.text.setToolTip(self.tr("Alt+Enter 记下一位发言"))
        self.text.edited.connect(self._write)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.speaker, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.set_people(people)
        self.text.set_value(speech.text)

    def set_people(self, people: Sequence[PersonChoice]) -> None:
        """Who can be picked: those present."""
        bare = [replace(each, note="") for each in people]
        self.speaker.set_people(bare)
        self._named = {each.name for each in bare}
        known = next((each for each in bare if each.id == self.speech.person_id and each.id), None)
        name = self.speech.name
        self.speaker.set_value(known or (PersonChoice(self.speech.person_id, name) if name else None))
        self._doubt()

    def stops(self) -> list[QWidget]:
        """The fields in reading order."""
        return [self.speaker, self.text]

    def _name(self, choice: PersonChoice | None) -> None:
        name, person_id = (choice.name, choice.id) if choice else ("", None)
        self.speech = replace(self.speech, name=name, person_id=person_id)
        self._doubt()
        self.edited.emit(self.speech)

    def _doubt(self) -> None:
        """Initials that stayed as typed mean nobody who is present: marked, and told by the tip."""
        name = self.speech.name
        initials = self.speech.person_id is None and name.isascii() and name.isalpha()
        unknown = initials and name not in self._named
        problem = RefusedProblem(
            self.tr("到会的人中没有这个首字母"), name, self.tr("请核对到会情况，或写全名")
        )
        set_wrong(self.speaker, problem if unknown else None)
        if not unknown:
            self.speaker.setToolTip(self._tip)

    def _write(self, text: str) -> None:
        self.speech = replace(self.speech, text=text)
        self.edited.emit(self.speech)

    def _go_on(self) -> None:
        if not composing(self.speaker):
            self.text.setFocus(Qt.FocusReason.TabFocusReason)
