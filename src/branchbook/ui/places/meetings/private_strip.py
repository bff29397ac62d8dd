"""Stands in the place of a private record's content until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from branchbook.ui.widgets.buttons import Button, IconLabel
from branchbook.ui.widgets.labels import Text


class PrivateStrip(QFrame):
    """``asked`` when 显示 is pressed."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self.show_button = Button(self.tr("显示"), "eye", self)
        self.show_button.setToolTip(self.tr("在屏幕上显示主题、内容和附件；离开这份记录后重新隐去"))
        self.show_button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("lock", self))
        row.addWidget(Text(self.tr("这份记录不公开，内容已隐去。"), "", self), 1)
        row.addWidget(self.show_button)
        self.hide()
