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


class ShapeProgress:
    """The progress of procedures of one shape whose due dates rest on their own steps.

    Made once for a list; what is asked of the shape is asked before, not for each procedure.
    """

    def __init__(self, shape: ProcedureShape, day: date, rulebook: Rulebook | None = None) -> None:
        """``rulebook`` is the one in force on ``day``."""
        self._steps = tuple((spec.key, spec.optional, spec) for spec in shape.steps)
        self._dated = tuple((number, spec) for number, spec in enumerate(shape.steps) if spec.due is not None)
        self._backwards = range(len(shape.steps) - 1, -1, -1)
        self._day = day
        self._rulebook = rulebook

    def of(self, procedure: Procedure) -> Progress:
        """The progress of a procedure of this shape.

        Optional steps are nobody's debt: they are named only while none after them is done.
        """
        done, last = self._done(procedure)
        passed = tuple(
            [
                spec
                for key, optional, spec in self._steps[: max(last, 0)]
                if not optional and key not in done and spec.is_needed(procedure)
            ]
        )
        late, late_on = self._late(procedure, done, last)
        if late is not None:
            return Progress(done, late, late_on, True, passed)
        following = passed[0] if passed else self._following(procedure, last)
        due_on = due_date(following, done, self._rulebook) if following else None
        return Progress(done, following, due_on, False, passed)

    def _following(self, procedure: Procedure, last: int) -> StepSpec | None:
        for _, optional, spec in self._steps[last + 1 :]:
            if not optional and spec.is_needed(procedure):
                return spec
        return None

    def _late(
        self, procedure: Procedure, done: Mapping[str, date], last: int
    ) -> tuple[StepSpec | None, date | None]:
        """The step that is overdue since the longest, and when it was due."""
        late, late_on = None, self._day
        if not procedure.is_open:
            return None, None
        for number, spec in self._dated:
            if spec.due is None or spec.due.after not in done or spec.key in done:
                continue
            if (spec.optional and number < last) or not spec.is_needed(procedure):
                continue
            due_on = due_date(spec, done, self._rulebook)
            if due_on is not None and due_on < late_on:
                late, late_on = spec, due_on
        return late, late_on

    def _done(self, procedure: Procedure) -> tuple[Mapping[str, date], int]:
        """The days of the steps done by the day, and the number of the last of them, -1 where none is."""
        done, latest_on = procedure.days, procedure.latest_on
        if latest_on is not None and latest_on > self._day:
            done = {key: done_on for key, done_on in done.items() if done_on <= self._day}
        for number in self._backwards:
            if self._steps[number][0] in done:
                return done, number
        return done, -1
