"""The talks of a branch in a year: the matrix, what is missing by the rule, and who has to be talked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.catalogue.meetings.heart_to_heart_talk import KIND
from branchbook.domain.cadences import times_a_year
from branchbook.domain.checklists import Cadence
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import FactKind, Mark, Person, PersonFact, Post, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import RecordSummary
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rule
from branchbook.domain.talks import (
    CONVERTED,
    DISCIPLINED,
    IN_HARDSHIP,
    POST_CHANGED,
    Circle,
    MissingTalk,
    Occasion,
    TalkMatrix,
    leading_people,
    missing_talks,
    talk_matrix,
    talk_of,
    unanswered,
)
from branchbook.services.paper_binding import within_year
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.words import word_of

RULE = "B-31"

CIRCLE_WORDS: Mapping[Circle, str] = {
    Circle.COMMITTEE: "委员之间",
    Circle.COMMITTEE_AND_MEMBER: "委员与党员",
    Circle.MEMBERS: "党员之间",
}
"""As the record's own field 谈话类型 has them."""


@dataclass(frozen=True, slots=True)
class TalkPerson:
    """Someone in the matrix: ``note`` is the first post held in the branch, ``group`` the group on the day."""

    id: UUID
    name: str
    note: str
    group_id: UUID | None
    group: str


@dataclass(frozen=True, slots=True)
class TalksOfYear:
    """Everything that the talks' view shows of one branch and year, as of ``day``.

    ``drafts`` are the ids of talks that are not final yet, counted where they were asked for. ``article`` cites
    the rule, ``confidence`` is its mark.
    """

    branch_id: UUID
    branch: str
    year: int
    day: date
    people: Mapping[UUID, TalkPerson]
    matrix: TalkMatrix
    missing: tuple[MissingTalk, ...]
    waiting: tuple[Occasion, ...]
    summaries: Mapping[UUID, RecordSummary]
    drafts: frozenset[UUID]
    article: str
    confidence: str

    def name(self, person_id: UUID) -> str:
        """The name of someone in the matrix."""
        return self.people[person_id].name

    def sentence(self, missing: MissingTalk) -> str:
        """李委员 与 王党员 还没有谈过; in the words of the screen, the paper and the command line."""
        name = self.name(missing.person)
        if missing.other is not None:
            return f"{name} 与 {self.name(missing.other)}"
        return f"{name} 与{'委员' if missing.circle == Circle.COMMITTEE_AND_MEMBER else '其他党员'}"

    @property
    def groups(self) -> tuple[tuple[UUID, str], ...]:
        """The groups whose members stand in the matrix, in its order."""
        found = ((each.group_id, each.group) for each in self.people.values())
        return tuple(dict.fromkeys((key, name) for key, name in found if key is not None))


def talks_of_year(
    reading: Reading, branch_id: UUID, year: int, today: date, *, with_drafts: bool = False
) -> TalksOfYear:
    """The talks of a branch: the members and the committee are those of today, or of the year's last day.

    Final talks count, dated drafts too where ``with_drafts``; none after today. Raises RefusedProblem for what is
    no branch.
    """
    roster = reading.roster()
    branch = roster.organisation_by_id.get(branch_id)
    if branch is None or branch.kind != OrganisationKind.BRANCH:
        raise RefusedProblem("谈心谈话按党支部统计", branch.name if branch else "", "请选择一个党支部")
    day = within_year(today, year)
    found = [each for each in talk_summaries(reading, branch_id, year) if _counts(each, today, with_drafts)]
    talks = tuple(talk_of(each) for each in found)
    settings, rule = book_settings(reading), rulebook_of(reading).on(day).find(RULE)
    committee, members = leading_people(roster, branch_id, day), roster.members_on(branch_id, day)
    matrix = talk_matrix(
        [each.id for each in committee],
        [each.id for each in members],
        talks,
        times=_times(rule),
        each=settings.talks_with_each_committee_member,
    )
    occasions = occasions_of(roster, branch_id, year, today, settings.talk_occasions)
    return TalksOfYear(
        branch_id,
        branch.name_on(day),
        year,
        day,
        {each.id: _person(roster, each, branch_id, day) for each in _once((*committee, *members))},
        matrix,
        missing_talks(matrix) if rule is not None else (),
        unanswered(occasions, talks),
        {each.id: each for each in found},
        frozenset(each.id for each in found if not each.is_held),
        rule.citation if rule else "",
        rule.confidence_mark if rule else "",
    )


def talk_summaries(reading: Reading, branch_id: UUID, year: int) -> tuple[RecordSummary, ...]:
    """The dated talks of a branch and year, drafts included, the earliest first."""
    query = RecordQuery((branch_id,), (KIND.key,), date(year, 1, 1), date(year, 12, 31), undated=False)
    return tuple(reversed(reading.summaries(query)))


# ------------------------------------------------------------------------------------ occasions


def occasions_of(
    roster: Roster, branch_id: UUID, year: int, today: date, watched: Iterable[str]
) -> tuple[Occasion, ...]:
    """What the roster tells of the branch's members of the year, up to today, as far as it is ``watched``."""
    names = frozenset(watched)
    day = within_year(today, year)
    found: dict[Occasion, None] = {}
    for person in roster.members_on(branch_id, day):
        for each in _of_person(roster, person.id):
            if each.name in names and each.arose_on.year == year and each.arose_on <= today:
                found.setdefault(each)
    return tuple(found)


def _of_person(roster: Roster, person_id: UUID) -> Iterator[Occasion]:
    posts = roster.facts_of(person_id, FactKind.POST)
    yield from (Occasion(person_id, POST_CHANGED, day) for day in _changes(posts))
    for fact in roster.facts_of(person_id, FactKind.RESTRICTION):
        yield Occasion(person_id, DISCIPLINED, fact.from_on)
    for fact in roster.facts_of(person_id, FactKind.MARK):
        if fact.value == Mark.HARDSHIP:
            yield Occasion(person_id, IN_HARDSHIP, fact.from_on)
    standings = roster.facts_of(person_id, FactKind.STANDING)
    ended = {fact.to_on for fact in standings if fact.value == Standing.PROBATIONARY}
    for fact in standings:
        if fact.value == Standing.FULL and fact.from_on in ended:
            yield Occasion(person_id, CONVERTED, fact.from_on)


def _changes(posts: tuple[PersonFact, ...]) -> Iterator[date]:
    """Days on which a post was taken up or laid down; who is elected again into the same post changes nothing."""
    begun = {(fact.value, fact.organisation_id, fact.from_on) for fact in posts}
    ended = {(fact.value, fact.organisation_id, fact.to_on) for fact in posts if fact.to_on}
    yield from sorted({day for _post, _place, day in begun ^ ended})


# --------------------------------------------------------------------------------------- inside


def _counts(summary: RecordSummary, today: date, with_drafts: bool) -> bool:
    return summary.held_on is not None and summary.held_on <= today and (summary.is_held or with_drafts)


def _times(rule: Rule | None) -> int:
    """How often a year; a local correction of the rule may ask for more."""
    return times_a_year(Cadence(str(rule.values["cadence"])), rule.number("times")) if rule is not None else 1


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({person.id: person for person in people}.values())


def _person(roster: Roster, person: Person, branch_id: UUID, day: date) -> TalkPerson:
    posts = [fact for fact in roster.posts_on(person.id, day) if fact.organisation_id == branch_id]
    group = roster.group_of(person.id, day)
    note = word_of(Post(posts[0].value)) if posts else ""
    return TalkPerson(
        person.id, person.name, note, group.id if group else None, group.name_on(day) if group else ""
    )
