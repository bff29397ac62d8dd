"""汇报材料 as an official document, and beside it every number with its definition and its records."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, OfficialDocument, Orientation, Paper, Subject

REPORT = Paper(
    key="report",
    code="T3",
    name="汇报材料",
    title="{organisation}汇报材料",
    layout=OfficialDocument(),
    subject=Subject.YEAR,
    docx=True,
)

REPORT_NUMBERS = Paper(
    key="report_numbers",
    code="T4",
    name="数字依据表",
    title="{organisation}汇报材料数字依据表",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("place", "填写处", 34.0, align="left"),
            Column("value", "数字", 24.0),
            Column("definition", "口径", 74.0, align="left"),
            Column("count", "记录数", 16.0),
            Column("records", "依据的记录", 92.0, align="left"),
        ),
        row_height_mm=7.5,
        font_size=9.0,
        note_key="note",
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)
