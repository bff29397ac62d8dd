"""Dated facts: what follows what, what may not overlap, and what a decision is needed for."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings

from branchbook.domain.people import (
    FactKind,
    Mark,
    Person,
    PersonFact,
    Post,
    Restriction,
    Standing,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.people import Joining
from branchbook.services.people_facts import (
    appoint,
    correct_fact,
    end_fact,
    join_group,
    leave_group,
    mark,
    remove_fact,
    restore,
    restrict,
    set_standing,
)
from branchbook.services.transfers import transfer_in
from tests.services.asking import refused, roster_of
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
from tests.services.steps import PEOPLE, STEPS, attempt

ZHAO, QIAN = named("赵示例"), named("钱示例")
MAY = date(2026, 5, 1)


def test_a_full_member_counts_from_the_end_of_probation_however_late_it_was_entered() -> None:
    """细则2014 第三十四、三十六条: 转正日期 is the end of the probation."""
    book = small_book()
    person = Person(uuid4(), "示例", accepted_on=date(2025, 6, 1))
    joining = Joining(FIRST_BRANCH, date(2025, 6, 1), Standing.PROBATIONARY, counterpart="外单位")
    transfer_in(book, person, joining, "", actor())
    set_standing(book, person.id, Standing.FULL, date(2026, 7, 15), "示批2号", actor(1))
    assert roster_of(book).person_by_id[person.id].full_member_since == date(2026, 6, 1)
    assert roster_of(book).standing_on(person.id, date(2026, 7, 14)) == Standing.PROBATIONARY


def test_a_new_standing_ends_the_former_one_the_same_day_and_fills_the_dates() -> None:
    book = small_book()
    person = Person(uuid4(), "示例")
    transfer_in(
        book,
        person,
        Joining(FIRST_BRANCH, date(2024, 1, 1), Standing.DEVELOPMENT_CANDIDATE, counterpart="外单位"),
        "",
        actor(),
    )
    set_standing(book, person.id, Standing.PROBATIONARY, date(2025, 6, 1), "示批1号", actor(1))
    set_standing(book, person.id, Standing.FULL, date(2026, 6, 1), "示批2号", actor(2))
    roster = roster_of(book)
    assert roster.standing_on(person.id, date(2025, 5, 31)) == Standing.DEVELOPMENT_CANDIDATE
    assert roster.standing_on(person.id, date(2025, 6, 1)) == Standing.PROBATIONARY
    assert roster.standing_on(person.id, date(2026, 5, 31)) == Standing.PROBATIONARY
    assert roster.standing_on(person.id, date(2026, 6, 1)) == Standing.FULL
    stored = roster.person_by_id[person.id]
    assert (stored.accepted_on, stored.full_member_since) == (date(2025, 6, 1), date(2026, 6, 1))


def test_a_standing_entered_late_ends_where_the_next_one_begins() -> None:
    book = small_book()
    set_standing(book, ZHAO, Standing.PROBATIONARY, date(2017, 3, 1), "", actor())
    roster = roster_of(book)
    (first, second) = roster.facts_of(ZHAO, FactKind.STANDING)
    assert (first.to_on, second.from_on) == (date(2018, 3, 1), date(2018, 3, 1))


def test_a_date_that_was_entered_before_is_not_overwritten() -> None:
    book = small_book()
    set_standing(book, ZHAO, Standing.PROBATIONARY, date(2017, 3, 1), "", actor())
    set_standing(book, ZHAO, Standing.PROBATIONARY, date(2016, 3, 1), "", actor(1))
    assert roster_of(book).person_by_id[ZHAO].accepted_on == date(2017, 3, 1)


def test_two_standings_on_one_day_are_refused() -> None:
    book = small_book()
    refused(
        book,
        "当天已登记“正式党员”",
        lambda: set_standing(book, ZHAO, Standing.FULL, date(2018, 3, 1), "", actor()),
    )


def test_moving_to_another_group_and_leaving_it() -> None:
    book = small_book()
    join_group(book, ZHAO, SECOND_GROUP, MAY, actor())
    group = roster_of(book).group_of(ZHAO, MAY)
    assert group is not None
    assert group.id == SECOND_GROUP
    assert len(roster_of(book).members_on(FIRST_GROUP, MAY)) == 2
    leave_group(book, ZHAO, date(2026, 6, 1), actor(1))
    assert roster_of(book).group_of(ZHAO, date(2026, 6, 1)) is None
    refused(book, "不在任何党小组", lambda: leave_group(book, ZHAO, date(2026, 7, 1), actor(2)))


def test_a_group_of_another_branch_is_refused() -> None:
    book = small_book()
    refused(
        book, "请选择本支部的党小组", lambda: join_group(book, named("郑示例"), FIRST_GROUP, MAY, actor())
    )


def test_a_group_before_the_membership_is_refused() -> None:
    book = small_book()
    refused(
        book,
        "超出了在其所属支部的时间",
        lambda: join_group(book, ZHAO, FIRST_GROUP, date(2018, 2, 1), actor()),
    )


@pytest.mark.parametrize(
    "post, place, said",
    [
        (Post.SECRETARY, FIRST_GROUP, "不能用在这里"),
        (Post.GROUP_LEADER, FIRST_BRANCH, "不能用在这里"),
        (Post.SECRETARY, UUID(int=77), "没有写明所在组织"),
    ],
)
def test_a_post_belongs_to_its_level(post: Post, place: UUID, said: str) -> None:
    book = small_book()
    refused(book, said, lambda: appoint(book, ZHAO, place, post, MAY, "", actor()))


@pytest.mark.parametrize(
    "post, place",
    [
        (Post.SECRETARY, FIRST_BRANCH),
        (Post.DEPUTY_SECRETARY, GENERAL_BRANCH),
        (Post.GROUP_LEADER, FIRST_GROUP),
    ],
)
def test_one_holder_at_a_time(post: Post, place: UUID) -> None:
    """B-34: at most one deputy secretary; one secretary, one leader of a group."""
    book = small_book()
    held = appoint(book, ZHAO, place, post, date(2024, 1, 1), "示批1号", actor()).value
    refused(book, "已由赵示例担任", lambda: appoint(book, QIAN, place, post, MAY, "", actor(1)))
    end_fact(book, held.id, MAY, actor(2), document="示批2号")
    appoint(book, QIAN, place, post, MAY, "", actor(3))
    roster = roster_of(book)
    before, after = roster.holder_of(place, post, MAY - timedelta(1)), roster.holder_of(place, post, MAY)
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (ZHAO, QIAN)


def test_several_may_be_plain_members_of_a_committee() -> None:
    book = small_book()
    for person in (ZHAO, QIAN):
        appoint(book, person, FIRST_BRANCH, Post.COMMITTEE_MEMBER, MAY, "", actor())
    assert len(roster_of(book).committee_on(FIRST_BRANCH, MAY)) == 2
    refused(
        book,
        "时间重叠",
        lambda: appoint(book, ZHAO, FIRST_BRANCH, Post.COMMITTEE_MEMBER, date(2026, 6, 1), "", actor()),
    )


def test_disciplinary_probation_lasts_until_a_decision_restores() -> None:
    """选举条例 第五条 and 处分条例: after the year of 留党察看 there is no vote before 恢复 is decided."""
    book = small_book()
    refused(
        book,
        "没有写决定的文号",
        lambda: restrict(book, ZHAO, Restriction.DISCIPLINARY_PROBATION, MAY, " ", actor()),
    )
    fact = restrict(book, ZHAO, Restriction.DISCIPLINARY_PROBATION, MAY, "示纪1号", actor()).value
    assert Restriction.DISCIPLINARY_PROBATION in roster_of(book).restrictions_on(ZHAO, date(2029, 1, 1))
    refused(book, "恢复权利须有决定", lambda: restore(book, fact.id, date(2027, 5, 2), "", actor(1)))
    restore(book, fact.id, date(2027, 5, 2), "示纪2号", actor(2))
    assert roster_of(book).restrictions_on(ZHAO, date(2027, 5, 2)) == frozenset()
    refused(book, "已经结束", lambda: restore(book, fact.id, date(2027, 6, 2), "示纪3号", actor(3)))


@pytest.mark.parametrize(
    "restriction",
    [
        Restriction.DISCIPLINARY_PROBATION,
        Restriction.RIGHTS_SUSPENDED,
        Restriction.MEMBERSHIP_SUSPENDED,
    ],
)
def test_no_other_way_gives_rights_back_without_a_decision(restriction: Restriction) -> None:
    """选举条例 第五条: ending or correcting the entry is as much a lifting as 恢复 is."""
    book = small_book()
    fact = restrict(book, ZHAO, restriction, MAY, "示纪1号", actor()).value
    ended = replace(fact, to_on=date(2027, 5, 1))
    refused(book, "恢复权利须有决定", lambda: end_fact(book, fact.id, date(2027, 5, 1), actor(1)))
    refused(book, "恢复权利须有决定", lambda: correct_fact(book, ended, actor(1)))
    correct_fact(book, replace(ended, ending_document="示纪2号"), actor(2))
    assert roster_of(book).restrictions_on(ZHAO, date(2027, 5, 1)) == frozenset()


def test_a_warning_is_lifted_without_a_document() -> None:
    book = small_book()
    fact = restrict(book, ZHAO, Restriction.WARNING, MAY, "示纪1号", actor()).value
    restore(book, fact.id, date(2027, 5, 1), "", actor(1))
    assert roster_of(book).restrictions_on(ZHAO, date(2027, 5, 1)) == frozenset()


def test_marks_stand_side_by_side_but_not_twice() -> None:
    book = small_book()
    for what in (Mark.RETIRED, Mark.HARDSHIP):
        mark(book, ZHAO, what, MAY, actor())
    assert roster_of(book).marks_on(ZHAO, MAY) == {Mark.RETIRED, Mark.HARDSHIP}
    refused(book, "时间重叠", lambda: mark(book, ZHAO, Mark.RETIRED, TODAY, actor(1)))


def test_a_fact_cannot_end_before_it_begins() -> None:
    book = small_book()
    fact = mark(book, ZHAO, Mark.FLOATING, MAY, actor()).value
    refused(book, "不晚于起始日期", lambda: end_fact(book, fact.id, MAY, actor(1)))
    refused(book, "不晚于起始日期", lambda: end_fact(book, fact.id, MAY - timedelta(1), actor(1)))


def test_a_correction_is_checked_like_a_new_fact() -> None:
    book = small_book()
    fact = mark(book, ZHAO, Mark.FLOATING, MAY, actor()).value
    corrected = replace(fact, from_on=date(2026, 4, 1), document="示字1号")
    assert correct_fact(book, corrected, actor(1)).value == corrected
    wrong = replace(fact, to_on=date(2026, 1, 1))
    refused(book, "不晚于起始日期", lambda: correct_fact(book, wrong, actor(2)))
    refused(book, "别的种类", lambda: correct_fact(book, replace(fact, kind=FactKind.POST), actor(2)))
    remove_fact(book, fact.id, actor(3))
    assert roster_of(book).marks_on(ZHAO, TODAY) == frozenset()


def test_removing_the_membership_under_a_group_is_refused() -> None:
    book = small_book()
    membership = roster_of(book).facts_of(ZHAO, FactKind.MEMBERSHIP)[0]
    refused(book, "超出了在其所属支部的时间", lambda: remove_fact(book, membership.id, actor()))


def test_someone_who_is_gone_is_said() -> None:
    book = small_book()
    refused(book, "已不在簿中", lambda: mark(book, uuid4(), Mark.RETIRED, MAY, actor()))
    refused(book, "已不在簿中", lambda: end_fact(book, uuid4(), MAY, actor()))


# ---- nothing overlaps wrongly, whatever is tried ----


def wrong_days(roster: Roster, person_id: UUID) -> list[str]:
    """What is wrong about a person on any first day of a fact: written without the guards."""
    facts = roster.facts_of(person_id)
    found = [f"{fact} ends before it begins" for fact in facts if fact.to_on and fact.to_on <= fact.from_on]
    for day in {fact.from_on for fact in facts}:
        held = [fact for fact in facts if fact.holds_on(day)]
        for kind in (FactKind.STANDING, FactKind.MEMBERSHIP, FactKind.GROUP):
            if sum(fact.kind == kind for fact in held) > 1:
                found.append(f"{kind} twice on {day}")
        keys = [(fact.kind, fact.value, fact.organisation_id) for fact in held]
        if len(set(keys)) < len(keys):
            found.append(f"the same twice on {day}: {keys}")
        group, branch = roster.group_of(person_id, day), roster.branch_of(person_id, day)
        if group is not None and (branch is None or group.parent_id != branch.id):
            found.append(f"group outside of the branch on {day}")
    return found


def two_secretaries(roster: Roster, facts: tuple[PersonFact, ...]) -> list[str]:
    return [
        f"{place} on {fact.from_on}"
        for fact in facts
        for place in (FIRST_BRANCH, SECOND_BRANCH)
        if sum(each.value == Post.SECRETARY for each in roster.post_facts_on(place, fact.from_on)) > 1
    ]


@settings(max_examples=60)
@given(STEPS)
def test_nothing_ever_overlaps_wrongly_and_a_refusal_changes_nothing(steps: list) -> None:
    book = small_book()
    for step in steps:
        before, was_refused = book.state, False
        try:
            attempt(book, step)
        except RefusedProblem:
            was_refused = True
        assert (book.state is before) == was_refused
    roster = roster_of(book)
    for person_id in PEOPLE:
        assert wrong_days(roster, person_id) == []
    assert two_secretaries(roster, roster.facts) == []
