"""Errors nobody expected, written to the log file without what they were about.

An exception's message may hold a name or an identity number, so only its type and the chain of places in
our code are logged: enough to find the line, nothing about a person.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

LOG_FILE = "branchbook.log"
MOST_BYTES = 512 * 1024


def start_log(folder: Path) -> Path | None:
    """Write the program's log to ``folder``; gives its path, None where the folder can't be written.

    A log that has grown beyond 512 KiB is put aside at the start, one generation is kept.
    """
    path = folder / LOG_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST_BYTES:
            path.replace(path.with_suffix(".log.1"))
        handler = logging.FileHandler(path, encoding="utf-8")
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
