"""A line that is too long for its field shows how it begins, not how it ends."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget


def show_beginning(editor: QWidget) -> None:
    """Put the cursor at the beginning, unless somebody is writing there."""
    if isinstance(editor, QLineEdit) and not editor.hasFocus():
        editor.setCursorPosition(0)
