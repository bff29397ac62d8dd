"""The arithmetic of one meeting: due, present, who votes, whether it may decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from branchbook.domain.records import (
    Attendance,
    DecisionKind,
    FrozenCount,
    Presence,
    Record,
)
from branchbook.domain.rights import Reason, exclusion_applies, rights_on
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.voting import Quorum, quorum


@dataclass(frozen=True, slots=True)
class Count:
    """What the attendance of a record adds up to.

    ``voters`` are the members in the base of votes; ``reasons`` say for the others why they are not.
    ``rate_permille`` is present ÷ due in thousandths, rounded half up; 0 where nobody is due.
    ``quorum`` is None for kinds that decide nothing.
    """

    due: int
    present: int
    on_leave: int
    absent: int
    excluded: int
    voters: frozenset[UUID]
    due_votes: int
    present_votes: int
    reasons: Mapping[UUID, tuple[Reason, ...]]
    quorum: Quorum | None

    @property
    def rate_permille(self) -> int:
        """Attendance in thousandths."""
        return (2000 * self.present + self.due) // (2 * self.due) if self.due else 0

    def votes(self, person_id: UUID) -> bool:
        """Whether the person is in the base of votes of this meeting."""
        return person_id in self.voters

    @property
    def sentence(self) -> str:
        """The line under the grid: 应到 23 名，实到 19 名，到会率 82.6%。 and whether it may vote."""
        rate = f"{self.rate_permille // 10}.{self.rate_permille % 10}%"
        line = f"应到 {self.due} 名，实到 {self.present} 名，到会率 {rate}"
        return f"{line}。{self.quorum.sentence}" if self.quorum else line

    @property
    def article(self) -> str:
        """The article of the quorum, empty where none applies."""
        return self.quorum.article if self.quorum else ""

    @property
    def frozen(self) -> FrozenCount:
        """The numbers as they are kept when the record is finalised."""
        needed, met = (self.quorum.needed, self.quorum.met) if self.quorum else (0, True)
        return FrozenCount(
            due=self.due,
            present=self.present,
            due_votes=self.due_votes,
            present_votes=self.present_votes,
            on_leave=self.on_leave,
            absent=self.absent,
            excluded=self.excluded,
            quorum_needed=needed,
            quorum_met=met,
            sentence=self.sentence,
            article=self.article,
        )


def strictest(record: Record, default: DecisionKind | None) -> DecisionKind | None:
    """The kind of decision whose quorum the meeting as a whole is measured by.

    An election asks for four fifths, acceptance and conversion for more than half; a meeting that
    takes such a vote must satisfy it. A disposal by a general meeting wants what its ordinary decisions
    want. Without votes it is the kind's ordinary decision.
    """
    order = [DecisionKind.ELECTION, DecisionKind.CONVERSION, DecisionKind.ACCEPTANCE]
    if default == DecisionKind.ORDINARY:
        order.append(DecisionKind.DISPOSAL)
    taken = {item.vote.decision for item in record.agenda if item.vote is not None}
    return next((kind for kind in order if kind in taken), default)


def count(
    record: Record,
    roster: Roster,
    rulebook: Rulebook,
    default: DecisionKind | None,
    *,
    in_admission_meetings: bool = False,
    frozen_votes: Mapping[UUID, bool] | None = None,
) -> Count:
    """Add up a record's attendance on its day.

    ``rulebook`` is the one in force on that day. A record without a day is not measured by a quorum yet.
    ``default`` is the kind's ordinary decision (None: it decides nothing). ``frozen_votes`` holds who was
    in the base when the record was finalised; a correction counts with it, so that 应到 never changes
    because the roster did. Where the committee decides and others sit in as well (a Party lesson in its
    meeting), only its members are in the base (支部工作条例 第十二条).
    """
    decision = strictest(record, default)
    day = record.held_on
    voters, reasons = set(), {}
    committee = _committee(record, roster) if default == DecisionKind.COMMITTEE else None
    excluded = _excluded(record, decision, rulebook, in_admission_meetings)
    for line in record.attendance:
        why = _why_not(line, roster, record, rulebook, frozen_votes, committee) if day else ()
        if why:
            reasons[line.person_id] = why
        elif line.person_id not in excluded:
            voters.add(line.person_id)
    counted = [line for line in record.attendance if line.person_id not in excluded]
    present_votes = sum(
        1 for line in counted if line.presence == Presence.PRESENT and line.person_id in voters
    )
    measured = quorum(decision, len(voters), present_votes, rulebook) if decision and day else None
    return Count(
        due=len(counted),
        present=_number(counted, Presence.PRESENT),
        on_leave=_number(counted, Presence.ON_LEAVE),
        absent=_number(counted, Presence.ABSENT) + _number(counted, Presence.EXCLUDED),
        excluded=len(excluded),
        voters=frozenset(voters),
        due_votes=len(voters),
        present_votes=present_votes,
        reasons=reasons,
        quorum=measured,
    )


def _why_not(
    line: Attendance,
    roster: Roster,
    record: Record,
    rulebook: Rulebook,
    frozen_votes: Mapping[UUID, bool] | None,
    committee: frozenset[UUID] | None,
) -> tuple[Reason, ...]:
    if frozen_votes is not None and line.person_id in frozen_votes:
        return () if frozen_votes[line.person_id] else (Reason("定稿时不计入有表决权人数"),)
    if line.person_id not in roster.person_by_id:
        return (Reason("不在名册中"),)
    if committee and line.person_id not in committee:
        return (Reason("不是本委员会的委员"),)
    assert record.held_on is not None
    return rights_on(roster, line.person_id, record.held_on, rulebook).reasons


def _committee(record: Record, roster: Roster) -> frozenset[UUID]:
    """Members of the committee on the day of the record; empty where none is in office."""
    if record.held_on is None or record.organisation_id not in roster.organisation_by_id:
        return frozenset()
    return frozenset(each.id for each in roster.committee_on(record.organisation_id, record.held_on))


def _excluded(
    record: Record, decision: DecisionKind | None, rulebook: Rulebook, in_admission_meetings: bool
) -> frozenset[UUID]:
    """Members marked as excluded whose exclusion really applies to this meeting."""
    marked = {line.person_id for line in record.attendance if line.presence == Presence.EXCLUDED}
    return frozenset(
        each.person_id
        for each in record.exclusions
        if each.person_id in marked
        and exclusion_applies(
            each, decision, rulebook, in_admission_meetings=in_admission_meetings, day=record.held_on
        )
    )


def _number(lines: list[Attendance], presence: Presence) -> int:
    return sum(1 for line in lines if line.presence == presence)
