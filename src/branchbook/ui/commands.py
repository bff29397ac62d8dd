"""The one door between screens and services: off the window's thread, errors caught, changes told.

Four ways through it, all returning at once:

- ``ask(question, then)`` reads; the answer comes to ``then`` on the window's thread.
- ``do(operation, then)`` changes the book by one operation (a callable that returns ``Outcome``); ``then``
  gets its value, every place its ``Changes`` through the signal ``changed``.
- ``keep(write, then)`` saves what is no operation (a draft): only the status line moves.
- ``work(title, job, then)`` does long work; the job gets a ``Progress`` and may be cancelled.

A ``Problem`` that a callable raises goes to ``failed`` where the caller gave one, else to the banner of the
place that owns the call. Anything else is logged (file and line only, no values) and shown as one plain
sentence. Callables must not touch widgets: bind what they need before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.error_log import log_error

if TYPE_CHECKING:
    from concurrent.futures import Future

    from branchbook.services.operations import Outcome

T = TypeVar("T")


class Executor(Protocol):
    """Runs callables somewhere else, one after another (the thread of the book)."""

    def submit(self, work: Callable[[], T], /) -> Future[T]:
        """Queue it and return at once."""
        ...


class SaveState(StrEnum):
    """What the status line says about the user's work."""

    NOTHING = "nothing"
    SAVING = "saving"
    SAVED = "saved"
    NOT_SAVED = "not_saved"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """``at`` is when it was last saved; ``why`` says in Chinese why it is not saved."""

    state: SaveState
    at: datetime | None = None
    why: str = ""


class CancelledByUser(Exception):  # noqa: N818 - not an error
    """Raised inside a job by ``Progress.report`` after the user pressed Cancel."""


class Progress(QObject):
    """Handed to a job. ``report`` may be called from any thread, as often as one likes."""

    reported = Signal(int, int, str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._cancelled = threading.Event()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Say how far it is (``total`` 0: unknown) and what is at hand. Raises CancelledByUser."""
        if self._cancelled.is_set():
            raise CancelledByUser
        self.reported.emit(done, total, what)

    @property
    def cancelled(self) -> bool:
        """Whether Cancel was pressed; for jobs that clean up by themselves."""
        return self._cancelled.is_set()

    @Slot()
    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._cancelled.set()


class Running:
    """A call under way. ``forget`` drops its result when it comes (an operation is still carried out)."""

    def __init__(
        self,
        then: Callable[[Any], None] | None,
        failed: Callable[[Problem], None] | None,
        owner: QWidget | None,
        writes: bool,
        step: bool = False,
    ) -> None:
        self.then = then
        self.failed = failed
        self.owner = owner
        self.writes = writes
        self.step = step
        self.forgotten = False
        self.finished = False

    def forget(self) -> None:
        """The caller no longer wants to hear of it."""
        self.forgotten = True

    @property
    def wanted(self) -> bool:
        """Whether somebody still listens: not forgotten, and the owner's window part still exists."""
        return not self.forgotten and (self.owner is None or shiboken6.isValid(self.owner))


class Commands(QObject):
    """The boundary. One for each open book; ``executor`` is the book's thread.

    ``undo`` and ``redo`` are services bound to the book and the operator; they raise a Problem when there is
    nothing to undo or the rows have changed since.
    """

    changed = Signal(object)
    """``Changes`` of an operation that has been carried out."""
    status_changed = Signal(object)
    """``SaveStatus`` for the status line."""
    problem = Signal(object)
    """A ``Problem`` whose owner has no banner of its own: the window shows it."""
    job_started = Signal(object)
    """A ``Progress`` to show with its Cancel."""
    job_ended = Signal(object)
    """The same ``Progress``, when it is done, cancelled or failed."""

    _arrived = Signal(object, object)

    def __init__(
        self,
        executor: Executor,
        now: Callable[[], datetime],
        undo: Callable[[], Outcome[Any]],
        redo: Callable[[], Outcome[Any]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._executor = executor
        self._now = now
        self._undo = undo
        self._redo = redo
        self._latest: dict[tuple[int, str], Running] = {}
        self._under_way: set[Running] = set()
        self._jobs: dict[Running, Progress] = {}
        self.status = SaveStatus(SaveState.NOTHING)
        self._saved_at: datetime | None = None
        self._arrived.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------------------------ the four ways

    def ask(
        self,
        question: Callable[[], T],
        then: Callable[[T], None],
        *,
        owner: QWidget | None = None,
        key: str = "",
        failed: Callable[[Problem], None] | None = None,
    ) -> Running:
        """Read. With ``key``, an earlier question of the same owner and key is forgotten."""
        running = Running(then, failed, owner, writes=False)
        if key:
            earlier = self._latest.get((id(owner), key))
            if earlier is not None:
                earlier.forget()
            self._latest[id(owner), key] = running
        return self._start(running, question)

    def do(
        self,
        operation: Callable[[], Outcome[T]],
        then: Callable[[T], None] | None = None,
        *,
        owner: QWidget | None = None,
        failed: Callable[[Problem], None] | None = None,
        step: bool = False,
    ) -> Running:
        """Change the book by one operation, and tell every place what it touched.

        ``step``: it takes on what the book holds already (定稿), so that a refusal leaves nothing unsaved.
        """
        return self._start(Running(then, failed, owner, writes=True, step=step), operation)

    def keep(
        self,
        write: Callable[[], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QWidget | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> Running:
        """Save what is no operation, such as a draft: no history line, no ``changed``."""
        return self._start(Running(then, failed, owner, writes=True), write)

    def work(
        self,
        title: str,
        job: Callable[[Progress], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QWidget | None = None,
        failed: Callable[[Problem], None] | None = None,
    ) -> Running:
        """Long work with progress and Cancel. A job that returns an ``Outcome`` is told like ``do``."""
        running = Running(then, failed, owner, writes=False)
        progress = Progress(title)
        self._jobs[running] = progress
        self.job_started.emit(progress)
        return self._start(running, lambda: job(progress))

    # ------------------------------------------------------------------------------- undo and redo

    @Slot()
    def undo(self) -> None:
        """Undo the last operation of this session by a further one."""
        self.do(self._undo)

    @Slot()
    def redo(self) -> None:
        """Redo what was undone last."""
        self.do(self._redo)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way; the window waits for it before a book closes."""
        return not self._under_way

    def let_go(self) -> None:
        """The book closes: what was asked is not shown any more; what was to be written still is."""
        for running in self._under_way:
            running.forget()

    def report(self, problem: Problem, owner: QWidget | None = None) -> None:
        """Show a problem beside its owner's work: in the nearest banner above it, else in the window."""
        widget = owner
        while widget is not None:
            banner = getattr(widget, "banner", None)
            if banner is not None:
                banner.show_problem(problem)
                return
            widget = widget.parentWidget()
        self.problem.emit(problem)

    # ------------------------------------------------------------------------------------- inside

    def _start(self, running: Running, call: Callable[[], Any]) -> Running:
        self._under_way.add(running)
        if running.writes:
            self._set_status(SaveStatus(SaveState.SAVING, self.status.at))
        future = self._executor.submit(call)
        future.add_done_callback(lambda done: self._tell(running, done))
        return running

    def _tell(self, running: Running, future: Future[Any]) -> None:
        """On the executor's thread: hand over to the window's thread, which may be gone by now."""
        if shiboken6.isValid(self):
            self._arrived.emit(running, future)

    @Slot(object, object)
    def _receive(self, running: Running, future: Future[Any]) -> None:
        self._under_way.discard(running)
        running.finished = True
        for key in [key for key, each in self._latest.items() if each is running]:
            del self._latest[key]
        progress = self._jobs.pop(running, None)
        if progress is not None:
            self.job_ended.emit(progress)
        error = future.exception() if not future.cancelled() else CancelledByUser()
        if error is None:
            self._succeed(running, future.result())
        elif not isinstance(error, CancelledByUser):
            self._fail(running, error)

    def _succeed(self, running: Running, result: Any) -> None:
        from branchbook.services.operations import Outcome

        wrote = running.writes or (isinstance(result, Outcome) and bool(result.changes.entities))
        if wrote:
            self._saved_at = self._now()
        if wrote and not any(each.writes for each in self._under_way):
            self._set_status(SaveStatus(SaveState.SAVED, self._saved_at))
        value = result.value if isinstance(result, Outcome) else result
        try:
            if running.then is not None and running.wanted:
                running.then(value)
        finally:
            if isinstance(result, Outcome) and result.changes.entities:
                self.changed.emit(result.changes)

    def _fail(self, running: Running, error: BaseException) -> None:
        problem = error if isinstance(error, Problem) else self._unexpected(error)
        if running.step and isinstance(problem, RefusedProblem):
            state = SaveState.SAVED if self._saved_at else SaveState.NOTHING
            self._set_status(SaveStatus(state, self._saved_at))
        elif running.writes:
            self._set_status(SaveStatus(SaveState.NOT_SAVED, self.status.at, problem.what))
        if not running.wanted:
            return
        if running.failed is not None:
            running.failed(problem)
        else:
            self.report(problem, running.owner)

    def _unexpected(self, error: BaseException) -> Problem:
        log_error(logging.getLogger("branchbook"), error)
        return Problem(
            self.tr("程序内部出错，这一步没有完成"),
            "",
            self.tr("已保存的内容不受影响。请再试一次；仍然出错时，请把日志文件交给维护人员"),
        )

    def _set_status(self, status: SaveStatus) -> None:
        self.status = status
        self.status_changed.emit(status)
