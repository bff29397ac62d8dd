"""What a kind of record is: its fields, who is due, how it decides, and what evidence it wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import AttachmentKind, DecisionKind


class AttendanceBase(StrEnum):
    """Who is due at a record of a kind."""

    MEMBERS = "members"  # full and probationary members of the organisation on the day
    COMMITTEE = "committee"  # members of the committee in office on the day
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record. ``held_by`` are the organisations that can hold it.

    ``decision`` is the kind of its ordinary votes (None: it does not vote), which also sets the
    quorum. ``expected`` are the attachments wanted by default. ``paper`` is the key of its paper.
    ``is_meeting`` puts it in the Meetings place; other records belong to the yearly papers. ``open_fields``
    are those that a private record shows all the same; None: a record of this kind is never private.
    ``examines``: criticism and self-criticism are recorded person by person (``domain.life_meetings``).
    """

    key: str
    name: str
    short_name: str
    held_by: frozenset[OrganisationKind]
    attendance: AttendanceBase
    fields: tuple[FieldSpec, ...]
    paper: str
    decision: DecisionKind | None = None
    has_agenda: bool = True
    subject_label: str = "主题"
    subject_required: bool = False
    expected: tuple[AttachmentKind, ...] = ()
    is_meeting: bool = True
    handbook_title: str = ""
    version: int = 1
    open_fields: frozenset[str] | None = None
    examines: bool = False


CHAIR = FieldSpec("chair", "主持人", FieldType.PERSON, required=True, default_post="secretary")
MINUTE_TAKER = FieldSpec(
    "minute_taker", "记录人", FieldType.PERSON, required=True, default_post="organisation_member"
)
COMMISSION = FieldSpec("commission", "受托主持", hint="书记不能参加时：受谁委托，因何事")
"""On whose commission someone else than the secretary chairs (支部工作条例 第十四条)."""
REMARK = FieldSpec("remark", "备注", FieldType.LONG_TEXT)

BRANCHES = frozenset({OrganisationKind.BRANCH})
GROUPS = frozenset({OrganisationKind.GROUP})
BRANCH_LEVELS = frozenset({OrganisationKind.GENERAL_BRANCH, OrganisationKind.BRANCH})
ALL_LEVELS = frozenset(OrganisationKind)
