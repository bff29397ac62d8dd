"""Which step an undo changed: the screen goes there, so that it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branchbook.domain.procedures import Procedure, ProcedureShape
from branchbook.ui.places.procedures.step_sections import StepSection


def undone_step(
    shape: ProcedureShape, before: Procedure, after: Procedure, sections: Sequence[StepSection], shown: str
) -> str:
    """The key of the first step in which two states differ; empty where the one that is shown does, or none."""
    own = _in_steps(shape, before, after)
    others = _in_sections(before, after, sections)
    if shown in own or (shown in others and not own):
        return ""
    changed = own or others
    return next((spec.key for spec in shape.steps if spec.key in changed), "")


def _in_steps(shape: ProcedureShape, before: Procedure, after: Procedure) -> set[str]:
    """Steps with another entry or another count."""
    keys = {spec.key for spec in shape.steps if before.entry(spec.key) != after.entry(spec.key)}
    counts = {each.id: each for each in before.rounds}
    kept = {each.id: each for each in after.rounds}
    changed = (count for key, count in (counts | kept).items() if counts.get(key) != kept.get(key))
    return keys | {count.step for count in changed}


def _in_sections(before: Procedure, after: Procedure, sections: Iterable[StepSection]) -> set[str]:
    """Steps whose own work, beyond their fields, is another."""
    changed = (
        each for each in sections if any(getattr(before, part) != getattr(after, part) for part in each.parts)
    )
    return {step for section in changed for step in section.steps}
