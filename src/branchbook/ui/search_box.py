"""The search at the top right: type, see hits, go there. Ctrl+F from anywhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconLabel
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.services.search import SearchResult
    from branchbook.ui.search_popup import SearchPopup

PAUSE = 120
"""Milliseconds after the last key before the book is asked."""


class SearchBox(QLineEdit):
    """``asked`` gives words to look up, after a short pause; ``chosen`` the ``FoundLine`` to go to."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(self.tr("姓名、拼音、内容、文号"))
        self.setAccessibleName(self.tr("搜索"))
        self._icon = IconLabel("search", self, 16)
        self._hint = Text("Ctrl+F", "dim", self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(lambda text: self._hint.setVisible(not text))

    @cached_property
    def popup(self) -> SearchPopup:
        """The list of hits, built when it is first asked for: the window is painted without it."""
        from branchbook.ui.search_popup import SearchPopup

        popup = SearchPopup(self)
        popup.view.clicked.connect(lambda index: self._choose(index.row()))
        return popup

    def take_focus(self) -> None:
        """Be ready to type other words."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def forget(self) -> None:
        """The book is closed or locked: no words, no hits."""
        self._pause.stop()
        self.clear()
        if "popup" in self.__dict__:
            self.popup.deleteLater()
            del self.__dict__["popup"]

    def show_result(self, result: SearchResult) -> None:
        """Show what was found, unless other words have been typed meanwhile or the box was left."""
        if self.text().strip() and self.hasFocus():
            self.popup.show_result(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a hit, Enter goes there, Esc closes and then clears."""
        key = event.key()
        if composing(self):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.popup.isVisible():
            self.popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.popup.hide() if self.popup.isVisible() else self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The hits disappear when the box is left."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icon at the left, key at the right."""
        super().resizeEvent(event)
        self._place_signs()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_signs()

    def _place_signs(self) -> None:
        look = Look.current()
        self._icon.setGeometry(look.px(6), 0, look.px(26), self.height())
        self._hint.adjustSize()
        self._hint.move(self.width() - self._hint.width() - 10, (self.height() - self._hint.height()) // 2)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._close()

    def _close(self) -> None:
        if "popup" in self.__dict__:
            self.popup.hide()

    def _ask(self) -> None:
        if self.text().strip():
            self.asked.emit(self.text().strip())

    def _enter(self) -> None:
        if self.popup.isVisible() and self.popup.hits.hits:
            self._choose(max(self.popup.view.currentIndex().row(), 0))
        else:
            self._pause.stop()
            self._ask()

    def _choose(self, row: int) -> None:
        hit = self.popup.hits.hits[row]
        self.popup.hide()
        self.clear()
        self.chosen.emit(hit)
