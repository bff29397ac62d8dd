"""A word in the colour of a state: 草稿, 已定稿, 逾期 24 天."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from branchbook.ui.theme import Look, Tone


class Badge(QLabel):
    """Says a state in a word; the colour only underlines it."""

    def __init__(self, text: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone = tone
        self.say(text, tone)

    @property
    def tone(self) -> Tone:
        """The tone shown."""
        return self._tone

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show another word, in another tone where given; an empty word hides the badge."""
        self._tone = self._tone if tone is None else tone
        self.setText(text)
        self.setVisible(bool(text))
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def _recolour(self) -> None:
        look = Look.current()
        sheet = (
            f"background: {look.tokens.ground(self._tone)}; color: {look.tokens.foreground(self._tone)};"
            f" border-radius: 4px; padding: {look.px(1)}px {look.px(7)}px; font-size: {look.px(12)}px;"
        )
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)
