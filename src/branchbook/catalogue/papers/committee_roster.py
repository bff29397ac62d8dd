"""支部委员花名册 (E2): who is in office on the day."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Paper, Subject

PAPER = Paper(
    key="committee_roster",
    code="E2",
    name="支部委员花名册",
    title="{organisation}委员花名册",
    layout=Grid(
        columns=(
            Column("post", "党内职务", 17.0),
            Column("name", "姓名", 16.0),
            Column("sex", "性别", 8.0),
            Column("ethnic_group", "民族", 11.0),
            Column("born_on", "出生年月", 14.5),
            Column("age", "年龄", 8.0),
            Column("work_started_on", "参加工作时间", 14.5),
            Column("accepted_on", "入党时间", 14.5),
            Column("education", "文化程度", 12.0),
            Column("in_office_since", "任职时间", 14.5),
            Column("duty", "分工", 13.0),
            Column("phone", "电话", 22.0),
        ),
        row_height_mm=11.0,
        blank_rows=7,
    ),
    subject=Subject.ORGANISATION,
)
