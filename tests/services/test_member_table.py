"""The Members table as of a day, its filter, and the person's page."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from branchbook.domain.identity_number import check_digit, mask
from branchbook.domain.people import FactKind, Mark, Person, Post, Restriction, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attendance, PersonRef, Presence, Record, RecordState
from branchbook.services.member_table import Listed, MemberFilter, MemberRow, matching, member_rows
from branchbook.services.operations import operate
from branchbook.services.people import Joining, add_person, correct_person
from branchbook.services.people_facts import appoint, mark, restrict
from branchbook.services.person_page import person_page
from branchbook.services.settings import change_setting
from branchbook.services.transfers import transfer_out
from tests.fakes import FakeBook
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    named,
    small_book,
)

ZHAO = named("赵示例")
NUMBER = "11010119750228002"
IDENTITY_NUMBER = NUMBER + check_digit(NUMBER)


def rows_of(
    book: FakeBook, place: UUID, day: date = TODAY, listed: Listed = Listed.MEMBERS
) -> tuple[MemberRow, ...]:
    with book.reading() as reading:
        return member_rows(reading, place, day, listed)


@pytest.mark.parametrize(
    "place, count", [(FIRST_BRANCH, 6), (SECOND_BRANCH, 4), (FIRST_GROUP, 3), (GENERAL_BRANCH, 10)]
)
def test_every_member_of_the_place_has_a_row(place: UUID, count: int) -> None:
    rows = rows_of(small_book(), place)
    assert len(rows) == count
    assert [row.name for row in rows] == sorted((row.name for row in rows), key=lambda n: named_position(n))


def named_position(name: str) -> int:
    return next(person.position for person in everybody() if person.name == name)


def everybody() -> tuple[Person, ...]:
    with small_book().reading() as reading:
        return reading.roster().people


def test_a_row_says_what_held_on_that_day() -> None:
    book = small_book()
    born = Person(ZHAO, "赵示例", born_on=date(1975, 2, 28), full_member_since=date(2000, 11, 25))
    correct_person(book, born, actor())
    appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "", actor(1))
    appoint(book, ZHAO, GENERAL_BRANCH, Post.DISCIPLINE_MEMBER, date(2025, 1, 1), "", actor(2))
    mark(book, ZHAO, Mark.DUAL_LIFE_LEADER, date(2025, 1, 1), actor(3))
    restrict(book, ZHAO, Restriction.WARNING, date(2025, 1, 1), "示纪1号", actor(4))
    row = rows_of(book, FIRST_BRANCH)[0]
    assert (row.standing, row.branch, row.group) == (Standing.FULL, "第一支部", "第一小组")
    assert (row.age, row.years_of_membership) == (51, 25)
    assert row.posts == "书记、示例总支纪检委员"
    assert (row.marks, row.restrictions) == ("双重组织生活领导干部", "警告")
    earlier = rows_of(book, FIRST_BRANCH, date(2024, 6, 1))[0]
    assert (earlier.posts, earlier.marks, earlier.restrictions) == ("书记", "", "")
    assert rows_of(book, FIRST_BRANCH, date(2018, 2, 28)) == ()


def test_missing_dates_leave_the_numbers_empty() -> None:
    row = rows_of(small_book(), FIRST_BRANCH)[1]
    assert (row.age, row.years_of_membership, row.sex) == (None, None, None)


def test_applicants_and_former_members_have_lists_of_their_own() -> None:
    book = small_book()
    add_person(
        book, Person(uuid4(), "卫示例"), Joining(FIRST_BRANCH, date(2026, 1, 1), Standing.ACTIVIST), actor()
    )
    transfer_out(book, ZHAO, date(2026, 5, 1), "外单位", "", actor(1))
    assert [row.name for row in rows_of(book, FIRST_BRANCH, listed=Listed.APPLICANTS)] == ["卫示例"]
    assert [row.name for row in rows_of(book, FIRST_BRANCH, listed=Listed.FORMER)] == ["赵示例"]
    assert [row.name for row in rows_of(book, GENERAL_BRANCH, listed=Listed.FORMER)] == ["赵示例"]
    assert rows_of(book, FIRST_BRANCH, date(2026, 4, 30), Listed.FORMER) == ()
    assert "卫示例" not in {row.name for row in rows_of(book, FIRST_BRANCH)}


@pytest.mark.parametrize(
    "wanted, names",
    [
        (MemberFilter(), 6),
        (MemberFilter("赵"), 1),
        (MemberFilter("示例"), 6),
        (MemberFilter("ZSL"), 2),
        (MemberFilter("q"), 1),
        (MemberFilter("sl"), 0),
        (MemberFilter("赵 zs"), 1),
        (MemberFilter("赵 q"), 0),
        (MemberFilter(group_id=SECOND_GROUP), 3),
        (MemberFilter(standing=Standing.PROBATIONARY), 0),
        (MemberFilter("李", SECOND_GROUP, Standing.FULL), 1),
    ],
)
def test_the_filter_narrows_by_name_initials_group_and_standing(wanted: MemberFilter, names: int) -> None:
    rows = rows_of(small_book(), FIRST_BRANCH)
    assert len(matching(rows, wanted)) == names


def test_people_of_one_name_are_told_apart() -> None:
    book = small_book()
    twin = Person(uuid4(), "赵示例", born_on=date(1975, 3, 1))
    add_person(book, twin, Joining(FIRST_BRANCH, date(2026, 1, 1)), actor())
    shown = [row.shown_name for row in rows_of(book, GENERAL_BRANCH) if row.name == "赵示例"]
    assert shown == ["赵示例（1）", "赵示例（2）"], "the birth date of one says nothing of the other"
    assert rows_of(book, SECOND_BRANCH)[0].shown_name == "郑示例"


# ---- the person's page ----


def meeting(kinds: tuple[str, ...], day: date, presence: Presence, state: RecordState) -> Record:
    line = Attendance(ZHAO, "赵示例", presence)
    return Record(uuid4(), kinds, FIRST_BRANCH, day, attendance=(line,), state=state)


def page_book() -> FakeBook:
    book = small_book()
    final = RecordState.FINAL
    talk = Record(
        uuid4(),
        ("heart_to_heart_talk",),
        FIRST_BRANCH,
        date(2026, 4, 1),
        people={"talked_with": (PersonRef("赵示例", ZHAO),)},
        state=final,
    )
    with operate(book, actor(), "准备") as operating:
        operating.writing.put_all(
            (
                meeting(("general_meeting",), date(2026, 3, 1), Presence.PRESENT, final),
                meeting(("general_meeting",), date(2026, 6, 1), Presence.ON_LEAVE, RecordState.CORRECTED),
                meeting(("general_meeting",), date(2026, 9, 1), Presence.ABSENT, RecordState.DRAFT),
                meeting(("general_meeting",), date(2025, 9, 1), Presence.PRESENT, final),
                meeting(("party_lesson", "theme_party_day"), date(2026, 5, 1), Presence.EXCLUDED, final),
                meeting(("democratic_evaluation",), date(2026, 2, 1), Presence.PRESENT, final),
                talk,
            )
        )
    return book


def test_attendance_of_the_year_counts_final_records_under_each_kind() -> None:
    with page_book().reading() as reading:
        page = person_page(reading, ZHAO, TODAY)
    counted = {line.kind: line for line in page.attendance}
    general = counted["general_meeting"]
    assert (general.due, general.present, general.on_leave, general.absent) == (2, 1, 1, 0)
    for kind in ("party_lesson", "theme_party_day"):
        assert (counted[kind].due, counted[kind].excluded) == (0, 1)
    assert page.attendance[0].kind == "general_meeting"


def test_evaluations_and_talks_stand_by_themselves() -> None:
    with page_book().reading() as reading:
        page = person_page(reading, ZHAO, TODAY)
    assert len(page.evaluations) == 1
    assert [each.roles for each in page.talks] == [("谈话对象",)]
    assert len(page.mentions) == 7
    assert page.mentions[0].held_on == date(2026, 9, 1)


def test_the_identity_number_is_masked_unless_asked_for() -> None:
    book = small_book()
    correct_person(book, Person(ZHAO, "赵示例", identity_number=IDENTITY_NUMBER), actor())
    with book.reading() as reading:
        assert person_page(reading, ZHAO, TODAY).person.identity_number == mask(IDENTITY_NUMBER)
        whole = person_page(reading, ZHAO, TODAY, whole_number=True)
        assert whole.person.identity_number == IDENTITY_NUMBER
    change_setting(book, "identity_masked", False, actor(1))
    with book.reading() as reading:
        assert person_page(reading, ZHAO, TODAY).person.identity_number == IDENTITY_NUMBER


def test_the_page_says_every_fact_in_words() -> None:
    book = small_book()
    appoint(book, ZHAO, FIRST_BRANCH, Post.SECRETARY, date(2024, 1, 1), "示批1号", actor())
    transfer_out(book, ZHAO, date(2026, 5, 1), "外单位", "示信1号", actor(1))
    with book.reading() as reading:
        page = person_page(reading, ZHAO, date(2026, 4, 30))
        after = person_page(reading, ZHAO, TODAY)
    assert (page.branch, page.group, page.posts) == ("第一支部", "第一小组", "书记")
    assert (after.branch, after.group, after.posts, after.standing) == ("", "", "", "正式党员")
    (post,) = page.facts_of(FactKind.POST)
    assert (post.words, post.document, post.to_on) == ("第一支部书记", "示批1号", date(2026, 5, 1))
    (membership,) = page.facts_of(FactKind.MEMBERSHIP)
    assert (membership.ending, membership.ending_document) == ("转出", "示信1号")
    assert [each.counterpart for each in page.transfers] == ["外单位"]


def test_a_person_in_the_recycle_bin_has_no_page() -> None:
    with small_book().reading() as reading, pytest.raises(RefusedProblem, match="已不在簿中"):
        person_page(reading, uuid4(), TODAY)


def test_rows_are_values() -> None:
    rows = rows_of(small_book(), FIRST_BRANCH)
    assert replace(rows[0]) == rows[0]
    assert len(set(rows)) == 6
