"""What is owed and when (支部工作条例 第十一 to 十九条): states, periods, and who does not owe."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.catalogue.requirements import REQUIREMENTS
from branchbook.domain.checklists import Cadence
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Post
from branchbook.domain.records import RecordState
from branchbook.domain.requirements import FindingState, LocalCadence, Situation, findings
from branchbook.domain.rulebook import Correction
from branchbook.services.rules import shipped_rulebook
from tests.domain.rosters import LONG_AGO, RosterBuilder
from tests.domain.rulebooks import summary

TODAY = date(2026, 11, 24)
HELD, NOT_FINAL = FindingState.HELD, FindingState.HELD_NOT_FINAL
DUE, OVERDUE = FindingState.DUE, FindingState.OVERDUE
NOT_YET, NOT_REQUIRED = FindingState.NOT_YET, FindingState.NOT_REQUIRED
DRAFT = RecordState.DRAFT


def branch_without_committee():
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    secretary = builder.member("甲", branch)
    builder.fact(secretary, FactKind.POST, Post.SECRETARY.value, organisation=branch)
    builder.term(branch, LONG_AGO, with_committee=False)
    return builder, branch, secretary


def branch_with_committee(elected_on=date(2020, 2, 1)):
    """A branch that had only a secretary until it elected a committee."""
    builder, branch, secretary = branch_without_committee()
    builder.term(branch, elected_on, with_committee=True)
    for name, post in (("乙", Post.ORGANISATION_MEMBER), ("丙", Post.DISCIPLINE_MEMBER)):
        builder.fact(builder.member(name, branch), FactKind.POST, post.value, organisation=branch)
    return builder, branch, secretary


def of(requirement, builder, place, *records, today=TODAY, year=None, **more):
    """The findings of one requirement of one organisation in the year of ``today``."""
    situation = Situation(builder.roster(), tuple(records), shipped_rulebook(), today, **more)
    wanted = [each for each in REQUIREMENTS if each.key == requirement]
    return findings(wanted, situation, [place], year or today.year)


def states(found):
    return [each.state for each in found]


def test_a_general_meeting_is_owed_every_quarter():
    """第十一条: held, held but not final, overdue, and due in the quarter of today."""
    builder, branch, _ = branch_without_committee()
    first = summary(branch, date(2026, 2, 9))
    second = summary(branch, date(2026, 4, 9), state=DRAFT)
    found = of("general_meeting", builder, branch, first, second)
    assert states(found) == [HELD, NOT_FINAL, OVERDUE, DUE]
    assert [each.records for each in found] == [(first.id,), (second.id,), (), ()]
    assert {each.article for each in found} == {"支部工作条例 第十一条"}
    assert {each.confidence for each in found} == {"A"}
    assert [each.period.label for each in found][2] == "2026年第三季度"
    assert found[2].reason == "已逾期 55 天"
    assert found[3].reason == "还有 37 天"
    assert all(each.scope == "一支部" for each in found)


@pytest.mark.parametrize(
    "today,expected",
    [
        (date(2025, 12, 31), NOT_YET),
        (date(2026, 1, 1), DUE),
        (date(2026, 3, 31), DUE),
        (date(2026, 4, 1), OVERDUE),
    ],
)
def test_an_open_period_is_due_and_overdue_from_the_day_after_its_end(today, expected):
    builder, branch, _ = branch_without_committee()
    assert of("general_meeting", builder, branch, today=today, year=2026)[0].state == expected


def test_a_future_draft_is_planned_and_not_held():
    builder, branch, _ = branch_without_committee()
    planned = summary(branch, date(2026, 11, 30), state=DRAFT)
    found = of("general_meeting", builder, branch, planned)[3]
    assert (found.state, found.records) == (DUE, (planned.id,))
    assert found.reason == "已安排，还未召开"


def test_a_draft_of_today_is_not_past_yet():
    builder, branch, _ = branch_without_committee()
    assert of("general_meeting", builder, branch, summary(branch, TODAY, state=DRAFT))[3].state == DUE
    yesterday = summary(branch, TODAY - timedelta(days=1), state=DRAFT)
    assert of("general_meeting", builder, branch, yesterday)[3].state == NOT_FINAL


def test_a_planned_meeting_of_a_coming_period_is_shown_with_it():
    builder, branch, _ = branch_without_committee()
    planned = summary(branch, date(2026, 11, 30), state=DRAFT)
    found = of("general_meeting", builder, branch, planned, today=date(2026, 9, 1))
    assert (found[3].state, found[3].records, found[3].reason) == (NOT_YET, (planned.id,), "已安排")


def test_asked_as_of_an_earlier_day_a_later_meeting_is_not_held_yet():
    builder, branch, _ = branch_without_committee()
    later = summary(branch, date(2026, 3, 20))
    found = of("general_meeting", builder, branch, later, today=date(2026, 3, 1))
    assert (found[0].state, found[0].records) == (DUE, (later.id,))


def test_a_meeting_without_quorum_does_not_count():
    """第十一条: 半数以上有表决权的党员到会方可进行."""
    builder, branch, _ = branch_without_committee()
    short = summary(branch, date(2026, 8, 3), quorum_met=False)
    found = of("general_meeting", builder, branch, short)
    assert found[2].state == OVERDUE
    assert "到会人数不足" in found[2].reason
    enough = summary(branch, date(2026, 8, 10))
    assert of("general_meeting", builder, branch, short, enough)[2].records == (enough.id,)


def test_a_theme_day_counts_though_the_meeting_beside_it_lacked_its_quorum():
    """One record under two kinds: the quorum is the general meeting's alone."""
    builder, branch, _ = branch_without_committee()
    both = summary(branch, date(2026, 8, 3), "theme_party_day", "general_meeting", quorum_met=False)
    assert of("theme_party_day", builder, branch, both)[7].state == HELD
    assert of("general_meeting", builder, branch, both)[2].state == OVERDUE


def test_a_corrected_record_stays_held():
    builder, branch, _ = branch_without_committee()
    corrected = summary(branch, date(2026, 2, 9), state=RecordState.CORRECTED)
    assert of("general_meeting", builder, branch, corrected)[0].state == HELD


def test_the_committee_meets_monthly_where_there_is_one():
    """第十二条."""
    builder, branch, _ = branch_with_committee()
    found = of("committee_meeting", builder, branch)
    assert len(found) == 12
    assert states(found) == [OVERDUE] * 10 + [DUE, NOT_YET]
    assert found[0].article == "支部工作条例 第十二条"


def test_a_branch_without_a_committee_owes_no_committee_meeting():
    """Fewer than seven full members elect a secretary only."""
    builder, branch, _ = branch_without_committee()
    found = of("committee_meeting", builder, branch)
    assert set(states(found)) == {NOT_REQUIRED}
    assert found[0].reason == "不设支部委员会，不作要求"


@pytest.mark.parametrize("elected_on,june", [(date(2026, 6, 16), OVERDUE), (date(2026, 6, 17), NOT_REQUIRED)])
def test_a_committee_that_stood_for_half_of_the_month_owes_it(elected_on, june):
    builder, branch, _ = branch_with_committee(elected_on=elected_on)
    found = of("committee_meeting", builder, branch)
    assert states(found)[:7] == [NOT_REQUIRED] * 5 + [june, OVERDUE]


def test_a_committee_whose_members_are_not_entered_yet_owes_its_meetings():
    """第十二条: the term says that there is a committee; 不设支部委员会 would be untrue."""
    builder, branch, _ = branch_without_committee()
    builder.term(branch, date(2026, 1, 1), with_committee=True)
    assert states(of("committee_meeting", builder, branch))[:2] == [OVERDUE, OVERDUE]


def test_by_the_setting_a_single_day_is_enough_to_owe():
    builder, branch, _ = branch_with_committee(elected_on=date(2026, 6, 30))
    found = of("committee_meeting", builder, branch, half_period_counts=False)
    assert states(found)[4:6] == [NOT_REQUIRED, OVERDUE]


def test_a_meeting_held_without_being_owed_is_still_held():
    builder, branch, _ = branch_with_committee(elected_on=date(2026, 6, 20))
    record = summary(branch, date(2026, 6, 22), "committee_meeting")
    assert of("committee_meeting", builder, branch, record)[5].state == HELD


def test_each_group_owes_its_monthly_meeting():
    """第十三条; groups that did not exist in a month do not."""
    builder, branch, _ = branch_without_committee()
    first = builder.organisation("第一小组", OrganisationKind.GROUP, branch)
    second = builder.organisation("第二小组", OrganisationKind.GROUP, branch, date(2026, 10, 1))
    found = of("group_meeting", builder, branch, summary(first, date(2026, 1, 5), "group_meeting"))
    assert [each.organisation_id for each in found] == [first] * 12 + [second] * 12
    assert found[0].state == HELD
    assert states(found)[12:] == [NOT_REQUIRED] * 9 + [OVERDUE, DUE, NOT_YET]
    assert found[12].reason.endswith("不作要求")


def test_a_branch_without_groups_owes_no_group_meeting():
    builder, branch, _ = branch_without_committee()
    assert of("group_meeting", builder, branch) == ()


def test_a_closed_branch_owes_nothing_after_its_end():
    builder, branch, _ = branch_without_committee()
    builder.organisations[0] = replace(builder.organisations[0], closed_on=date(2026, 5, 20))
    assert states(of("general_meeting", builder, branch)) == [OVERDUE, OVERDUE, NOT_REQUIRED, NOT_REQUIRED]
    assert of("general_meeting", builder, branch, year=2027) == ()


def test_lessons_are_quarterly_in_doubt():
    """B-24: the article names no frequency; local practice, 待核实."""
    builder, branch, _ = branch_without_committee()
    found = of("party_lesson", builder, branch)
    assert len(found) == 4
    assert found[0].confidence == "待核实"
    assert found[0].article == "通行做法（待核实）"


def test_the_secretary_gives_a_lesson_a_year():
    """第十六条: only a lesson by whoever was secretary on that day counts."""
    builder, branch, secretary = branch_without_committee()
    other = summary(branch, date(2026, 3, 3), "party_lesson", lecturer=builder.member("丁", branch))
    own = summary(branch, date(2026, 9, 3), "party_lesson", lecturer=secretary)
    assert of("secretary_lesson", builder, branch, other)[0].state == DUE
    found = of("secretary_lesson", builder, branch, other, own)
    assert (found[0].state, found[0].records) == (HELD, (own.id,))


@pytest.mark.parametrize(
    "key,article",
    [
        ("organisational_life_meeting", "支部工作条例 第十七条"),
        ("democratic_evaluation", "支部工作条例 第十八条"),
        ("heart_to_heart_talk", "支部工作条例"),
        ("secretary_lesson", "支部工作条例 第十六条"),
    ],
)
def test_the_yearly_work(key, article):
    builder, branch, _ = branch_without_committee()
    found = of(key, builder, branch)
    assert [each.state for each in found] == [DUE]
    assert found[0].article == article
    assert (found[0].period_start, found[0].period_end) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_general_branch_committee_meets_monthly_in_doubt():
    builder = RosterBuilder()
    top = builder.organisation("党总支", OrganisationKind.GENERAL_BRANCH)
    branch = builder.organisation("一支部", parent=top)
    builder.term(top, LONG_AGO, with_committee=True)
    builder.fact(builder.member("甲", branch), FactKind.POST, Post.SECRETARY.value, organisation=top)
    found = of("general_branch_committee_meeting", builder, top)
    assert states(found)[:11] == [OVERDUE] * 10 + [DUE]
    assert found[0].confidence == "待核实"
    assert of("general_branch_committee_meeting", builder, branch) == ()
    assert of("general_meeting", builder, top) == ()


@pytest.mark.parametrize("year", [2007, 2012, 2017])
def test_before_the_regulation_nothing_is_required(year):
    """支部工作条例 is in force from 2018-10-28."""
    builder = RosterBuilder()
    branch = builder.organisation("一支部", founded_on=date(2000, 1, 1))
    found = of("general_meeting", builder, branch, today=date(year, 7, 1))
    assert len(found) == 4
    assert {(each.state, each.reason, each.article) for each in found} == {
        (NOT_REQUIRED, "该日期无规则依据", "")
    }


def test_a_rule_does_not_bind_a_period_that_had_begun_before_it():
    builder = RosterBuilder()
    branch = builder.organisation("一支部", founded_on=date(2000, 1, 1))
    found = of("theme_party_day", builder, branch, today=date(2019, 1, 1), year=2018)
    assert states(found) == [NOT_REQUIRED] * 10 + [OVERDUE] * 2


def test_every_period_of_the_year_is_listed_for_every_requirement():
    builder, branch, _ = branch_with_committee()
    builder.organisation("第一小组", OrganisationKind.GROUP, branch)
    situation = Situation(builder.roster(), (), shipped_rulebook(), TODAY)
    found = findings(REQUIREMENTS, situation, [branch], 2026)
    counts = {each.key: 0 for each in REQUIREMENTS}
    for each in found:
        counts[each.requirement] += 1
    assert counts == {
        "general_meeting": 4,
        "committee_meeting": 12,
        "group_meeting": 12,
        "party_lesson": 4,
        "theme_party_day": 12,
        "organisational_life_meeting": 1,
        "democratic_evaluation": 1,
        "heart_to_heart_talk": 1,
        "secretary_lesson": 1,
        "general_branch_committee_meeting": 0,
    }


LOCAL = LocalCadence("party_lesson", Cadence.MONTHLY, "某县组〔2026〕1号", date(2026, 7, 1))


def test_a_stricter_local_document_is_followed_from_its_day():
    builder, branch, _ = branch_without_committee()
    found = of("party_lesson", builder, branch, local=(LOCAL,))
    assert [each.period.label for each in found][:3] == ["2026年第一季度", "2026年第二季度", "2026年7月"]
    assert len(found) == 8
    assert [each.article for each in found][1:3] == ["通行做法（待核实）", "某县组〔2026〕1号"]
    assert found[2].cadence == "每月"


def test_a_looser_local_document_changes_nothing():
    builder, branch, _ = branch_without_committee()
    looser = replace(LOCAL, requirement="theme_party_day", cadence=Cadence.QUARTERLY)
    assert len(of("theme_party_day", builder, branch, local=(looser,))) == 12


def test_a_local_document_for_another_branch_changes_nothing():
    builder, branch, _ = branch_without_committee()
    elsewhere = replace(LOCAL, organisation_ids=(builder.organisation("二支部"),))
    assert len(of("party_lesson", builder, branch, local=(elsewhere,))) == 4
    here = replace(LOCAL, organisation_ids=(branch,))
    assert len(of("party_lesson", builder, branch, local=(here,))) == 8


def test_twice_in_a_period_needs_two_records():
    builder, branch, _ = branch_without_committee()
    twice = LocalCadence("general_meeting", Cadence.QUARTERLY, "某县组〔2026〕2号", times=2)
    one = summary(branch, date(2026, 2, 9))
    two = summary(branch, date(2026, 3, 9))
    short = of("general_meeting", builder, branch, one, local=(twice,))[0]
    assert (short.state, short.cadence) == (OVERDUE, "每季 2 次")
    assert "要求 2 次，已有 1 次" in short.reason
    assert of("general_meeting", builder, branch, one, two, local=(twice,))[0].state == HELD
    draft = summary(branch, date(2026, 3, 9), state=DRAFT)
    assert of("general_meeting", builder, branch, one, draft, local=(twice,))[0].state == NOT_FINAL


def test_a_corrected_cadence_is_followed_and_cites_its_source():
    builder, branch, _ = branch_without_committee()
    book = shipped_rulebook().corrected([Correction("B-24", "某市规定", values={"cadence": "half_yearly"})])
    situation = Situation(builder.roster(), (), book, TODAY)
    found = findings([each for each in REQUIREMENTS if each.key == "party_lesson"], situation, [branch], 2026)
    assert [each.period.label for each in found] == ["2026年上半年", "2026年下半年"]
    assert found[0].article == "通行做法（依据：某市规定）"
    assert found[0].confidence == "C"


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans()),
        max_size=12,
        unique_by=lambda e: e[0],
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_a_further_final_meeting_never_makes_anything_worse(held, today):
    """More records held leave no more periods open; and time alone never satisfies one."""
    builder, branch, _ = branch_without_committee()
    records = [summary(branch, day, state=RecordState.FINAL if final else DRAFT) for day, final in held]
    satisfied = [
        sum(
            1
            for each in of("general_meeting", builder, branch, *records[:known], today=today)
            if each.state == HELD
        )
        for known in range(len(records) + 1)
    ]
    assert satisfied == sorted(satisfied)
    later = of("general_meeting", builder, branch, *records, today=date(2026, 12, 31))
    assert sum(1 for each in later if each.state == HELD) >= satisfied[-1]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_without_records_a_period_is_not_yet_then_due_then_overdue(today):
    builder, branch, _ = branch_without_committee()
    for each in of("theme_party_day", builder, branch, today=today):
        wanted = NOT_YET if today < each.period_start else DUE if today <= each.period_end else OVERDUE
        assert each.state == wanted
