"""Contact and category of an organisation: each field is saved when it is left; its names over time below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.organisations import DatedName
from branchbook.services.organisations import correct_organisation
from branchbook.ui.models.rows import Column
from branchbook.ui.places.members.field_ends import show_beginning
from branchbook.ui.places.members.organisation_view import OrganisationView
from branchbook.ui.theme import Look
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place

Editor = LineField | DateField | LongText


class OrganisationFields(QWidget):
    """Founding day, category, higher organisation, phone, mail, venue, note."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self._view: OrganisationView | None = None
        self._shown: dict[str, Any] = {}
        self.editors: dict[str, Editor] = {}
        self.grid = FieldGrid(2, label_width=58)
        for key, label, editor in (
            ("category", self.tr("类别"), LineField("", self.tr("如机关、企业、社区"))),
            ("founded_on", self.tr("成立日期"), DateField(date.min)),
            ("higher_organisation", self.tr("上级组织"), LineField()),
            ("phone", self.tr("电话"), LineField()),
            ("venue", self.tr("活动场所"), LineField()),
            ("email", self.tr("邮箱"), LineField()),
        ):
            self._keep(key, label, editor)
        self._keep("note", self.tr("备注"), LongText(least_lines=1), wide=True)
        self.came_from = Text("", "dim")
        self.names: Table[DatedName] = Table(self._columns(), self, key=lambda each: each.from_on)
        self.names.setMinimumHeight(Look.current().px(110))
        self.names.setAccessibleName(self.tr("历次名称"))
        self._lay_out()

    def show_view(self, view: OrganisationView) -> None:
        """Show an organisation. Of the same one, a field that is being typed in stays as it is."""
        same = self._view is not None and self._view.organisation.id == view.organisation.id
        self._view = view
        for key, editor in self.editors.items():
            value = getattr(view.organisation, "known_founding" if key == "founded_on" else key)
            if isinstance(editor, DateField):
                editor.set_today(self._place.context.today)
            if not same or editor.value() == self._shown.get(key):
                editor.set_value(value)
                show_beginning(editor)
                self._shown[key] = value
        self.grid.clear_problems()
        self.names.set_rows(tuple(reversed(view.organisation.names)))
        text = self.tr("由 {names} 调整而来").format(names=view.came_from)
        self.came_from.setText(text if view.came_from else "")
        self.came_from.setVisible(bool(view.came_from))

    def save(self) -> None:
        """Save what differs; the founding day can't be emptied."""
        if self._view is None:
            return
        changed: dict[str, Any] = {
            key: editor.value()
            for key, editor in self.editors.items()
            if editor.value() != self._shown[key] and editor.value() is not None
        }
        if not changed:
            return
        organisation = self._view.organisation
        if day := changed.get("founded_on"):
            first = replace(organisation.names[0], from_on=day)
            changed["names"] = (first, *organisation.names[1:])
        book, actor = self._place.context.book, self._place.context.actor()
        corrected = replace(organisation, **changed)

        def then(_: object) -> None:
            self._shown.update({key: value for key, value in changed.items() if key in self.editors})

        self._place.do(lambda: correct_organisation(book, corrected, actor), then)

    # ------------------------------------------------------------------------------------ inside

    def _keep(self, key: str, label: str, editor: Editor, *, wide: bool = False) -> None:
        self.editors[key] = editor
        self.grid.add(label, editor, wide=wide)
        if isinstance(editor, DateField):
            editor.left.connect(lambda: self.grid.set_problem(editor, editor.problem()))
            editor.value_changed.connect(lambda _: self.save())
        else:
            editor.left.connect(self.save)

    def _columns(self) -> tuple[Column[DatedName], ...]:
        return (
            Column(self.tr("历次名称"), lambda each: each.name),
            Column(self.tr("起"), lambda each: each.from_on.isoformat(), 100),
            Column(self.tr("文号"), lambda each: each.document, 170),
        )

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.grid)
        top.addWidget(self.came_from)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.names, 1)
