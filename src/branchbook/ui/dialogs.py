"""Qt's file dialogs behind the protocol that places ask (`FileChooser`), and the one question that can't be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6 import (
    QtGui,
    QtWidgets,  # PySide makes a class when it is first named: these need not be there at the start
)
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget


class DialogFiles:
    """Asks by Qt's dialogs over ``parent``; begins in the folder that was used last."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        self._parent = parent
        self._folder = folder or Path.home()

    def open_file(self, title: str, pattern: str) -> Path | None:
        """One existing file."""
        name, _ = QtWidgets.QFileDialog.getOpenFileName(self._parent, title, str(self._folder), pattern)
        return self._chosen(name)

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        """A file to write; the dialog asks before an existing one is replaced."""
        start = str(self._folder / suggestion)
        name, _ = QtWidgets.QFileDialog.getSaveFileName(self._parent, title, start, pattern)
        chosen = self._chosen(name)
        ending = Path(suggestion).suffix
        return chosen.with_name(chosen.name + ending) if chosen and ending and not chosen.suffix else chosen

    def folder(self, title: str) -> Path | None:
        """An existing folder."""
        return self._chosen(
            QtWidgets.QFileDialog.getExistingDirectory(self._parent, title, str(self._folder)), True
        )

    def _chosen(self, name: str, is_folder: bool = False) -> Path | None:
        if not name:
            return None
        path = Path(name)
        self._folder = path if is_folder else path.parent
        return path


def show_file(path: Path) -> None:
    """Hand a file to the system's program for it."""
    QtGui.QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def decide(parent: QWidget, title: str, question: str, action: str) -> bool:
    """Ask before something that can't be taken back. ``action`` is the word on its button; Esc means no."""
    box = QtWidgets.QMessageBox(parent)
    box.setIcon(QtWidgets.QMessageBox.Icon.NoIcon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    yes = box.addButton(action, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(QtWidgets.QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(no)
    box.exec()
    return box.clickedButton() is yes
