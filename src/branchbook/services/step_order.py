"""The order of steps beyond the next one: what must stand before a step, however far before it."""

from __future__ import annotations

from collections.abc import Iterator

from branchbook.domain.procedures import Procedure, ProcedureShape, StepEntry, StepSpec


def later_than(shape: ProcedureShape, procedure: Procedure, entry: StepEntry) -> tuple[str, ...]:
    """Steps that must stand before this one, however far before it, and were done later, in words."""
    spec = shape.step(entry.step)
    if spec is None or entry.done_on is None:
        return ()
    found = []
    for key in before(shape, spec):
        other, day = shape.step(key), procedure.done_on(key)
        if other is not None and day is not None and day > entry.done_on:
            found.append(f"“{other.name}”在 {day}，晚于本步的 {entry.done_on}")
    return tuple(sorted(found))


def before(shape: ProcedureShape, spec: StepSpec) -> frozenset[str]:
    """The keys of all steps that must stand before a step, through those between."""
    return frozenset(_before(shape, spec))


def _before(shape: ProcedureShape, spec: StepSpec) -> Iterator[str]:
    for key in spec.needs:
        yield key
        needed = shape.step(key)
        if needed is not None:
            yield from _before(shape, needed)
