"""What is said about a round and refuses nothing: what is missing, what differs, what follows from a grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_count import CapBase, Grade
from branchbook.domain.evaluation_participants import base_of, cap_for, casts_ballot
from branchbook.domain.evaluations import Assessment, Audience, Elsewhere, Participant
from branchbook.domain.people import Standing
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.evaluation_participants import participant_changes
from branchbook.services.evaluation_reading import (
    assessments_by_person,
    count_of,
    evaluations_in,
    excellent_of,
    leading_grades,
    rules_day,
)
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading
from branchbook.services.words import word_of


def findings_of(reading: Reading, procedure: Procedure, today: date) -> tuple[Finding, ...]:
    """Everything worth a look in a round, each sentence with its article; errors first."""
    rules = rulebook_of(reading).on(rules_day(procedure, today))
    assessments = assessments_by_person(reading, procedure.id)
    found = [
        *_second(reading, procedure),
        *_list(reading, procedure, rules, today),
        *_grades(procedure, assessments, rules),
        *_cap(procedure, assessments, rules),
        *_rounds(procedure),
        *_criticisms(procedure, assessments, rules),
        *_exchanges(procedure, rules),
        *_follow_ups(assessments, rules),
        *_feedback(procedure, assessments, rules),
    ]
    order = (Level.ERROR, Level.WARNING, Level.INFO)
    return tuple(sorted(found, key=lambda each: order.index(each.level)))


def _second(reading: Reading, procedure: Procedure) -> Iterator[Finding]:
    """Two rounds of one year can only come from another book."""
    if procedure.state == ProcedureState.ABANDONED:
        return
    for each in evaluations_in(reading):
        same = (each.organisation_id, each.year) == (procedure.organisation_id, procedure.year)
        if same and each.id != procedure.id and each.state != ProcedureState.ABANDONED:
            text = f"{each.year} 年度另有一次评议（{each.begun_on} 开始），请终止或删去其中一次"
            yield Finding(Level.ERROR, "", "", text)


def _list(reading: Reading, procedure: Procedure, rules: Rulebook, today: date) -> Iterator[Finding]:
    if not procedure.participants:
        if procedure.is_open:
            yield Finding(Level.INFO, "", "", "还没有核定参评人员")
        return
    if procedure.is_open:
        level = Level.INFO if procedure.is_done("ballot") else Level.WARNING
        for change in participant_changes(reading, procedure, today):
            yield Finding(level, "", "", f"名册与参评名单不同：{change.text}")
    for each in procedure.participants:
        if each.graded and each.standing != Standing.FULL:
            yield finding(Level.ERROR, rules, "V-06", f"{each.name}是预备党员，不评定等次")


def _grades(
    procedure: Procedure, assessments: Mapping[UUID, Assessment], rules: Rulebook
) -> Iterator[Finding]:
    listed = {each.person_id: each for each in procedure.participants}
    for key, each in assessments.items():
        participant = listed.get(key)
        if each.grade is None:
            continue
        if participant is None or not participant.graded:
            yield finding(
                Level.ERROR, rules, "V-06", f"{each.name}不评定等次，却已评定为{word_of(each.grade)}"
            )
            continue
        count = count_of(procedure, key)
        leading = leading_grades(count) if count else frozenset()
        if leading and each.grade not in leading:
            most = "、".join(word_of(grade) for grade in Grade if grade in leading)
            why = (
                f"，理由：{each.departure_reason.strip()}"
                if each.departure_reason.strip()
                else "，没有写理由"
            )
            level = Level.INFO if each.departure_reason.strip() else Level.WARNING
            text = f"{each.name}测评得票最多的是{most}，评定为{word_of(each.grade)}{why}"
            yield finding(level, rules, "V-07", text)


def _cap(procedure: Procedure, assessments: Mapping[UUID, Assessment], rules: Rulebook) -> Iterator[Finding]:
    if rules.find("V-04") is None or not procedure.participants:
        return
    base = base_of(rules)
    other = next(each for each in CapBase if each != base)
    cap, second = (cap_for(procedure.participants, rules, each) for each in (base, other))
    given = len(excellent_of(procedure, assessments.values()))
    text = f"优秀等次一般不超过{word_of(base)} {cap.number} 名的三分之一，即 {cap.most} 名"
    if given > cap.most:
        yield finding(Level.WARNING, rules, "V-04", f"优秀 {given} 名，超过上限：{text}")
    else:
        yield finding(Level.INFO, rules, "V-04", text)
    if second.most != cap.most:
        text = f"按{word_of(other)} {second.number} 名计算为 {second.most} 名，两种口径不同，请按上级通知掌握"
        yield finding(Level.WARNING, rules, "V-05", text)


def _rounds(procedure: Procedure) -> Iterator[Finding]:
    for each in procedure.grade_rounds:
        word = word_of(each.audience)
        if not each.is_confirmed:
            yield Finding(Level.INFO, "", "", f"{each.held_on} 的{word}还没有确认")
        if each.audience == Audience.MEMBERS and 2 * each.present < each.due:
            yield Finding(
                Level.WARNING, "", "", f"{word}实到 {each.present} 名，不足应到 {each.due} 名的一半"
            )


def _criticisms(
    procedure: Procedure, assessments: Mapping[UUID, Assessment], rules: Rulebook
) -> Iterator[Finding]:
    """Each member at least one (§1): advisory, once mutual evaluation is done."""
    if not procedure.is_done("mutual_evaluation"):
        return
    without = [
        each.name
        for each in procedure.participants
        if casts_ballot(each)
        and not (each.person_id in assessments and assessments[each.person_id].criticisms)
    ]
    if without:
        yield finding(Level.WARNING, rules, "B-30", f"还没有互评意见的：{'、'.join(without)}")


def _exchanges(procedure: Procedure, rules: Rulebook) -> Iterator[Finding]:
    for each in procedure.participants:
        if each.elsewhere is None or each.exchanged_on is not None:
            continue
        if each.elsewhere == Elsewhere.SENT and each.graded and procedure.is_done("grading"):
            yield finding(Level.WARNING, rules, "B-45", f"{each.name}的评议结果还没有告知{_branch(each)}")
        elif each.elsewhere == Elsewhere.RECEIVED and procedure.is_done("grading"):
            yield finding(Level.WARNING, rules, "V-17", f"{each.name}在流入地的评议结果还没有收到")


def _branch(participant: Participant) -> str:
    return participant.other_branch or "原支部"


def _follow_ups(assessments: Mapping[UUID, Assessment], rules: Rulebook) -> Iterator[Finding]:
    """What follows from 不合格, as far as the rules are known (V-08 to V-13)."""
    names = [each.name for each in assessments.values() if each.grade == Grade.UNQUALIFIED]
    if not names:
        return
    who = "、".join(sorted(names))
    yield finding(Level.WARNING, rules, "V-08", f"{who}评定为不合格，应教育转化，按规定组织处置")
    limit = rules.find("V-11")
    if limit is not None:
        months = limit.number("months")
        text = f"{who}限期改正的，期限不超过 {months} 个月；无转变的劝退，劝而不退的除名"
        yield finding(Level.INFO, rules, "V-11", text)
    for rule_id in ("V-09", "V-10", "V-12", "V-13"):
        rule = rules.find(rule_id)
        if rule is not None:
            yield Finding(Level.INFO, rule.id, rule.citation, rule.text.rstrip("。"))


def _feedback(
    procedure: Procedure, assessments: Mapping[UUID, Assessment], rules: Rulebook
) -> Iterator[Finding]:
    if not procedure.is_done("feedback") and procedure.state == ProcedureState.OPEN:
        return
    without = [
        each.name
        for each in procedure.participants
        if each.graded
        and (each.person_id not in assessments or assessments[each.person_id].fed_back_on is None)
    ]
    if without and procedure.state != ProcedureState.ABANDONED:
        yield finding(Level.WARNING, rules, "V-02", f"还没有登记反馈的：{'、'.join(without)}")
    disagree = [each.name for each in assessments.values() if each.agrees is False]
    if disagree:
        yield finding(Level.WARNING, rules, "V-02", f"本人不同意评定的：{'、'.join(disagree)}，请核实并答复")
