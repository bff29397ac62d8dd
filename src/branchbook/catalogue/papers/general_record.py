"""The general record: any kind without a paper of its own prints from the fields that it has."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.kinds import AttendanceBase, RecordKind
from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell, line, pair
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.papers import Paper, RecordTable, Row, Subject

_TABLE_MM = 224.0
"""The height of a table that fills its page, signature lines and title left over."""

PAPER = Paper(
    key="general_record",
    code="B、E12-1",
    name="组织生活一般记录",
    title="{organisation}组织生活记录",
    layout=RecordTable(
        rows=(
            line("subject", "主题"),
            rows.TIME_AND_VENUE,
            rows.CHAIR_AND_MINUTE_TAKER,
            rows.DUE_AND_PRESENT,
            rows.ABSENT,
            rows.OBSERVERS,
            great_cell(CONTENT_KEY, "内容", 158.0),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=("主持人（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("democratic_evaluation", "dual_life_activity"),
)


def general_record_for(kind: RecordKind) -> Paper:
    """The general record with the rows of one kind, in the order of its fields."""
    specs = kind.fields
    short = tuple(spec for spec in specs if spec.type != FieldType.LONG_TEXT)
    long = tuple(spec for spec in specs if spec.type == FieldType.LONG_TEXT and spec.key != "remark")
    head = (
        line("subject", kind.subject_label),
        rows.TIME_AND_VENUE,
        *_short_rows(short),
        rows.OCCASION,
        *_attendance_rows(kind),
    )
    foot = ((rows.REMARK,) if any(spec.key == "remark" for spec in specs) else ()) + (rows.CORRECTION,)
    cells = [(spec.key, spec.label) for spec in long]
    if kind.has_agenda:
        cells.append((CONTENT_KEY, "议题、发言"))
    room = _TABLE_MM - sum(row.height_mm for row in (*head, *foot))
    body = tuple(great_cell(key, label, room / len(cells)) for key, label in cells)
    layout = RecordTable(rows=(*head, *body, *foot), repeated_rows=2, signatures=_signatures(kind))
    name = kind.handbook_title or f"{kind.name}记录"
    return replace(PAPER, name=name, title="{organisation}" + name, layout=layout, kinds=(kind.key,))


def _short_rows(specs: tuple[FieldSpec, ...]) -> tuple[Row, ...]:
    """Short fields two by two; the last one alone across the table where their number is odd."""
    made = []
    for index in range(0, len(specs), 2):
        two = specs[index : index + 2]
        if len(two) == 2:
            made.append(pair((two[0].key, two[0].label), (two[1].key, two[1].label)))
        else:
            made.append(line(two[0].key, two[0].label))
    return tuple(made)


def _attendance_rows(kind: RecordKind) -> tuple[Row, ...]:
    if kind.attendance == AttendanceBase.NONE:
        return ()
    return (rows.DUE_AND_PRESENT, rows.ABSENT, rows.OBSERVERS)


def _signatures(kind: RecordKind) -> tuple[str, ...]:
    if kind.attendance == AttendanceBase.NONE:
        people = [spec.label for spec in kind.fields if spec.type in (FieldType.PERSON, FieldType.PERSONS)]
        return tuple(f"{label}（签名）" for label in people[:2])
    return ("主持人（签名）", "记录人（签名）")
