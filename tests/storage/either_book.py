"""Writing into a book of either kind in one operation, and reading all of a type."""

from __future__ import annotations

from tests.storage.example import head


def put(book, *values, operation="put"):
    with book.writing(head(operation)) as writing:
        writing.put_all(values)


def everything(book, entity_type):
    with book.reading() as reading:
        return reading.all(entity_type)
