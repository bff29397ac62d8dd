"""The roster of the day out of the book: as a spreadsheet, or on to the place of papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from branchbook.services.protection import unprotected_words
from branchbook.services.roster_export import export_roster
from branchbook.services.settings import book_settings
from branchbook.ui.place import Destination, FileChooser, ShowPaper
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.services.workshop import Workshop
    from branchbook.ui.places.members.place import Members

ROSTER_PAPER = "member_roster"


class RosterOutput(QObject):
    """Writes what the place shows: its organisation, as of its day."""

    def __init__(self, place: Members, workshop: Workshop, files: FileChooser) -> None:
        super().__init__(place)
        self._place = place
        self._workshop = workshop
        self._files = files

    def export(self) -> None:
        """Write the roster; numbers are masked where the settings say so."""
        view = self._place.people.view
        name = self.tr("{organisation}花名册 {day}.xlsx")
        organisation = view.organisation if view else ""
        suggested = name.format(organisation=organisation, day=self._place.day)
        path = self._files.save_file(self.tr("导出花名册"), self.tr("Excel 表格 (*.xlsx)"), suggested)
        if path is not None:
            self._write(path)

    def print_roster(self) -> None:
        """Preview the paper of the roster."""
        self._place.go.emit(Destination("print", ShowPaper(ROSTER_PAPER)))

    def _write(self, path: Path) -> None:
        context, day, tables = self._place.context, self._place.day, self._workshop.tables

        def job(_: object) -> int:
            with context.book.reading() as reading:
                masked = book_settings(reading).identity_masked
                scope = context.scope.organisation_id
                return export_roster(tables, path, reading.roster(), day, scope, masked=masked)

        self._place.work(self.tr("导出花名册"), job, lambda count: self._exported(path, count))

    def _exported(self, path: Path, count: int) -> None:
        text = self.tr("已导出 {n} 人：{name}").format(n=count, name=path.name)
        warning = unprotected_words(self._place.context.book)
        self._place.banner.say(Tone.OK, text, more="；".join(filter(None, (str(path.parent), warning))))
