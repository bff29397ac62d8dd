"""A card that writes a file in one step, and reads one in two: first what it would do, then the word to do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.services.workshop import Workshop
from branchbook.ui.place import FileChooser
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place


Step = tuple[str, Callable[[], None]]


class TwoStepCard(Card):
    """Holds the buttons and the preview; subclasses say by ``set_steps`` what the three steps are."""

    def __init__(self, place: Place, workshop: Workshop, files: FileChooser) -> None:
        super().__init__("", "", place)
        self._place, self._workshop, self._files = place, workshop, files
        self.export_button = Button("", "upload", self)
        self.import_button = Button("", "download", self)
        self.confirm_button = Button("", "check", self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.export_button, self.import_button, self.confirm_button):
            row.addWidget(button)
        row.addStretch(1)
        holder = QWidget(self)
        holder.setLayout(row)
        self.preview_text = Text("", "dim", self, wrap=True)
        self.add(holder)
        self.add(self.preview_text)
        self.reset()

    def set_steps(self, export: Step, choose: Step, confirm: Step) -> None:
        """What the three buttons say, and what each does."""
        buttons = (self.export_button, self.import_button, self.confirm_button)
        for button, (text, work) in zip(buttons, (export, choose, confirm), strict=True):
            button.setText(text)
            button.clicked.connect(work)

    def reset(self) -> None:
        """Another book is shown: what was previewed is forgotten."""
        self.preview_text.hide()
        self.confirm_button.hide()

    def show_preview(self, lines: tuple[str, ...], *, can_confirm: bool) -> None:
        """What reading the chosen file would do, and the button that does it where there is something to do."""
        self.preview_text.setText("\n".join(lines))
        self.preview_text.show()
        self.confirm_button.setVisible(can_confirm)
