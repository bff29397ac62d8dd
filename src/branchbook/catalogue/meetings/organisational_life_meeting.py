"""组织生活会: the yearly organisational life meeting (支部工作条例 第十七条; B-27, B-28).

What was said to each person stands in the agenda: an item that bears a person's name (``domain.life_meetings``).
Version 2 adds the report of last year's measures, the committee's own examination, the comment and the promises.
"""

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
        FieldSpec("last_year_measures", "上年整改情况通报", FieldType.LONG_TEXT),
        FieldSpec("preparation", "会前准备", FieldType.LONG_TEXT, hint="学习、谈心谈话、征求意见"),
        FieldSpec(
            "committee_examination", "支部班子对照检查", FieldType.LONG_TEXT, hint="书记代表班子作对照检查"
        ),
        FieldSpec("examination", "查摆问题、批评与自我批评", FieldType.LONG_TEXT, required=True),
        FieldSpec("superior_comment", "点评", FieldType.LONG_TEXT, hint="上级派员或书记点评"),
        FieldSpec("measures", "整改措施", FieldType.LONG_TEXT),
        FieldSpec("promises", "整改承诺", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="life_meeting_record",
    subject_label="会议主题",
    expected=(AttachmentKind.SIGN_IN,),
    handbook_title="组织生活会记录",
    version=2,
    examines=True,
)
