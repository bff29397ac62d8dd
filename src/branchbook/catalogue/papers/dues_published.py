"""党费收缴公示 (E8): what each member paid in the year, without the bases."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Paper, Subject

PAPER = Paper(
    key="dues_published",
    code="E8",
    name="党费收缴公示",
    title="{organisation}{year}年度党费收缴情况公示",
    layout=Grid(
        columns=(
            Column("number", "序号", 14.0),
            Column("name", "姓名", 34.0),
            Column("months", "已交月份", 46.0),
            Column("sum", "交纳金额（元）", 34.0),
            Column("note", "备注", 37.0),
        ),
        row_height_mm=9.0,
        blank_rows=20,
        total_key="total",
        note_key="notes",
    ),
    subject=Subject.YEAR,
)
