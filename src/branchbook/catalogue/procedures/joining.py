"""Joining: the steps from the application to the approved acceptance (发展党员工作细则; rules.md's twenty-five steps).

The steps after it, from the oath to the file, belong to the conversion.
"""

from __future__ import annotations

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import DueSpec, ProcedureShape, StepSpec

FAMILY = "joining"
APPROVED, REFUSED = "批准", "不批准"

_DOCUMENT = FieldSpec("document", "文号")
_CHANGES = FieldSpec("changes", "更换情况", FieldType.LONG_TEXT, hint="何时、由谁换为谁")
"""Who is named above is who it is now; whoever was it before stays readable here, with the day."""

_OPINION = FieldSpec("opinion", "意见", FieldType.LONG_TEXT)


def _cultivation(months: int) -> StepSpec:
    return StepSpec(
        key=f"cultivation_{months}",
        name=f"培养考察（满 {months} 个月）",
        needs=("activist",),
        fields=(
            FieldSpec("opinion", "考察意见", FieldType.LONG_TEXT, required=True),
            FieldSpec("reports", "思想汇报篇数", FieldType.NUMBER),
        ),
        rule_ids=("D26-04", "D-29"),
        due=DueSpec("activist", months=months),
        day_label="考察日期",
        optional=True,
    )


STEPS = (
    StepSpec(key="application", name="递交入党申请书", rule_ids=("D26-01", "D-36"), day_label="申请日期"),
    StepSpec(
        key="talk",
        name="派人谈话",
        needs=("application",),
        fields=(FieldSpec("speaker", "谈话人", FieldType.PERSON), _OPINION),
        record_kinds=("heart_to_heart_talk",),
        rule_ids=("D26-02", "D-26"),
        due=DueSpec("application", months=1, rule_id="D26-02"),
        day_label="谈话日期",
    ),
    StepSpec(
        key="activist",
        name="确定入党积极分子",
        needs=("talk",),
        fields=(FieldSpec("recommended_by", "推荐方式"),),
        record_kinds=("committee_meeting", "general_meeting"),
        rule_ids=("D26-03", "D-27"),
        day_label="研究确定日期",
    ),
    StepSpec(
        key="activist_filed",
        name="积极分子上级备案",
        needs=("activist",),
        fields=(_DOCUMENT,),
        rule_ids=("D26-03", "D-27"),
        day_label="备案日期",
    ),
    StepSpec(
        key="mentors",
        name="指定培养联系人",
        needs=("activist",),
        fields=(
            FieldSpec("mentors", "培养联系人", FieldType.PERSONS, required=True, hint="1 至 2 名正式党员"),
            _CHANGES,
        ),
        rule_ids=("D26-03-mentors", "D-28"),
        day_label="指定日期",
    ),
    _cultivation(6),
    _cultivation(12),
    StepSpec(
        key="candidate_notice",
        name="列为发展对象前公示",
        needs=("activist_filed", "mentors"),
        fields=(
            FieldSpec("ends_on", "公示截止", FieldType.DATE),
            FieldSpec("result", "公示情况", FieldType.LONG_TEXT),
        ),
        rule_ids=("D26-05",),
        day_label="公示开始",
        hint="2026 年 5 月 18 日起不少于 5 个工作日；之前的规定没有这一步",
        optional=True,
    ),
    StepSpec(
        key="candidate",
        name="确定发展对象",
        needs=("activist_filed", "mentors"),
        record_kinds=("committee_meeting",),
        rule_ids=("D26-04", "D-29", "D26-06", "D-30"),
        day_label="研究确定日期",
        hint="确定为积极分子满 1 年以后",
    ),
    StepSpec(
        key="candidate_filed",
        name="发展对象上级备案",
        needs=("candidate",),
        fields=(_DOCUMENT,),
        rule_ids=("D26-06", "D-30"),
        day_label="备案（同意）日期",
    ),
    StepSpec(
        key="sponsors",
        name="确定入党介绍人",
        needs=("candidate",),
        fields=(
            FieldSpec("sponsors", "入党介绍人", FieldType.PERSONS, required=True, hint="2 名正式党员"),
            _CHANGES,
        ),
        rule_ids=("D26-06-sponsors", "D-31"),
        day_label="确定日期",
    ),
    StepSpec(
        key="political_review",
        name="政治审查",
        needs=("candidate",),
        fields=(FieldSpec("conclusion", "结论", FieldType.LONG_TEXT),),
        rule_ids=("D26-07", "D-32"),
        day_label="审查日期",
    ),
    StepSpec(
        key="training",
        name="短期集中培训",
        needs=("candidate",),
        fields=(
            FieldSpec("days", "天数", FieldType.NUMBER),
            FieldSpec("hours", "学时", FieldType.NUMBER),
            FieldSpec("certificate", "结业证号"),
        ),
        rule_ids=("D26-08", "D-33"),
        day_label="结业日期",
        hint="不少于 3 天或 24 学时",
    ),
    StepSpec(
        key="committee_review",
        name="支委会审查",
        needs=("political_review", "training", "sponsors"),
        fields=(_OPINION,),
        record_kinds=("committee_meeting",),
        rule_ids=("D26-09", "D-34"),
        day_label="审查日期",
    ),
    StepSpec(
        key="preliminary_review",
        name="上级党委预审",
        needs=("committee_review",),
        fields=(_DOCUMENT,),
        rule_ids=("D26-09", "D-34"),
        day_label="预审日期",
    ),
    StepSpec(
        key="form",
        name="填写入党志愿书",
        needs=("preliminary_review",),
        fields=(FieldSpec("number", "志愿书编号"),),
        rule_ids=("D26-09", "D-34"),
        day_label="填写日期",
    ),
    StepSpec(
        key="meeting",
        name="支部大会讨论接收",
        needs=("form",),
        record_kinds=("general_meeting",),
        rule_ids=("D26-10", "D-35", "D26-11", "D-09"),
        due=DueSpec("preliminary_review", months=1, rule_id="D26-10"),
        day_label="大会日期",
        hint="预备期从大会通过之日算起；表决记在会议记录里",
    ),
    StepSpec(
        key="interview",
        name="上级派人谈话",
        needs=("meeting",),
        fields=(FieldSpec("speaker", "谈话人"), _OPINION),
        day_label="谈话日期",
    ),
    StepSpec(
        key="approval",
        name="上级党委审批",
        needs=("interview",),
        fields=(
            FieldSpec("document", "文号", required=True),
            FieldSpec("authority", "审批机关"),
            FieldSpec("outcome", "审批结果", FieldType.CHOICE, required=True, choices=(APPROVED, REFUSED)),
            FieldSpec("special", "特殊情况（审批不超过 6 个月）", FieldType.YES_NO),
        ),
        rule_ids=("D-24", "D26-12"),
        due=DueSpec("meeting", months=3, rule_id="D-24"),
        day_label="审批日期",
    ),
    StepSpec(
        key="filed_above",
        name="报再上一级备案",
        needs=("approval",),
        fields=(_DOCUMENT,),
        day_label="备案日期",
        optional=True,
    ),
)

JOINING = ProcedureShape(key="joining", name="发展党员", family=FAMILY, steps=STEPS)
