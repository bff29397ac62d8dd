"""The way of joining, person by person: begun, looked at, and everyone of the five stages with what is due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.joining import JOINING
from branchbook.domain.people import FactKind, Person, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.progress import Progress, ShapeProgress
from branchbook.domain.roster import MEMBER_STANDINGS, DayOfRoster, Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.stages import Stage
from branchbook.services.conversions import ConversionLine, conversions_on
from branchbook.services.guards import still_there
from branchbook.services.joining_checks import joining_findings
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import ProcedureView, begin_in, procedure_view
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading, Writing

__all__ = [
    "Stage",
    "StageLine",
    "begin_joining",
    "begin_joining_in",
    "joining_findings",
    "joining_view",
    "stages_on",
    "ways_on",
]


_STANDING_STAGES: Mapping[str, Stage] = {
    Standing.APPLICANT: Stage.APPLICANT,
    Standing.ACTIVIST: Stage.ACTIVIST,
    Standing.DEVELOPMENT_CANDIDATE: Stage.DEVELOPMENT_CANDIDATE,
    Standing.PROBATIONARY: Stage.PROBATIONARY,
}
NOT_BEGUN = "建立发展党员档案"
"""What is next for someone on the way whose joining the book does not keep yet."""

_STAGE_ORDER = {stage: number for number, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class StageLine:
    """Someone on the way of joining, on a day.

    ``since`` is the day on which the standing began; ``dates`` are the days of the steps done by then, by key.
    ``next_step`` is where work goes on (empty: nothing is left), due on ``due_on`` by ``article``. ``missing``
    are the steps passed over. ``conversion`` tells the rest of someone probationary.
    """

    person_id: UUID
    name: str
    stage: Stage
    organisation_id: UUID | None = None
    organisation_name: str = ""
    since: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    next_step: str = ""
    due_on: date | None = None
    overdue: bool = False
    article: str = ""
    missing: tuple[str, ...] = ()
    procedure_id: UUID | None = None
    conversion: ConversionLine | None = None


def begin_joining(
    book: Book, person_id: UUID, day: date, actor: Actor, organisation_id: UUID | None = None
) -> Outcome[Procedure]:
    """Begin someone's joining in their branch, or in the one named (for an old case that is entered late).

    Raises RefusedProblem for someone who is a member on the day, and where the branch is not known.
    """
    with operate(book, actor, f"开始{JOINING.name}") as operating:
        procedure = begin_joining_in(operating.writing, person_id, day, actor, organisation_id)
    return Outcome(procedure, operating.changes)


def begin_joining_in(
    writing: Writing, person_id: UUID, day: date, actor: Actor, organisation_id: UUID | None = None
) -> Procedure:
    """Within an operation: begin a joining (see ``begin_joining``)."""
    person = still_there(writing, Person, person_id, "这个人")
    roster = writing.roster()
    if roster.standing_on(person_id, day) in MEMBER_STANDINGS:
        raise RefusedProblem(
            f"{person.name}在 {day} 已是党员", "", "补录旧档的，请把开始日期写成当年递交申请书的日期"
        )
    place = organisation_id or _branch_of(roster, person_id, day)
    if place is None:
        raise RefusedProblem(f"{person.name}不在任何支部", "", "请先在“党员”里登记所在支部")
    founded_on = roster.organisation_by_id[place].founded_on
    return begin_in(writing, JOINING.key, place, max(day, founded_on), actor, person_id)


def _branch_of(roster: Roster, person_id: UUID, day: date) -> UUID | None:
    """The branch on the day, else the first one after it: what is entered late began before the book did."""
    branch = roster.branch_of(person_id, day)
    if branch is not None:
        return branch.id
    later = [each for each in roster.facts_of(person_id, FactKind.MEMBERSHIP) if each.from_on > day]
    return later[0].organisation_id if later else None


def joining_view(reading: Reading, procedure_id: UUID, today: date) -> ProcedureView:
    """A joining with the standing of its steps."""
    return procedure_view(reading, procedure_id, today)


def stages_on(reading: Reading, organisation_id: UUID | None, day: date) -> tuple[StageLine, ...]:
    """Everyone of the five stages on ``day``, by stage, then by what is due first: of a branch, a general branch,
    or (None) the whole book.
    """
    roster, latest = reading.roster(), _latest(reading.all(Procedure))
    held = roster.on(day)
    found = list(_ways(reading, held, latest, organisation_id, day))
    for line in conversions_on(reading, day, organisation_id):
        since = held.standings[line.person_id].from_on
        found.append(_probationary(line, since, latest.get(line.person_id), day))
    return tuple(sorted(found, key=_stage_order))


def ways_on(reading: Reading, organisation_id: UUID | None, day: date) -> tuple[StageLine, ...]:
    """Those of ``stages_on`` who are not accepted yet."""
    latest = _latest(reading.all(Procedure))
    found = _ways(reading, reading.roster().on(day), latest, organisation_id, day)
    return tuple(sorted(found, key=_stage_order))


def _ways(
    reading: Reading,
    held: DayOfRoster,
    latest: Mapping[UUID, Procedure],
    organisation_id: UUID | None,
    day: date,
) -> Iterator[StageLine]:
    people, rules = reading.roster().person_by_id, rulebook_of(reading).on(day)
    progress, articles = ShapeProgress(JOINING, day, rules), dict[str, str]()
    within = reading.roster().branches_within(organisation_id) if organisation_id else None
    names = {each.id: each.name_on(day) for each in reading.roster().organisations}
    for person_id, fact in held.standings.items():
        stage, branch = _STANDING_STAGES.get(fact.value), held.branches.get(person_id)
        if stage is None or stage is Stage.PROBATIONARY or branch is None or person_id not in people:
            continue
        if within is not None and branch.id not in within:
            continue
        person, procedure = people[person_id], latest.get(person_id)
        whose = (person_id, person.name, stage, branch.id, names[branch.id], fact.from_on)
        if procedure is None or not procedure.is_open:
            yield StageLine(*whose, next_step=NOT_BEGUN, missing=(NOT_BEGUN,))
        else:
            yield _before_acceptance(whose, procedure, progress.of(procedure), rules, articles)


_Whose = tuple[UUID, str, Stage, UUID, str, date]
"""The first fields of a line: the person, the stage, the place, and since when."""


def _latest(procedures: Sequence[Procedure]) -> Mapping[UUID, Procedure]:
    """By person the joining that is open, else the one begun last."""
    found: dict[UUID, Procedure] = {}
    for each in procedures:
        if each.subject_id is None or each.shape != JOINING.key:
            continue
        known = found.get(each.subject_id)
        if known is None or (known.is_open, known.begun_on) < (each.is_open, each.begun_on):
            found[each.subject_id] = each
    return found


def _before_acceptance(
    whose: _Whose, procedure: Procedure, come: Progress, rules: Rulebook, articles: dict[str, str]
) -> StageLine:
    """The line of one person; ``articles`` remembers what a step cites, for the next."""
    person_id, name, stage, place_id, place_name, since = whose
    if stage is Stage.DEVELOPMENT_CANDIDATE and "preliminary_review" in come.done:
        stage = Stage.ACCEPTANCE
    at = come.at
    if at is not None and at.key not in articles:
        rule = rules.first_of(*at.rule_ids)
        articles[at.key] = rule.citation if rule else ""
    return StageLine(
        person_id,
        name,
        stage,
        place_id,
        place_name,
        since,
        come.done,
        at.name if at else "",
        come.due_on,
        come.overdue,
        articles[at.key] if at else "",
        tuple([each.name for each in come.passed_over]) if come.passed_over else (),
        procedure.id,
    )


def _probationary(line: ConversionLine, since: date, joining: Procedure | None, day: date) -> StageLine:
    first = line.missing[0] if line.missing else None
    return StageLine(
        line.person_id,
        line.name,
        Stage.PROBATIONARY,
        line.organisation_id,
        line.organisation_name,
        since,
        _dates(joining, day) if joining else {},
        first.need_words if first else "",
        first.due_on if first else line.probation.ends_on if line.probation else None,
        first.overdue if first else False,
        first.article if first else line.article,
        tuple(each.words for each in line.missing),
        line.procedure_id,
        line,
    )


def _dates(procedure: Procedure, day: date) -> Mapping[str, date]:
    if procedure.latest_on is None or procedure.latest_on <= day:
        return procedure.days
    return {key: done_on for key, done_on in procedure.days.items() if done_on <= day}


def _stage_order(line: StageLine) -> tuple[int, date, str]:
    return (_STAGE_ORDER[line.stage], line.due_on or date.max, line.name)
