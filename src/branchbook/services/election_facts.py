"""What the papers of an election say. Whatever is not recorded is None or empty, and prints as a blank to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from branchbook.domain.ballot_papers import BallotStyle
from branchbook.domain.ballots import Ballot, ElectionKind
from branchbook.domain.organisations import OrganisationKind


class ElectionShape(StrEnum):
    """Who elects whom."""

    WITH_COMMITTEE = "with_committee"  # the general meeting a committee, the committee its secretary
    WITHOUT_COMMITTEE = "without_committee"  # the general meeting a secretary (fewer than seven full members)
    BY_ELECTION = "by_election"  # the general meeting fills a vacancy within the term


OFFICE_WORDS: Mapping[ElectionKind, str] = {
    ElectionKind.COMMITTEE: "委员",
    ElectionKind.SECRETARY: "书记",
    ElectionKind.DEPUTY: "副书记",
}


@dataclass(frozen=True, slots=True)
class Nominee:
    """A candidate. ``cells`` are what the roster knows of the person on the day, by the roster's columns."""

    name: str
    offices: tuple[ElectionKind, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One person's votes. ``outcome`` is the word that is printed; a write-in has only votes for."""

    name: str
    votes_for: int | None = None
    against: int | None = None
    abstain: int | None = None
    illegible: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class BallotCount:
    """One ballot from its candidates to who is elected.

    ``fewer_seats`` are the voters who agreed to leave the vacant seats unfilled. ``sentences`` are the
    arithmetic with its articles, ``warnings`` what must be looked at. ``stands`` is False for an election
    that is void or a meeting without its quorum.
    """

    office: ElectionKind
    ballot: Ballot = Ballot.MAIN
    seats: int | None = None
    candidates: tuple[Nominee, ...] = ()
    due: int | None = None
    present: int | None = None
    quorum_needed: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    results: tuple[ResultLine, ...] = ()
    write_ins: tuple[ResultLine, ...] = ()
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    vacant: int = 0
    fewer_seats: int | None = None
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    stands: bool | None = None
    held_on: date | None = None
    in_first_meeting: bool = False

    @property
    def office_words(self) -> str:
        """委员, 书记, 副书记."""
        return OFFICE_WORDS[self.office]


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting of the election."""

    held_on: date | None = None
    time: str = ""
    venue: str = ""
    chair: str = ""
    due: int | None = None
    present: int | None = None
    present_members: int | None = None
    absent: str = ""
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The ballot by which members recommended candidates."""

    time: str = ""
    venue: str = ""
    members: int | None = None
    taking_part: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A member who is not counted among those due, why, and who agreed to it."""

    name: str
    reason: str
    asked: str = ""
    higher: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The higher organisation's reply as it was registered. ``subject`` is what it replies to."""

    subject: str = ""
    document: str = ""
    replied_on: date | None = None
    replied_by: str = ""
    seats: int | None = None
    candidates: tuple[str, ...] = ()
    secretaries: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    opinions: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """Someone with a duty in the election or a post after it."""

    name: str
    post: str = ""
    duty: str = ""
    group: str = ""
    note: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """An election as its papers tell it; without a procedure behind it only names are known.

    ``by_strokes``: committee candidates stand in the order of strokes, so that papers may say so.
    ``elected`` are those elected by confirmed counts over all ballots, a committee by strokes.
    """

    organisation: str = ""
    higher: str = ""
    kind: OrganisationKind = OrganisationKind.BRANCH
    shape: ElectionShape = ElectionShape.WITH_COMMITTEE
    elected_before_on: date | None = None
    term_years: int | None = None
    term_ends_on: date | None = None
    vacated_posts: str = ""
    vacancy_reason: str = ""
    by_election_of: tuple[ElectionKind, ...] = (ElectionKind.COMMITTEE,)
    full_members: int | None = None
    probationary_members: int | None = None
    decided_on: date | None = None
    requested_on: date | None = None
    planned_on: date | None = None
    seats: int | None = None
    candidate_count: int | None = None
    deputies: int | None = None
    committee_candidates: tuple[Nominee, ...] = ()
    secretary_candidates: tuple[Nominee, ...] = ()
    deputy_candidates: tuple[Nominee, ...] = ()
    recommendation: Recommendation = Recommendation()
    not_counted: tuple[NotCounted, ...] | None = None
    excluded: int | None = None
    counted_on: date | None = None
    due: int | None = None
    replies: tuple[Reply, ...] = ()
    scans: tuple[str, ...] = ()
    meeting: MeetingFacts = MeetingFacts()
    first_meeting: MeetingFacts = MeetingFacts()
    scrutineers: tuple[Officer, ...] = ()
    tellers: tuple[Officer, ...] = ()
    counts: tuple[BallotCount, ...] = ()
    board: tuple[Officer, ...] = ()
    divided: bool = False
    former: tuple[Officer, ...] = ()
    method_passed_on: date | None = None
    reporter: str = ""
    reported_on: date | None = None
    contact: str = ""
    phone: str = ""
    pending_approval: bool = False
    refused_approval: bool = False
    write_in_without_against_counts: bool = False
    ballot_style: BallotStyle = BallotStyle.CELLS
    by_strokes: bool = True
    elected: Mapping[ElectionKind, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_committee(self) -> bool:
        """Whether a committee is elected or stands."""
        return self.shape != ElectionShape.WITHOUT_COMMITTEE

    def candidates_for(self, office: ElectionKind) -> tuple[Nominee, ...]:
        """The candidates in the procedure's order."""
        return {
            ElectionKind.COMMITTEE: self.committee_candidates,
            ElectionKind.SECRETARY: self.secretary_candidates,
            ElectionKind.DEPUTY: self.deputy_candidates,
        }[office]

    @property
    def approval(self) -> Reply:
        """The reply by which candidates were approved, else the first; an empty one before any came."""
        named = (each for each in self.replies if each.secretaries or each.candidates)
        return next(named, self.replies[0] if self.replies else Reply())

    @property
    def kinds(self) -> tuple[ElectionKind, ...]:
        """What is elected in this election, in order."""
        if self.shape == ElectionShape.BY_ELECTION:
            return self.by_election_of
        heads = (ElectionKind.SECRETARY, ElectionKind.DEPUTY)[: 1 if self.deputies == 0 else 2]
        return (ElectionKind.COMMITTEE, *heads) if self.has_committee else heads

    @property
    def general_meeting_elects(self) -> bool:
        """Whether the general meeting votes; a secretary within the term is elected by the committee alone."""
        return not self.has_committee or ElectionKind.COMMITTEE in self.kinds

    @property
    def head_words(self) -> str:
        """书记, or 书记、副书记."""
        words = (OFFICE_WORDS[kind] for kind in self.kinds if kind != ElectionKind.COMMITTEE)
        return "、".join(words) or "书记"

    @property
    def committee_elects(self) -> bool:
        """Whether the committee elects secretary or deputies among its members."""
        return self.has_committee and any(kind != ElectionKind.COMMITTEE for kind in self.kinds)

    def elected_to(self, office: ElectionKind) -> tuple[str, ...]:
        """Who was elected to an office over all its ballots."""
        return self.elected.get(office, ())
