"""党小组会记录 (A3): the minutes of a group."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell, pair, passage
from branchbook.domain.papers import Paper, RecordTable, Subject

PAPER = Paper(
    key="group_meeting_minutes",
    code="A3",
    name="党小组会记录",
    title="{branch}党小组会记录",
    layout=RecordTable(
        rows=(
            pair(("group", "党小组名称"), ("subject", "会议主题")),
            rows.TIME_AND_VENUE,
            pair(("chair", "主持人"), ("minute_taker", "记录人")),
            rows.OCCASION,
            rows.DUE_AND_PRESENT,
            rows.ABSENT,
            rows.OBSERVERS,
            great_cell(CONTENT_KEY, "主要内容（学习、讨论、批评与自我批评）", 126.0),
            passage("opinions", "形成意见、向支部反映事项", 28.0),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=("组长（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("group_meeting",),
    docx=True,
)
