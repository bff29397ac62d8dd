"""An open book as services know it: reading, writing, drafts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from branchbook.domain.history import OperationHead
from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Draft
from branchbook.storage import book_state, driver
from branchbook.storage.book_file import BookFile
from branchbook.storage.driver import Connection, transaction, translated
from branchbook.storage.kept_values import KeptValues
from branchbook.storage.problems import ReadOnlyPlaceProblem
from branchbook.storage.reading import DRAFTS, StoredReading

if TYPE_CHECKING:  # opening and reading is part of the program's start: the rest loads when it is asked for
    from branchbook.services.copies import CopyHistory
    from branchbook.storage.unit_of_work import StoredWriting

_NAMES = {
    "organisation": "组织",
    "person": "人员",
    "record": "记录",
    "content": "附件内容",
    "checklist": "清单",
    "checklist_item": "清单项目",
}


class StoredBook:
    """A book on disk. All calls are made on the thread that opened it."""

    def __init__(self, file: BookFile) -> None:
        """Take over an open file; :meth:`close` closes it."""
        self.file = file
        self._thread = threading.get_ident()
        self._kept = KeptValues()

    @property
    def path(self) -> Path:
        """The file."""
        return self.file.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.file.read_only

    @property
    def protected(self) -> bool:
        """Whether it opens only with a passphrase."""
        return self.file.key.protected

    @contextmanager
    def reading(self) -> Iterator[StoredReading]:
        """A consistent view; not inside a ``writing`` block, which is a view itself."""
        self._refuse_other_threads()
        with translated(self.path), transaction(self.file.connection):
            yield StoredReading(self.file.connection, self._kept)

    @contextmanager
    def writing(self, head: OperationHead) -> Iterator[StoredWriting]:
        """One transaction and one line of history, or nothing at all when the block fails.

        Raises RefusedProblem when at the end a value refers to something that is not there.
        """
        from branchbook.storage.unit_of_work import StoredWriting

        with self._transaction() as connection:
            writing = StoredWriting(connection, head, self._kept)
            yield writing
            writing.finish()

    def save_draft(self, draft: Draft) -> None:
        """Commit a draft at once; when this returns, it is on the disk."""
        with self._transaction() as connection:
            book_state.put_loose_row(connection, "draft", DRAFTS.to_row(draft))

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft; where there is none, nothing is written (a commit is most of what this costs)."""
        with self.reading() as reading:
            known = reading.has_draft(draft_id)
        if known:
            with self._transaction() as connection:
                book_state.drop_loose_row(connection, "draft", str(draft_id))

    def history(self) -> CopyHistory:
        """How far the history goes, with its hashes; inside a reading."""
        from branchbook.services.copies import CopyHistory

        connection = self.file.connection
        hashes = {row[0]: row[1] for row in connection.execute("SELECT number, chain FROM operation")}
        return CopyHistory(max(hashes, default=0), hashes)

    def search_index_differs(self) -> bool:
        """Compare the search index with every value; reads the whole book."""
        from branchbook.storage import search_index

        self._refuse_other_threads()
        with transaction(self.file.connection):
            return search_index.index_differs(self.file.connection)

    def rebuild_search_index(self) -> None:
        """Write the search index anew from the values."""
        from branchbook.storage import search_index

        with self._transaction() as connection:
            search_index.rebuild_index(connection)

    def close(self) -> None:
        """Release the file and its lock; may be called twice."""
        self._refuse_other_threads()
        self.file.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        self._refuse_other_threads()
        if self.read_only:
            raise ReadOnlyPlaceProblem(self.path)
        connection = self.file.connection
        with translated(self.path), transaction(connection, writes=True):
            try:
                yield connection
                connection.commit()  # before the block of the transaction ends: only here a refusal can be explained
            except driver.integrity_errors() as error:
                if problem := _dangling(connection):
                    raise problem from error
                raise

    def _refuse_other_threads(self) -> None:
        """A fault of the caller, told before the connection is touched: see :mod:`~branchbook.storage.thread`."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a book is used only on the thread that opened it")


def _dangling(connection: Connection) -> RefusedProblem | None:
    """Which reference a refused commit would have left without its target; None for another fault."""
    rows: list[tuple[Any, ...]] = connection.execute("PRAGMA foreign_key_check").fetchall()
    if not rows:
        return None
    child, target = str(rows[0][0]), str(rows[0][2])
    name = _NAMES.get(target, target)
    return RefusedProblem(
        f"引用的{name}不存在，或者还有内容引用它，不能删除",
        f"{child} → {target}",
        "没有改动任何内容。请先处理引用它的内容，再试一次",
    )
