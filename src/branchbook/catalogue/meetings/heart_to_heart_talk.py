"""谈心谈话: a talk between two members, for now a simple record (支部工作条例 on 谈心谈话)."""

from branchbook.catalogue.kinds import BRANCHES, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType

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
        FieldSpec("content", "谈话内容摘要", FieldType.LONG_TEXT, required=True),
        FieldSpec("requests", "对方意见建议、困难诉求", FieldType.LONG_TEXT),
        FieldSpec("follow_up", "处理与跟进", FieldType.LONG_TEXT),
    ),
    paper="general_record",
    has_agenda=False,
    subject_label="谈话主题",
    handbook_title="谈心谈话记录",
)
