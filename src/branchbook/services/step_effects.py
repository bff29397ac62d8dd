"""What follows from a step once it is kept, by family of procedures; the engine knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branchbook.catalogue.procedures import conversion_steps, joining
from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.services.conversion_effects import follow_approval
from branchbook.services.joining_effects import follow_joining
from branchbook.services.store import Writing

StepEffect = Callable[[Writing, Procedure, Procedure], Procedure]
"""Asked within the operation with the procedure before and after; gives it as it is in the end."""

STEP_EFFECTS: Mapping[str, StepEffect] = {
    conversion_steps.FAMILY: follow_approval,
    joining.FAMILY: follow_joining,
}


def follow_step(writing: Writing, shape: ProcedureShape, before: Procedure, after: Procedure) -> Procedure:
    """Everything that follows from a changed step of this shape's family, in the same operation."""
    effect = STEP_EFFECTS.get(shape.family)
    return effect(writing, before, after) if effect else after
