"""Where an election stands, side states included: invalid meeting, void ballot, tie, fewer seats, more time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from branchbook.catalogue.procedures.election_steps import APPROVED
from branchbook.catalogue.procedures.elections import BY_ELECTION, TERM_EXTENSION
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import HeldRound
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, KIND_WORDS, kinds_of
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.election_results import held_rounds
from branchbook.services.election_voters import election_quorum
from branchbook.services.store import Reading
from branchbook.services.term_dates import TermDates


class ElectionState(StrEnum):
    """The states of an election in their order (选举条例), then those beside the way."""

    PLANNED = "planned"
    DECIDED = "decided"
    REQUESTED = "requested"
    AGREED = "agreed"
    NOMINATED = "nominated"
    CANDIDATES_APPROVED = "candidates_approved"
    VOTERS_SET = "voters_set"
    OPENED = "opened"
    METHOD_PASSED = "method_passed"
    COUNTING = "counting"
    COUNTED = "counted"
    COMMITTEE_MET = "committee_met"
    REPORTED = "reported"
    APPROVED = "approved"
    FILED = "filed"
    MEETING_INVALID = "meeting_invalid"
    ELECTION_INVALID = "election_invalid"
    FURTHER_BALLOT = "further_ballot"
    TIE_BALLOT = "tie_ballot"
    FEWER_SEATS = "fewer_seats"
    POSTPONED = "postponed"
    REFUSED = "refused"
    ABANDONED = "abandoned"


STATE_WORDS: Mapping[ElectionState, str] = {
    ElectionState.PLANNED: "拟换届",
    ElectionState.DECIDED: "已研究",
    ElectionState.REQUESTED: "已请示",
    ElectionState.AGREED: "上级已批复同意",
    ElectionState.NOMINATED: "已推荐候选人",
    ElectionState.CANDIDATES_APPROVED: "上级已同意候选人",
    ElectionState.VOTERS_SET: "已核定应到",
    ElectionState.OPENED: "大会已开幕",
    ElectionState.METHOD_PASSED: "已通过选举办法",
    ElectionState.COUNTING: "正在投票计票",
    ElectionState.COUNTED: "已宣布当选",
    ElectionState.COMMITTEE_MET: "委员会已开第一次会议",
    ElectionState.REPORTED: "已报告结果",
    ElectionState.APPROVED: "上级已批复结果",
    ElectionState.FILED: "已归档",
    ElectionState.MEETING_INVALID: "会议无效",
    ElectionState.ELECTION_INVALID: "选举无效，须重新投票",
    ElectionState.FURTHER_BALLOT: "另行选举",
    ElectionState.TIE_BALLOT: "平票再次投票",
    ElectionState.FEWER_SEATS: "减少名额",
    ElectionState.POSTPONED: "已批准延期",
    ElectionState.REFUSED: "书记、副书记未获批准",
    ElectionState.ABANDONED: "已终止",
}

_AFTER_STEP = {
    "decision": ElectionState.DECIDED,
    "request": ElectionState.REQUESTED,
    "reply": ElectionState.AGREED,
    "nomination": ElectionState.NOMINATED,
    "candidate_approval": ElectionState.CANDIDATES_APPROVED,
    "voters": ElectionState.VOTERS_SET,
    "opening": ElectionState.OPENED,
    "method": ElectionState.METHOD_PASSED,
    "count": ElectionState.COUNTED,
    "first_meeting": ElectionState.COMMITTEE_MET,
    "result_report": ElectionState.REPORTED,
    "result_reply": ElectionState.APPROVED,
    "filing": ElectionState.FILED,
}
_ORDER = list(ElectionState)
_MEETING_RULE = "E-17"


def election_state(
    reading: Reading, procedure: Procedure, dates: TermDates | None = None
) -> tuple[ElectionState, str]:
    """The state of an election and its words, the number or day that matters included.

    ``dates`` are those of the term that it ends. The last step that is done decides; what happened at a
    ballot comes before it until its step is done, and an approved extension until the meeting is opened.
    """
    if procedure.state is ProcedureState.ABANDONED:
        return ElectionState.ABANDONED, STATE_WORDS[ElectionState.ABANDONED]
    if procedure.shape == TERM_EXTENSION.key:
        return _extension_state(procedure)
    reached = _reached(procedure)
    if not procedure.is_open:
        return reached, STATE_WORDS[reached]
    beside = next(_beside(reading, procedure, reached), None)
    if beside is not None:
        return beside
    words = _words(procedure, reached)
    extended = dates.extended_words if dates else ""
    if extended and _ORDER.index(reached) < _ORDER.index(ElectionState.OPENED):
        return ElectionState.POSTPONED, f"{words}，{extended}"
    return reached, f"{words}（减少名额）" if _gave_up_seats(reading, procedure) else words


def _reached(procedure: Procedure) -> ElectionState:
    """By the last step of the shape that is done; the update of the roster says nothing about the election."""
    reply = procedure.entry("result_reply")
    filed = procedure.is_done("filing")
    if reply.done_on is not None and reply.text("outcome") != APPROVED and not filed:
        return ElectionState.REFUSED
    done = [key for key in _AFTER_STEP if procedure.is_done(key)]
    reached = _AFTER_STEP[done[-1]] if done else ElectionState.PLANNED
    counting = reached is ElectionState.METHOD_PASSED and procedure.rounds
    return ElectionState.COUNTING if counting else reached


def _words(procedure: Procedure, state: ElectionState) -> str:
    if state is ElectionState.PLANNED and procedure.shape == BY_ELECTION.key:
        return "拟补选"
    return STATE_WORDS[state]


def _extension_state(procedure: Procedure) -> tuple[ElectionState, str]:
    reply = procedure.entry("reply")
    if reply.done_on is not None:
        approved = reply.text("outcome") == APPROVED
        state = ElectionState.POSTPONED if approved else ElectionState.REFUSED
        return state, "已批准延期" if approved else "延期未获批准"
    if procedure.is_done("request"):
        return ElectionState.REQUESTED, STATE_WORDS[ElectionState.REQUESTED]
    return ElectionState.PLANNED, "拟延期"


def _beside(
    reading: Reading, procedure: Procedure, reached: ElectionState
) -> Iterator[tuple[ElectionState, str]]:
    """What a meeting or a ballot has come to, where the way does not simply go on."""
    shape = shape_of(procedure.shape)
    for step in (GENERAL_MEETING, COMMITTEE_MEETING):
        if procedure.is_done(step) or reached is ElectionState.REFUSED:
            continue
        for kind in kinds_of(shape, step):
            rounds = [each for each in held_rounds(reading, procedure, kind) if each.voting.step == step]
            if rounds and (found := _of_round(rounds[-1])) is not None:
                yield found[0], f"{KIND_WORDS[kind]}：{found[1]}"
    if not procedure.rounds and any(each.present is not None for each in procedure.voters):
        quorum = election_quorum(reading, procedure)
        if not quorum.met:
            yield _meeting_invalid(quorum.due, quorum.present, quorum.needed)


def _of_round(held: HeldRound) -> tuple[ElectionState, str] | None:
    if held.is_void:
        if any(each.rule == _MEETING_RULE for each in held.result.findings) and not held.result.quorum.met:
            quorum = held.result.quorum
            return _meeting_invalid(quorum.due, quorum.present, quorum.needed)
        return ElectionState.ELECTION_INVALID, STATE_WORDS[ElectionState.ELECTION_INVALID]
    if held.result.tie:
        return ElectionState.TIE_BALLOT, f"{'、'.join(held.result.tie)}平票，再次投票"
    if held.reduced and held.result.vacant:
        return ElectionState.FEWER_SEATS, f"经选举人同意减少 {held.result.vacant} 个名额"
    if held.open_seats and held.result.valid:
        return ElectionState.FURTHER_BALLOT, f"不足的 {held.open_seats} 个名额另行选举"
    return None


def _meeting_invalid(due: int, present: int, needed: int) -> tuple[ElectionState, str]:
    words = f"会议无效：应到 {due} 名，须到 {needed} 名，实到 {present} 名"
    return ElectionState.MEETING_INVALID, words


def _gave_up_seats(reading: Reading, procedure: Procedure) -> bool:
    shape = shape_of(procedure.shape)
    rounds = (held_rounds(reading, procedure, kind) for kind in kinds_of(shape, GENERAL_MEETING))
    return any(each and each[-1].reduced and each[-1].result.vacant for each in rounds)
