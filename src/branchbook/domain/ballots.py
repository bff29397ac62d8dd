"""Who votes, who stands, and what was counted: the parts of a procedure in which ballots are cast.

Only totals are kept, never a single ballot and never who cast it (无记名投票, 基层组织选举工作条例 第二十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.people import Post


class ElectionKind(StrEnum):
    """What is elected in one round."""

    COMMITTEE = "committee"
    SECRETARY = "secretary"
    DEPUTY = "deputy"


class Ballot(StrEnum):
    """Which ballot a round is: the first, one for seats left open, or one among the tied."""

    MAIN = "main"
    FURTHER = "further"
    TIE = "tie"


class Base(StrEnum):
    """Of whom more than half must agree: voters present (the default, 待核实) or voters due."""

    PRESENT = "present"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Voter:
    """One member in the snapshot of who may vote, person by person with the reason.

    ``has_right`` is the right to elect on the day; ``reason`` says why it is missing, or what to look at where
    it is not. ``exclusion`` is one of X1–X6 where the member is left
    out of 应到: it then needs the higher organisation's consent and the meeting's approval.
    ``present`` is None until the meeting was opened.
    """

    person_id: UUID
    name: str
    has_right: bool = True
    reason: str = ""
    article: str = ""
    exclusion: str = ""
    consent_document: str = ""
    consented_on: date | None = None
    approved_by_meeting: bool = False
    present: bool | None = None

    @property
    def is_excluded(self) -> bool:
        """Whether both approvals of an exclusion are recorded: a consent with number and day, and the meeting's."""
        consented = bool(self.consent_document.strip()) and self.consented_on is not None
        return bool(self.exclusion) and consented and self.approved_by_meeting

    @property
    def is_due(self) -> bool:
        """Whether the member is counted in 应到会有选举权人数."""
        return self.has_right and not self.is_excluded


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who stands in a round of a kind. Candidates of one kind are kept in the order of the ballot.

    ``nominated_votes`` is what the recommendation ballots gave (None: none taken). ``manual_reason`` says why
    the candidate does not stand where the rule would put them. ``withdrawn_reason`` ends a candidacy.
    """

    person_id: UUID
    name: str
    kind: ElectionKind
    nominated_votes: int | None = None
    manual_reason: str = ""
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True)
class BallotLine:
    """The totals of one candidate. ``name`` is as on the ballot, and distinct there."""

    name: str
    person_id: UUID | None = None
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    illegible: int = 0


@dataclass(frozen=True, slots=True)
class WriteInLine:
    """Someone written on ballots (另选他人) and how often.

    ``person_id`` None: not found in the roster; in a confirmed count also someone who could not be elected.
    """

    name: str
    votes_for: int = 0
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BallotRound:
    """One casting of ballots with its totals.

    ``step`` is the step of the procedure in which it was held. ``confirmed_on`` is the day on which the
    scrutineers confirmed the count: from then on it is frozen. ``consenting`` are the voters who agreed to
    leave open seats unfilled (None: not asked).
    """

    id: UUID
    step: str
    kind: ElectionKind
    held_on: date
    seats: int
    due: int
    present: int
    issued: int = 0
    returned: int = 0
    invalid: int = 0
    ballot: Ballot = Ballot.MAIN
    base: Base = Base.PRESENT
    lines: tuple[BallotLine, ...] = ()
    write_ins: tuple[WriteInLine, ...] = ()
    confirmed_on: date | None = None
    consenting: int | None = None
    note: str = ""

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.invalid

    @property
    def is_confirmed(self) -> bool:
        """Whether the scrutineers confirmed the count."""
        return self.confirmed_on is not None


class Question(StrEnum):
    """What is asked about a probationary member at the end of the probation; each is a vote of its own."""

    CONVERT = "convert"
    EXTEND = "extend"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class WrittenOpinions:
    """Opinions handed in before the meeting by members who did not come: votes, never presence.

    ``handed_in_on`` is the day of the last of them, None where it is not known.
    """

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    handed_in_on: date | None = None

    @property
    def all(self) -> int:
        """How many were handed in."""
        return self.votes_for + self.votes_against + self.abstentions


@dataclass(frozen=True, slots=True)
class QuestionRound:
    """One vote on one person: due and present count members with the right to vote.

    ``months`` is the length of the extension that is voted on. ``rule_version`` is "2014" or "2026-05";
    ``confirmed_on`` freezes the count.
    """

    id: UUID
    question: Question
    held_on: date
    due: int
    present: int
    issued: int = 0
    returned: int = 0
    invalid: int = 0
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    written: WrittenOpinions = WrittenOpinions()
    by_hands: bool = False
    months: int = 0
    rule_version: str = ""
    confirmed_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who takes which post after the count (委员分工). ``duties`` is the work taken over, as printed.

    ``contact_group`` is the group with which a committee member keeps contact.
    """

    person_id: UUID
    name: str
    post: Post
    duties: str = ""
    contact_group: str = ""
