"""When a step of a conversion may be called done, and what about it is worth a look (发展党员工作细则)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from branchbook.catalogue.procedures.conversion_steps import MATERIALS
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.dates import add_months
from branchbook.domain.deadlines import CONVERSION_APPROVAL, POSTPONEMENT
from branchbook.domain.people import FactKind, MembershipChange, Standing
from branchbook.domain.probation import Probation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.conversion_effects import is_approved
from branchbook.services.probations import EXTENDED_SHAPE, decided_question, probation_in
from branchbook.services.public_notices import LOCAL_WORKING_DAYS, notice_faults
from branchbook.services.step_cases import StepCase, StepFindings, refuse_faults, warnings_of
from branchbook.services.store import Reading

EARLY = ("D-06", "D26-14-early")
OBSERVATION = ("D-05", "D26-14-observation")
OBSERVATION_STEPS = "observation_"


def check_conversion_step(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Raise RefusedProblem for what the rules of the step's version forbid, and for what cannot be."""
    _refuse_changed_approval(procedure, entry)
    refuse_faults(reading, procedure, entry, CHECKS)


def conversion_findings(reading: Reading, procedure: Procedure) -> tuple[Finding, ...]:
    """Limits passed late, local practice, and what the book cannot check, each with its article."""
    return tuple(warnings_of(reading, procedure, CHECKS))


def check_conversion_abandoned(procedure: Procedure) -> None:
    """Refuse to give up a conversion whose approved result stands in the roster."""
    if is_approved(procedure):
        raise RefusedProblem(
            "审批结果已经登记并更新了名册",
            f"{procedure.done_on('approval')}",
            "请登记谈话和归档后办结；登记有误时请在历史中撤销登记审批的那一步",
        )


def _refuse_changed_approval(procedure: Procedure, entry: StepEntry) -> None:
    """The roster rests on the approval and on the vote before it: only undo takes both back together."""
    if not is_approved(procedure) or entry.step not in ("meeting", "approval"):
        return
    if entry != procedure.entry(entry.step):
        raise RefusedProblem(
            "审批结果已经登记并更新了名册",
            f"{procedure.done_on('approval')}",
            "需要改动时请先在历史中撤销登记审批的那一步，名册会一并恢复",
        )


def _own_probation(case: StepCase) -> Probation | None:
    return probation_in(case.reading, case.person) if case.person else None


def _end(case: StepCase) -> date | None:
    """The end of the probation that this conversion is about: the first one, or the extended one."""
    probation = _own_probation(case)
    if probation is None:
        return None
    return probation.ends_on if case.procedure.shape == EXTENDED_SHAPE else probation.first_end


def _oath(case: StepCase) -> Iterator[Finding]:
    """D26-13: ordinarily within a month of the approval."""
    months, approved_on = case.number("months", "D26-13"), approved_acceptance_on(case)
    if months is not None and approved_on is not None and case.day > add_months(approved_on, months):
        text = f"一般在批准后 {months} 个月内（{add_months(approved_on, months)} 前）宣誓，实际 {case.day}"
        yield case.finding(Level.WARNING, text, "D26-13")


def approved_acceptance_on(case: StepCase) -> date | None:
    """The day on which the acceptance was approved: the roster has the person probationary from it."""
    facts = case.roster.facts_of(case.person.id, FactKind.STANDING) if case.person else ()
    return next((each.from_on for each in facts if each.value == Standing.PROBATIONARY), None)


def _postponement(case: StepCase) -> Iterator[Finding]:
    """D-21, D26-20: someone taken in during the probation, by six months at most; the conversion keeps its date."""
    ends_on, came_on, until = _end(case), case.entry.day("transferred_in_on"), case.entry.day("until")
    if ends_on is None or came_on is None or until is None or case.person is None:
        return
    if not (case.person.accepted_on or came_on) <= came_on <= ends_on:
        text = f"{came_on} 转入不在预备期内（到 {ends_on}），不能推迟讨论"
        yield case.finding(Level.ERROR, text, *POSTPONEMENT)
    months = case.number("months", *POSTPONEMENT)
    if months is not None and until > add_months(ends_on, months):
        text = f"推迟讨论不超过 {months} 个月，最晚到 {add_months(ends_on, months)}，所填 {until}"
        yield case.finding(Level.ERROR, text, *POSTPONEMENT)
    if until <= ends_on:
        text = f"推迟到 {until} 不晚于预备期满的 {ends_on}，不需要推迟"
        yield case.finding(Level.ERROR, text, *POSTPONEMENT)
    facts = case.roster.facts_of(case.person.id, FactKind.MEMBERSHIP)
    came = {each.from_on for each in facts if each.value == MembershipChange.TRANSFERRED_IN}
    if came_on not in came:
        text = f"名册里没有 {case.person.name}在 {came_on} 转入的登记，请核对"
        yield case.finding(Level.WARNING, text, *POSTPONEMENT)


def _notice(case: StepCase) -> Iterator[Finding]:
    yield from notice_faults(case, case.entry, LOCAL_WORKING_DAYS, Level.WARNING)


def _meeting(case: StepCase) -> Iterator[Finding]:
    """D-06: not before the end of the probation. The vote itself is counted apart (D-09)."""
    ends_on = _end(case)
    if ends_on is not None and case.day < ends_on:
        text = f"预备期到 {ends_on} 才满，{case.day} 不能讨论转正"
        yield case.finding(Level.ERROR, text, *EARLY)
    votes = [each for each in case.procedure.questions if each.confirmed_on is not None]
    if not votes:
        yield case.finding(Level.WARNING, "大会已登记，还没有确认的表决票数", "D-09", "D26-11")
    elif all(each.held_on != case.day for each in votes):
        text = f"大会登记为 {case.day}，表决在 {votes[-1].held_on}，请核对"
        yield case.finding(Level.WARNING, text, "D-09", "D26-11")
    yield from _counted_by_others(case)
    yield from _late_discussion(case, ends_on)
    yield from _observed(case)


def _counted_by_others(case: StepCase) -> Iterator[Finding]:
    """Nobody counts the votes on themselves, nor does who has no vote; the text has no article for it."""
    for key, word in (("scrutineers", "监票人"), ("tellers", "计票人")):
        for each in case.entry.people.get(key, ()):
            standing = case.roster.standing_on(each.person_id, case.day) if each.person_id else None
            if case.person is not None and each.person_id == case.person.id:
                yield Finding(Level.WARNING, "", "", f"{word}{each.name}是本次表决的对象，请另定")
            elif each.person_id and standing != Standing.FULL:
                yield Finding(Level.WARNING, "", "", f"{word}{each.name}在 {case.day} 不是正式党员，请核对")


def _late_discussion(case: StepCase, ends_on: date | None) -> Iterator[Finding]:
    until = case.procedure.entry("postponement").day("until")
    if until is not None and case.day > until:
        text = f"推迟讨论到 {until}，实际 {case.day} 才讨论"
        yield case.finding(Level.WARNING, text, *POSTPONEMENT)
    elif until is None and ends_on is not None and case.day > add_months(ends_on, 1):
        text = f"预备期 {ends_on} 已满，{case.day} 才讨论；转正日期仍从期满之日算起"
        yield case.finding(Level.WARNING, text, *EARLY)


def _observed(case: StepCase) -> Iterator[Finding]:
    """D-05: the cadence is local, so a missing observation is only told. Those made in another branch count."""
    shape = shape_of(case.procedure.shape)
    wanted = {step.key for step in shape.steps if step.key.startswith(OBSERVATION_STEPS)}
    made = {each.step for each in case.procedure.steps if each.done_on is not None}
    for earlier in case.reading.all(Procedure):
        same = earlier.subject_id == case.procedure.subject_id and earlier.shape == case.procedure.shape
        made |= {each.step for each in earlier.steps if each.done_on is not None} if same else set()
    if left := len(wanted - made):
        yield case.finding(Level.WARNING, f"还有 {left} 次考察没有登记", *OBSERVATION)


def _report(case: StepCase) -> Iterator[Finding]:
    """D-14: a failed vote decides nothing, so there is nothing to be approved yet."""
    if decided_question(case.procedure, case.rulebook) is None:
        text = "支部大会还没有通过决议就登记了上报，请核对"
        yield case.finding(Level.WARNING, text, "D-14", "D26-15")


def _approval(case: StepCase) -> Iterator[Finding]:
    """D-14: only what the branch resolved can be approved; D-18, D26-16: within three months of the report."""
    decided = decided_question(case.procedure, case.rulebook)
    if decided is None:
        text = "支部大会还没有通过决议，不能登记审批；请先录入并确认表决票数"
        yield case.finding(Level.ERROR, text, "D-14", "D26-15")
        return
    yield from _still_full_term(case, decided.held_on)
    if case.day < decided.held_on:
        text = f"审批日期 {case.day} 早于支部大会的 {decided.held_on}"
        yield case.finding(Level.ERROR, text, *CONVERSION_APPROVAL)
    months = case.number("months", *CONVERSION_APPROVAL)
    reported_on = case.procedure.done_on("report") or decided.held_on
    if months is not None and case.day > add_months(reported_on, months):
        last_on = add_months(reported_on, months)
        text = f"审批应在 {months} 个月内（{last_on} 前），实际 {case.day}，晚 {(case.day - last_on).days} 天"
        yield case.finding(Level.WARNING, text, *CONVERSION_APPROVAL)


def _still_full_term(case: StepCase, held_on: date) -> Iterator[Finding]:
    """D-06: the day of acceptance may have been corrected since the vote; then its meeting came too early."""
    ends_on = _end(case)
    if ends_on is None:
        yield case.finding(Level.ERROR, "没有登记支部大会接收日期，预备期无法推算，不能登记审批", *EARLY)
    elif held_on < ends_on:
        text = f"接收日期改过，预备期到 {ends_on} 才满；支部大会 {held_on} 的表决早于期满，不能据此审批"
        yield case.finding(Level.ERROR, text, *EARLY)


def _archive(case: StepCase) -> Iterator[Finding]:
    """D-23: five kinds of papers."""
    kept = case.entry.values.get("materials", ())
    missing = [each for each in MATERIALS if not isinstance(kept, tuple) or each not in kept]
    if missing:
        yield case.finding(Level.WARNING, f"归档材料还缺：{'、'.join(missing)}", "D-23", "D26-17")


CHECKS: Mapping[str, tuple[StepFindings, ...]] = {
    "oath": (_oath,),
    "postponement": (_postponement,),
    "public_notice": (_notice,),
    "meeting": (_meeting,),
    "report": (_report,),
    "approval": (_approval,),
    "archive": (_archive,),
}
