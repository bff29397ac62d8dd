"""领导干部双重组织生活 (E12): what each leader took part in during a year, and the counts."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Forms, Grid, Orientation, Paper, Subject

PAPER = Paper(
    key="dual_life",
    code="E12",
    name="双重组织生活登记表",
    title="{organisation}{year}年度领导干部双重组织生活登记表",
    layout=Forms(
        (
            (
                "参加情况",
                Grid(
                    (
                        Column("name", "姓名", 22.0),
                        Column("post", "职务", 30.0),
                        Column("held_on", "参加日期", 24.0),
                        Column("place", "所在组织", 40.0),
                        Column("activity", "会议、活动名称", 62.0, align="left"),
                        Column("part", "讲党课、发言", 22.0),
                        Column("leave", "请假原因", 28.0, align="left"),
                        Column("note", "备注", 24.0, align="left"),
                    ),
                    key="entries",
                    row_height_mm=8.0,
                    font_size=10.0,
                    blank_rows=10,
                ),
            ),
            (
                "年度汇总次数",
                Grid(
                    (
                        Column("counted_name", "姓名", 28.0),
                        Column("branch", "所在党支部", 50.0),
                        Column("due", "应参加", 22.0),
                        Column("present", "参加", 22.0),
                        Column("on_leave", "请假", 22.0),
                        Column("absent", "缺席", 22.0),
                        Column("lectures", "讲党课", 22.0),
                        Column("speeches", "发言", 22.0),
                        Column("elsewhere", "其他活动", 42.0),
                    ),
                    key="counts",
                    row_height_mm=8.0,
                    font_size=10.0,
                    blank_rows=4,
                    note_key="notes",
                ),
            ),
        )
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)
