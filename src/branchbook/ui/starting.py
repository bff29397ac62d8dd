"""The first steps of a program with a window: input method, log, language, faces, look."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from branchbook.resources import resource_path
from branchbook.services.program import ProgramSettings
from branchbook.ui import input_method, preedit
from branchbook.ui.crash_report import CrashReports
from branchbook.ui.error_log import log_error, start_log, without_particulars
from branchbook.ui.fonts import screen_families
from branchbook.ui.theme import Look, ThemeChoice
from branchbook.ui.translations import speak_chinese

ICON = "icons/program/branchbook.svg"


def make_application(settings: ProgramSettings, folder: Path) -> QApplication:
    """The one QApplication, ready for windows. ``folder`` is where the log is written."""
    input_method.settle(os.environ)  # type: ignore[arg-type]  # a mapping that can be written is enough
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    present = QApplication.instance()
    application = present or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(application, QApplication)
    application.setApplicationName("BranchBook")
    application.setApplicationDisplayName("支部手册")
    application.setDesktopFileName("branchbook")
    application.setWindowIcon(QIcon(str(resource_path(ICON))))
    start_log(folder)
    reports = CrashReports(folder)
    qInstallMessageHandler(_log_of_qt)
    sys.excepthook = partial(_log_uncaught, reports)
    speak_chinese(application)
    preedit.install(application)
    Look.install(application, _theme(settings), settings.text_scale, screen_families(), in_fusion=not present)
    return application


def _log_uncaught(
    reports: CrashReports, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody caught goes to log and report without its message, which may hold a name, and whole to a terminal."""
    log_error(logging.getLogger("branchbook"), error)
    reports.uncaught(error, datetime.now())  # noqa: DTZ005 - the user's own time stands in the report
    if sys.stderr is not None:
        sys.__excepthook__(kind, error, trace)


def _log_of_qt(kind: QtMsgType, _: QMessageLogContext, message: str | None) -> None:
    """Qt's own remarks belong in the log, not on a terminal that the user watches."""
    if kind != QtMsgType.QtDebugMsg:
        logging.getLogger("branchbook.qt").warning("%s", without_particulars(message or ""))


def when_painted(then: Callable[[], object]) -> None:
    """Call once the window has been painted and waits for input."""
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, then))


def _theme(settings: ProgramSettings) -> ThemeChoice:
    try:
        return ThemeChoice(settings.theme)
    except ValueError:
        return ThemeChoice.SYSTEM
