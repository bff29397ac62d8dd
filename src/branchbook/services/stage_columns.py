"""The columns of the dates sheet: one row a person, one column a step of joining or of the conversion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchbook.services.exchange_files import CellTable
from branchbook.services.roster_columns import HEAD_SEARCHED_ROWS, IGNORED, ColumnMapping, plain_head

JOINING, CONVERSION, WHO = "joining", "conversion", ""


@dataclass(frozen=True, slots=True)
class StageColumn:
    """One column: the day of a ``step`` of a ``family``, or (``field``) one of the step's values or people.

    ``label`` is its head in our own exports; ``synonyms`` are heads seen elsewhere. A column of no family tells
    who the row is about.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    family: str = WHO
    step: str = ""
    field: str = ""
    width: int = 14


def _day(step: str, label: str, *synonyms: str, family: str = JOINING) -> StageColumn:
    return StageColumn(f"{family}.{step}", label, synonyms, family, step)


def _value(step: str, field: str, label: str, *synonyms: str) -> StageColumn:
    return StageColumn(f"{JOINING}.{step}.{field}", label, synonyms, JOINING, step, field)


STAGE_COLUMNS: tuple[StageColumn, ...] = (
    StageColumn("branch", "所在支部", ("党支部", "支部", "支部名称", "所属支部", "所在党支部"), width=18),
    StageColumn("name", "姓名", ("名字", "姓 名", "申请人姓名")),
    StageColumn("born_on", "出生日期", ("出生年月", "出生年月日", "生日")),
    StageColumn("identity_number", "身份证号", ("身份证号码", "身份证", "公民身份号码"), width=22),
    _day("application", "申请入党时间", "申请入党日期", "递交入党申请书时间", "申请时间", "申请日期"),
    _day("talk", "谈话时间", "派人谈话时间", "谈话日期"),
    _day("activist", "确定积极分子时间", "确定为积极分子时间", "确定入党积极分子时间", "积极分子时间"),
    _day("activist_filed", "积极分子备案时间", "备案时间", "备案", "积极分子备案"),
    _day("mentors", "指定培养联系人时间"),
    _value("mentors", "mentors", "培养联系人", "联系人", "培养人"),
    _day("candidate_notice", "公示开始", "公示时间", "公示开始时间"),
    _value("candidate_notice", "ends_on", "公示截止", "公示结束", "公示截止时间", "公示结束时间"),
    _day("candidate", "确定发展对象时间", "确定为发展对象时间", "列为发展对象时间", "发展对象时间"),
    _day("candidate_filed", "发展对象备案时间", "发展对象备案"),
    _day("sponsors", "确定入党介绍人时间"),
    _value("sponsors", "sponsors", "入党介绍人", "介绍人"),
    _day("political_review", "政审时间", "政审", "政治审查时间", "政审日期"),
    _day("training", "培训结业时间", "培训", "培训时间", "集中培训时间", "结业时间"),
    _value("training", "days", "培训天数", "天数"),
    _value("training", "hours", "培训学时", "学时"),
    _day("committee_review", "支委会审查时间", "支委会审查"),
    _day("preliminary_review", "预审时间", "预审", "预审日期", "党委预审时间"),
    _day("form", "填写志愿书时间"),
    _value("form", "number", "志愿书编号", "入党志愿书编号"),
    _day("meeting", "支部大会接收时间", "接收时间", "入党时间", "支部大会通过时间", "接收预备党员时间"),
    _day("interview", "上级谈话时间", "党委谈话时间"),
    _day("approval", "党委审批时间", "审批时间", "批准时间", "上级党委审批时间"),
    _value("approval", "document", "审批文号", "批复文号", "党委审批文号"),
    _day("application", "转正申请时间", "转正申请", family=CONVERSION),
    _day("meeting", "转正大会时间", "转正时间", "支部大会转正时间", family=CONVERSION),
    _day("approval", "转正审批时间", "转正批准时间", family=CONVERSION),
    StageColumn("id", "簿内编号", (), width=38),
)  # fmt: skip
"""In the order of our exports, which is that of the steps; the id comes last and finds everyone again."""

STAGE_COLUMN_BY_KEY: Mapping[str, StageColumn] = {column.key: column for column in STAGE_COLUMNS}

_KEY_BY_HEAD: Mapping[str, str] = {
    plain_head(head): column.key
    for column in reversed(STAGE_COLUMNS)
    for head in (*column.synonyms, column.label)
}
_SERIAL_HEADS = frozenset({"序号", "编号", "no"})


def find_stage_mapping(table: CellTable) -> ColumnMapping | None:
    """The head row and what its columns are; None where no row has a name and the day of a step."""
    best: tuple[int, ColumnMapping] | None = None
    for number, row in enumerate(table.rows[:HEAD_SEARCHED_ROWS], start=1):
        mapping = _map_head(number, row)
        weight = sum(1 for key in mapping.keys if key in STAGE_COLUMN_BY_KEY)
        has_step = any(key != IGNORED and STAGE_COLUMN_BY_KEY[key].family for key in mapping.keys)
        known = mapping.position("name") is not None or mapping.position("id") is not None
        if known and has_step and (best is None or weight >= best[0]):
            best = (weight, mapping)
    return best[1] if best else None


def _map_head(number: int, row: Sequence[str]) -> ColumnMapping:
    keys: list[str] = []
    certain = True
    for text in row:
        head = plain_head(text)
        key = _KEY_BY_HEAD.get(head, IGNORED)
        if key == IGNORED or key in keys:
            certain = certain and (not head or head in _SERIAL_HEADS)
            key = IGNORED
        keys.append(key)
    return ColumnMapping(number, tuple(row), tuple(keys), certain)
