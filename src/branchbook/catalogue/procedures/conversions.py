"""Conversions: observations each quarter or each half-year, then the six steps to the approval, talk and file."""

from __future__ import annotations

from branchbook.catalogue.procedures import conversion_steps as steps
from branchbook.domain.procedures import DueSpec, ProcedureShape, StepSpec

_AFTER_THE_YEAR = (
    steps.POSTPONEMENT,
    steps.APPLICATION,
    steps.GROUP_OPINION,
    steps.OPINIONS,
    steps.REVIEW,
    steps.PUBLIC_NOTICE,
    steps.MEETING,
    steps.REPORT,
    steps.APPROVAL,
    steps.AFTER_REFUSAL,
    steps.TALK,
    steps.ARCHIVE,
)


def _shape(key: str, observations: tuple[StepSpec, ...]) -> ProcedureShape:
    return ProcedureShape(key, "预备党员转正", steps.FAMILY, (steps.OATH, *observations, *_AFTER_THE_YEAR))


QUARTERLY = _shape(
    "conversion",
    (
        steps.observation(3, "第一季度考察"),
        steps.observation(6, "第二季度考察"),
        steps.observation(9, "第三季度考察"),
        steps.observation(12, "期满考察"),
    ),
)
HALF_YEARLY = _shape(
    "conversion_half_yearly",
    (steps.observation(6, "半年考察"), steps.observation(12, "期满考察")),
)
EXTENDED = _shape("conversion_extended", (steps.observation(12, "延长期考察", DueSpec("probation_end")),))
"""After an approved extension: the same year's end again, later and once only."""

STEPS = tuple(
    {step.key: step for shape in (QUARTERLY, HALF_YEARLY, EXTENDED) for step in shape.steps}.values()
)
"""Every step that a conversion may have."""
