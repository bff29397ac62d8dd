"""One row of a roster, read cell by cell: what it says, and what is wrong with it, by row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from branchbook.domain import identity_number
from branchbook.domain.people import Mark, Restriction, Sex, Standing
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.guards import NAME_LIMIT, clean_line, clean_text
from branchbook.services.roster_columns import COLUMN_BY_KEY, IGNORED, ColumnMapping
from branchbook.services.roster_dates import Precision, ReadDate, read_date, says_the_same
from branchbook.services.roster_words import (
    ETHNIC_GROUPS,
    ReadPost,
    ethnic_group_of,
    marks_of,
    posts_of,
    restrictions_of,
    sex_of,
    standing_of,
)

TEXT_FIELDS = ("native_place", "education", "degree", "work_post", "title", "phone", "address", "note")
DATE_FIELDS = ("born_on", "work_started_on", "applied_on", "accepted_on", "full_member_since")


class Severity(StrEnum):
    """How much of the row a finding costs."""

    ROW_REFUSED = "row_refused"  # nothing of the row is imported
    CELL_REFUSED = "cell_refused"  # the row is imported without this cell
    CHECK = "check"  # imported; the user should look
    NOTE = "note"  # how it was read


@dataclass(frozen=True, slots=True)
class RosterFinding:
    """What is wrong or worth knowing. ``row`` counts from 1 as in the file, 0: the whole file.

    ``column`` is the head of the column, empty for the whole row.
    """

    severity: Severity
    row: int
    column: str
    text: str


@dataclass
class RosterRow:
    """What one row says. A field that is absent, or None, says nothing and changes nothing.

    What is ``derived`` from the identity number only fills what is empty.
    """

    number: int
    name: str = ""
    branch: str = ""
    group: str = ""
    identifier: UUID | None = None
    sex: Sex | None = None
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, ReadDate] = field(default_factory=dict)
    standing: Standing | None = None
    posts: tuple[ReadPost, ...] | None = None
    marks: frozenset[Mark] | None = None
    restrictions: frozenset[Restriction] | None = None
    identity_number: str = ""
    masked_identity: str = ""
    derived_born_on: date | None = None
    derived_sex: Sex | None = None
    findings: list[RosterFinding] = field(default_factory=list)

    def note(self, severity: Severity, key: str, text: str) -> None:
        """Add a finding about one of the row's columns."""
        label = COLUMN_BY_KEY[key].label if key else ""
        self.findings.append(RosterFinding(severity, self.number, label, text))

    def is_refused(self) -> bool:
        """Whether nothing of this row can be imported."""
        return any(finding.severity is Severity.ROW_REFUSED for finding in self.findings)

    def day(self, key: str) -> date | None:
        """The day read from a date column."""
        read = self.dates.get(key)
        return read.day if read else None


def is_masked(text: str) -> bool:
    """Whether a cell hides part of its value with asterisks, as our own printed and exported rosters do."""
    return "*" in text or "＊" in text


def plain_name(text: str) -> str:
    """A name as it is kept: exactly as typed, but 张　三 padded to three characters' width is 张三."""
    line = clean_line(text, "姓名", NAME_LIMIT)
    parts = line.split()
    if len(parts) > 1 and all(len(part) == 1 and not part.isascii() for part in parts):
        return "".join(parts)
    return line


def read_row(number: int, cells: tuple[str, ...], mapping: ColumnMapping, today: date) -> RosterRow:
    """Read one row. Problems are noted in it, never raised."""
    row = RosterRow(number)
    texts = {
        key: cells[index]
        for index, key in enumerate(mapping.keys)
        if key != IGNORED and index < len(cells) and cells[index]
    }
    for key, text in texts.items():
        try:
            _read_cell(row, key, text, today)
        except Problem as problem:
            severity = Severity.ROW_REFUSED if key in ("name", "id") else Severity.CELL_REFUSED
            row.note(severity, key, _sentence(problem))
    _check_order(row)
    _check_identity(row)
    return row


def _sentence(problem: Problem) -> str:
    place = f"“{problem.where}”：" if problem.where else ""
    return f"{place}{problem.what}。{problem.next_step}" if problem.next_step else f"{place}{problem.what}"


def _read_cell(row: RosterRow, key: str, text: str, today: date) -> None:
    if is_masked(text):
        if key == "identity_number":
            row.masked_identity = identity_number.normalised(text)
        elif key in ("name", "id"):
            raise RefusedProblem("打了星号，不能辨认", text)
        return
    if key in ("name", "branch", "group"):
        setattr(row, key, plain_name(text))
    elif key in DATE_FIELDS or key in ("posts_since", "member_since"):
        _read_date(row, key, text, today)
    elif key in TEXT_FIELDS:
        row.texts[key] = clean_text(text, "") if key == "note" else clean_line(text, "")
    else:
        _WORDED[key](row, text)


def _read_date(row: RosterRow, key: str, text: str, today: date) -> None:
    read = read_date(text, today)
    row.dates[key] = read
    if read.doubt:
        row.note(Severity.CHECK, key, read.doubt)


def _read_identifier(row: RosterRow, text: str) -> None:
    try:
        row.identifier = UUID(text)
    except ValueError:
        raise RefusedProblem("簿内编号不完整", text, "请清空这一格，程序将按姓名和身份证号辨认") from None


def _read_sex(row: RosterRow, text: str) -> None:
    row.sex = sex_of(text)
    if row.sex is None:
        raise RefusedProblem("看不懂，应为男或女", text)


def _read_ethnic_group(row: RosterRow, text: str) -> None:
    name = ethnic_group_of(clean_line(text, ""))
    row.texts["ethnic_group"] = name
    if name not in ETHNIC_GROUPS:
        row.note(Severity.CHECK, "ethnic_group", f"“{name}”不是民族全称，已照录，请核对")


def _read_standing(row: RosterRow, text: str) -> None:
    row.standing = standing_of(text)
    if row.standing is None:
        raise RefusedProblem("看不懂，应为正式党员、预备党员、发展对象、入党积极分子或入党申请人", text)


def _read_posts(row: RosterRow, text: str) -> None:
    row.posts, unknown = posts_of(text)
    _note_unknown(row, "posts", unknown)


def _read_marks(row: RosterRow, text: str) -> None:
    row.marks, unknown = marks_of(text)
    _note_unknown(row, "marks", unknown)


def _read_restrictions(row: RosterRow, text: str) -> None:
    row.restrictions, unknown = restrictions_of(text)
    _note_unknown(row, "restrictions", unknown)


def _note_unknown(row: RosterRow, key: str, unknown: tuple[str, ...]) -> None:
    if unknown:
        row.note(Severity.CELL_REFUSED, key, f"不认识“{'、'.join(unknown)}”，没有读入，请在程序中补填")


def _read_identity(row: RosterRow, text: str) -> None:
    row.identity_number = identity_number.normalised(text)


_WORDED = {
    "id": _read_identifier,
    "sex": _read_sex,
    "ethnic_group": _read_ethnic_group,
    "standing": _read_standing,
    "posts": _read_posts,
    "marks": _read_marks,
    "restrictions": _read_restrictions,
    "identity_number": _read_identity,
}

_DAMAGING = frozenset({"shape", "spreadsheet_damage", "check_digit", "no_such_day"})


def _check_identity(row: RosterRow) -> None:
    """A number that is surely wrong is not taken; one that only disagrees with the row is, with a word."""
    number = row.identity_number
    if not number:
        return
    faults = identity_number.faults(number, stated_sex=row.sex)
    damage = [fault for fault in faults if fault.key in _DAMAGING]
    for fault in damage:
        row.note(Severity.CELL_REFUSED, "identity_number", f"{fault.text}（本次不读入这个号码）")
    if damage:
        row.identity_number = ""
        return
    for fault in faults:
        row.note(Severity.CHECK, "identity_number", fault.text)
    if re.search(r"000$", number):
        row.note(Severity.CHECK, "identity_number", "末三位是 000，可能被 Excel 截断过，请对照证件核对")
    _compare_birth(row, number)


def _compare_birth(row: RosterRow, number: str) -> None:
    in_number = identity_number.birth_date(number)
    stated = row.dates.get("born_on")
    row.derived_born_on, row.derived_sex = in_number, identity_number.sex(number)
    if stated is not None and not says_the_same(stated, in_number):
        text = f"身份证号中的出生日期 {in_number} 与所填 {stated.day} 不一致，两项都照录，请核对"
        row.note(Severity.CHECK, "born_on", text)
    elif stated is not None and stated.precision is not Precision.DAY and in_number is not None:
        row.dates["born_on"] = ReadDate(in_number)  # the number gives the day that the cell left out


_ORDER = ("born_on", "applied_on", "accepted_on", "full_member_since")


def _check_order(row: RosterRow) -> None:
    known = [(key, row.dates[key]) for key in _ORDER if key in row.dates]
    for (early_key, early), (late_key, late) in pairwise(known):
        if late.day < early.day and not says_the_same(late, early.day):
            early_label = COLUMN_BY_KEY[early_key].label
            row.note(Severity.CHECK, late_key, f"{late.day} 早于{early_label} {early.day}，已照录，请核对")


_FILLER_STARTS = (
    *("合计", "总计", "小计", "填表", "制表", "填报", "审核", "统计", "说明"),
    *("注：", "注:", "备注：", "备注:"),
)


def is_filler(cells: tuple[str, ...], mapping: ColumnMapping) -> bool:
    """Whether a row is no member's: empty, a total, a signature line, or the head repeated on a page."""
    texts = [text for text in cells if text]
    if not texts or tuple(cells) == mapping.heads[: len(cells)]:
        return True
    first = "".join(texts[0].split())
    if first.startswith(_FILLER_STARTS):
        return True
    position = mapping.position("name")
    has_name = position is not None and position < len(cells) and bool(cells[position])
    # A line of one text over all columns is a title or a heading of a part, from merged cells.
    if has_name and len(texts) > 2 and len(set(texts)) == 1:
        return True
    # Prepared but empty rows carry a serial number and nothing else.
    return not has_name and len(texts) == 1 and texts[0].isdigit()
