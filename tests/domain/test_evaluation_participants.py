"""Who takes part and who is graded: V-05, V-06, V-17, B-45, M-19 and the matrix of rules.md §8.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from branchbook.domain.evaluation_count import CapBase
from branchbook.domain.evaluation_participants import (
    GradingChoices,
    base_of,
    cap_for,
    casts_ballot,
    is_evaluated_here,
    is_on_ballot,
    participant_differences,
    participant_of,
    with_entered,
)
from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, Mark, Person, PersonFact, Restriction, Standing
from branchbook.domain.roster import Roster
from branchbook.services.shipped_rules import shipped_rulebook

DAY = date(2026, 11, 12)
LONG_AGO = date(2018, 3, 1)
RULES = shipped_rulebook().on(DAY)
BRANCH = Organisation(UUID(int=1), OrganisationKind.BRANCH, (DatedName("示例支部", LONG_AGO),), LONG_AGO)
GROUP = Organisation(
    UUID(int=2), OrganisationKind.GROUP, (DatedName("第一党小组", LONG_AGO),), LONG_AGO, BRANCH.id
)
ONE = Person(UUID(int=3), "赵示例")


def fact(kind: FactKind, value: str, place: UUID | None = None) -> PersonFact:
    return PersonFact(uuid5(ONE.id, f"{kind}{value}"), ONE.id, kind, value, LONG_AGO, None, place)


def roster(*facts: PersonFact, standing: Standing = Standing.FULL, person: Person = ONE) -> Roster:
    own = (
        fact(FactKind.MEMBERSHIP, "on_record", BRANCH.id),
        fact(FactKind.GROUP, "", GROUP.id),
        fact(FactKind.STANDING, standing),
        *facts,
    )
    return Roster((person,), own, (BRANCH, GROUP), ())


DEFAULTS = GradingChoices()


def found(
    *facts: PersonFact, standing: Standing = Standing.FULL, choices: GradingChoices = DEFAULTS
) -> Participant:
    return participant_of(roster(*facts, standing=standing), ONE, DAY, RULES, choices)


RESTRICTED, MARKED = FactKind.RESTRICTION, FactKind.MARK


@pytest.mark.parametrize(
    "facts, standing, takes_part, graded, elsewhere, article",
    [
        ((), Standing.FULL, True, True, None, ""),
        ((), Standing.PROBATIONARY, True, False, None, "民主评议年度通知"),
        (((RESTRICTED, Restriction.WARNING),), Standing.FULL, True, True, None, ""),
        (((RESTRICTED, Restriction.SERIOUS_WARNING),), Standing.FULL, True, True, None, ""),
        (((RESTRICTED, Restriction.REMOVED_FROM_POST),), Standing.FULL, True, True, None, ""),
        (((RESTRICTED, Restriction.DISCIPLINARY_PROBATION),), Standing.FULL, True, False, None, "党章"),
        (((RESTRICTED, Restriction.RIGHTS_SUSPENDED),), Standing.FULL, False, False, None, "选举"),
        (((RESTRICTED, Restriction.CORRECTION_ORDERED),), Standing.FULL, True, True, None, "第三十条"),
        (((MARKED, Mark.RETIRED),), Standing.FULL, True, True, None, ""),
        (((MARKED, Mark.FLOATING),), Standing.FULL, False, True, Elsewhere.RECEIVED, "第三十二条"),
        (((MARKED, Mark.TEMPORARY_LETTER),), Standing.FULL, True, False, Elsewhere.SENT, "第三十二条"),
        (
            ((MARKED, Mark.TEMPORARY_LETTER), (MARKED, Mark.FLOATING)),
            Standing.FULL,
            True,
            True,
            Elsewhere.SENT,
            "第三十二条",
        ),
        (((MARKED, Mark.ABROAD),), Standing.FULL, False, False, None, ""),
        (((MARKED, Mark.FLOATING),), Standing.PROBATIONARY, False, False, Elsewhere.RECEIVED, "第三十二条"),
    ],
)
def test_the_part_of_each_state_with_its_article(facts, standing, takes_part, graded, elsewhere, article):
    one = found(*(fact(*each) for each in facts), standing=standing)
    assert (one.takes_part, one.graded, one.elsewhere) == (takes_part, graded, elsewhere)
    assert article in one.article
    assert bool(one.reason) == bool((facts and facts[0][1] not in _SILENT) or standing != Standing.FULL)
    assert (one.group, one.standing) == ("第一党小组", standing)


_SILENT = {
    Restriction.WARNING,
    Restriction.SERIOUS_WARNING,
    Restriction.REMOVED_FROM_POST,
    Mark.RETIRED,
}


@pytest.mark.parametrize(
    "kind, value, choices",
    [
        (RESTRICTED, Restriction.DISCIPLINARY_PROBATION, GradingChoices(under_observation=True)),
        (RESTRICTED, Restriction.RIGHTS_SUSPENDED, GradingChoices(suspended=True)),
        (MARKED, Mark.ABROAD, GradingChoices(abroad=True)),
    ],
)
def test_where_practice_differs_the_setting_decides_and_says_so(kind, value, choices):
    one = found(fact(kind, value), choices=choices)
    assert one.graded
    assert "按设置评定等次（待核实）" in one.reason
    assert not found(fact(kind, value)).graded


def test_a_conversion_that_is_not_approved_counts_as_probationary():
    """Z-01, E-06: full from the end of the probation on paper, probationary until the approval in practice."""
    person = replace(ONE, rights_since=date(2026, 12, 1))
    one = participant_of(roster(person=person), person, DAY, RULES, DEFAULTS)
    assert (one.standing, one.takes_part, one.graded) == (Standing.PROBATIONARY, True, False)
    later = participant_of(roster(person=person), person, date(2026, 12, 1), RULES, DEFAULTS)
    assert (later.standing, later.graded) == (Standing.FULL, True)


def test_whose_membership_is_suspended_is_not_in_the_list():
    """停止党籍 (教管条例 第二十四条, M-08)."""
    assert is_evaluated_here(roster(), ONE, DAY)
    suspended = roster(fact(RESTRICTED, Restriction.MEMBERSHIP_SUSPENDED))
    assert not is_evaluated_here(suspended, ONE, DAY)


def test_before_the_earliest_rule_the_part_is_the_same_without_an_article():
    old = date(2001, 1, 1)
    one = participant_of(
        roster(standing=Standing.PROBATIONARY), ONE, DAY, shipped_rulebook().on(old), GradingChoices()
    )
    assert (one.graded, one.article) == (False, "")


def many(full: int, probationary: int = 0, received: int = 0, sent: int = 0) -> list[Participant]:
    """A list of so many members of each sort."""
    kinds = (
        [Participant(UUID(int=0), "", Standing.FULL)] * full
        + [Participant(UUID(int=0), "", Standing.PROBATIONARY, graded=False)] * probationary
        + [Participant(UUID(int=0), "", takes_part=False, elsewhere=Elsewhere.RECEIVED)] * received
        + [Participant(UUID(int=0), "", elsewhere=Elsewhere.SENT)] * sent
    )
    return [replace(each, person_id=UUID(int=at), name=f"党员{at}") for at, each in enumerate(kinds)]


@pytest.mark.parametrize("number", range(3, 501))
def test_the_cap_is_a_third_rounded_down(number):
    """floor(N/3), N the full members whose membership is here (V-04, V-05, rules.md §11)."""
    cap = cap_for(many(number), RULES, CapBase.FULL_MEMBERS)
    assert (cap.number, cap.most) == (number, number // 3)
    assert 3 * cap.most <= number < 3 * (cap.most + 1)


def test_both_bases_count_whom_they_name():
    everyone = many(full=10, probationary=2, received=1, sent=3)
    assert (
        cap_for(everyone, RULES, CapBase.FULL_MEMBERS).number == 11
    )  # here, also the one who stays elsewhere
    assert cap_for(everyone, RULES, CapBase.PARTICIPANTS).number == 15  # all who take part here
    assert base_of(RULES) == CapBase.FULL_MEMBERS
    assert base_of(RULES.with_values({"V-05": {"base": "participants"}})) == CapBase.PARTICIPANTS
    assert base_of(RULES.with_values({"V-05": {"base": "全体"}})) == CapBase.FULL_MEMBERS
    assert base_of(shipped_rulebook().on(date(2001, 1, 1))) == CapBase.FULL_MEMBERS


def test_who_casts_a_ballot_and_who_stands_on_it():
    full, probationary, received, sent = many(1, 1, 1, 1)
    assert [casts_ballot(each) for each in (full, probationary, received, sent)] == [True, True, False, True]
    assert [is_on_ballot(each) for each in (full, probationary, received, sent)] == [True, False, False, True]


def test_what_was_entered_by_hand_stays_and_no_hand_grades_a_probationary_member():
    now = found(standing=Standing.PROBATIONARY)
    entered = replace(now, graded=True, takes_part=False, reason="本人住院", manual=True, present=False)
    kept = with_entered(now, entered)
    assert (kept.takes_part, kept.graded, kept.reason, kept.present) == (False, False, "本人住院", False)
    by_rule = with_entered(now, replace(entered, manual=False, other_branch="外地支部"))
    assert (by_rule.takes_part, by_rule.other_branch) == (True, "外地支部")
    assert with_entered(now, None) == now


def test_differences_are_told_one_by_one():
    (one, two, three, four) = many(4)
    later = [
        replace(one, graded=False, reason="留党察看期间"),
        replace(two, name="改名"),
        four,
        Participant(UUID(int=50), "新来", Standing.PROBATIONARY, graded=False, reason="预备党员"),
    ]
    texts = [each.text for each in participant_differences([one, two, three, four], later)]
    assert texts == [
        "党员2已不在本支部",
        "党员0现在参加评议，不评定等次（留党察看期间）",
        "党员1现名改名",
        "新来是评议期间加入的，参加评议，不评定等次（预备党员）",
    ]
    converted = replace(one, standing=Standing.PROBATIONARY, graded=False)
    (change,) = participant_differences([converted], [one])
    assert change.text == "党员0已是正式党员，参加评议，评定等次"
