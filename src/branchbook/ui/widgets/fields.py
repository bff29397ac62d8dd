"""Labelled editors in one or two columns, with a problem shown under the field that it is about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.theme import Look
from branchbook.ui.widgets.labels import Text, restyle


class LeavableLine(QLineEdit):
    """A line that tells ``edited`` while it is typed in and ``left`` when the field is left."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.edited)

    @property
    def being_typed(self) -> bool:
        """Whether somebody is typing here just now: what a book answers meanwhile must not overwrite it."""
        return self.hasFocus() and self.isModified()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left; not when only a menu or another window took the focus."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class LineField(LeavableLine):
    """One line of text. ``edited`` while it is typed (never by `set_value`), ``left`` when the field is left.

    Preedit text of an input method is not part of the value until it is committed. ``judged`` gives the
    ``Problem`` with what is typed where a kind of line knows one, None when it is right again.
    """

    judged = Signal(object)

    def value(self) -> str:
        """The text as typed."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show another text, unless it is shown already (the cursor stays where it was)."""
        if text != self.text():
            self.setText(text)


def set_wrong(editor: QWidget, problem: Problem | None) -> None:
    """Mark an editor as wrong or right; the reason is its tool tip and its accessible description."""
    said = str(problem) if problem else ""
    if bool(editor.property("wrong")) != bool(said):
        editor.setProperty("wrong", bool(said))
        restyle(editor)
    editor.setToolTip(said)
    editor.setAccessibleDescription(said)


class FieldGrid(QWidget):
    """Editors with their labels, filled from left to right and top to bottom, in reading and Tab order."""

    def __init__(self, columns: int = 2, parent: QWidget | None = None, *, label_width: int = 72) -> None:
        super().__init__(parent)
        self._columns = columns
        self._label_width = label_width
        self._next = 0
        self._problems: dict[QWidget, Text] = {}
        self._labels: dict[QWidget, Text] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(9)
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    def add(self, label: str, editor: QWidget, *, wide: bool = False, hint: str = "") -> QWidget:
        """Add an editor; ``wide`` gives it the whole row, ``hint`` stands quietly under it."""
        if wide and self._next % self._columns:
            self._next += self._columns - self._next % self._columns
        row, column = divmod(self._next, self._columns)
        name = Text(label, "label", self)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setMinimumWidth(Look.current().px(self._label_width))
        name.setFixedHeight(Look.current().px(30))
        name.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        holder = self._with_problem(editor, hint)
        span = 2 * self._columns - 1 if wide else 1
        self._grid.addWidget(name, row, 2 * column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(holder, row, 2 * column + 1, 1, span, Qt.AlignmentFlag.AlignTop)
        if self._labels and editor.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(list(self._labels)[-1], editor)
        self._labels[editor] = name
        if isinstance(editor, LineField):
            editor.judged.connect(partial(self.set_problem, editor))
        self._next += self._columns if wide else 1
        return editor

    def set_problem(self, editor: QWidget, problem: Problem | None) -> None:
        """Say under a field what is wrong with it; None takes it back."""
        set_wrong(editor, problem)
        line = self._problems[editor]
        line.setText(str(problem) if problem else "")
        line.setVisible(problem is not None)

    def clear_problems(self) -> None:
        """Take every problem back."""
        for editor in self._problems:
            self.set_problem(editor, None)

    def set_shown(self, editor: QWidget, shown: bool) -> None:
        """Show or hide one field with its label."""
        self._labels[editor].setVisible(shown)
        holder = editor.parentWidget()
        if holder is not None:
            holder.setVisible(shown)

    def show_only(self, *editors: QWidget) -> None:
        """Show these fields with their labels and hide the others."""
        for editor in self._labels:
            self.set_shown(editor, editor in editors)

    def _with_problem(self, editor: QWidget, hint: str) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(editor)
        if hint:
            column.addWidget(Text(hint, "dim", holder, wrap=True))
        line = Text("", "problem", holder, wrap=True)
        line.hide()
        column.addWidget(line)
        self._problems[editor] = line
        return holder

    def changeEvent(self, event: QEvent) -> None:
        """Keep labels level with their fields when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for label in self._labels.values():
                label.setMinimumWidth(Look.current().px(self._label_width))
                label.setFixedHeight(Look.current().px(30))
