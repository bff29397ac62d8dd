"""The way of joining, person by person: begun, looked at, and everyone of the five stages with what is due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from branchbook.catalogue.procedures.joining import FAMILY, JOINING
from branchbook.domain.people import FactKind, Person, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepStanding, StepState, next_step, standings
from branchbook.domain.roster import MEMBER_STANDINGS, Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.services.conversions import ConversionLine, conversions_on
from branchbook.services.guards import still_there
from branchbook.services.joining_checks import joining_findings
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import ProcedureView, begin_in, procedure_view, procedures_of
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


class Stage(StrEnum):
    """The five stages of joining. The fourth is a development candidate whose preliminary review was passed."""

    APPLICANT = "applicant"
    ACTIVIST = "activist"
    DEVELOPMENT_CANDIDATE = "development_candidate"
    ACCEPTANCE = "acceptance"
    PROBATIONARY = "probationary"


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
    """Everyone of the five stages on ``day`` in a branch (None: in all), by stage, then by what is due first."""
    roster, latest = reading.roster(), _latest(procedures_of(reading, family=FAMILY))
    found = list(_ways(reading, latest, organisation_id, day))
    for line in conversions_on(reading, day, organisation_id):
        found.append(_probationary(roster, day, line, latest.get(line.person_id)))
    return tuple(sorted(found, key=_stage_order))


def ways_on(reading: Reading, organisation_id: UUID | None, day: date) -> tuple[StageLine, ...]:
    """Those of ``stages_on`` who are not accepted yet."""
    latest = _latest(procedures_of(reading, family=FAMILY))
    return tuple(sorted(_ways(reading, latest, organisation_id, day), key=_stage_order))


def _ways(
    reading: Reading, latest: Mapping[UUID, Procedure], organisation_id: UUID | None, day: date
) -> Iterator[StageLine]:
    roster, rules = reading.roster(), rulebook_of(reading).on(day)
    for each in _on_the_way(roster, organisation_id, day):
        yield _before_acceptance(roster, rules, day, *each, latest)


def _on_the_way(
    roster: Roster, organisation_id: UUID | None, day: date
) -> Iterator[tuple[Person, Stage, date]]:
    """Applicants, activists and candidates with the first day of the standing: one pass over the facts."""
    for fact in roster.facts:
        if fact.kind is not FactKind.STANDING or not fact.holds_on(day):
            continue
        stage = _STANDING_STAGES.get(fact.value)
        if stage is None or stage is Stage.PROBATIONARY or fact.person_id not in roster.person_by_id:
            continue
        branch = roster.branch_of(fact.person_id, day)
        if branch is None or organisation_id not in (None, branch.id):
            continue
        yield roster.person_by_id[fact.person_id], stage, fact.from_on


def _latest(procedures: Sequence[Procedure]) -> Mapping[UUID, Procedure]:
    """By person the joining that is open, else the one begun last."""
    found: dict[UUID, Procedure] = {}
    for each in procedures:  # the latest begun first
        if each.subject_id is not None and (each.subject_id not in found or each.is_open):
            found[each.subject_id] = each
    return found


def _before_acceptance(
    roster: Roster,
    rules: Rulebook,
    day: date,
    person: Person,
    stage: Stage,
    since: date,
    latest: Mapping[UUID, Procedure],
) -> StageLine:
    branch, procedure = roster.branch_of(person.id, day), latest.get(person.id)
    place_id, place_name = (branch.id, branch.name_on(day)) if branch else (None, "")
    if procedure is None or not procedure.is_open:
        return StageLine(
            person.id,
            person.name,
            stage,
            place_id,
            place_name,
            since,
            next_step=NOT_BEGUN,
            missing=(NOT_BEGUN,),
        )
    steps = standings(JOINING, procedure, day, {}, rules)
    at = _urgent(steps)
    dates = _dates(procedure, day)
    if stage is Stage.DEVELOPMENT_CANDIDATE and "preliminary_review" in dates:
        stage = Stage.ACCEPTANCE
    rule = rules.first_of(*at.spec.rule_ids) if at else None
    return StageLine(
        person.id,
        person.name,
        stage,
        place_id,
        place_name,
        since,
        dates,
        at.spec.name if at else "",
        at.due_on if at else None,
        at.overdue if at else False,
        rule.citation if rule else "",
        tuple(each.spec.name for each in _passed_over(steps)),
        procedure.id,
    )


def _urgent(steps: tuple[StepStanding, ...]) -> StepStanding | None:
    """The overdue step that was due first, observations too; else where work goes on."""
    late = [each for each in steps if each.overdue and each.due_on and each.state is not StepState.NOT_NEEDED]
    passed = max((number for number, each in enumerate(steps) if each.state is StepState.DONE), default=-1)
    late = [each for each in late if not each.spec.optional or steps.index(each) > passed]
    return min(late, key=lambda each: each.due_on or date.max) if late else next_step(steps)


def _passed_over(steps: tuple[StepStanding, ...]) -> Iterator[StepStanding]:
    """Steps that are not done although a later one is; optional ones are nobody's debt."""
    last = max((number for number, each in enumerate(steps) if each.state is StepState.DONE), default=-1)
    for number, each in enumerate(steps):
        if (
            number < last
            and not each.spec.optional
            and each.state not in (StepState.DONE, StepState.NOT_NEEDED)
        ):
            yield each


def _probationary(roster: Roster, day: date, line: ConversionLine, joining: Procedure | None) -> StageLine:
    held = roster.facts_on(line.person_id, FactKind.STANDING, day)
    first = line.missing[0] if line.missing else None
    return StageLine(
        line.person_id,
        line.name,
        Stage.PROBATIONARY,
        line.organisation_id,
        line.organisation_name,
        held[-1].from_on if held else None,
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
    return {each.step: each.done_on for each in procedure.steps if each.done_on and each.done_on <= day}


def _stage_order(line: StageLine) -> tuple[int, date, str]:
    return (_STAGE_ORDER[line.stage], line.due_on or date.max, line.name)
