"""The theme and the size of text that the user chose, kept in the program's settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from branchbook.services.program import ProgramSettingsFile
from branchbook.ui.theme import Look


class KeptLook(QObject):
    """Writes down how the window looks whenever that changes, as long as its owner is there."""

    def __init__(self, file: ProgramSettingsFile, owner: QObject) -> None:
        super().__init__(owner)
        self._file = file
        # A method of an object that Qt knows: the connection ends with it.
        Look.current().changed.connect(self._keep)

    def _keep(self) -> None:
        look, settings = Look.current(), self._file.load()
        changed = replace(settings, theme=look.choice.value, text_scale=look.text_scale)
        if changed != settings:
            self._file.save(changed)
