"""Invented values for the storage tests, small and all connected."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.history import OperationHead
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, Person, PersonFact, Sex, Standing
from branchbook.domain.records import (
    AgendaItem,
    Attachment,
    AttachmentKind,
    Attendance,
    PersonRef,
    Presence,
    Record,
    RecordState,
    Resolution,
    Speech,
    Vote,
)

_SPACE = UUID("00000000-0000-4000-8000-000000000001")


def identity(name: str) -> UUID:
    """The same id for the same name, in every run."""
    return uuid5(_SPACE, name)


def head(name: str = "operation", label: str = "改动", hour: int = 9) -> OperationHead:
    return OperationHead(identity(name), datetime(2026, 11, 24, hour, tzinfo=UTC), "试用员", label)


BRANCH = Organisation(
    identity("branch"),
    OrganisationKind.BRANCH,
    (
        DatedName("示例第一党支部", date(2020, 1, 1)),
        DatedName("示例机关党支部", date(2024, 3, 1), "示〔2024〕3号"),
    ),
    date(2020, 1, 1),
)
TERM = Term(identity("term"), BRANCH.id, date(2024, 3, 1), 3, True)
ZHOU = Person(
    identity("zhou"), "周试一", "zsy", Sex.FEMALE, born_on=date(1980, 2, 29), work_post="档案室主任"
)
ABDU = Person(identity("abdu"), "阿卜杜·试二", "abd.s2", Sex.MALE, phone="13800000000", position=1)
FACTS = tuple(
    PersonFact(
        identity(f"{kind}-{person.name}"), person.id, kind, value, date(2020, 1, 1), None, place, document
    )
    for person, document in ((ZHOU, ""), (ABDU, "示组〔2019〕17号"))
    for kind, value, place in (
        (FactKind.MEMBERSHIP, "on_record", BRANCH.id),
        (FactKind.STANDING, Standing.FULL.value, None),
    )
)
ROSTER: tuple[Organisation | Term | Person | PersonFact, ...] = (BRANCH, TERM, ZHOU, ABDU, *FACTS)


def meeting(
    name: str = "meeting",
    held_on: date | None = date(2026, 5, 8),
    *,
    state: RecordState = RecordState.FINAL,
    kinds: tuple[str, ...] = ("general_meeting",),
    subject: str = "讨论年度计划",
    minutes: str = "会议学习了文件，研究了防汛值班安排。",
    done_on: date | None = None,
) -> Record:
    """A meeting with everything that a record can have."""
    resolution = Resolution(
        identity(f"{name}-resolution"),
        "五月底前排出值班表",
        (PersonRef(ABDU.name, ABDU.id),),
        done_on=done_on,
    )
    item = AgendaItem(
        identity(f"{name}-item"),
        "防汛值班",
        (Speech(ZHOU.name, minutes, ZHOU.id),),
        Vote(votes_for=2),
        (resolution,),
    )
    return Record(
        identity(name),
        kinds,
        BRANCH.id,
        held_on,
        time(14, 30),
        subject=subject,
        people={"chair": (PersonRef(ZHOU.name, ZHOU.id, "书记"),)},
        fields={"topics": ("甲", "乙"), "hours": 2, "open": True, "theme": "<b>&"},
        attendance=(
            Attendance(ZHOU.id, ZHOU.name),
            Attendance(ABDU.id, ABDU.name, Presence.ON_LEAVE, "出差"),
        ),
        observers=(PersonRef("列席人甲"),),
        agenda=(item, AgendaItem(identity(f"{name}-second"), "其他")),
        state=state,
        created_at=datetime(2026, 5, 8, 16, 0, 1, tzinfo=UTC),
    )


def attached(record: Record, sha256: str, name: str = "照片.jpg", position: int = 0) -> Attachment:
    return Attachment(
        identity(f"{record.id}-{name}"),
        record.id,
        AttachmentKind.PHOTO,
        name,
        sha256,
        5,
        "image/jpeg",
        "会场全景",
        position=position,
    )


ROW = LedgerRow(
    identity("row"),
    "rectification",
    BRANCH.id,
    {"problem": "值班表排得太晚", "due_on": "2026-06-30", "origin": f"record:{identity('meeting')}"},
    {"responsible": (PersonRef(ABDU.name, ABDU.id),)},
    created_at=datetime(2026, 5, 9, 8, 30, tzinfo=UTC),
)
CHECKLIST = Checklist(
    identity("checklist"),
    "五必做",
    Cadence.MONTHLY,
    (ChecklistItem(identity("one"), "学习", ("party_lesson",)), ChecklistItem(identity("two"), "走访")),
    date(2026, 1, 1),
    label="示例，非官方定义",
)
TICK = ChecklistTick(
    identity("tick"), CHECKLIST.id, CHECKLIST.items[1].id, BRANCH.id, date(2026, 5, 1), date(2026, 5, 20)
)
