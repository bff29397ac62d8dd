"""Heart-to-heart talks of a year: who talked with whom, what is still missing, and who has to be talked with.

The rule (支部工作条例 on 谈心谈话, B-31) asks for talks between committee members, between committee and members,
and among members, usually once a year each. It is advisory: nothing here refuses anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from branchbook.domain.people import COMMITTEE_POSTS, Person, Post
from branchbook.domain.records import PersonRef, RecordSummary
from branchbook.domain.roster import Roster

Pair = frozenset[UUID]
"""Two persons; who began the talk makes no difference."""


class Circle(StrEnum):
    """Between whom a talk is."""

    COMMITTEE = "committee"  # one committee member and another
    COMMITTEE_AND_MEMBER = "committee_and_member"
    MEMBERS = "members"  # two who are not on the committee


@dataclass(frozen=True, slots=True)
class Talk:
    """A dated talk as the matrix counts it: the talker with each of the others."""

    id: UUID
    held_on: date
    talkers: frozenset[UUID]
    others: frozenset[UUID]

    @property
    def people(self) -> frozenset[UUID]:
        """Everyone who took part and stands in the roster."""
        return self.talkers | self.others

    @property
    def pairs(self) -> frozenset[Pair]:
        """Every talker with every other; nobody with themselves."""
        return frozenset(
            frozenset({talker, other}) for talker in self.talkers for other in self.others if talker != other
        )


@dataclass(frozen=True, slots=True)
class MissingTalk:
    """What is missing by B-31. ``other`` None: with anyone of the circle, ``held`` how often it was."""

    circle: Circle
    person: UUID
    other: UUID | None
    held: int


@dataclass(frozen=True, slots=True)
class TalkMatrix:
    """Talks of a year between the committee and all members, both in the roster's order.

    ``talks`` holds, by pair, the talks in order of day. ``each`` is the stricter reading of the rule: every
    committee member with every member, not only one of the committee with each.
    """

    committee: tuple[UUID, ...]
    members: tuple[UUID, ...]
    talks: Mapping[Pair, tuple[UUID, ...]]
    times: int = 1
    each: bool = False

    @property
    def others(self) -> tuple[UUID, ...]:
        """Members who are not on the committee."""
        return tuple(each for each in self.members if each not in self.committee)

    def between(self, one: UUID, other: UUID) -> tuple[UUID, ...]:
        """The talks of two persons; none of one with themselves."""
        return self.talks.get(frozenset({one, other}), ()) if one != other else ()

    def circle_of(self, one: UUID, other: UUID) -> Circle:
        """Between whom a talk of these two would be."""
        on_committee = (one in self.committee) + (other in self.committee)
        return (Circle.MEMBERS, Circle.COMMITTEE_AND_MEMBER, Circle.COMMITTEE)[on_committee]

    def is_wanted(self, one: UUID, other: UUID) -> bool:
        """Whether the rule wants these two to talk, and not only one of them with someone."""
        circle = self.circle_of(one, other)
        return circle == Circle.COMMITTEE or (circle == Circle.COMMITTEE_AND_MEMBER and self.each)


def talk_matrix(
    committee: Sequence[UUID],
    members: Sequence[UUID],
    talks: Iterable[Talk],
    *,
    times: int = 1,
    each: bool = False,
) -> TalkMatrix:
    """Count talks by pair. Persons outside ``committee`` and ``members`` are not counted."""
    known = frozenset(committee) | frozenset(members)
    found: dict[Pair, list[UUID]] = defaultdict(list)
    for talk in sorted(talks, key=lambda talk: (talk.held_on, str(talk.id))):
        for pair in talk.pairs:
            if pair <= known:
                found[pair].append(talk.id)
    everyone = tuple(dict.fromkeys((*committee, *members)))
    return TalkMatrix(
        tuple(dict.fromkeys(committee)),
        everyone,
        {pair: tuple(ids) for pair, ids in found.items()},
        times,
        each,
    )


def missing_talks(matrix: TalkMatrix) -> tuple[MissingTalk, ...]:
    """What B-31 still wants, in the order committee, committee and members, among members."""
    return (*_within_committee(matrix), *_with_members(matrix), *_among_members(matrix))


def _within_committee(matrix: TalkMatrix) -> Iterator[MissingTalk]:
    for one, other in combinations(matrix.committee, 2):
        held = len(matrix.between(one, other))
        if held < matrix.times:
            yield MissingTalk(Circle.COMMITTEE, one, other, held)


def _with_members(matrix: TalkMatrix) -> Iterator[MissingTalk]:
    circle = Circle.COMMITTEE_AND_MEMBER
    for person in matrix.others:
        held = {each: len(matrix.between(each, person)) for each in matrix.committee}
        if matrix.each:
            few = ((each, count) for each, count in held.items() if count < matrix.times)
            yield from (MissingTalk(circle, person, each, count) for each, count in few)
        elif held and sum(held.values()) < matrix.times:
            yield MissingTalk(circle, person, None, sum(held.values()))


def _among_members(matrix: TalkMatrix) -> Iterator[MissingTalk]:
    others = matrix.others
    if len(others) < 2:
        return
    for person in others:
        held = sum(len(matrix.between(person, each)) for each in others)
        if held < matrix.times:
            yield MissingTalk(Circle.MEMBERS, person, None, held)


# --------------------------------------------------------------------------- from the book's values

TALKER, OTHERS = "talker", "talked_with"
"""The persons of a record of a talk."""


def talk_of(summary: RecordSummary) -> Talk:
    """A record as the matrix counts it; persons who do not stand in the roster are left out."""
    assert summary.held_on is not None
    return Talk(summary.id, summary.held_on, _ids(summary, TALKER), _ids(summary, OTHERS))


def leading_people(roster: Roster, branch_id: UUID, day: date) -> tuple[Person, ...]:
    """The committee; of a branch without one its secretary and deputy, who talk in its place."""
    committee = roster.committee_on(branch_id, day)
    if committee:
        return committee
    held = (fact for fact in roster.post_facts_on(branch_id, day) if Post(fact.value) in COMMITTEE_POSTS)
    return tuple(roster.person_by_id[each] for each in dict.fromkeys(fact.person_id for fact in held))


def _ids(summary: RecordSummary, key: str) -> frozenset[UUID]:
    refs: tuple[PersonRef, ...] = summary.people.get(key, ())
    return frozenset(each.person_id for each in refs if each.person_id is not None)


# ------------------------------------------------------------------------------------ occasions

POST_CHANGED = "岗位变动"
DISCIPLINED = "受到处分、处置"
CONVERTED = "预备党员转正"
IN_HARDSHIP = "家庭变故、生活困难"
"""Occasions that the roster itself tells of."""

OCCASIONS = (
    POST_CHANGED,
    "受到奖励",
    DISCIPLINED,
    IN_HARDSHIP,
    "组织生活会前",
    CONVERTED,
    "发生矛盾",
    "思想波动",
)
"""必谈: when someone is talked with whatever the count. Local lists differ, so a book may have its own."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something because of which a person has to be talked with, and the day on which it happened."""

    person: UUID
    name: str
    arose_on: date


def unanswered(occasions: Iterable[Occasion], talks: Iterable[Talk]) -> tuple[Occasion, ...]:
    """Occasions after which nobody talked with the person yet; a talk on the same day is one."""
    last: dict[UUID, date] = {}
    for talk in talks:
        for person in talk.people:
            last[person] = max(last.get(person, talk.held_on), talk.held_on)
    found = (each for each in occasions if last.get(each.person, date.min) < each.arose_on)
    return tuple(sorted(found, key=lambda each: (each.arose_on, str(each.person), each.name)))
