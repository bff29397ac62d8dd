"""People: added with their facts, corrected, removed only while nothing names them."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from branchbook.domain.identity_number import check_digit, mask
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Mark, Person, Sex, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, Attendance, PersonRef, Record, Resolution, Speech
from branchbook.services.mentions import mentions_of
from branchbook.services.operations import operate
from branchbook.services.people import Joining, add_person, correct_person, remove_person
from branchbook.services.people_facts import mark
from tests.fakes import FakeBook
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    named,
    small_book,
)

NUMBER = "11010119800101001"
GOOD_NUMBER = NUMBER + check_digit(NUMBER)
WRONG_NUMBER = NUMBER + ("1" if GOOD_NUMBER.endswith("X") else "X")
JOINING = Joining(FIRST_BRANCH, date(2020, 5, 1), group_id=FIRST_GROUP)


def put(book: FakeBook, *values: Record) -> None:
    with operate(book, actor(), "准备") as operating:
        operating.writing.put_all(values)


def test_a_new_person_is_a_member_from_the_day_given() -> None:
    book, person = small_book(), Person(uuid4(), " 解示例 ", sex=Sex.MALE)
    outcome = add_person(book, person, JOINING, actor())
    assert outcome.value.person.name == "解示例"
    assert outcome.value.warnings == ()
    with book.reading() as reading:
        roster = reading.roster()
        stored = reading.get(Person, person.id)
        assert stored is not None
        assert "xsl" in stored.initials.split()
        assert roster.branch_of(person.id, date(2020, 4, 30)) is None
        branch, group = roster.branch_of(person.id, TODAY), roster.group_of(person.id, TODAY)
        assert branch is not None
        assert group is not None
        assert (branch.id, group.id) == (FIRST_BRANCH, FIRST_GROUP)
        assert roster.standing_on(person.id, TODAY) == Standing.FULL
        assert len(reading.operations(1)[0].touches) == 4


@pytest.mark.parametrize("name", ["阿卜杜拉·示例", "𠮷示例", "张  三", "<b>示例</b>", "O'示例&"])
def test_a_name_is_kept_as_typed(name: str) -> None:
    assert add_person(small_book(), Person(uuid4(), name), JOINING, actor()).value.person.name == name


@pytest.mark.parametrize(
    "person, said",
    [
        (Person(UUID(int=5), "示例", identity_number=WRONG_NUMBER), "校验码"),
        (Person(UUID(int=5), "示例", identity_number="110101198001010000"), "000"),
        (Person(UUID(int=5), "示例", identity_number="1101011980"), "18 位"),
        (Person(UUID(int=5), "示例", identity_number=GOOD_NUMBER, born_on=date(1980, 1, 2)), "不一致"),
        (Person(UUID(int=5), "示例", identity_number=GOOD_NUMBER, sex=Sex.FEMALE), "性别"),
        (Person(UUID(int=5), "赵示例"), "同名"),
        (Person(UUID(int=5), "示例", born_on=date(2000, 1, 2), accepted_on=date(2018, 1, 1)), "18 周岁"),
        (
            Person(UUID(int=5), "示例", accepted_on=date(2018, 1, 1), full_member_since=date(2017, 1, 1)),
            "转正时间",
        ),
        (Person(UUID(int=5), "示例", applied_on=date(2018, 1, 1), accepted_on=date(2017, 1, 1)), "申请入党"),
        (Person(UUID(int=5), "示例", born_on=date(1990, 1, 1), work_started_on=date(1980, 1, 1)), "参加工作"),
    ],
)
def test_what_looks_wrong_is_said_and_saved_all_the_same(person: Person, said: str) -> None:
    book = small_book()
    outcome = add_person(book, person, JOINING, actor())
    assert any(said in warning for warning in outcome.value.warnings)
    with book.reading() as reading:
        assert reading.get(Person, person.id) is not None


def test_the_same_number_twice_is_said() -> None:
    book = small_book()
    add_person(book, Person(uuid4(), "甲示例", identity_number=GOOD_NUMBER.lower()), JOINING, actor())
    second = add_person(book, Person(uuid4(), "乙示例", identity_number=GOOD_NUMBER), JOINING, actor(1))
    assert any("甲示例相同" in warning for warning in second.value.warnings)


@pytest.mark.parametrize(
    "person, joining, said",
    [
        (Person(uuid4(), " \x00"), JOINING, "姓名不能为空"),
        (Person(uuid4(), "示例", identity_number="无"), JOINING, "身份证号只能有数字"),
        (Person(uuid4(), "示例", identity_number="110***0011"), JOINING, "带有 \\* 号"),
        (Person(named("赵示例"), "赵示例"), JOINING, "已在簿中"),
        (Person(uuid4(), "示例"), replace(JOINING, branch_id=FIRST_GROUP), "不能用在这里"),
        (Person(uuid4(), "示例"), replace(JOINING, branch_id=uuid4()), "没有写明所在组织"),
        (Person(uuid4(), "示例"), replace(JOINING, branch_id=SECOND_BRANCH), "超出了在其所属支部的时间"),
        (Person(uuid4(), "示例"), replace(JOINING, since=date(2015, 6, 30)), "才成立"),
    ],
)
def test_a_refusal_leaves_the_book_as_it_was(person: Person, joining: Joining, said: str) -> None:
    book = small_book()
    before = book.state
    with pytest.raises(RefusedProblem, match=said):
        add_person(book, person, joining, actor())
    assert book.state is before


def test_a_masked_number_never_overwrites_the_number() -> None:
    book, person = small_book(), Person(uuid4(), "示例", identity_number=GOOD_NUMBER)
    add_person(book, person, JOINING, actor())
    masked = replace(person, identity_number=mask(GOOD_NUMBER), phone="010-0000")
    saved = correct_person(book, masked, actor(1)).value.person
    assert (saved.identity_number, saved.phone) == (GOOD_NUMBER, "010-0000")


def test_correcting_the_name_stores_new_initials() -> None:
    book = small_book()
    saved = correct_person(book, Person(named("赵示例"), "单示例"), actor()).value.person
    assert saved.initials.split()[0] == "ssl"


def test_correcting_someone_who_is_gone_is_refused() -> None:
    with pytest.raises(RefusedProblem, match="已不在簿中"):
        correct_person(small_book(), Person(uuid4(), "示例"), actor())


def test_a_person_whom_nothing_names_goes_to_the_recycle_bin_with_the_facts() -> None:
    book, person_id = small_book(), named("赵示例")
    mark(book, person_id, Mark.RETIRED, date(2024, 1, 1), actor())
    remove_person(book, person_id, actor(1))
    with book.reading() as reading:
        assert reading.get(Person, person_id) is None
        assert reading.roster().facts_of(person_id) == ()
        assert {value.entity for value in reading.removed()} == {"person", "person_fact"}


ID = named("赵示例")
REFERENCE = PersonRef("赵示例", ID)
NAMING = [
    ({"people": {"chair": (REFERENCE,)}}, "主持人"),
    ({"attendance": (Attendance(ID, "赵示例"),)}, "考勤"),
    ({"observers": (REFERENCE,)}, "列席"),
    ({"agenda": (AgendaItem(UUID(int=8), "议题", (Speech("赵示例", "同意", ID),)),)}, "发言"),
    (
        {
            "agenda": (
                AgendaItem(UUID(int=8), "议题", resolutions=(Resolution(UUID(int=9), "决议", (REFERENCE,)),)),
            )
        },
        "决议责任人",
    ),
]


@pytest.mark.parametrize("fields, role", NAMING)
def test_a_person_named_in_a_record_stays_and_the_record_is_said(fields: dict, role: str) -> None:
    book = small_book()
    record = Record(
        uuid4(), ("general_meeting",), FIRST_BRANCH, date(2026, 3, 5), subject="春季大会", **fields
    )
    put(book, record)
    with book.reading() as reading:
        (mention,) = mentions_of(reading, ID)
        assert mention.roles == (role,)
        assert mentions_of(reading, ID, 2025) == ()
        assert mentions_of(reading, named("钱示例")) == ()
    before = book.state
    with pytest.raises(RefusedProblem, match="2026-03-05 支部党员大会《春季大会》"):
        remove_person(book, ID, actor(1))
    assert book.state is before


def test_many_records_are_counted_not_listed() -> None:
    book = small_book()
    put(
        book,
        *(
            Record(uuid4(), ("group_meeting",), SECOND_GROUP, date(2026, 1, day), observers=(REFERENCE,))
            for day in range(1, 9)
        ),
    )
    with pytest.raises(RefusedProblem, match="等 8 份"):
        remove_person(book, ID, actor(1))


def test_the_small_book_is_what_it_says() -> None:
    with small_book().reading() as reading:
        roster = reading.roster()
        assert len(roster.members_on(FIRST_BRANCH, TODAY)) == 6
        assert len(roster.members_on(FIRST_GROUP, TODAY)) == 3
        assert len(roster.members_on(SECOND_BRANCH, TODAY)) == 4
        assert {each.kind for each in roster.organisations} == set(OrganisationKind)
        assert {fact.kind for fact in roster.facts} == {
            FactKind.MEMBERSHIP,
            FactKind.GROUP,
            FactKind.STANDING,
        }
