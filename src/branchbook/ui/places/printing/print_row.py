"""How the pages are printed: printer, copies, sides. A row beside the pages, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from branchbook.ui.paper_output import PrintJob, Sides
from branchbook.ui.theme import Look
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.labels import Text

MOST_COPIES = 99


class PrintRow(QWidget):
    """``job`` makes a print job of what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printer = ChoiceField()
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copies.setFixedWidth(Look.current().px(52))
        self.sides = ChoiceField(
            [
                (Sides.ONE, self.tr("单面")),
                (Sides.LONG_EDGE, self.tr("双面左翻")),
                (Sides.SHORT_EDGE, self.tr("双面上翻")),
            ]
        )
        for chooser, letters in ((self.printer, 6), (self.sides, 5)):
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(letters)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, field, stretch in (
            (self.tr("打印机"), self.printer, 1),
            (self.tr("份数"), self.copies, 0),
            (self.tr("用纸"), self.sides, 0),
        ):
            label = Text(name, "label")
            label.setBuddy(field)
            field.setAccessibleName(name)
            row.addWidget(label)
            row.addWidget(field, stretch)
        self.set_printers(())

    def set_printers(self, names: tuple[str, ...]) -> None:
        """The printers to choose from, after the computer's own choice."""
        self.printer.set_choices([("", self.tr("默认打印机")), *((name, name) for name in names)])

    def begin(self, *, both_sides: bool) -> None:
        """A product laid out for both sides is printed so, another on one side, unless the user chose."""
        if both_sides != (self.sides.value() != Sides.ONE):
            self.sides.set_value(Sides.LONG_EDGE if both_sides else Sides.ONE)

    def job(self, title: str, pdf: bytes) -> PrintJob:
        """These bytes, printed as chosen."""
        return PrintJob(title, pdf, self.printer.value() or "", self.copies.value(), self.sides.value())
