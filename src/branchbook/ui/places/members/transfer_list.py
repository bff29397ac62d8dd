"""A person's transfers with letter and receipt; one that is still awaited can be noted here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.transfers import Direction, Transfer
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.labels import Elided

if TYPE_CHECKING:
    from branchbook.ui.place import Place
    from branchbook.ui.places.members.transfer_forms import TransferForms


class TransferList(QWidget):
    """Hidden where the person was never transferred."""

    def __init__(self, place: Place, forms: TransferForms) -> None:
        super().__init__(place)
        self._forms = forms
        self.buttons: list[Button] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(0)

    def show_view(self, view: PersonView) -> None:
        """Show the transfers, the latest first."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self.buttons = []
        self._rows = [self._row(each) for each in view.page.transfers]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, transfer: Transfer) -> QWidget:
        row = QFrame(self)
        row.setProperty("role", "foot")
        line = QHBoxLayout(row)
        line.setContentsMargins(14, 4, 14, 4)
        line.setSpacing(8)
        line.addWidget(Elided(self._words(transfer), "", row), 1)
        if transfer.received_on is None:
            line.addWidget(Badge(self.tr("待回执"), Tone.WARN, row))
            button = Button(self.tr("登记回执"), parent=row)
            button.clicked.connect(lambda: self._forms.receipt(transfer))
            self.buttons.append(button)
            line.addWidget(button)
        else:
            text = self.tr("回执 {day} {number}").format(day=transfer.received_on, number=transfer.receipt)
            line.addWidget(Badge(text.strip(), Tone.OK, row))
        return row

    def _words(self, transfer: Transfer) -> str:
        out = transfer.direction is Direction.OUT
        text = self.tr("{day} 转往 {unit}") if out else self.tr("{day} 自 {unit} 转入")
        words = text.format(day=transfer.moved_on, unit=transfer.counterpart)
        letter = self.tr("，介绍信 {letter}").format(letter=transfer.letter) if transfer.letter else ""
        return words + letter
