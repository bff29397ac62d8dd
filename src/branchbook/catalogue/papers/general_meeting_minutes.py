"""支部党员大会记录 (A1): the minutes of the meeting of all members."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell
from branchbook.domain.papers import Paper, RecordTable, Subject

PAPER = Paper(
    key="general_meeting_minutes",
    code="A1",
    name="支部党员大会记录",
    title="{organisation}党员大会记录",
    layout=RecordTable(
        rows=(
            rows.TIME_AND_VENUE,
            rows.CHAIR_AND_MINUTE_TAKER,
            rows.COMMISSION,
            rows.OCCASION,
            rows.DUE_AND_PRESENT,
            rows.VOTERS,
            rows.ABSENT,
            rows.OBSERVERS,
            rows.EXCLUSIONS,
            rows.QUORUM,
            rows.AGENDA,
            great_cell(CONTENT_KEY, "会议内容、讨论发言", 100.0),
            rows.VOTES,
            rows.RESOLUTIONS,
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=1,
        signatures=("主持人（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("general_meeting",),
    docx=True,
)
