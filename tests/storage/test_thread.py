"""Everything for a book happens on one thread, in order, and nothing accepted is lost."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from branchbook.storage.shelf import Shelf
from branchbook.storage.thread import StorageThread


def test_work_runs_in_order_on_one_thread():
    order, idents = [], set()

    def note(number):
        order.append(number)
        idents.add(threading.get_ident())
        return number * 2

    with StorageThread() as storage:
        futures = [storage.submit(partial(note, number)) for number in range(50)]
        assert [future.result() for future in futures] == [number * 2 for number in range(50)]
    assert order == list(range(50))
    assert len(idents) == 1
    assert threading.get_ident() not in idents


def test_an_exception_comes_with_its_future_and_the_thread_lives_on():
    with StorageThread() as storage:
        failed = storage.submit(lambda: 1 // 0)
        assert isinstance(failed.exception(), ZeroDivisionError)
        assert storage.run(lambda: 3) == 3


def test_run_within_the_thread_does_not_wait_for_itself():
    with StorageThread() as storage:
        assert storage.run(lambda: storage.run(lambda: 5)) == 5


def test_work_that_was_accepted_is_done_before_the_end():
    done: list[int] = []
    gate = threading.Event()
    storage = StorageThread()
    storage.submit(gate.wait)
    for number in range(10):
        storage.submit(partial(done.append, number))
    gate.set()
    storage.close()
    storage.close()
    assert done == list(range(10))
    with pytest.raises(RuntimeError):
        storage.submit(lambda: None)


def test_work_that_was_cancelled_is_not_done():
    done, gate = [], threading.Event()
    with StorageThread() as storage:
        storage.submit(gate.wait)
        cancelled = storage.submit(lambda: done.append("no"))
        assert cancelled.cancel()
        gate.set()
        storage.run(lambda: done.append("yes"))
    assert done == ["yes"]


def test_a_book_lives_on_its_thread(tmp_path):
    path = tmp_path / "簿.branchbook"
    with StorageThread() as storage:
        book = storage.run(lambda: Shelf().create(path, "试用员"))
        try:
            assert not storage.run(lambda: book.read_only)
        finally:
            storage.run(book.close)
    Shelf().open(path, None, writable=True, holder="").close()
