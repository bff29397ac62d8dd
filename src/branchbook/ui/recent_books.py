"""The books opened before, as the settings of the program keep them and the start page lists them."""

from __future__ import annotations

from pathlib import Path

from branchbook.services.program import ProgramSettingsFile, with_recent, without_recent
from branchbook.ui.places.start import RecentBook, StartPage


class RecentBooks:
    """Examples are not among them."""

    def __init__(self, settings_file: ProgramSettingsFile, start: StartPage) -> None:
        self._file = settings_file
        self._start = start

    def show(self) -> None:
        """List them, each with whether its file is there."""
        paths = [Path(each) for each in self._file.load().recent]
        self._start.set_recent([RecentBook(path, path.is_file()) for path in paths])

    def remember(self, path: Path) -> None:
        """The book that was just opened comes first."""
        from branchbook.ui.opening import is_example

        if not is_example(path):
            self._file.save(with_recent(self._file.load(), path))
            self.show()

    def forget(self, path: object) -> None:
        """Take one out of the list; its file is not touched."""
        self._file.save(without_recent(self._file.load(), str(path)))
        self.show()
