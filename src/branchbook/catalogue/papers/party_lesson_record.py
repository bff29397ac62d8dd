"""党课记录 (A4): who taught what, to whom."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import great_cell, line, pair
from branchbook.domain.papers import Paper, RecordTable, Subject

PAPER = Paper(
    key="party_lesson_record",
    code="A4",
    name="党课记录",
    title="{organisation}党课记录",
    layout=RecordTable(
        rows=(
            line("subject", "党课题目"),
            rows.TIME_AND_VENUE,
            pair(("lecturer", "授课人"), ("lesson_form", "授课形式")),
            pair(("chair", "主持人"), ("minute_taker", "记录人")),
            rows.OCCASION,
            rows.DUE_AND_PRESENT,
            rows.ABSENT,
            rows.OBSERVERS,
            great_cell("summary", "授课内容摘要", 104.0),
            great_cell("discussion", "讨论发言", 40.0),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=("授课人（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("party_lesson",),
    docx=True,
)
