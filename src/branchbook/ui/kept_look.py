"""The theme and the size of text that the user chose, kept in the program's settings."""

from __future__ import annotations

from dataclasses import replace

from branchbook.services.program import ProgramSettingsFile
from branchbook.ui.theme import Look


def keep_look(file: ProgramSettingsFile) -> None:
    """Write down how the window looks now."""
    look, settings = Look.current(), file.load()
    changed = replace(settings, theme=look.choice.value, text_scale=look.text_scale)
    if changed != settings:
        file.save(changed)
