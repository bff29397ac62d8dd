"""年度工作计划: the year's work plan, one text a year."""

from branchbook.catalogue.kinds import BRANCH_LEVELS, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType

KIND = RecordKind(
    key="work_plan",
    name="年度工作计划",
    short_name="计划",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.NONE,
    fields=(
        FieldSpec("author", "填报人", FieldType.PERSON, default_post="secretary"),
        FieldSpec("content", "正文", FieldType.LONG_TEXT, required=True),
    ),
    paper="annual_work_plan",
    has_agenda=False,
    subject_label="标题",
    is_meeting=False,
    handbook_title="年度工作计划",
)
