"""One row of the dates sheet, read cell by cell: whose it is, and the day or value that each cell gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.domain import identity_number
from branchbook.domain.people import Person
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.guards import clean_line
from branchbook.services.list_reading import read_day
from branchbook.services.roster_columns import IGNORED, ColumnMapping
from branchbook.services.roster_dates import read_date
from branchbook.services.roster_matching import name_key
from branchbook.services.roster_values import RosterFinding, RosterRow, Severity, is_masked, plain_name
from branchbook.services.stage_columns import STAGE_COLUMN_BY_KEY, StageColumn

_NUMBERS = frozenset({"days", "hours"})
_DAYS = frozenset({"ends_on"})
_PEOPLE = frozenset({"mentors", "sponsors"})

CellValue = date | int | str


@dataclass
class StageRow:
    """What one row says. ``identity`` is matched with the roster; ``cells`` hold a value by column key."""

    number: int
    identity: RosterRow
    cells: dict[str, CellValue] = field(default_factory=dict)
    findings: list[RosterFinding] = field(default_factory=list)

    def note(self, severity: Severity, column: StageColumn | None, text: str) -> None:
        """Add a finding about a column, or about the whole row."""
        self.findings.append(RosterFinding(severity, self.number, column.label if column else "", text))

    def day(self, family: str, step: str) -> date | None:
        """The day that the row gives for a step."""
        value = self.cells.get(f"{family}.{step}")
        return value if isinstance(value, date) else None


def read_stage_row(number: int, cells: tuple[str, ...], mapping: ColumnMapping, today: date) -> StageRow:
    """Read one row. Problems are noted in it, never raised."""
    row = StageRow(number, RosterRow(number))
    for key, text in _texts(cells, mapping).items():
        column = STAGE_COLUMN_BY_KEY[key]
        try:
            if column.family:
                row.cells[key] = _value(column, text, today)
            else:
                _who(row.identity, key, text, today)
        except Problem as problem:
            severity = Severity.ROW_REFUSED if key in ("name", "id") else Severity.CELL_REFUSED
            row.note(severity, column, sentence(problem))
    return row


def point_out(row: StageRow, roster: Roster, today: date) -> None:
    """Where the row names the branch and one person of the name belongs to it, that is who is meant."""
    identity = row.identity
    if identity.identifier is not None or not identity.branch:
        return
    found = [person for person in roster.people if _is_meant(roster, person, identity, today)]
    if len(found) == 1:
        identity.identifier = found[0].id


def sentence(problem: Problem) -> str:
    """A problem as one line of the preview."""
    place = f"“{problem.where}”：" if problem.where else ""
    return f"{place}{problem.what}。{problem.next_step}" if problem.next_step else f"{place}{problem.what}"


def _is_meant(roster: Roster, person: Person, identity: RosterRow, today: date) -> bool:
    branch = roster.branch_of(person.id, today)
    return (
        name_key(person.name) == name_key(identity.name)
        and branch is not None
        and branch.name_on(today) == identity.branch
    )


def _texts(cells: tuple[str, ...], mapping: ColumnMapping) -> Mapping[str, str]:
    return {
        key: cells[index]
        for index, key in enumerate(mapping.keys)
        if key != IGNORED and index < len(cells) and cells[index].strip()
    }


def _who(identity: RosterRow, key: str, text: str, today: date) -> None:
    if key in ("name", "branch"):
        setattr(identity, key, plain_name(text))
    elif key == "born_on":
        identity.dates[key] = read_date(text, today)
    elif key == "identity_number" and is_masked(text):
        identity.masked_identity = identity_number.normalised(text)
    elif key == "identity_number":
        identity.identity_number = identity_number.normalised(text)
    else:
        try:
            identity.identifier = UUID(text.strip())
        except ValueError:
            raise RefusedProblem("簿内编号不完整", text, "请清空这一格，程序将按姓名辨认") from None


def _value(column: StageColumn, text: str, today: date) -> CellValue:
    if not column.field or column.field in _DAYS:
        return read_day(text, today)
    if column.field in _NUMBERS:
        plain = text.strip().rstrip("天日学时")
        if not plain.isdigit():
            raise RefusedProblem("应是一个整数", text)
        return int(plain)
    return text if column.field in _PEOPLE else clean_line(text, column.label)
