"""统计表 and 统计图: the figures of a period with the period before, and their charts."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.charts import Charts
from branchbook.domain.papers import Grid, Orientation, Paper, Subject

FIGURES = Paper(
    key="statistics_figures",
    code="T1",
    name="统计表",
    title="{organisation}统计表",
    layout=Grid(
        columns=(
            Column("group", "类别", 34.0),
            Column("name", "指标", 44.0, align="left"),
            Column("value", "本期", 20.0),
            Column("unit", "单位", 14.0),
            Column("before", "上期", 20.0),
            Column("difference", "增减", 20.0),
            Column("definition", "口径", 100.0, align="left"),
        ),
        row_height_mm=7.5,
        font_size=9.0,
        note_key="note",
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)

CHARTS = Paper(
    key="statistics_charts",
    code="T2",
    name="统计图",
    title="{organisation}统计图",
    layout=Charts(),
    subject=Subject.YEAR,
)
