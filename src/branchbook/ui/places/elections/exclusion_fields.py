"""The exclusion X1–X6 of one voter: its class, the higher organisation's consent, the meeting's approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from branchbook.domain.ballots import Voter
from branchbook.ui.theme import Look
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.followed_body import lock_fields
from branchbook.ui.widgets.labels import Text


class ExclusionFields(QWidget):
    """``changed`` gives the voter with what was entered, when a field was left."""

    changed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.voter: Voter | None = None
        self.title = Text("", "label", self)
        self.code = ChoiceField([("", self.tr("计入应到"))])
        self.document = LineField()
        self.consented_on = DateField(today)
        self.approved = QCheckBox(self.tr("大会已通过"))
        grid = FieldGrid(2 if Look.current().text_scale <= 125 else 1, self)
        grid.add(self.tr("不计入应到"), self.code, wide=True)
        grid.add(self.tr("上级同意文号"), self.document)
        grid.add(self.tr("同意日期"), self.consented_on)
        grid.add(self.tr("大会表决"), self.approved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(grid)
        self.code.value_changed.connect(lambda _: self._tell())
        self.document.left.connect(self._tell)
        self.consented_on.value_changed.connect(lambda _: self._tell())
        self.approved.clicked.connect(lambda _: self._tell())

    def show_voter(self, voter: Voter | None, classes: Mapping[str, str], *, locked: bool) -> None:
        """Show a voter's exclusion; nothing where there is no right that could be left out."""
        usable = voter is not None and voter.has_right and not (locked and not voter.exclusion)
        self.setVisible(usable)
        another = voter is None or self.voter is None or voter.person_id != self.voter.person_id
        if voter is None or not usable:
            self.voter = voter
            return
        self.title.setText(self.tr("{name}：经批准不计入应到会人员").format(name=voter.name))
        offered = classes if not voter.exclusion else {voter.exclusion: voter.exclusion, **classes}
        choices = [(code, f"{code} {words}".strip()) for code, words in offered.items()]
        self.code.set_choices([("", self.tr("计入应到")), *choices])
        self.code.set_value(voter.exclusion)
        if another or voter != self.voter:
            self.document.set_value(voter.consent_document)
            self.consented_on.refresh(voter.consented_on)
            self.approved.setChecked(voter.approved_by_meeting)
        self.voter = voter
        lock_fields(self, locked)

    def settle(self) -> None:
        """Take what is typed, as if the field had been left."""
        self.consented_on.settle()
        self._tell()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.code, self.document, self.consented_on, self.approved]

    def _tell(self) -> None:
        if self.voter is None or not self.code.isEnabled():
            return
        entered = replace(
            self.voter,
            exclusion=self.code.value() or "",
            consent_document=self.document.text().strip(),
            consented_on=self.consented_on.value(),
            approved_by_meeting=self.approved.isChecked(),
        )
        if entered != self.voter:
            self.changed.emit(entered)
