"""A plainly invented branch with a year of records, on which the tests of printing stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, Person, PersonFact, Post, Sex, Standing
from branchbook.domain.records import (
    AgendaItem,
    Attachment,
    AttachmentKind,
    Attendance,
    FieldValue,
    PersonRef,
    Presence,
    Record,
    Resolution,
    Speech,
    Vote,
    VoteMethod,
)
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import Actor, operate
from branchbook.services.store import Book
from tests.fakes import FakeBook

SPACE = UUID("00000000-0000-4000-8000-00000000b0b0")
ACTOR = Actor("李测试", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
TODAY = ACTOR.today
FOUNDED = date(2015, 7, 1)
HANDOVER = date(2026, 7, 1)
"""The day on which the secretary changed: 甲 until then, 乙 from then on."""

NAMES = (
    "赵甲一",
    "钱乙二",
    "孙丙三",
    "李丁四",
    "周戊五",
    "吴己六",
    "郑庚七",
    "王辛八",
    "冯壬九",
    "陈癸十",
    "阿依古丽·买买提",
    "褚喆",
)


def identity(name: str) -> UUID:
    """The same identity for the same name in every test."""
    return uuid5(SPACE, name)


GENERAL_BRANCH, BRANCH = identity("总支"), identity("支部")
GROUPS = (identity("第一小组"), identity("第二小组"))
PEOPLE = tuple(identity(name) for name in NAMES)


@dataclass(frozen=True)
class Sample:
    """The book and the ids of its records by a short name."""

    book: Book
    records: Mapping[str, UUID]


def organisations() -> tuple[Organisation, ...]:
    def made(
        identifier: UUID, kind: OrganisationKind, name: str, parent: UUID | None, position: int = 0
    ) -> Organisation:
        return Organisation(
            identifier,
            kind,
            (DatedName(name, FOUNDED),),
            FOUNDED,
            parent,
            position=position,
            category="机关党支部" if kind == OrganisationKind.BRANCH else "",
            venue="示例楼三层会议室",
            phone="010-00000000",
        )

    return (
        made(GENERAL_BRANCH, OrganisationKind.GENERAL_BRANCH, "示例机关党总支", None),
        made(BRANCH, OrganisationKind.BRANCH, "示例第一党支部", GENERAL_BRANCH),
        made(GROUPS[0], OrganisationKind.GROUP, "第一党小组", BRANCH, 1),
        made(GROUPS[1], OrganisationKind.GROUP, "第二党小组", BRANCH, 2),
    )


def person(index: int) -> Person:
    return Person(
        PEOPLE[index],
        NAMES[index],
        sex=Sex.FEMALE if index % 3 == 0 else Sex.MALE,
        ethnic_group="维吾尔族" if index == 10 else "汉族",
        born_on=date(1970 + 2 * index, 3, 5),
        native_place="示例省示例县",
        education="大学本科",
        work_started_on=date(1995 + index, 8, 1),
        work_post="示例科科员",
        identity_number="11010519491231002X",
        phone="13800000000",
        accepted_on=date(2000 + index, 7, 1) if index < 11 else date(2026, 3, 20),
        full_member_since=date(2001 + index, 7, 1) if index < 11 else None,
        position=index,
    )


def facts() -> tuple[PersonFact, ...]:
    made: list[PersonFact] = []

    def add(
        index: int, kind: FactKind, value: str, start: date, end: date | None, where: UUID | None
    ) -> None:
        name = f"{index}{kind}{value}{start}"
        made.append(PersonFact(identity(name), PEOPLE[index], kind, value, start, end, where))

    for index in range(len(NAMES)):
        joined = FOUNDED if index < 11 else date(2026, 3, 20)
        standing = Standing.FULL if index < 11 else Standing.PROBATIONARY
        add(index, FactKind.MEMBERSHIP, "on_record" if index < 11 else "accepted", joined, None, BRANCH)
        add(index, FactKind.STANDING, standing, joined, None, None)
        add(index, FactKind.GROUP, "", joined, None, GROUPS[index % 2])
    term = date(2024, 6, 1)
    add(0, FactKind.POST, Post.SECRETARY, term, HANDOVER, BRANCH)
    add(1, FactKind.POST, Post.SECRETARY, HANDOVER, None, BRANCH)
    add(1, FactKind.POST, Post.DEPUTY_SECRETARY, term, HANDOVER, BRANCH)
    add(2, FactKind.POST, Post.ORGANISATION_MEMBER, term, None, BRANCH)
    add(3, FactKind.POST, Post.PUBLICITY_MEMBER, term, None, BRANCH)
    add(4, FactKind.POST, Post.GROUP_LEADER, term, None, GROUPS[0])
    add(5, FactKind.POST, Post.GROUP_LEADER, term, None, GROUPS[1])
    return tuple(made)


def ref(index: int, post: str = "") -> PersonRef:
    return PersonRef(NAMES[index], PEOPLE[index], post)


def attendance(
    indexes: range | tuple[int, ...], away: Mapping[int, Attendance] | None = None
) -> tuple[Attendance, ...]:
    return tuple((away or {}).get(index, Attendance(PEOPLE[index], NAMES[index])) for index in indexes)


def meeting(name: str, kinds: tuple[str, ...], held_on: date, **others: object) -> Record:
    """A draft with what every meeting has; ``others`` are fields of Record."""
    given: dict[str, object] = {
        "organisation_id": BRANCH,
        "starts_at": time(15, 0),
        "ends_at": time(16, 30),
        "venue": "示例楼三层会议室",
        "people": {"chair": (ref(0, "secretary"),), "minute_taker": (ref(2, "organisation_member"),)},
        "attendance": attendance(range(11)),
        "created_at": datetime(held_on.year, held_on.month, held_on.day, 18, 0, tzinfo=UTC),
        **others,
    }
    return Record(identity(name), kinds, held_on=held_on, **given)  # type: ignore[arg-type]


def item(title: str, *said: tuple[int, str], vote: Vote | None = None, resolved: str = "") -> AgendaItem:
    speeches = tuple(Speech(NAMES[index], text, PEOPLE[index]) for index, text in said)
    resolutions = (
        (Resolution(identity(title + resolved), resolved, (ref(3),), date(2026, 4, 30)),) if resolved else ()
    )
    return AgendaItem(identity(title), title, speeches, vote, resolutions)


def general_meeting() -> Record:
    """11 with the right to vote, 9 came; item 1 passes by 8."""
    away = {
        7: Attendance(PEOPLE[7], NAMES[7], Presence.ON_LEAVE, "公差"),
        8: Attendance(PEOPLE[8], NAMES[8], Presence.ABSENT, "", "3月28日"),
    }
    passed = Vote(VoteMethod.HANDS, votes_for=8, votes_against=0, abstentions=1)
    return meeting(
        "大会",
        ("general_meeting",),
        date(2026, 3, 19),
        attendance=attendance(range(11), away),
        observers=(PersonRef("何列席", None, "示例机关党委组织员"),),
        agenda=(
            item(
                "推荐年度优秀共产党员",
                (0, "介绍推荐条件和名额，通报支委会酝酿情况。\n请大家充分发表意见。"),
                (3, "同意支委会的意见，建议补充说明近两年参加志愿服务的情况。"),
                vote=passed,
                resolved="推荐周戊五同志为年度优秀共产党员人选，报上级党组织。",
            ),
            item("通报党费收缴情况", (2, "第一季度党费已全部收缴，金额见公示。")),
        ),
        fields={"remark": "会后向请假同志传达。"},
    )


def drafts() -> Mapping[str, Record]:
    """Every record of the year, before it is finalised."""
    long_text: Mapping[str, FieldValue] = {
        "summary": "学习有关文件，结合本单位实际谈体会。\n布置下一阶段学习。",
        "lesson_form": "书记讲课",
        "content": "参观示例展馆，重温入党誓词。",
        "standing_items": ("重温入党誓词", "交纳党费"),
    }
    lecturer = {"lecturer": (ref(0, "secretary"),), "minute_taker": (ref(2),), "chair": (ref(1),)}
    return {
        "general": general_meeting(),
        "committee": meeting(
            "支委会",
            ("committee_meeting",),
            date(2026, 3, 10),
            subject="研究三月份工作",
            attendance=attendance((0, 1, 2, 3)),
            agenda=(
                item(
                    "研究三月份主题党日安排", (1, "建议安排在月末。"), resolved="三月二十七日开展主题党日。"
                ),
            ),
        ),
        "group": meeting(
            "小组会",
            ("group_meeting",),
            date(2026, 3, 12),
            organisation_id=GROUPS[0],
            subject="学习讨论",
            attendance=attendance((0, 2, 4, 6, 8, 10)),
            people={"chair": (ref(4, "group_leader"),), "minute_taker": (ref(6),)},
            agenda=(item("集体学习", (6, "谈学习体会。")),),
            fields={"opinions": "建议支部增加实地学习。"},
        ),
        "day_and_lesson": meeting(
            "党日党课",
            ("theme_party_day", "party_lesson"),
            date(2026, 3, 27),
            subject="弘扬优良作风",
            people=lecturer,
            fields=long_text,
        ),
        "talk": meeting(
            "谈话",
            ("heart_to_heart_talk",),
            date(2026, 5, 6),
            attendance=(),
            people={"talker": (ref(0, "secretary"),), "talked_with": (ref(9),)},
            fields={"content": "了解近期思想和工作情况。", "talk_kind": "委员与党员"},
        ),
        "life": meeting(
            "生活会",
            ("organisational_life_meeting",),
            date(2026, 2, 5),
            subject="年度组织生活会",
            fields={"examination": "逐一开展批评与自我批评。"},
            agenda=(item("开展批评与自我批评"),),
        ),
        "plan": meeting(
            "计划",
            ("work_plan",),
            date(2026, 1, 8),
            attendance=(),
            people={},
            fields={"content": "一、加强学习。\n二、严格组织生活。"},
        ),
    }


def sample(*, without: frozenset[str] = frozenset()) -> Sample:
    """The branch with every record finalised through the service that the screen calls."""
    book = FakeBook()
    with operate(book, ACTOR, "建立示例") as operating:
        operating.writing.put_all(organisations())
        operating.writing.put_all(person(index) for index in range(len(NAMES)))
        operating.writing.put_all(facts())
        operating.writing.put(Term(identity("届"), BRANCH, date(2024, 6, 1), 3, True))
    made = {name: record for name, record in drafts().items() if name not in without}
    for record in made.values():
        save_record(book, record, ACTOR)
        finalise(book, record.id, ACTOR)
    return Sample(book, {name: record.id for name, record in made.items()})


def attach_photo(book: Book, record_id: UUID, content: bytes, caption: str = "") -> Attachment:
    """A photo of a record."""
    with operate(book, ACTOR, "添加照片") as operating:
        sha256 = operating.writing.keep_content(content)
        attachment = Attachment(
            identity(f"{record_id}{sha256}"),
            record_id,
            AttachmentKind.PHOTO,
            "照片.png",
            sha256,
            len(content),
            "image/png",
            caption,
        )
        operating.writing.put(attachment)
    return attachment
