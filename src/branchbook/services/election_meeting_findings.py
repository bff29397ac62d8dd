"""What the rules say about the two meetings of an election: who came, what was voted, what the ballots came to."""

from __future__ import annotations

from collections.abc import Iterator

from branchbook.catalogue.procedures.elections import WITH_COMMITTEE
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, day_of, kinds_of
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.election_outcomes import election_outcome
from branchbook.services.election_results import held_rounds
from branchbook.services.election_scrutineers import scrutineer_findings
from branchbook.services.election_voters import election_quorum
from branchbook.services.election_votes import vote_decision, vote_passed
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

_DISAGREEMENT = "E-28"
"""Where the two bases give two answers it is said of every ballot, not only of the last."""


def opening_findings(reading: Reading, procedure: Procedure) -> Iterator[Finding]:
    """Whether enough voters came (E-17), and what the meeting passed."""
    rules = rulebook_of(reading).on(day_of(procedure, "opening"))
    if any(each.present is not None for each in procedure.voters):
        quorum = election_quorum(reading, procedure)
        level = Level.INFO if quorum.met else Level.ERROR
        yield finding(level, rules, "E-17", quorum.sentence)
    elif procedure.is_done("opening"):
        yield finding(Level.WARNING, rules, "E-17", "还没有登记到会情况")
    yield from _votes(reading, procedure, "opening", {"work_report": "B-13", "exclusions": "X1"})


def method_findings(reading: Reading, procedure: Procedure) -> Iterator[Finding]:
    """The election's own rules and the scrutineers are passed by the meeting (E-37, E-20)."""
    yield from _votes(reading, procedure, "method", {"method": "E-37", "scrutineers": "E-20"})
    if procedure.is_done("method"):
        rules, spec = rulebook_of(reading).on(day_of(procedure, "method")), shape_of(procedure.shape)
        step = spec.step("method")
        votes = {each.key: each.label for each in step.votes} if step else {}
        missing = [votes[key] for key in votes if key not in procedure.entry("method").votes]
        if missing:
            yield finding(Level.WARNING, rules, "E-37", f"没有登记表决：{'、'.join(missing)}")
    yield from scrutineer_findings(reading, procedure, "method")


def committee_meeting_findings(reading: Reading, procedure: Procedure) -> Iterator[Finding]:
    """The first meeting: chaired by someone newly elected (E-18), with its own quorum and its own ballots."""
    entry = procedure.entry(COMMITTEE_MEETING)
    rules = rulebook_of(reading).on(day_of(procedure, COMMITTEE_MEETING))
    elected = {each.person_id for each in election_outcome(reading, procedure).committee}
    outside = [each.name for each in entry.people.get("chair", ()) if each.person_id not in elected]
    if elected and outside:
        text = f"主持人{'、'.join(outside)}不是新当选的委员；由上届委员会推荐一名新当选的委员主持"
        yield finding(Level.WARNING, rules, "E-18", text)
    if elected and not election_quorum(reading, procedure, COMMITTEE_MEETING).met:
        quorum = election_quorum(reading, procedure, COMMITTEE_MEETING)
        yield finding(Level.ERROR, rules, "E-17", quorum.sentence)
    yield from scrutineer_findings(reading, procedure, COMMITTEE_MEETING)
    yield from round_findings(reading, procedure, COMMITTEE_MEETING)


def round_findings(reading: Reading, procedure: Procedure, step: str) -> Iterator[Finding]:
    """Errors and warnings of the ballots of a step as they stand now: the last of each kind decides."""
    rules = rulebook_of(reading).on(day_of(procedure, step))
    own = [each for each in procedure.rounds if each.step == step]
    if procedure.is_done(step) and not any(each.is_confirmed for each in own):
        if own or step != COMMITTEE_MEETING:
            yield finding(Level.WARNING, rules, "E-25", "计票还没有由监票人确认")
    elif procedure.is_done(step) and not all(each.is_confirmed for each in own):
        yield finding(Level.WARNING, rules, "E-25", "还有一次投票的计票没有确认")
    done_on = procedure.done_on(step)
    days = {each.held_on for each in own if each.is_confirmed}
    if done_on is not None and days and done_on not in days:
        text = f"填写的日期 {done_on} 与投票的日期 {'、'.join(map(str, sorted(days)))} 不同"
        yield finding(Level.WARNING, rules, "E-25", text)
    if step == GENERAL_MEETING:
        yield from _small_committee(reading, procedure, rules)
    for kind in kinds_of(shape_of(procedure.shape), step):
        rounds = [each for each in held_rounds(reading, procedure, kind) if each.voting.step == step]
        for held in rounds:
            last = held is rounds[-1]
            for each in held.result.findings:
                told = each.level is Level.ERROR or (each.level is Level.WARNING and not held.reduced)
                if told and (last or each.rule == _DISAGREEMENT):
                    yield each


def _small_committee(reading: Reading, procedure: Procedure, rules: Rulebook) -> Iterator[Finding]:
    """Seats may be given up near their number only (E-33): a branch's committee has three members at least (B-33)."""
    rule = rules.find("B-33")
    rounds = held_rounds(reading, procedure, ElectionKind.COMMITTEE)
    elected = len(election_outcome(reading, procedure).committee)
    if procedure.shape != WITH_COMMITTEE.key or rule is None or not rounds or not rounds[-1].reduced:
        return
    least = rule.number("least")
    if elected < least:
        text = f"减少名额后委员 {elected} 名，支部委员会不少于 {least} 名，请另行选举或报上级确认"
        yield finding(Level.WARNING, rules, "B-33", text)


def _votes(reading: Reading, procedure: Procedure, step: str, rule_ids: dict[str, str]) -> Iterator[Finding]:
    """Votes of a step that failed, or whose numbers cannot be."""
    spec = shape_of(procedure.shape).step(step)
    rules = rulebook_of(reading).on(day_of(procedure, step))
    for vote in spec.votes if spec else ():
        decision = vote_decision(reading, procedure, step, vote.key)
        if decision is None or not procedure.voters:
            continue
        for fault in decision.faults:
            yield finding(Level.ERROR, rules, rule_ids[vote.key], f"{vote.label}：{fault}")
        if not decision.faults and vote_passed(reading, procedure, step, vote.key) is False:
            yield finding(Level.ERROR, rules, rule_ids[vote.key], f"{vote.label}：{decision.sentence}")
