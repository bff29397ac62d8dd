"""A real window with a real book in which somebody types, until the program is killed.

Run as a program: ``typing_window.py BOOK``. Each time that the status line says saved, it prints on its
standard output what stood in the field by then, one line of JSON, and types on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from branchbook.app import Workshop, now
from branchbook.services.program import ProgramSettings
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.storage.thread import StorageThread
from branchbook.ui.application import Application, WindowNeeds
from branchbook.ui.commands import SaveState
from branchbook.ui.place import BeginRecord, Destination
from branchbook.ui.starting import make_application

WORD = "abc"


class Typist:
    """Types a word into the venue, waits for 已保存, reports, and goes on without ever leaving the field."""

    def __init__(self, program: Application) -> None:
        self._program = program
        program.ready.connect(self._begin)

    def _begin(self) -> None:
        session = self._program.session
        assert session is not None
        session.commands.status_changed.connect(self._saved)
        scope = self._program.window.place.context.scope
        begun = BeginRecord(("general_meeting",), scope.organisation_id, now().date())
        self._program.window.go(Destination("meetings", begun))
        QTimer.singleShot(0, self._find_field)

    def _find_field(self) -> None:
        place = self._program.window.place
        body = place.editing.body_area if place.key == "meetings" else None
        if body is None or not body.isVisible():
            QTimer.singleShot(20, self._find_field)
            return
        self._field = body.fields.venue
        self._field.setFocus()
        self._type()

    def _type(self) -> None:
        self._awaited = True
        QTest.keyClicks(self._field, WORD)

    def _saved(self, status: object) -> None:
        if getattr(status, "state", None) is SaveState.SAVED and self._awaited:
            self._awaited = False
            print(json.dumps(self._field.text()), flush=True)
            QTimer.singleShot(0, self._type)

    _awaited = False


def main() -> int:
    """Open the book and type until killed."""
    folder = Path(mkdtemp())
    application = make_application(ProgramSettings(), folder)
    settings = JsonProgramSettings(folder / "settings.json")
    program = Application(WindowNeeds(Workshop(), settings, StorageThread, now, lambda *_: None))
    program.window.show()
    typist = Typist(program)
    program.open(Path(sys.argv[1]))
    code = application.exec()
    del typist
    return code


if __name__ == "__main__":
    sys.exit(main())
