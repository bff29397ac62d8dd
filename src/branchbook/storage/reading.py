"""Answers to what services ask, all from one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from branchbook.domain.evaluations import Assessment
from branchbook.domain.history import Operation
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import DamagedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.codec import entity_name, to_json
from branchbook.services.store import (
    AttendanceLine,
    Draft,
    EntityT,
    OpenResolution,
    PrintedPaper,
    RecordQuery,
    RemovedValue,
    SearchHit,
)
from branchbook.storage import history_rows, record_queries, search_index
from branchbook.storage.driver import Connection
from branchbook.storage.kept_values import Kept, KeptValues
from branchbook.storage.mapping import mappings
from branchbook.storage.row_codec import RowCodec
from branchbook.storage.statements import Chosen, Query, Where, places

DRAFTS = RowCodec(Draft)
PRINTED = RowCodec(PrintedPaper)
REMOVED = RowCodec(RemovedValue)
_DRAFTS = f"SELECT {', '.join(DRAFTS.names)} FROM draft ORDER BY saved_at DESC, id"
_PRINTED = f"SELECT {', '.join(PRINTED.names)} FROM printed_paper"
_REMOVED = f"SELECT {', '.join(REMOVED.names)} FROM removed ORDER BY number DESC"


class StoredReading:
    """A consistent view of the book; it ends with the block that gave it."""

    def __init__(self, connection: Connection, kept: KeptValues | None = None) -> None:
        """``connection`` has a transaction open; ``kept`` is the book's, for readings to share what is in it."""
        self._connection = connection
        self._kept_roster: Kept[Roster] | None = kept.roster if kept else None
        self._kept_procedures: Kept[tuple[Procedure, ...]] | None = kept.procedures if kept else None
        self._roster: Roster | None = None
        self._procedures: tuple[Procedure, ...] | None = None
        self._settings: Mapping[str, str] | None = None

    def roster(self) -> Roster:
        """People, facts, organisations and terms; read once, since a reading is one moment."""
        if self._roster is None and self._kept_roster is not None:
            self._roster = self._kept_roster.find(self._connection)
        if self._roster is None:
            self._roster = Roster(
                self.all(Person), self.all(PersonFact), self.all(Organisation), self.all(Term)
            )
            if self._kept_roster is not None:
                self._kept_roster.keep(self._connection, self._roster)
        return self._roster

    def get(self, entity_type: type[EntityT], entity_id: UUID) -> EntityT | None:
        """One value by id."""
        key = str(entity_id)
        found: EntityT | None = self._load(entity_name(entity_type), [key]).get(key)
        return found

    def all(self, entity_type: type[EntityT]) -> tuple[EntityT, ...]:
        """Every value of a type in order of id."""
        if entity_type is Procedure:
            return self._all_procedures()
        return tuple(self._load(entity_name(entity_type), None).values())

    def summaries(self, query: RecordQuery) -> tuple[RecordSummary, ...]:
        """Records without text, by date descending, undated first."""
        return record_queries.summaries(self._connection, query)

    def records(self, query: RecordQuery) -> tuple[Record, ...]:
        """Whole records, by date ascending, undated last."""
        return record_queries.records(self._connection, query)

    def ledger_rows(self, ledger: str, organisation_ids: Sequence[UUID] = ()) -> tuple[LedgerRow, ...]:
        """The rows of a ledger, of some organisations or of all, in order of entry; found by an index."""
        where = Where()
        where.add("ledger = ?", ledger)
        if organisation_ids:
            where.add_among("organisation_id", [str(each) for each in organisation_ids])
        found = self._load(
            "ledger_row", Query(f"SELECT id FROM ledger_row{where.sql}", tuple(where.parameters))
        )
        return tuple(sorted(found.values(), key=lambda each: (each.position, str(each.id))))

    def first_day(self) -> date | None:
        """The day of the earliest dated record, None where there is none."""
        return record_queries.first_day(self._connection)

    def attendance_lines(self, organisation_ids: Sequence[UUID], year: int) -> tuple[AttendanceLine, ...]:
        """The marks of all final records of a year, held by the named organisations."""
        return record_queries.attendance_lines(self._connection, organisation_ids, year)

    def resolutions(
        self, organisation_ids: Sequence[UUID], open_only: bool, years: Sequence[int] | None = None
    ) -> tuple[OpenResolution, ...]:
        """Resolutions of meetings held in ``years`` (None: in all, and undated), the latest first."""
        return record_queries.resolutions(self._connection, organisation_ids, open_only, years)

    def assessments(
        self, procedure_ids: Sequence[UUID] = (), person_ids: Sequence[UUID] = ()
    ) -> tuple[Assessment, ...]:
        """Assessments of these rounds, or of these people in all rounds, in order of id."""
        among = f"procedure_id IN ({places(procedure_ids)}) OR person_id IN ({places(person_ids)})"
        wanted = tuple(map(str, (*procedure_ids, *person_ids)))
        return tuple(
            self._load("assessment", Query(f"SELECT id FROM assessment WHERE {among}", wanted)).values()
        )

    def attachments_of(self, record_ids: Sequence[UUID]) -> tuple[Attachment, ...]:
        """Attachments in order of the records given, then of position."""
        order = {str(record_id): index for index, record_id in enumerate(record_ids)}
        chosen = f"SELECT id FROM attachment WHERE record_id IN ({places(record_ids)})"
        found = self._load("attachment", Query(chosen, tuple(map(str, record_ids)))).values()
        return tuple(
            sorted(found, key=lambda each: (order[str(each.record_id)], each.position, str(each.id)))
        )

    def content(self, sha256: str) -> bytes | None:
        """The bytes of an attachment by hash."""
        row = self._connection.execute("SELECT bytes FROM content WHERE sha256 = ?", (sha256,)).fetchone()
        if row is not None and hashlib.sha256(row[0]).hexdigest() != sha256:
            raise DamagedProblem("附件的内容已损坏", sha256[:12], "请用“校验本簿”查看，并从备份恢复")
        return bytes(row[0]) if row else None

    def setting(self, key: str) -> str | None:
        """A setting's JSON text."""
        return self._all_settings().get(key)

    def settings(self, prefix: str = "") -> Mapping[str, str]:
        """All settings whose key begins with ``prefix``, in order of key."""
        return {key: value for key, value in self._all_settings().items() if key.startswith(prefix)}

    def drafts(self) -> tuple[Draft, ...]:
        """Drafts that a crash or a closed window left, the latest first."""
        return tuple(DRAFTS.from_row(row) for row in self._connection.execute(_DRAFTS))

    def has_draft(self, draft_id: UUID) -> bool:
        """Whether there is a draft with this id."""
        row = self._connection.execute("SELECT 1 FROM draft WHERE id = ?", (str(draft_id),)).fetchone()
        return row is not None

    def printed(self, subject: str = "") -> tuple[PrintedPaper, ...]:
        """Printed papers of a subject or of all, the latest first."""
        about, parameters = (" WHERE subject = ?", (subject,)) if subject else ("", ())
        rows = self._connection.execute(f"{_PRINTED}{about} ORDER BY printed_at DESC", parameters)
        return tuple(PRINTED.from_row(row) for row in rows)

    def operations(self, limit: int, before_number: int | None = None) -> tuple[Operation, ...]:
        """History, the latest first."""
        return history_rows.operations(self._connection, limit, before_number)

    def operation(self, operation_id: UUID) -> Operation | None:
        """One operation with its touches."""
        return history_rows.operation_by_id(self._connection, operation_id)

    def history_of(self, entity: str, entity_id: str) -> tuple[Operation, ...]:
        """Operations that touched one value, the latest first, with that value's touches only."""
        return history_rows.history_of(self._connection, entity, entity_id)

    def removed(self) -> tuple[RemovedValue, ...]:
        """The recycle bin, the latest first."""
        return tuple(REMOVED.from_row(row) for row in self._connection.execute(_REMOVED))

    def search(self, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """People, records and attachments that contain all words; people first, then the latest."""
        return search_index.search(self._connection, words, limit)

    def current_json(self, entity: str, entity_id: str) -> str | None:
        """The present value as JSON in the form that touches use."""
        found = self._load(entity, [entity_id]).get(entity_id)
        return None if found is None else to_json(found)

    def _all_procedures(self) -> tuple[Procedure, ...]:
        if self._procedures is None and self._kept_procedures is not None:
            self._procedures = self._kept_procedures.find(self._connection)
        if self._procedures is None:
            self._procedures = tuple(self._load(entity_name(Procedure), None).values())
            if self._kept_procedures is not None:
                self._kept_procedures.keep(self._connection, self._procedures)
        return self._procedures

    def _all_settings(self) -> Mapping[str, str]:
        """Every setting by key; read once, since a reading is one moment and several rules ask for them."""
        if self._settings is None:
            rows = self._connection.execute("SELECT key, value FROM setting ORDER BY key")
            self._settings = {row[0]: row[1] for row in rows}
        return self._settings

    def _load(self, entity: str, chosen: Chosen) -> dict[str, Any]:
        return mappings()[entity].load(self._connection, chosen)
