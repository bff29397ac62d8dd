"""What the papers of a conversion say. Whatever is not recorded is None or empty, and prints as a blank to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from branchbook.domain.ballots import Question, WrittenOpinions
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.probation import Extension
from branchbook.domain.records import Record


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation. ``months`` after the acceptance it is due, ``name`` is what the step is called."""

    months: int
    name: str
    from_on: date | None = None
    to_on: date | None = None
    observed_on: date | None = None
    opinion: str = ""
    sponsors: tuple[str, ...] = ()
    reports: int | None = None
    self_assessment: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a group, those asked, or the committee said, and when."""

    given_on: date | None = None
    text: str = ""
    members: int | None = None
    masses: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The committee's review. ``conclusion`` is what it puts to the meeting."""

    held_on: date | None = None
    conclusion: str = ""
    text: str = ""
    reports: int | None = None
    due: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """The notice before the conversion. ``provisional``: a year on the way has no table of days off (暂算).

    ``least_on`` is the day on which the usual number of working days is full.
    """

    begins_on: date | None = None
    ends_on: date | None = None
    phone: str = ""
    result: str = ""
    working_days: int | None = None
    least_on: date | None = None
    provisional: bool = False
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversionMeeting:
    """The general meeting. ``record`` is the one in which it was held, where the book names it."""

    held_on: date | None = None
    time: str = ""
    venue: str = ""
    chair: str = ""
    minute_taker: str = ""
    full_members: int | None = None
    probationary_members: int | None = None
    due: int | None = None
    present: int | None = None
    scrutineers: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    assessment: str = ""
    reason: str = ""
    record: Record | None = None

    @property
    def members(self) -> int | None:
        """Full and probationary members together."""
        if self.full_members is None or self.probationary_members is None:
            return None
        return self.full_members + self.probationary_members


@dataclass(frozen=True, slots=True)
class QuestionVote:
    """One vote on one question. Numbers are None until the count was confirmed.

    ``for_total`` counts what was handed in before the meeting where the rules take it; ``sentences`` are the
    arithmetic with its articles. ``to_on`` ends the extension that is voted on.
    """

    question: Question
    held_on: date | None = None
    due: int | None = None
    present: int | None = None
    quorum_needed: int | None = None
    quorum_met: bool | None = None
    issued: int | None = None
    returned: int | None = None
    invalid: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    written: WrittenOpinions = field(default_factory=WrittenOpinions)
    for_total: int | None = None
    against_total: int | None = None
    abstain_total: int | None = None
    needed: int | None = None
    passed: bool | None = None
    valid: bool | None = None
    by_hands: bool | None = None
    months: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What went up to the higher organisation. ``due_on`` is the last day of its decision, by ``article``."""

    reported_on: date | None = None
    document: str = ""
    addressee: str = ""
    contact: str = ""
    phone: str = ""
    due_on: date | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision that came back. ``outcome`` is 批准 or 不批准."""

    approved_on: date | None = None
    document: str = ""
    authority: str = ""
    outcome: str = ""
    note: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk after the approval."""

    held_on: date | None = None
    time: str = ""
    venue: str = ""
    speaker: str = ""
    announced_on: date | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class JoiningFacts:
    """What the book keeps of the way to the acceptance."""

    applied_on: date | None = None
    sponsors: tuple[str, ...] = ()
    training: str = ""
    form_number: str = ""
    review_on: date | None = None
    form_on: date | None = None


@dataclass(frozen=True, slots=True)
class FiledMaterial:
    """One line of the file's contents. ``there`` None: the book cannot tell."""

    name: str
    author: str = ""
    document: str = ""
    day: date | None = None
    there: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConversionFacts:
    """A conversion as its papers tell it; without a procedure behind it only the organisation's names are known.

    ``shape`` is the key of its shape; ``cells`` are what the roster knows of the person on the day.
    ``materials`` are the papers of the conversion that go up with the request, ``filed`` all of the person's
    file, with what it lacks in ``filed_words``.
    """

    organisation: str = ""
    higher: str = ""
    kind: OrganisationKind = OrganisationKind.BRANCH
    under_general_branch: bool | None = None
    has_committee: bool = True
    shape: str = "conversion"
    person: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    born_on: date | None = None
    group: str = ""
    joining: JoiningFacts = JoiningFacts()
    accepted_on: date | None = None
    acceptance_approved_on: date | None = None
    first_end: date | None = None
    ends_on: date | None = None
    extension: Extension | None = None
    oath_on: date | None = None
    oath_venue: str = ""
    observations: tuple[Observation, ...] = ()
    applied_on: date | None = None
    group_opinion: Opinion = Opinion()
    opinions: Opinion = Opinion()
    review: Review = Review()
    notice: PublicNotice = PublicNotice()
    meeting: ConversionMeeting = ConversionMeeting()
    votes: tuple[QuestionVote, ...] = ()
    decided: QuestionVote | None = None
    report: Report = Report()
    approval: Approval = Approval()
    talk: Talk = Talk()
    archived_on: date | None = None
    archived: tuple[str, ...] = ()
    place: str = ""
    materials: tuple[FiledMaterial, ...] = ()
    filed: tuple[FiledMaterial, ...] = ()
    filed_words: str = ""
    correction: str = ""
    corrected: bool = False

    @property
    def sponsors(self) -> tuple[str, ...]:
        """Who vouched for the person: of the acceptance, else those named by the last observation."""
        observed = next((each.sponsors for each in reversed(self.observations) if each.sponsors), ())
        return self.joining.sponsors or observed

    @property
    def is_extended(self) -> bool:
        """Whether this is the conversion after an extension."""
        return self.shape == "conversion_extended"

    @property
    def proposed(self) -> Question | None:
        """What is put to the meeting: the question decided, the one voted on last, else as the review concludes."""
        if self.decided is not None:
            return self.decided.question
        if self.votes:
            return self.votes[-1].question
        return _CONCLUSIONS.get(self.review.conclusion)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is voted on: as it was, else as the review concludes, else whatever may be (extended once only)."""
        voted = tuple(dict.fromkeys(each.question for each in self.votes))
        possible = (Question.CONVERT, Question.CANCEL) if self.is_extended else tuple(Question)
        return voted or ((self.proposed,) if self.proposed else possible)


_CONCLUSIONS = {
    "按期转正": Question.CONVERT,
    "延长预备期": Question.EXTEND,
    "取消预备党员资格": Question.CANCEL,
}
