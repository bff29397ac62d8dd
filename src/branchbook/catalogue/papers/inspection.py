"""迎检清单: everything that is owed, missing or inconsistent in a period, on paper."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Paper, Subject

INSPECTION = Paper(
    key="inspection",
    code="T5",
    name="迎检清单",
    title="{organisation}迎检清单",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("group", "类别", 23.0),
            Column("place", "支部", 22.0),
            Column("what", "事项", 40.0, align="left"),
            Column("days", "日期或期限", 30.0, align="left"),
            Column("detail", "情况", 40.0, align="left"),
        ),
        row_height_mm=7.5,
        font_size=9.0,
        blank_rows=25,
        note_key="note",
    ),
    subject=Subject.YEAR,
)
