"""A general branch's year for tests of the exchange file: two branches, and what hangs together across them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.organisations import Organisation, Term
from branchbook.domain.people import FactKind, MembershipChange, PersonFact, Post
from branchbook.domain.records import (
    AgendaItem,
    Attachment,
    AttachmentKind,
    Attendance,
    PersonRef,
    Record,
    RecordState,
    Speech,
)
from branchbook.services.operations import operate
from branchbook.services.settings import change_setting
from branchbook.services.store import Book, Setting
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    actor,
    fill,
    named,
)

PHOTO, OTHER_PHOTO = b"a photo of the first branch", b"a photo of the second branch"
MAY = date(2026, 5, 1)
ZHAO, QIAN, ZHENG, WANG, CHEN = (named(f"{surname}示例") for surname in "赵钱郑王陈")


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def held(name: str, place: UUID, **values: Any) -> Record:
    record = Record(
        named(name), ("general_meeting",), place, MAY, subject=name, state=RecordState.FINAL, **values
    )
    return replace(record, created_at=actor().now, finalised_at=actor().now)


def photo_of(owner: UUID, content: bytes) -> Attachment:
    return Attachment(
        named(f"photo {owner}"),
        owner,
        AttachmentKind.PHOTO,
        "照片.jpg",
        sha256_of(content),
        len(content),
        "image/jpeg",
    )


def checklist(name: str, *places: UUID) -> Checklist:
    item = ChecklistItem(named(f"{name}的读书"), "读书班")
    return Checklist(named(name), name, Cadence.MONTHLY, (item,), date(2026, 1, 1), organisation_ids=places)


def year_of_the_general_branch(book: Book) -> None:
    """Meetings of both branches, someone who moved, someone named from outside, checklists, choices."""
    fill(book)
    visitor = PersonRef("郑示例", ZHENG, "总支书记")
    meeting = held(
        "第一支部大会",
        FIRST_BRANCH,
        attendance=(Attendance(ZHAO, "赵示例"),),
        people={"chair": (PersonRef("赵示例", ZHAO),)},
        observers=(visitor,),
        agenda=(AgendaItem(named("议题"), "学习", (Speech("王示例", "讲了一课", WANG),)),),
    )
    shared = checklist("两个支部的清单", SECOND_BRANCH, FIRST_BRANCH)
    with operate(book, actor(), "全年") as operating:
        writing = operating.writing
        for content in (PHOTO, OTHER_PHOTO):
            writing.keep_content(content)
        first = writing.get(Organisation, FIRST_BRANCH)
        assert first is not None
        writing.put(replace(first, predecessor_ids=(SECOND_BRANCH,)))
        writing.put_all(
            (
                meeting,
                held("第一小组会", FIRST_GROUP),
                held("第二支部大会", SECOND_BRANCH),
                held("总支大会", GENERAL_BRANCH),
                photo_of(meeting.id, PHOTO),
                photo_of(named("第二支部大会"), OTHER_PHOTO),
                Term(named("任期一"), FIRST_BRANCH, date(2024, 5, 1), 3, with_committee=False),
                Term(named("任期二"), SECOND_BRANCH, date(2024, 5, 1), 3, with_committee=False),
                shared,
                checklist("只第二支部", SECOND_BRANCH),
                checklist("每个支部"),
                ChecklistTick(named("勾一"), shared.id, shared.items[0].id, FIRST_BRANCH, MAY, MAY),
                ChecklistTick(named("勾二"), shared.id, shared.items[0].id, SECOND_BRANCH, MAY, MAY),
                PersonFact(
                    named("来"),
                    CHEN,
                    FactKind.MEMBERSHIP,
                    MembershipChange.REDRAWN,
                    date(2016, 1, 1),
                    date(2018, 3, 1),
                    FIRST_BRANCH,
                    ending=MembershipChange.REDRAWN,
                ),
                PersonFact(
                    named("总支委员"), ZHAO, FactKind.POST, Post.COMMITTEE_MEMBER, MAY, None, GENERAL_BRANCH
                ),
                PersonFact(named("支部书记"), ZHAO, FactKind.POST, Post.SECRETARY, MAY, None, FIRST_BRANCH),
                Setting(f"transfer.{named('来')}.in", '"介绍信"'),
                Setting(f"transfer.{named('别处')}.in", '"别处的介绍信"'),
            )
        )
    change_setting(book, "half_period_rule", False, actor())
