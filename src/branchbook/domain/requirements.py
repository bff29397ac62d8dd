"""What must happen how often, compared with the records: findings, each with its article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from branchbook.domain.cadences import CADENCE_NAMES, Demand, LocalCadence, demands
from branchbook.domain.dates import Period
from branchbook.domain.organisations import Organisation, OrganisationKind, by_position
from branchbook.domain.people import FactKind, Post
from branchbook.domain.records import RecordState, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook
from branchbook.domain.standing_periods import stood_for
from branchbook.domain.talks import leading_people, missing_talks, talk_matrix, talk_of

__all__ = ["CADENCE_NAMES", "LocalCadence"]  # asked for here by those who read findings


class Scope(StrEnum):
    """Whose work it is."""

    BRANCH = "branch"
    COMMITTEE = "committee"  # branches with a committee
    GROUP = "group"
    GENERAL_BRANCH_COMMITTEE = "general_branch_committee"


class FindingState(StrEnum):
    """How a period of a requirement stands on a day."""

    HELD = "held"
    HELD_NOT_FINAL = "held_not_final"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. ``kinds`` are the record kinds of which any one satisfies it.

    How often comes from the rule's values ``cadence`` and ``times``. ``needs_quorum``: a meeting
    that lacked its quorum does not count. ``by_secretary`` further asks that the secretary of that
    day stands among the record's lecturers. ``between_people``: one record satisfies it, but the rule speaks
    of people (谈心谈话), so the reason further says how many talks are missing.
    """

    key: str
    title: str
    rule_id: str
    scope: Scope
    kinds: tuple[str, ...]
    needs_quorum: bool = False
    by_secretary: bool = False
    between_people: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One period of one requirement of one organisation.

    ``records`` are those that satisfy it (or are held but not final, or planned); ``reason`` says in
    Chinese why the state is what it is; ``confidence`` is the rule's: A, B, C or 待核实. ``procedure_id`` is the
    yearly round that satisfied it, on the day ``held_on``.
    """

    requirement: str
    title: str
    cadence: str
    organisation_id: UUID
    scope: str
    period_start: date
    period_end: date
    state: FindingState
    records: tuple[UUID, ...]
    reason: str
    article: str
    confidence: str
    kinds: tuple[str, ...] = ()
    procedure_id: UUID | None = None
    held_on: date | None = None

    @property
    def period(self) -> Period:
        """The period, both ends inclusive."""
        return Period(self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class RoundHeld:
    """A requirement that a yearly round satisfied, of which one step may be the record. ``year`` is the round's."""

    requirement: str
    organisation_id: UUID
    year: int
    held_on: date
    procedure_id: UUID
    record_id: UUID | None = None

    @property
    def counts_on(self) -> date:
        """The day by which it counts: a round of a year that is held in the next one counts for its year."""
        return min(max(self.held_on, date(self.year, 1, 1)), date(self.year, 12, 31))


@dataclass(frozen=True)
class Situation:
    """What findings are drawn from. ``rulebook`` holds the rules of all times; ``rounds`` what rounds satisfied.

    ``counted_elsewhere`` are (requirement, record) that a round of another year took up: one meeting, one year.

    ``half_period_counts`` is the setting by which an organisation that existed for less than half of a
    period does not owe it; switched off, it owes every period of which it saw a day. ``talks_with_each`` is
    the stricter reading of the rule on talks.
    """

    roster: Roster
    records: tuple[RecordSummary, ...]
    rulebook: Rulebook
    today: date
    half_period_counts: bool = True
    talks_with_each: bool = False
    local: tuple[LocalCadence, ...] = ()
    rounds: tuple[RoundHeld, ...] = ()
    counted_elsewhere: frozenset[tuple[str, UUID]] = frozenset()
    by_place: Mapping[UUID, list[RecordSummary]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        grouped: dict[UUID, list[RecordSummary]] = {}
        for record in sorted(self.records, key=lambda each: (each.held_on or date.max, str(each.id))):
            grouped.setdefault(record.organisation_id, []).append(record)
        object.__setattr__(self, "by_place", grouped)

    @cached_property
    def committee_changes(self) -> Mapping[UUID, frozenset[date]]:
        """Days on which an organisation's committee may come or go: its terms and its posts."""
        changes: dict[UUID, set[date]] = defaultdict(set)
        for term in self.roster.terms:
            changes[term.organisation_id] |= {term.elected_on} | ({term.ended_on} if term.ended_on else set())
        for fact in self.roster.facts:
            if fact.kind == FactKind.POST and fact.organisation_id is not None:
                changes[fact.organisation_id] |= {fact.from_on} | ({fact.to_on} if fact.to_on else set())
        return {key: frozenset(days) for key, days in changes.items()}


def findings(
    requirements: Sequence[Requirement], situation: Situation, organisation_ids: Iterable[UUID], year: int
) -> tuple[Finding, ...]:
    """All periods of a year of every requirement, for the organisations named and their groups.

    The order is requirement, organisation, period: the order of the year grid.
    """
    found: list[Finding] = []
    places = [situation.roster.organisation_by_id[each] for each in organisation_ids]
    for requirement in requirements:
        for place in _places_of(requirement, places, situation.roster, year):
            found.extend(_of_place(requirement, place, situation, year))
    return tuple(found)


_KIND_OF_SCOPE = {
    Scope.BRANCH: OrganisationKind.BRANCH,
    Scope.COMMITTEE: OrganisationKind.BRANCH,
    Scope.GENERAL_BRANCH_COMMITTEE: OrganisationKind.GENERAL_BRANCH,
}


def _places_of(
    requirement: Requirement, places: Sequence[Organisation], roster: Roster, year: int
) -> Iterable[Organisation]:
    """Organisations that the requirement is about and that existed on some day of the year."""
    candidates: Iterable[Organisation]
    if requirement.scope == Scope.GROUP:
        branches = [each.id for each in places if each.kind == OrganisationKind.BRANCH]
        groups = [each for each in roster.organisations if each.kind == OrganisationKind.GROUP]
        candidates = [each for branch in branches for each in by_position(groups) if each.parent_id == branch]
    else:
        wanted = _KIND_OF_SCOPE[requirement.scope]
        candidates = (each for each in places if each.kind == wanted)
    first, last = date(year, 1, 1), date(year, 12, 31)
    for each in candidates:
        if each.founded_on <= last and (each.closed_on is None or each.closed_on > first):
            yield each


def _of_place(
    requirement: Requirement, place: Organisation, situation: Situation, year: int
) -> Iterable[Finding]:
    shipped = situation.rulebook.find(requirement.rule_id)
    if shipped is None:
        return
    for demand in demands(requirement.key, shipped, situation.local, place.id, year):
        rule = situation.rulebook.on(demand.period.start).find(requirement.rule_id)
        rounds = [each for each in situation.rounds if _is_about(each, requirement, place, demand.period)]
        state, records, reason = _judge(requirement, place, demand, situation, rule, rounds)
        if requirement.between_people and state not in (FindingState.NOT_REQUIRED, FindingState.NOT_YET):
            reason += _missing_talks(requirement, place, demand, situation)
        yield Finding(
            requirement=requirement.key,
            title=requirement.title,
            cadence=demand.words,
            organisation_id=place.id,
            scope=place.name_on(min(demand.period.end, situation.today)),
            period_start=demand.period.start,
            period_end=demand.period.end,
            state=state,
            records=tuple(each.id for each in records),
            reason=reason,
            article=demand.source or (rule.citation if rule else ""),
            confidence=rule.confidence_mark if rule else "",
            kinds=requirement.kinds,
            procedure_id=rounds[-1].procedure_id if rounds else None,
            held_on=rounds[-1].held_on if rounds else None,
        )


def _is_about(held: RoundHeld, requirement: Requirement, place: Organisation, period: Period) -> bool:
    return (held.requirement, held.organisation_id) == (requirement.key, place.id) and period.contains(
        held.counts_on
    )


Judgement = tuple[FindingState, Sequence[RecordSummary], str]


def _judge(
    requirement: Requirement,
    place: Organisation,
    demand: Demand,
    situation: Situation,
    rule: Rule | None,
    rounds: Sequence[RoundHeld],
) -> Judgement:
    matching = _matching(requirement, place, demand.period, situation)
    if rule is None and not demand.source:
        return FindingState.NOT_REQUIRED, matching, NO_RULEBOOK
    past = [each for each in matching if each.held_on is not None and each.held_on <= situation.today]
    held = [each for each in past if each.is_held and _counts(requirement, each)]
    if len(held) >= demand.times:
        return FindingState.HELD, held, "已召开并定稿"
    known = {each.id for each in held}
    if len(held) + sum(each.record_id not in known for each in rounds) >= demand.times:
        taken = [each for each in situation.records if each.id in {held.record_id for held in rounds}]
        return FindingState.HELD, held or taken, "已在年度评议中完成"
    drafts = [
        each
        for each in past
        if each.state == RecordState.DRAFT and each.held_on is not None and each.held_on < situation.today
    ]
    if len(held) + len(drafts) >= demand.times:
        return FindingState.HELD_NOT_FINAL, [*drafts, *held], "已召开，记录还没有定稿"
    why_not = _not_owed(requirement, place, demand.period, situation)
    if why_not and not held:
        return FindingState.NOT_REQUIRED, (), why_not
    return _open(demand, matching, len(held), requirement, situation.today)


def _missing_talks(
    requirement: Requirement, place: Organisation, demand: Demand, situation: Situation
) -> str:
    """；还缺 12 项: between whom talks are missing by B-31, counted from final records; advice only."""
    period = demand.period
    day = min(period.end, situation.today)
    held = [
        talk_of(each)
        for each in _matching(requirement, place, period, situation)
        if each.is_held and not _after(each, situation.today)
    ]
    matrix = talk_matrix(
        [each.id for each in leading_people(situation.roster, place.id, day)],
        [each.id for each in situation.roster.members_on(place.id, day)],
        held,
        times=demand.times,
        each=situation.talks_with_each,
    )
    missing = len(missing_talks(matrix))
    return f"；按委员之间、委员与党员、党员之间计，还缺 {missing} 项" if missing else ""


def _matching(
    requirement: Requirement, place: Organisation, period: Period, situation: Situation
) -> list[RecordSummary]:
    """The records of the place in the period that are of the right kind, drafts included."""
    return [
        record
        for record in situation.by_place.get(place.id, ())
        if record.held_on is not None
        and period.contains(record.held_on)
        and any(kind in requirement.kinds for kind in record.kinds)
        and (requirement.key, record.id) not in situation.counted_elsewhere
        and (not requirement.by_secretary or _lectured_by_secretary(record, situation.roster))
    ]


def _counts(requirement: Requirement, record: RecordSummary) -> bool:
    """Whether a final record counts: where a quorum is asked for, it must have been there."""
    return not requirement.needs_quorum or record.frozen is None or record.frozen.quorum_met


def _open(
    demand: Demand, matching: Sequence[RecordSummary], held: int, requirement: Requirement, today: date
) -> Judgement:
    """The state of a period that is owed and not yet satisfied, by where today stands to it."""
    planned = [each for each in matching if each.state == RecordState.DRAFT or _after(each, today)]
    notes = [f"要求 {demand.times} 次，已有 {held} 次"] if demand.times > 1 else []
    if any(each.is_held and not _after(each, today) and not _counts(requirement, each) for each in matching):
        notes.append("有一次到会人数不足，不计入")
    note = "".join(f"；{each}" for each in notes)
    period = demand.period
    if today < period.start:
        return FindingState.NOT_YET, planned, ("已安排" if planned else "时间未到") + note
    if today <= period.end:
        text = "已安排，还未召开" if planned else f"还有 {(period.end - today).days} 天"
        return FindingState.DUE, planned, text + note
    return FindingState.OVERDUE, planned, f"已逾期 {(today - period.end).days} 天{note}"


def _after(record: RecordSummary, today: date) -> bool:
    return record.held_on is not None and record.held_on > today


def _not_owed(requirement: Requirement, place: Organisation, period: Period, situation: Situation) -> str:
    """Why the place does not owe the period, empty where it does."""
    ends = frozenset({place.founded_on} | ({place.closed_on} if place.closed_on else set()))
    if not owes(stood_for(period, ends, place.exists_on), period, situation):
        return "本期存续不足一半，不作要求" if situation.half_period_counts else "本期不存在，不作要求"
    if requirement.scope not in (Scope.COMMITTEE, Scope.GENERAL_BRANCH_COMMITTEE):
        return ""
    roster, changes = situation.roster, situation.committee_changes.get(place.id, frozenset())
    days = stood_for(period, changes | ends, lambda day: roster.has_committee_on(place.id, day))
    if owes(days, period, situation):
        return ""
    if days:
        return "委员会本期存续不足一半，不作要求"
    branch = requirement.scope == Scope.COMMITTEE
    return "不设支部委员会，不作要求" if branch else "党总支没有登记委员会，不作要求"


def owes(days: int, period: Period, situation: Situation) -> bool:
    """Whether so many days of standing owe the period: half of it does; by the setting, a single day."""
    return 2 * days >= period.days if situation.half_period_counts else days > 0


def _lectured_by_secretary(record: RecordSummary, roster: Roster) -> bool:
    if record.held_on is None:
        return False
    secretary = roster.holder_of(record.organisation_id, Post.SECRETARY, record.held_on)
    lecturers = record.people.get("lecturer", ())
    return secretary is not None and any(each.person_id == secretary.id for each in lecturers)
