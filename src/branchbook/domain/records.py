"""Records: one dated entry of one or more kinds, with attendance, agenda, votes and resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

FieldValue = str | int | bool | tuple[str, ...]

PRIVATE = "private"
"""The key of the field that makes a record's content the secretary's own."""


class RecordState(StrEnum):
    """A draft may change freely; a final record only by correction with a reason."""

    DRAFT = "draft"
    FINAL = "final"
    CORRECTED = "corrected"


class Presence(StrEnum):
    """A member's mark in the attendance of one meeting."""

    PRESENT = "present"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"
    EXCLUDED = "excluded"  # an approved exclusion X1–X6 from the number due


class VoteMethod(StrEnum):
    """How a vote was taken: 举手, 无记名投票, 口头."""

    HANDS = "hands"
    SECRET = "secret"
    ORAL = "oral"


class DecisionKind(StrEnum):
    """What is decided; each kind has its own quorum and majority base."""

    ORDINARY = "ordinary"
    COMMITTEE = "committee"
    ACCEPTANCE = "acceptance"
    CONVERSION = "conversion"
    DISPOSAL = "disposal"
    ELECTION = "election"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person named in a record. The name stays as written on that day; ``post`` likewise.

    ``person_id`` is None for someone who is not in the roster.
    """

    name: str
    person_id: UUID | None = None
    post: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One member's line in the attendance grid. ``reason`` for leave or absence; ``make_up`` for 补课.

    ``votes`` is frozen when the record is finalised: whether this member was in the base of votes.
    """

    person_id: UUID
    name: str
    presence: Presence = Presence.PRESENT
    reason: str = ""
    make_up: str = ""
    votes: bool = True


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A member left out of the number due at one meeting (X1–X6), with consent and approval."""

    person_id: UUID
    code: str
    consent_document: str = ""
    consented_on: date | None = None
    approved_by_meeting: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """The count of one agenda item. The result is derived from it, never typed.

    ``recorded_passed`` is set only where the outcome recorded contradicts the counts; it then
    needs ``reason``, which prints.
    """

    method: VoteMethod = VoteMethod.HANDS
    decision: DecisionKind = DecisionKind.ORDINARY
    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    written_for: int = 0
    written_against: int = 0
    recorded_passed: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution and its follow-up: who is responsible, until when, and how it ended."""

    id: UUID
    text: str
    responsible: tuple[PersonRef, ...] = ()
    due_on: date | None = None
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker said, as the minutes have it. An empty name means unattributed minutes."""

    name: str
    text: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item with its minutes per speaker, vote and resolutions.

    ``follows_resolution_id`` links an item that takes up an open resolution of an earlier meeting.
    """

    id: UUID
    title: str
    speeches: tuple[Speech, ...] = ()
    vote: Vote | None = None
    resolutions: tuple[Resolution, ...] = ()
    follows_resolution_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FrozenCount:
    """The numbers of a finalised meeting; nothing that changes later in the roster changes them.

    ``due`` counts everyone due, ``due_votes`` those of them with the right to vote; likewise present.
    ``quorum_needed`` is 0 where no rule asks for one. ``article`` cites the rule applied.
    """

    due: int
    present: int
    due_votes: int
    present_votes: int
    on_leave: int
    absent: int
    excluded: int
    quorum_needed: int
    quorum_met: bool
    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the book.

    ``kinds`` holds one or more kind keys; the first is the record's main kind, and a meeting that is
    several things at once is entered once and counted under each. ``people`` maps a field key
    ("chair", "minute_taker", "lecturer") to the persons named. ``fields`` holds the kind's own fields.
    ``kind_version`` is the version of the kind whose fields these are.
    """

    id: UUID
    kinds: tuple[str, ...]
    organisation_id: UUID
    held_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    subject: str = ""
    occasion: str = ""
    venue: str = ""
    people: Mapping[str, tuple[PersonRef, ...]] = field(default_factory=dict)
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    attendance: tuple[Attendance, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    observers: tuple[PersonRef, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    state: RecordState = RecordState.DRAFT
    late_entry: bool = False
    frozen: FrozenCount | None = None
    correction_reason: str = ""
    created_at: datetime | None = None
    finalised_at: datetime | None = None
    kind_version: int = 1

    @property
    def kind(self) -> str:
        """The main kind's key."""
        return self.kinds[0]

    @property
    def is_final(self) -> bool:
        """Whether the record counts as held: final or corrected."""
        return self.state != RecordState.DRAFT

    @property
    def is_private(self) -> bool:
        """Whether what it says is for the secretary alone, and shown or printed only when asked for."""
        return self.fields.get(PRIVATE) is True


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """A record without its text and attendance: what lists, the Desk and requirements need.

    ``subject`` is empty where the record is private.
    """

    id: UUID
    kinds: tuple[str, ...]
    organisation_id: UUID
    held_on: date | None
    subject: str
    state: RecordState
    late_entry: bool
    people: Mapping[str, tuple[PersonRef, ...]]
    frozen: FrozenCount | None
    starts_at: time | None = None
    created_at: datetime | None = None
    ends_at: time | None = None

    @property
    def is_held(self) -> bool:
        """Whether the record is final (or corrected) and dated."""
        return self.state != RecordState.DRAFT and self.held_on is not None


class AttachmentKind(StrEnum):
    """What an attached file is evidence of."""

    NOTICE = "notice"
    SIGN_IN = "sign_in"
    PHOTO = "photo"
    RESOLUTION = "resolution"
    COURSEWARE = "courseware"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept inside the book. ``sha256`` names its content; equal content is stored once.

    ``print_sha256`` names the reduced picture used for print, where the file is a photo.
    ``record_id`` may also be a person or organisation.
    """

    id: UUID
    record_id: UUID
    kind: AttachmentKind
    file_name: str
    sha256: str
    size: int
    media_type: str
    caption: str = ""
    print_sha256: str = ""
    position: int = 0
