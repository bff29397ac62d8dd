"""The values of a ledger's row: checked when they are kept, and in words as list, file and paper show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.amounts import LARGEST_UNITS, amount_words, decimals_of
from branchbook.domain.fields import PERSON_TYPES, FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerRow
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, FieldValue, PersonRef
from branchbook.services.guards import clean_line, clean_text
from branchbook.services.ledger_reading import row_words
from branchbook.services.mentions import procedure_words
from branchbook.services.store import Reading, RecordQuery

LINK_RECORD, LINK_PROCEDURE, LINK_ROW = "record", "procedure", "ledger_row"
_LINKED = (LINK_RECORD, LINK_PROCEDURE, LINK_ROW)
_NUMBERS = frozenset({FieldType.MONEY, FieldType.NUMBER})
GONE = "（来源已不在簿中）"


def link_to(entity: str, identity: UUID) -> str:
    """The value of a LINK field."""
    return f"{entity}:{identity}"


def read_link(text: str) -> tuple[str, UUID] | None:
    """What a LINK field points at: "record", "procedure" or "ledger_row", and the id; None for anything else."""
    entity, _, identity = text.partition(":")
    try:
        return (entity, UUID(identity)) if entity in _LINKED else None
    except ValueError:
        return None


# ------------------------------------------------------------------------------------- checked when kept


def checked_row(
    reading: Reading, ledger: Ledger, row: LedgerRow, today: date, before: LedgerRow | None
) -> LedgerRow:
    """The row as it can be kept: texts cleaned, empty values left out, what is hidden kept as it was.

    Raises RefusedProblem whose ``where`` is the label of the field: required and empty, no date, no choice of
    the list (one that stood there before stays), an organisation or record that is gone, days that contradict.
    """
    shown = {each.key: each for each in ledger.shown}
    kept = before.values if before else {}
    values: dict[str, FieldValue] = {key: each for key, each in kept.items() if key not in shown}
    for key, value in row.values.items():
        spec = shown.get(key)
        clean = _checked_value(reading, spec, value, kept.get(key)) if spec else value
        if clean != () and not (isinstance(clean, str) and not clean.strip()):
            values[key] = clean
    result = replace(row, values=values, people=_checked_people(shown, row, before))
    for spec in ledger.shown:
        if spec.required and spec.type is not FieldType.ATTACHMENT and not result.has(spec):
            raise RefusedProblem("这一栏必填", spec.label, f"请填写{spec.label}")
    _check_days(ledger, result, today)
    return result


def _checked_value(
    reading: Reading, spec: FieldSpec, value: FieldValue, before: FieldValue | None
) -> FieldValue:
    if spec.type in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_UNITS:
            raise RefusedProblem("不是一个数", spec.label, "例如 200 或 12.50")
        return value
    if not isinstance(value, str):
        return value
    text = (
        clean_text(value, spec.label) if spec.type is FieldType.LONG_TEXT else clean_line(value, spec.label)
    )
    if text and text != before and (fault := _fault(reading, spec, text)):
        raise RefusedProblem(fault, spec.label, "请改正后再保存")
    return text


def _fault(reading: Reading, spec: FieldSpec, text: str) -> str:
    if spec.type is FieldType.DATE:
        return "" if _is_day(text) else f"不是日期：{text}"
    if spec.type is FieldType.CHOICE and text not in spec.choices:
        return f"没有“{text}”这一项，可选 {'、'.join(spec.choices)}"
    if spec.type is FieldType.ORGANISATION:
        return "" if reading.current_json("organisation", text) else "这个组织已不在簿中"
    if spec.type is FieldType.LINK:
        link = read_link(text)
        known = link is not None and reading.current_json(link[0], str(link[1])) is not None
        return "" if known else "所指的记录已不在簿中"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _checked_people(
    shown: Mapping[str, FieldSpec], row: LedgerRow, before: LedgerRow | None
) -> Mapping[str, tuple[PersonRef, ...]]:
    kept = before.people if before else {}
    people = {key: refs for key, refs in kept.items() if key not in shown}
    for key, refs in row.people.items():
        label = shown[key].label if key in shown else key
        clean = tuple(replace(ref, name=clean_line(ref.name, label)) for ref in refs)
        if named := tuple(ref for ref in clean if ref.name):
            people[key] = named
    return people


def _check_days(ledger: Ledger, row: LedgerRow, today: date) -> None:
    begun = row.day(ledger.date_field) if ledger.date_field else None
    for key in filter(None, (ledger.due_field, ledger.done_field)):
        day, spec, first = row.day(key), ledger.field(key), ledger.field(ledger.date_field)
        if day and begun and day < begun and spec and first and key != ledger.date_field:
            raise RefusedProblem(f"早于{first.label} {begun}", spec.label, "请核对两个日期")
    done = row.day(ledger.done_field) if ledger.done_field else None
    spec = ledger.field(ledger.done_field)
    if done and spec and done > today:
        raise RefusedProblem(f"晚于今天 {today}", spec.label, "还没有完成的请先空着")


# ------------------------------------------------------------------------------------------- in words


class RowWords:
    """Cells of many rows in words; organisations, links and attachments are asked of the book once."""

    def __init__(self, reading: Reading, ledger: Ledger, rows: Sequence[LedgerRow]) -> None:
        self._reading = reading
        self._ledger = ledger
        self._rows = rows

    def cells(self, row: LedgerRow) -> Mapping[str, str]:
        """Every shown field of a row by its key; empty where nothing is entered."""
        return {spec.key: self.words(row, spec) for spec in self._ledger.shown}

    def words(self, row: LedgerRow, spec: FieldSpec) -> str:
        """One cell: 2026-05-08, 1234.50, 张三、李四, the name of an organisation, the names of files."""
        if spec.type in PERSON_TYPES:
            return "、".join(ref.name for ref in row.people.get(spec.key, ()))
        if spec.type is FieldType.ATTACHMENT:
            return "、".join(each.file_name for each in self.files(row, spec))
        value = row.values.get(spec.key)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, int):
            return amount_words(value, decimals_of(spec))
        if isinstance(value, tuple):
            return "、".join(value)
        if spec.type is FieldType.ORGANISATION and value:
            return self._places.get(value, GONE)
        return self._links.get(value, GONE) if spec.type is FieldType.LINK and value else value or ""

    def files(self, row: LedgerRow, spec: FieldSpec) -> tuple[Attachment, ...]:
        """The attachments of a row that are a field's."""
        return tuple(each for each in self._files.get(row.id, ()) if each.kind.value in spec.choices)

    def missing(self, row: LedgerRow) -> tuple[str, ...]:
        """The labels of required evidence that a row lacks."""
        wanted = [
            spec
            for spec in self._ledger.shown
            if spec.type is FieldType.ATTACHMENT and (spec.required or spec.key in self._ledger.evidence)
        ]
        return tuple(spec.label for spec in wanted if not self.files(row, spec))

    @cached_property
    def _places(self) -> Mapping[str, str]:
        return {str(each.id): each.name for each in self._reading.all(Organisation)}

    @cached_property
    def _files(self) -> Mapping[UUID, list[Attachment]]:
        found: dict[UUID, list[Attachment]] = {}
        for part in _parts([row.id for row in self._rows]):
            for each in self._reading.attachments_of(part):
                found.setdefault(each.record_id, []).append(each)
        return found

    @cached_property
    def _links(self) -> Mapping[str, str]:
        keys = [spec.key for spec in self._ledger.shown if spec.type is FieldType.LINK]
        texts = {row.text(key) for row in self._rows for key in keys} - {""}
        return link_words(self._reading, texts)


_AT_ONCE = 500


def _parts(ids: Sequence[UUID]) -> Iterable[tuple[UUID, ...]]:
    return (tuple(ids[at : at + _AT_ONCE]) for at in range(0, len(ids), _AT_ONCE))


def link_words(reading: Reading, texts: Iterable[str]) -> Mapping[str, str]:
    """What links point at, in words: 2026-05-08 支部党员大会《…》; those that are gone are missing."""
    links = {text: link for text in texts if (link := read_link(text)) is not None}
    ids = sorted({identity for entity, identity in links.values() if entity == LINK_RECORD})
    records = {each.id: each for each in reading.summaries(RecordQuery(ids=tuple(ids)))} if ids else {}
    words = {}
    for text, (entity, identity) in links.items():
        if entity == LINK_PROCEDURE:
            procedure = reading.get(Procedure, identity)
            if procedure is not None:
                words[text] = procedure_words(procedure)
        elif entity == LINK_ROW:
            row = reading.get(LedgerRow, identity)
            if row is not None:
                words[text] = row_words(reading, row)
        elif identity in records:
            words[text] = _record_words(
                records[identity].held_on, records[identity].kinds, records[identity].subject
            )
    return words


def _record_words(held_on: date | None, kinds: tuple[str, ...], subject: str) -> str:
    kind = KIND_BY_KEY.get(kinds[0])
    named = f"《{subject}》" if subject else ""
    return f"{held_on or '未定日期'} {kind.name if kind else kinds[0]}{named}"
