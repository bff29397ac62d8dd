"""A row that goes on in the next line where the window is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

LINE_GAP = 4


class WrappingRow(QWidget):
    """Holds widgets at their own size, from left to right, then from top to bottom; `add` puts one at the end."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, margin: int = 0) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._gap, self._margin = gap, margin
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> QWidget:
        """Put a widget behind the others."""
        widget.setParent(self)
        self._widgets.append(widget)
        widget.show()
        self.updateGeometry()
        return widget

    def take(self, widget: QWidget) -> None:
        """Let go of a widget; the others close up."""
        self._widgets.remove(widget)
        widget.hide()
        self.updateGeometry()

    def clear(self) -> None:
        """Take every widget away."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        self.updateGeometry()

    @property
    def shown(self) -> list[QWidget]:
        """The widgets that take room."""
        return [each for each in self._widgets if not each.isHidden()]

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        places = self.places(width)
        return (places[-1].bottom() + 1 if places else 0) + 2 * self._margin

    def sizeHint(self) -> QSize:
        """All in one line."""
        widths = [self._size(each).width() for each in self.shown]
        whole = sum(widths) + self._gap * max(len(widths) - 1, 0)
        return QSize(whole, self._line_height() + 2 * self._margin)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest widget."""
        widest = max((self._size(each).width() for each in self.shown), default=0)
        return QSize(widest, self._line_height() + 2 * self._margin)

    def places(self, width: int) -> list[QRect]:
        """Where each shown widget's cell lies at a width, as high as its line, below the margin."""
        found: list[QRect] = []
        x = y = 0
        high = self._line_height()
        for widget in self.shown:
            own = self._size(widget).width()
            if x and x + own > width:
                x, y = 0, y + high + LINE_GAP
            found.append(QRect(x, y, own, high))
            x += own + self._gap
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A widget in it has another size, or is hidden or shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        for widget, cell in zip(self.shown, self.places(self.width()), strict=True):
            size = self._size(widget)
            down = (cell.height() - size.height()) // 2 + self._margin
            widget.setGeometry(QRect(cell.topLeft() + QPoint(0, down), size))

    def _line_height(self) -> int:
        return max((self._size(each).height() for each in self.shown), default=0)

    @staticmethod
    def _size(widget: QWidget) -> QSize:
        hint = widget.sizeHint().expandedTo(widget.minimumSizeHint())
        return hint.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
