"""Buttons whose icons follow the theme by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from branchbook.ui.icons import icon
from branchbook.ui.theme import Look
from branchbook.ui.widgets.labels import restyle

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_RECOLOUR = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class _Pressable(QPushButton):
    """A push button that Enter presses as Space does; Qt itself does so only inside dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; held down it presses once."""
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)


def _pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~_KEYPAD:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class Button(_Pressable):
    """A push button: quiet by default, ``primary`` at most once per card, Enter presses it."""

    def __init__(
        self, text: str, icon_name: str = "", parent: QWidget | None = None, *, primary: bool = False
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self.setProperty("primary", primary)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._recolour()

    @property
    def primary(self) -> bool:
        """Whether it is the card's one primary button."""
        return bool(self.property("primary"))

    def set_primary(self, primary: bool) -> None:
        """Make it the primary button, or a quiet one."""
        self.setProperty("primary", primary)
        restyle(self)
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon when the theme changes."""
        super().changeEvent(event)
        if event.type() in _RECOLOUR:
            self._recolour()

    def _recolour(self) -> None:
        if not self._icon_name:
            return
        look = Look.current()
        colour = look.tokens.on_accent if self.primary else look.tokens.text
        self.setIcon(icon(self._icon_name, colour, look.px(14), look.px(4)))
        self.setIconSize(QSize(look.px(18), look.px(14)))


class LinkButton(_Pressable):
    """A button that reads as an underlined word inside a sentence or a banner."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("link", True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class IconButton(QToolButton):
    """An icon alone; ``name`` is what it does, as tool tip and for screen readers."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None, size: int = 16) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._size = size
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._recolour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as on every other button."""
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon when the theme changes."""
        super().changeEvent(event)
        if event.type() in _RECOLOUR:
            self._recolour()

    def _recolour(self) -> None:
        look = Look.current()
        self.setIcon(icon(self._icon_name, look.tokens.dim, look.px(self._size)))
        self.setIconSize(QSize(look.px(self._size), look.px(self._size)))


class IconLabel(QToolButton):
    """An icon that is only seen: no focus, no press."""

    def __init__(self, icon_name: str, parent: QWidget | None = None, size: int = 16, token: str = "dim"):
        super().__init__(parent)
        self._icon_name, self._size, self._token = icon_name, size, token
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._recolour()

    def set_icon(self, icon_name: str, token: str = "dim") -> None:
        """Show another icon, in the colour of a token."""
        self._icon_name, self._token = icon_name, token
        self._recolour()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon when the theme changes."""
        super().changeEvent(event)
        if event.type() in _RECOLOUR:
            self._recolour()

    def _recolour(self) -> None:
        look = Look.current()
        self.setIcon(icon(self._icon_name, getattr(look.tokens, self._token), look.px(self._size)))
        self.setIconSize(QSize(look.px(self._size), look.px(self._size)))
