"""What a book knows of a yearly evaluation, gathered once for its papers. What is not recorded prints as a blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures.evaluation import FAMILY
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.evaluation_count import Cap, CapBase, Grade
from branchbook.domain.evaluation_participants import base_of, cap_for, is_on_ballot
from branchbook.domain.evaluations import (
    Assessment,
    Audience,
    BallotForm,
    Elsewhere,
    GradeLine,
    GradeRound,
    Participant,
)
from branchbook.domain.grade_ballots import BALLOT_ITEMS
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.services.evaluation_participants import propose_participants
from branchbook.services.evaluation_reading import counted_round
from branchbook.services.evaluations import MemberRow, member_rows
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_values_roster import person_cells
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One participant with what was written and counted. ``cells`` are the roster's on the day, by its columns.

    ``line`` holds the totals of the members' ballot, ``masses`` those of the masses'; None before they are confirmed.
    """

    participant: Participant
    cells: Mapping[str, str] = field(default_factory=dict)
    assessment: Assessment | None = None
    line: GradeLine | None = None
    masses: GradeLine | None = None

    @property
    def name(self) -> str:
        """As it was when those who take part were settled."""
        return self.participant.name

    @property
    def is_graded(self) -> bool:
        """Whether the ballot names the member: not a probationary one (V-06), nor one evaluated elsewhere."""
        return is_on_ballot(self.participant)

    @property
    def grade(self) -> Grade | None:
        """The branch's grade; None where none was decided or none is given."""
        return self.assessment.grade if self.assessment and self.participant.graded else None

    @property
    def belongs_here(self) -> bool:
        """Whether the member's place is this branch: one who only stays here is counted in another."""
        return self.participant.elsewhere != Elsewhere.SENT

    @property
    def attended(self) -> bool:
        """Whether the member took part; before the meeting, whether the member is to."""
        return self.participant.takes_part and self.participant.present is not False


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """One round. ``ballot`` and ``masses`` are the confirmed ballots; ``cap`` is that of the setting, ``other_cap``
    that of the other reading (V-05), both None where nobody is known. ``correction`` says why a finished round was
    corrected, ``steps`` are the entries of the procedure."""

    year: int | None = None
    organisation: str = ""
    higher: str = ""
    kind: OrganisationKind = OrganisationKind.BRANCH
    has_committee: bool = True
    phone: str = ""
    recorded: bool = False
    members: tuple[MemberFacts, ...] = ()
    ballot: GradeRound | None = None
    masses: GradeRound | None = None
    masses_asked: bool = False
    items: tuple[str, ...] = BALLOT_ITEMS
    item_by_item: bool = False
    cap: Cap | None = None
    other_cap: Cap | None = None
    share: tuple[int, int] = (1, 3)
    correction: str = ""
    steps: Mapping[str, StepEntry] = field(default_factory=dict)

    def step(self, key: str) -> StepEntry:
        """What is entered for a step; empty where nothing is."""
        return self.steps.get(key, StepEntry(key))

    def done_on(self, key: str) -> date | None:
        """The day on which a step was done."""
        return self.step(key).done_on

    def with_grade(self, grade: Grade) -> tuple[MemberFacts, ...]:
        """The branch's own members who were given a grade."""
        return tuple(each for each in self.members if each.belongs_here and each.grade == grade)


def evaluation_facts(binding: Binding) -> EvaluationFacts:
    """The facts of the round asked for; without one, or blank, only the organisation's names and the year.

    Raises RefusedProblem for a procedure that is no evaluation.
    """
    procedure = binding.procedure
    if procedure is None or binding.request.blank:
        return _blank(binding)
    kept = binding.view.gathered.get(procedure.id)
    if isinstance(kept, EvaluationFacts):
        return kept
    if shape_of(procedure.shape).family != FAMILY:
        raise RefusedProblem("这项办理事项不是民主评议，没有民主评议的表册", "", "请选择一个年度的民主评议")
    facts = replace(
        _with_names(EvaluationFacts(year=procedure.year or binding.day.year, recorded=True), binding),
        steps={each.step: each for each in procedure.steps},
        correction=procedure.correction_reason if procedure.state == ProcedureState.CORRECTED else "",
    )
    facts = _with_caps(_with_members(_with_ballots(facts, procedure), binding, procedure), binding)
    binding.view.gathered[procedure.id] = facts
    return facts


def _blank(binding: Binding) -> EvaluationFacts:
    facts = EvaluationFacts(year=binding.request.year)
    if binding.organisation is None or binding.organisation.kind == OrganisationKind.GROUP:
        return facts
    return _with_names(facts, binding)


def _with_names(facts: EvaluationFacts, binding: Binding) -> EvaluationFacts:
    own, names = binding.subject_organisation, binding.names
    return replace(
        facts,
        organisation=names.organisation,
        higher=names.higher,
        kind=own.kind,
        has_committee=binding.roster.has_committee_on(own.id, binding.day),
        phone=own.phone,
    )


def _with_ballots(facts: EvaluationFacts, procedure: Procedure) -> EvaluationFacts:
    """The latest confirmed ballot of each audience, and which form the ballot has or is to have."""
    rounds = procedure.grade_rounds
    items = next(
        (line.items for each in reversed(rounds) for line in each.lines if line.items),
        (),
    )
    return replace(
        facts,
        ballot=counted_round(procedure, Audience.MEMBERS),
        masses=counted_round(procedure, Audience.MASSES),
        masses_asked=any(each.audience == Audience.MASSES for each in rounds),
        items=tuple(each.item for each in items) or BALLOT_ITEMS,
        item_by_item=any(each.form == BallotForm.ITEMS for each in rounds)
        or facts.step("ballot").flag("item_by_item"),
    )


def _with_members(facts: EvaluationFacts, binding: Binding, procedure: Procedure) -> EvaluationFacts:
    """Those in the list, and who left it but of whom something was written; before there is one, the proposal."""
    members = tuple(
        MemberFacts(
            row.participant,
            _cells(binding, row.participant.person_id),
            row.assessment,
            _line(facts.ballot, row.participant.person_id),
            _line(facts.masses, row.participant.person_id),
        )
        for row in rows_or_proposed(binding.reading, procedure, binding.day)
    )
    return replace(facts, members=members)


def rows_or_proposed(reading: Reading, procedure: Procedure, on: date) -> tuple[MemberRow, ...]:
    """The members of a round; before it is settled who takes part, those whom the rules of the day propose."""
    if not procedure.participants:
        procedure = replace(procedure, participants=propose_participants(reading, procedure, on))
    return member_rows(reading, procedure)


def _cells(binding: Binding, person_id: UUID) -> Mapping[str, str]:
    person = binding.roster.person_by_id.get(person_id)
    return person_cells(binding, person) if person else {}


def _line(ballot: GradeRound | None, person_id: UUID) -> GradeLine | None:
    return ballot.line_of(person_id) if ballot else None


def _with_caps(facts: EvaluationFacts, binding: Binding) -> EvaluationFacts:
    """A third at most of the branch's own full members, or of all who take part (V-04, V-05)."""
    rule = binding.rulebook.find("V-04")
    if rule is None:
        return facts
    frozen, people = facts.ballot, [each.participant for each in facts.members]
    base = frozen.base if frozen else base_of(binding.rulebook)
    other = next(each for each in CapBase if each != base)
    cap = cap_for(people, binding.rulebook, base)
    if frozen:
        cap = replace(cap, most=frozen.most_excellent)
    return replace(
        facts,
        cap=cap,
        other_cap=cap_for(people, binding.rulebook, other),
        share=(rule.number("numerator"), rule.number("denominator")),
    )
