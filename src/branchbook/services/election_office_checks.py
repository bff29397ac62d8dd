"""When those elected may take office, and what may not be moved once they did."""

from __future__ import annotations

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import open_seats
from branchbook.domain.elections import GENERAL_MEETING, kinds_of
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.election_outcomes import election_outcome
from branchbook.services.election_results import held_rounds
from branchbook.services.store import Reading

_WHERE = "职务更新"


def check_take_office(reading: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Refuse to update the roster for a void election (E-26), and while a seat is neither filled nor given up.

    Nobody is filled in by ranking (E-32): a seat that nobody got may be left for a by-election, with a reason. Where no
    ballot is on record a reason is enough, and the roster stays as
    it was entered by hand. Once written, only undo takes it back.
    """
    if entry.done_on is None:
        _refuse_moved(procedure, moved=procedure.is_done(entry.step))
        return
    outcome = election_outcome(reading, procedure)
    if outcome.void:
        raise RefusedProblem("选举无效，没有当选人", _WHERE, "请重新投票后再更新职务")
    if not (outcome.committee or outcome.secretary):
        if entry.reason.strip() and not procedure.rounds:
            return  # of long ago: posts and term were entered in the roster by hand
        raise ReasonProblem(
            "还没有当选人",
            _WHERE,
            "请先核对并确认计票结果；没有计票资料的，在名册中登记职务和届次，再写明原因",
        )
    kinds = kinds_of(shape_of(procedure.shape), GENERAL_MEETING)
    vacant = sum(open_seats(held_rounds(reading, procedure, kind)) for kind in kinds)
    if vacant and not entry.reason.strip():
        raise ReasonProblem(
            f"还有 {vacant} 个名额没有选出",
            _WHERE,
            "请另行选举，或登记半数以上选举人同意减少名额；名额留待补选的，写明原因",
        )


def check_election_day(_: Reading, procedure: Procedure, entry: StepEntry) -> None:
    """Refuse to move the day from which the posts in the roster count."""
    written = procedure.is_done("take_office")
    _refuse_moved(procedure, moved=written and entry.done_on != procedure.done_on(entry.step))


def check_abandoned(procedure: Procedure) -> None:
    """Refuse to give up an election whose result stands in the roster."""
    _refuse_moved(procedure, moved=procedure.is_done("take_office"))


def _refuse_moved(procedure: Procedure, *, moved: bool) -> None:
    if moved:
        day = procedure.done_on(GENERAL_MEETING)
        raise RefusedProblem(
            "职务已经更新到名册", f"选举日期 {day}", "请在历史中撤销“职务更新”，名册会一并恢复"
        )
