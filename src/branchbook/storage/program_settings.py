"""The program's settings as a JSON file in the user's configuration folder.

They are read before the window is painted, so by Python's own json: msgspec would cost more than the rest of it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from branchbook.services.program import BackupNote, BackupPlace, ProgramSettings

_LOG = logging.getLogger(__name__)


class JsonProgramSettings:
    """Keeps the settings in one JSON file, replaced as a whole so that it is never half-written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> ProgramSettings:
        """The settings; the defaults where the file is missing or does not fit."""
        try:
            return _settings(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return ProgramSettings()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            _LOG.warning("program settings could not be read: %s", type(error).__name__)
            return ProgramSettings()

    def save(self, settings: ProgramSettings) -> None:
        """Write beside the file, then replace it; a folder that can't be written is only logged."""
        temporary = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(asdict(settings), ensure_ascii=False, indent=2, default=datetime.isoformat)
            temporary.write_text(text, "utf-8")
            temporary.replace(self._path)
        except OSError as error:
            _LOG.warning("program settings could not be saved: %s", type(error).__name__)


def _settings(found: dict[str, Any]) -> ProgramSettings:
    """What a file says, checked; what it does not say is as by default. Raises where something does not fit."""
    plain = ProgramSettings()
    return ProgramSettings(
        operator=_fitting(found.get("operator", plain.operator), str),
        theme=_fitting(found.get("theme", plain.theme), str),
        text_scale=_fitting(found.get("text_scale", plain.text_scale), int),
        recent=tuple(_fitting(each, str) for each in _fitting(found.get("recent", []), list)),
        backups={book: _note(note) for book, note in found.get("backups", {}).items()},
        backup_folders={
            book: _fitting(folder, str) for book, folder in found.get("backup_folders", {}).items()
        },
        salts={
            book: tuple(_fitting(each, str) for each in _fitting(salts, list))
            for book, salts in found.get("salts", {}).items()
        },
        backup_places={book: _place(place) for book, place in found.get("backup_places", {}).items()},
    )


def _note(found: dict[str, Any]) -> BackupNote:
    moment = datetime.fromisoformat(found["at"])
    last = _fitting(found.get("last_operation", ""), str)
    return BackupNote(_fitting(found["path"], str), moment, _fitting(found["sha256"], str), last)


def _place(found: dict[str, Any]) -> BackupPlace:
    return BackupPlace(*(_fitting(found[name], str) for name in ("folder", "marker", "volume", "inside")))


def _fitting(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    return value
