"""A book in memory that keeps every promise of ``services.store``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.domain.checklists import ChecklistTick
from branchbook.domain.evaluations import Assessment
from branchbook.domain.history import Operation, OperationHead, Touch
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.codec import ENTITY_TYPES, entity_id, entity_name, from_json, to_json
from branchbook.services.exchange_references import bound_to
from branchbook.services.privacy import open_part
from branchbook.services.store import (
    AttendanceLine,
    Draft,
    Entity,
    OpenResolution,
    PrintedPaper,
    RecordQuery,
    RemovedValue,
    SearchHit,
    Setting,
)
from tests.fake_search import hit_of


def _decoded(name: str, text: str) -> Any:
    """A value of its own: records hold mappings, so that they are never shared between two askers."""
    return from_json(name, text) if name == "record" else _shared(name, text)


_shared = lru_cache(maxsize=20_000)(from_json)


@dataclass
class State:
    """Everything that a book holds. Values are kept as JSON text, so that nobody can change one in place."""

    values: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in ENTITY_TYPES})
    contents: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[UUID, Draft] = field(default_factory=dict)
    printed: tuple[PrintedPaper, ...] = ()
    operations: tuple[Operation, ...] = ()
    removed: dict[tuple[str, str], RemovedValue] = field(default_factory=dict)

    def copy(self) -> State:
        """A state of its own: what is changed there is not changed here."""
        values = {name: dict(each) for name, each in self.values.items()}
        return replace(
            self,
            values=values,
            contents=dict(self.contents),
            drafts=dict(self.drafts),
            removed=dict(self.removed),
        )


class FakeReading:
    """Questions, answered from one moment."""

    def __init__(self, state: State) -> None:
        self._state = state

    def roster(self) -> Roster:
        return Roster(self.all(Person), self.all(PersonFact), self.all(Organisation), self.all(Term))

    def get(self, entity_type: type[Any], entity_id: UUID) -> Any:
        text = self.current_json(entity_name(entity_type), str(entity_id))
        return None if text is None else _decoded(entity_name(entity_type), text)

    def all(self, entity_type: type[Any]) -> tuple[Any, ...]:
        name = entity_name(entity_type)
        return tuple(_decoded(name, text) for _, text in sorted(self._state.values[name].items()))

    def records(self, query: RecordQuery) -> tuple[Record, ...]:
        found = [record for record in self.all(Record) if _matches(record, query)]
        return tuple(sorted(found, key=lambda each: (each.held_on is None, each.held_on or 0, str(each.id))))

    def summaries(self, query: RecordQuery) -> tuple[RecordSummary, ...]:
        records = self.records(query)
        dated = [record for record in records if record.held_on is not None]
        undated = [record for record in records if record.held_on is None]
        return tuple(map(_summary, undated)) + tuple(map(_summary, reversed(dated)))

    def first_day(self) -> date | None:
        return min(
            (each.held_on for each in self.records(RecordQuery(undated=False)) if each.held_on), default=None
        )

    def attendance_lines(self, organisation_ids: Sequence[UUID], year: int) -> tuple[AttendanceLine, ...]:
        return tuple(
            AttendanceLine(record.id, line.person_id, record.kinds, record.held_on, line.presence.value)
            for record in self.records(RecordQuery(tuple(organisation_ids), undated=False))
            if organisation_ids and record.is_final and record.held_on and record.held_on.year == year
            for line in record.attendance
        )

    def resolutions(
        self, organisation_ids: Sequence[UUID], open_only: bool, years: Sequence[int] | None = None
    ) -> tuple[OpenResolution, ...]:
        found = [
            OpenResolution(resolution, record.id, record.organisation_id, record.held_on, number, item.title)
            for record in self.records(RecordQuery(tuple(organisation_ids)))
            for number, item in enumerate(record.agenda, start=1)
            for resolution in item.resolutions
            if organisation_ids and not (open_only and resolution.done_on)
            if years is None or (record.held_on is not None and record.held_on.year in years)
        ]
        return tuple(sorted(found, key=lambda each: (each.held_on is not None, each.held_on or 0))[::-1])

    def assessments(
        self, procedure_ids: Sequence[UUID] = (), person_ids: Sequence[UUID] = ()
    ) -> tuple[Assessment, ...]:
        return tuple(
            each
            for each in self.all(Assessment)
            if each.procedure_id in procedure_ids or each.person_id in person_ids
        )

    def attachments_of(self, record_ids: Sequence[UUID]) -> tuple[Attachment, ...]:
        order = {record_id: index for index, record_id in enumerate(record_ids)}
        found = [attachment for attachment in self.all(Attachment) if attachment.record_id in order]
        return tuple(sorted(found, key=lambda each: (order[each.record_id], each.position, str(each.id))))

    def ledger_rows(self, ledger: str, organisation_ids: Sequence[UUID] = ()) -> tuple[LedgerRow, ...]:
        found = (
            row
            for row in self.all(LedgerRow)
            if row.ledger == ledger and (not organisation_ids or row.organisation_id in organisation_ids)
        )
        return tuple(sorted(found, key=lambda each: (each.position, str(each.id))))

    def content(self, sha256: str) -> bytes | None:
        return self._state.contents.get(sha256)

    def setting(self, key: str) -> str | None:
        text = self.current_json("setting", key)
        return None if text is None else str(_decoded("setting", text).value)

    def settings(self, prefix: str = "") -> Mapping[str, str]:
        found = {setting.key: setting.value for setting in self.all(Setting)}
        return {key: value for key, value in found.items() if key.startswith(prefix)}

    def drafts(self) -> tuple[Draft, ...]:
        return tuple(sorted(self._state.drafts.values(), key=lambda draft: draft.saved_at, reverse=True))

    def printed(self, subject: str = "") -> tuple[PrintedPaper, ...]:
        found = [each for each in self._state.printed if subject in ("", each.subject)]
        return tuple(sorted(found, key=lambda each: each.printed_at, reverse=True))

    def operations(self, limit: int, before_number: int | None = None) -> tuple[Operation, ...]:
        lines = self._state.operations[::-1]
        return tuple(line for line in lines if before_number is None or line.number < before_number)[:limit]

    def operation(self, operation_id: UUID) -> Operation | None:
        return next((line for line in self._state.operations if line.head.id == operation_id), None)

    def history_of(self, entity: str, entity_id: str) -> tuple[Operation, ...]:
        key = (entity, entity_id)
        narrowed = (
            replace(line, touches=tuple(t for t in line.touches if (t.entity, t.entity_id) == key))
            for line in self._state.operations[::-1]
        )
        return tuple(line for line in narrowed if line.touches)

    def removed(self) -> tuple[RemovedValue, ...]:
        return tuple(reversed(self._state.removed.values()))

    def search(self, words: str, limit: int = 50) -> tuple[SearchHit, ...]:
        wanted = words.lower().split()
        hits = (
            hit_of(value, wanted)
            for kind in (Person, Record, Procedure, Assessment, LedgerRow, Attachment)
            for value in self.all(kind)
        )
        return tuple(hit for hit in hits if hit is not None)[:limit] if wanted else ()

    def current_json(self, entity: str, entity_id: str) -> str | None:
        return self._state.values[entity].get(entity_id)


class FakeWriting(FakeReading):
    """One operation on a state of its own, which becomes the book's when the block ends well."""

    def __init__(self, state: State, head: OperationHead) -> None:
        super().__init__(state)
        self._head = head
        self.dropped_drafts: set[UUID] = set()
        self._before: dict[tuple[str, str], str | None] = {}

    def put(self, entity: Entity) -> None:
        self._write(entity_name(type(entity)), entity_id(entity), to_json(entity))

    def put_all(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            self.put(entity)

    def remove(self, entity_type: type[Any], entity_id: UUID) -> None:
        self._write(entity_name(entity_type), str(entity_id), None)

    def put_json(self, entity: str, entity_id: str, payload: str | None) -> None:
        self._write(entity, entity_id, None if payload is None else to_json(from_json(entity, payload)))

    def keep_content(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self._state.contents[sha256] = content
        return sha256

    def put_printed(self, printed: PrintedPaper) -> None:
        others = tuple(each for each in self._state.printed if each.id != printed.id)
        self._state.printed = (*others, printed)

    def drop_draft(self, draft_id: UUID) -> None:
        self.dropped_drafts.add(draft_id)
        self._state.drafts.pop(draft_id, None)

    def touches(self) -> tuple[Touch, ...]:
        compared = (
            Touch(entity, identity, before, self.current_json(entity, identity))
            for (entity, identity), before in self._before.items()
        )
        return tuple(touch for touch in compared if touch.before != touch.after)

    def _write(self, entity: str, identity: str, text: str | None) -> None:
        table, key = self._state.values[entity], (entity, identity)
        before = table.get(identity)
        if before == text:
            return
        self._before.setdefault(key, before)
        if text is not None:
            table[identity] = text
            self._state.removed.pop(key, None)
        elif before is not None:
            self._refuse_with_attachments(identity)
            del table[identity]
            if entity != "setting":
                self._state.removed[key] = RemovedValue(
                    entity, identity, before, self._head.at, self._head.id
                )

    def _refuse_with_attachments(self, identity: str) -> None:
        for attachment in self.all(Attachment):
            if str(attachment.record_id) == identity:
                raise RefusedProblem("还有附件属于它，不能删除", attachment.file_name, "请先删除附件")

    def refuse_dangling(self) -> None:
        """What the real store's foreign keys do at the commit: nothing may refer to what is not there."""
        values = self._state.values
        changed = [(entity, identity) for entity, identity in self._before if identity in values[entity]]
        gone = {key for key in self._before if key[1] not in values[key[0]]}
        for entity, identity in changed:
            for name, wanted in _references(entity, values[entity][identity]):
                if wanted not in values[name]:
                    raise RefusedProblem("引用的内容不存在", f"{entity} → {name} {wanted}")
        for name, table in values.items():
            if gone and any(gone & _references(name, text) for text in table.values()):
                raise RefusedProblem("还有内容引用它，不能删除", name)


class FakeBook:
    """An open book in memory. ``state`` is public so that a test can compare before and after."""

    def __init__(self, *, read_only: bool = False, path: Path = Path("示例.branchbook")) -> None:
        self.state = State()
        self._read_only = read_only
        self._path = path
        self.protected = False

    @property
    def path(self) -> Path:
        return self._path

    @property
    def read_only(self) -> bool:
        return self._read_only

    @contextmanager
    def reading(self) -> Iterator[FakeReading]:
        yield FakeReading(self.state.copy())

    @contextmanager
    def writing(self, head: OperationHead) -> Iterator[FakeWriting]:
        state = self.state.copy()
        writing = FakeWriting(state, head)
        yield writing
        writing.refuse_dangling()
        touches = writing.touches()
        if touches:
            number = len(state.operations) + 1
            state.operations = (*state.operations, Operation(number, head, touches))
        drafts = self.state.drafts.items()
        self.state = replace(
            state, drafts={key: each for key, each in drafts if key not in writing.dropped_drafts}
        )

    def save_draft(self, draft: Draft) -> None:
        self.state.drafts[draft.id] = draft

    def drop_draft(self, draft_id: UUID) -> None:
        self.state.drafts.pop(draft_id, None)

    def close(self) -> None:
        """Nothing to release."""


@lru_cache(maxsize=20_000)
def _references(entity: str, text: str) -> frozenset[tuple[str, str]]:
    """(type, id) of everything to which a value refers and without which it may not stand."""
    value = from_json(entity, text)
    found: list[tuple[str, UUID | None]] = []
    if isinstance(value, Organisation):
        found.append(("organisation", value.parent_id))
        found.extend(("organisation", each) for each in value.predecessor_ids)
    if isinstance(value, Term | PersonFact | Record | ChecklistTick | LedgerRow):
        found.append(("organisation", value.organisation_id))
    if isinstance(value, PersonFact):
        found.append(("person", value.person_id))
    if isinstance(value, Procedure):
        found.append(("organisation", value.organisation_id))
        found.extend(bound_to(value))
    if isinstance(value, Assessment):
        found += [("procedure", value.procedure_id), ("person", value.person_id)]
    if isinstance(value, Record):
        found.extend(("person", line.person_id) for line in value.attendance)
        found.extend(("person", each.person_id) for each in value.exclusions)
    if isinstance(value, ChecklistTick):
        found.append(("checklist", value.checklist_id))
    return frozenset((name, str(identity)) for name, identity in found if identity is not None)


def _matches(record: Record, query: RecordQuery) -> bool:
    day = record.held_on
    conditions: tuple[Callable[[], bool], ...] = (
        lambda: not query.organisation_ids or record.organisation_id in query.organisation_ids,
        lambda: not query.kinds or bool(set(record.kinds) & set(query.kinds)),
        lambda: not query.ids or record.id in query.ids,
        lambda: query.undated if day is None else query.from_on is None or day >= query.from_on,
        lambda: day is None or query.to_on is None or day <= query.to_on,
    )
    return all(condition() for condition in conditions)


def _summary(record: Record) -> RecordSummary:
    names = RecordSummary.__dataclass_fields__
    shown = open_part(record)
    return RecordSummary(**{name: getattr(shown, name) for name in names})
