"""谈心谈话: a talk between two members or more (支部工作条例 on 谈心谈话; B-31).

Version 2 adds the occasion, the recorder, the signatures and the mark of a private talk; what was recorded
before stays as it is, none of it is required.
"""

from branchbook.catalogue.kinds import BRANCHES, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import PRIVATE

TALKER_SIGNED, OTHER_SIGNED = "谈话人已签", "谈话对象已签"
"""Both sign on the paper; the record says who has."""

KIND = RecordKind(
    key="heart_to_heart_talk",
    name="谈心谈话",
    short_name="谈话",
    held_by=BRANCHES,
    attendance=AttendanceBase.NONE,
    fields=(
        FieldSpec("talker", "谈话人", FieldType.PERSON, required=True, default_post="secretary"),
        FieldSpec("talked_with", "谈话对象", FieldType.PERSONS, required=True),
        FieldSpec(
            "talk_kind",
            "谈话类型",
            FieldType.CHOICE,
            choices=("委员之间", "委员与党员", "党员之间", "党员与群众"),
        ),
        FieldSpec("talk_occasion", "必谈情形", FieldType.CHOICE, setting="talk_occasions", carried=False),
        FieldSpec("recorder", "记录人", FieldType.PERSON),
        FieldSpec(
            "signed", "双方签名", FieldType.CHOICES, choices=(TALKER_SIGNED, OTHER_SIGNED), carried=False
        ),
        FieldSpec(
            PRIVATE,
            "不公开",
            FieldType.YES_NO,
            hint="内容只供书记掌握，打印、列表、搜索中不出现",
            carried=False,
        ),
        FieldSpec("content", "谈话内容摘要", FieldType.LONG_TEXT, required=True),
        FieldSpec("requests", "对方意见建议、困难诉求", FieldType.LONG_TEXT),
        FieldSpec("follow_up", "处理与跟进", FieldType.LONG_TEXT),
    ),
    paper="talk_record",
    has_agenda=False,
    subject_label="谈话主题",
    handbook_title="谈心谈话记录",
    version=2,
    open_fields=frozenset({"talk_kind", "signed", PRIVATE}),
)
