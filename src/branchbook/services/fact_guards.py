"""Nothing overlaps wrongly: what must be true of a person's dated facts, and of who holds a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import COMMITTEE_POSTS, FactKind, PersonFact, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.fact_words import fact_words, span_words

ONE_AT_A_TIME = frozenset({FactKind.MEMBERSHIP, FactKind.GROUP, FactKind.STANDING})
"""A person has one branch, one group and one standing on a day; of the others the same only once."""

SINGLE_POSTS = frozenset({Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.GROUP_LEADER})
"""Posts that one person holds at a time (支部工作条例: one secretary, at most one deputy secretary)."""

FOREVER = date.max


def ends(fact: PersonFact) -> date:
    """The first day on which the fact no longer holds; the end of days while it does."""
    return fact.to_on or FOREVER


def overlap(one: PersonFact, other: PersonFact) -> bool:
    """Whether two facts hold on a common day."""
    return one.from_on < ends(other) and other.from_on < ends(one)


def check_person_facts(roster: Roster, facts: Iterable[PersonFact]) -> None:
    """Check all facts of one person against each other and the organisations of ``roster``.

    Raises RefusedProblem for the first contradiction, naming both facts.
    """
    all_facts = tuple(facts)
    for fact in all_facts:
        _check_span(roster, fact)
        _check_place(roster, fact)
    for one, other in combinations(all_facts, 2):
        _check_pair(roster, one, other)
    memberships = [fact for fact in all_facts if fact.kind == FactKind.MEMBERSHIP]
    for fact in all_facts:
        if fact.kind == FactKind.GROUP:
            _check_group(roster, fact, memberships)


def check_single_posts(roster: Roster, facts: Iterable[PersonFact], others: Iterable[PersonFact]) -> None:
    """One secretary, one deputy secretary and one leader at a time, among different people."""
    wanted = [fact for fact in facts if _is_single_post(fact)]
    if not wanted:  # most people hold none: the others' facts are not even looked at
        return
    held = [fact for fact in others if _is_single_post(fact)]
    for fact in wanted:
        for other in held:
            same = _same_post(fact, other) and fact.person_id != other.person_id
            if same and overlap(fact, other):
                holder = roster.person_by_id[other.person_id].name
                raise RefusedProblem(
                    f"这一职务已由{holder}担任（{span_words(other)}）",
                    fact_words(roster, fact),
                    f"请先登记{holder}卸任，或更改起止日期",
                )


def _is_single_post(fact: PersonFact) -> bool:
    return fact.kind == FactKind.POST and Post(fact.value) in SINGLE_POSTS


def _same_post(one: PersonFact, other: PersonFact) -> bool:
    return one.value == other.value and one.organisation_id == other.organisation_id


def _check_span(roster: Roster, fact: PersonFact) -> None:
    if fact.to_on is not None and fact.to_on <= fact.from_on:
        raise RefusedProblem(
            f"截止日期 {fact.to_on} 不晚于起始日期 {fact.from_on}", fact_words(roster, fact), "请核对起止日期"
        )


_KINDS_OF_PLACE = {
    FactKind.MEMBERSHIP: frozenset({OrganisationKind.BRANCH}),
    FactKind.GROUP: frozenset({OrganisationKind.GROUP}),
}


def _kinds_of_place(fact: PersonFact) -> frozenset[OrganisationKind]:
    if fact.kind == FactKind.POST:
        committee = Post(fact.value) in COMMITTEE_POSTS
        levels = {OrganisationKind.BRANCH, OrganisationKind.GENERAL_BRANCH}
        return frozenset(levels if committee else {OrganisationKind.GROUP})
    return _KINDS_OF_PLACE.get(fact.kind, frozenset())


def _check_place(roster: Roster, fact: PersonFact) -> None:
    """The organisation is of the right level and exists as long as the fact holds."""
    wanted = _kinds_of_place(fact)
    if not wanted:
        return
    place = None if fact.organisation_id is None else roster.organisation_by_id.get(fact.organisation_id)
    if place is None:
        raise RefusedProblem("没有写明所在组织", fact_words(roster, fact), "请选择组织")
    if place.kind not in wanted:
        raise RefusedProblem(
            f"“{place.name}”不能用在这里",
            fact_words(roster, fact),
            "职务、党小组与组织的层级不一致，请重新选择",
        )
    _check_existence(roster, fact, place)


def _check_existence(roster: Roster, fact: PersonFact, place: Organisation) -> None:
    if fact.from_on < place.founded_on:
        raise RefusedProblem(
            f"“{place.name}”{place.founded_on} 才成立",
            fact_words(roster, fact),
            "请更改起始日期，或更正组织的成立日期",
        )
    if place.closed_on is not None and ends(fact) > place.closed_on:
        raise RefusedProblem(
            f"“{place.name}”已于 {place.closed_on} 撤销",
            fact_words(roster, fact),
            "请更改日期，或选择别的组织",
        )


def _check_pair(roster: Roster, one: PersonFact, other: PersonFact) -> None:
    if one.kind != other.kind or not overlap(one, other):
        return
    if one.kind == FactKind.POST:
        wrong = _same_post(one, other)
    else:
        wrong = one.kind in ONE_AT_A_TIME or one.value == other.value
    if wrong:
        first, second = sorted((one, other), key=lambda fact: fact.from_on)
        raise RefusedProblem(
            f"与“{fact_words(roster, first)}”（{span_words(first)}）的时间重叠",
            f"{fact_words(roster, second)}，{span_words(second)}",
            "请先结束前一条，或更改起止日期",
        )


def _check_group(roster: Roster, fact: PersonFact, memberships: list[PersonFact]) -> None:
    """A group is of the member's own branch, on every day on which the member is in it."""
    group = roster.organisation_by_id[fact.organisation_id] if fact.organisation_id else None
    own = [each for each in memberships if group and each.organisation_id == group.parent_id]
    if not _covered(fact.from_on, ends(fact), own):
        name = group.name if group else ""
        raise RefusedProblem(
            f"在“{name}”的时间超出了在其所属支部的时间",
            f"{fact_words(roster, fact)}，{span_words(fact)}",
            "请选择本支部的党小组，或更改起止日期",
        )


def _covered(start: date, end: date, spans: Iterable[PersonFact]) -> bool:
    for first, last in _in_order(spans):
        if first <= start:
            start = max(start, last)
    return start >= end


def _in_order(spans: Iterable[PersonFact]) -> Iterator[tuple[date, date]]:
    return iter(sorted((span.from_on, ends(span)) for span in spans))
