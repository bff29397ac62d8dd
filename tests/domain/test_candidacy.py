"""Candidates: 第十三条 (margin, E-11), 通行做法 (E-15), 第二十四条 (order, E-22), 第二十二条 (scrutineers)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.candidacy import misplaced, named_among, number_findings
from branchbook.domain.records import PersonRef
from branchbook.domain.rulebook import Rulebook
from tests.domain.rosters import identity
from tests.domain.rulebooks import rules_on

COMMITTEE, SECRETARY, DEPUTY = ElectionKind.COMMITTEE, ElectionKind.SECRETARY, ElectionKind.DEPUTY
RULES = rules_on()


def candidate(name: str, reason: str = "") -> Candidate:
    return Candidate(identity("person", name), name, COMMITTEE, manual_reason=reason)


@given(st.integers(1, 200), st.integers(0, 300))
def test_a_committee_has_a_fifth_more_candidates_and_never_as_many(seats: int, candidates: int) -> None:
    """第十三条: not fewer than 20 %, rounded up."""
    levels = {each.level.value for each in number_findings(COMMITTEE, seats, candidates, RULES)}
    enough = 5 * (candidates - seats) >= seats
    assert levels == ({"info"} if candidates and enough else {"error"})
    if candidates == seats:
        assert levels == {"error"}


@pytest.mark.parametrize(
    "kind, seats, candidates, by_margin, expected",
    [
        (SECRETARY, 1, 1, False, []),
        (SECRETARY, 1, 2, False, ["warning"]),
        (SECRETARY, 1, 1, True, ["warning"]),
        (SECRETARY, 1, 2, True, []),
        (DEPUTY, 2, 1, False, ["error"]),
        (DEPUTY, 2, 1, True, ["error"]),
        (SECRETARY, 1, 0, False, ["error"]),
        (DEPUTY, 0, 1, False, ["error"]),
    ],
)
def test_heads_stand_one_for_each_post_unless_the_setting_says_otherwise(
    kind: ElectionKind, seats: int, candidates: int, by_margin: bool, expected: list[str]
) -> None:
    found = number_findings(kind, seats, candidates, RULES, heads_by_margin=by_margin)
    assert [each.level.value for each in found] == expected


def test_without_rules_no_margin_is_asked_for() -> None:
    assert list(number_findings(COMMITTEE, 3, 3, Rulebook(()))) == []


PEOPLE = [candidate(name) for name in "甲乙丙丁戊"]


@given(st.permutations(PEOPLE))
def test_a_list_is_in_order_exactly_where_no_two_neighbours_are_not(order: list[Candidate]) -> None:
    pair = misplaced(order, PEOPLE)
    assert (pair is None) == (order == PEOPLE)
    if pair is not None:
        assert PEOPLE.index(pair[0]) > PEOPLE.index(pair[1])


@given(st.permutations(PEOPLE), st.sets(st.integers(0, 4)))
def test_whoever_stands_elsewhere_for_a_reason_binds_nobody(order: list[Candidate], moved: set[int]) -> None:
    reasoned = [candidate(each.name, "上级要求") if PEOPLE.index(each) in moved else each for each in order]
    others = [each for each in order if PEOPLE.index(each) not in moved]
    in_order = sorted(others, key=PEOPLE.index) == others
    assert (misplaced(reasoned, PEOPLE) is None) == in_order


def test_people_are_candidates_by_person_and_only_typed_ones_by_name() -> None:
    same_name = PersonRef("甲", identity("another", "甲"))
    people = (same_name, PersonRef("乙", identity("person", "乙")), PersonRef("丙"), PersonRef("己"))
    assert named_among(people, PEOPLE) == ("乙", "丙")
