"""换书记交接: one folder (or zip) with backup, handbooks, lists, open matters, and a page for both signatures.

Nothing in it is protected but the backup of a protected book, and its first file says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from branchbook.domain.organisations import Organisation, OrganisationKind, by_position
from branchbook.domain.papers import Sheet, single
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.backup_words import contents_words
from branchbook.services.evidence import places_below
from branchbook.services.handbook import print_handbook
from branchbook.services.handbook_request import HandbookRequest
from branchbook.services.list_export import all_tables, export_lists
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheets_for
from branchbook.services.roster_export import export_roster
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading, RecordQuery

if TYPE_CHECKING:
    from branchbook.services.workshop import BackupResult, StepProgress, Workshop

BACKUP_FOLDER, HANDBOOK_FOLDER, LIST_FOLDER = "备份", "手册", "列表"
READ_FIRST, FILLED, BLANK, ROSTER = "请先看.txt", "交接清单.pdf", "交接清单（空白）.pdf", "花名册.xlsx"


class PackFiles(Protocol):
    """Where a pack is put together; it takes its place only when it is whole."""

    def packing(self, out: Path) -> AbstractContextManager[Path]:
        """A folder to write into, which becomes ``out`` (packed where that ends in .zip) at the block's end.

        Raises a Problem where something is at ``out`` already; when the block fails nothing is left.
        """
        ...


@dataclass(frozen=True, slots=True)
class HandoverPack:
    """What was handed over: where it lies, its backup, and its files by name within it."""

    path: Path
    backup: BackupResult
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Handbook:
    """One handbook to be printed."""

    organisation: Organisation
    year: int


def make_handover_pack(
    workshop: Workshop, book: Book, out: Path, now: datetime, progress: StepProgress | None = None
) -> HandoverPack:
    """Put everything together at ``out``, a folder that is not there yet, or a .zip.

    Raises RefusedProblem for a book without organisations, and where the user cancels; nothing is left then.
    """
    today = now.date()
    with book.reading() as reading:
        wanted = tuple(_handbooks(reading, today))
        top = _top(reading.roster())
    with workshop.packs.packing(out) as folder:
        for name in (BACKUP_FOLDER, HANDBOOK_FOLDER, LIST_FOLDER):
            (folder / name).mkdir()
        backup = workshop.shelf.back_up(book, folder / BACKUP_FOLDER, now)
        with book.reading() as reading:
            for done, each in enumerate(wanted):
                _tell(progress, done, len(wanted))
                _write_handbook(workshop, reading, folder / HANDBOOK_FOLDER, each, today)
            _write_lists(workshop, reading, folder, top.id, {each.year for each in wanted}, today)
            _write_papers(workshop, reading, folder, top.id, backup, today)
            name = top.name_on(today)
        _tell(progress, len(wanted), len(wanted))
        files = tuple(
            sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
        )
        text = _read_first(name, now, backup, files)
        (folder / READ_FIRST).write_text(text, "utf-8-sig")  # so that every editor sees the Chinese
    return HandoverPack(out, backup, (READ_FIRST, *files))


def _top(roster: Roster) -> Organisation:
    general = roster.general_branch()
    branches = by_position(each for each in roster.organisations if each.kind == OrganisationKind.BRANCH)
    top = general or next(iter(branches), None)
    if top is None:
        raise RefusedProblem("这本簿里还没有支部", "", "没有可以交接的内容")
    return top


def _handbooks(reading: Reading, today: date) -> Iterator[_Handbook]:
    """For every branch and the general branch, each year in which it has a record, and this year."""
    roster = reading.roster()
    kinds = (OrganisationKind.BRANCH, OrganisationKind.GENERAL_BRANCH)
    for organisation in by_position(each for each in roster.organisations if each.kind in kinds):
        own: tuple[UUID, ...] = (organisation.id,)
        if organisation.kind == OrganisationKind.BRANCH:
            own = places_below(roster, organisation.id)
        records = reading.records(RecordQuery(own, undated=False))
        years = {each.held_on.year for each in records if each.held_on is not None and each.is_final}
        if organisation.closed_on is None or organisation.closed_on > today:
            years.add(today.year)
        for year in sorted(years):
            yield _Handbook(organisation, year)


def _write_handbook(
    workshop: Workshop, reading: Reading, folder: Path, wanted: _Handbook, today: date
) -> None:
    name = wanted.organisation.name_on(min(today, date(wanted.year, 12, 31)))
    request = HandbookRequest(wanted.organisation.id, wanted.year, today)
    pressed = print_handbook(reading, workshop.press, request)
    (folder / f"{_plain(name)} {wanted.year}年手册.pdf").write_bytes(pressed.pdf)


def _write_lists(
    workshop: Workshop, reading: Reading, folder: Path, top: UUID, years: set[int], today: date
) -> None:
    for year in sorted(years):
        tables = all_tables(reading, top, year, today)
        export_lists(workshop.tables, folder / LIST_FOLDER / f"{year}年列表.xlsx", tables)
    masked = book_settings(reading).identity_masked
    export_roster(workshop.tables, folder / LIST_FOLDER / ROSTER, reading.roster(), today, masked=masked)


def _write_papers(
    workshop: Workshop, reading: Reading, folder: Path, top: UUID, backup: BackupResult, today: date
) -> None:
    """The page for the signatures, with the backup's name and hash, and an empty one."""
    (sheet,) = sheets_for(reading, PaperRequest("handover", today, organisation_id=top))
    assert sheet.values is not None
    named = {"backup": backup.path.name, "sha256": backup.sha256}
    filled = replace(sheet, values={**sheet.values, **named})
    for name, each in ((FILLED, filled), (BLANK, Sheet(sheet.paper, sheet.title))):
        (folder / name).write_bytes(workshop.press.press(single(each), reading.content).pdf)


def _read_first(name: str, now: datetime, backup: BackupResult, files: tuple[str, ...]) -> str:
    protection = (
        "备份有口令，手册、列表和清单没有。"
        if backup.protected
        else "备份、手册、列表和清单都没有口令，谁拿到都能看。"
    )
    lines = (
        f"{name} 交接材料，{now:%Y-%m-%d %H:%M} 由支部手册生成",
        "",
        f"注意：{protection}里面有党员的个人信息，请当面交接，用完后妥善保管或删除。",
        "",
        "接收的人：装好支部手册，在起始页点“从备份恢复”，选“备份”文件夹里的文件。",
        "双方和监交人在“交接清单.pdf”打印件上签字；“交接清单（空白）.pdf”可以手填。",
        "",
        *backup.warnings,
        f"备份：{backup.path.name}",
        f"内容：{contents_words(backup.contents)}",
        f"SHA-256：{backup.sha256}",
        "",
        "文件：",
        *(f"  {each}" for each in files),
    )
    return "\r\n".join(lines) + "\r\n"


def _plain(name: str) -> str:
    """A name that every file system takes."""
    return "".join("-" if letter in '\\/:*?"<>|' else letter for letter in name).strip(" .") or "支部"


def _tell(progress: StepProgress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise RefusedProblem("已取消", "", "没有留下不完整的交接材料")
