"""The elections of an organisation, and the one that is shown with the standing of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.procedures import Procedure, StepStanding
from branchbook.services.procedures import ProcedureView, procedure_view, procedures_of
from branchbook.services.store import Reading
from branchbook.ui.places.elections.step_view import StepView, step_view

FAMILIES = ("election", "term_extension")


@dataclass(frozen=True)
class ElectionOnScreen:
    """What the place shows: every election of the organisation, and of one all its steps.

    ``summaries`` are one short line per step; ``step`` is the step at hand.
    """

    elections: tuple[Procedure, ...]
    view: ProcedureView | None = None
    step: StepView | None = None
    summaries: Mapping[str, str] = field(default_factory=dict)
    state_words: str = ""

    def standing(self, key: str) -> StepStanding | None:
        """A step of the election that is shown."""
        steps = self.view.steps if self.view else ()
        return next((each for each in steps if each.spec.key == key), None)


def elections_in(reading: Reading, organisation_id: UUID) -> tuple[Procedure, ...]:
    """Elections and extensions of an organisation: those under way first, then the latest begun."""
    found = [
        each
        for each in procedures_of(reading, organisation_id)
        if each.shape in SHAPE_BY_KEY and SHAPE_BY_KEY[each.shape].family in FAMILIES
    ]
    return tuple(sorted(found, key=lambda each: not each.is_open))


def election_on_screen(
    reading: Reading, organisation_id: UUID, wanted: UUID | None, step: str, today: date
) -> ElectionOnScreen:
    """The election that is wanted (else the first) with one of its steps (else the next, else the last)."""
    elections = elections_in(reading, organisation_id)
    shown = next((each for each in elections if each.id == wanted), next(iter(elections), None))
    if shown is None:
        return ElectionOnScreen(())
    view = procedure_view(reading, shown.id, today)
    at_hand = next((each for each in view.steps if each.spec.key == step), view.next or view.steps[-1])
    return ElectionOnScreen(elections, view, step_view(reading, view.procedure, view.shape, at_hand, today))
