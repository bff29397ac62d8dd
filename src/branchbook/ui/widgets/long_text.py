"""A field for minutes: grows with its text, takes plain text only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

MOST_LINES = 40
FRAME = 3
"""The stylesheet's border and padding above and below the text."""
_MARGIN = 2


class LongText(QPlainTextEdit):
    """``edited`` while it is typed (never by `set_value`), ``left`` when the field is left.

    Grows from ``least_lines`` to 40 lines of its width, then scrolls. Tab goes to the next field. What is
    pasted arrives as text without formats, control characters left out.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, *, least_lines: int = 1) -> None:
        super().__init__(parent)
        self._least_lines = least_lines
        self._telling = True
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.document().clearUndoRedoStacks()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def value(self) -> str:
        """The text as typed, without what an input method is still composing."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show another text, unless it is shown already (the cursor stays where it was)."""
        if text == self.toPlainText():
            return
        self._telling = False
        self.setPlainText(text)
        self._telling = True

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text."""
        kept = (each for each in source.text() if each in "\n\t" or ord(each) >= 0x20)
        self.insertPlainText("".join(kept).replace("\t", " "))

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left; not when only a menu or another window took the focus."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and grow or shrink accordingly."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def _changed(self) -> None:
        if self._telling:
            self.edited.emit(self.toPlainText())

    def _grow(self) -> None:
        lines = max(self._least_lines, round(self.document().size().height()))
        spare = 2 * (_MARGIN + FRAME)
        height = min(lines, MOST_LINES) * self.fontMetrics().lineSpacing() + spare
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        scrolls = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > MOST_LINES
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(scrolls)
