"""党课: a Party lesson (支部工作条例 第十六条; its cadence is local practice)."""

from branchbook.catalogue.kinds import BRANCH_LEVELS, MINUTE_TAKER, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="party_lesson",
    name="党课",
    short_name="党课",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.MEMBERS,
    fields=(
        FieldSpec("lesson_title", "党课题目", hint="与主题相同时不必填写", beside_others=True),
        FieldSpec("lecturer", "授课人", FieldType.PERSONS, required=True, default_post="secretary"),
        FieldSpec("chair", "主持人", FieldType.PERSON),
        MINUTE_TAKER,
        FieldSpec(
            "lesson_form",
            "授课形式",
            FieldType.CHOICE,
            choices=("书记讲课", "领导干部讲课", "专家辅导", "视频党课", "党员互讲"),
        ),
        FieldSpec("summary", "授课内容摘要", FieldType.LONG_TEXT, required=True),
        FieldSpec("discussion", "讨论发言", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="party_lesson_record",
    has_agenda=False,
    subject_label="党课题目",
    subject_required=True,
    expected=(AttachmentKind.SIGN_IN, AttachmentKind.COURSEWARE),
    handbook_title="党课记录",
)
