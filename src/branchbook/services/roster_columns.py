"""The columns of a roster: what they are called in real spreadsheets, and how one is recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchbook.services.exchange_files import CellTable

HEAD_SEARCHED_ROWS = 30
"""The head stands under a title and perhaps a few lines of explanation, not further down."""


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column. ``label`` is its head in our own exports; ``synonyms`` are heads seen elsewhere."""

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    width: int = 12


COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn(
        "branch", "所在支部", ("党支部", "支部", "支部名称", "所属支部", "所在党支部", "党支部名称"), 18
    ),
    RosterColumn(
        "group", "所在党小组", ("党小组", "小组", "所在小组", "所属小组", "所属党小组", "党小组名称", "组别")
    ),
    RosterColumn("name", "姓名", ("党员姓名", "名字", "姓 名"), 14),
    RosterColumn("sex", "性别", ("性別",), 6),
    RosterColumn("ethnic_group", "民族", ("族别",), 10),
    RosterColumn("born_on", "出生日期", ("出生年月", "出生年月日", "出生时间", "生日")),
    RosterColumn("native_place", "籍贯", ("籍 贯",)),
    RosterColumn("education", "学历", ("文化程度", "最高学历", "学历情况")),
    RosterColumn("degree", "学位", ("学历学位", "最高学位")),
    RosterColumn("work_started_on", "参加工作时间", ("工作时间", "参加工作日期", "参加工作年月")),
    RosterColumn(
        "work_post", "行政职务", ("工作岗位", "单位职务", "单位及职务", "职务", "现任职务", "岗位"), 18
    ),
    RosterColumn("title", "职称", ("专业技术职务", "技术职称")),
    RosterColumn(
        "identity_number",
        "身份证号",
        ("身份证号码", "身份证", "公民身份号码", "公民身份证号", "证件号码"),
        22,
    ),
    RosterColumn("phone", "联系电话", ("电话", "手机", "手机号", "手机号码", "联系方式", "移动电话"), 16),
    RosterColumn("address", "住址", ("家庭住址", "现居住地", "地址", "联系地址"), 20),
    RosterColumn("applied_on", "申请入党时间", ("申请入党日期", "递交入党申请书时间", "申请时间")),
    RosterColumn(
        "accepted_on", "入党时间", ("入党日期", "入党年月", "加入党组织时间", "加入党组织日期", "接收时间")
    ),
    RosterColumn(
        "full_member_since", "转正时间", ("转正日期", "转为正式党员时间", "转正年月", "转为正式党员日期")
    ),
    RosterColumn(
        "standing",
        "党籍状态",
        (
            "党员类别",
            "党员类型",
            "人员类别",
            "人员类型",
            "党员身份",
            "类别",
            "类型",
            "正式/预备",
            "正式或预备",
            "是否正式",
            "政治面貌",
        ),
    ),
    RosterColumn("posts", "党内职务", ("支部职务", "党务职务", "党内任职", "支委职务"), 20),
    RosterColumn("posts_since", "任职时间", ("任职日期", "党内任职时间")),
    RosterColumn(
        "member_since",
        "组织关系转入时间",
        ("转入时间", "组织关系转入日期", "转入日期", "进入党支部日期", "转入支部时间"),
        16,
    ),
    RosterColumn("marks", "标记", ("其他情况", "人员标记", "党员标记"), 16),
    RosterColumn("restrictions", "处分与权利", ("处分", "党纪处分", "权利限制", "处分情况"), 16),
    RosterColumn("note", "备注", ("说明", "备 注"), 20),
    RosterColumn("id", "簿内编号", (), 38),
)
"""In the order of our exports; the id comes last and lets a re-import find everyone again."""

COLUMN_BY_KEY: Mapping[str, RosterColumn] = {column.key: column for column in COLUMNS}

IGNORED = ""
"""The mapping's value for a column that is not read."""

_SERIAL_HEADS = frozenset({"序号", "编号", "no", "年龄", "党龄", "党龄年"})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table holds what.

    ``head_row`` counts from 1. ``heads`` are the texts of the head, ``keys`` the column key of each
    (IGNORED: not read). ``certain`` is False where the user should look at the mapping before going on.
    """

    head_row: int
    heads: tuple[str, ...]
    keys: tuple[str, ...]
    certain: bool = True

    def position(self, key: str) -> int | None:
        """The column (from 0) that holds ``key``."""
        return self.keys.index(key) if key in self.keys else None

    @property
    def unread(self) -> tuple[str, ...]:
        """Heads of columns that hold something and are not read; running numbers and ages are left out."""
        return tuple(
            head.strip()
            for head, key in zip(self.heads, self.keys, strict=True)
            if key == IGNORED and plain_head(head) and plain_head(head) not in _SERIAL_HEADS
        )


def plain_head(text: str) -> str:
    """A head for comparison: no blanks, line breaks or brackets' content, full-width folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    without_blanks = "".join(folded.split())
    start = without_blanks.find("(")
    return without_blanks[:start] if start > 0 else without_blanks


_KEY_BY_HEAD: Mapping[str, str] = {
    plain_head(head): column.key for column in reversed(COLUMNS) for head in (*column.synonyms, column.label)
}


def find_mapping(table: CellTable, remembered: Mapping[str, str] | None = None) -> ColumnMapping | None:
    """The head row and what its columns are; None where no row looks like the head of a roster.

    ``remembered`` maps heads as the user once did, and outweighs the synonyms.
    """
    chosen = {plain_head(head): key for head, key in (remembered or {}).items()}
    best: ColumnMapping | None = None
    for number, row in enumerate(table.rows[:HEAD_SEARCHED_ROWS], start=1):
        mapping = _map_head(number, row, chosen)
        # Of a head of two rows the lower one is finer; merged cells were filled into both.
        if _weight(mapping) >= max(2, _weight(best)) and mapping.position("name") is not None:
            best = mapping
    return best


def _weight(mapping: ColumnMapping | None) -> int:
    return 0 if mapping is None else sum(1 for key in mapping.keys if key != IGNORED)


def _map_head(number: int, row: Sequence[str], chosen: Mapping[str, str]) -> ColumnMapping:
    keys: list[str] = []
    certain = True
    for text in row:
        head = plain_head(text)
        key = chosen.get(head, _KEY_BY_HEAD.get(head, IGNORED))
        if key not in COLUMN_BY_KEY or key in keys:
            certain = certain and (not head or head in chosen or head in _SERIAL_HEADS)
            key = IGNORED
        keys.append(key)
    return ColumnMapping(number, tuple(row), tuple(keys), certain)


def with_choice(mapping: ColumnMapping, index: int, key: str) -> ColumnMapping:
    """The mapping with one column (from 0) set by the user; another column that held the key lets go."""
    keys = [IGNORED if key != IGNORED and each == key else each for each in mapping.keys]
    keys[index] = key
    return ColumnMapping(mapping.head_row, mapping.heads, tuple(keys), mapping.certain)


def to_remember(mapping: ColumnMapping) -> Mapping[str, str]:
    """What the user chose, by head, for the next file of the same make."""
    return {head: key for head, key in zip(mapping.heads, mapping.keys, strict=True) if head}
