"""Who may vote on a day, and why not (选举条例 第五条, 党章 第七条, 处分条例)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.people import FactKind, Mark, Restriction, Standing
from branchbook.domain.records import DecisionKind, Exclusion
from branchbook.domain.rights import (
    EXCLUSION_RULES,
    due_on,
    exclusion_applies,
    exclusion_classes,
    exclusions_offered,
    rights_on,
)
from tests.domain.rosters import LONG_AGO, RosterBuilder
from tests.domain.rulebooks import BEFORE_ALL, ON_2025, rules_on

FROM = date(2024, 5, 1)


def someone(standing=Standing.FULL, restriction=None, mark=None, to_on=None):
    builder = RosterBuilder()
    person = builder.member("甲", builder.organisation("一支部"), standing)
    if restriction:
        builder.fact(person, FactKind.RESTRICTION, restriction.value, FROM, to_on)
    if mark:
        builder.fact(person, FactKind.MARK, mark.value)
    return builder.roster(), person


def rights(day=ON_2025, **facts):
    roster, person = someone(**facts)
    return rights_on(roster, person, day, rules_on(day))


def test_a_full_member_has_all_three_rights():
    held = rights()
    assert (held.vote, held.elect, held.be_elected, held.counted) == (True, True, True, True)
    assert held.reasons == ()
    assert held.graded


@pytest.mark.parametrize(
    "facts,article,graded,dues",
    [
        ({"standing": Standing.PROBATIONARY}, "基层组织选举工作条例 第五条", False, True),
        ({"standing": Standing.APPLICANT}, "基层组织选举工作条例 第五条", False, False),
        ({"restriction": Restriction.DISCIPLINARY_PROBATION}, "基层组织选举工作条例 第五条", False, True),
        ({"restriction": Restriction.RIGHTS_SUSPENDED}, "基层组织选举工作条例 第五条", False, True),
        ({"restriction": Restriction.MEMBERSHIP_SUSPENDED}, "党员教育管理工作条例 第二十四条", False, False),
        ({"mark": Mark.TEMPORARY_LETTER}, "", False, False),
    ],
)
def test_a_state_takes_all_three_rights_and_the_place_in_the_base(facts, article, graded, dues):
    """The rights matrix; probationary members attend and pay dues, and are not graded."""
    held = rights(**facts)
    assert not any((held.vote, held.elect, held.be_elected, held.counted))
    assert [reason.article for reason in held.reasons] == [article]
    assert all(reason.text for reason in held.reasons)
    assert (held.graded, held.pays_dues) == (graded, dues)


@pytest.mark.parametrize(
    "restriction",
    [
        Restriction.WARNING,
        Restriction.SERIOUS_WARNING,
        Restriction.REMOVED_FROM_POST,
        Restriction.CORRECTION_ORDERED,
    ],
)
def test_lighter_discipline_leaves_the_rights_and_leaves_a_note(restriction):
    held = rights(restriction=restriction)
    assert (held.vote, held.counted, held.reasons) == (True, True, ())
    assert len(held.notes) == 1


def test_a_correction_ordered_is_in_doubt():
    """处置办法 (2024) articles on rights could not be read: kept, 待核实."""
    assert "待核实" in rights(restriction=Restriction.CORRECTION_ORDERED).notes[0].article


@pytest.mark.parametrize(
    "mark", [Mark.FLOATING, Mark.RETIRED, Mark.ABROAD, Mark.HARDSHIP, Mark.DUAL_LIFE_LEADER]
)
def test_a_mark_alone_takes_nothing(mark):
    """流动党员 whose 组织关系 is here vote here; being abroad takes an approved exclusion."""
    assert rights(mark=mark).counted


def test_disciplinary_probation_lasts_until_its_lifting_is_recorded():
    """选举条例 第五条: a year of 留党察看 that ended yesterday gives nothing back without 恢复."""
    a_year_on = FROM + timedelta(days=366)
    assert not rights(a_year_on, restriction=Restriction.DISCIPLINARY_PROBATION).vote
    restored = rights(a_year_on, restriction=Restriction.DISCIPLINARY_PROBATION, to_on=date(2025, 5, 1))
    assert restored.vote
    day_before = rights(
        date(2025, 4, 30), restriction=Restriction.DISCIPLINARY_PROBATION, to_on=date(2025, 5, 1)
    )
    assert not day_before.vote


def test_rights_wait_for_the_approval_of_the_conversion():
    """党龄 runs from the end of probation, the rights from the day of approval (a setting, 待核实)."""
    roster, person = someone()
    waiting = roster.person_by_id[person]
    changed = type(roster)(
        (type(waiting)(waiting.id, waiting.name, full_member_since=LONG_AGO, rights_since=date(2025, 6, 1)),),
        roster.facts,
        roster.organisations,
    )
    assert not rights_on(changed, person, date(2025, 5, 31), rules_on()).vote
    assert rights_on(changed, person, date(2025, 6, 1), rules_on()).vote


def test_before_the_rules_the_rights_are_the_same_without_an_article():
    builder = RosterBuilder()
    branch = builder.organisation("一支部", founded_on=date(2000, 1, 1))
    person = builder.member("甲", branch, Standing.PROBATIONARY, from_on=date(2006, 1, 1))
    held = rights_on(builder.roster(), person, BEFORE_ALL, rules_on(BEFORE_ALL))
    assert not held.vote
    assert held.reasons[0].article == ""


def test_everything_that_stands_against_a_right_is_said():
    held = rights(standing=Standing.PROBATIONARY, restriction=Restriction.RIGHTS_SUSPENDED)
    assert len(held.reasons) == 2


@given(
    st.dates(date(2021, 1, 1), date(2030, 12, 31)), st.sampled_from(Restriction), st.sampled_from(Standing)
)
def test_the_three_rights_and_the_base_stand_and_fall_together(day, restriction, standing):
    held = rights(day, standing=standing, restriction=restriction)
    assert {held.vote, held.elect, held.be_elected, held.counted} == {not held.reasons}


def exclusion(code="X4", document="上级批复〔2025〕3号", approved=True, consented_on=None):
    _, person = someone()
    return Exclusion(person, code, document, consented_on, approved)


@pytest.mark.parametrize("code", EXCLUSION_RULES)
def test_an_exclusion_with_consent_and_approval_counts_in_elections(code):
    assert exclusion_applies(exclusion(code), DecisionKind.ELECTION, rules_on(), in_admission_meetings=False)


@pytest.mark.parametrize(
    "each",
    [
        exclusion(document=""),
        exclusion(document="  "),
        exclusion(approved=False),
        exclusion(code="X7"),
        exclusion(consented_on=ON_2025 + timedelta(days=1)),
    ],
)
def test_without_consent_and_approval_nobody_is_left_out(each):
    applies = exclusion_applies(
        each, DecisionKind.ELECTION, rules_on(), in_admission_meetings=True, day=ON_2025
    )
    assert not applies


@pytest.mark.parametrize(
    "decision", [DecisionKind.ACCEPTANCE, DecisionKind.CONVERSION, DecisionKind.DISPOSAL]
)
def test_admission_meetings_leave_out_only_by_the_setting(decision):
    assert not exclusion_applies(exclusion(), decision, rules_on(), in_admission_meetings=False)
    assert exclusion_applies(exclusion(), decision, rules_on(), in_admission_meetings=True)


@pytest.mark.parametrize("decision", [DecisionKind.ORDINARY, DecisionKind.COMMITTEE, None])
def test_other_meetings_never_leave_anyone_out(decision):
    assert not exclusion_applies(exclusion(), decision, rules_on(), in_admission_meetings=True)


def test_the_grid_offers_exclusion_only_where_it_could_apply():
    assert exclusions_offered([DecisionKind.ORDINARY, DecisionKind.ELECTION], in_admission_meetings=False)
    assert not exclusions_offered([DecisionKind.CONVERSION], in_admission_meetings=False)
    assert exclusions_offered([DecisionKind.CONVERSION], in_admission_meetings=True)
    assert not exclusions_offered([], in_admission_meetings=True)


def test_the_classes_are_six_from_2020_on_and_none_before():
    assert tuple(exclusion_classes(rules_on())) == EXCLUSION_RULES
    assert exclusion_classes(rules_on(date(2020, 7, 12))) == {}
    before = exclusion_applies(
        exclusion(), DecisionKind.ELECTION, rules_on(date(2019, 5, 1)), in_admission_meetings=False
    )
    assert not before


def test_whose_membership_is_suspended_is_not_due_until_it_is_restored():
    """教管条例 第二十四条: 停止党籍. Other restrictions take rights, not the place among those due."""
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    stopped, punished = builder.member("甲", branch), builder.member("乙", branch)
    builder.fact(
        stopped, FactKind.RESTRICTION, Restriction.MEMBERSHIP_SUSPENDED.value, FROM, date(2025, 5, 1)
    )
    builder.fact(punished, FactKind.RESTRICTION, Restriction.DISCIPLINARY_PROBATION.value, FROM)
    roster = builder.roster()
    due = [[each.id for each in due_on(roster, branch, day)] for day in (FROM, date(2025, 5, 1))]
    assert due == [[punished], [stopped, punished]]
    assert len(roster.members_on(branch, FROM)) == 2, "the roster keeps both"


@pytest.mark.parametrize("dated", [True, False])
def test_who_is_accepted_is_due_from_the_day_after_the_meeting_that_accepted(dated):
    """党章 第七条: probation begins with the meeting; who it decides on is no member before it has decided."""
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    builder.member("甲", branch)
    new = builder.member("乙", branch, Standing.DEVELOPMENT_CANDIDATE, to_on=FROM)
    builder.fact(new, FactKind.MEMBERSHIP, "on_record", FROM, None, branch)
    builder.fact(new, FactKind.STANDING, Standing.PROBATIONARY.value, FROM)
    if dated:
        builder.people[-1] = replace(builder.people[-1], accepted_on=FROM)
    roster = builder.roster()
    counts = [len(due_on(roster, branch, FROM + timedelta(days=number))) for number in (-1, 0, 1)]
    assert counts == [1, 1, 2]


def test_a_probationary_member_who_is_transferred_in_is_due_at_once():
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    builder.member("甲", branch, Standing.PROBATIONARY, FROM)
    assert len(due_on(builder.roster(), branch, FROM)) == 1
