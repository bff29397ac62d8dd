"""The shapes of elections: a term's end with or without a committee, a vacancy, a general branch, more time."""

from __future__ import annotations

from dataclasses import replace

from branchbook.catalogue.procedures import election_steps as steps
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import ProcedureShape, StepSpec

WITH_COMMITTEE = ProcedureShape(
    key="term_election",
    name="换届选举（设支委会）",
    family=steps.FAMILY,
    steps=(
        steps.DECISION,
        steps.REQUEST,
        steps.REPLY,
        steps.NOMINATION,
        steps.CANDIDATE_APPROVAL,
        steps.VOTERS,
        steps.OPENING,
        steps.METHOD,
        steps.COUNT,
        steps.FIRST_MEETING,
        steps.DIVISION,
        steps.RESULT_REPORT,
        steps.RESULT_REPLY,
        steps.AFTER_REFUSAL,
        steps.TAKE_OFFICE,
        steps.FILING,
    ),
)

GENERAL_BRANCH = replace(
    WITH_COMMITTEE,
    key="general_branch_election",
    name="党总支换届选举",
    steps=tuple(
        replace(
            each,
            name={"decision": "总支委会研究", "first_meeting": "第一次总支委会"}.get(each.key, each.name),
        )
        for each in WITH_COMMITTEE.steps
    ),
)


def _secretary_only(step: StepSpec) -> StepSpec:
    """The same step where the general meeting itself elects the secretary (支部工作条例: fewer than seven)."""
    if step.key == "decision":
        fields = tuple(each for each in step.fields if each.key != "seats")
        return replace(step, name="酝酿研究", fields=fields, record_kinds=("general_meeting",))
    if step.key == "reply":
        return replace(step, fields=tuple(each for each in step.fields if each.key != "seats"))
    if step.key == "count":
        papers = tuple(
            "election:ballot_secretary" if each == "election:ballot" else each for each in step.papers
        )
        return replace(step, papers=(*papers, "election:ballot_deputy"), rule_ids=("E-14", *step.rule_ids))
    return step


WITHOUT_COMMITTEE = ProcedureShape(
    key="secretary_election",
    name="换届选举（不设支委会）",
    family=steps.FAMILY,
    steps=tuple(
        _secretary_only(each)
        for each in WITH_COMMITTEE.steps
        if each.key not in ("first_meeting", "division")
    ),
)

_VACANCY = (
    FieldSpec("vacated_posts", "空缺职务", required=True),
    FieldSpec("vacancy_reason", "空缺原因", required=True, hint="调离、辞职、退休、撤销党内职务等"),
)
_VACANT_SEATS = replace(steps.SEATS, label="补选委员名额", required=False)
"""None where only the secretary or a deputy is to be found."""

_BY_ELECTION_DECISION = replace(
    steps.DECISION,
    fields=(*_VACANCY, _VACANT_SEATS, *steps.DECISION.fields[1:]),
    rule_ids=("E-16", "E-39", "B-39"),
    due=None,
    hint="任期内空缺应及时补选，先报上级同意",
)
_BY_ELECTION_REPLY = replace(
    steps.REPLY,
    fields=tuple(
        _VACANT_SEATS if each == steps.SEATS else each for each in steps.REPLY.fields if each.key != "early"
    ),
)

BY_ELECTION = ProcedureShape(
    key="by_election",
    name="补选",
    family=steps.FAMILY,
    steps=tuple(
        {
            "decision": _BY_ELECTION_DECISION,
            "request": replace(steps.REQUEST, name="补选请示"),
            "reply": _BY_ELECTION_REPLY,
            "first_meeting": replace(steps.FIRST_MEETING, name="支委会选举", optional=True),
            "division": replace(steps.DIVISION, optional=True),
        }.get(each.key, each)
        for each in WITH_COMMITTEE.steps
    ),
)

TERM_EXTENSION = ProcedureShape(
    key="term_extension",
    name="延期换届",
    family="term_extension",
    steps=(
        StepSpec(
            key="request",
            name="延期请示",
            fields=(
                FieldSpec("document", "文号"),
                FieldSpec("reason", "延期原因", FieldType.LONG_TEXT, required=True),
                FieldSpec("until", "拟延长到", FieldType.DATE, required=True),
            ),
            rule_ids=("E-02", "B-41", "T-03"),
            day_label="上报日期",
        ),
        StepSpec(
            key="reply",
            name="上级批复",
            needs=("request",),
            fields=(
                FieldSpec("document", "文号", required=True),
                FieldSpec("authority", "批复机关"),
                FieldSpec(
                    "outcome",
                    "批复结果",
                    FieldType.CHOICE,
                    required=True,
                    choices=(steps.APPROVED, steps.REFUSED),
                ),
                FieldSpec("until", "同意延长到", FieldType.DATE),
            ),
            rule_ids=("E-02", "B-41", "T-03"),
            day_label="批复日期",
            hint="一般不超过 1 年",
        ),
    ),
)
