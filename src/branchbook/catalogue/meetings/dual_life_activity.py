"""双重组织生活: what a leader took part in elsewhere, where no record of this book has it (B-21).

Attendance at the meetings of this book's branches is counted from their own records and is not entered here.
"""

from branchbook.catalogue.kinds import BRANCH_LEVELS, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType

TOOK_PART, ON_LEAVE = "参加", "请假"

KIND = RecordKind(
    key="dual_life_activity",
    name="双重组织生活登记",
    short_name="双重生活",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.NONE,
    fields=(
        FieldSpec("leader", "领导干部", FieldType.PERSON, required=True),
        FieldSpec(
            "took_part",
            "参加情况",
            FieldType.CHOICE,
            required=True,
            choices=(TOOK_PART, ON_LEAVE),
            carried=False,
        ),
        FieldSpec("leave_reason", "请假原因"),
        FieldSpec("lectured", "讲党课", FieldType.YES_NO, hint="这次讲了党课", carried=False),
        FieldSpec("spoke", "发言", FieldType.YES_NO, hint="这次作了发言", carried=False),
        FieldSpec("content", "主要内容", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="general_record",
    has_agenda=False,
    subject_label="会议、活动名称",
    subject_required=True,
    handbook_title="双重组织生活登记",
)
