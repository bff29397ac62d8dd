"""An amount of money, or another number with places behind the point, typed as people write it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.domain.amounts import HalfCents, amount_words, read_amount
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.ui.widgets.fields import LineField


class AmountField(LineField):
    """``entered`` gives the whole number of smallest parts while it is typed, None where nothing stands here.

    What is no amount stays as typed and gives nothing; ``judged`` says why. Where half cents are rounded, the
    field shows what became of them when it is left.
    """

    entered = Signal(object)

    def __init__(
        self, decimals: int, half_cents: HalfCents = HalfCents.REFUSE, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._decimals = decimals
        self._half_cents = half_cents
        self.edited.connect(self._read)
        self.left.connect(self.settle)

    def units(self) -> int | None:
        """The amount typed, None where there is none or it cannot be read."""
        return self._parsed()[0]

    def problem(self) -> Problem | None:
        """Why what is typed is no amount; None where it is one, or empty."""
        return self._parsed()[1]

    def show_units(self, units: int | None) -> None:
        """Show an amount, unless what is typed is just it, or cannot be read yet."""
        if self.problem() is None and self.units() != units:
            self.set_value("" if units is None else amount_words(units, self._decimals))

    def settle(self) -> None:
        """Write the amount out in full."""
        units, problem = self._parsed()
        self.judged.emit(problem)
        if problem is None and units is not None:
            self.set_value(amount_words(units, self._decimals))

    def _read(self, _text: str) -> None:
        units, problem = self._parsed()
        if problem is None:
            self.judged.emit(None)
            self.entered.emit(units)

    def _parsed(self) -> tuple[int | None, Problem | None]:
        if not self.text().strip():
            return None, None
        try:
            return read_amount(self.text(), self._decimals, self._half_cents).units, None
        except RefusedProblem as problem:
            return None, problem
