"""The yearly evaluation of a branch: begun once a year, taking up the records that are there, and shown as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import YEARLY
from branchbook.domain.evaluation_count import Cap, CapBase, GradeCount
from branchbook.domain.evaluation_participants import base_of, cap_for, casts_ballot
from branchbook.domain.evaluations import Assessment, Audience, Elsewhere, Participant
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepStanding, standings
from branchbook.domain.tally_findings import Finding
from branchbook.services.evaluation_findings import findings_of
from branchbook.services.evaluation_reading import assessments_by_person, count_of, evaluations_in, rules_day
from branchbook.services.evaluation_records import simple_records, taking_up
from branchbook.services.guards import clean_text, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import begin_in
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading
from branchbook.services.words import word_of

__all__ = [
    "EvaluationView",
    "MemberRow",
    "begin_evaluation",
    "evaluation_view",
    "round_of",
    "rounds_of",
    "simple_records",
]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of the matrix. The counts are those of the last confirmed ballots; ``missing`` are Chinese phrases."""

    participant: Participant
    assessment: Assessment | None = None
    members_count: GradeCount | None = None
    masses_count: GradeCount | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """A round as a screen shows it. ``cap`` is by the base that the book chose, ``other_cap`` by the other one."""

    procedure: Procedure
    steps: tuple[StepStanding, ...]
    rows: tuple[MemberRow, ...]
    cap: Cap
    other_cap: Cap
    findings: tuple[Finding, ...]

    @property
    def caps(self) -> tuple[Cap, Cap]:
        """Both readings, the chosen one first."""
        return self.cap, self.other_cap


def begin_evaluation(
    book: Book, organisation_id: UUID, year: int, begun_on: date, actor: Actor, *, reason: str = ""
) -> Outcome[Procedure]:
    """Begin the round of a year. The only record that fits a step is taken up by it, which its reason says.

    Raises RefusedProblem for what is no branch, a year that cannot be, while another round is open, and for a second
    round of the same year; ReasonProblem after an abandoned one, where another may begin with a ``reason``.
    """
    reason = clean_text(reason, "原因").strip()
    with operate(book, actor, f"开始{year}年度{YEARLY.name}", reason=reason) as operating:
        writing = operating.writing
        place = still_there(writing, Organisation, organisation_id, "这个组织")
        _refuse_place(place)
        _refuse_day(year, begun_on, actor)
        _refuse_second(writing, place, year, reason)
        procedure = begin_in(writing, YEARLY.key, organisation_id, begun_on, actor)
        changed = taking_up(writing, replace(procedure, year=year, note=reason), actor)
        writing.put(changed)
    return Outcome(changed, operating.changes)


def rounds_of(reading: Reading, organisation_id: UUID | None = None) -> tuple[Procedure, ...]:
    """The rounds of a branch (None: of all), the latest year first."""
    return tuple(each for each in evaluations_in(reading) if organisation_id in (None, each.organisation_id))


def round_of(reading: Reading, organisation_id: UUID, year: int) -> Procedure | None:
    """The round of a year: of several the one that was not abandoned, else the last."""
    found = [each for each in rounds_of(reading, organisation_id) if each.year == year]
    standing = [each for each in found if each.state != ProcedureState.ABANDONED]
    return next(iter(standing or found), None)


def evaluation_view(reading: Reading, procedure_id: UUID, today: date) -> EvaluationView:
    """A round with its steps, its members and what is still missing, both readings of the cap, and the findings."""
    procedure = still_there(reading, Procedure, procedure_id, "这次评议")
    rulebook = rulebook_of(reading)
    rules = rulebook.on(rules_day(procedure, today))
    base = base_of(rules)
    other = next(each for each in CapBase if each != base)
    return EvaluationView(
        procedure,
        standings(YEARLY, procedure, today, {}, rulebook.on(today)),
        member_rows(reading, procedure),
        cap_for(procedure.participants, rules, base),
        cap_for(procedure.participants, rules, other),
        findings_of(reading, procedure, today),
    )


def member_rows(reading: Reading, procedure: Procedure) -> tuple[MemberRow, ...]:
    """Everyone in the list in its order, then those who left it and of whom something was written."""
    assessments = assessments_by_person(reading, procedure.id)
    listed = {each.person_id for each in procedure.participants}
    left = [
        Participant(each.person_id, each.name, takes_part=False, graded=False, reason="已不在参评名单中")
        for each in assessments.values()
        if each.person_id not in listed
    ]
    everyone = (*procedure.participants, *sorted(left, key=lambda each: each.name))
    return tuple(_row(procedure, each, assessments.get(each.person_id)) for each in everyone)


def _row(procedure: Procedure, participant: Participant, assessment: Assessment | None) -> MemberRow:
    return MemberRow(
        participant,
        assessment,
        count_of(procedure, participant.person_id),
        count_of(procedure, participant.person_id, Audience.MASSES),
        tuple(missing_of(participant, assessment)),
    )


def missing_of(participant: Participant, assessment: Assessment | None) -> list[str]:
    """What is still missing for a member, as 个人小结, 互评意见, 等次, 反馈; of a floating one, what is exchanged."""
    here, graded, away = casts_ballot(participant), participant.graded, participant.elsewhere
    open_exchange = participant.exchanged_on is None
    parts = (
        ("个人小结", here and not (assessment and assessment.summary.strip())),
        ("互评意见", here and not (assessment and assessment.criticisms)),
        ("等次", graded and not (assessment and assessment.grade)),
        ("流入地评议结果", away == Elsewhere.RECEIVED and open_exchange),
        ("告知原支部", away == Elsewhere.SENT and graded and open_exchange),
        ("反馈", graded and not (assessment and assessment.fed_back_on)),
    )
    return [words for words, is_missing in parts if is_missing]


def _refuse_place(place: Organisation) -> None:
    if place.kind != OrganisationKind.BRANCH:
        raise RefusedProblem(
            f"“{place.name}”是{word_of(place.kind)}，民主评议党员由党支部进行", "", "请选择一个党支部"
        )


def _refuse_day(year: int, begun_on: date, actor: Actor) -> None:
    if begun_on > actor.today:
        raise RefusedProblem("开始日期在今天之后", f"{begun_on}", "请核对日期")
    if year not in (begun_on.year, begun_on.year - 1):
        raise RefusedProblem(
            f"{begun_on} 开始的不会是 {year} 年度的评议",
            f"{year}",
            "请填写当年或上一年的年度，或核对开始日期",
        )


def _refuse_second(reading: Reading, place: Organisation, year: int, reason: str) -> None:
    same = [each for each in rounds_of(reading, place.id) if each.year == year]
    standing = next((each for each in same if each.state != ProcedureState.ABANDONED), None)
    if standing is not None:
        state = word_of(standing.state)
        raise RefusedProblem(
            f"“{place.name}”{year} 年度已有一次评议（{standing.begun_on} 开始，{state}）",
            YEARLY.name,
            "请打开它继续办理；已办结的用更正",
        )
    if same and not reason:
        raise ReasonProblem(
            f"“{place.name}”{year} 年度的评议已终止（{same[0].ended_on}）", YEARLY.name, "重新开始请写明原因"
        )
