"""主题党日: the monthly theme Party day (支部工作条例 第十六条)."""

from branchbook.catalogue.kinds import BRANCH_LEVELS, CHAIR, MINUTE_TAKER, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="theme_party_day",
    name="主题党日",
    short_name="党日",
    held_by=BRANCH_LEVELS,
    attendance=AttendanceBase.MEMBERS,
    fields=(
        CHAIR,
        MINUTE_TAKER,
        FieldSpec("planned_time", "计划时间"),
        FieldSpec(
            "standing_items",
            "固定议程",
            FieldType.CHOICES,
            choices=("重温入党誓词", "诵读党章", "交纳党费", "政治学习", "民主议事", "志愿服务"),
        ),
        FieldSpec("content", "主要内容及特色", FieldType.LONG_TEXT, required=True),
        REMARK,
    ),
    paper="theme_party_day_record",
    has_agenda=False,
    subject_label="活动主题",
    subject_required=True,
    expected=(AttachmentKind.SIGN_IN, AttachmentKind.PHOTO),
    handbook_title="主题党日活动记录",
)
