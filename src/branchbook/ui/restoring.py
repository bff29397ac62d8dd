"""Restoring a backup from the start page: a look into it first, then a new file is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from branchbook.ui.place import FileChooser
from branchbook.ui.places.start import StartPage

if TYPE_CHECKING:
    from concurrent.futures import Future

    from branchbook.domain.recovery_code import Secret
    from branchbook.services.backup_shelf import RestorePreview
    from branchbook.services.workshop import Workshop
    from branchbook.ui.session import BookThread


class Restoring(QObject):
    """``failed`` gives the error of a look that failed; ``chosen`` the backup, the new file, and ``Secret`` or None."""

    failed = Signal(object)
    chosen = Signal(object, object, object)
    _answered = Signal(object, object)

    def __init__(
        self,
        workshop: Workshop,
        new_thread: Callable[[], BookThread],
        files: FileChooser,
        start: StartPage,
    ) -> None:
        super().__init__(start)
        self._workshop, self._new_thread = workshop, new_thread
        self._files, self._start = files, start
        self._secret: Secret | None = None
        self._answered.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def preview(self, backup: Path, secret: Secret | None = None) -> None:
        """Look into a backup on a thread of its own, and show on the start page what it holds."""
        self._secret = secret
        thread, workshop = self._new_thread(), self._workshop
        self._start.set_busy(True)
        thread.submit(lambda: workshop.backups.preview(backup, secret)).add_done_callback(
            lambda future: self._answered.emit(future, thread)
        )

    def _tell(self, future: Future[RestorePreview], thread: BookThread) -> None:
        thread.close()
        error = future.exception()
        if error is None:
            self._start.show_restore(future.result())
        elif isinstance(error, Exception):
            self.failed.emit(error)

    def restore(self, backup: Path) -> None:
        """Ask for the new file that the backup is to become."""
        suggestion = f"{backup.stem} 恢复.branchbook"
        pattern = self.tr("支部手册 (*.branchbook)")
        target = self._files.save_file(self.tr("恢复成哪个新文件"), pattern, suggestion)
        if target is not None:
            self.chosen.emit(backup, target, self._secret)
