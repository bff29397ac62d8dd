"""Organisations: a new book's structure, dated names, groups dissolved, terms of office."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.domain.organisations import Organisation, OrganisationKind, Term
from branchbook.domain.people import Person, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, Record, RecordState, Resolution
from branchbook.services.operations import operate
from branchbook.services.organisations import (
    NewBranch,
    add_branch,
    add_group,
    correct_organisation,
    dissolve_group,
    found_branch,
    found_general_branch,
    rename,
)
from branchbook.services.people import Joining, add_person
from branchbook.services.people_facts import appoint
from branchbook.services.terms import Appointment, begin_term, correct_term, end_term, remove_term
from tests.fakes import FakeBook
from tests.services.asking import refused, roster_of
from tests.services.small_book import (
    FIRST_BRANCH,
    FIRST_GROUP,
    FOUNDED,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    SECOND_GROUP,
    TODAY,
    actor,
    named,
    small_book,
)

ZHAO, QIAN = named("赵示例"), named("钱示例")
MAY = date(2026, 5, 1)


def test_a_general_branch_with_its_branches_and_groups_is_one_operation() -> None:
    book = FakeBook()
    branches = (NewBranch("机关支部", ("一组", "二组")), NewBranch("退休支部"))
    general = found_general_branch(book, "示例总支", branches, FOUNDED, actor()).value
    roster = roster_of(book)
    found = roster.general_branch()
    assert found == general
    made = roster.children_of(general.id, TODAY)
    assert [branch.name for branch in made] == ["机关支部", "退休支部"]
    assert [group.name for group in roster.groups_of(made[0].id, TODAY)] == ["一组", "二组"]
    assert len(book.state.operations) == 1
    refused(book, "已经建好组织", lambda: found_branch(book, NewBranch("又一支部"), FOUNDED, actor(1)))


def test_one_branch_alone_has_no_room_for_a_second() -> None:
    book = FakeBook()
    branch = found_branch(book, NewBranch("示例支部", ("一组",)), FOUNDED, actor()).value
    assert branch.parent_id is None
    assert add_group(book, branch.id, "二组", MAY, actor(1)).value.position == 2
    refused(book, "没有党总支", lambda: add_branch(book, "第二支部", MAY, actor(2)))


@pytest.mark.parametrize(
    "branches, said",
    [
        ((NewBranch("甲"), NewBranch("甲")), "已有同名"),
        ((NewBranch(" "),), "名称不能为空"),
        ((NewBranch("甲", ("一组", "一组")),), "已有同名"),
    ],
)
def test_a_structure_that_cannot_be_told_apart_is_refused(branches: tuple[NewBranch, ...], said: str) -> None:
    book = FakeBook()
    refused(book, said, lambda: found_general_branch(book, "总支", branches, FOUNDED, actor()))


def test_groups_stand_below_branches_only() -> None:
    book = small_book()
    refused(book, "不能建在这个组织下面", lambda: add_group(book, GENERAL_BRANCH, "组", MAY, actor()))
    refused(book, "不能建在这个组织下面", lambda: add_group(book, FIRST_GROUP, "组", MAY, actor()))
    refused(book, "不存在", lambda: add_group(book, FIRST_BRANCH, "组", date(2015, 6, 30), actor()))
    refused(book, "已不在簿中", lambda: add_group(book, uuid4(), "组", MAY, actor()))


def test_a_name_holds_from_its_day_on() -> None:
    book = small_book()
    rename(book, FIRST_BRANCH, "机关第一支部", MAY, "示组1号", actor())
    branch = roster_of(book).organisation_by_id[FIRST_BRANCH]
    assert branch.name_on(MAY - timedelta(1)) == "第一支部"
    assert branch.name_on(MAY) == branch.name == "机关第一支部"
    assert branch.names[-1].document == "示组1号"
    refused(book, "当天已登记过名称", lambda: rename(book, FIRST_BRANCH, "又", MAY, "", actor(1)))
    refused(book, "已有同名", lambda: rename(book, FIRST_BRANCH, "第二支部", TODAY, "", actor(1)))
    refused(book, "不存在", lambda: rename(book, FIRST_BRANCH, "早", date(2010, 1, 1), "", actor(1)))


def test_a_late_entered_name_takes_its_place_in_time() -> None:
    book = small_book()
    rename(book, FIRST_BRANCH, "丙", date(2024, 1, 1), "", actor())
    rename(book, FIRST_BRANCH, "乙", date(2020, 1, 1), "", actor(1))
    branch = roster_of(book).organisation_by_id[FIRST_BRANCH]
    assert [dated.name for dated in branch.names] == ["第一支部", "乙", "丙"]


def test_corrections_keep_level_and_parent() -> None:
    book = small_book()
    branch = roster_of(book).organisation_by_id[FIRST_BRANCH]
    corrected = replace(branch, phone="010-0000", higher_organisation="示例机关党委")
    assert correct_organisation(book, corrected, actor()).value == corrected
    refused(
        book, "不能在这里更改", lambda: correct_organisation(book, replace(branch, parent_id=None), actor(1))
    )
    refused(book, "名称不能为空", lambda: correct_organisation(book, replace(branch, names=()), actor(1)))
    late = replace(branch, founded_on=date(2019, 1, 1))
    refused(book, "已有人员登记", lambda: correct_organisation(book, late, actor(1)))
    twice = replace(branch, names=(branch.names[0], branch.names[0]))
    refused(book, "没有先后之分", lambda: correct_organisation(book, twice, actor(1)))


def test_a_dissolved_group_lets_its_members_go_where_they_are_sent() -> None:
    book = small_book()
    appoint(book, ZHAO, FIRST_GROUP, Post.GROUP_LEADER, date(2024, 1, 1), "", actor())
    dissolve_group(book, FIRST_GROUP, MAY, "示组1号", actor(1), moves={ZHAO: SECOND_GROUP})
    roster = roster_of(book)
    assert roster.groups_of(FIRST_BRANCH, MAY) == (roster.organisation_by_id[SECOND_GROUP],)
    group = roster.group_of(ZHAO, MAY)
    assert group is not None
    assert group.id == SECOND_GROUP
    assert roster.group_of(QIAN, MAY) is None
    assert roster.posts_on(ZHAO, MAY) == ()
    assert len(roster.members_on(FIRST_GROUP, MAY - timedelta(1))) == 3
    refused(book, "已于 2026-05-01 撤销", lambda: dissolve_group(book, FIRST_GROUP, TODAY, "", actor(2)))


def record(state: RecordState, day: date | None, *, resolved: bool = False) -> Record:
    resolution = (Resolution(uuid4(), "落实学习计划", due_on=date(2026, 4, 1)),) if resolved else ()
    agenda = (AgendaItem(uuid4(), "议题", resolutions=resolution),)
    return Record(uuid4(), ("group_meeting",), FIRST_GROUP, day, agenda=agenda, state=state)


@pytest.mark.parametrize(
    "open_record, said",
    [
        (record(RecordState.DRAFT, date(2026, 4, 1)), "2026-04-01 党小组会还是草稿"),
        (record(RecordState.DRAFT, None), "未定日期 党小组会还是草稿"),
        (record(RecordState.FINAL, date(2026, 3, 1), resolved=True), "尚未落实，已过时限"),
    ],
)
def test_open_matters_are_named_and_a_reason_goes_on(open_record: Record, said: str) -> None:
    book = small_book()
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(open_record)
    refused(book, said, lambda: dissolve_group(book, FIRST_GROUP, MAY, "", actor(1)))
    dissolve_group(book, FIRST_GROUP, MAY, "", actor(1), reason="移交第二小组办理")
    assert book.state.operations[-1].head.reason == "移交第二小组办理"


def test_a_record_after_the_day_of_closing_stands_in_the_way() -> None:
    book = small_book()
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(record(RecordState.FINAL, MAY))
    refused(
        book,
        "日期在撤销之后",
        lambda: dissolve_group(book, FIRST_GROUP, MAY, "", actor(1), reason="仍要撤销"),
    )


def test_refusals_of_dissolving() -> None:
    book = small_book()
    refused(book, "不是党小组", lambda: dissolve_group(book, FIRST_BRANCH, MAY, "", actor()))
    refused(book, "不晚于成立日期", lambda: dissolve_group(book, FIRST_GROUP, FOUNDED, "", actor()))
    refused(
        book,
        "已于 2026-05-01 撤销",
        lambda: dissolve_group(book, FIRST_GROUP, MAY, "", actor(), moves={ZHAO: FIRST_GROUP}),
    )


# ---- terms of office ----


def term(
    elected_on: date = MAY, years: int = 3, *, committee: bool = False, place: UUID = FIRST_BRANCH
) -> Term:
    return Term(uuid4(), place, elected_on, years, committee, document="示批1号")


def test_a_new_term_ends_the_former_one_and_its_posts() -> None:
    book = small_book()
    appointments = (Appointment(ZHAO, Post.SECRETARY), Appointment(QIAN, Post.DEPUTY_SECRETARY))
    begin_term(book, term(date(2023, 4, 1)), actor(), appointments)
    begin_term(book, term(), actor(1), (Appointment(QIAN, Post.SECRETARY),))
    roster = roster_of(book)
    eve = MAY - timedelta(1)
    former, present = roster.term_on(FIRST_BRANCH, eve), roster.term_on(FIRST_BRANCH, MAY)
    assert former is not None
    assert present is not None
    assert (former.elected_on, former.ended_on, present.elected_on) == (date(2023, 4, 1), MAY, MAY)
    assert [fact.person_id for fact in roster.post_facts_on(FIRST_BRANCH, eve)] == [ZHAO, QIAN]
    assert [(f.person_id, f.value, f.document) for f in roster.post_facts_on(FIRST_BRANCH, MAY)] == [
        (QIAN, Post.SECRETARY, "示批1号")
    ]


def test_the_general_branch_has_a_committee_of_its_own() -> None:
    book = small_book()
    posts = (Appointment(ZHAO, Post.SECRETARY), Appointment(named("郑示例"), Post.ORGANISATION_MEMBER))
    outcome = begin_term(book, term(committee=True, place=GENERAL_BRANCH), actor(), posts)
    assert outcome.value.warnings == ()
    assert len(roster_of(book).committee_on(GENERAL_BRANCH, MAY)) == 2


def test_a_term_entered_late_ends_where_the_next_begins() -> None:
    book = small_book()
    begin_term(book, term(), actor())
    late = begin_term(book, term(date(2020, 1, 1)), actor(1)).value.term
    assert late.ended_on == MAY


def test_a_committee_from_seven_full_members_on() -> None:
    """支部工作条例, B-32 and B-35. Only the article's number is unknown, so nothing is marked 待核实."""
    book = small_book()
    assert begin_term(book, term(committee=True), actor()).value.warnings == (
        "当日有正式党员 6 名，不足 7 名的不设支部委员会（支部工作条例）",
    )
    assert begin_term(book, term(date(2026, 6, 1)), actor(1)).value.warnings == ()
    add_person(book, Person(uuid4(), "卫示例"), Joining(FIRST_BRANCH, date(2026, 6, 2)), actor(2))
    assert begin_term(book, term(date(2026, 7, 1)), actor(3)).value.warnings == (
        "当日有正式党员 7 名，7 名以上应设支部委员会（支部工作条例）",
    )
    assert begin_term(book, term(date(2026, 8, 1), committee=True), actor(4)).value.warnings == ()


def test_before_the_regulation_nothing_is_said_about_a_committee() -> None:
    """支部工作条例 is in force from 2018-10-28."""
    assert begin_term(small_book(), term(date(2018, 5, 1), committee=True), actor()).value.warnings == ()


def test_refusals_of_terms() -> None:
    book = small_book()
    first = begin_term(book, term(), actor()).value.term
    refused(book, "已登记过一届", lambda: begin_term(book, term(), actor(1)))
    refused(book, "3 年或 5 年", lambda: begin_term(book, term(TODAY, 4), actor(1)))
    refused(book, "党小组没有届次", lambda: begin_term(book, term(TODAY, place=FIRST_GROUP), actor(1)))
    refused(book, "不存在", lambda: begin_term(book, term(date(2010, 1, 1)), actor(1)))
    refused(book, "不晚于选举日期", lambda: end_term(book, first.id, MAY, actor(1)))
    refused(
        book,
        "不设支部委员会的只选书记",
        lambda: begin_term(book, term(TODAY), actor(1), (Appointment(ZHAO, Post.YOUTH_MEMBER),)),
    )
    refused(
        book,
        "改到别的组织",
        lambda: correct_term(book, replace(first, organisation_id=SECOND_BRANCH), actor(1)),
    )
    end_term(book, first.id, date(2026, 8, 1), actor(2))
    refused(book, "时间重叠", lambda: begin_term(book, term(date(2026, 7, 1)), actor(3)))
    remove_term(book, first.id, actor(3))
    refused(book, "已不在簿中", lambda: remove_term(book, first.id, actor(4)))


DAYS = st.integers(0, 20).map(lambda months: date(2024, 1 + months % 12, 1 + months))


@settings(max_examples=60)
@given(st.lists(st.tuples(DAYS, st.booleans(), DAYS), min_size=2, max_size=8))
def test_terms_of_one_organisation_never_overlap(steps: list) -> None:
    book = small_book()
    for elected_on, ends, ended_on in steps:
        before, was_refused = book.state, False
        try:
            begin_term(book, replace(term(elected_on), ended_on=ended_on if ends else None), actor())
        except RefusedProblem:
            was_refused = True
        assert (book.state is before) == was_refused
    terms = roster_of(book).terms
    assert all(sum(each.runs_on(other.elected_on) for each in terms) == 1 for other in terms)


def test_kinds_are_the_three_levels() -> None:
    kinds = {organisation.kind for organisation in roster_of(small_book()).organisations}
    assert kinds == set(OrganisationKind)
    assert all(isinstance(each, Organisation) for each in roster_of(small_book()).organisations)
