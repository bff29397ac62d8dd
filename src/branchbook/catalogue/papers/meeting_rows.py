"""Rows that the papers of meetings have in common, so that they read alike."""

from __future__ import annotations

from branchbook.catalogue.papers.measures import line, pair, passage
from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import GridRow, LongRow, Row

TIME_AND_VENUE = pair(("time", "时间"), ("venue", "地点"))
CHAIR_AND_MINUTE_TAKER = pair(("chair", "主持人"), ("minute_taker", "记录人"))
COMMISSION = line("commission", "受托主持")
OCCASION = line("occasion", "事由")
DUE_AND_PRESENT = pair(("due", "应到人数"), ("present", "实到人数"))
VOTERS = pair(("due_votes", "应到有表决权"), ("present_votes", "实到有表决权"))

ABSENT = line("absent", "缺席及原因")
OBSERVERS = line("observers", "列席人员")
EXCLUSIONS = line("exclusions", "不计入应到")
QUORUM = line("quorum", "到会情况")
AGENDA = passage("agenda", "会议议题", 16.0)
RESOLUTIONS = line("resolutions", "会议决议", 20.0)
"""A row that goes whole on to the next page: the last line of a resolution alone there would be overlooked."""
REMARK = passage("remark", "备注", 9.5)
CORRECTION = line("correction", "更正说明")

VOTES = GridRow(
    key="votes",
    columns=(
        Column("item", "议题", 41.0, align="left"),
        Column("method", "表决方式", 22.0),
        Column("vote_due", "应到有表决权", 18.0),
        Column("vote_present", "实到有表决权", 18.0),
        Column("votes_for", "赞成", 14.0),
        Column("votes_against", "不赞成", 17.0),
        Column("abstentions", "弃权", 14.0),
        Column("passed", "是否通过", 21.0),
    ),
    row_height_mm=8.5,
    blank_rows=2,
)

ONLY_WHEN_FILLED = frozenset(
    {"exclusions", "correction", "quorum", "votes", "remark", "commission", "occasion", "examinations"}
)
"""Rows that a filled paper leaves out when there is nothing to say in them."""

NEVER_BLANK = frozenset({"exclusions", "correction", "quorum", "commission", "occasion", "signed"})
"""Rows that a blank paper leaves out: the program fills them, or they are so rare that no blank line waits for them."""

MeetingRow = Row | LongRow | GridRow
