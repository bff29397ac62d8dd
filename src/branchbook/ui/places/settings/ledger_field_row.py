"""One field of a ledger in the settings: its label, what it holds, whether it is summed, whether it is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.services.words import word_of
from branchbook.ui.theme import Look
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Elided

SUMMED = frozenset({FieldType.NUMBER, FieldType.MONEY})


class LedgerFieldRow(QWidget):
    """``renamed`` gives the new label, ``shown_changed`` whether it is shown now, ``summed_changed`` likewise."""

    renamed = Signal(str)
    shown_changed = Signal(bool)
    summed_changed = Signal(bool)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.label = LineField(spec.label)
        self.label.setAccessibleName(self.tr("栏目名称"))
        self.label.left.connect(self._rename)
        words = word_of(spec.type)
        if spec.choices and spec.type is not FieldType.ATTACHMENT:
            words = f"{words}：{'、'.join(spec.choices)}"
        if spec.required:
            words = self.tr("{words}，必填").format(words=words)
        self.words = Elided(words, "dim")
        self.summed = QCheckBox(self.tr("合计"))
        self.summed.clicked.connect(self.summed_changed)
        self.shown = QCheckBox(self.tr("显示"))
        self.shown.clicked.connect(self.shown_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.label.setFixedWidth(Look.current().px(190))
        row.addWidget(self.label)
        row.addWidget(self.words, 1)
        row.addWidget(self.summed)
        row.addWidget(self.shown)

    def show_field(self, spec: FieldSpec, *, hidden: bool, summed: bool, own: bool, names_rows: bool) -> None:
        """Show it as it is kept; what is being typed stays. The field that names the rows is always shown."""
        self.spec = spec
        if not self.label.being_typed:
            self.label.set_value(spec.label)
        self.shown.setChecked(not hidden)
        self.shown.setEnabled(not names_rows)
        self.shown.setAccessibleName(self.tr("显示“{label}”").format(label=spec.label))
        self.summed.setVisible(own and spec.type in SUMMED)
        self.summed.setChecked(summed)
        self.summed.setAccessibleName(self.tr("合计“{label}”").format(label=spec.label))

    def _rename(self) -> None:
        if self.label.value().strip() != self.spec.label:
            self.renamed.emit(self.label.value())
