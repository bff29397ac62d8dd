"""The one thread on which everything for an open book happens.

A connection belongs to the thread that opened it, and two threads on one connection would see each
other's half-finished transactions. So each open book has one thread, and work is handed to it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
_Job = Callable[[], None]


class StorageThread:
    """Runs what is submitted, one after the other, in the order of submission."""

    def __init__(self, name: str = "storage") -> None:
        """Start the thread. It is no daemon: the interpreter waits for work that was accepted."""
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue ``work``; its result or its exception comes with the future.

        Raises RuntimeError after :meth:`close`: work for a closed book is a fault of the caller.
        """
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the caller
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._guard:
            if self._closed:
                raise RuntimeError("the storage thread is closed")
            self._jobs.put(job)
        return future

    def run(self, work: Callable[[], T]) -> T:
        """Submit and wait for the result; called on the storage thread itself, it runs at once."""
        if threading.current_thread() is self._thread:
            return work()
        return self.submit(work).result()

    def close(self) -> None:
        """Finish everything that was accepted, then end the thread. May be called twice."""
        with self._guard:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def __enter__(self) -> StorageThread:
        """The thread itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
