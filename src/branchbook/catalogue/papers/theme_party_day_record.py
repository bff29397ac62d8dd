"""主题党日活动记录 (A5)."""

from branchbook.catalogue.papers import meeting_rows as rows
from branchbook.catalogue.papers.measures import great_cell, line, pair
from branchbook.domain.papers import Paper, RecordTable, Subject

PAPER = Paper(
    key="theme_party_day_record",
    code="A5",
    name="主题党日活动记录",
    title="{organisation}主题党日活动记录",
    layout=RecordTable(
        rows=(
            line("subject", "活动主题"),
            pair(("time", "实际时间"), ("planned_time", "计划时间")),
            pair(("venue", "活动地点"), ("on_leave", "请假人数")),
            rows.CHAIR_AND_MINUTE_TAKER,
            rows.OCCASION,
            rows.DUE_AND_PRESENT,
            rows.ABSENT,
            rows.OBSERVERS,
            line("standing_items", "固定议程"),
            great_cell("content", "主要内容及特色", 134.0),
            rows.REMARK,
            rows.CORRECTION,
        ),
        repeated_rows=2,
        signatures=("书记（签名）", "记录人（签名）"),
    ),
    subject=Subject.RECORD,
    kinds=("theme_party_day",),
    docx=True,
)
