"""The editor generated from the kinds' fields: the short ones above the attendance, the long texts below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from branchbook.catalogue.kinds import COMMISSION
from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.fields import PERSON_TYPES, FieldSpec
from branchbook.domain.records import PRIVATE, Record
from branchbook.services.subjects import subject_label
from branchbook.ui.places.meetings.private_strip import PrivateStrip
from branchbook.ui.places.meetings.record_view import RecordView
from branchbook.ui.places.meetings.when_field import WhenField
from branchbook.ui.theme import Look
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.field_editors import Edit, Entered, FieldEditor, make_editor
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text


def specs_of(kinds: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    """The fields of all kinds of a record, each key once, the main kind's first; required where any says so."""
    found: dict[str, FieldSpec] = {}
    for spec in (spec for key in kinds for spec in kind_of(key).fields):
        if spec.beside_others and len(kinds) == 1:
            continue
        if spec.key == PRIVATE and len(kinds) > 1:
            continue  # the minutes of a meeting are never anyone's own
        earlier = found.get(spec.key)
        found[spec.key] = replace(earlier, required=earlier.required or spec.required) if earlier else spec
    return tuple(found.values())


def entered_in(record: Record) -> Entered:
    """A record's fields as its editors show them."""
    return Entered(record.fields, record.people)


def columns_that_fit() -> int:
    """Two fields stand side by side up to a text size of 125 %."""
    return 2 if Look.current().text_scale <= 125 else 1


class RecordFields(QWidget):
    """Fills itself anew when the kinds change. ``edited`` gives the change of a record.

    ``day_chosen`` and ``organisation_chosen`` are told apart: the roster is asked anew then.
    ``texts`` is a widget of its own, to stand below the agenda. Of a private record subject and texts are shown
    when 显示 is pressed (``revealed``), or where it became private while it was being typed.
    """

    edited = Signal(object)
    revealed = Signal()
    day_chosen = Signal(object)
    organisation_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[str, ...] = ()
        self._choices: Mapping[str, tuple[str, ...]] = {}
        self._place_count = 0
        self.withheld = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.texts = QWidget(parent)
        self._text_column = QVBoxLayout(self.texts)
        self._text_column.setContentsMargins(0, 0, 0, 0)
        self.private = PrivateStrip(self.texts)
        self.private.asked.connect(self.reveal)
        self._text_column.addWidget(self.private)
        self.editors: dict[str, FieldEditor] = {}
        self._grids: list[QWidget] = []
        self._today = date.min
        self._shown: UUID | None = None
        self._secretary_id: UUID | None = None

    def show_view(self, view: RecordView) -> None:
        """Show a record; the widgets stay where its kinds are those shown."""
        several = min(len(view.organisations), 2)
        shape = (view.record.kinds, several, view.choices)
        if shape != (self._kinds, self._place_count, self._choices):
            self._kinds, self._place_count, self._choices = shape
            self._build(view)
        if view.record.id != self._shown:
            self._shown = view.record.id
            self.withheld = view.record.is_private
            for line in self.findChildren(QLineEdit):
                line.setModified(False)  # what was typed belongs to the record before
        self.when.show_record(view.record, self._today)
        self.organisation.set_choices(view.organisations)
        self.organisation.set_value(view.record.organisation_id)
        self.venue.set_value(view.record.venue)
        self.subject.set_value(view.record.subject)
        self.occasion.set_value(view.record.occasion)
        for line in (self.venue, self.subject):
            if not line.hasFocus():
                line.setCursorPosition(0)
        for editor in self.editors.values():
            editor.show(entered_in(view.record), view.people)
        self._secretary_id = view.secretary_id
        self.show_commission(view.record)
        self._show_content()

    def reveal(self) -> None:
        """Show the content of the private record at hand, with the keyboard in it."""
        self.withheld = False
        self._show_content()
        self.revealed.emit()
        first = next((each.widget for each in self.editors.values() if each.is_long), self.subject)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, record: Record | None) -> None:
        """The record is left: a private one is covered again, what is typed in it stays."""
        if record is not None and record.is_private and self._kinds:
            self.withheld = True
            self._show_content()

    def _show_content(self) -> None:
        """Subject, long texts and every field that is not open, or the strip in their place."""
        shown = not self.withheld
        self.private.setVisible(self.withheld)
        self._grids[1].setVisible(shown)
        self._head_grid.set_shown(self.subject, shown)
        opened = frozenset({COMMISSION.key}).union(*(kind_of(key).open_fields or () for key in self._kinds))
        for key, editor in self.editors.items():
            if editor.spec.type not in PERSON_TYPES and not editor.is_long and key not in opened:
                self._head_grid.set_shown(editor.widget, shown)

    def show_commission(self, record: Record) -> None:
        """Ask for the commission where someone else than the secretary chairs, or one is written already."""
        editor = self.editors.get(COMMISSION.key)
        if editor is not None:
            chairs = {each.person_id for each in record.people.get("chair", ())}
            other = bool(self._secretary_id and chairs and self._secretary_id not in chairs)
            self._head_grid.set_shown(editor.widget, other or bool(record.fields.get(COMMISSION.key)))

    def set_today(self, today: date) -> None:
        """The day that completes a date typed without its year."""
        self._today = today

    def forget(self) -> None:
        """Make every widget anew when a record is shown next: the text size changed."""
        self._kinds = ()

    def editor(self, key: str) -> QWidget:
        """The widget of a field by its key."""
        return self.editors[key].widget

    def stops(self) -> list[QWidget]:
        """The short fields in reading order."""
        first: list[QWidget] = [self.when.day, self.when.begins, self.when.ends, self.venue]
        short = [
            stop
            for each in self.editors.values()
            if not each.is_long and each.widget.isVisibleTo(self)
            for stop in each.stops
        ]
        places: list[QWidget] = [self.organisation] if self._place_count > 1 else []
        return [*places, *first, *short, self.subject]

    def text_stops(self) -> list[QWidget]:
        """The long texts in reading order."""
        long = (each.widget for each in self.editors.values() if each.is_long)
        return [self.private.show_button, *long, self.occasion]

    def _build(self, view: RecordView) -> None:
        for grid in self._grids:
            grid.hide()
            grid.deleteLater()
        self.editors = {
            spec.key: make_editor(spec, self._tell, self._today)
            for spec in map(self._chosen, specs_of(self._kinds))
        }
        self._make_fixed()
        head = self._head_grid = self._head(FieldGrid(columns_that_fit()), view.record)
        texts = self._long_texts(any(kind_of(key).is_meeting for key in self._kinds))
        self._column.addWidget(head)
        self._text_column.addWidget(texts)
        self._grids = [head, texts]

    def _chosen(self, spec: FieldSpec) -> FieldSpec:
        """The field with the choices that the book's setting holds."""
        return replace(spec, choices=self._choices.get(spec.setting, ())) if spec.setting else spec

    def _tell(self, edit: Edit) -> None:
        def change(record: Record) -> Record:
            entered = edit(entered_in(record))
            return replace(record, fields=entered.values, people=entered.people)

        self.edited.emit(change)

    def _long_texts(self, is_meeting: bool) -> QWidget:
        """Each label above its text: minutes want the whole width. Below them what the meeting was held for."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for editor in (each for each in self.editors.values() if each.is_long):
            label = Text(editor.spec.label, "label", holder)
            label.setBuddy(editor.widget)
            column.addWidget(label)
            column.addWidget(editor.widget)
            column.addSpacing(6)
        if is_meeting:
            label = Text(self.tr("事由"), "label", holder)
            label.setBuddy(self.occasion)
            column.addWidget(label)
            column.addWidget(self.occasion)
            column.addSpacing(6)
        else:
            self.occasion.setParent(holder)
            self.occasion.hide()
        self.texts.setVisible(is_meeting or any(each.is_long for each in self.editors.values()))
        return holder

    def _make_fixed(self) -> None:
        self.when = WhenField(self._today)
        self.when.day_changed.connect(self.day_chosen)
        self.when.times_changed.connect(
            lambda begins, ends: self.edited.emit(lambda each: replace(each, starts_at=begins, ends_at=ends))
        )
        self.organisation = ChoiceField()
        self.organisation.value_changed.connect(self.organisation_chosen)
        self.venue, self.subject = LineField(), LineField()
        self.venue.edited.connect(lambda text: self.edited.emit(lambda each: replace(each, venue=text)))
        self.occasion = LineField("", self.tr("有特定事由时填写，如 换届选举、补开第三季度"))
        self.occasion.setAccessibleName(self.tr("事由"))
        self.occasion.edited.connect(lambda text: self.edited.emit(lambda each: replace(each, occasion=text)))
        self.subject.edited.connect(lambda text: self.edited.emit(lambda each: replace(each, subject=text)))

    def _head(self, grid: FieldGrid, record: Record) -> FieldGrid:
        if self._place_count > 1:
            grid.add(self.tr("组织"), self.organisation, wide=True)
        else:
            self.organisation.setParent(grid)
            self.organisation.hide()
        is_meeting = any(kind_of(key).is_meeting for key in record.kinds)
        self.when.show_times(is_meeting)
        grid.add(self.tr("时间") if is_meeting else self.tr("日期"), self.when)
        if is_meeting:
            grid.add(self.tr("地点"), self.venue)
        else:
            self.venue.setParent(grid)
            self.venue.hide()
        for editor in self.editors.values():
            if not editor.is_long:
                grid.add(editor.spec.label, editor.widget, wide=editor.is_wide)
        grid.add(subject_label(record.kinds), self.subject, wide=True)
        return grid
