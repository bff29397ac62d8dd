"""民主评议党员: the yearly evaluation, for now a simple record (支部工作条例 on 民主评议党员)."""

from branchbook.catalogue.kinds import BRANCHES, CHAIR, MINUTE_TAKER, REMARK, AttendanceBase, RecordKind
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import AttachmentKind

KIND = RecordKind(
    key="democratic_evaluation",
    name="民主评议党员",
    short_name="评议",
    held_by=BRANCHES,
    attendance=AttendanceBase.MEMBERS,
    fields=(
        CHAIR,
        MINUTE_TAKER,
        FieldSpec(
            "course", "评议经过", FieldType.LONG_TEXT, required=True, hint="个人自评、党员互评、民主测评"
        ),
        FieldSpec("result", "评议结果", FieldType.LONG_TEXT),
        REMARK,
    ),
    paper="general_record",
    subject_label="评议年度、主题",
    expected=(AttachmentKind.SIGN_IN,),
    handbook_title="民主评议党员记录",
)
