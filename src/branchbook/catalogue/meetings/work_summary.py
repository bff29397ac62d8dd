"""年度工作总结: the year's summary, one text a year."""

from branchbook.catalogue.kinds import BRANCH_LEVELS, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType

KIND = RecordKind(
    key="work_summary",
    name="年度工作总结",
    short_name="总结",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.NONE,
    fields=(
        FieldSpec("author", "填报人", FieldType.PERSON, default_post="secretary"),
        FieldSpec("content", "正文", FieldType.LONG_TEXT, required=True),
    ),
    paper="annual_work_summary",
    has_agenda=False,
    subject_label="标题",
    is_meeting=False,
    handbook_title="年度工作总结",
)
