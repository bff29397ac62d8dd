"""What a book chooses where the rules leave it open, and what its user knows better than the shipped rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.checklists import Cadence
from branchbook.domain.dues import DuesRounding
from branchbook.domain.education_hours import StudyHour


class MajorityBase(StrEnum):
    """Of whom more than half must agree in a committee (待核实: the article names no majority)."""

    ALL = "all"  # all members of the committee
    PRESENT = "present"  # those present


class ObservationCadence(StrEnum):
    """How often a probationary member is observed (D-05: local)."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


class RightsFrom(StrEnum):
    """From which day a converted member votes (待核实): the approval, or the end of the probation."""

    APPROVAL = "approval"
    END_OF_PROBATION = "end_of_probation"


class SecretaryFrom(StrEnum):
    """From which day an approved secretary or deputy holds the post (待核实: no article says so)."""

    ELECTED = "elected"  # the day of the election
    REPLY = "reply"  # the day of the reply that approves it


@dataclass(frozen=True, slots=True)
class LocalCadence:
    """A stricter cadence that a higher organisation asks for, with the document that says so.

    ``requirement`` is the requirement's key ("party_lesson"), ``times`` how often in one period.
    ``organisation_ids`` empty: every branch of the book.
    """

    requirement: str
    cadence: Cadence
    source: str
    times: int = 1
    from_on: date | None = None
    organisation_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCorrection:
    """A rule as the user knows it better: its value or article, with the document behind it."""

    rule: str
    source: str
    value: str = ""
    article: str = ""
    note: str = ""


EXCLUSION_HELP = (
    "X1–X6 类人员经上级同意、党员大会通过后不计入应到会人数，原为选举的做法；是否适用于此类会议待核实"
)
GRADED = (
    ("grade_under_observation", "留党察看的党员", "留党察看期间参加评议"),
    ("grade_suspended", "权利中止的党员", "被留置、逮捕的不参加评议"),
    ("grade_abroad", "出国（境）的党员", "组织关系保留、本人不能到会"),
)
GRADED_HELP = "，评不评定等次各地做法不同（待核实）；每次评议还可逐人另定"

RULE_CHOICES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "dues_rounding",
        "党费不足一分时",
        "比例算出来不足一分的怎么取整，规定没有写明（待核实）；取整了的，应交金额旁边写明原来的数",
        (
            (DuesRounding.FEN, "四舍五入到分"),
            (DuesRounding.DOWN, "不足一分的舍去"),
            (DuesRounding.JIAO, "四舍五入到角"),
        ),
    ),
    (
        "study_hour",
        "一个学时是多少分钟",
        "按会议的起止时间累计教育培训学时；条例没有写明一个学时的长短（待核实），没有写时间的会议不计",
        (
            (StudyHour.SIXTY, "60 分钟"),
            (StudyHour.FIFTY, "50 分钟"),
            (StudyHour.FORTY_FIVE, "45 分钟"),
        ),
    ),
)
"""Settings where the rules give no number, each 待核实: key, label, help, choices."""
