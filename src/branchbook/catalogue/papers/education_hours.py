"""党员教育培训学时统计表: the year's hours of each member against the floor."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Paper, Subject

PAPER = Paper(
    key="education_hours",
    code="学时",
    name="党员教育培训学时统计表",
    title="{organisation}{year}年度党员教育培训学时统计表",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("name", "姓名", 30.0),
            Column("meetings", "会议活动", 22.0, group="学时"),
            Column("training", "培训", 20.0, group="学时"),
            Column("total", "合计", 20.0, group="学时"),
            Column("floor", "应达到", 19.0),
            Column("missing", "还差", 18.0),
            Column("note", "备注", 24.0),
        ),
        row_height_mm=8.0,
        font_size=9.5,
        blank_rows=24,
        note_key="notes",
    ),
    subject=Subject.YEAR,
)
