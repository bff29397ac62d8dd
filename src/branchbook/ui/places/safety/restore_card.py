"""Before a restore: what the backup holds beside the present book, and in which way it is to be restored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.services.backup_shelf import RestorePreview
from branchbook.services.backup_words import preview_lines
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card, ScrolledBody
from branchbook.ui.widgets.labels import Text


class RestoreCard(Card):
    """``new_file_asked`` and ``over_asked`` give the backup's path; ``given_up`` nothing.

    Over the present book only where there is one, and only by a second press: the first one says what happens.
    """

    new_file_asked = Signal(object)
    over_asked = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None, *, over_present: bool = True) -> None:
        super().__init__(parent=parent)
        self._backup: Path | None = None
        self._sure = False
        self.words = Text("", "", self, wrap=True)
        self.warning = Text("", "dim", self, wrap=True)
        self._long = ScrolledBody(self)
        for text in (self.warning, self.words):
            self._long.column.addWidget(text)
        self._long.column.addStretch(1)
        self.add(self._long, 1)
        back = Button(self.tr("返回"), "arrow-left", self)
        self.over_button = Button(self.tr("替换现在的簿"), "", self)
        self.new_button = Button(self.tr("恢复成新文件"), "rotate-ccw", self, primary=True)
        back.clicked.connect(self.given_up)
        self.over_button.clicked.connect(self._over)
        self.new_button.clicked.connect(lambda: self.new_file_asked.emit(self._backup))
        self.over_button.setVisible(over_present)
        self.add_foot(back, self.over_button, self.new_button)

    def show_preview(self, preview: RestorePreview) -> None:
        """Say what restoring would bring."""
        self._backup, self._sure = preview.path, False
        self.set_title(self.tr("恢复备份"), preview.path.name)
        self.words.setText("\n".join(preview_lines(preview)))
        self.warning.setText(self.tr("恢复成新文件：原来的簿不动。"))
        self.over_button.setText(self.tr("替换现在的簿"))

    def _over(self) -> None:
        if self._sure:
            self.over_asked.emit(self._backup)
            return
        self._sure = True
        self.over_button.setText(self.tr("确认替换"))
        self._long.verticalScrollBar().setValue(0)
        self.warning.setText(
            self.tr(
                "替换以前，现在的簿先另存一份并校验，留在原处（文件名带“恢复前”）。再按一次“确认替换”开始。"
            )
        )
