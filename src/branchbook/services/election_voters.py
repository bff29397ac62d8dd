"""Who votes in an election: computed from the roster of the day, person by person, until 应到 is frozen.

Exclusions X1–X6 are entered in the procedure, so that they hold for this election and no other meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.ballots import BallotRound, Voter
from branchbook.domain.election_arithmetic import quorum_election
from branchbook.domain.elections import (
    COMMITTEE_MEETING,
    GENERAL_MEETING,
    cited,
    day_of,
    has_ballots,
    meeting_day,
)
from branchbook.domain.electorate import (
    VoterCounts,
    counts_of,
    differences,
    voter_of,
    with_entries,
)
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rights import rights_on
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.voting import Quorum
from branchbook.services.election_outcomes import committee_voters
from branchbook.services.election_results import voided
from branchbook.services.election_voter_guards import (
    refuse_after_freeze,
    refuse_counted,
    refuse_day,
    refuse_faulty,
    refuse_frozen,
)
from branchbook.services.election_votes import vote_passed
from branchbook.services.guards import cleaned, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading

__all__ = [
    "VoterCounts",
    "election_quorum",
    "freeze_voters",
    "mark_all_present",
    "mark_presence",
    "reopen_voters",
    "roster_changes",
    "set_voter",
    "take_snapshot",
    "voter_counts",
    "voters_on",
]


def voters_on(reading: Reading, procedure: Procedure, day: date) -> tuple[Voter, ...]:
    """Every member on a day, each with the right to elect or the reason why not and its article.

    A general branch's members are those of all its branches (基层组织选举工作条例 第五条).
    """
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    return tuple(
        voter_of(person, rights_on(roster, person.id, day, rules))
        for person in roster.members_on(procedure.organisation_id, day)
    )


def voter_counts(procedure: Procedure) -> VoterCounts:
    """应到, 实到 and those who are not counted, from the snapshot."""
    return counts_of(procedure.voters)


def take_snapshot(book: Book, procedure_id: UUID, day: date, actor: Actor) -> Outcome[Procedure]:
    """Ask the roster of a day who may vote. Exclusions and presence that were entered before stay.

    Raises RefusedProblem once 应到 is frozen, and for a day on which there are no members.
    """

    def taken(reading: Reading, procedure: Procedure) -> Procedure:
        refuse_frozen(procedure)
        before = {each.person_id: each for each in procedure.voters}
        voters = voters_on(reading, procedure, day)
        if not voters:
            raise RefusedProblem(f"{day} 名册中没有党员", _place(reading, procedure), "请核对日期和名册")
        return replace(
            procedure, voters=tuple(with_entries(each, before.get(each.person_id)) for each in voters)
        )

    return _change(book, procedure_id, actor, "核定选举权人", taken)


def set_voter(book: Book, procedure_id: UUID, voter: Voter, actor: Actor) -> Outcome[Procedure]:
    """Keep one voter's exclusion with its two approvals, and presence. The right itself is the roster's.

    After the freeze only the presence of those due changes, until ballots are counted. Raises RefusedProblem
    for anything else, for a consent dated after the meeting, and for someone excluded who came (X1–X6).
    """
    voter = cleaned(voter)

    def entered(reading: Reading, procedure: Procedure) -> Procedure:
        stored = _stored(procedure, voter.person_id)
        changed = with_entries(stored, voter)
        refuse_after_freeze(reading, procedure, stored, changed)
        refuse_faulty((changed,), meeting_day(procedure), _rules(reading, procedure))
        return _with_voters(procedure, {voter.person_id: changed})

    return _change(book, procedure_id, actor, f"登记选举权人：{voter.name}", entered)


def mark_presence(
    book: Book, procedure_id: UUID, present: Mapping[UUID, bool], actor: Actor
) -> Outcome[Procedure]:
    """Who of several voters came, as one operation.

    Raises RefusedProblem as ``set_voter`` does, for all of them or none.
    """

    def entered(reading: Reading, procedure: Procedure) -> Procedure:
        changed: dict[UUID, Voter] = {}
        for person_id, came in present.items():
            stored = _stored(procedure, person_id)
            changed[person_id] = replace(stored, present=came)
            refuse_after_freeze(reading, procedure, stored, changed[person_id])
        refuse_faulty(changed.values(), meeting_day(procedure), _rules(reading, procedure))
        return _with_voters(procedure, changed)

    return _change(book, procedure_id, actor, f"登记到会：{len(present)} 人", entered)


def mark_all_present(book: Book, procedure_id: UUID, actor: Actor) -> Outcome[Procedure]:
    """Everyone who is due came. Raises RefusedProblem once ballots are counted."""

    def entered(reading: Reading, procedure: Procedure) -> Procedure:
        refuse_counted(reading, procedure)
        due = {each.person_id: replace(each, present=True) for each in procedure.voters if each.is_due}
        return _with_voters(procedure, due)

    return _change(book, procedure_id, actor, "登记全部到会", entered)


def freeze_voters(book: Book, procedure_id: UUID, day: date, actor: Actor) -> Outcome[Procedure]:
    """From the meeting's ``day`` on 应到 no longer changes, whatever the roster does later.

    Raises RefusedProblem without a snapshot, where the roster of that day differs from it, for a day after
    today or other than the meeting's, for a consent later than the meeting, and where the meeting voted the
    exclusions down.
    """

    def frozen(reading: Reading, procedure: Procedure) -> Procedure:
        refuse_frozen(procedure)
        refuse_day(procedure, day, actor)
        if not any(each.is_due for each in procedure.voters):
            raise RefusedProblem("还没有核定选举权人", "应到与不计入", "请先按当日名册核定")
        changed = differences(procedure.voters, voters_on(reading, procedure, day))
        if changed:
            raise RefusedProblem(
                f"名册与核定的不同：{'；'.join(changed[:8])}", f"{day}", "请重新核定后再冻结"
            )
        rules = rulebook_of(reading).on(day)
        refuse_faulty(procedure.voters, day, rules)
        excluded = [each.name for each in procedure.voters if each.has_right and each.is_excluded]
        if excluded and vote_passed(reading, procedure, "opening", "exclusions") is False:
            said = cited(rules, "X1", f"大会没有通过不计入应到会人员：{'、'.join(excluded)}")
            raise RefusedProblem(said, "大会开幕", "请取消不计入，或更正表决结果")
        return replace(procedure, voters_frozen_on=day)

    return _change(book, procedure_id, actor, "冻结应到人数", frozen)


def reopen_voters(book: Book, procedure_id: UUID, reason: str, actor: Actor) -> Outcome[Procedure]:
    """Lift the freeze for a meeting that is held anew: too few came (E-17), or its election was void (E-26).

    Raises RefusedProblem without a reason, and while a count of the general meeting stands.
    """
    if not reason.strip():
        raise RefusedProblem("重新核定应到人数需要写明原因", "", "如：到会不足五分之四，另行召开大会")

    def reopened(reading: Reading, procedure: Procedure) -> Procedure:
        if procedure.voters_frozen_on is None:
            raise RefusedProblem("应到人数没有冻结", "", "可以直接修改")
        if any(
            each.step == GENERAL_MEETING and not voided(reading, procedure, each) for each in procedure.rounds
        ):
            raise RefusedProblem("已有大会的计票，应到人数不能再改", "投票计票", "选举无效的，先确认无效")
        return replace(
            procedure,
            voters_frozen_on=None,
            voters=tuple(replace(each, present=None, approved_by_meeting=False) for each in procedure.voters),
        )

    return _change(book, procedure_id, actor, "重新核定应到人数", reopened, reason)


def roster_changes(reading: Reading, procedure: Procedure, day: date | None = None) -> tuple[str, ...]:
    """What the roster of the meeting's day says otherwise than the snapshot; told, never applied after the freeze."""
    on = day or procedure.voters_frozen_on or _snapshot_day(procedure)
    if on is None or not procedure.voters:
        return ()
    return differences(procedure.voters, voters_on(reading, procedure, on))


def election_quorum(reading: Reading, procedure: Procedure, step: str = "opening") -> Quorum:
    """Whether enough voters came: not fewer than four fifths of those due (E-17).

    The committee's own meeting has its own quorum: its members, less those entered as absent.
    """
    rules = rulebook_of(reading).on(day_of(procedure, step))
    counts = voter_counts(procedure)
    if step == COMMITTEE_MEETING:
        counts = counts_of(committee_voters(reading, procedure))
    return quorum_election(counts.due, counts.present, rules)


def _change(
    book: Book,
    procedure_id: UUID,
    actor: Actor,
    label: str,
    change: Callable[[Reading, Procedure], Procedure],
    reason: str = "",
) -> Outcome[Procedure]:
    with operate(book, actor, label, reason=reason) as operating:
        procedure = open_in(operating.writing, procedure_id)
        changed = change(operating.writing, procedure)
        if changed != procedure:
            operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def _with_voters(procedure: Procedure, changed: dict[UUID, Voter]) -> Procedure:
    """With some voters anew; a count that has not begun follows the number present."""
    voters = tuple(changed.get(each.person_id, each) for each in procedure.voters)
    present = counts_of(voters).present

    def following(voting: BallotRound) -> BallotRound:
        if voting.step != GENERAL_MEETING or has_ballots(voting):
            return voting
        return replace(voting, present=present, issued=present)

    return replace(procedure, voters=voters, rounds=tuple(map(following, procedure.rounds)))


def _stored(procedure: Procedure, person_id: UUID) -> Voter:
    found = next((each for each in procedure.voters if each.person_id == person_id), None)
    if found is None:
        raise RefusedProblem("这个人不在核定的名单中", "", "请先按当日名册核定")
    return found


def _snapshot_day(procedure: Procedure) -> date | None:
    planned = procedure.entry("decision").day("planned_on")
    return meeting_day(procedure) or procedure.done_on("voters") or planned


def _rules(reading: Reading, procedure: Procedure) -> Rulebook:
    return rulebook_of(reading).on(day_of(procedure))


def _place(reading: Reading, procedure: Procedure) -> str:
    return still_there(reading, Organisation, procedure.organisation_id, "这个组织").name
