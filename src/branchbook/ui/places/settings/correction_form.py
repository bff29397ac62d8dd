"""The form that corrects a rule: one field for each value, the article, and the document behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.domain.rulebook import Rule
from branchbook.services.rule_choices import RuleCorrection
from branchbook.ui.places.settings.rule_values import (
    RuleValueLine,
    corrected_texts,
    correction_text,
    value_lines,
)
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text


class CorrectionForm(QFrame):
    """``filled`` gives the ``RuleCorrection``; Enter saves, Esc gives up."""

    filled = Signal(object)
    dismissed = Signal()

    def __init__(self, rule: Rule, known: RuleCorrection | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self._rule = rule
        self.fields = FieldGrid(2, label_width=88)
        self.editors: dict[str, LineField | ChoiceField] = {}
        texts = corrected_texts(rule, known.value if known else "")
        for line in value_lines(rule):
            if not line.fixed:
                self.editors[line.key] = self._editor(line, texts.get(line.key, line.text))
        self.article = LineField(known.article if known else "", rule.article or self.tr("没有写明条款"))
        self.fields.add(self.tr("条款"), self.article)
        self.source = LineField(known.source if known else "", self.tr("文件名称或文号，必填"))
        self.fields.add(self.tr("依据文件"), self.source, wide=True)
        self.note = LineField(known.note if known else "", self.tr("可不填"))
        self.fields.add(self.tr("备注"), self.note, wide=True)
        self.save_button = Button(self.tr("保存更正"), "check", primary=True)
        self.save_button.clicked.connect(self.submit)
        self.give_up = Button(self.tr("取消"))
        self.give_up.clicked.connect(self.dismissed)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.give_up)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(Text(f"{self._rule.id}　{self._rule.text}", "title", wrap=True))
        column.addWidget(self.fields)
        column.addLayout(buttons)
        self.setAccessibleName(self.tr("更正规则 {id}").format(id=self._rule.id))

    def _editor(self, line: RuleValueLine, text: str) -> LineField | ChoiceField:
        editor: LineField | ChoiceField
        if line.choices:
            editor = ChoiceField(line.choices)
            editor.set_value(text)
        else:
            editor = LineField(text)
        self.fields.add(line.label, editor)
        return editor

    def focus_first(self) -> None:
        """The keyboard into the first field."""
        first = next(iter(self.editors.values()), self.article)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Tell what was written; without a document nothing is corrected."""
        source = self.source.value().strip()
        self.fields.set_problem(self.source, None if source else Problem(self.tr("请写明依据的文件")))
        if not source:
            self.source.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wanted = {key: str(editor.value() or "") for key, editor in self.editors.items()}
        value = correction_text(self._rule, wanted)
        article = self.article.value().strip()
        self.filled.emit(RuleCorrection(self._rule.id, source, value, article, self.note.value().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc gives up; both belong to an input method while it is composing."""
        if composing(self.focusWidget()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
