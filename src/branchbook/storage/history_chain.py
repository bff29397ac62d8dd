"""The chain of hashes over the history: an edit made outside the program shows when it is walked.

Each operation's hash is SHA-256 over the hash before it, the operation's number, its head and its touches, each
part with its length in front, so that no two histories give the same bytes. The form never changes: books and
manifests keep these hashes. The last one stands in ``book_state`` as well, so that a tail cut off shows too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from branchbook.storage import book_state
from branchbook.storage.driver import Connection

START = book_state.NOTHING
"""What stands before the first operation."""

HEAD_CELLS = ("id", "at", "who", "label", "reason", "undoes")
TOUCH_CELLS = ("entity", "entity_id", "before", "after")
"""The columns that are hashed, in this order."""

_OPERATIONS = f"SELECT number, chain, {', '.join(HEAD_CELLS)} FROM operation ORDER BY number"
_TOUCHES = f"SELECT {', '.join(TOUCH_CELLS)} FROM touch WHERE operation_number = ? ORDER BY line"


@dataclass(frozen=True, slots=True)
class ChainHead:
    """How far a history goes: the number of its last operation (0 for none) and the hash there (64 hex digits).

    Two copies with equal heads have the same history, from the first operation on.
    """

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Link:
    """One operation of the chain as it stands in the file, and the hash that belongs to it.

    ``follows`` is what the operation before it has stored; ``expected`` is computed from that.
    """

    number: int
    stored: str
    expected: str
    at: str
    who: str
    label: str

    @property
    def holds(self) -> bool:
        """Whether the operation is as it was written, behind the one that stood before it."""
        return self.stored == self.expected


def link_hash(
    before: str, number: int, head: Sequence[str | None], touches: Iterable[Sequence[str | None]]
) -> str:
    """The hash of one operation: ``before`` is the previous hash, cells are those of the named columns."""
    digest = hashlib.sha256()
    _add(digest, (before, str(number), *head))
    for touch in touches:
        _add(digest, touch)
    return digest.hexdigest()


def cells(row: Mapping[str, Any], names: Sequence[str]) -> tuple[str | None, ...]:
    """The named cells of a row, in this order."""
    return tuple(row[name] for name in names)


def chain_head(connection: Connection) -> ChainHead:
    """The head of the chain of the book that is open on ``connection``: for a manifest, or to compare copies."""
    state = book_state.read(connection)
    return ChainHead(state.number, state.chain)


def walk(connection: Connection) -> Iterator[Link]:
    """Every operation with the hash it has and the hash it should have, the first first; one at a time."""
    before = START
    for number, stored, *head in connection.execute(_OPERATIONS):
        touches = connection.execute(_TOUCHES, (number,))
        yield Link(number, stored, link_hash(before, number, head, touches), head[1], head[2], head[3])
        before = stored


def fill_chain(connection: Connection) -> None:
    """Compute the chain of a book whose operations have none yet, and its head (an upgrade does)."""
    before, last = START, 0
    for number, _, *head in connection.execute(_OPERATIONS).fetchall():
        before, last = link_hash(before, number, head, connection.execute(_TOUCHES, (number,))), number
        connection.execute("UPDATE operation SET chain = ? WHERE number = ?", (before, number))
    connection.execute("UPDATE book_state SET number = ?, chain = ?", (last, before))


def _add(digest: Any, parts: Iterable[str | None]) -> None:
    for part in parts:
        if part is None:
            digest.update(b"-;")
        else:
            content = part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(content))
            digest.update(content)
