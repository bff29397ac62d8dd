"""Lists of an election: those not counted (C3), candidates (C4), scrutineers (C10), division of work (C17)."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, Orientation, Paper, PaperGroup, Subject

NOT_COUNTED = Paper(
    key="election:not_counted",
    code="C3-2",
    name="不计入应到会人员名单",
    title="{organisation}不计入选举应到会人数人员名单",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("name", "姓名", 22.0),
            Column("reason", "不计入的原因", 54.0, align="left"),
            Column("asked", "本人意见", 18.0),
            Column("higher", "上级同意", 33.0),
            Column("meeting", "大会通过", 28.0),
        ),
        heading=(
            Field("as_of", "计算日期", 60.0, 24.0, centred=False),
            Field("due", "应到会有选举权人数", 31.0, 46.0, centred=False),
        ),
        signatures=("书记（签名）",),
        date_line=True,
        row_height_mm=9.5,
        font_size=10.5,
        blank_rows=19,
        note_key="notes",
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

CANDIDATE_ROSTER = Paper(
    key="election:candidate_roster",
    code="C4-1",
    name="候选人基本情况表",
    title="{organisation}{offices}候选人基本情况表",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("name", "姓名", 24.0),
            Column("sex", "性别", 10.0),
            Column("ethnic_group", "民族", 16.0),
            Column("born_on", "出生年月（年龄）", 22.0),
            Column("native_place", "籍贯", 24.0),
            Column("education", "学历（学位）", 20.0),
            Column("work_started_on", "参加工作时间", 19.0),
            Column("accepted_on", "入党时间", 19.0),
            Column("work_post", "职称、职务", 28.0),
            Column("party_post", "现任党内职务", 22.0),
            Column("nominated", "拟任职务", 22.0),
            Column("note", "备注", 16.0),
        ),
        row_height_mm=12.0,
        font_size=10.0,
        blank_rows=10,
        note_key="notes",
    ),
    subject=Subject.PROCEDURE,
    orientation=Orientation.LANDSCAPE,
    group=PaperGroup.ELECTION,
)

SCRUTINEERS = Paper(
    key="election:scrutineers",
    code="C10",
    name="监票人、计票人名单（草案）",
    title="{organisation}{election_name}监票人、计票人名单（草案）",
    layout=Grid(
        columns=(
            Column("duty", "职责", 36.0),
            Column("name", "姓名", 40.0),
            Column("group", "单位（党小组）", 59.0),
            Column("note", "备注", 30.0),
        ),
        row_height_mm=13.0,
        font_size=13.0,
        blank_rows=6,
        note_key="notes",
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

DIVISION_OF_WORK = Paper(
    key="election:division_of_work",
    code="C17",
    name="委员分工表",
    title="{committee}委员分工表",
    layout=Grid(
        columns=(
            Column("number", "序号", 11.0),
            Column("name", "姓名", 26.0),
            Column("post", "职务", 28.0),
            Column("duty", "分工内容", 50.0, align="left"),
            Column("group", "联系党小组", 24.0),
            Column("phone", "电话", 26.0),
        ),
        row_height_mm=14.0,
        font_size=11.0,
        blank_rows=7,
        note_key="notes",
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)
