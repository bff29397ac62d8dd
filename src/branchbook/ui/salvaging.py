"""Salvaging a damaged book from the start page: a new file is asked for, what came of it is told there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from branchbook.ui.place import FileChooser
from branchbook.ui.places.start import StartPage
from branchbook.ui.recent_books import RecentBooks

if TYPE_CHECKING:
    from branchbook.domain.recovery_code import Secret
    from branchbook.services.workshop import Workshop
    from branchbook.ui.session import BookThread


class Salvaging(QObject):
    """``failed`` gives the error of a salvage that could not be done."""

    failed = Signal(object)
    _answered = Signal(object, object)

    def __init__(
        self,
        workshop: Workshop,
        new_thread: Callable[[], BookThread],
        files: FileChooser,
        start: StartPage,
        recent: RecentBooks,
    ) -> None:
        super().__init__(start)
        self._workshop = workshop
        self._new_thread = new_thread
        self._files = files
        self._start = start
        self._recent = recent
        self._answered.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def begin(self, damaged: Path, secret: Secret | None, operator: str, now: datetime) -> None:
        """Save what can be read of a damaged book; ``secret`` is what was last typed to open it."""
        suggestion = self.tr("{name} 抢救.branchbook").format(name=damaged.stem)
        pattern = self.tr("支部手册 (*.branchbook)")
        target = self._files.save_file(self.tr("抢救成哪个新文件"), pattern, suggestion)
        if target is None:
            return
        from branchbook.services.operations import Actor
        from branchbook.ui.opening import salvage_on

        self._start.set_busy(True)
        salvage_on(
            self._new_thread(),
            self._workshop,
            (damaged, target),
            secret,
            Actor(operator, now),
            lambda answer: self._answered.emit(target, answer),
        )

    def _tell(self, target: Path, answer: object) -> None:
        if isinstance(answer, Exception):
            self.failed.emit(answer)
        elif isinstance(answer, tuple):
            self._recent.remember(target)
            self._start.show_saved(answer)
