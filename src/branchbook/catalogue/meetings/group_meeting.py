"""党小组会: the meeting of a group, chaired by its leader (支部工作条例 第十三条)."""

from branchbook.catalogue.kinds import GROUPS, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="group_meeting",
    name="党小组会",
    short_name="小组会",
    held_by=GROUPS,
    attendance=AttendanceBase.MEMBERS,
    fields=(
        FieldSpec("chair", "主持人", FieldType.PERSON, required=True, default_post="group_leader"),
        FieldSpec("minute_taker", "记录人", FieldType.PERSON, required=True),
        FieldSpec("opinions", "形成意见、向支部反映事项", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="group_meeting_minutes",
    subject_label="会议主题",
    expected=(AttachmentKind.SIGN_IN,),
    handbook_title="党小组会记录",
)
