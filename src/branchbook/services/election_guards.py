"""When a ballot may begin: who votes is fixed, enough came, the method is passed, no other count is open."""

from __future__ import annotations

from datetime import date

from branchbook.domain.election_arithmetic import quorum_election
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, cited
from branchbook.domain.electorate import VoterCounts, counts_of
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.services.election_outcomes import committee_voters
from branchbook.services.election_votes import vote_decision, vote_passed
from branchbook.services.operations import Actor
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

_TO_PASS = (("method", "E-37", "选举办法"), ("scrutineers", "E-20", "监票人"))


def round_voters(reading: Reading, procedure: Procedure, step: str, day: date) -> VoterCounts:
    """Who votes in a step: the snapshot of the general meeting, or the committee's members of that day."""
    if step == COMMITTEE_MEETING:
        return counts_of(committee_voters(reading, procedure, day))
    return counts_of(procedure.voters)


def round_day(procedure: Procedure, step: str, actor: Actor, on: date | None) -> date:
    """The day of a ballot: of the freeze for the general meeting; the committee's meeting has its own."""
    if step == GENERAL_MEETING and procedure.voters_frozen_on is not None:
        return procedure.voters_frozen_on
    return on or procedure.done_on(step) or actor.today


def refuse_not_ready(
    reading: Reading, procedure: Procedure, step: str, actor: Actor, on: date | None, reason: str
) -> None:
    """Raises RefusedProblem naming what has to be there before ballots are issued in a step."""
    if any(not each.is_confirmed for each in procedure.rounds):
        raise RefusedProblem("还有一轮投票没有确认", "", "请先确认计票，或删去这一轮")
    if step == GENERAL_MEETING and procedure.voters_frozen_on is None:
        raise RefusedProblem("应到人数还没有冻结", "应到与不计入", "发票之前先清点到会并冻结应到人数")
    day = round_day(procedure, step, actor, on)
    rules = rulebook_of(reading).on(day)
    if step == COMMITTEE_MEETING:
        _refuse_committee(reading, procedure, day, actor, rules)
    else:
        _refuse_method(reading, procedure, rules, reason or procedure.entry(step).reason)
    counts = round_voters(reading, procedure, step, day)
    enough = quorum_election(counts.due, counts.present, rules)
    if not enough.met:
        raise RefusedProblem(
            cited(rules, "E-17", f"会议无效：{enough.sentence}"), f"{day}", "到会不足的，另行召开会议后再选举"
        )


def _refuse_committee(
    reading: Reading, procedure: Procedure, day: date, actor: Actor, rules: Rulebook
) -> None:
    held = [each.held_on for each in procedure.rounds if each.step == GENERAL_MEETING]
    if day > actor.today:
        raise RefusedProblem("会议日期在今天之后", f"{day}", "开会当天再投票")
    if held and day < max(held):
        raise RefusedProblem(
            cited(rules, "E-18", f"早于选举大会的日期 {max(held)}"), f"{day}", "新当选的委员在大会之后开会"
        )
    if not committee_voters(reading, procedure):
        raise RefusedProblem("委员还没有选出", "第一次支委会", "先确认党员大会的计票")


def _refuse_method(reading: Reading, procedure: Procedure, rules: Rulebook, reason: str) -> None:
    """第二十二条 and the regulation's closing chapter: method and scrutineers are passed by the meeting's vote."""
    frozen, passed_on = procedure.voters_frozen_on, procedure.done_on("method")
    if frozen is not None and passed_on is not None and passed_on > frozen:
        raise RefusedProblem(f"选举办法在 {passed_on} 通过，晚于大会日期 {frozen}", "选举办法", "请核对日期")
    where = "选举办法、监计票人"
    for key, rule_id, words in _TO_PASS:
        decision = vote_decision(reading, procedure, "method", key)
        passed = vote_passed(reading, procedure, "method", key)
        if decision is not None and (passed is False or decision.faults):
            sentence = "；".join(decision.faults) or decision.sentence
            raise RefusedProblem(
                cited(rules, rule_id, f"{words}没有通过：{sentence}"), where, "请核对票数或重新表决"
            )
        if (passed is None or passed_on is None) and rules.find(rule_id) and not reason.strip():
            said = cited(rules, rule_id, f"{words}还没有经大会表决通过")
            raise ReasonProblem(said, where, "请先填写表决结果；没有资料的，写明原因")
