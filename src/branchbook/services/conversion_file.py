"""The papers that belong into the file of a conversion, each with whether the book knows of it (D-23, D26-17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from branchbook.domain.ballots import Question
from branchbook.services.conversion_facts import ConversionFacts, FiledMaterial


def materials_of(facts: ConversionFacts) -> tuple[FiledMaterial, ...]:
    """What the file holds, in order of handling; what the archive step names is there whatever else is known."""
    known = bool(facts.person)
    found = list(_acceptance(facts)) + list(_conversion(facts)) + list(_decision(facts))
    return tuple(_settled(each, facts, known) for each in found)


def _settled(material: FiledMaterial, facts: ConversionFacts, known: bool) -> FiledMaterial:
    if not known:
        return FiledMaterial(material.name, note=material.note)
    if material.name in facts.archived:
        return replace(material, there=True)
    return material


def _acceptance(facts: ConversionFacts) -> Iterator[FiledMaterial]:
    joining, branch = facts.joining, facts.organisation
    yield FiledMaterial(
        "入党志愿书", facts.person, joining.form_number, joining.form_on, _there(joining.form_on)
    )
    yield FiledMaterial("入党申请书", facts.person, "", joining.applied_on, _there(joining.applied_on))
    yield FiledMaterial("政治审查材料", branch, "", joining.review_on, _there(joining.review_on))


def _conversion(facts: ConversionFacts) -> Iterator[FiledMaterial]:
    branch, observed = facts.organisation, [each for each in facts.observations if each.observed_on]
    last = observed[-1].observed_on if observed else None
    complete = len(observed) == len(facts.observations) if facts.person else None
    lacking = len(facts.observations) - len(observed)
    note = f"还差{lacking}次考察" if facts.person and observed and lacking else ""
    yield FiledMaterial("培养教育考察材料", branch, "", last, complete, note)
    reports = sum(each.reports or 0 for each in facts.observations) or facts.review.reports
    yield FiledMaterial("思想汇报", facts.person, "", None, bool(reports), f"{reports}篇" if reports else "")
    yield FiledMaterial("转正申请书", facts.person, "", facts.applied_on, _there(facts.applied_on))
    given_on = facts.group_opinion.given_on
    yield FiledMaterial(
        "党小组意见", facts.group, "", given_on, _there(given_on) or _optional(facts, given_on)
    )
    asked = facts.opinions.given_on
    yield FiledMaterial("征求党员和群众意见材料", branch, "", asked, _there(asked))
    yield FiledMaterial("支委会审查意见", branch, "", facts.review.held_on, _there(facts.review.held_on))
    begins = facts.notice.begins_on
    yield FiledMaterial(
        "公示材料和公示情况登记表", branch, "", begins, _there(begins) or _optional(facts, begins)
    )


def _decision(facts: ConversionFacts) -> Iterator[FiledMaterial]:
    branch, held_on = facts.organisation, facts.meeting.held_on
    confirmed = facts.votes[-1].for_total is not None if facts.votes else False
    yield FiledMaterial("支部大会记录", branch, "", held_on, _there(held_on))
    yield FiledMaterial("票决情况汇总表", branch, "", held_on if confirmed else None, confirmed)
    decided = facts.decided
    yield FiledMaterial(
        _resolution_name(facts), branch, "", decided.held_on if decided else None, decided is not None
    )
    report, approval = facts.report, facts.approval
    yield FiledMaterial("转正请示", branch, report.document, report.reported_on, _there(report.reported_on))
    yield FiledMaterial(
        "上级审批意见",
        approval.authority or facts.higher,
        approval.document,
        approval.approved_on,
        _there(approval.approved_on),
    )
    talk = facts.talk.held_on
    yield FiledMaterial("谈话记录", facts.talk.speaker or branch, "", talk, _there(talk))


def _resolution_name(facts: ConversionFacts) -> str:
    question = facts.decided.question if facts.decided else None
    return {Question.EXTEND: "延长预备期的决议", Question.CANCEL: "取消预备党员资格的决议"}.get(
        question or Question.CONVERT, "支部大会决议"
    )


def _there(entered: object) -> bool:
    return entered is not None


def _optional(facts: ConversionFacts, entered: object) -> bool | None:
    """A step that not every branch takes is not missing where it was not taken."""
    return None if entered is None and facts.person else False
