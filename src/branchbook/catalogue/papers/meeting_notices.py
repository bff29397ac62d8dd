"""会议通知 (A8): the notice as a document, as a slip of half a page, and the receipt that is signed."""

from dataclasses import replace

from branchbook.domain.ballot_papers import Column
from branchbook.domain.papers import Field, Grid, OfficialDocument, Paper, Subject

_MEETINGS = (
    "general_meeting",
    "committee_meeting",
    "group_meeting",
    "party_lesson",
    "theme_party_day",
    "organisational_life_meeting",
    "democratic_evaluation",
    "democratic_life_meeting",
)

NOTICE = Paper(
    key="meeting_notice",
    code="A8",
    name="会议通知",
    title="关于召开{meeting}的通知",
    layout=OfficialDocument(),
    subject=Subject.RECORD,
    kinds=_MEETINGS,
    docx=True,
)

SLIP = replace(
    NOTICE,
    key="meeting_notice_slip",
    code="A8-1",
    name="会议通知（便条）",
    layout=OfficialDocument(half_sheet=True),
)

RECEIPT = Paper(
    key="meeting_receipt",
    code="A8-2",
    name="会议通知送达回执",
    title="会议通知送达回执",
    layout=Grid(
        columns=(
            Column("number", "序号", 10.0),
            Column("name", "姓名", 30.0),
            Column("signature", "签收", 22.5),
            Column("received_on", "日期", 20.0),
        ),
        heading=(
            Field("meeting", "会议名称", 137.0, 28.0, centred=False),
            Field("time", "会议时间", 62.0, 28.0, centred=False),
            Field("venue", "地点", 55.0, 20.0, centred=False),
        ),
        row_height_mm=9.0,
        font_size=11.0,
        blank_rows=42,
        two_up=True,
    ),
    subject=Subject.RECORD,
    kinds=_MEETINGS,
)
