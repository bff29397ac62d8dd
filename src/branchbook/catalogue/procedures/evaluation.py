"""The yearly round: 组织生活会 and 民主评议党员 from preparation to follow-up (支部工作条例 第十七、十八条).

The steps may be one occasion with the general meeting: each names the meeting in which it happened, and one meeting
may be named by several.
"""

from __future__ import annotations

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import DueSpec, ProcedureShape, StepSpec

FAMILY = "evaluation"
PREPARATION = StepSpec(
    key="preparation",
    name="学习准备",
    fields=(
        FieldSpec("theme", "主题"),
        FieldSpec("study", "学习内容", FieldType.LONG_TEXT),
        FieldSpec("in_groups", "自评、互评分党小组进行", FieldType.YES_NO),
        FieldSpec("document", "上级通知文号"),
    ),
    record_kinds=("general_meeting", "committee_meeting", "group_meeting", "theme_party_day"),
    rule_ids=("V-02", "B-28", "B-29"),
    hint="组织学习，确定主题和步骤",
)
PARTICIPANTS = StepSpec(
    key="participants",
    name="核定参评人员",
    rule_ids=("V-06", "V-05", "V-17", "B-45"),
    day_label="核定日期",
    hint="逐人核定是否参加、是否评定等次；预备党员参加评议，不评定等次",
)
TALKS = StepSpec(
    key="talks",
    name="谈心谈话、听取意见",
    needs=("preparation",),
    fields=(
        FieldSpec("opinions", "征求到的意见", FieldType.LONG_TEXT),
        FieldSpec("sources", "征求意见的方式、范围"),
    ),
    papers=("talk_summary",),
    rule_ids=("B-28", "B-31"),
    day_label="完成日期",
)
LIFE_MEETING = StepSpec(
    key="life_meeting",
    name="组织生活会",
    needs=("talks",),
    fields=(
        FieldSpec("last_measures", "上年整改措施落实情况", FieldType.LONG_TEXT),
        FieldSpec("examination", "支委会（班子）对照检查", FieldType.LONG_TEXT),
    ),
    papers=("life_meeting_record", "life_meeting_speeches", "problem_list"),
    record_kinds=("organisational_life_meeting",),
    rule_ids=("B-27", "B-28"),
    day_label="召开日期",
)
SELF_EVALUATION = StepSpec(
    key="self_evaluation",
    name="个人自评",
    needs=("participants",),
    papers=("evaluation:member_form", "evaluation:member_forms"),
    record_kinds=("general_meeting", "organisational_life_meeting", "democratic_evaluation", "group_meeting"),
    rule_ids=("B-30", "V-02"),
    hint="逐人填写个人小结；党员多的支部可在党小组进行",
)
MUTUAL_EVALUATION = StepSpec(
    key="mutual_evaluation",
    name="党员互评",
    needs=("self_evaluation",),
    papers=("evaluation:mutual_record",),
    record_kinds=("general_meeting", "organisational_life_meeting", "democratic_evaluation", "group_meeting"),
    rule_ids=("B-30", "V-02"),
    hint="记录谁对谁提了什么意见，每人至少一条",
)
BALLOT = StepSpec(
    key="ballot",
    name="民主测评",
    needs=("participants", "mutual_evaluation"),
    fields=(
        FieldSpec("scrutineers", "监票人", FieldType.PERSONS),
        FieldSpec("tellers", "计票人", FieldType.PERSONS),
        FieldSpec("item_by_item", "分项测评", FieldType.YES_NO),
        FieldSpec("problem_list", "“存在问题”的情形清单", FieldType.LONG_TEXT),
    ),
    papers=(
        "evaluation:ballot",
        "evaluation:ballot_items",
        "evaluation:ballot_masses",
        "evaluation:summary",
    ),
    record_kinds=("general_meeting", "democratic_evaluation", "organisational_life_meeting"),
    rule_ids=("B-30", "V-02", "V-03", "V-06"),
    day_label="测评日期",
    hint="无记名；预备党员参加测评，不列入被测评人",
)
GRADING = StepSpec(
    key="grading",
    name="评定等次",
    needs=("ballot",),
    fields=(
        FieldSpec("decided_by", "评定的会议", FieldType.CHOICE, choices=("支委会", "党员大会")),
        FieldSpec("remarks", "评定情况", FieldType.LONG_TEXT),
    ),
    papers=("evaluation:summary", "evaluation:member_forms"),
    record_kinds=("committee_meeting", "general_meeting", "democratic_evaluation"),
    rule_ids=("B-30", "V-07", "V-04", "V-05"),
    day_label="评定日期",
    hint="根据评议情况和党员日常表现提出评定意见，不以票定论；优秀一般不超过三分之一",
)
RESULT_REPORT = StepSpec(
    key="result_report",
    name="上报评议结果",
    needs=("grading",),
    fields=(
        FieldSpec("document", "文号"),
        FieldSpec("addressee", "主送"),
        FieldSpec("problems", "存在的问题与整改", FieldType.LONG_TEXT),
        FieldSpec("notice_begins_on", "公示开始", FieldType.DATE),
        FieldSpec("notice_ends_on", "公示截止", FieldType.DATE),
    ),
    papers=("evaluation:report", "evaluation:result_list", "evaluation:notice"),
    rule_ids=("V-02", "V-08"),
    day_label="上报日期",
    optional=True,
)
FEEDBACK = StepSpec(
    key="feedback",
    name="反馈结果",
    needs=("grading",),
    papers=("evaluation:feedback",),
    rule_ids=("V-02", "V-17"),
    day_label="完成日期",
    hint="向本人反馈等次、主要问题和整改建议，本人签收；流动党员的结果告知对方支部",
)
USE = StepSpec(
    key="use",
    name="结果运用",
    needs=("grading",),
    fields=(FieldSpec("remarks", "运用情况", FieldType.LONG_TEXT),),
    rule_ids=("V-08", "V-09", "V-10", "V-11", "V-13"),
    day_label="完成日期",
    hint="优秀的表扬；基本合格的指出差距、帮助改进；不合格的教育转化，按规定组织处置",
)
RECTIFICATION = StepSpec(
    key="rectification",
    name="整改落实",
    needs=("grading",),
    papers=("ledger:rectification",),
    rule_ids=("B-28", "V-02"),
    due=DueSpec("grading", months=1, unconfirmed=True),
    day_label="列出清单日期",
    hint="问题、措施、责任人、时限列入整改台账，逐一落实",
)

YEARLY = ProcedureShape(
    key="yearly_evaluation",
    name="组织生活会和民主评议党员",
    family=FAMILY,
    yearly=True,
    steps=(
        PREPARATION,
        PARTICIPANTS,
        TALKS,
        LIFE_MEETING,
        SELF_EVALUATION,
        MUTUAL_EVALUATION,
        BALLOT,
        GRADING,
        FEEDBACK,
        RESULT_REPORT,
        USE,
        RECTIFICATION,
    ),
)
