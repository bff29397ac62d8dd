"""党小组概况 (E3): the groups, their leaders and members on the day."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Paper, Subject

PAPER = Paper(
    key="group_roster",
    code="E3",
    name="党小组概况",
    title="{organisation}党小组概况",
    layout=Grid(
        columns=(
            Column("group", "党小组名称", 32.0),
            Column("leader", "组长", 20.0),
            Column("count", "党员人数", 14.0),
            Column("names", "党员姓名", 79.0, align="left"),
            Column("contact", "联系委员", 20.0),
        ),
        row_height_mm=18.0,
        font_size=11.0,
        blank_rows=6,
    ),
    subject=Subject.ORGANISATION,
)
