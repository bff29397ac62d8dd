"""Everything the step card shows of one step, read in one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.organisations import Organisation
from branchbook.domain.procedures import (
    Procedure,
    ProcedureShape,
    StepEntry,
    StepSpec,
    StepStanding,
    StepState,
    out_of_order,
)
from branchbook.domain.records import Attachment, RecordSummary, Vote
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import Finding
from branchbook.domain.voting import Decision, decide
from branchbook.services.procedures import ProcedureView
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading, RecordQuery
from branchbook.ui.people_choices import people_choices
from branchbook.ui.places.procedures.wording import procedure_title, short_day
from branchbook.ui.widgets.person_picker import PersonChoice

if TYPE_CHECKING:  # each family fills in its own parts; the places know this module, not it them
    from branchbook.ui.places.elections.candidates_view import KindView
    from branchbook.ui.places.elections.outcome_view import OutcomeView
    from branchbook.ui.places.elections.rounds_view import RoundsView
    from branchbook.ui.places.elections.voters_view import VotersView

MEETINGS_OFFERED = 12
"""How many meetings are offered to link, those nearest to the step's day first."""

_SETTLED = frozenset({StepState.DONE, StepState.NOT_NEEDED})
_AT_THE_MEETING = frozenset({"opening", "method", "count"})


@dataclass(frozen=True)
class StepView:
    """A step with what surrounds it. ``articles`` are its rules' citations with their words, the first its own.

    ``due`` and ``present`` are the voters of which its votes want a majority; ``papers`` are (key, name) of
    those that the program can print; ``following`` is the key of the step with which work goes on,
    ``finishable`` tells that only optional steps are left. ``whose`` names the organisation where the place shows
    those of several.
    """

    procedure: Procedure
    shape: ProcedureShape
    standing: StepStanding
    organisation: Organisation
    people: tuple[PersonChoice, ...]
    articles: tuple[tuple[str, str], ...]
    meetings: tuple[RecordSummary, ...]
    attachments: tuple[Attachment, ...]
    papers: tuple[tuple[str, str], ...]
    rulebook: Rulebook
    findings: tuple[Finding, ...] = ()
    due: int = 0
    present: int = 0
    today: date = date.min
    following: str = ""
    finishable: bool = False
    voters: VotersView | None = None
    candidates: tuple[KindView, ...] = ()
    outcome: OutcomeView | None = None
    rounds: RoundsView | None = None
    names: Mapping[UUID, str] = field(default_factory=dict)
    whose: str = ""

    @property
    def title(self) -> str:
        """Which procedure the step belongs to, and where that is in doubt, whose."""
        title = procedure_title(self.procedure)
        return f"{self.whose} {title}" if self.whose else title

    @property
    def due_words(self) -> str:
        """Until when the step is to be done; empty where nothing says so."""
        due_on = self.standing.due_on
        if due_on is None:
            return ""
        words = QCoreApplication.translate("StepLead", "应于 {day} 前完成")
        return words.format(day=short_day(due_on, self.today))

    @property
    def spec(self) -> StepSpec:
        """The step as its shape describes it."""
        return self.standing.spec

    @property
    def usual_day(self) -> date:
        """The day on which the step is done where none is typed: of the meeting that it belongs to, else today."""
        held = [each.held_on for each in self.procedure.rounds if each.step == self.spec.key]
        frozen = self.procedure.voters_frozen_on
        if held:
            return max(held)
        return frozen if frozen is not None and self.spec.key in _AT_THE_MEETING else self.today

    @property
    def counting(self) -> bool:
        """Whether a count of this step is under way: confirming it comes before everything else."""
        return any(each.step == self.spec.key and not each.is_confirmed for each in self.procedure.rounds)

    def decided(self, vote: Vote) -> Decision:
        """What a vote of this step comes to, under the rules of the procedure's day."""
        return decide(vote, self.due, self.present, self.rulebook)

    def faults(self, entry: StepEntry) -> tuple[str, ...]:
        """What is out of order about the step as it is typed."""
        return out_of_order(self.shape, self.procedure, entry)


def nearest_meetings(
    reading: Reading, procedure: Procedure, spec: StepSpec, day: date
) -> tuple[RecordSummary, ...]:
    """The organisation's meetings of the step's kinds, those nearest to a day first; the linked one always."""
    if not spec.record_kinds:
        return ()
    query = RecordQuery((procedure.organisation_id,), spec.record_kinds)
    found = sorted(
        reading.summaries(query),
        key=lambda each: (abs((each.held_on - day).days) if each.held_on else 0, str(each.id)),
    )
    linked = procedure.entry(spec.key).record_id
    first = [each for each in found if each.id == linked]
    return (*first, *[each for each in found if each.id != linked][: MEETINGS_OFFERED - len(first)])


def cited(rulebook: Rulebook, spec: StepSpec) -> tuple[tuple[str, str], ...]:
    """Citation and words of the step's rules that are in force; each once, a bare document not beside its articles."""
    rules = [rule for rule in map(rulebook.find, spec.rule_ids) if rule is not None]
    found = {rule.citation: rule.text for rule in reversed(rules)}
    return tuple(
        (each, words)
        for each, words in reversed(found.items())
        if not any(other != each and other.startswith(each) for other in found)
    )


def step_view(
    reading: Reading,
    view: ProcedureView,
    standing: StepStanding,
    findings: tuple[Finding, ...],
    today: date,
) -> StepView:
    """The step as it would be shown now; its own day decides which rules and people are meant."""
    procedure, shape = view.procedure, view.shape
    roster = reading.roster()
    day = standing.entry.done_on or today
    due, present = _majority_base(procedure, standing.spec.key)
    rulebook = rulebook_of(reading).on(day)
    return StepView(
        procedure=procedure,
        shape=shape,
        standing=standing,
        organisation=roster.organisation_by_id[procedure.organisation_id],
        people=people_choices(roster, procedure.organisation_id, day),
        articles=cited(rulebook, standing.spec),
        meetings=nearest_meetings(reading, procedure, standing.spec, day),
        attachments=reading.attachments_of((procedure.id,)),
        papers=tuple((key, PAPER_BY_KEY[key].name) for key in standing.spec.papers if key in PAPER_BY_KEY),
        rulebook=rulebook,
        findings=findings,
        due=due,
        present=present,
        today=today,
        following=view.next.spec.key if view.next is not None else "",
        finishable=all(each.spec.optional or each.state in _SETTLED for each in view.steps),
        names={person.id: person.name for person in roster.people},
    )


def _majority_base(procedure: Procedure, step: str) -> tuple[int, int]:
    """Due and present for the votes of a step: at the opening everyone with the right (支部工作条例 第十一条),
    since exclusions count only once the meeting has passed them; later those due in this election."""
    opening = step == "opening"
    counted = [each for each in procedure.voters if (each.has_right if opening else each.is_due)]
    return len(counted), sum(each.present is True for each in counted)
