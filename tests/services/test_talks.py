"""The talks of a branch: counted from its records, asked of the roster on a day (B-31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchbook.domain.organisations import Term
from branchbook.domain.people import FactKind, Mark, PersonFact, Post, Restriction, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import PersonRef, Record
from branchbook.domain.talks import (
    CONVERTED,
    DISCIPLINED,
    IN_HARDSHIP,
    OCCASIONS,
    POST_CHANGED,
    Circle,
    Occasion,
)
from branchbook.services.due import year_findings
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.rule_choices import RuleCorrection
from branchbook.services.settings import change_setting
from branchbook.services.store import Book
from branchbook.services.talks import TalksOfYear, occasions_of, talks_of_year
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    FOUNDED,
    GENERAL_BRANCH,
    GROUPS,
    PEOPLE,
    TODAY,
    drafts,
    identity,
    meeting,
    ref,
    sample,
)

LIVE = frozenset(drafts())


def talk(name: str, talker: int, *others: int, held_on: date = date(2026, 5, 8), **fields: object) -> Record:
    people = {"talker": (ref(talker),), "talked_with": tuple(ref(each) for each in others)}
    content = {"content": "谈思想和工作。", **fields}
    return meeting(name, ("heart_to_heart_talk",), held_on, attendance=(), people=people, fields=content)


def book_with(*records: Record, final: bool = True) -> Book:
    book = sample(without=LIVE).book
    for record in records:
        save_record(book, record, ACTOR)
        if final:
            finalise(book, record.id, ACTOR)
    return book


def of_year(book: Book, year: int = 2026, **how: bool) -> TalksOfYear:
    with book.reading() as reading:
        return talks_of_year(reading, BRANCH, year, TODAY, **how)


def test_the_committee_and_the_members_are_those_of_the_day():
    found = of_year(book_with())
    assert found.matrix.committee == (PEOPLE[1], PEOPLE[2], PEOPLE[3])
    assert len(found.matrix.members) == 12, "the probationary member too"
    assert found.people[PEOPLE[1]].note == "书记"
    assert [name for _, name in found.groups] == ["第二党小组", "第一党小组"]
    assert found.article.startswith("支部工作条例")


def test_only_final_talks_count_drafts_where_asked_for():
    book = book_with(talk("谈", 1, 5), final=False)
    assert of_year(book).matrix.between(PEOPLE[1], PEOPLE[5]) == ()
    asked = of_year(book, with_drafts=True)
    assert asked.matrix.between(PEOPLE[1], PEOPLE[5]) == (identity("谈"),)
    assert asked.drafts == {identity("谈")}


def test_a_planned_talk_of_tomorrow_is_not_counted_nor_one_of_another_year():
    tomorrow = date(2026, 11, 25)
    book = book_with(
        talk("明日", 1, 5, held_on=tomorrow), talk("去年", 1, 5, held_on=date(2025, 5, 8)), final=False
    )
    assert of_year(book, with_drafts=True).matrix.talks == {}
    assert len(of_year(book, 2025, with_drafts=True).matrix.talks) == 1


def test_missing_talks_are_told_in_words():
    found = of_year(book_with(talk("甲", 1, 2, 3, 5), talk("乙", 2, 3)))
    words = {found.sentence(each) for each in found.missing}
    assert "钱乙二 与 孙丙三" not in words
    assert "吴己六 与委员" not in words
    assert {"郑庚七 与委员", "吴己六 与其他党员"} <= words
    assert {each.circle for each in found.missing} == {Circle.COMMITTEE_AND_MEMBER, Circle.MEMBERS}


def test_the_stricter_reading_and_a_corrected_number_are_settings():
    book = book_with(talk("甲", 1, 2, 3, 5), talk("乙", 2, 3))
    loose = len(of_year(book).missing)
    change_setting(book, "talks_with_each_committee_member", True, ACTOR)
    strict = of_year(book)
    assert len(strict.missing) > loose
    assert "吴己六 与 孙丙三" in {strict.sentence(each) for each in strict.missing}
    correction = RuleCorrection("B-31", "示组发〔2026〕9号", value="每半年")
    change_setting(book, "rule_corrections", (correction,), ACTOR)
    assert of_year(book).matrix.times == 2


def test_somebody_who_is_not_in_the_roster_is_in_no_pair():
    stranger = replace(talk("群众", 1), people={"talker": (ref(1),), "talked_with": (PersonRef("群众甲"),)})
    assert of_year(book_with(stranger)).matrix.talks == {}


def test_a_private_talk_counts_like_any_other_and_tells_no_subject():
    private = replace(talk("私", 1, 5, private=True), subject="家事")
    found = of_year(book_with(private))
    assert found.matrix.between(PEOPLE[1], PEOPLE[5]) == (private.id,)
    assert found.summaries[private.id].subject == ""


@pytest.mark.parametrize("place", [GENERAL_BRANCH, GROUPS[0], identity("不存在")])
def test_talks_are_counted_by_branch(place):
    with book_with().reading() as reading, pytest.raises(RefusedProblem):
        talks_of_year(reading, place, 2026, TODAY)


def test_a_branch_without_a_committee_is_led_by_its_secretary():
    book = book_with()
    with operate(book, ACTOR, "不设委员会") as operating:
        operating.writing.put(Term(identity("届"), BRANCH, date(2024, 6, 1), 3, False))
    assert of_year(book).matrix.committee[0] == PEOPLE[1]


# ------------------------------------------------------------------------------------ occasions


def fact(index: int, kind: FactKind, value: str, from_on: date, to_on: date | None = None, where=None):
    return PersonFact(identity(f"{index}{value}{from_on}"), PEOPLE[index], kind, value, from_on, to_on, where)


def arisen(*facts: PersonFact, watched: tuple[str, ...] | None = None) -> set[Occasion]:
    book = sample(without=LIVE).book
    with operate(book, ACTOR, "登记") as operating:
        operating.writing.put_all(facts)
    with book.reading() as reading:
        names = OCCASIONS if watched is None else watched
        return set(occasions_of(reading.roster(), BRANCH, 2026, TODAY, names))


HANDOVER = {
    Occasion(PEOPLE[0], POST_CHANGED, date(2026, 7, 1)),
    Occasion(PEOPLE[1], POST_CHANGED, date(2026, 7, 1)),
}
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "facts, further",
    [
        ((), set()),
        ((fact(6, FactKind.RESTRICTION, Restriction.WARNING, DAY),), {Occasion(PEOPLE[6], DISCIPLINED, DAY)}),
        ((fact(6, FactKind.MARK, Mark.HARDSHIP, DAY),), {Occasion(PEOPLE[6], IN_HARDSHIP, DAY)}),
        ((fact(6, FactKind.MARK, Mark.RETIRED, DAY),), set()),
        ((fact(6, FactKind.RESTRICTION, Restriction.WARNING, date(2025, 9, 1)),), set()),
        ((fact(6, FactKind.RESTRICTION, Restriction.WARNING, date(2026, 12, 1)),), set()),
        (
            (
                fact(6, FactKind.POST, Post.YOUTH_MEMBER, FOUNDED, DAY, BRANCH),
                fact(6, FactKind.POST, Post.YOUTH_MEMBER, DAY, None, BRANCH),
            ),
            set(),
        ),
        (
            (fact(6, FactKind.POST, Post.YOUTH_MEMBER, FOUNDED, DAY, BRANCH),),
            {Occasion(PEOPLE[6], POST_CHANGED, DAY)},
        ),
    ],
)
def test_the_roster_tells_of_occasions(facts, further):
    assert arisen(*facts) == HANDOVER | further


def test_a_conversion_is_an_occasion_a_first_standing_is_none():
    was = fact(11, FactKind.STANDING, Standing.PROBATIONARY, date(2026, 3, 20), DAY)
    probation = replace(was, id=identity(f"11{FactKind.STANDING}{Standing.PROBATIONARY}2026-03-20"))
    assert arisen(probation, fact(11, FactKind.STANDING, Standing.FULL, DAY)) == HANDOVER | {
        Occasion(PEOPLE[11], CONVERTED, DAY)
    }


def test_a_book_that_does_not_name_an_occasion_is_not_told_of_it():
    assert arisen(watched=("发生矛盾",)) == set()


def test_who_was_talked_with_since_waits_no_longer():
    found = of_year(book_with(talk("新书记", 2, 1, held_on=date(2026, 7, 3))))
    assert [each.person for each in found.waiting] == [PEOPLE[0]]


# ---------------------------------------------------------------------------------- the requirement


def reason_of(book: Book) -> str:
    with book.reading() as reading:
        found = year_findings(reading, (BRANCH,), 2026, TODAY)
    return next(each.reason for each in found if each.requirement == "heart_to_heart_talk")


def test_the_requirement_says_how_many_talks_are_missing():
    book = book_with(talk("甲", 1, 2))
    assert (
        reason_of(book)
        == f"已召开并定稿；按委员之间、委员与党员、党员之间计，还缺 {len(of_year(book).missing)} 项"
    )


def test_the_requirement_says_nothing_more_where_none_is_missing():
    everyone = [
        talk("委员", 1, *range(2, 4), 0, *range(4, 12)),
        talk("其他", 2, 3),
        talk("党员", 0, *range(4, 12)),
    ]
    assert reason_of(book_with(*everyone)) == "已召开并定稿"
