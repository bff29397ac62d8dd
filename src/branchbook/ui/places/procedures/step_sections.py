"""The work of a single step beyond its fields: what every such part has in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.domain.procedures import StepEntry
from branchbook.services.operations import Outcome
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class StepSection(QWidget):
    """Shown for the steps whose keys are in ``steps``; fill ``column``. ``parts`` names what of a procedure it
    writes beyond the entries and counts of steps.

    ``typed`` gives the step's entry as it is typed, also what the book does not hold yet. ``arranged`` is
    emitted when fields came or went, ``edited`` gives the change of an entry. What a service refuses is said
    in ``refusal``, inside the section, beside the work, and told by ``refused``.
    """

    steps: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    arranged = Signal()
    refused = Signal(object)
    edited = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place
        self.view: StepView | None = None
        self.typed: Callable[[], StepEntry] = lambda: StepEntry("")
        self.locked = False
        self.refusal = Banner(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.refusal)
        self.hide()

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the step; overrides call this first. A refusal stays until something else is done."""
        if (
            self.view is None
            or self.view.procedure.id != view.procedure.id
            or self.view.spec.key != view.spec.key
        ):
            self.refusal.clear()
        self.view, self.locked = view, locked

    @property
    def day(self) -> date:
        """The step's day: as typed, else the one on which it is usually done."""
        assert self.view is not None
        return self.typed().done_on or self.view.usual_day

    def leave(self) -> None:
        """The step or the place is left: keep what is typed here."""

    @property
    def has_corrections(self) -> bool:
        """Whether something of a procedure that has ended was changed here and is not written yet."""
        return False

    def correct(self, reason: str, then: Callable[[], None]) -> None:
        """Write what was changed here in a procedure that has ended, with the reason, then go on."""
        then()

    def give_up(self) -> None:
        """Forget what was changed here in a procedure that has ended: the correction is given up."""

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return []

    def do(
        self,
        operation: Callable[[], Outcome[Any]],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Carry out one operation; what it changed comes back by the place's own loading."""
        self.refusal.clear()

        def refused(problem: Problem) -> None:
            self.refusal.show_problem(problem)
            self.refused.emit(problem)
            if failed is not None:
                failed()

        self.place.do(operation, then, refused)
