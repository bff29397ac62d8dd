"""One item of a checklist: its title, the kinds of record that satisfy it, its place among the others."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from branchbook.catalogue.kinds_list import KIND_BY_KEY, KINDS
from branchbook.domain.checklists import ChecklistItem
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Elided, Text


class KindsMenu(QMenu):
    """Kinds to tick; it stays open while they are ticked with the mouse or the space key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kinds: dict[str, QAction] = {}
        for kind in KINDS:
            action = self.addAction(kind.name)
            action.setCheckable(True)
            self.kinds[kind.key] = action

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ticks and leaves the menu open."""
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and leaves the menu open; Enter ticks and closes it."""
        if event.key() != Qt.Key.Key_Space or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        """Tick the kind that is lit; False where none is."""
        action: QAction | None = self.activeAction()
        if action is None:
            return False
        action.trigger()
        return True


class ChecklistItemRow(QWidget):
    """``edited`` when a field was left or a kind ticked, ``moved`` by -1 or 1, ``removed``."""

    edited = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.is_new = True
        """Until the book holds it."""
        self.number = Text("", "dim", self)
        self.title = LineField(item.title, self.tr("做什么"), self)
        self.title.left.connect(self.edited)
        self.title.returnPressed.connect(self.edited)
        self.menu = KindsMenu(self)
        self.menu.aboutToHide.connect(self.edited)
        for action in self.menu.kinds.values():
            action.toggled.connect(lambda _: self._show_kinds())
        self.kinds_button = Button(self.tr("由哪些记录满足"), "chevron-down", self)
        self.kinds_button.clicked.connect(self.open_menu)
        self.kinds_text = Elided("", "dim", self)
        self.up_button = IconButton("chevron-up", self.tr("上移"), self)
        self.up_button.clicked.connect(lambda: self.moved.emit(-1))
        self.down_button = IconButton("chevron-down", self.tr("下移"), self)
        self.down_button.clicked.connect(lambda: self.moved.emit(1))
        self.remove_button = IconButton("trash-2", self.tr("删去这一项"), self)
        self.remove_button.clicked.connect(self.removed)
        self._lay_out()
        self._show_kinds()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, from left to right."""
        return self.title, self.kinds_button, self.up_button, self.down_button, self.remove_button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.number.setMinimumWidth(Look.current().px(20))
        row.addWidget(self.number)
        row.addWidget(self.title, 4)
        row.addWidget(self.kinds_button)
        row.addWidget(self.kinds_text, 5)
        for button in (self.up_button, self.down_button, self.remove_button):
            row.addWidget(button)

    def show_item(self, item: ChecklistItem, number: int, count: int) -> None:
        """Show an item as it is kept, at its place; what is being typed stays."""
        self.item = item
        self.show_place(number, count)
        if not self.title.hasFocus():
            self.title.set_value(item.title)
        for key, action in self.menu.kinds.items():
            action.setChecked(key in item.satisfied_by)
        self._show_kinds()

    def show_place(self, number: int, count: int) -> None:
        """Where it stands among the others, from 0."""
        self.number.setText(str(number + 1))
        self.title.setAccessibleName(self.tr("第 {n} 项").format(n=number + 1))
        self.up_button.setEnabled(number > 0 and not self.is_new)
        self.down_button.setEnabled(number < count - 1 and not self.is_new)

    def open_menu(self) -> None:
        """The kinds under their button, with the first one lit for the keyboard."""
        self.menu.setActiveAction(next(iter(self.menu.kinds.values())))
        self.menu.popup(self.kinds_button.mapToGlobal(self.kinds_button.rect().bottomLeft()))

    def _show_kinds(self) -> None:
        names = [KIND_BY_KEY[key].short_name for key in self._ticked()]
        self.kinds_text.setText("、".join(names) or self.tr("手工登记完成"))
        self.kinds_button.setAccessibleName(
            self.tr("“{title}”由哪些记录满足：{kinds}").format(
                title=self.title.value(), kinds=self.kinds_text.text()
            )
        )

    def _ticked(self) -> tuple[str, ...]:
        return tuple(key for key, action in self.menu.kinds.items() if action.isChecked())

    def value(self) -> ChecklistItem:
        """The item as shown."""
        ticked = self._ticked()
        same = set(ticked) == set(self.item.satisfied_by)
        kinds = self.item.satisfied_by if same else ticked
        return replace(self.item, title=self.title.value().strip(), satisfied_by=kinds)
