"""Invented rosters as tables of cells, and identity numbers of a region that does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from branchbook.domain.identity_number import check_digit
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.services.exchange_files import CellTable, ListTable
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.roster_import import RosterPreview, import_roster, open_roster, preview_roster
from tests.fakes import FakeBook

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
ACTOR = Actor("李测试", NOW)
FOUNDED = date(2020, 1, 1)
HEAD = ("姓名", "性别", "民族", "出生日期", "入党时间", "转正时间", "党籍状态")


def number_for(born: date, serial: int = 1) -> str:
    """A number with a right check digit; 999999 is no region."""
    first = f"999999{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


class TablesInMemory:
    """Files that are only tables; writing keeps what a reader would read back."""

    def __init__(self, *tables: CellTable) -> None:
        self.tables = tables

    def read(self, path: Path) -> tuple[CellTable, ...]:
        return self.tables

    def write(self, path: Path, tables: Sequence[ListTable]) -> None:
        self.tables = tuple(
            CellTable(table.name, (tuple(column.label for column in table.columns), *table.rows))
            for table in tables
        )


def table(*rows: Sequence[str], name: str = "Sheet1") -> CellTable:
    return CellTable(name, tuple(tuple(row) for row in rows))


def book_with_branch(name: str = "示例支部", *, general: str = "") -> tuple[FakeBook, UUID]:
    """A book with one branch, or with a general branch only where ``general`` is given."""
    kind = OrganisationKind.GENERAL_BRANCH if general else OrganisationKind.BRANCH
    made = Organisation(uuid4(), kind, (DatedName(general or name, FOUNDED),), FOUNDED)
    book = FakeBook()
    with operate(book, ACTOR, "新建") as operating:
        operating.writing.put(made)
    return book, made.id


def preview_of(book: FakeBook, *rows: Sequence[str], branch_id: UUID | None = None) -> RosterPreview:
    with book.reading() as reading:
        file = open_roster(TablesInMemory(table(*rows)), Path("花名册.xlsx"), reading)
        return preview_roster(reading, file, file.mapping, ACTOR, branch_id)


def imported(book: FakeBook, *rows: Sequence[str], actor: Actor = ACTOR) -> Outcome[RosterPreview]:
    with book.reading() as reading:
        file = open_roster(TablesInMemory(table(*rows)), Path("花名册.xlsx"), reading)
    return import_roster(book, file, file.mapping, actor)


def texts(preview: RosterPreview, row: int | None = None) -> str:
    return "\n".join(each.text for each in preview.findings if row is None or each.row == row)
