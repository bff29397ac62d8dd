"""年度工作计划、配档表、年度工作总结 (E9, E10)."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Manuscript, Orientation, Paper, Subject

PLAN = Paper(
    key="annual_work_plan",
    code="E9",
    name="年度工作计划",
    title="{organisation}{year}年度工作计划",
    layout=Manuscript(signatures=("填报人（签名）",)),
    subject=Subject.YEAR,
    kinds=("work_plan",),
)

SCHEDULE = Paper(
    key="plan_schedule",
    code="E9-1",
    name="年度工作配档表",
    title="{organisation}{year}年度工作配档表",
    layout=Grid(
        columns=(
            Column("month", "月份", 16.0),
            Column("content", "三会一课、主题党日内容", 96.0, align="left"),
            Column("form", "形式", 34.0),
            Column("responsible", "责任人", 28.0),
            Column("range", "参加范围", 34.0),
            Column("done", "完成情况", 44.0, align="left"),
        ),
        row_height_mm=11.0,
        font_size=10.5,
        blank_rows=12,
        footing=(Field("supervised_by", "督查人", 60.0, 20.0, centred=False),),
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)

SUMMARY = Paper(
    key="annual_work_summary",
    code="E10",
    name="年度工作总结",
    title="{organisation}{year}年度工作总结",
    layout=Manuscript(signatures=("填报人（签名）",)),
    subject=Subject.YEAR,
    kinds=("work_summary",),
)
