"""Columns as the book's tables want them, and the metadata to which every table belongs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text

metadata = MetaData()


def reference(target: str, *, owned: bool = False) -> ForeignKey:
    """A foreign key checked at commit; ``owned`` rows go with their owner."""
    return ForeignKey(
        target, deferrable=True, initially="DEFERRED", ondelete="CASCADE" if owned else "NO ACTION"
    )


def required(name: str) -> Column[str]:
    """Text that is always there, perhaps empty."""
    return Column(name, Text, nullable=False)


def number(name: str) -> Column[int]:
    """A whole number that is always there; yes and no are 1 and 0."""
    return Column(name, Integer, nullable=False)


def own_id() -> Column[str]:
    """The value's own UUID."""
    return Column("id", Text, primary_key=True, nullable=False)


def owner(name: str, target: str) -> Column[str]:
    """First half of an owned row's key."""
    return Column(name, Text, reference(target, owned=True), primary_key=True, nullable=False)


def line() -> Column[int]:
    """Second half of an owned row's key: its position under the owner, from 0."""
    return Column("line", Integer, primary_key=True, nullable=False, autoincrement=False)
