"""The parts of the step card that belong to joinings and conversions, in the order in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.ui.places.conversions.guard_section import FileSection, GuardSection
from branchbook.ui.places.conversions.question_section import QuestionSection
from branchbook.ui.places.conversions.version_section import VersionSection
from branchbook.ui.places.procedures.step_sections import StepSection

if TYPE_CHECKING:
    from branchbook.ui.place import Place


def sections_of(place: Place) -> tuple[StepSection, ...]:
    """Every section, made once for the place."""
    return (GuardSection(place), QuestionSection(place), FileSection(place), VersionSection(place))
