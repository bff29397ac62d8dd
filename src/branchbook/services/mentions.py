"""Where a person is named in the book's records and procedures, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow, people_named
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.exchange_references import references_of
from branchbook.services.ledger_reading import row_words
from branchbook.services.privacy import open_part
from branchbook.services.store import Reading, RecordQuery


@dataclass(frozen=True, slots=True)
class Mention:
    """One record that names a person; ``roles`` are Chinese words such as 主持人, 出席, 发言."""

    record_id: UUID
    kinds: tuple[str, ...]
    held_on: date | None
    subject: str
    roles: tuple[str, ...]

    @property
    def words(self) -> str:
        """2026-03-05 支部党员大会《主题》."""
        kind = KIND_BY_KEY.get(self.kinds[0])
        day = self.held_on.isoformat() if self.held_on else "未定日期"
        subject = f"《{self.subject}》" if self.subject else ""
        return f"{day} {kind.name if kind else self.kinds[0]}{subject}"


def mentions_of(reading: Reading, person_id: UUID, year: int | None = None) -> tuple[Mention, ...]:
    """Records that name the person, the latest first; of one year, or of all with drafts."""
    query = RecordQuery()
    if year is not None:
        query = RecordQuery(from_on=date(year, 1, 1), to_on=date(year, 12, 31), undated=False)
    found = []
    for record in reversed(reading.records(query)):
        roles = tuple(dict.fromkeys(_roles(record, person_id)))
        if roles:
            found.append(Mention(record.id, record.kinds, record.held_on, open_part(record).subject, roles))
    return tuple(found)


def procedures_on(reading: Reading, entity: str, identity: UUID) -> tuple[str, ...]:
    """Procedures that rest on a value or name a person (in an assessment too), in words: 2026-03-02 开始的补选."""
    key, named = (entity, identity), set()
    if entity == "person":
        named = {each.procedure_id for each in reading.all(Assessment) if key in set(references_of(each))}
    return tuple(
        procedure_words(each)
        for each in reading.all(Procedure)
        if each.id in named or key in set(references_of(each))
    )


def ledger_rows_naming(reading: Reading, person_id: UUID) -> tuple[str, ...]:
    """Rows of ledgers that name a person, in words."""
    return tuple(
        row_words(reading, each) for each in reading.all(LedgerRow) if person_id in people_named([each])
    )


def procedure_words(procedure: Procedure) -> str:
    """What a procedure is called in a list."""
    shape = SHAPE_BY_KEY.get(procedure.shape)
    return f"{procedure.begun_on} 开始的{shape.name if shape else procedure.shape}"


def named_people(reading: Reading) -> frozenset[UUID]:
    """Everyone whom a record, procedure, assessment or row names; asked once where many people are looked at."""
    found = {person_id for record in reading.records(RecordQuery()) for person_id in _named(record)}
    for each in (*reading.all(Procedure), *reading.all(Assessment)):
        found |= {identity for name, identity in references_of(each) if name == "person"}
    return frozenset(found | people_named(reading.all(LedgerRow)))


def _named(record: Record) -> Iterator[UUID]:
    references = [*record.observers, *(each for named in record.people.values() for each in named)]
    for item in record.agenda:
        references.extend(each for resolution in item.resolutions for each in resolution.responsible)
        yield from (speech.person_id for speech in item.speeches if speech.person_id)
    yield from (reference.person_id for reference in references if reference.person_id)
    yield from (line.person_id for line in record.attendance)
    yield from (exclusion.person_id for exclusion in record.exclusions)


def _roles(record: Record, person_id: UUID) -> Iterator[str]:
    labels = {
        spec.key: spec.label for key in record.kinds if key in KIND_BY_KEY for spec in KIND_BY_KEY[key].fields
    }
    for key, references in record.people.items():
        if any(reference.person_id == person_id for reference in references):
            yield labels.get(key, key)
    if any(line.person_id == person_id for line in record.attendance):
        yield "考勤"
    if any(exclusion.person_id == person_id for exclusion in record.exclusions):
        yield "经批准不计入应到"
    if any(reference.person_id == person_id for reference in record.observers):
        yield "列席"
    for item in record.agenda:
        if any(speech.person_id == person_id for speech in item.speeches):
            yield "发言"
        responsible = (reference for resolution in item.resolutions for reference in resolution.responsible)
        if any(reference.person_id == person_id for reference in responsible):
            yield "决议责任人"
