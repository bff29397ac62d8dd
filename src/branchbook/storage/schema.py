"""Make the tables of a new book."""

from __future__ import annotations

from sqlalchemy import Connection

from branchbook.storage.driver import APPLICATION_ID
from branchbook.storage.tables import SCHEMA_VERSION, metadata

SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, "
    "detail=full, prefix='1', tokenize='ascii')"
)
"""The words come cut from Python; the ascii tokenizer takes every character beyond ASCII as it is, so a
rare character is never taken for a separator, as unicode61 with its old tables would. The prefix index
is for single characters: without it a common one costs 25 ms among 24,000 minutes."""


def create_schema(connection: Connection) -> None:
    """All tables, indexes and stamps, inside the caller's transaction."""
    metadata.create_all(connection)
    connection.exec_driver_sql(SEARCH_TABLE)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
