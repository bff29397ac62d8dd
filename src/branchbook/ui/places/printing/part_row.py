"""One part of a paper's form: whether it prints, its label, its height, and moving it up or down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.services.paper_parts import PaperPart
from branchbook.ui.preedit import composing
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.fields import LineField, set_wrong
from branchbook.ui.widgets.labels import Text


class SettledLine(LineField):
    """A line that settles when it is left and on Enter: ``settled`` tells the text where it is another."""

    settled = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, placeholder, parent)
        self._before = text
        self.left.connect(self._settle)

    def set_value(self, text: str) -> None:
        """Show what is kept; a line that is being typed in stays as it is."""
        if self.text() == self._before or not self.hasFocus():
            super().set_value(text)
            self._before = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter settles, unless it belongs to an input method."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not composing(self):
            self._settle()
        super().keyPressEvent(event)

    def _settle(self) -> None:
        if self.text() != self._before and not composing(self):
            self._before = self.text()
            self.settled.emit(self.text())


class PartRow(QWidget):
    """``labelled(text)``, ``shown(yes)``, ``heightened(mm)`` and ``moved(step)`` tell what the user changed."""

    labelled = Signal(str)
    shown = Signal(bool)
    heightened = Signal(float)
    moved = Signal(int)

    def __init__(self, part: PaperPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        name = part.group + (part.label or self.tr("无标题栏"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0 if part.first else Look.current().px(18), 0, 0, 0)
        row.setSpacing(6)
        self.box = QCheckBox(self)
        self.box.setChecked(part.shown)
        self.box.setAccessibleName(self.tr("打印“{name}”").format(name=name))
        self.box.setToolTip(self.tr("去掉勾选，这一栏就不打印"))
        self.box.toggled.connect(self.shown)
        self.label = SettledLine(part.label, self.tr("无标题"), self)
        self.label.setAccessibleName(self.tr("“{name}”的标题").format(name=name))
        self.label.settled.connect(self.labelled)
        row.addWidget(self.box)
        if part.group:
            row.addWidget(Text(part.group, "dim", self))
        row.addWidget(self.label, 1)
        self._add_height(row, name)
        self._add_arrows(row, name)

    def show_part(self, part: PaperPart) -> None:
        """Show the same part as it is kept now."""
        self.part = part
        self.box.blockSignals(True)
        self.box.setChecked(part.shown)
        self.box.blockSignals(False)
        self.label.set_value(part.label)
        if self.height_field is not None and part.height_mm is not None:
            self.height_field.set_value(f"{part.height_mm:g}")

    def _add_height(self, row: QHBoxLayout, name: str) -> None:
        self.height_field: SettledLine | None = None
        if self.part.height_mm is None:
            row.addSpacing(Look.current().px(58 + 6 + 28))
            return
        self.height_field = SettledLine(f"{self.part.height_mm:g}", "", self)
        self.height_field.setAccessibleName(self.tr("“{name}”的高度（毫米）").format(name=name))
        self.height_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.height_field.setFixedWidth(Look.current().px(58))
        self.height_field.settled.connect(self._read_height)
        unit = Text(self.tr("毫米"), "dim", self)
        unit.setFixedWidth(Look.current().px(28))
        row.addWidget(self.height_field)
        row.addWidget(unit)

    def _add_arrows(self, row: QHBoxLayout, name: str) -> None:
        self.up = IconButton("chevron-up", self.tr("上移“{name}”").format(name=name), self, 14)
        self.down = IconButton("chevron-down", self.tr("下移“{name}”").format(name=name), self, 14)
        for button, step in ((self.up, -1), (self.down, 1)):
            button.clicked.connect(lambda _=False, step=step: self.moved.emit(step))
            row.addWidget(button)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setVisible(self.part.movable)

    def _read_height(self, text: str) -> None:
        assert self.height_field is not None
        try:
            millimetres = float(text.strip().removesuffix("毫米").strip())
        except ValueError:
            problem: Problem = RefusedProblem("看不懂这个高度", text, "请填写毫米数，如 12 或 7.5")
            set_wrong(self.height_field, problem)
            return
        set_wrong(self.height_field, None)
        self.heightened.emit(millimetres)
