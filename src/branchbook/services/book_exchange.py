"""The whole book as one documented file, and such a file taken into a book: previewed, merged by id, one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from branchbook.domain.checklists import Checklist
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerDefinition, merged_definition
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Attachment, Record
from branchbook.services.codec import entity_id, from_json, to_json
from branchbook.services.exchange_conflicts import ConflictCheck
from branchbook.services.exchange_files import ExchangeArchives, ExchangeLimits, ExchangeReader
from branchbook.services.exchange_references import ReferenceCheck
from branchbook.services.exchange_selection import selected_values
from branchbook.services.exchange_validity import valid
from branchbook.services.kept_contents import contents_of
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.privacy import open_part
from branchbook.services.settings import PREFIX, book_settings
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.services.store import Book, Reading, Setting, Writing


class ValueStatus(StrEnum):
    """How one value of the file stands to the book."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"  # differs, but the book's own value stays: a setting, or what is final or ended


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One value that the import adds, changes or leaves out; ``title`` is for a person to read."""

    entity: str
    entity_id: str
    status: ValueStatus
    title: str


@dataclass(frozen=True, slots=True)
class ExchangePreview:
    """What an import does. ``counts`` are (type, status) → number; ``lines`` leave out what is the same."""

    counts: dict[tuple[str, ValueStatus], int]
    lines: tuple[ExchangeLine, ...]
    warnings: tuple[str, ...]

    def count(self, status: ValueStatus, entity: str = "") -> int:
        """How many values have a status, of one type or of all."""
        return sum(
            number for (name, each), number in self.counts.items() if each is status and entity in ("", name)
        )


_TYPE_WORDS = {
    "organisation": "组织",
    "term": "任期",
    "person": "人员",
    "person_fact": "人员登记",
    "record": "记录",
    "procedure": "办理事项",
    "assessment": "评议表",
    "ledger_definition": "台账设置",
    "ledger_row": "台账行",
    "attachment": "附件",
    "checklist": "清单",
    "checklist_tick": "清单勾选",
    "setting": "设置",
}


def export_book(
    reading: Reading, archives: ExchangeArchives, path: Path, organisation_id: UUID | None = None
) -> int:
    """Write everything the book holds but its history; returns the number of values.

    ``organisation_id`` names one branch of a general branch's book: then what belongs to it, to be imported
    into a book of its own or back (None, or the general branch itself: everything). The same book gives the
    same bytes, and so does a book into which the file was imported. Raises RefusedProblem for a group.
    """
    values = list(selected_values(reading, organisation_id))
    contents = sorted({sha256 for _, value in values for sha256 in contents_of(value)})
    archives.write(path, ((name, to_json(value)) for name, value in values), contents, reading.content)
    return len(values)


def preview_import(reading: Reading, archives: ExchangeArchives, path: Path) -> ExchangePreview:
    """What an import of the file would do; nothing is written.

    Raises UnreadableProblem where the file is not whole, RefusedProblem where something in it refers to
    what neither the file nor the book has.
    """
    with archives.open(path, limits_of(reading)) as archive:
        return _Merge(reading, archive).preview(path)


def import_book(book: Book, archives: ExchangeArchives, path: Path, actor: Actor) -> Outcome[ExchangePreview]:
    """Merge the file into the book by id, as one operation. A second time it changes nothing."""
    with operate(book, actor, f"导入交换文件：{path.name}") as operating:
        writing = operating.writing
        with archives.open(path, limits_of(writing)) as archive:
            merge = _Merge(writing, archive)
            preview = merge.preview(path)
            merge.write(writing)
    return Outcome(preview, operating.changes)


def limits_of(reading: Reading) -> ExchangeLimits:
    """The limits that this book sets for files from elsewhere."""
    label = SPEC_BY_KEY["exchange_megabytes"].label
    return ExchangeLimits(book_settings(reading).exchange_megabytes * 1024**2, setting_name=label)


class _Merge:
    """One file against one book. The file is read twice as a stream: once to check all, once to write."""

    def __init__(self, reading: Reading, archive: ExchangeReader) -> None:
        self._reading = reading
        self._archive = archive
        organisations = reading.all(Organisation)
        self._fresh = not organisations
        self._general = next((o for o in organisations if o.kind is OrganisationKind.GENERAL_BRANCH), None)
        self._warnings: dict[str, None] = {}
        self._kept_rounds: set[UUID] = set()

    def preview(self, path: Path) -> ExchangePreview:
        """Check every value and reference of the file and tell what would become of each."""
        counts: dict[tuple[str, ValueStatus], int] = {}
        lines = []
        references = ReferenceCheck(self._reading, self._archive.content_names())
        conflicts = ConflictCheck(self._reading.roster())
        for name, value in self._values():
            references.add(value)
            status = self._status(name, value)
            counts[name, status] = counts.get((name, status), 0) + 1
            if status in (ValueStatus.NEW, ValueStatus.CHANGED):
                conflicts.add(value)
            if status is not ValueStatus.SAME:
                lines.append(ExchangeLine(name, entity_id(value), status, _title(name, value)))
        self._refuse_dangling(references, path)
        conflicts.refuse_levels()
        self._warn(lines)
        return ExchangePreview(counts, tuple(lines), (*self._warnings, *conflicts.warnings()))

    def write(self, writing: Writing) -> None:
        """Write what is new or changed; contents first, since attachments refer to them."""
        for sha256 in sorted(self._archive.content_names()):
            if writing.content(sha256) is None:
                writing.keep_content(self._archive.content(sha256))
        for name, value in self._values():
            if self._status(name, value) in (ValueStatus.NEW, ValueStatus.CHANGED):
                writing.put(value)

    def _values(self) -> Iterator[tuple[str, Any]]:
        seen: set[tuple[str, str]] = set()
        for name, text in self._archive.entities():
            read = from_json(name, text)
            key = (name, entity_id(read))
            value = valid(read, f"{_TYPE_WORDS[name]} {key[1]}")
            if key in seen:
                raise UnreadableProblem(
                    "交换文件里同一个编号出现两次", f"{name} {key[1]}", "文件可能被人改动过；簿中没有任何改动"
                )
            seen.add(key)
            yield name, self._placed(value)

    def _placed(self, value: Any) -> Any:
        """The file of one branch knows nothing of the organisations around it; what the book knows stays."""
        if isinstance(value, Checklist):
            known_list = self._reading.get(Checklist, value.id)
            if known_list is not None and known_list.organisation_ids and value.organisation_ids:
                both = _together(known_list.organisation_ids, value.organisation_ids)
                return replace(value, organisation_ids=both)
        if isinstance(value, LedgerDefinition):
            known_ledger = self._reading.get(LedgerDefinition, value.id)
            return merged_definition(known_ledger, value) if known_ledger is not None else value
        return self._under_its_parent(value) if isinstance(value, Organisation) else value

    def _under_its_parent(self, value: Organisation) -> Organisation:
        """A branch's own book has no general branch above it; in a general branch's book it has."""
        known = self._reading.get(Organisation, value.id)
        if known is not None:
            value = replace(value, predecessor_ids=_together(known.predecessor_ids, value.predecessor_ids))
        if value.parent_id is not None:
            return value
        if known is not None and known.parent_id is not None:
            return replace(value, parent_id=known.parent_id, position=known.position)
        if self._general is not None and value.kind is OrganisationKind.BRANCH:
            return replace(value, parent_id=self._general.id)
        return value

    def _status(self, name: str, value: Any) -> ValueStatus:
        if isinstance(value, Assessment) and value.procedure_id in self._kept_rounds:
            return ValueStatus.KEPT  # it belongs to the round as the file has it
        current = self._reading.current_json(name, entity_id(value))
        if current is None:
            own_choice = name == "setting" and value.key.startswith(PREFIX) and not self._fresh
            return ValueStatus.KEPT if own_choice else ValueStatus.NEW
        # Compared as values: how a book writes its JSON may differ, what it says may not.
        if to_json(from_json(name, current)) == to_json(value):
            return ValueStatus.SAME
        if name == "setting" and value.key.startswith(PREFIX):
            return ValueStatus.KEPT
        if not _is_frozen(value) and _is_frozen(from_json(name, current)):
            if isinstance(value, Procedure):
                self._kept_rounds.add(value.id)
            return ValueStatus.KEPT
        return ValueStatus.CHANGED

    def _refuse_dangling(self, references: ReferenceCheck, path: Path) -> None:
        missing = references.missing()
        if missing:
            shown = "；".join(missing[:3]) + (f" 等 {len(missing)} 处" if len(missing) > 3 else "")
            raise RefusedProblem(
                "交换文件不完整：有内容指向文件和本簿里都没有的编号",
                f"{path.name}：{shown}",
                "请在原来的簿里重新导出；簿中没有任何改动",
            )

    def _warn(self, lines: list[ExchangeLine]) -> None:
        for name, test in _WARNINGS:
            count = sum(1 for line in lines if test(line))
            if count:
                self._warnings[name.format(n=count)] = None
        mine = {each.name: each.id for each in self._reading.all(Organisation) if each.parent_id is None}
        twice = [line for line in lines if line.entity == "organisation" and line.title in mine]
        for line in twice:
            if line.status is ValueStatus.NEW:
                self._warnings[f"本簿已有同名的“{line.title}”，编号不同，导入后两个并存"] = None


def _is_frozen(value: Any) -> bool:
    """Whether a value only changes by a correction, with its reason: a final record, a procedure that has ended."""
    if isinstance(value, Procedure):
        return not value.is_open
    return isinstance(value, Record) and value.is_final


def _together(known: tuple[UUID, ...], added: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return (*known, *(each for each in added if each not in known))


_WARNINGS: tuple[tuple[str, Callable[[ExchangeLine], bool]], ...] = (
    (
        "{n} 份记录在本簿已经定稿，不会被文件里的草稿替换",
        lambda line: line.entity == "record" and line.status is ValueStatus.KEPT,
    ),
    (
        "{n} 项办理事项在本簿已经办结，不会被文件里没有办结的替换",
        lambda line: line.entity == "procedure" and line.status is ValueStatus.KEPT,
    ),
    (
        "{n} 项设置按本簿原有的保留，没有导入",
        lambda line: line.entity == "setting" and line.status is ValueStatus.KEPT,
    ),
    (
        "{n} 份记录在本簿中的内容与文件不同，将按文件更新；可以撤销",
        lambda line: line.entity == "record" and line.status is ValueStatus.CHANGED,
    ),
    (
        "{n} 项办理事项在本簿中的内容与文件不同，将按文件更新；可以撤销",
        lambda line: line.entity == "procedure" and line.status is ValueStatus.CHANGED,
    ),
    (
        "{n} 份评议表在本簿中的内容与文件不同，将按文件更新；可以撤销",
        lambda line: line.entity == "assessment" and line.status is ValueStatus.CHANGED,
    ),
    (
        "{n} 行台账在本簿中的内容与文件不同，将按文件更新；可以撤销",
        lambda line: line.entity == "ledger_row" and line.status is ValueStatus.CHANGED,
    ),
)


def _title(name: str, value: Any) -> str:
    if isinstance(value, Organisation | Person):
        return value.name
    if isinstance(value, Record):
        return f"{value.held_on or '未定日期'} {open_part(value).subject}".strip()
    if isinstance(value, Attachment):
        return value.file_name
    if isinstance(value, Setting):
        spec = SPEC_BY_KEY.get(value.key.removeprefix(PREFIX))
        return spec.label if spec else value.key
    return str(getattr(value, "name", "") or _TYPE_WORDS[name])
