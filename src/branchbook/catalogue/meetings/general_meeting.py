"""支部党员大会: the meeting of all members of a branch (支部工作条例 第十一条)."""

from branchbook.catalogue.kinds import (
    BRANCH_LEVELS,
    CHAIR,
    COMMISSION,
    MINUTE_TAKER,
    REMARK,
    AttendanceBase,
    RecordKind,
)
from branchbook.domain.records import AttachmentKind, DecisionKind

KIND = RecordKind(
    key="general_meeting",
    name="支部党员大会",
    short_name="大会",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.MEMBERS,
    fields=(CHAIR, MINUTE_TAKER, COMMISSION, REMARK),
    paper="general_meeting_minutes",
    decision=DecisionKind.ORDINARY,
    subject_label="会议主题",
    expected=(AttachmentKind.NOTICE, AttachmentKind.SIGN_IN, AttachmentKind.PHOTO),
    handbook_title="支部党员大会记录",
)
