"""Errors nobody expected, written to the log file without what they were about.

An exception's message may hold a name or an identity number, so only its type and the chain of places in
our code are logged: enough to find the line, nothing about a person. What Qt says is logged without names of
files, numbers and Chinese text.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path

LOG_FILE = "branchbook.log"
MOST_BYTES = 512 * 1024

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”")
_PATH = re.compile(r"(?:file:/*|[A-Za-z]:\\|~?/)\S+")
_NUMBER = re.compile(r"\d{4,}")
_TEXT = re.compile(r"[^\x00-\x7f]+")


class RotatingLog(logging.FileHandler):
    """One file and the one before it, each of 512 KiB at most. (Python's own such handler brings sockets along.)"""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; what has grown too large is put aside first."""
        super().emit(record)
        try:
            if self.stream is not None and self.stream.tell() > MOST_BYTES:
                self.close()
                put_aside(Path(self.baseFilename))
        except (OSError, ValueError):
            self.handleError(record)


def put_aside(path: Path) -> None:
    """Make the log the one before; the one before that is gone."""
    path.replace(path.with_suffix(".log.1"))


def start_log(folder: Path) -> Path | None:
    """Write the program's log to ``folder``; gives its path, None where the folder can't be written."""
    path = folder / LOG_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST_BYTES:
            put_aside(path)
        handler = RotatingLog(path, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("branchbook").addHandler(handler)
    return path


def log_error(logger: logging.Logger, error: BaseException) -> None:
    """Log an error as its type and the places it went through, never its message."""
    logger.error("%s", describe(error))


def describe(error: BaseException) -> str:
    """``ValueError at people.py:31 record_person < commands.py:210 …``, innermost first, causes after it."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 4:
        frames = reversed(traceback.extract_tb(seen.__traceback__))
        path = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)
        parts.append(f"{type(seen).__name__} at {path or '?'}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " because of ".join(parts)


def without_particulars(message: str) -> str:
    """A message of somebody else's (Qt's) without quoted text, paths, long numbers, and anything but ASCII."""
    for pattern, stands in ((_QUOTED, "…"), (_PATH, "…"), (_NUMBER, "#"), (_TEXT, "…")):
        message = pattern.sub(stands, message)
    return message.replace("…", "...")
