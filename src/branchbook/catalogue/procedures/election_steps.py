"""Steps that elections have in common, each with its article in 基层组织选举工作条例 and 支部工作条例."""

from __future__ import annotations

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import Condition, DueSpec, StepSpec, VoteSpec

FAMILY = "election"
APPROVED, REFUSED = "批准", "不批准"

_DOCUMENT = FieldSpec("document", "文号")
_AUTHORITY = FieldSpec("authority", "批复机关")
_ADDRESSEE = FieldSpec("addressee", "主送机关", hint="上级党组织")
SEATS = FieldSpec("seats", "委员名额", FieldType.NUMBER, required=True)
DEPUTIES = FieldSpec("deputies", "其中副书记", FieldType.NUMBER, hint="一般不超过 1 名")
CANDIDATES = FieldSpec("candidates", "候选人名额", FieldType.NUMBER)
PLANNED_ON = FieldSpec("planned_on", "拟召开大会的日期", FieldType.DATE)

DECISION = StepSpec(
    key="decision",
    name="支委会研究",
    fields=(SEATS, DEPUTIES, CANDIDATES, PLANNED_ON, FieldSpec("note", "研究意见", FieldType.LONG_TEXT)),
    record_kinds=("committee_meeting",),
    rule_ids=("B-40", "E-02", "B-33"),
    due=DueSpec("term_end", months=-6, rule_id="B-40"),
    day_label="研究日期",
    hint="任期届满前研究换届，定名额和时间",
)
REQUEST = StepSpec(
    key="request",
    name="换届请示",
    needs=("decision",),
    fields=(
        _DOCUMENT,
        _ADDRESSEE,
        FieldSpec("contact", "联系人"),
        FieldSpec("phone", "联系电话"),
    ),
    papers=("election:request",),
    rule_ids=("E-35",),
    due=DueSpec("planned_on", months=-1, rule_id="E-35", unconfirmed=True),
    day_label="上报日期",
)
REPLY = StepSpec(
    key="reply",
    name="上级批复",
    needs=("request",),
    fields=(
        _DOCUMENT,
        _AUTHORITY,
        SEATS,
        CANDIDATES,
        FieldSpec("early", "同意提前换届", FieldType.YES_NO),
        FieldSpec("note", "批复要点", FieldType.LONG_TEXT),
    ),
    papers=("election:reply",),
    rule_ids=("E-35", "E-02"),
    day_label="批复日期",
    hint="扫描件可作为附件归档",
)
NOMINATION = StepSpec(
    key="nomination",
    name="推荐候选人",
    needs=("reply",),
    fields=(
        FieldSpec("members", "党员总数", FieldType.NUMBER),
        FieldSpec("taking_part", "参加推荐党员", FieldType.NUMBER),
        FieldSpec("issued", "发出推荐票", FieldType.NUMBER),
        FieldSpec("returned", "收回推荐票", FieldType.NUMBER),
        FieldSpec("invalid", "无效票", FieldType.NUMBER),
    ),
    papers=("election:recommendation_ballot", "election:recommendation_summary"),
    rule_ids=("E-12", "E-10"),
    day_label="推荐日期",
)
CANDIDATE_APPROVAL = StepSpec(
    key="candidate_approval",
    name="候选人报批",
    needs=("nomination",),
    fields=(
        FieldSpec("requested_on", "上报日期", FieldType.DATE),
        FieldSpec("request_document", "请示文号"),
        _DOCUMENT,
        _AUTHORITY,
    ),
    papers=("election:candidates_request", "election:candidate_roster"),
    rule_ids=("E-11", "E-12", "E-13", "E-22"),
    day_label="批复日期",
    hint="书记、副书记候选人按上级批准的顺序排列",
)
VOTERS = StepSpec(
    key="voters",
    name="应到与不计入",
    needs=("candidate_approval",),
    fields=(FieldSpec("note", "说明", FieldType.LONG_TEXT),),
    papers=("election:not_counted",),
    rule_ids=("E-04", "E-05", "E-06", "E-07", "X1"),
    day_label="核定日期",
    hint="按当日名册逐人核对选举权；不计入的须上级同意并经大会通过",
)
OPENING = StepSpec(
    key="opening",
    name="大会开幕",
    needs=("voters",),
    fields=(
        FieldSpec("chair", "主持人", FieldType.PERSON, default_post="secretary"),
        FieldSpec("venue", "地点"),
        FieldSpec("higher_representative", "上级派员"),
    ),
    votes=(
        VoteSpec("work_report", "通过工作报告"),
        VoteSpec("exclusions", "通过不计入应到会人员"),
    ),
    papers=("election:agenda", "election:work_report_cover"),
    record_kinds=("general_meeting",),
    rule_ids=("E-17", "E-18"),
    day_label="大会日期",
    hint="清点到会；发票之前应到人数冻结",
)
METHOD = StepSpec(
    key="method",
    name="选举办法、监计票人",
    needs=("opening",),
    fields=(
        FieldSpec("chief_scrutineer", "总监票人", FieldType.PERSON),
        FieldSpec("scrutineers", "监票人", FieldType.PERSONS, required=True),
        FieldSpec("tellers", "计票人", FieldType.PERSONS, required=True),
    ),
    votes=(VoteSpec("method", "通过选举办法"), VoteSpec("scrutineers", "通过监票人")),
    papers=("election:method", "election:scrutineers", "election:candidate_profiles"),
    rule_ids=("E-37", "E-20", "E-21", "E-23"),
    day_label="通过日期",
    hint="监票人不能是候选人，由大会表决通过",
)
COUNT = StepSpec(
    key="count",
    name="投票计票",
    needs=("method",),
    papers=("election:ballot", "election:slips", "election:tally_sheet", "election:result"),
    rule_ids=("E-28", "E-26", "E-27", "E-30", "E-32", "E-33"),
    day_label="选举日期",
)
FIRST_MEETING = StepSpec(
    key="first_meeting",
    name="第一次支委会",
    needs=("count",),
    fields=(
        FieldSpec("chair", "主持人", FieldType.PERSON, hint="一名新当选的委员"),
        FieldSpec("venue", "地点"),
        FieldSpec("absent", "缺席委员", FieldType.PERSONS, hint="须有五分之四以上委员到会"),
        FieldSpec("scrutineers", "监票人", FieldType.PERSONS),
        FieldSpec("tellers", "计票人", FieldType.PERSONS),
    ),
    papers=(
        "election:first_meeting_agenda",
        "election:first_meeting_method",
        "election:ballot_secretary",
        "election:ballot_deputy",
        "election:first_meeting_result",
    ),
    record_kinds=("committee_meeting",),
    rule_ids=("E-13", "E-18", "E-17", "B-37"),
    day_label="会议日期",
    hint="选举书记、副书记，研究分工",
)
DIVISION = StepSpec(
    key="division",
    name="委员分工",
    needs=("first_meeting",),
    papers=("election:division_of_work",),
    rule_ids=("B-34",),
    day_label="分工日期",
)
RESULT_REPORT = StepSpec(
    key="result_report",
    name="结果报告",
    needs=("count", "first_meeting"),
    fields=(_DOCUMENT, _ADDRESSEE, FieldSpec("contact", "联系人"), FieldSpec("phone", "联系电话")),
    papers=("election:result_report",),
    rule_ids=("E-36", "B-38"),
    day_label="上报日期",
    hint="委员备案，书记、副书记报批",
)
RESULT_REPLY = StepSpec(
    key="result_reply",
    name="结果批复",
    needs=("result_report",),
    fields=(
        _DOCUMENT,
        _AUTHORITY,
        FieldSpec("outcome", "批复结果", FieldType.CHOICE, required=True, choices=(APPROVED, REFUSED)),
        FieldSpec("note", "批复要点", FieldType.LONG_TEXT),
    ),
    papers=("election:reply",),
    rule_ids=("B-38", "E-36"),
    day_label="批复日期",
)
AFTER_REFUSAL = StepSpec(
    key="after_refusal",
    name="未获批准的处理",
    needs=("result_reply",),
    fields=(FieldSpec("note", "处理办法", FieldType.LONG_TEXT, required=True),),
    rule_ids=("B-38", "B-44"),
    day_label="处理日期",
    hint="书记、副书记未获批准：按上级意见另行选举或由上级指派",
    only_when=Condition("result_reply", "outcome", REFUSED),
)
TAKE_OFFICE = StepSpec(
    key="take_office",
    name="职务更新",
    needs=("count",),
    rule_ids=("B-36", "B-38"),
    day_label="更新日期",
    hint="名册里的职务和届次随选举结果更新",
)
FILING = StepSpec(
    key="filing",
    name="归档",
    needs=("result_reply", "take_office"),
    fields=(FieldSpec("place", "存放处"),),
    papers=("election:register",),
    rule_ids=("E-34",),
    day_label="归档日期",
)
