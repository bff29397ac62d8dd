"""An invented year for the tests of lists: a final meeting, a draft, an undated draft, two resolutions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.domain.records import (
    AgendaItem,
    Attendance,
    PersonRef,
    Presence,
    Record,
    Resolution,
)
from branchbook.services.exchange_files import CellTable, ListTable
from branchbook.services.list_export import record_table, resolution_table
from branchbook.services.list_import import ListFile, ListPreview, open_lists, preview_lists
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.store import Book
from tests.fakes import FakeBook
from tests.services.roster_files import TablesInMemory
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

MARCH, MAY = date(2026, 3, 19), date(2026, 5, 1)
ZHAO, QIAN, SUN = (named(f"{surname}示例") for surname in "赵钱孙")
FINAL, DRAFT, UNDATED = named("大会"), named("小组会"), named("党课")
OPEN, DONE = named("未落实"), named("已落实")
LISTS = Path("清单.xlsx")


def resolved() -> AgendaItem:
    """An item with a resolution that is open, with nobody responsible, and one that was carried out."""
    carried_out = Resolution(
        DONE, "清理活动室", (PersonRef("赵示例", ZHAO),), date(2026, 4, 1), date(2026, 3, 28), "已清理"
    )
    return AgendaItem(named("议题"), "活动室", resolutions=(Resolution(OPEN, "制定值班表"), carried_out))


def year() -> FakeBook:
    """The small book with its records."""
    book = small_book()
    meeting = Record(
        FINAL,
        ("general_meeting",),
        FIRST_BRANCH,
        MARCH,
        subject="学习大会",
        venue="一楼",
        people={"chair": (PersonRef("赵示例", ZHAO),), "minute_taker": (PersonRef("钱示例", QIAN),)},
        attendance=(
            Attendance(ZHAO, "赵示例"),
            Attendance(QIAN, "钱示例", Presence.ON_LEAVE, "出差"),
        ),
        agenda=(resolved(),),
    )
    save_record(book, meeting, actor())
    finalise(book, FINAL, actor())
    draft = replace(meeting, id=DRAFT, kinds=("group_meeting",), organisation_id=FIRST_GROUP, held_on=MAY)
    save_record(
        book, replace(draft, subject="读书", venue="", agenda=(AgendaItem(named("读"), "读"),)), actor()
    )
    save_record(book, Record(UNDATED, ("party_lesson",), FIRST_BRANCH, subject="待定的党课"), actor())
    return book


def tables_of(book: Book, organisation_id: UUID = GENERAL_BRANCH) -> tuple[ListTable, ListTable]:
    """Both lists that are read again."""
    with book.reading() as reading:
        return (
            record_table(reading, organisation_id, 2026, TODAY),
            resolution_table(reading, organisation_id, 2026, TODAY),
        )


def as_read(*tables: ListTable) -> tuple[CellTable, ...]:
    """Lists as tables that a reader gives back."""
    files = TablesInMemory()
    files.write(LISTS, tables)
    return files.read(LISTS)


def column_of(table: ListTable, label: str) -> int:
    return [column.label for column in table.columns].index(label)


def with_cell(table: ListTable, identity: UUID | str, label: str, text: str) -> ListTable:
    """The list with one cell typed over, in the row of the given id."""
    at = column_of(table, label)
    rows = ((*row[:at], text, *row[at + 1 :]) if row[-1] == str(identity) else row for row in table.rows)
    return replace(table, rows=tuple(rows))


def opened(*tables: ListTable | CellTable) -> ListFile:
    read: list[CellTable] = []
    for table in tables:
        read += as_read(table) if isinstance(table, ListTable) else [table]
    return open_lists(TablesInMemory(*read), LISTS)


def previewed(book: Book, *tables: ListTable | CellTable) -> ListPreview:
    with book.reading() as reading:
        return preview_lists(reading, opened(*tables), actor(30))


def stored(book: Book, record_id: UUID) -> Record:
    with book.reading() as reading:
        found = reading.get(Record, record_id)
    assert found is not None
    return found


def resolution(book: Book, identity: UUID) -> Resolution:
    return next(
        each for item in stored(book, FINAL).agenda for each in item.resolutions if each.id == identity
    )


def changed(book: Book, change: Callable[[Record], Record], record_id: UUID) -> None:
    """Another value of a record, as if somebody had typed it."""
    with operate(book, actor(5), "改") as operating:
        operating.writing.put(change(stored(book, record_id)))


def rows_of(table: ListTable) -> Sequence[dict[str, str]]:
    """The rows by the heads of the columns."""
    heads = [column.label for column in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]
