"""SQLAlchemy Core on one pooled connection, for upgrades: transactions are ours, settings are per connection.

What reads and writes an up-to-date book runs on the bare driver (see ``statements``). The pool holds exactly
one connection (the dialect's default would open one per thread and pay the key each time), and sqlcipher3
itself refuses a second thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from branchbook.storage import driver
from branchbook.storage.keys import BookKey
from branchbook.storage.problems import of_engine_error

WRITES = "branchbook_writes"
"""Execution option: the transaction begins as a writer, so a busy book is noticed at its beginning."""


def make_engine(path: Path, key: BookKey, mode: driver.Mode) -> Engine:
    """An engine with one connection to the book at ``path``; it connects when first used.

    Foreign keys are off: a table that is rebuilt must not cascade.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=key.pragma),
        module=driver.module(),
        creator=lambda: driver.connect(path, mode),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: object) -> None:
        driver.settle(connection)
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver's own implicit BEGIN leaves DDL outside and takes the write lock late; this one does not.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def driver_connection(connection: Connection) -> driver.Connection:
    """The sqlcipher3 connection behind a SQLAlchemy one."""
    return cast("driver.Connection", connection.connection.driver_connection)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """As :func:`branchbook.storage.driver.translated`, also where SQLAlchemy has wrapped the error."""
    try:
        with driver.translated(path):
            yield
    except DBAPIError as error:
        if problem := of_engine_error(error, path):
            raise problem from error
        raise
