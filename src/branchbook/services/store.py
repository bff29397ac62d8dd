"""What services ask of the book's storage. ``storage`` implements it; a fake may, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from branchbook.domain.checklists import Checklist, ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.history import Operation, OperationHead, Touch
from branchbook.domain.ledgers import LedgerDefinition, LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record, RecordSummary, Resolution
from branchbook.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the book: ``value`` is JSON text. The key is its identity."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being typed and has not become an operation yet. ``payload`` is JSON of the value."""

    id: UUID
    entity: str
    payload: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper that was printed, saved or closed: its hash, and the state of what it showed.

    ``subject`` is the record's id, or "handbook:<organisation id>:<year>". ``content_hash`` is the
    hash of the values shown, so that a later change can be told ("已改未重印"). ``attachment_sha256``
    names the kept PDF where it is kept.
    """

    id: UUID
    paper: str
    subject: str
    printed_at: datetime
    content_hash: str
    pdf_sha256: str
    kept_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """Which records a list wants. Empty fields do not limit; dates are inclusive.

    ``undated`` adds drafts without a date. ``organisation_ids`` are matched exactly.
    """

    organisation_ids: tuple[UUID, ...] = ()
    kinds: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    undated: bool = True
    ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person's mark at one final record, for the yearly table."""

    record_id: UUID
    person_id: UUID
    kinds: tuple[str, ...]
    held_on: date
    presence: str


@dataclass(frozen=True, slots=True)
class OpenResolution:
    """A resolution with the record and item in which it was passed."""

    resolution: Resolution
    record_id: UUID
    organisation_id: UUID
    held_on: date | None
    item_number: int
    item_title: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit: what it is ("person", "record", "procedure", "assessment", "ledger_row", "attachment"), in plain text.

    The title of a procedure is the key of its shape, that of a row the key of its ledger.
    ``marks`` are (start, end) positions of the found words within ``snippet``.
    """

    entity: str
    entity_id: UUID
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class RemovedValue:
    """A value in the recycle bin; ``payload`` is its JSON."""

    entity: str
    entity_id: str
    payload: str
    removed_at: datetime
    operation_id: UUID


Entity = (
    Organisation
    | Term
    | Person
    | PersonFact
    | Record
    | Procedure
    | Assessment
    | LedgerDefinition
    | LedgerRow
    | Attachment
    | Checklist
    | ChecklistTick
    | Setting
)
EntityT = TypeVar(
    "EntityT",
    Organisation,
    Term,
    Person,
    PersonFact,
    Record,
    Procedure,
    Assessment,
    LedgerDefinition,
    LedgerRow,
    Attachment,
    Checklist,
    ChecklistTick,
)


class Reading(Protocol):
    """Questions to the book, all answered from one moment."""

    def roster(self) -> Roster:
        """People, facts, organisations and terms."""
        ...

    def get(self, entity_type: type[EntityT], entity_id: UUID) -> EntityT | None:
        """One value by id, None where there is none (or it is in the recycle bin)."""
        ...

    def all(self, entity_type: type[EntityT]) -> tuple[EntityT, ...]:
        """Every value of a type in order of id; for export and small tables."""
        ...

    def summaries(self, query: RecordQuery) -> tuple[RecordSummary, ...]:
        """Records without text, by date descending, undated first."""
        ...

    def records(self, query: RecordQuery) -> tuple[Record, ...]:
        """Whole records, by date ascending, undated last."""
        ...

    def ledger_rows(self, ledger: str, organisation_ids: Sequence[UUID] = ()) -> tuple[LedgerRow, ...]:
        """The rows of a ledger that belong to these organisations (none named: to all), in order of entry."""
        ...

    def first_day(self) -> date | None:
        """The day of the earliest dated record, None where there is none."""
        ...

    def attendance_lines(self, organisation_ids: Sequence[UUID], year: int) -> tuple[AttendanceLine, ...]:
        """The marks of all final records of a year, held by the named organisations."""
        ...

    def resolutions(
        self, organisation_ids: Sequence[UUID], open_only: bool, years: Sequence[int] | None = None
    ) -> tuple[OpenResolution, ...]:
        """Resolutions of meetings held in ``years`` (None: in all, and undated), the latest first."""
        ...

    def assessments(
        self, procedure_ids: Sequence[UUID] = (), person_ids: Sequence[UUID] = ()
    ) -> tuple[Assessment, ...]:
        """Assessments of these rounds, or of these people in all rounds, in order of id."""
        ...

    def attachments_of(self, record_ids: Sequence[UUID]) -> tuple[Attachment, ...]:
        """Attachments in order of record and position."""
        ...

    def content(self, sha256: str) -> bytes | None:
        """The bytes of an attachment by hash."""
        ...

    def setting(self, key: str) -> str | None:
        """A setting's JSON text."""
        ...

    def settings(self, prefix: str = "") -> Mapping[str, str]:
        """All settings whose key begins with ``prefix``."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """Drafts that a crash or a closed window left."""
        ...

    def printed(self, subject: str = "") -> tuple[PrintedPaper, ...]:
        """Printed papers of a subject or of all, the latest first."""
        ...

    def operations(self, limit: int, before_number: int | None = None) -> tuple[Operation, ...]:
        """History, the latest first."""
        ...

    def operation(self, operation_id: UUID) -> Operation | None:
        """One operation with its touches."""
        ...

    def history_of(self, entity: str, entity_id: str) -> tuple[Operation, ...]:
        """Operations that touched one value, the latest first (each with that value's touches only)."""
        ...

    def removed(self) -> tuple[RemovedValue, ...]:
        """The recycle bin, the latest first."""
        ...

    def search(self, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """People, records and attachments that contain all words; pinyin initials and dates too."""
        ...

    def current_json(self, entity: str, entity_id: str) -> str | None:
        """The present value as JSON in the form that touches use, None where there is none."""
        ...


class Writing(Reading, Protocol):
    """One operation: all of it is kept, or none."""

    def put(self, entity: Entity) -> None:
        """Insert or replace a value by id; notes it in the history and updates the search index."""
        ...

    def put_all(self, entities: Iterable[Entity]) -> None:
        """Like ``put`` for many values."""
        ...

    def remove(self, entity_type: type[EntityT], entity_id: UUID) -> None:
        """Move a value into the recycle bin; what refers to it must be removed first."""
        ...

    def put_json(self, entity: str, entity_id: str, payload: str | None) -> None:
        """Restore a value from its JSON (undo, recycle bin, import); None removes it."""
        ...

    def keep_content(self, content: bytes) -> str:
        """Store bytes once; returns their SHA-256 in lower-case hex."""
        ...

    def put_printed(self, printed: PrintedPaper) -> None:
        """Note a printed paper; not part of the history."""
        ...

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft with this operation, which takes up what was typed: both are kept, or neither."""
        ...

    def touches(self) -> tuple[Touch, ...]:
        """What this operation changed so far."""
        ...


class Book(Protocol):
    """An open book. All calls for one book are made on its storage thread."""

    @property
    def path(self) -> Path:
        """The file."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether the book was opened without the right to write."""
        ...

    @property
    def protected(self) -> bool:
        """Whether the book opens only with a passphrase."""
        ...

    def reading(self) -> AbstractContextManager[Reading]:
        """A consistent view for questions."""
        ...

    def writing(self, head: OperationHead) -> AbstractContextManager[Writing]:
        """One transaction and one line of history; committed when the block ends without an error.

        An operation that touched nothing leaves no line.
        """
        ...

    def save_draft(self, draft: Draft) -> None:
        """Commit a draft at once, without a line of history."""
        ...

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft; no error where there is none."""
        ...

    def close(self) -> None:
        """Release the file and its lock."""
        ...
