"""The frame of the window: how large it begins, and where rail, bars and place stand."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

SIZE = (1366, 768)
FRAME = (2, 40)
"""What a window manager may draw around the window: edges, and a title bar above it."""


def first_size(screen: QScreen) -> QSize:
    """What the design was drawn for, or less: the status line must not hang below the screen."""
    return QSize(*SIZE).boundedTo(screen.availableSize() - QSize(*FRAME))


def framed(parent: QWidget, rail: QWidget, *rows: QWidget, stretched: QWidget) -> QWidget:
    """The rail at the left, the rows at its right from top to bottom; ``stretched`` takes what is left."""
    window = QWidget(parent)
    window.setObjectName("window")
    right = QVBoxLayout()
    right.setSpacing(0)
    for row in rows:
        right.addWidget(row, 1 if row is stretched else 0)
    whole = QHBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(rail)
    whole.addLayout(right, 1)
    return window
