"""When a step of joining may be called done, from the application to the acceptance (发展党员工作细则)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from branchbook.catalogue.procedures.joining import APPROVED
from branchbook.domain.dates import add_months, full_years
from branchbook.domain.people import Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.acceptance_votes import failed_vote
from branchbook.services.public_notices import ENDS_ON, notice_faults
from branchbook.services.step_cases import StepCase, StepFindings, refuse_faults, warnings_of
from branchbook.services.store import Reading


def check_joining_step(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Raise RefusedProblem for what the rules of the step's version forbid, and for what cannot be."""
    _refuse_changed_acceptance(procedure, entry)
    refuse_faults(reading, procedure, entry, CHECKS)


def joining_findings(reading: Reading, procedure: Procedure) -> tuple[Finding, ...]:
    """Limits passed late, local practice, and what the book cannot check, each with its article."""
    return tuple(warnings_of(reading, procedure, CHECKS))


def is_accepted(procedure: Procedure) -> bool:
    """Whether the acceptance was approved."""
    approval = procedure.entry("approval")
    return approval.done_on is not None and approval.text("outcome") == APPROVED


def check_joining_abandoned(procedure: Procedure) -> None:
    """Refuse to give up a joining whose approved acceptance stands in the roster."""
    if is_accepted(procedure):
        raise RefusedProblem(
            "接收已经批准并更新了名册",
            f"{procedure.done_on('approval')}",
            "请办结；登记有误时请在历史中撤销登记审批的那一步",
        )


def _refuse_changed_acceptance(procedure: Procedure, entry: StepEntry) -> None:
    """The roster rests on the meeting and the approval: only undo takes both back together."""
    if (
        is_accepted(procedure)
        and entry.step in ("meeting", "approval")
        and entry != procedure.entry(entry.step)
    ):
        raise RefusedProblem(
            "接收已经批准并更新了名册",
            f"{procedure.done_on('approval')}",
            "需要改动时，请在历史中撤销登记审批的那一步，名册会一并恢复",
        )


def _age(case: StepCase) -> Iterator[Finding]:
    """D26-01, D-36; 党章 第一条: who applies is at least eighteen."""
    least = case.number("age", "D26-01", "D-36")
    born_on = case.person.born_on if case.person else None
    if least is not None and born_on is not None and full_years(born_on, case.day) < least:
        text = f"{case.day} 时未满 {least} 周岁（{born_on} 出生），不能申请入党"
        yield case.finding(Level.ERROR, text, "D26-01", "D-36")


def _talk(case: StepCase) -> Iterator[Finding]:
    yield from _within(case, "application", "months", "派人谈话", "D26-02", "D-26")


def _mentors(case: StepCase) -> Iterator[Finding]:
    yield from _full_members(case, "mentors", "培养联系人", "D26-03-mentors", "D-28")


def _sponsors(case: StepCase) -> Iterator[Finding]:
    yield from _full_members(case, "sponsors", "入党介绍人", "D26-06-sponsors", "D-31")


def _candidate(case: StepCase) -> Iterator[Finding]:
    """D-29, D26-04: not before a year as an activist; D26-05: not before the notice has run."""
    months, activist_on = case.number("least_months", "D26-04", "D-29"), case.procedure.done_on("activist")
    if months is not None and activist_on is not None and case.day < add_months(activist_on, months):
        full_on = add_months(activist_on, months)
        text = f"{activist_on} 确定为积极分子，到 {full_on} 才满 {months} 个月，{case.day} 不能确定为发展对象"
        yield case.finding(Level.ERROR, text, "D26-04", "D-29")
    yield from _noticed(case)


def _noticed(case: StepCase) -> Iterator[Finding]:
    least, notice = case.number("working_days", "D26-05"), case.procedure.entry("candidate_notice")
    if least is None:
        return
    ends_on = notice.day(ENDS_ON)
    if notice.done_on is None or ends_on is None:
        text = f"列为发展对象前须公示不少于 {least} 个工作日，还没有登记公示的起止"
        yield case.finding(Level.ERROR, text, "D26-05")
        return
    if ends_on > case.day:
        text = f"公示到 {ends_on} 才结束，{case.day} 不能确定为发展对象"
        yield case.finding(Level.ERROR, text, "D26-05")
    yield from notice_faults(case, notice, least, Level.ERROR, "D26-05")


def _notice(case: StepCase) -> Iterator[Finding]:
    """D26-05; before the revision a notice was local, and only its order is looked at."""
    least = case.number("working_days", "D26-05")
    yield from notice_faults(case, case.entry, least or 0, Level.ERROR, "D26-05")


def _training(case: StepCase) -> Iterator[Finding]:
    """D-33, D26-08: three days or twenty-four hours; nothing entered is only told."""
    days, hours = case.number("days", "D26-08", "D-33"), case.number("hours", "D26-08", "D-33")
    if days is None or hours is None:
        return
    taken, spent = case.entry.number("days"), case.entry.number("hours")
    least = f"不少于 {days} 天或 {hours} 学时"
    if not taken and not spent:
        yield case.finding(Level.WARNING, f"没有登记培训的天数或学时，应{least}", "D26-08", "D-33")
    elif taken < days and spent < hours:
        text = f"短期集中培训 {taken} 天、{spent} 学时，应{least}"
        yield case.finding(Level.ERROR, text, "D26-08", "D-33")


def _meeting(case: StepCase) -> Iterator[Finding]:
    yield from _within(case, "preliminary_review", "months", "召开支部大会", "D26-10", "D-35")
    yield from failed_vote(case, Level.WARNING)


def _approval(case: StepCase) -> Iterator[Finding]:
    """D-24, D26-12: three months from the meeting, in special cases six; never before the resolution."""
    met_on = case.procedure.done_on("meeting")
    if met_on is None:
        yield case.finding(Level.ERROR, "没有登记支部大会讨论接收的日期，预备期无从算起", "D-01", "D26-14")
    elif case.day < met_on:
        text = f"审批日期 {case.day} 早于支部大会通过的 {met_on}"
        yield case.finding(Level.ERROR, text, "D-24", "D26-12")
    else:
        if case.entry.text("outcome") == APPROVED:
            yield from failed_vote(case, Level.ERROR)
        key = "special_months" if case.entry.flag("special") else "months"
        yield from _within(case, "meeting", key, "审批接收决议", "D-24", "D26-12")


def _within(case: StepCase, after: str, key: str, what: str, *rule_ids: str) -> Iterator[Finding]:
    """A limit in calendar months that was passed."""
    months, begun_on = case.number(key, *rule_ids), case.procedure.done_on(after)
    if months is None or begun_on is None:
        return
    last_on = add_months(begun_on, months)
    if case.day > last_on:
        text = (
            f"{what}应在 {months} 个月内（{last_on} 前），实际 {case.day}，晚 {(case.day - last_on).days} 天"
        )
        yield case.finding(Level.WARNING, text, *rule_ids)


def _full_members(case: StepCase, key: str, word: str, *rule_ids: str) -> Iterator[Finding]:
    """So many full members on the day; a name that is not in the roster can only be told."""
    people = case.entry.people.get(key, ())
    least, most = case.number("least", *rule_ids), case.number("most", *rule_ids)
    if least is None or most is None:
        return
    names = {each.person_id or each.name for each in people}
    if not least <= len(names) <= most:
        wanted = f"{least} 名" if least == most else f"{least} 至 {most} 名"
        yield case.finding(Level.ERROR, f"{word}应为 {wanted}正式党员，所填 {len(names)} 名", *rule_ids)
    for each in people:
        yield from _full_member(case, each, word, case.day, *rule_ids)


def _full_member(case: StepCase, named: PersonRef, word: str, day: date, *rule_ids: str) -> Iterator[Finding]:
    if case.person is not None and named.person_id == case.person.id:
        yield case.finding(Level.ERROR, f"{word}不能是本人", *rule_ids)
    elif named.person_id is None or named.person_id not in case.roster.person_by_id:
        text = f"{word}{named.name}不在花名册中，是否为正式党员请自行核对"
        yield case.finding(Level.WARNING, text, *rule_ids)
    else:
        standing = case.roster.standing_on(named.person_id, day)
        if standing is None:
            text = f"花名册中没有{word}{named.name}在 {day} 的身份，请核对"
            yield case.finding(Level.WARNING, text, *rule_ids)
        elif standing != Standing.FULL:
            text = f"{word}{named.name}在 {day} 不是正式党员"
            yield case.finding(Level.ERROR, text, *rule_ids)


CHECKS: Mapping[str, tuple[StepFindings, ...]] = {
    "application": (_age,),
    "talk": (_talk,),
    "mentors": (_mentors,),
    "candidate_notice": (_notice,),
    "candidate": (_candidate,),
    "sponsors": (_sponsors,),
    "training": (_training,),
    "meeting": (_meeting,),
    "approval": (_approval,),
}
