"""The program's settings as a JSON file in the user's configuration folder."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from branchbook.services.program import ProgramSettings

_LOG = logging.getLogger(__name__)


class JsonProgramSettings:
    """Keeps the settings in one JSON file, replaced as a whole so that it is never half-written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> ProgramSettings:
        """The settings; the defaults where the file is missing or does not fit."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=ProgramSettings)
        except FileNotFoundError:
            return ProgramSettings()
        except (OSError, msgspec.DecodeError) as error:
            _LOG.warning("program settings could not be read: %s", type(error).__name__)
            return ProgramSettings()

    def save(self, settings: ProgramSettings) -> None:
        """Write beside the file, then replace it; a folder that can't be written is only logged."""
        temporary = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2))
            temporary.replace(self._path)
        except OSError as error:
            _LOG.warning("program settings could not be saved: %s", type(error).__name__)
