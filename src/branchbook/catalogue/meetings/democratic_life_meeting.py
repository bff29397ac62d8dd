"""民主生活会 of a leading group: its office records it beside the branches' own meetings.

As at an organisational life meeting, what was said to each person stands under an agenda item with that name.
"""

from branchbook.catalogue.kinds import CHAIR, MINUTE_TAKER, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="democratic_life_meeting",
    name="民主生活会",
    short_name="民主生活会",
    held_by=frozenset({OrganisationKind.GENERAL_BRANCH}),
    attendance=AttendanceBase.COMMITTEE,
    fields=(
        CHAIR,
        MINUTE_TAKER,
        FieldSpec("reported_on", "报告报送日期", FieldType.DATE),
        FieldSpec("report", "报送的报告", hint="报告名称、文号，报送哪个上级党组织"),
        FieldSpec("preparation", "会前准备", FieldType.LONG_TEXT, hint="学习研讨、征求意见、谈心谈话"),
        FieldSpec("last_year_measures", "上年整改情况通报", FieldType.LONG_TEXT),
        FieldSpec("group_examination", "班子对照检查", FieldType.LONG_TEXT, required=True),
        FieldSpec("superior_comment", "上级点评", FieldType.LONG_TEXT),
        FieldSpec("measures", "整改措施", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="democratic_life_record",
    subject_label="会议主题",
    subject_required=True,
    expected=(AttachmentKind.NOTICE, AttachmentKind.SIGN_IN),
    handbook_title="民主生活会记录",
    examines=True,
)
