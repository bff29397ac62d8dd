"""The roster of an open book, kept from one reading to the next.

Nearly every question begins with the roster, and reading it costs more than most of them; it changes seldom.
"""

from __future__ import annotations

from branchbook.domain.roster import Roster
from branchbook.storage.driver import Connection, number


class KeptRoster:
    """The roster as it was last read, given out until somebody changes it.

    A change by this program is told with :meth:`forget`; one by another program that has the same file open
    raises the engine's ``data_version``. A roster is frozen, so all readings may share one.
    """

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._roster: Roster | None = None
        self._version = -1

    def find(self, connection: Connection) -> Roster | None:
        """The kept roster, if it is that of the transaction open on ``connection``."""
        if self._roster is not None and self._version != _version(connection):
            self._roster = None
        return self._roster

    def keep(self, connection: Connection, roster: Roster) -> None:
        """Keep what was read in the transaction open on ``connection``; it must not have changed it."""
        self._roster, self._version = roster, _version(connection)

    def forget(self) -> None:
        """A transaction of this program begins to change the roster; whether it ends well does not matter."""
        self._roster = None


def _version(connection: Connection) -> int:
    """A number that differs after a commit by any other connection."""
    return number(connection, "PRAGMA data_version")
