"""党员花名册 (E4): landscape, its columns the user's to choose; identity numbers masked unless asked."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Orientation, Paper, Subject

COLUMNS = (
    Column("number", "序号", 9.0),
    Column("name", "姓名", 18.0),
    Column("sex", "性别", 9.0),
    Column("ethnic_group", "民族", 14.0),
    Column("born_on", "出生年月", 16.0),
    Column("age", "年龄", 9.0),
    Column("native_place", "籍贯", 22.5),
    Column("work_started_on", "参加工作时间", 16.0),
    Column("accepted_on", "入党时间", 18.5),
    Column("full_member_since", "转正时间", 18.5),
    Column("education", "文化程度", 16.0),
    Column("party_post", "党内职务", 24.5),
    Column("work_post", "行政职务", 27.0),
    Column("group", "所在党小组", 22.0),
    Column("note", "备注", 12.0),
    Column("identity_number", "身份证号", 36.0, hidden=True),
    Column("phone", "联系电话", 24.0, hidden=True),
    Column("standing", "党籍状态", 18.0, hidden=True),
    Column("joined_branch_on", "组织关系转入时间", 20.0, hidden=True),
    Column("applied_on", "申请入党时间", 20.0, hidden=True),
    Column("degree", "学位", 14.0, hidden=True),
    Column("title", "职称", 20.0, hidden=True),
    Column("address", "住址", 40.0, hidden=True),
)

PAPER = Paper(
    key="member_roster",
    code="E4",
    name="党员花名册",
    title="{organisation}党员花名册",
    layout=Grid(
        columns=COLUMNS,
        row_height_mm=7.5,
        font_size=9.0,
        blank_rows=18,
        note_key="notes",
        heading=(Field("as_of", "截至日期", 60.0, 24.0, centred=False),),
    ),
    subject=Subject.ORGANISATION,
    orientation=Orientation.LANDSCAPE,
)
