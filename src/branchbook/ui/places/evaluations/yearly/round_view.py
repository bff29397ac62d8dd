"""What the yearly view shows: the rounds of a branch, and of one of them the step at hand with its members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import FAMILY, YEARLY
from branchbook.domain.evaluation_count import Cap, CapBase
from branchbook.domain.evaluations import Audience, GradeRound
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.procedures import Procedure, StepStanding, next_step
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.evaluation_participants import ParticipantChange, participant_changes
from branchbook.services.evaluations import (
    EvaluationView,
    MemberRow,
    evaluation_view,
    round_of,
    rounds_of,
)
from branchbook.services.grade_rounds import found_round
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledgers import LedgerLine, lines_of
from branchbook.services.procedures import ProcedureView
from branchbook.services.rectifications import (
    RECTIFICATION,
    FoundProblem,
    found_problems,
    rectifications_of,
)
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading
from branchbook.services.talks import TalksOfYear, talks_of_year
from branchbook.ui.places.procedures.step_view import StepView, step_view

PARTICIPANTS, BALLOT, GRADING, TALKS = "participants", "ballot", "grading", "talks"
RECTIFYING = frozenset({"use", "rectification"})
"""The steps that show the round's rows of the rectification ledger."""
_ABOUT = {
    "V-06": (PARTICIPANTS, GRADING),
    "V-07": (GRADING,),
    "B-30": ("mutual_evaluation",),
    "B-45": ("feedback",),
    "V-17": ("feedback",),
    "V-02": ("feedback",),
    "V-08": ("use",),
    "V-09": ("use",),
    "V-10": ("use",),
    "V-11": ("use",),
    "V-12": ("use",),
    "V-13": ("use",),
    "": (BALLOT,),
}
"""At which steps a finding is shown; those about the cap (V-04, V-05) stand in the line over the matrix."""


@dataclass(frozen=True, kw_only=True)
class EvaluationStep(StepView):
    """A step of a round. ``rows`` are its members, ``cap`` that on 优秀 by the base that the book chose.

    ``ballots`` are its rounds, one that is being counted as it is typed; ``changes`` what the roster says otherwise
    than the list. ``rectifications`` are its rows in the rectification ledger, ``found`` what could be entered there,
    both at the steps that show them; ``talks`` those of the year at theirs. ``citations`` are those of V-04, V-05,
    V-06 and V-07 by rule, where they are in force.
    """

    rows: tuple[MemberRow, ...] = ()
    cap: Cap = field(default_factory=lambda: Cap(0, CapBase.FULL_MEMBERS, 0))
    other_cap: Cap = field(default_factory=lambda: Cap(0, CapBase.PARTICIPANTS, 0))
    ballots: tuple[GradeRound, ...] = ()
    changes: tuple[ParticipantChange, ...] = ()
    citations: Mapping[str, str] = field(default_factory=dict)
    rectifications: tuple[LedgerLine, ...] = ()
    found: tuple[FoundProblem, ...] = ()
    talks: TalksOfYear | None = None

    @property
    def usual_day(self) -> date:
        """The ballot's step is done on the day of its ballot; everything else today."""
        held = [each.held_on for each in self.ballots if each.audience == Audience.MEMBERS]
        return max(held) if self.spec.key == BALLOT and held else self.today

    @property
    def counting(self) -> bool:
        """Whether ballots are being counted: confirming them comes before everything else."""
        return self.spec.key == BALLOT and any(not each.is_confirmed for each in self.ballots)


@dataclass(frozen=True)
class RoundOnScreen:
    """The rounds of the branch, the latest first, and the one that is shown with the step at hand.

    ``names`` are those of the branches where rounds of others are among them: of the general branch's branches, or
    found by a search.
    """

    rounds: tuple[Procedure, ...] = ()
    view: ProcedureView | None = None
    step: EvaluationStep | None = None
    names: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What is to be shown: a round and one of its steps (empty: where work goes on), else the round of a year."""

    procedure_id: UUID | None = None
    step: str = ""
    year: int = 0


def round_on_screen(reading: Reading, organisation_id: UUID, wanted: Wanted, today: date) -> RoundOnScreen:
    """The round that is wanted, else that of the year; none where that year has none."""
    places = reading.roster().organisation_by_id
    general = places[organisation_id].kind is OrganisationKind.GENERAL_BRANCH
    rounds = rounds_of(reading, None if general else organisation_id)
    shown = reading.get(Procedure, wanted.procedure_id) if wanted.procedure_id else None
    if shown is None and general:
        shown = next((each for each in rounds if each.year == wanted.year), None)
    elif shown is None:
        shown = round_of(reading, organisation_id, wanted.year)
    if shown is not None and all(each.id != shown.id for each in rounds):
        rounds = (shown, *rounds)
    others = any(each.organisation_id != organisation_id for each in rounds)
    names = {each.organisation_id: places[each.organisation_id].name_on(today) for each in rounds}
    if shown is None:
        return RoundOnScreen(rounds, names=names if others else {})
    found = evaluation_view(reading, shown.id, today)
    view = ProcedureView(found.procedure, YEARLY, found.steps, next_step(found.steps))
    step = _step(reading, found, view, wanted.step, today)
    if not others:
        return RoundOnScreen(rounds, view, step)
    return RoundOnScreen(rounds, view, replace(step, whose=names[shown.organisation_id]), names)


def _step(
    reading: Reading, found: EvaluationView, view: ProcedureView, wanted: str, today: date
) -> EvaluationStep:
    usual = (view.next if view.procedure.is_open else None) or _grading(view)
    at_hand = next((each for each in view.steps if each.spec.key == wanted), usual)
    plain = step_view(reading, view, at_hand, _about(found.findings, at_hand.spec.key), today)
    own = {each.name: getattr(plain, each.name) for each in fields(StepView)}
    procedure, key = view.procedure, at_hand.spec.key
    typed = found_round(reading, procedure.id)
    rules = rulebook_of(reading).on(at_hand.entry.done_on or today)
    return EvaluationStep(
        **own,
        rows=found.rows,
        cap=found.cap,
        other_cap=found.other_cap,
        ballots=tuple(
            typed if typed is not None and typed.id == each.id else each for each in procedure.grade_rounds
        ),
        changes=participant_changes(reading, procedure, today)
        if key == PARTICIPANTS and procedure.is_open
        else (),
        citations=_citations(rules, ("V-04", "V-05", "V-06", "V-07")),
        **_follow_up(reading, procedure, key, today),
    )


def _follow_up(reading: Reading, procedure: Procedure, key: str, today: date) -> dict[str, Any]:
    """What other places hold that belongs to a step: the rectification ledger, the year's talks."""
    if key in RECTIFYING:
        rows = rectifications_of(reading, procedure.id)
        ledger = ledger_of(reading, RECTIFICATION)
        return {
            "rectifications": lines_of(reading, ledger, rows, today),
            "found": found_problems(reading, procedure),
        }
    if key == TALKS:
        return {"talks": talks_of_year(reading, procedure.organisation_id, procedure.year, today)}
    return {}


def _grading(view: ProcedureView) -> StepStanding:
    """What is looked for in a round that has ended or has nothing left to do: the grades."""
    return next(each for each in view.steps if each.spec.key == GRADING)


def _about(findings: Iterable[Finding], step: str) -> tuple[Finding, ...]:
    """Those of a step. What the matrix shows member by member (a grade with its reason, V-07) is not told again."""
    return tuple(
        each
        for each in findings
        if step in _ABOUT.get(each.rule, ()) and not (each.rule == "V-07" and each.level == Level.INFO)
    )


def _citations(rules: Rulebook, rule_ids: Iterable[str]) -> dict[str, str]:
    return {rule.id: rule.citation for rule in map(rules.find, rule_ids) if rule is not None}


FAMILIES = frozenset({FAMILY})
