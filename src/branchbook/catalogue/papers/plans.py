"""年度工作任务时间线、周计划和小结: the year's tasks as bars by weeks, and one week planned, done and carried over."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, Orientation, Paper, Subject, TimeLinePage

TIME_LINE = Paper(
    key="plan_time_line",
    code="E9-2",
    name="年度工作任务时间线",
    title="{organisation}{year}年度工作任务时间线",
    layout=TimeLinePage(),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)

_ENTRIES = Grid(
    columns=(
        Column("number", "序号", 12.0),
        Column("content", "计划事项", 82.0, align="left"),
        Column("responsible", "责任人", 28.0),
        Column("done_on", "完成日期", 24.0),
        Column("result", "完成情况", 22.0),
        Column("outcome", "小结", 50.0, align="left"),
        Column("carried", "结转", 34.0),
    ),
    key="entries",
    row_height_mm=9.0,
    font_size=10.0,
    blank_rows=6,
)

_BESIDE = Grid(
    columns=(
        Column("beside_number", "序号", 12.0),
        Column("source", "来源", 24.0),
        Column("title", "事项", 134.0, align="left"),
        Column("owner", "责任人", 40.0),
        Column("due_on", "时限", 42.0),
    ),
    key="beside",
    row_height_mm=8.0,
    font_size=10.0,
    blank_rows=3,
    footing=(Field("count", "本周合计", 180.0, 20.0, centred=False),),
    signatures=("填报人", "支部书记"),
    date_line=True,
)

WEEK = Paper(
    key="weekly_summary",
    code="E9-3",
    name="周计划和小结",
    title="{organisation}周计划和小结（{week}）",
    layout=Forms((("计划、完成和结转", _ENTRIES), ("本周到期的任务、决议和整改", _BESIDE))),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)
