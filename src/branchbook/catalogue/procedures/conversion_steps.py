"""Steps of a probationary member's year, by 发展党员工作细则 of 2014 and of 2026: the rulebook of the day decides."""

from __future__ import annotations

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import Condition, DueSpec, StepSpec

FAMILY = "conversion"
APPROVED, REFUSED = "批准", "不批准"
CONVERT, EXTEND, CANCEL = "按期转正", "延长预备期", "取消预备党员资格"
CONCLUSIONS = (CONVERT, EXTEND, CANCEL)

_DOCUMENT = FieldSpec("document", "文号")
_OPINION = FieldSpec("opinion", "意见", FieldType.LONG_TEXT, required=True)


def observation(months: int, name: str, due: DueSpec | None = None) -> StepSpec:
    """One observation, due ``months`` after the acceptance unless ``due`` says when (D-05: the cadence is local)."""
    return StepSpec(
        key=f"observation_{months}",
        name=name,
        fields=(
            FieldSpec("opinion", "考察意见", FieldType.LONG_TEXT, required=True, hint="优点与不足"),
            FieldSpec("sponsors", "入党介绍人（培养联系人）", FieldType.PERSONS),
            FieldSpec("reports", "思想汇报篇数", FieldType.NUMBER),
            FieldSpec("self_assessment", "本人自我鉴定", FieldType.LONG_TEXT),
        ),
        papers=("conversion:observation_register",),
        rule_ids=("D-05", "D26-14-observation"),
        due=due or DueSpec("accepted_on", months=months),
        day_label="考察日期",
        optional=True,
    )


OATH = StepSpec(
    key="oath",
    name="入党宣誓",
    fields=(FieldSpec("venue", "地点"),),
    rule_ids=("D26-13", "D-04"),
    due=DueSpec("acceptance_approved_on", months=1, rule_id="D26-13"),
    day_label="宣誓日期",
    optional=True,
)
POSTPONEMENT = StepSpec(
    key="postponement",
    name="转入推迟讨论",
    fields=(
        FieldSpec("transferred_in_on", "转入日期", FieldType.DATE, required=True),
        FieldSpec("until", "推迟到", FieldType.DATE, required=True),
        FieldSpec("reason", "原因", FieldType.LONG_TEXT),
    ),
    rule_ids=("D-21", "D26-20"),
    day_label="决定日期",
    hint="预备期内转入的，可推迟讨论，最长 6 个月；转正日期不变",
    optional=True,
)
APPLICATION = StepSpec(
    key="application",
    name="转正申请",
    papers=("conversion:application",),
    rule_ids=("D-07", "D26-15"),
    due=DueSpec("probation_end", months=-1, rule_id="D-07"),
    day_label="申请日期",
    hint="由本人书面提出",
)
GROUP_OPINION = StepSpec(
    key="group_opinion",
    name="党小组意见",
    needs=("application",),
    fields=(_OPINION,),
    record_kinds=("group_meeting",),
    rule_ids=("D-08", "D26-15"),
    day_label="提出日期",
    optional=True,
)
OPINIONS = StepSpec(
    key="opinions",
    name="征求党员和群众意见",
    needs=("application",),
    fields=(
        FieldSpec("members", "征求党员", FieldType.NUMBER),
        FieldSpec("masses", "征求群众", FieldType.NUMBER),
        _OPINION,
    ),
    papers=("conversion:opinions", "conversion:opinion_list"),
    rule_ids=("D-08", "D26-15"),
    day_label="征求日期",
)
REVIEW = StepSpec(
    key="review",
    name="支委会审查",
    needs=("opinions",),
    fields=(
        FieldSpec("reports", "思想汇报篇数", FieldType.NUMBER),
        FieldSpec("conclusion", "审查结论", FieldType.CHOICE, required=True, choices=CONCLUSIONS),
        _OPINION,
    ),
    papers=("conversion:review",),
    record_kinds=("committee_meeting",),
    rule_ids=("D-08", "D26-15"),
    day_label="审查日期",
)
PUBLIC_NOTICE = StepSpec(
    key="public_notice",
    name="公示",
    needs=("review",),
    fields=(
        FieldSpec("ends_on", "公示截止", FieldType.DATE),
        FieldSpec("phone", "受理电话"),
        FieldSpec("result", "公示情况", FieldType.LONG_TEXT),
    ),
    papers=("conversion:public_notice", "conversion:notice_register"),
    day_label="公示开始",
    hint="是否公示、天数按当地规定；5 个工作日的以节假日表计算",
    optional=True,
)
MEETING = StepSpec(
    key="meeting",
    name="支部大会表决",
    needs=("review",),
    fields=(
        FieldSpec("chair", "主持人", FieldType.PERSON, default_post="secretary"),
        FieldSpec("scrutineers", "监票人", FieldType.PERSONS),
        FieldSpec("tellers", "计票人", FieldType.PERSONS),
        FieldSpec("assessment", "预备期表现和结论性意见", FieldType.LONG_TEXT),
        FieldSpec("reason", "延长或取消的原因", FieldType.LONG_TEXT),
    ),
    papers=(
        "conversion:agenda",
        "conversion:meeting_record",
        "conversion:ballot",
        "conversion:result",
        "conversion:resolution",
        "conversion:extension_resolution",
        "conversion:cancellation_resolution",
    ),
    record_kinds=("general_meeting",),
    rule_ids=("D-09", "D26-11"),
    due=DueSpec("probation_end", rule_id="D-06"),
    day_label="大会日期",
    hint="不得早于预备期满；两人以上逐个讨论、逐个表决",
)
REPORT = StepSpec(
    key="report",
    name="报上级审批",
    needs=("meeting",),
    fields=(
        _DOCUMENT,
        FieldSpec("addressee", "主送机关"),
        FieldSpec("contact", "联系人"),
        FieldSpec("phone", "联系电话"),
    ),
    papers=("conversion:request", "conversion:materials"),
    rule_ids=("D-08", "D26-15"),
    day_label="上报日期",
)
APPROVAL = StepSpec(
    key="approval",
    name="上级审批",
    needs=("report",),
    fields=(
        FieldSpec("document", "文号", required=True),
        FieldSpec("authority", "审批机关"),
        FieldSpec("outcome", "审批结果", FieldType.CHOICE, required=True, choices=(APPROVED, REFUSED)),
        FieldSpec("note", "审批意见", FieldType.LONG_TEXT),
    ),
    papers=("conversion:approval",),
    rule_ids=("D-18", "D26-16"),
    due=DueSpec("report", months=3, rule_id="D-18"),
    day_label="审批日期",
)
AFTER_REFUSAL = StepSpec(
    key="after_refusal",
    name="未获批准的处理",
    needs=("approval",),
    fields=(FieldSpec("note", "处理办法", FieldType.LONG_TEXT, required=True),),
    rule_ids=("D-14", "D26-16"),
    day_label="处理日期",
    only_when=Condition("approval", "outcome", REFUSED),
)
TALK = StepSpec(
    key="talk",
    name="谈话并宣布",
    needs=("approval",),
    fields=(
        FieldSpec("speaker", "谈话人", FieldType.PERSON, default_post="secretary"),
        FieldSpec("announced_on", "在大会宣布的日期", FieldType.DATE),
        FieldSpec("content", "谈话内容", FieldType.LONG_TEXT),
    ),
    papers=("conversion:talk", "conversion:notice_of_conversion"),
    record_kinds=("heart_to_heart_talk",),
    rule_ids=("D-19", "D26-16-talk"),
    day_label="谈话日期",
)
MATERIALS = ("入党志愿书", "入党申请书", "政治审查材料", "转正申请书", "培养教育考察材料")
ARCHIVE = StepSpec(
    key="archive",
    name="材料归档",
    needs=("talk",),
    fields=(
        FieldSpec("materials", "归档材料", FieldType.CHOICES, choices=MATERIALS),
        FieldSpec("place", "存放处"),
    ),
    papers=("conversion:file_contents",),
    rule_ids=("D-23", "D26-17"),
    day_label="归档日期",
)
