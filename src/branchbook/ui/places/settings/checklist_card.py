"""One checklist for editing: its name, how often, since when, for whom, and its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.cadences import CADENCE_NAMES
from branchbook.domain.checklists import Checklist, ChecklistItem
from branchbook.domain.problems import Problem
from branchbook.ui.places.settings.checklist_item_row import ChecklistItemRow
from branchbook.ui.places.settings.organisation_boxes import OrganisationBoxes, in_tab_order
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text


class ChecklistCard(Card):
    """``edited`` gives the whole checklist whenever a field of it was changed and left."""

    edited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.checklist: Checklist | None = None
        self.rows: list[ChecklistItemRow] = []
        self.copy_button = Button(self.tr("复制"), "copy")
        self.remove_button = Button(self.tr("删除清单"), "trash-2")
        self.add_action(self.copy_button)
        self.add_action(self.remove_button)
        self.banner = Banner(self)
        self.add(self.banner)
        self.add(self._make_fields())
        self.add(Text(self.tr("项目"), "label"))
        self._items = QVBoxLayout()
        self._items.setSpacing(6)
        self.body.addLayout(self._items)
        self.add_button = Button(self.tr("加一项"), "plus")
        self.add_button.clicked.connect(self.add_item)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_fields(self) -> FieldGrid:
        self.fields = FieldGrid(2, label_width=60)
        self.name = self._line(self.tr("名称"))
        self.cadence = ChoiceField(CADENCE_NAMES.items())
        self.cadence.value_changed.connect(lambda _: self.tell())
        self.fields.add(self.tr("周期"), self.cadence)
        self.from_on = self._date(self.tr("起始日期"))
        self.to_on = self._date(self.tr("截止日期"))
        self.to_on.setPlaceholderText(self.tr("不截止"))
        self.source = self._line(self.tr("依据文件"), self.tr("提出要求的文件名称或文号"))
        self.label = self._line(self.tr("标注"), self.tr("写在名称旁边的说明"))
        self.scope = OrganisationBoxes()
        self.scope.edited.connect(lambda _: self.tell())
        self.fields.add(self.tr("适用于"), self.scope, wide=True, hint=self.tr("都不选，就是所有支部。"))
        return self.fields

    def _line(self, label: str, placeholder: str = "") -> LineField:
        field = LineField("", placeholder)
        field.left.connect(self.tell)
        field.returnPressed.connect(self.tell)
        self.fields.add(label, field)
        return field

    def _date(self, label: str) -> DateField:
        field = DateField(date.min)
        field.value_changed.connect(lambda _: self.tell())
        field.left.connect(self.tell)
        self.fields.add(label, field)
        return field

    # --------------------------------------------------------------------------------- showing

    def show_checklist(self, checklist: Checklist, view: SettingsView) -> None:
        """Show one; a field that is being typed in keeps what is typed."""
        other = self.checklist is None or self.checklist.id != checklist.id
        if other:
            self.banner.clear()
        self.checklist = checklist
        self.set_title(checklist.name, checklist.label)
        for line, text in (
            (self.name, checklist.name),
            (self.source, checklist.source),
            (self.label, checklist.label),
        ):
            if other or not line.hasFocus():
                line.set_value(text)
        for field, day in ((self.from_on, checklist.from_on), (self.to_on, checklist.to_on)):
            field.set_today(view.today)
            if other or not (field.hasFocus() or field.problem()):
                field.set_value(day)
        self.cadence.set_value(checklist.cadence)
        self.scope.set_organisations(view.organisations)
        self.scope.set_value(checklist.organisation_ids)
        self._show_items(checklist.items, drop_new=other)

    def _show_items(self, items: tuple[ChecklistItem, ...], *, drop_new: bool) -> None:
        """The book's items, and below them what was added and has no title yet."""
        known = {item.id for item in items}
        new = [row.item for row in self.rows if row.is_new and row.item.id not in known and not drop_new]
        shown = (*items, *new)
        if [row.item.id for row in self.rows] != [item.id for item in shown]:
            self._rebuild(shown)
        for number, (row, item) in enumerate(zip(self.rows, shown, strict=True)):
            row.is_new = item.id not in known
            row.show_item(item, number, len(shown))

    def _rebuild(self, items: tuple[ChecklistItem, ...]) -> None:
        """Rows are kept by their item, so that the keyboard stays in the row that moves."""
        before = {row.item.id: row for row in self.rows}
        self.rows = []
        for item in items:
            row = before.pop(item.id, None) or self._new_row(item)
            self._items.removeWidget(row)
            self._items.addWidget(row)
            self.rows.append(row)
        for row in before.values():
            row.hide()
            row.deleteLater()
        self._order()

    def _order(self) -> None:
        """Tab goes as one reads; what was made later would otherwise come last."""
        inside = [widget for row in self.rows for widget in row.controls]
        in_tab_order(self.label, *self.scope.boxes.values(), *inside, self.add_button)

    def _new_row(self, item: ChecklistItem) -> ChecklistItemRow:
        row = ChecklistItemRow(item, self)
        row.edited.connect(self.tell)
        row.moved.connect(lambda step: self.move_item(row, step))
        row.removed.connect(lambda: self.remove_item(row))
        return row

    # --------------------------------------------------------------------------------- editing

    def value(self) -> Checklist:
        """The checklist as the fields show it; a beginning that can't be read stays as it was."""
        assert self.checklist is not None
        return replace(
            self.checklist,
            name=self.name.value().strip(),
            cadence=self.cadence.value(),
            from_on=self.from_on.value() or self.checklist.from_on,
            to_on=self.to_on.value() if self.to_on.problem() is None else self.checklist.to_on,
            source=self.source.value().strip(),
            label=self.label.value().strip(),
            organisation_ids=self.scope.value(),
            items=self._written(self.rows),
        )

    def _written(self, rows: Sequence[ChecklistItemRow]) -> tuple[ChecklistItem, ...]:
        """What the rows say; one that was added and has no title yet is not there yet."""
        return tuple(row.value() for row in rows if row.value().title or not row.is_new)

    def tell(self) -> None:
        """Tell what was edited, unless nothing was or an input method is still composing."""
        if self.checklist is None or composing():
            return
        missing = None if self.from_on.text().strip() else Problem(self.tr("请填写起始日期"))
        self.fields.set_problem(self.from_on, self.from_on.problem() or missing)
        self.fields.set_problem(self.to_on, self.to_on.problem())
        edited = self.value()
        if edited != self.checklist:
            self.edited.emit(edited)

    def add_item(self) -> None:
        """One more at the end, with the keyboard in it; it is kept when it has a title."""
        assert self.checklist is not None
        row = self._new_row(ChecklistItem(uuid4(), ""))
        self.rows.append(row)
        self._items.addWidget(row)
        row.show_place(len(self.rows) - 1, len(self.rows))
        self._order()
        row.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_item(self, row: ChecklistItemRow) -> None:
        """Leave an item out."""
        kept = [each for each in self.rows if each is not row]
        if row.is_new:
            self.rows = kept
            row.hide()
            row.deleteLater()
        else:
            self.edited.emit(replace(self.value(), items=self._written(kept)))

    def move_item(self, row: ChecklistItemRow, step: int) -> None:
        """One place up or down."""
        rows = list(self.rows)
        at = rows.index(row)
        rows.insert(at + step, rows.pop(at))
        self.edited.emit(replace(self.value(), items=self._written(rows)))
