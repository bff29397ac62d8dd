"""A form that opens inside a card, in place of a window: fields, one button that does it, one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.problems import Problem
from branchbook.services.operations import Outcome
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

T = TypeVar("T")
EditorT = TypeVar("EditorT", bound=QWidget)


class InlineForm(QFrame):
    """``submitted`` when every date can be read and every required one is there; Esc is 取消, Enter the button."""

    submitted = Signal()
    dismissed = Signal()

    def __init__(self, place: Place, title: str, action: str, hint: str = "") -> None:
        super().__init__(place)
        self.setProperty("role", "tile")
        self.setAccessibleName(title)
        self.place = place
        self.title = title
        self.banner = Banner(self, closable=False)
        self.fields = FieldGrid(2, label_width=58)
        self._required: list[DateField] = []
        self._dates: list[DateField] = []
        self.act = Button(action, "check", primary=True)
        self.act.clicked.connect(self.submit)
        self.give_up = Button(self.tr("取消"))
        self.give_up.clicked.connect(self.dismissed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(8)
        self._column.addWidget(Text(title, "title"))
        if hint:
            self._column.addWidget(Text(hint, "dim", wrap=True))
        self._column.addWidget(self.banner)
        self._column.addWidget(self.fields)
        self._column.addLayout(self._buttons())

    # ---------------------------------------------------------------------------- what it asks for

    def add_line(self, label: str, text: str = "", placeholder: str = "", *, wide: bool = False) -> LineField:
        """Ask for one line of text."""
        return self._add(label, LineField(text, placeholder), wide)

    def add_date(self, label: str, value: date | None, *, required: bool = True) -> DateField:
        """Ask for a day."""
        field = DateField(self.place.context.today)
        field.set_value(value)
        self._dates.append(field)
        if required:
            self._required.append(field)
        return self._add(label, field, False)

    def day(self, field: DateField) -> date:
        """The day in a required field, after ``submitted``."""
        value = field.value()
        assert value is not None
        return value

    def add_choice(
        self, label: str, choices: Iterable[tuple[Any, str]], *, wide: bool = False
    ) -> ChoiceField:
        """Ask for one of a few values."""
        return self._add(label, ChoiceField(choices), wide)

    def add_below(self, widget: QWidget) -> None:
        """Put something larger, such as a list of people, between the fields and the buttons."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def _add(self, label: str, editor: EditorT, wide: bool) -> EditorT:
        self.fields.add(label, editor, wide=wide)
        return editor

    # ------------------------------------------------------------------------------------- doing it

    def submit(self) -> None:
        """Check the dates, then tell."""
        self.banner.clear()
        wrong = False
        for field in self._dates:
            problem = field.problem()
            if problem is None and field in self._required and field.value() is None:
                problem = Problem(self.tr("请填写日期"))
            self.fields.set_problem(field, problem)
            wrong = wrong or problem is not None
        if not wrong:
            self.submitted.emit()

    def run(self, operation: Callable[[], Outcome[T]], then: Callable[[T], None] | None = None) -> None:
        """Carry out one operation; the form closes when it is done, and says what was refused."""

        def done(value: T) -> None:
            self.dismissed.emit()
            if then is not None:
                then(value)

        self.place.do(operation, done, self.banner.show_problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field is the button, Esc gives up."""
        if composing(self.focusWidget()):
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and self.give_up.hasFocus()):
            self.dismissed.emit()
        elif enter:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.give_up)
        row.addWidget(self.act)
        return row


class FormHost(QWidget):
    """Where one inline form stands at a time; takes no room while there is none. ``closed`` when it went."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: InlineForm | None = None
        self._back: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def open(self, form: InlineForm) -> InlineForm:
        """Show a form in place of the one that was there, with the keyboard in its first field."""
        self.shut()
        self._back = self.window().focusWidget()
        self.form = form
        form.dismissed.connect(self.shut)
        self._column.addWidget(form)
        self.show()
        self.focus_first()
        return form

    def focus_first(self) -> None:
        """Put the keyboard into the form's first field."""
        for widget in self.form.fields.findChildren(QWidget) if self.form else ():
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def shut(self) -> None:
        """Take the form away; the keyboard goes back to where it was."""
        form, self.form = self.form, None
        if form is None:
            return
        self.hide()
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = None
        self.closed.emit()
