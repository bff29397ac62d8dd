"""When the program itself fails: a report on the disk that a user may read and send, without personal data.

Two ways lead to one: an error that nobody caught, and the end of the process by a fault in a library, of which the
interpreter writes the lines of our code into a file that was opened before. That file becomes a report at the next
start, which also tells of it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
from datetime import datetime
from pathlib import Path
from typing import TextIO

import PySide6

from branchbook import __version__
from branchbook.ui.error_log import LOG_FILE, describe

KEPT = 5
LOG_LINES = 40
_UNTOLD = ".new.txt"
_NAMED_FILE = re.compile(r'File "(?:[^"]*[/\\])?([^"/\\]*)"')
_HEAD = "支部手册 出错报告：只有程序的位置，没有姓名、号码和正文，可以发给维护人员"


class CrashReports:
    """Reports of one user, in the folder of the program's settings and log."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written before something happens, and nothing at all where the folder can't be written."""
        self.folder = folder / "reports"
        self._settings_folder = folder
        self._native: TextIO | None = None

    def begin(self, now: datetime) -> None:
        """Turn what an earlier process left into a report, and be ready for what may happen to this one."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in sorted(self.folder.glob("native-*.txt")):
                text = left.read_text("utf-8", errors="replace")
                if text.strip():
                    self._write(_NAMED_FILE.sub(r'File "\1"', text), now)
                if text.strip() or not _is_running(left):
                    left.unlink()
            path = self.folder / f"native-{os.getpid()}.txt"
            self._native = path.open("w", encoding="utf-8")
            faulthandler.enable(self._native)

    def end(self) -> None:
        """The program ends as it should: the empty file for what might have happened goes."""
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            with contextlib.suppress(OSError):
                Path(self._native.name).unlink()
            self._native = None

    def uncaught(self, error: BaseException, now: datetime) -> None:
        """Report an error that nobody caught; the program may go on."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(describe(error), now)

    def untold(self) -> Path | None:
        """The latest report that no start has told of yet; from now on it counts as told."""
        told = None
        with contextlib.suppress(OSError):
            for path in sorted(self.folder.glob(f"*{_UNTOLD}")):
                told = path.replace(path.with_name(path.name.removesuffix(_UNTOLD) + ".txt"))
        return told

    def _write(self, what: str, now: datetime) -> None:
        lines = [_HEAD, f"时间 {now:%Y-%m-%d %H:%M:%S}", _surroundings(), "", what.strip(), "", "日志："]
        path = self.folder / f"report {now:%Y-%m-%d %H%M%S}{_UNTOLD}"
        path.write_text("\n".join((*lines, *self._log_lines())) + "\n", "utf-8")
        kept = sorted(each for each in self.folder.glob("report *.txt"))
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)

    def _log_lines(self) -> list[str]:
        try:
            text = (self._settings_folder / LOG_FILE).read_text("utf-8", errors="replace")
        except OSError:
            return []
        return text.splitlines()[-LOG_LINES:]


def _surroundings() -> str:
    """Versions only: neither the computer's name nor the account's."""
    import platform

    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"版本 {__version__}，Python {platform.python_version()}，Qt {PySide6.__version__}，{system}"


def _is_running(native: Path) -> bool:
    """Whether the process that a file is named after still runs; where that can't be told it may."""
    number = native.stem.removeprefix("native-")
    if not number.isdigit() or os.name == "nt":
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
