"""The parts of the step card that belong to single steps, in the order in which they stand. One line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.ui.places.elections.candidates_section import CandidatesSection
from branchbook.ui.places.elections.counting_section import CountingSection
from branchbook.ui.places.elections.division_section import DivisionSection
from branchbook.ui.places.elections.outcome_section import OutcomeSection
from branchbook.ui.places.elections.voters_section import VotersSection
from branchbook.ui.places.procedures.step_sections import StepSection

if TYPE_CHECKING:
    from branchbook.ui.place import Place


def sections_of(place: Place) -> tuple[StepSection, ...]:
    """Every section, made once for the place."""
    return (
        VotersSection(place),
        CandidatesSection(place),
        CountingSection(place),
        DivisionSection(place),
        OutcomeSection(place),
    )
