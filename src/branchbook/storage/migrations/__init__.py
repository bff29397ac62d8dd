"""Numbered upgrades of the tables, newest last. Version 1 is made by ``tables`` directly.

A step is a plain function of Alembic's ``Operations``; Alembic itself is imported only when a book needs
an upgrade (see ``upgrade``). A step once released is never changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations


@dataclass(frozen=True, slots=True)
class Step:
    """From version ``to_version - 1`` to ``to_version``.

    ``changes_rows`` names the tables whose number of rows the step may change; all others must come out
    with as many rows as they went in.
    """

    to_version: int
    upgrade: Callable[[Operations], None]
    changes_rows: frozenset[str] = frozenset()


def _add_procedures(operations: Operations) -> None:
    """Imported when it runs, since Alembic is."""
    from branchbook.storage.migrations.step_2 import add_procedures

    add_procedures(operations)


STEPS: tuple[Step, ...] = (Step(2, _add_procedures),)
"""All released steps."""

SCHEMA_VERSION = 2
"""Written to ``PRAGMA user_version``; every change of the tables (see ``tables``) raises it, with a step."""
