"""One declared setting as a row: its label, 待核实 where it is in doubt, its editor, its help, 恢复默认."""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.rulebook import UNCONFIRMED_MARK
from branchbook.services.settings_table import SettingSpec, SettingType
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import LinkButton
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import LineField, set_wrong
from branchbook.ui.widgets.labels import Text


class YesNoBox(QCheckBox):
    """A tick with its word beside it, so that the state is not a sign alone."""

    value_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggled.connect(self._say)
        self.clicked.connect(lambda on: self.value_changed.emit(bool(on)))
        self._say(False)

    def set_value(self, value: bool) -> None:
        """Tick or untick without telling."""
        self.setChecked(value)

    def _say(self, on: bool) -> None:
        self.setText(self.tr("是") if on else self.tr("否"))


class WholeNumberField(LineField):
    """``value_changed`` gives the number when the field is left or Enter is pressed and it differs.

    What is no whole number stays as typed; ``problem`` says why it was not taken.
    """

    value_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._shown: int | None = None
        self.left.connect(self.settle)
        self.returnPressed.connect(self.settle)

    def set_number(self, number: int) -> None:
        """Show a number without telling."""
        self._shown = number
        self.set_value(str(number))

    @property
    def is_edited(self) -> bool:
        """Whether something else is typed than what was shown."""
        return self._shown is not None and self.text() != str(self._shown)

    def number(self) -> int | None:
        """The number typed, full-width digits included; None where it is none."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        return int(plain) if plain.isdecimal() and len(plain) < 10 else None

    def settle(self) -> None:
        """Tell the number, or why it can't be read."""
        if composing(self):
            return
        number = self.number()
        if number is None:
            self.refused.emit(RefusedProblem(self.tr("请填写整数"), self.text()))
        elif number != self._shown or self.text() != str(number):
            self.set_number(number)
            self.value_changed.emit(number)


class SettingRow(QWidget):
    """``changed`` gives the value that the user chose, ``reset_asked`` when the default is wanted back."""

    changed = Signal(object)
    reset_asked = Signal()

    def __init__(self, spec: SettingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.editor = self._make_editor()
        self.editor.setAccessibleName(spec.label)
        self.back = LinkButton(self.tr("恢复默认"), self)
        self.back.setAccessibleName(self.tr("恢复默认：{label}").format(label=spec.label))
        self.back.clicked.connect(self.reset_asked)
        self._problem = Text("", "problem", self, wrap=True)
        self._problem.hide()
        self._lay_out()
        self._measure()
        Look.current().changed.connect(self._measure)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(self.spec.label, "", self))
        if self.spec.unconfirmed:
            head.addWidget(Badge(UNCONFIRMED_MARK, Tone.WARN, self))
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(Text(self.spec.help, "dim", self, wrap=True))
        words.addWidget(self._problem)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        QWidget.setTabOrder(self.back, self.editor)

    def _measure(self) -> None:
        """All editors equally wide, so that they stand under one another."""
        self.editor.setFixedWidth(Look.current().px(132))

    def _make_editor(self) -> YesNoBox | WholeNumberField | DateField | ChoiceField:
        if self.spec.type == SettingType.YES_NO:
            box = YesNoBox(self)
            box.value_changed.connect(self.changed)
            return box
        if self.spec.type == SettingType.NUMBER:
            field = WholeNumberField(self)
            field.value_changed.connect(self._take)
            field.refused.connect(self.show_problem)
            return field
        if self.spec.type == SettingType.DATE:
            day = DateField(self.spec.default, self)
            day.value_changed.connect(lambda value: self._take(value) if value is not None else None)
            for signal in (day.left, day.returnPressed):
                signal.connect(self._settle_day)
            return day
        choice = ChoiceField(self.spec.choices, self)
        choice.value_changed.connect(self.changed)
        return choice

    def show_value(self, value: Any, *, is_changed: bool) -> None:
        """Show what the book holds; 恢复默认 only where that is the user's own."""
        self.show_problem(None)
        self.back.setVisible(is_changed)
        if isinstance(self.editor, YesNoBox):
            self.editor.set_value(bool(value))
        elif isinstance(self.editor, WholeNumberField):
            if not (self.editor.hasFocus() and self.editor.is_edited):
                self.editor.set_number(int(value))
        elif isinstance(self.editor, DateField):
            self.editor.refresh(value)
        else:
            self.editor.set_value(value)

    def show_problem(self, problem: Problem | None) -> None:
        """Say under the field what is wrong with it; None takes it back."""
        set_wrong(self.editor, problem)
        self._problem.setText(str(problem) if problem else "")
        self._problem.setVisible(problem is not None)

    def _settle_day(self) -> None:
        """An emptied field is no day: the choice goes back to its default. What can't be read is told."""
        assert isinstance(self.editor, DateField)
        if self.editor.text().strip():
            self.show_problem(self.editor.problem())
            return
        self.show_problem(None)
        self.editor.set_value(self.spec.default)
        if not self.back.isHidden():
            self.reset_asked.emit()

    def _take(self, value: object) -> None:
        self.show_problem(None)
        self.changed.emit(value)
