"""The columns of the lists that BranchBook writes as xlsx, and which of them it reads again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from branchbook.services.exchange_files import CellTable
from branchbook.services.roster_columns import HEAD_SEARCHED_ROWS, plain_head


class ListKind(StrEnum):
    """The lists. The first two are read again; the others are looked up and printed only."""

    RECORDS = "records"
    RESOLUTIONS = "resolutions"
    ATTENDANCE = "attendance"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ListField:
    """One column. ``read`` is True where a changed cell changes the book."""

    key: str
    label: str
    width: int = 12
    read: bool = False


IDENTIFIER = ListField("id", "簿内编号", 38)
"""The last column of every list that is read again: by it a row finds what it is about."""

RECORD_FIELDS: tuple[ListField, ...] = (
    ListField("kinds", "种类", 20),
    ListField("held_on", "日期", read=True),
    ListField("organisation", "组织", 24),
    ListField("subject", "主题", 36, read=True),
    ListField("venue", "地点", 20, read=True),
    ListField("chair", "主持人", read=True),
    ListField("minute_taker", "记录人", read=True),
    ListField("due", "应到", 6),
    ListField("present", "实到", 6),
    ListField("state", "状态", 8),
    IDENTIFIER,
)

RESOLUTION_FIELDS: tuple[ListField, ...] = (
    ListField("number", "编号", 10),
    ListField("organisation", "组织", 24),
    ListField("held_on", "通过日期"),
    ListField("item", "议题", 30),
    ListField("text", "决议内容", 40),
    ListField("responsible", "责任人", 16, read=True),
    ListField("due_on", "完成期限", read=True),
    ListField("done_on", "落实日期", read=True),
    ListField("outcome", "落实情况", 36, read=True),
    IDENTIFIER,
)

EVIDENCE_FIELDS: tuple[ListField, ...] = (
    ListField("held_on", "日期"),
    ListField("organisation", "组织", 24),
    ListField("kinds", "种类", 20),
    ListField("subject", "主题", 36),
    ListField("missing", "缺少", 30),
)

FIELDS_READ: Mapping[ListKind, tuple[ListField, ...]] = {
    ListKind.RECORDS: RECORD_FIELDS,
    ListKind.RESOLUTIONS: RESOLUTION_FIELDS,
}

_TELLING = {ListKind.RECORDS: "subject", ListKind.RESOLUTIONS: "text"}
"""Without this column and the identifier a table is not taken for the list."""


@dataclass(frozen=True, slots=True)
class FoundList:
    """A table of a workbook that is one of our lists. ``head_row`` counts from 1; ``keys`` go by column."""

    kind: ListKind
    table: CellTable
    head_row: int
    keys: tuple[str, ...]

    def cells(self, number: int) -> Mapping[str, str]:
        """The cells of a row of the file (from 1) by column key; columns that are not there are missing."""
        row = self.table.rows[number - 1]
        return {key: row[at] if at < len(row) else "" for at, key in enumerate(self.keys) if key}


def find_list(table: CellTable) -> FoundList | None:
    """Which list a table is, by its head in the first rows; None for anything else."""
    for number, row in enumerate(table.rows[:HEAD_SEARCHED_ROWS], start=1):
        heads = [plain_head(text) for text in row]
        for kind, fields in FIELDS_READ.items():
            labels = {plain_head(each.label): each.key for each in fields}
            keys = [labels.get(head, "") for head in heads]
            keys = [key if key not in keys[:at] else "" for at, key in enumerate(keys)]
            if IDENTIFIER.key in keys and _TELLING[kind] in keys:
                return FoundList(kind, table, number, tuple(keys))
    return None
