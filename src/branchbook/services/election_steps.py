"""When a step of an election may be called done: the days agree, and no count is left open."""

from __future__ import annotations

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import following
from branchbook.domain.ballots import ElectionKind
from branchbook.domain.candidacy import standing
from branchbook.domain.elections import (
    COMMITTEE_MEETING,
    GENERAL_MEETING,
    KIND_WORDS,
    cited,
    kinds_of,
    seats_of,
)
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.election_results import held_rounds
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading


def check_opening(_: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Once 应到 is frozen, the meeting was opened on that day."""
    frozen = procedure.voters_frozen_on
    if entry.done_on is not None and frozen is not None and entry.done_on != frozen:
        raise RefusedProblem(
            f"应到人数已按 {frozen} 冻结，大会日期不能改为 {entry.done_on}",
            "大会开幕",
            "请核对日期，或先重新核定应到人数",
        )


def check_count(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """The ballots of the general meeting are counted, confirmed, and fill the seats, or a reason says why not."""
    if entry.done_on is None:
        return
    _refuse_open(procedure, entry)
    rounds = [each for each in procedure.rounds if each.step == GENERAL_MEETING]
    _refuse_earlier(procedure, entry)
    if entry.reason.strip():
        return
    if not rounds:
        raise ReasonProblem("还没有计票", "投票计票", "请先计票并确认；没有计票资料的，写明原因")
    for kind in kinds_of(shape_of(procedure.shape), GENERAL_MEETING):
        chain = held_rounds(reading, procedure, kind)
        _refuse_no_ballot(procedure, kind, balloted=bool(chain))
        names = [each.name for each in standing(procedure, kind)]
        rules = rulebook_of(reading).on(entry.done_on)
        wanted = following(chain, names, rules)
        if wanted is not None:
            raise ReasonProblem(wanted.sentence, "投票计票", "请继续投票；不再选举的，写明原因")


def _refuse_no_ballot(procedure: Procedure, kind: ElectionKind, *, balloted: bool) -> None:
    """A post that only the general meeting elects is balloted there; in a by-election only what is vacant."""
    shape = shape_of(procedure.shape)
    elsewhere = kind in kinds_of(shape, COMMITTEE_MEETING)
    if balloted or elsewhere or not seats_of(procedure, kind):
        return
    raise ReasonProblem(f"还没有选举{KIND_WORDS[kind]}", "投票计票", "请投票并确认计票；不再选举的，写明原因")


def check_committee_meeting(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """The committee meets after it was elected, and leaves no count open (第二十条)."""
    if entry.done_on is None:
        return
    _refuse_open(procedure, entry)
    _refuse_earlier(procedure, entry)
    elected_on = procedure.voters_frozen_on or procedure.done_on(GENERAL_MEETING)
    if elected_on is not None and entry.done_on < elected_on:
        rules = rulebook_of(reading).on(entry.done_on)
        said = cited(rules, "E-18", f"早于选举大会的日期 {elected_on}")
        raise RefusedProblem(said, f"{entry.done_on}", "新当选的委员在大会之后开会，请核对日期")


def _refuse_open(procedure: Procedure, entry: StepEntry) -> None:
    if any(each.step == entry.step and not each.is_confirmed for each in procedure.rounds):
        name = "支委会选举" if entry.step == COMMITTEE_MEETING else "投票计票"
        raise RefusedProblem("还有一轮投票没有确认", name, "请先由监票人确认计票，或删去这一轮")


def _refuse_earlier(procedure: Procedure, entry: StepEntry) -> None:
    days = [each.held_on for each in procedure.rounds if each.step == entry.step]
    if days and entry.done_on is not None and entry.done_on < max(days):
        raise RefusedProblem(f"早于投票的日期 {max(days)}", f"{entry.done_on}", "请核对日期")
