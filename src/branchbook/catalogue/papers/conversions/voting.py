"""The meeting's vote: record (D6), ballots (D7), result (D8), the copying draft of the resolution (D9)."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell, line
from branchbook.domain.ballot_papers import Ballots, BallotStyle, Column
from branchbook.domain.papers import Field, Forms, Grid, LongRow, Paper, PaperGroup, RecordTable, Subject

MEETING_RECORD = Paper(
    key="conversion:meeting_record",
    code="D6-1",
    name="转正大会记录",
    title="{organisation}预备党员转正大会记录",
    layout=RecordTable(
        rows=(
            rows.TIME_AND_VENUE,
            rows.CHAIR_AND_MINUTE_TAKER,
            line("party_members", "支部党员人数"),
            rows.DUE_AND_PRESENT,
            rows.VOTERS,
            line("written", "会前书面意见"),
            rows.ABSENT,
            rows.OBSERVERS,
            rows.QUORUM,
            rows.AGENDA,
            great_cell(CONTENT_KEY, "会议内容、讨论发言", 82.0),
            rows.VOTES,
            rows.RESOLUTIONS,
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=1,
        signatures=("主持人（签名）", "记录人（签名）"),
    ),
    subject=Subject.PROCEDURE,
    docx=True,
    group=PaperGroup.CONVERSION,
)

BALLOT = Paper(
    key="conversion:ballot",
    code="D7",
    name="转正表决票",
    title="{committee}预备党员转正表决票",
    layout=Ballots(
        columns=(
            Column("for", "赞成", 30.0),
            Column("against", "不赞成", 30.0),
            Column("abstain", "弃权", 30.0),
        ),
        style=BallotStyle.TABLE,
        per_sheet=4,
        blank_rows=1,
        row_height_mm=18.0,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

RESULT = Paper(
    key="conversion:result",
    code="D8",
    name="票决情况汇总表",
    title="{organisation}预备党员转正票决情况汇总表",
    layout=Forms(
        (
            (
                "到会情况（基数：应到会有表决权的正式党员）",
                Grid(
                    key="attendance",
                    columns=(
                        Column("question", "表决事项", 45.0),
                        Column("members", "党员总数", 22.0),
                        Column("due", "应到有表决权", 26.0),
                        Column("quorum", "到会至少", 22.0),
                        Column("present", "实到有表决权", 26.0),
                        Column("quorate", "可否表决", 24.0),
                    ),
                    heading=(
                        Field("person", "票决对象", 50.0, 25.0, centred=False),
                        Field("held_on", "大会时间", 60.0, 25.0, centred=False),
                    ),
                    row_height_mm=11.0,
                    font_size=12.0,
                    blank_rows=3,
                ),
            ),
            (
                "表决票",
                Grid(
                    key="ballots",
                    columns=(
                        Column("asked", "表决事项", 45.0),
                        Column("method", "表决方式", 32.0),
                        Column("issued", "发出票", 22.0),
                        Column("returned", "收回票", 22.0),
                        Column("valid", "有效票", 22.0),
                        Column("invalid", "无效票", 22.0),
                    ),
                    row_height_mm=11.0,
                    font_size=12.0,
                    blank_rows=3,
                ),
            ),
            (
                "表决结果（赞成须超过应到会有表决权正式党员的半数，不是实到的半数）",
                Grid(
                    key="votes",
                    columns=(
                        Column("matter", "表决事项", 29.0),
                        Column("for", "赞成", 13.0, group="到会投票"),
                        Column("against", "不赞成", 15.0, group="到会投票"),
                        Column("abstain", "弃权", 13.0, group="到会投票"),
                        Column("written_for", "赞成", 13.0, group="会前书面意见"),
                        Column("written_against", "不赞成", 15.0, group="会前书面意见"),
                        Column("written_abstain", "弃权", 13.0, group="会前书面意见"),
                        Column("total", "赞成合计", 17.0),
                        Column("needed", "至少须得", 17.0),
                        Column("outcome", "结论", 20.0),
                    ),
                    row_height_mm=11.0,
                    font_size=12.0,
                    blank_rows=3,
                    note_key="notes",
                    signatures=("监票人", "计票人", "主持人"),
                    date_line=True,
                ),
            ),
        )
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)

RESOLUTION = Paper(
    key="conversion:resolution",
    code="D9",
    name="支部大会决议（志愿书抄写稿）",
    title="支部大会通过预备党员能否转为正式党员的决议（抄写稿）",
    layout=RecordTable(
        rows=(
            line("person", "预备党员"),
            LongRow(
                great_cell("resolution", "", 214.0).field,
                214.0,
                label_beside=False,
                closing=("支部书记（签名或盖章）",),
                seal=True,
            ),
            line("use", "抄写说明", 12.0),
        ),
        date_line=False,
        font_size=14.0,
    ),
    subject=Subject.PROCEDURE,
    group=PaperGroup.CONVERSION,
)
