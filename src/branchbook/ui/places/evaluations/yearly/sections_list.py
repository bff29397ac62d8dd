"""The parts of the step card that belong to an evaluation, in the order in which they stand. One line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.ui.places.evaluations.yearly.ballot_section import BallotSection
from branchbook.ui.places.evaluations.yearly.matrix.section import MatrixSection
from branchbook.ui.places.evaluations.yearly.participants_section import ParticipantsSection
from branchbook.ui.places.evaluations.yearly.rectification_section import RectificationSection
from branchbook.ui.places.evaluations.yearly.talks_section import TalksSection
from branchbook.ui.places.procedures.step_sections import StepSection

if TYPE_CHECKING:
    from branchbook.ui.place import Place


def sections_of(place: Place) -> tuple[StepSection, ...]:
    """Every section, made once for the place."""
    return (
        ParticipantsSection(place),
        TalksSection(place),
        BallotSection(place),
        MatrixSection(place),
        RectificationSection(place),
    )
