"""签到表 (A7): the names of those due, preprinted or blank, two columns on a page."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Paper, Subject

PAPER = Paper(
    key="sign_in_sheet",
    code="A7",
    name="会议签到表",
    title="{organisation}{meeting}签到表",
    layout=Grid(
        columns=(
            Column("number", "序号", 12.0),
            Column("name", "姓名", 34.0),
            Column("signature", "签名", 36.5),
        ),
        heading=(
            Field("meeting", "会议名称", 137.0, 28.0, centred=False),
            Field("time", "时间", 69.0, 20.0, centred=False),
            Field("venue", "地点", 56.0, 20.0, centred=False),
            Field("chair", "主持人", 35.0, 20.0, centred=False),
            Field("due", "应到", 20.0, 16.0, centred=False),
            Field("present", "实到", 21.0, 16.0, centred=False),
            Field("on_leave", "请假", 21.0, 16.0, centred=False),
        ),
        footing=(
            Field("absent", "未到人员及事由", 131.0, 34.0, centred=False),
            Field("counted_by", "统计人", 60.0, 20.0, centred=False),
        ),
        row_height_mm=9.0,
        font_size=12.0,
        blank_rows=42,
        two_up=True,
    ),
    subject=Subject.RECORD,
    kinds=(
        "general_meeting",
        "committee_meeting",
        "group_meeting",
        "party_lesson",
        "theme_party_day",
        "organisational_life_meeting",
        "democratic_evaluation",
        "democratic_life_meeting",
    ),
)
