"""Two ways of running what `Commands` hands over: at once, and when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


def _carry_out(future: Future[Any], work: Callable[[], Any]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - a future carries whatever was raised
        future.set_exception(error)


class AtOnce:
    """Carries work out on the spot; results still reach the window by its event queue."""

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        future: Future[Any] = Future()
        _carry_out(future, work)
        return future


class WhenTold:
    """Keeps work until `carry_out`, in any order, as a slow disk would."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, work))
        return future

    def carry_out(self, number: int = 0) -> None:
        """Do one of the waiting pieces of work."""
        _carry_out(*self.waiting.pop(number))
