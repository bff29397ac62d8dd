"""A quiet strip in the colour of a tone: problems beside the work, and the sentence of arithmetic."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.buttons import IconButton, LinkButton
from branchbook.ui.widgets.labels import Text


class Banner(QFrame):
    """Hidden until something is said. ``linked`` is emitted when the link in it is pressed."""

    linked = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self._tone = Tone.QUIET
        self._text = Text(wrap=True, parent=self)
        self._more = Text(wrap=True, parent=self)
        self._right = Text(parent=self)
        self._link = LinkButton("", self)
        self._pressed: Callable[[], object] | None = None
        self._link.clicked.connect(self._press)
        self._close = IconButton("x", self.tr("关闭这条提示"), self, 14)
        self._close.clicked.connect(self.clear)
        self._closable = closable
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addLayout(words, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for widget in (self._link, self._right, self._close):
            row.addWidget(widget, 0, middle)

    @property
    def text(self) -> str:
        """What it says, all lines, for tests and screen readers; empty when hidden."""
        parts = (self._text.text(), self._more.text(), self._right.text())
        return "\n".join(part for part in parts if part)

    @property
    def tone(self) -> Tone:
        """The tone in which it says so."""
        return self._tone

    def say(
        self,
        tone: Tone,
        text: str,
        right: str = "",
        *,
        more: str = "",
        link: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        """Say a sentence; ``right`` is the article at its right end, ``link`` a word to press.

        ``pressed`` is called by that word, where several who do not know each other use the same banner.
        """
        self._tone, self._pressed = tone, pressed
        self._text.setText(text)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._right.setText(right)
        self._right.setVisible(bool(right))
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self._close.setVisible(self._closable)
        self._recolour()
        self.setAccessibleName(self.text)
        self.show()

    def show_problem(self, problem: Problem) -> None:
        """Say what happened and where, and below it what to do next."""
        where = self.tr("{what}：{where}").format(what=problem.what, where=problem.where)
        self.say(Tone.BAD, where if problem.where else problem.what, more=problem.next_step)

    def stops(self) -> list[QWidget]:
        """What Tab visits in it: the link, where there is one."""
        return [self._link] if self._link.text() else []

    def _press(self) -> None:
        self.linked.emit()
        if self._pressed is not None:
            self._pressed()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._link.setText("")
        for label in (self._text, self._more, self._right):
            label.setText("")
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _recolour(self) -> None:
        look = Look.current()
        sheet = (
            f"Banner {{ background: {look.tokens.ground(self._tone)}; border-radius: 6px; }}"
            f"Banner Text {{ color: {look.tokens.foreground(self._tone)}; font-size: {look.px(13)}px; }}"
        )
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)
            self._right.setStyleSheet(f"color: {look.tokens.foreground(self._tone)};")
