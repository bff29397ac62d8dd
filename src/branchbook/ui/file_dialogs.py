"""Asking for files with the system's own dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget


class FileDialogs(QObject):
    """Implements ``place.FileChooser``. Begins where the last file was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = parent
        self._folder = str(Path.home())

    def open_file(self, title: str, pattern: str) -> Path | None:
        """One existing file."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, self._folder, pattern)
        return self._chosen(chosen)

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        """A file to write; the suffix of the pattern is added where none was typed."""
        proposed = str(Path(self._folder) / suggestion)
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, proposed, pattern)
        path = self._chosen(chosen)
        if path is not None and not path.suffix and Path(suggestion).suffix:
            return path.with_suffix(Path(suggestion).suffix)
        return path

    def folder(self, title: str) -> Path | None:
        """An existing folder."""
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._folder)
        if chosen:
            self._folder = chosen
        return Path(chosen) if chosen else None

    def _chosen(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        self._folder = str(Path(chosen).parent)
        return Path(chosen)
