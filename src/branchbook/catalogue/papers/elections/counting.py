"""计票: the three slips (C13), the tally sheet (C14) and the report of the result (C15, C16)."""

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Forms, Grid, Orientation, Paper, PaperGroup, Slips, Subject

SLIPS = Paper(
    key="election:slips",
    code="C13",
    name="到会、发票、收票报告单",
    title="{organisation}{meeting}",
    layout=Slips(
        parts=(
            ("present", "清点到会人数报告单"),
            ("issued", "发出选票报告单"),
            ("returned", "收回选票报告单"),
        ),
        signatures=("监票人（签名）", "计票人（签名）"),
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

TALLY_SHEET = Paper(
    key="election:tally_sheet",
    code="C14",
    name="计票单（画“正”字）",
    title="{organisation}{office}选举计票单",
    layout=Forms(
        (
            (
                "",
                Grid(
                    key="candidates",
                    columns=(
                        Column("name", "候选人姓名", 32.0),
                        Column("for", "赞成（画“正”字）", 91.0),
                        Column("for_count", "小计", 13.0),
                        Column("against", "不赞成（画“正”字）", 45.0),
                        Column("against_count", "小计", 13.0),
                        Column("abstain", "弃权（画“正”字）", 45.0),
                        Column("abstain_count", "小计", 13.0),
                    ),
                    heading=(
                        Field("returned", "收回选票", 26.0, 22.0, centred=False),
                        Field("valid", "有效票", 26.0, 18.0, centred=False),
                        Field("invalid", "无效票", 26.0, 18.0, centred=False),
                        Field("counted_on", "计票日期", 50.0, 22.0, centred=False),
                    ),
                    row_height_mm=13.0,
                    font_size=12.0,
                    blank_rows=4,
                ),
            ),
            (
                "",
                Grid(
                    key="write_ins",
                    columns=(
                        Column("other", "另选他人姓名", 45.0),
                        Column("other_for", "画“正”字", 185.0),
                        Column("other_count", "小计", 22.0),
                    ),
                    row_height_mm=11.0,
                    font_size=12.0,
                    blank_rows=3,
                    note_key="notes",
                    signatures=("计票人（签名）", "监票人（签名）"),
                    date_line=True,
                ),
            ),
        )
    ),
    subject=Subject.PROCEDURE,
    orientation=Orientation.LANDSCAPE,
    group=PaperGroup.ELECTION,
)

_RESULT = Forms(
    (
        (
            "",
            Grid(
                key="candidates",
                lead_key="opening",
                columns=(
                    Column("number", "序号", 13.0),
                    Column("name", "候选人姓名", 37.0),
                    Column("for", "赞成票", 23.0),
                    Column("against", "不赞成票", 24.0),
                    Column("abstain", "弃权票", 23.0),
                    Column("illegible", "部分无效", 22.0),
                    Column("outcome", "结果", 23.0),
                ),
                row_height_mm=10.0,
                font_size=13.0,
                blank_rows=6,
            ),
        ),
        (
            "",
            Grid(
                key="write_ins",
                columns=(
                    Column("other", "另选他人姓名", 85.0),
                    Column("other_for", "得票", 40.0),
                    Column("other_outcome", "结果", 40.0),
                ),
                row_height_mm=9.0,
                font_size=13.0,
                blank_rows=2,
                note_key="closing",
                signatures=("监票人（签名）", "计票人（签名）"),
                date_line=True,
            ),
        ),
    )
)

RESULT = Paper(
    key="election:result",
    code="C15",
    name="选举结果报告单",
    title="{organisation}{office}选举结果报告单",
    layout=_RESULT,
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)

FIRST_MEETING_RESULT = Paper(
    key="election:first_meeting_result",
    code="C16-3",
    name="书记、副书记选举结果报告单",
    title="{committee}{first}全体会议{office}选举结果报告单",
    layout=_RESULT,
    subject=Subject.PROCEDURE,
    group=PaperGroup.ELECTION,
)
