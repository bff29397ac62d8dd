"""组织生活会: the yearly organisational life meeting, for now a simple record (支部工作条例 第十七条)."""

from branchbook.catalogue.kinds import ALL_LEVELS, CHAIR, MINUTE_TAKER, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="organisational_life_meeting",
    name="组织生活会",
    short_name="生活会",
    held_by=ALL_LEVELS,
    attendance=AttendanceBase.MEMBERS,
    fields=(
        CHAIR,
        MINUTE_TAKER,
        FieldSpec("preparation", "会前准备", FieldType.LONG_TEXT, hint="学习、谈心谈话、征求意见"),
        FieldSpec("examination", "查摆问题、批评与自我批评", FieldType.LONG_TEXT, required=True),
        FieldSpec("measures", "整改措施", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="general_record",
    subject_label="会议主题",
    expected=(AttachmentKind.SIGN_IN,),
    handbook_title="组织生活会记录",
)
