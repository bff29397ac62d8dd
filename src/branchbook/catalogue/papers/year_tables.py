"""The year on one page each: attendance, what was owed and held, and what evidence is missing."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, Paper, Subject

_TIMES = "到会次数/应到次数"

ATTENDANCE = Paper(
    key="attendance_year",
    code="考勤",
    name="年度出勤统计表",
    title="{organisation}{year}年度党员出勤统计表",
    layout=Grid(
        columns=(
            Column("number", "序号", 9.0),
            Column("name", "姓名", 22.0),
            Column("general_meeting", "党员大会", 14.5, group=_TIMES),
            Column("committee_meeting", "支委会", 12.0, group=_TIMES),
            Column("group_meeting", "党小组会", 14.5, group=_TIMES),
            Column("party_lesson", "党课", 11.0, group=_TIMES),
            Column("theme_party_day", "主题党日", 14.5, group=_TIMES),
            Column("organisational_life_meeting", "组织生活会", 18.0, group=_TIMES),
            Column("democratic_evaluation", "民主评议", 14.5, group=_TIMES),
            Column("on_leave", "请假", 10.0),
            Column("absent", "缺席", 10.0),
            Column("rate", "出勤率", 15.0),
        ),
        row_height_mm=7.5,
        font_size=9.5,
        blank_rows=25,
        note_key="notes",
    ),
    subject=Subject.YEAR,
)

_GRID_COLUMNS = (
    Column("requirement", "要求", 48.0, align="left"),
    *(Column(f"month_{month}", f"{month}月", 8.5) for month in range(1, 13)),
    Column("count", "完成", 15.0),
)

REQUIREMENTS = Paper(
    key="requirement_summary",
    code="汇总",
    name="年度组织生活落实情况",
    title="{organisation}{year}年度组织生活落实情况",
    layout=Forms(
        (
            (
                "全年一览",
                Grid(
                    _GRID_COLUMNS,
                    key="year_grid",
                    row_height_mm=8.5,
                    font_size=9.5,
                    blank_rows=9,
                    note_key="legend",
                ),
            ),
            (
                "未落实事项",
                Grid(
                    (
                        Column("requirement", "要求", 46.0, align="left"),
                        Column("period", "期间", 50.0, align="left"),
                        Column("state", "情况", 27.0),
                        Column("article", "依据", 42.0, align="left"),
                    ),
                    key="owed",
                    row_height_mm=8.5,
                    font_size=9.5,
                    blank_rows=5,
                ),
            ),
        )
    ),
    subject=Subject.YEAR,
)

MISSING_EVIDENCE = Paper(
    key="missing_evidence",
    code="佐证",
    name="缺少佐证材料清单",
    title="{organisation}{year}年度缺少佐证材料清单",
    layout=Grid(
        columns=(
            Column("number", "序号", 9.0),
            Column("organisation", "组织", 31.0, align="left"),
            Column("kind", "会议", 17.5),
            Column("missing", "缺少", 28.0, align="left"),
            Column("count", "份数", 9.0),
            Column("held_on", "会议日期", 58.0, align="left"),
            Column("done", "补齐", 12.5),
        ),
        heading=(Field("checked", "检查范围", 137.0, 28.0, centred=False),),
        row_height_mm=6.5,
        font_size=9.0,
        blank_rows=20,
    ),
    subject=Subject.YEAR,
)
