"""What must happen how often, compared with the records: findings, each with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.domain.checklists import Cadence
from branchbook.domain.dates import Period, periods_of_year
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Post
from branchbook.domain.records import RecordState, RecordSummary
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import NO_RULEBOOK, Rule, Rulebook

CADENCE_NAMES = {
    Cadence.MONTHLY: "每月",
    Cadence.QUARTERLY: "每季",
    Cadence.HALF_YEARLY: "每半年",
    Cadence.YEARLY: "每年",
}


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

    ``by_secretary`` further asks that the secretary of that day stands among the record's lecturers.
    """

    key: str
    title: str
    rule_id: str
    cadence: Cadence
    scope: Scope
    kinds: tuple[str, ...]
    by_secretary: bool = False


@dataclass(frozen=True, slots=True)
class LocalCadence:
    """A stricter cadence that a local document sets for a requirement."""

    requirement: str
    cadence: Cadence
    source: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One period of one requirement of one organisation.

    ``records`` are those that satisfy it (or are held but not final, or planned); ``reason`` says in
    Chinese why the state is what it is; ``confidence`` is the rule's (A, B, C, UNCONFIRMED).
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

    @property
    def period(self) -> Period:
        """The period, both ends inclusive."""
        return Period(self.period_start, self.period_end)


@dataclass(frozen=True)
class Situation:
    """What findings are drawn from. ``rulebook`` holds the rules of all times."""

    roster: Roster
    records: tuple[RecordSummary, ...]
    rulebook: Rulebook
    today: date
    half_period_counts: bool = True
    local: tuple[LocalCadence, ...] = ()
    by_place: Mapping[UUID, list[RecordSummary]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        grouped: dict[UUID, list[RecordSummary]] = {}
        for record in self.records:
            grouped.setdefault(record.organisation_id, []).append(record)
        object.__setattr__(self, "by_place", grouped)


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


def _places_of(
    requirement: Requirement, places: Sequence[Organisation], roster: Roster, year: int
) -> Iterable[Organisation]:
    """Organisations that requirement is about: the branches, their groups, or the general branch."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    for place in places:
        if requirement.scope == Scope.GROUP and place.kind == OrganisationKind.BRANCH:
            groups = [each for each in roster.organisations if each.parent_id == place.id]
            overlapping = [
                each
                for each in groups
                if each.founded_on <= last and (each.closed_on is None or each.closed_on > first)
            ]
            yield from sorted(overlapping, key=lambda each: (each.position, each.founded_on, each.name))
        elif requirement.scope == Scope.GENERAL_BRANCH_COMMITTEE:
            if place.kind == OrganisationKind.GENERAL_BRANCH:
                yield place
        elif requirement.scope in (Scope.BRANCH, Scope.COMMITTEE) and place.kind == OrganisationKind.BRANCH:
            yield place


def _of_place(
    requirement: Requirement, place: Organisation, situation: Situation, year: int
) -> Iterable[Finding]:
    cadence, source = _cadence(requirement, situation.local, year)
    for period in periods_of_year(year, cadence):
        rule = situation.rulebook.on(period.end).find(requirement.rule_id)
        state, records, reason = _judge(requirement, place, period, situation, rule)
        citation = source or (rule.citation if rule else "")
        yield Finding(
            requirement=requirement.key,
            title=requirement.title,
            cadence=CADENCE_NAMES[cadence],
            organisation_id=place.id,
            scope=place.name_on(min(period.end, situation.today)),
            period_start=period.start,
            period_end=period.end,
            state=state,
            records=records,
            reason=reason,
            article=citation,
            confidence=rule.confidence.value if rule else "",
            kinds=requirement.kinds,
        )


def _cadence(requirement: Requirement, local: Iterable[LocalCadence], year: int) -> tuple[Cadence, str]:
    for each in local:
        if each.requirement == requirement.key and each.from_on <= date(year, 12, 31):
            return each.cadence, each.source
    return requirement.cadence, ""


Judgement = tuple[FindingState, tuple[UUID, ...], str]


def _judge(
    requirement: Requirement, place: Organisation, period: Period, situation: Situation, rule: Rule | None
) -> Judgement:
    if rule is None:
        return FindingState.NOT_REQUIRED, (), NO_RULEBOOK
    matching = [
        record
        for record in situation.by_place.get(place.id, ())
        if record.held_on is not None
        and period.contains(record.held_on)
        and any(kind in requirement.kinds for kind in record.kinds)
        and (not requirement.by_secretary or _lectured_by_secretary(record, situation.roster))
    ]
    judged = _by_records(matching, situation.today)
    if judged is not None:
        return judged
    why_not = _not_owed(requirement, place, period, situation)
    if why_not:
        return FindingState.NOT_REQUIRED, (), why_not
    return _open(period, matching, situation.today)


def _by_records(matching: Sequence[RecordSummary], today: date) -> Judgement | None:
    """Held where a final record with a quorum stands; held but not final where a past draft does."""
    held = [each for each in matching if each.is_held and (each.frozen is None or each.frozen.quorum_met)]
    if held:
        return FindingState.HELD, tuple(each.id for each in held), "已召开并定稿"
    drafts = [
        each
        for each in matching
        if each.state == RecordState.DRAFT and each.held_on is not None and each.held_on <= today
    ]
    if drafts:
        return FindingState.HELD_NOT_FINAL, tuple(each.id for each in drafts), "已召开，记录还没有定稿"
    return None


def _open(period: Period, matching: Sequence[RecordSummary], today: date) -> Judgement:
    planned = tuple(each.id for each in matching if each.state == RecordState.DRAFT)
    without_quorum = [each for each in matching if each.is_held]
    note = "；有一次到会人数不足，不计入" if without_quorum else ""
    if today < period.start:
        return FindingState.NOT_YET, planned, "时间未到"
    if today <= period.end:
        days = (period.end - today).days
        text = "已安排，还未召开" if planned else f"还有 {days} 天"
        return FindingState.DUE, planned, text + note
    return FindingState.OVERDUE, planned, f"已逾期 {(today - period.end).days} 天{note}"


def _not_owed(requirement: Requirement, place: Organisation, period: Period, situation: Situation) -> str:
    """Why the place does not owe the period, empty where it does."""
    if not _owes_by_time(place.exists_on, period, half_counts=situation.half_period_counts):
        return "成立不足半期，不作要求" if situation.half_period_counts else "当期不存在"
    roster = situation.roster
    if requirement.scope == Scope.COMMITTEE and not _owes_by_time(
        lambda day: roster.has_committee_on(place.id, day), period, half_counts=situation.half_period_counts
    ):
        return "不设支部委员会，不作要求"
    if requirement.scope == Scope.GENERAL_BRANCH_COMMITTEE and not _owes_by_time(
        lambda day: bool(roster.committee_on(place.id, day)),
        period,
        half_counts=situation.half_period_counts,
    ):
        return "党总支没有登记委员会，不作要求"
    return ""


def _owes_by_time(stands_on: Callable[[date], bool], period: Period, *, half_counts: bool) -> bool:
    """Whether something stood for at least half of the period (or, by the setting, for any day of it)."""
    standing = sum(1 for day in _days(period) if stands_on(day))
    return 2 * standing >= period.days if half_counts else standing > 0


def _days(period: Period) -> Iterable[date]:
    return (date.fromordinal(day) for day in range(period.start.toordinal(), period.end.toordinal() + 1))


def _lectured_by_secretary(record: RecordSummary, roster: Roster) -> bool:
    if record.held_on is None:
        return False
    secretary = roster.holder_of(record.organisation_id, Post.SECRETARY, record.held_on)
    lecturers = record.people.get("lecturer", ())
    return secretary is not None and any(each.person_id == secretary.id for each in lecturers)
