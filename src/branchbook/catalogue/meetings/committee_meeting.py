"""支部委员会会议: the meeting of the committee (支部工作条例 第十二条)."""

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
    key="committee_meeting",
    name="支部委员会会议",
    short_name="支委会",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.COMMITTEE,
    fields=(CHAIR, MINUTE_TAKER, COMMISSION, REMARK),
    paper="committee_meeting_minutes",
    decision=DecisionKind.COMMITTEE,
    subject_label="支委会主题",
    expected=(AttachmentKind.SIGN_IN,),
    handbook_title="支部委员会会议记录",
)
