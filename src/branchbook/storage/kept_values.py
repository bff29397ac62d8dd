"""What an open book keeps from one reading to the next: the roster, and the procedures.

Nearly every question begins with the roster, and reading it costs more than most of them; the lists of who joins
and who is elected begin with all procedures. Both change seldom.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.storage.driver import Connection, number

T = TypeVar("T")


class Kept(Generic[T]):
    """Something as it was last read, given out until somebody changes it.

    A change by this program is told with :meth:`forget`; one by another program that has the same file open
    raises the engine's ``data_version``. What is kept is frozen, so all readings may share it.
    """

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._value: T | None = None
        self._version = -1

    def find(self, connection: Connection) -> T | None:
        """What is kept, if it is that of the transaction open on ``connection``."""
        if self._value is not None and self._version != _version(connection):
            self._value = None
        return self._value

    def keep(self, connection: Connection, value: T) -> None:
        """Keep what was read in the transaction open on ``connection``; it must not have changed it."""
        self._value, self._version = value, _version(connection)

    def forget(self) -> None:
        """A transaction of this program begins to change it; whether it ends well does not matter."""
        self._value = None


class KeptValues:
    """What one open book keeps."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.roster: Kept[Roster] = Kept()
        self.procedures: Kept[tuple[Procedure, ...]] = Kept()


def _version(connection: Connection) -> int:
    """A number that differs after a commit by any other connection."""
    return number(connection, "PRAGMA data_version")
