"""Things that change nothing in the book and yet belong into its history: who looked, who changed the passphrase.

A note is an operation that touches one setting of its own, so that history, its page and its chain have it like
any other. It is not undone: what was seen was seen.
"""

from __future__ import annotations

from branchbook.domain.history import Operation
from branchbook.services.codec import to_json
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Setting

NOTED = "noted."
"""Beginning of the keys of such settings."""

SUBJECTS = {"identity_number": "查看身份证号", "passphrase": "口令"}
"""What is noted, by the end of its key, with its name in the history."""


def note(book: Book, subject: str, label: str, actor: Actor) -> Outcome[None]:
    """Write one line of history. Raises RefusedProblem where the book is read-only."""
    if subject not in SUBJECTS:
        raise ValueError(f"{subject!r} is no subject of a note")
    with operate(book, actor, label) as operating:
        text = to_json({"at": actor.now.isoformat(), "what": label})
        operating.writing.put(Setting(f"{NOTED}{subject}", text))
    return Outcome(None, operating.changes)


def is_note(operation: Operation) -> bool:
    """Whether an operation only noted something: there is nothing to take back."""
    return bool(operation.touches) and all(
        touch.entity == "setting" and touch.entity_id.startswith(NOTED) for touch in operation.touches
    )
