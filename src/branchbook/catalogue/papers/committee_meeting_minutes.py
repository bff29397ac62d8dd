"""支部委员会会议记录 (A2): the minutes of the committee, with its own quorum line."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import CONTENT_KEY, great_cell, line, pair
from branchbook.domain.papers import Paper, RecordTable, Subject

PAPER = Paper(
    key="committee_meeting_minutes",
    code="A2",
    name="支部委员会会议记录",
    title="{organisation}{year}年{month}月支委会记录",
    layout=RecordTable(
        rows=(
            line("subject", "支委会主题"),
            rows.TIME_AND_VENUE,
            rows.CHAIR_AND_MINUTE_TAKER,
            rows.COMMISSION,
            rows.OCCASION,
            pair(("due", "应到委员"), ("present", "实到委员")),
            rows.ABSENT,
            rows.OBSERVERS,
            line("majority", "到会委员是否达到半数以上", 12.0),
            great_cell(CONTENT_KEY, "主要内容（议题、发言要点、形成意见、分工落实）", 128.0),
            rows.VOTES,
            rows.RESOLUTIONS,
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=("主持人（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("committee_meeting",),
    docx=True,
)
