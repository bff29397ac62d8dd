"""One operation on the book: what it writes, what it touched, and its line of history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from branchbook.domain.history import OperationHead, Touch
from branchbook.domain.people import PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Record
from branchbook.services.codec import entity_id as id_of
from branchbook.services.codec import entity_name, from_json, to_json
from branchbook.services.store import Entity, EntityT, PrintedPaper, RemovedValue, SearchHit
from branchbook.storage import book_state, history_rows, search_index
from branchbook.storage.driver import Connection
from branchbook.storage.kept_values import KeptValues
from branchbook.storage.mapping import mappings
from branchbook.storage.reading import PRINTED, REMOVED, StoredReading
from branchbook.storage.search_documents import same_document
from branchbook.storage.statements import Chosen, in_parts, insert_row, places


def _is_private(value: Any) -> bool:
    return isinstance(value, Record) and value.is_private


_ROSTER = frozenset({"person", "person_fact", "organisation", "term"})
"""What the roster is made of."""


class StoredWriting(StoredReading):
    """Writes at once, so that questions within the operation see it; committed by the book."""

    def __init__(self, connection: Connection, head: OperationHead, kept: KeptValues | None = None) -> None:
        """``connection`` has a writing transaction open; ``kept`` is what the book keeps."""
        super().__init__(connection, kept)
        self._present: dict[tuple[str, str], Any] = {}
        self._head = head
        self._before: dict[tuple[str, str], str | None] = {}
        self._after: dict[tuple[str, str], str | None] = {}
        self._to_index: dict[str, dict[str, Any]] = {}

    def put(self, entity: Entity) -> None:
        """Insert or replace a value by id."""
        self.put_all((entity,))

    def put_all(self, entities: Iterable[Entity]) -> None:
        """Insert or replace many values; of two with one id the last holds."""
        by_name: dict[str, dict[str, Any]] = {}
        for entity in entities:
            by_name.setdefault(entity_name(type(entity)), {})[id_of(entity)] = entity
        for name, values in by_name.items():
            for part in in_parts(values):
                self._put(name, {key: values[key] for key in part})

    def remove(self, entity_type: type[EntityT], entity_id: UUID) -> None:
        """Move a value into the recycle bin; no error where there is none."""
        self._remove(entity_name(entity_type), str(entity_id))

    def put_json(self, entity: str, entity_id: str, payload: str | None) -> None:
        """Restore a value from its JSON; None removes it."""
        if payload is None:
            self._remove(entity, entity_id)
            return
        value = from_json(entity, payload)
        if id_of(value) != entity_id:
            raise RefusedProblem("数据与编号不一致", f"{entity} {entity_id}")
        self._put(entity, {entity_id: value})

    def keep_content(self, content_bytes: bytes) -> str:
        """Store bytes once; returns their SHA-256."""
        sha256 = hashlib.sha256(content_bytes).hexdigest()
        known = self._connection.execute("SELECT 1 FROM content WHERE sha256 = ?", (sha256,)).fetchone()
        if known is None:
            insert_row(self._connection, "content", {"sha256": sha256, "bytes": content_bytes})
        return sha256

    def put_printed(self, printed: PrintedPaper) -> None:
        """Note a printed paper; not part of the history."""
        book_state.put_loose_row(self._connection, "printed_paper", PRINTED.to_row(printed))

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft if the operation is kept; asked first, since a deletion alone would be a commit."""
        if self.has_draft(draft_id):
            book_state.drop_loose_row(self._connection, "draft", str(draft_id))

    def touches(self) -> tuple[Touch, ...]:
        """What this operation changed so far, each value once, in the order of the first change."""
        return tuple(
            Touch(name, key, before, self._after[name, key])
            for (name, key), before in self._before.items()
            if before != self._after[name, key]
        )

    def search(self, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """As in reading, with what this operation wrote."""
        self._write_index()
        return super().search(words, limit)

    def finish(self) -> None:
        """Write what belongs to the end: search entries and the line of history."""
        self._write_index()
        if touches := self.touches():
            history_rows.write_operation(self._connection, self._head, touches)

    def _put(self, name: str, values: dict[str, Any]) -> None:
        """Write the values of one kind that differ from what is there."""
        mapping = mappings()[name]
        before = self._load(name, list(values))
        changed = {key: value for key, value in values.items() if before.get(key) != value}
        if not changed:
            return
        mapping.write(self._connection, list(changed.values()), before)
        for key, value in changed.items():
            self._note(name, key, before.get(key), value)
        self._forget_removed(name, [key for key in changed if key not in before])

    def _remove(self, name: str, key: str) -> None:
        mapping = mappings()[name]
        before = self._load(name, [key]).get(key)
        if before is None:
            return
        self._refuse_with_attachments(key)
        mapping.delete(self._connection, [key])
        self._note(name, key, before, None)
        payload = self._before[name, key]  # as it was before this operation: what the history says too
        if name != "setting" and payload is not None:
            value = RemovedValue(name, key, payload, self._head.at, self._head.id)
            insert_row(self._connection, "removed", REMOVED.to_row(value))

    def _load(self, entity: str, chosen: Chosen) -> dict[str, Any]:
        """A single value that this operation has read or written before is not read again."""
        if not isinstance(chosen, list) or len(chosen) != 1:
            return super()._load(entity, chosen)
        key = (entity, chosen[0])
        if key not in self._present:
            self._present[key] = super()._load(entity, chosen).get(chosen[0])
        value = self._present[key]
        return {} if value is None else {chosen[0]: value}

    def _note(self, name: str, key: str, before: Any, after: Any) -> None:
        """Remember a change for the history and for the search index."""
        self._present[name, key] = after
        if name == "setting":
            self._settings = None
        if name in _ROSTER:
            self._roster = None
            if self._kept_roster is not None:  # from here on this reading is ahead of what others may share
                self._kept_roster.forget()
                self._kept_roster = None
        if name == "procedure":
            self._procedures = None
            if self._kept_procedures is not None:
                self._kept_procedures.forget()
                self._kept_procedures = None
        self._before.setdefault((name, key), None if before is None else to_json(before))
        self._after[name, key] = None if after is None else to_json(after)
        if name in search_index.SEARCHED:
            waiting = self._to_index.setdefault(name, {})
            both = before is not None and after is not None
            if key in waiting or not both or not same_document(name, before, after):
                waiting[key] = after
            if name == "person" and both and before.name != after.name:
                self._index_procedures_about(key)
            if name == "procedure" and both and before.begun_on != after.begun_on:
                self._index_assessments_of(key)
            if name == "record" and _is_private(before) != _is_private(after):
                self._index_attachments_of(key)
        elif name == "person_fact":
            for fact in (before, after):
                if isinstance(fact, PersonFact):
                    self._to_index.setdefault("person", {}).setdefault(str(fact.person_id), None)

    def _index_procedures_about(self, person_id: str) -> None:
        """A procedure is found by the name of the person whom it is about, which the roster holds."""
        rows = self._connection.execute("SELECT id FROM procedure WHERE subject_id = ?", (person_id,))
        for (key,) in rows:
            self._to_index.setdefault("procedure", {}).setdefault(key, None)

    def _index_assessments_of(self, procedure_id: str) -> None:
        """An assessment stands at the day on which its round was begun."""
        rows = self._connection.execute("SELECT id FROM assessment WHERE procedure_id = ?", (procedure_id,))
        for (key,) in rows:
            self._to_index.setdefault("assessment", {}).setdefault(key, None)

    def _index_attachments_of(self, record_id: str) -> None:
        """What hangs on a private record cannot be found."""
        for (key,) in self._connection.execute("SELECT id FROM attachment WHERE record_id = ?", (record_id,)):
            self._to_index.setdefault("attachment", {}).setdefault(key, None)

    def _write_index(self) -> None:
        for name, values in self._to_index.items():
            known = {key: value for key, value in values.items() if value is not None}
            search_index.index_values(self._connection, name, list(values), known)
        self._to_index.clear()

    def _forget_removed(self, name: str, keys: Sequence[str]) -> None:
        """A value that is back leaves the recycle bin."""
        for part in in_parts(keys):
            sql = f"DELETE FROM removed WHERE entity = ? AND entity_id IN ({places(part)})"
            self._connection.execute(sql, (name, *part))

    def _refuse_with_attachments(self, key: str) -> None:
        """Attachments may belong to several kinds of values, so no foreign key watches over them."""
        owned = "SELECT file_name FROM attachment WHERE record_id = ? LIMIT 1"
        if row := self._connection.execute(owned, (key,)).fetchone():
            raise RefusedProblem("还有附件属于它，不能删除", str(row[0]), "请先删除附件")
