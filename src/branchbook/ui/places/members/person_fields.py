"""Identity and dates of a person: each field is saved when it is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.identity_number import is_masked
from branchbook.domain.people import Sex
from branchbook.domain.problems import Problem
from branchbook.services.people import SavedPerson, correct_person
from branchbook.services.words import word_of
from branchbook.ui.places.members.field_ends import show_beginning
from branchbook.ui.places.members.person_view import PersonView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField, set_wrong
from branchbook.ui.widgets.long_text import LongText

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class NumberField(QWidget):
    """The identity number, masked and not to be written in until 显示 is pressed."""

    left = Signal()
    uncovered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineField()
        self.line.left.connect(self.left)
        self.button = Button(self.tr("显示"))
        self.button.setAccessibleName(self.tr("显示完整的身份证号"))
        self.button.clicked.connect(self.uncovered)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.line.setAccessibleName(self.tr("身份证号"))

    def value(self) -> str:
        """The number as typed or as masked."""
        return self.line.value().strip()

    def set_value(self, number: str) -> None:
        """Show a number; a masked one can only be read."""
        covered = is_masked(number)
        self.line.set_value(number)
        show_beginning(self.line)
        self.line.setReadOnly(covered)
        self.button.setVisible(covered)


Editor = LineField | DateField | ChoiceField | LongText | NumberField


class PersonFields(ScrolledBody):
    """``number_asked`` when the whole identity number is wanted. Saving is one operation per field left."""

    number_asked = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place = place
        self._view: PersonView | None = None
        self._shown: dict[str, Any] = {}
        self.editors: dict[str, Editor] = {}
        self.warning = Banner(self, closable=False)
        self.grid = FieldGrid(2, label_width=58)
        self.column.setContentsMargins(14, 4, 14, 12)
        self.column.addWidget(self.warning)
        self.column.addWidget(self.grid)
        self.column.addStretch(1)
        self._add_identity()
        self._add_dates()

    def show_view(self, view: PersonView) -> None:
        """Show a person. Of the same person, a field that is being typed in stays as it is."""
        same = self._view is not None and self._view.person.id == view.person.id
        self._view = view
        for key, editor in self.editors.items():
            value = getattr(view.person, key)
            if isinstance(editor, DateField):
                editor.set_today(self._place.context.today)
            if not same or editor.value() == self._shown.get(key):
                editor.set_value(value)
                show_beginning(editor)
                self._shown[key] = value
        if not same:
            self.grid.clear_problems()
        self._show_warnings(view)

    def save(self) -> None:
        """Save what differs from what was shown; what can't be read yet stays typed and unsaved."""
        if self._view is None:
            return
        changed: dict[str, Any] = {
            key: editor.value()
            for key, editor in self.editors.items()
            if editor.value() != self._shown[key] and not _problem(editor)
        }
        if not changed:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        person = replace(self._view.person, **changed)
        self._place.do(lambda: correct_person(book, person, actor), self._saved(changed), self._refused)

    # ------------------------------------------------------------------------------------ inside

    def _saved(self, changed: dict[str, Any]) -> Any:
        person_id = self._view.person.id if self._view else None

        def then(_: SavedPerson) -> None:
            if self._view is not None and self._view.person.id == person_id:
                self._shown.update(changed)
                for key in changed:
                    self.grid.set_problem(self.editors[key], None)

        return then

    def _refused(self, problem: Problem) -> None:
        """Say it under the field that it is about, else in the place's banner."""
        said = problem.what + problem.where
        for key, word in (("name", "姓名"), ("identity_number", "身份证")):
            if word in said:
                self._mark(key, problem)
                return
        self._place.banner.show_problem(problem)

    def _mark(self, key: str, problem: Problem | None) -> None:
        editor = self.editors[key]
        self.grid.set_problem(editor, problem)
        if isinstance(editor, NumberField):
            set_wrong(editor.line, problem)

    def _show_warnings(self, view: PersonView) -> None:
        number = "；".join(view.number_warnings)
        self._mark("identity_number", Problem(number) if number else None)
        if view.other_warnings:
            self.warning.say(Tone.WARN, "；".join(view.other_warnings))
        else:
            self.warning.clear()

    def _add_identity(self) -> None:
        self._line("name", self.tr("姓名"), wide=True)
        sexes = [(None, self.tr("未填")), *((each, word_of(each)) for each in Sex)]
        self._keep("sex", self.tr("性别"), ChoiceField(sexes))
        self._line("ethnic_group", self.tr("民族"))
        self._date("born_on", self.tr("出生日期"))
        self._line("native_place", self.tr("籍贯"))
        self._line("phone", self.tr("电话"))
        self._line("education", self.tr("学历"))
        self._line("degree", self.tr("学位"))
        self._line("work_post", self.tr("工作岗位"))
        self._line("title", self.tr("职称"))
        self._date("work_started_on", self.tr("参加工作"))
        number = NumberField()
        number.uncovered.connect(self.number_asked)
        self._keep("identity_number", self.tr("身份证号"), number, wide=True)

    def _add_dates(self) -> None:
        self._date("applied_on", self.tr("申请入党"))
        self._date("accepted_on", self.tr("入党时间"))
        self._date("full_member_since", self.tr("转正时间"))
        self._date("rights_since", self.tr("权利起算"))
        self._line("address", self.tr("住址"), wide=True)
        self._keep("note", self.tr("备注"), LongText(least_lines=2), wide=True)

    def _line(self, key: str, label: str, *, wide: bool = False) -> None:
        self._keep(key, label, LineField(), wide=wide)

    def _date(self, key: str, label: str) -> None:
        field = DateField(date.min)
        field.left.connect(lambda: self.grid.set_problem(field, field.problem()))
        self._keep(key, label, field)

    def _keep(self, key: str, label: str, editor: Editor, *, wide: bool = False) -> None:
        self.editors[key] = editor
        self.grid.add(label, editor, wide=wide)
        if isinstance(editor, DateField | ChoiceField):
            editor.value_changed.connect(lambda _: self.save())
        else:
            editor.left.connect(self.save)


def _problem(editor: Editor) -> Problem | None:
    return editor.problem() if isinstance(editor, DateField) else None
