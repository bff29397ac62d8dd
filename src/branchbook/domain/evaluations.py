"""The yearly evaluation of members: who takes part and who is graded, what was counted, what the branch decides.

Only totals of the secret ballot are kept, never a single ballot and never who cast it (无记名测评).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from branchbook.domain.evaluation_count import CapBase, EvaluationBallots, Grade, GradeCount
from branchbook.domain.people import Standing
from branchbook.domain.records import PersonRef


class Audience(StrEnum):
    """Who casts the ballots of a round; those of the masses (群众测评) are counted apart."""

    MEMBERS = "members"
    MASSES = "masses"


class BallotForm(StrEnum):
    """What a ballot asks for each member: one of four grades, or besides it five items in three grades."""

    GRADES = "grades"
    ITEMS = "items"


class ItemGrade(StrEnum):
    """What an item of the item-by-item ballot gives: 好, 一般, 差."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Elsewhere(StrEnum):
    """Where a floating member is evaluated (教管条例 第三十二条), as seen from this branch.

    ``SENT``: a member of another branch who stays here, whose result is sent there. ``RECEIVED``: a member of this
    branch who stays elsewhere, whose result is received from there.
    """

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Participant:
    """One member in the snapshot of a round, with the reason person by person.

    ``takes_part`` and ``graded`` are what the rules of the day give or what the secretary set with ``reason``;
    ``article`` cites the rule. ``group`` is the name of the group in which a large branch held the first parts.
    ``elsewhere`` with ``other_branch`` and ``exchanged_on`` (result sent or received) are for floating members.
    ``present`` is None until the meeting was held. ``manual`` marks a line that was changed by hand.
    """

    person_id: UUID
    name: str
    standing: Standing = Standing.FULL
    takes_part: bool = True
    graded: bool = True
    reason: str = ""
    article: str = ""
    group: str = ""
    elsewhere: Elsewhere | None = None
    other_branch: str = ""
    exchanged_on: date | None = None
    present: bool | None = None
    manual: bool = False


@dataclass(frozen=True, slots=True)
class ItemCount:
    """The marks of one item for one member; together they are the valid ballots."""

    item: str
    good: int = 0
    fair: int = 0
    poor: int = 0
    blank: int = 0
    void: int = 0

    @property
    def all(self) -> int:
        """All five together."""
        return self.good + self.fair + self.poor + self.blank + self.void


@dataclass(frozen=True, slots=True)
class GradeLine:
    """The totals of one member in a round. ``items`` is empty where the ballot asked for grades alone."""

    person_id: UUID
    count: GradeCount
    items: tuple[ItemCount, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeRound:
    """One secret ballot (民主测评) with its totals, for members or for the masses.

    ``base`` and ``most_excellent`` are the cap on 优秀 as it was on the day; ``confirmed_on`` freezes the count.
    """

    id: UUID
    audience: Audience
    held_on: date
    due: int
    present: int
    issued: int = 0
    returned: int = 0
    invalid: int = 0
    form: BallotForm = BallotForm.GRADES
    base: CapBase = CapBase.FULL_MEMBERS
    most_excellent: int = 0
    lines: tuple[GradeLine, ...] = ()
    confirmed_on: date | None = None
    note: str = ""

    @property
    def papers(self) -> EvaluationBallots:
        """The numbers of people and ballots."""
        return EvaluationBallots(self.due, self.present, self.issued, self.returned, self.invalid)

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.invalid

    @property
    def is_confirmed(self) -> bool:
        """Whether the count was confirmed."""
        return self.confirmed_on is not None

    def line_of(self, person_id: UUID) -> GradeLine | None:
        """A member's totals, None where the member was not on the ballot."""
        return next((each for each in self.lines if each.person_id == person_id), None)


@dataclass(frozen=True, slots=True)
class Criticism:
    """What one member said of another (党员互评). ``reply`` is what the criticised answered."""

    by: PersonRef
    text: str
    reply: str = ""


def assessment_id(procedure_id: UUID, person_id: UUID) -> UUID:
    """The identity of a member's assessment in a round: the same in every book, so that merged books hold one."""
    return uuid5(procedure_id, str(person_id))


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a round holds of one member: self-evaluation, criticism, the branch's opinion and grade, feedback.

    A value of its own beside the ``Procedure`` of the round, since a summary may be long: one per member and round.
    ``grade`` is the branch's (支部工作条例 第十八条: by the evaluation and daily conduct, not by ballots alone);
    ``departure_reason`` says why it departs from the ballots or exceeds the cap. ``grade`` None: not decided, or none
    is given (probationary members). ``agrees`` None: not asked yet. ``use`` is what follows from the grade.
    """

    id: UUID
    procedure_id: UUID
    person_id: UUID
    name: str
    summary: str = ""
    self_grade: Grade | None = None
    self_criticism: str = ""
    criticisms: tuple[Criticism, ...] = ()
    opinion: str = ""
    grade: Grade | None = None
    departure_reason: str = ""
    problems: str = ""
    advice: str = ""
    fed_back_on: date | None = None
    agrees: bool | None = None
    own_words: str = ""
    superior_opinion: str = ""
    superior_on: date | None = None
    use: str = ""
    remark: str = ""
