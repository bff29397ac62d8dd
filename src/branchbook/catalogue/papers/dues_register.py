"""党费收缴登记表 (E8): bases, rates and what was paid; where the book keeps no dues, names to write beside."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Orientation, Paper, Subject

_MONTHS = tuple(
    Column(f"month_{month}", f"{month}月", 12.5, group="实交金额（元）") for month in range(1, 13)
)

PAPER = Paper(
    key="dues_register",
    code="E8",
    name="党费收缴登记表",
    title="{organisation}{year}年度党费收缴登记表",
    layout=Grid(
        columns=(
            Column("number", "序号", 9.0),
            Column("name", "姓名", 20.0),
            Column("base", "计算基数", 17.0),
            Column("rate", "比例（%）", 12.0),
            Column("monthly", "月应交", 14.0),
            *_MONTHS,
            Column("sum", "合计", 16.0),
            Column("note", "备注", 14.0),
        ),
        footing=(
            Field("made_by", "制表人", 60.0, 18.0, centred=False),
            Field("organisation_member", "组织委员", 60.0, 22.0, centred=False),
            Field("secretary", "书记", 60.0, 16.0, centred=False),
        ),
        row_height_mm=7.5,
        font_size=9.0,
        blank_rows=16,
        total_key="total",
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)
