"""How far a procedure has come, in one pass over its steps: for lists of very many of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branchbook.domain.procedures import Procedure, ProcedureShape, StepSpec, due_date
from branchbook.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a procedure stands on a day.

    ``done`` are the days of its steps by key; ``at`` is the overdue step that was due first, else where work goes
    on (None: nothing is left); ``passed_over`` are steps not done although a later one is.
    """

    done: Mapping[str, date]
    at: StepSpec | None = None
    due_on: date | None = None
    overdue: bool = False
    passed_over: tuple[StepSpec, ...] = ()


def progress_of(
    shape: ProcedureShape, procedure: Procedure, day: date, rulebook: Rulebook | None = None
) -> Progress:
    """The progress of a procedure whose due dates rest on its own steps; ``rulebook`` is that of the day.

    Optional steps are nobody's debt: they are named only while none after them is done.
    """
    done = {each.step: each.done_on for each in procedure.steps if each.done_on and each.done_on <= day}
    left = [(number, spec) for number, spec in enumerate(shape.steps) if spec.key not in done]
    last = _last_done(shape, left)
    following: StepSpec | None = None
    late: tuple[date, StepSpec] | None = None
    passed: list[StepSpec] = []
    for number, spec in left:
        if not spec.optional:
            if spec.only_when is not None and not spec.only_when.holds(procedure):
                continue
            following = following or spec
            if number < last:
                passed.append(spec)
        elif number < last:
            continue
        if spec.due is not None and spec.due.after in done:
            due_on = due_date(spec, done, rulebook)
            if due_on is not None and due_on < day and (late is None or due_on < late[0]):
                late = (due_on, spec)
    if late is not None and procedure.is_open:
        return Progress(done, late[1], late[0], True, tuple(passed))
    due_on = due_date(following, done, rulebook) if following else None
    return Progress(done, following, due_on, False, tuple(passed))


def _last_done(shape: ProcedureShape, left: list[tuple[int, StepSpec]]) -> int:
    """The number of the last step that is done, -1 where none is: the one before the steps left at the end."""
    number = len(shape.steps) - 1
    for open_number, _ in reversed(left):
        if open_number != number:
            break
        number -= 1
    return number
