"""谈心谈话记录 (A9), signed by both, and the year's table of talks on one list."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import great_cell, line, pair
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Grid, Orientation, Paper, RecordTable, Subject

RECORD = Paper(
    key="talk_record",
    code="A9",
    name="谈心谈话记录",
    title="{organisation}谈心谈话记录",
    layout=RecordTable(
        rows=(
            pair(("talker", "谈话人"), ("talk_kind", "谈话类型")),
            line("talked_with", "谈话对象"),
            rows.TIME_AND_VENUE,
            pair(("talk_occasion", "必谈情形"), ("recorder", "记录人")),
            line("subject", "谈话主题"),
            rows.OCCASION,
            great_cell("content", "谈话内容摘要", 100.0),
            great_cell("requests", "对方意见建议、困难诉求", 40.0),
            great_cell("follow_up", "处理与跟进", 24.0),
            line("signed", "双方签名"),
            rows.CORRECTION,
        ),
        repeated_rows=3,
        signatures=("谈话人（签名）", "谈话对象（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("heart_to_heart_talk",),
    docx=True,
)

SUMMARY = Paper(
    key="talk_summary",
    code="A9-1",
    name="谈心谈话汇总表",
    title="{organisation}{year}年度谈心谈话汇总表",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("held_on", "日期", 24.0),
            Column("talker", "谈话人", 32.0),
            Column("talked_with", "谈话对象", 44.0),
            Column("talk_kind", "谈话类型", 26.0),
            Column("talk_occasion", "必谈情形", 30.0),
            Column("subject", "谈话主题", 44.0, align="left"),
            Column("follow_up", "处理与跟进", 42.0, align="left"),
        ),
        row_height_mm=8.0,
        font_size=10.0,
        blank_rows=18,
        note_key="notes",
        signatures=("填表人", "书记"),
    ),
    subject=Subject.YEAR,
    orientation=Orientation.LANDSCAPE,
)
