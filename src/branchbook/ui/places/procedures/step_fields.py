"""The editor generated from a step's fields: its day, its meeting, its short fields, its texts, and the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.procedures import StepEntry
from branchbook.ui.places.procedures.meeting_link import MeetingLink
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.field_editors import Edit, Entered, FieldEditor, make_editor
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text

_TYPED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER, FieldType.PERSONS})
"""Fields in which every key is an edit; they are saved when they are left."""


def entered_in(entry: StepEntry) -> Entered:
    """A step's fields as its editors show them."""
    return Entered(entry.values, entry.people)


class StepFields(QWidget):
    """Fills itself anew when another step is shown. ``edited`` gives the change of an entry.

    ``settled`` is emitted after something was chosen, for which no field has to be left.
    ``texts`` is a widget of its own, to stand below the step's own work.
    """

    edited = Signal(object)
    settled = Signal()
    meeting_opened = Signal(object)
    meeting_begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, FieldEditor] = {}
        self._shown: tuple[UUID, str] | None = None
        self._asked: tuple[UUID, str] | None = None
        self._holder: QWidget | None = None
        self._text_holder: QWidget | None = None
        self.texts = QWidget(parent)
        self._text_column = QVBoxLayout(self.texts)
        self._text_column.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._make_fixed(date.min)

    def _make_fixed(self, today: date) -> None:
        self.day = DateField(today)
        self.day.value_changed.connect(self._tell_day)
        self.meeting = MeetingLink()
        self.meeting.setAccessibleName(self.tr("会议记录"))
        self.meeting.chosen.connect(self._tell_meeting)
        self.meeting.opened.connect(self.meeting_opened)
        self.meeting.begin_asked.connect(self.meeting_begun)
        self.reason = LineField("", self.tr("为什么不按顺序办理"))
        self.reason.setAccessibleName(self.tr("不按顺序办理的原因"))
        self.reason.edited.connect(lambda text: self.edited.emit(lambda entry: replace(entry, reason=text)))

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, entry: StepEntry, *, locked: bool) -> None:
        """Show a step as typed; the widgets stay while the same step is shown."""
        key = (view.procedure.id, view.spec.key)
        if key != self._shown:
            self._shown, self._asked = key, None
            self._build(view)
            for line in self.findChildren(QLineEdit):
                line.setModified(False)
        if self.day.problem() is None:
            self.day.refresh(entry.done_on)
        self.meeting.show_meetings(view.meetings, entry.record_id, locked=locked)
        for editor in self.editors.values():
            editor.show(entered_in(entry), view.people)
        self.reason.set_value(entry.reason)

    def show_faults(self, view: StepView, entry: StepEntry) -> None:
        """What is out of order about the step, with the field that says why."""
        faults = view.faults(entry)
        self._reason_row.setVisible(bool(faults or entry.reason) or self._asked == self._shown)
        if faults:
            self.faults.say(Tone.WARN, "；".join(faults), more=self.tr("请核对日期；确需先办的，写明原因"))
        else:
            self.faults.clear()

    def ask_reason(self) -> None:
        """The step was refused for want of a reason: show the field for it until another step is shown."""
        self._asked = self._shown
        self._reason_row.show()

    def forget(self) -> None:
        """Make every widget anew when a step is shown next: the text size changed."""
        self._shown = None

    def editor(self, key: str) -> QWidget:
        """The widget of a field by its key."""
        return self.editors[key].widget

    def stops(self) -> list[QWidget]:
        """Every field in reading order."""
        short = [stop for each in self.editors.values() if not each.is_long for stop in each.stops]
        return [self.day, *short, *self.meeting.stops(), self.reason]

    def text_stops(self) -> list[QWidget]:
        """The long texts in reading order."""
        return [each.widget for each in self.editors.values() if each.is_long]

    # ------------------------------------------------------------------------------------ building

    def _build(self, view: StepView) -> None:
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._make_fixed(view.today)
        self.editors = {
            spec.key: make_editor(spec, partial(self._tell, spec), view.today) for spec in view.spec.fields
        }
        self._holder = QWidget(self)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._grid(view))
        column.addWidget(self._reasons())
        self._column.addWidget(self._holder)
        self._show_texts()

    def _grid(self, view: StepView) -> FieldGrid:
        """The day, the short fields, and for a meeting its record."""
        grid = FieldGrid(2 if Look.current().text_scale <= 125 else 1)
        grid.add(view.spec.day_label, self.day)
        for editor in self.editors.values():
            if not editor.is_long:
                grid.add(editor.spec.label, editor.widget, wide=editor.is_wide)
        if view.spec.record_kinds:
            grid.add(self.tr("会议记录"), self.meeting, wide=True)
        else:
            self.meeting.setParent(grid)
            self.meeting.hide()
        return grid

    def _reasons(self) -> QWidget:
        self.faults = Banner(closable=False)
        self._reason_row = QWidget()
        column = QVBoxLayout(self._reason_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.faults)
        grid = FieldGrid(1)
        grid.add(self.tr("原因"), self.reason)
        column.addWidget(grid)
        return self._reason_row

    def _show_texts(self) -> None:
        """Each label above its text: texts want the whole width, below the step's own work."""
        if self._text_holder is not None:
            self._text_holder.hide()
            self._text_holder.deleteLater()
        self._text_holder = QWidget(self.texts)
        column = QVBoxLayout(self._text_holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        long = [each for each in self.editors.values() if each.is_long]
        for editor in long:
            label = Text(editor.spec.label, "label", self._text_holder)
            label.setBuddy(editor.widget)
            column.addWidget(label)
            column.addWidget(editor.widget)
        self._text_column.addWidget(self._text_holder)
        self.texts.setVisible(bool(long))

    def _tell_day(self, day: date | None) -> None:
        """A day that can't be read stays as typed and takes nothing back."""
        if self.day.problem() is None:
            self.edited.emit(lambda entry: replace(entry, done_on=day))
            self.settled.emit()

    def _tell_meeting(self, record_id: UUID | None) -> None:
        self.edited.emit(lambda entry: replace(entry, record_id=record_id))
        self.settled.emit()

    def _tell(self, spec: FieldSpec, edit: Edit) -> None:
        def change(entry: StepEntry) -> StepEntry:
            entered = edit(entered_in(entry))
            return replace(entry, values=entered.values, people=entered.people)

        self.edited.emit(change)
        if spec.type not in _TYPED:
            self.settled.emit()
