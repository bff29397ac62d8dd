"""Drafts: what is being typed, kept at once, outside the history, until the field is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from branchbook.domain.records import Record
from branchbook.services.codec import entity_id, entity_name, from_json, to_json
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor
from branchbook.services.privacy import open_part
from branchbook.services.store import Book, Draft

BALLOT_ROUND = "ballot_round"
"""The word under which a count being entered is kept; it is given back with its election, not here."""

GRADE_ROUND = "grade_round"
"""The same for the count of an evaluation."""


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft that a crash or power cut left, with the value that it holds.

    ``stored`` is the value that the book holds without it, None where the draft is all there is.
    """

    draft: Draft
    value: Any
    stored: Any

    @property
    def words(self) -> str:
        """What was being written: 讨论年度工作 2026-11-20. Empty for what is no record."""
        if not isinstance(self.value, Record):
            return ""
        return f"{open_part(self.value).subject or '（未写主题）'} {self.value.held_on or ''}".strip()


def keep_draft(book: Book, value: Any, actor: Actor) -> Draft:
    """Commit what is being typed (a record or a person). Returns once it is on disk.

    Raises RefusedProblem for a text that no file can keep, such as half of a character.
    """
    value = cleaned(value)
    draft = Draft(value.id, entity_name(type(value)), to_json(value), actor.now)
    book.save_draft(draft)
    return draft


def found_drafts(book: Book) -> tuple[FoundDraft, ...]:
    """Drafts left by an earlier run that differ from what the book holds, the latest first."""
    with book.reading() as reading:
        found = []
        for draft in reading.drafts():
            if draft.entity in (BALLOT_ROUND, GRADE_ROUND):
                continue
            value = from_json(draft.entity, draft.payload)
            stored = reading.get(type(value), value.id)
            if stored != value:
                found.append(FoundDraft(draft, value, stored))
    return tuple(sorted(found, key=lambda each: each.draft.saved_at, reverse=True))


def found_records(book: Book) -> tuple[FoundDraft, ...]:
    """The records among `found_drafts`: meetings that were being written when the program ended."""
    return tuple(each for each in found_drafts(book) if isinstance(each.value, Record))


def discard_draft(book: Book, value: Any) -> None:
    """Forget what was typed; the stored value stays as it is."""
    book.drop_draft(UUID(entity_id(value)))
