"""A widget for each field of a kind of record or of a step, made from its ``FieldSpec``.

The editors know values and people only; whoever shows them says whose they are (a record's, a step's).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from branchbook.domain.amounts import HalfCents, decimals_of
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import FieldValue, PersonRef
from branchbook.ui.widgets.amount_field import AmountField
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField, TimeField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.names_field import NamesField, choice_of, reference_of
from branchbook.ui.widgets.number_field import NumberField
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker
from branchbook.ui.widgets.wrapping_row import WrappingRow


@dataclass(frozen=True)
class Entered:
    """What is entered in generated fields: persons among ``people``, everything else among ``values``."""

    values: Mapping[str, FieldValue]
    people: Mapping[str, tuple[PersonRef, ...]]


Edit = Callable[[Entered], Entered]
Tell = Callable[[Edit], None]
People = Sequence[PersonChoice]


@dataclass(frozen=True)
class FieldEditor:
    """A widget, and how it shows what is entered (with the people to pick from)."""

    spec: FieldSpec
    widget: QWidget
    show: Callable[[Entered, People], None]

    @property
    def stops(self) -> list[QWidget]:
        """What Tab visits in it."""
        return list(self.widget.findChildren(QCheckBox)) or [self.widget]

    @property
    def is_long(self) -> bool:
        """Whether it wants the whole width, below the agenda."""
        return self.spec.type == FieldType.LONG_TEXT

    @property
    def is_wide(self) -> bool:
        """Whether it wants a row of its own."""
        return self.spec.type in (FieldType.LONG_TEXT, FieldType.CHOICES)


def make_editor(spec: FieldSpec, tell: Tell, today: date) -> FieldEditor:
    """The editor of a field; ``tell`` is called with each edit. ``today`` completes a date without its year."""
    editor = _date(spec, tell, today) if spec.type == FieldType.DATE else _MAKERS[spec.type](spec, tell)
    editor.widget.setAccessibleName(spec.label)
    return editor


def with_field(key: str, value: FieldValue | None) -> Edit:
    """The edit that sets a field; an empty value takes it out."""

    def edit(entered: Entered) -> Entered:
        values = {name: each for name, each in entered.values.items() if name != key}
        empty = value is None or value == "" or value == ()
        return replace(entered, values=values if empty or value is None else {**values, key: value})

    return edit


def with_people(key: str, refs: tuple[PersonRef, ...]) -> Edit:
    """The edit that names the persons of a field."""

    def edit(entered: Entered) -> Entered:
        people = {name: each for name, each in entered.people.items() if name != key}
        return replace(entered, people={**people, key: refs} if refs else people)

    return edit


def settle_focus() -> None:
    """Let the field with the keyboard take what is typed in it, as if it had been left."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, DateField | TimeField | PersonPicker | NamesField):
            widget.settle()
        widget = widget.parentWidget()


def _text(spec: FieldSpec, tell: Tell) -> FieldEditor:
    line = LineField("", spec.hint)
    line.edited.connect(lambda text: tell(with_field(spec.key, text)))
    return FieldEditor(spec, line, lambda entered, _: line.set_value(str(entered.values.get(spec.key, ""))))


def _long_text(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = LongText(spec.hint, least_lines=3 if spec.required else 2)
    field.edited.connect(lambda text: tell(with_field(spec.key, text)))
    return FieldEditor(spec, field, lambda entered, _: field.set_value(str(entered.values.get(spec.key, ""))))


def _date(spec: FieldSpec, tell: Tell, today: date) -> FieldEditor:
    field = DateField(today)

    def typed(day: date | None) -> None:
        if field.problem() is None:
            tell(with_field(spec.key, day.isoformat() if day else ""))

    def show(entered: Entered, _: People) -> None:
        text = str(entered.values.get(spec.key, ""))
        if field.problem() is None:
            field.refresh(date.fromisoformat(text) if text else None)

    field.value_changed.connect(typed)

    return FieldEditor(spec, field, show)


def _choice(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = ChoiceField([("", ""), *((each, each) for each in spec.choices)])
    field.value_changed.connect(lambda value: tell(with_field(spec.key, value)))

    def show(entered: Entered, _: People) -> None:
        value = entered.values.get(spec.key, "")
        if value not in ("", *spec.choices):
            field.add_choice(value, str(value))
        field.set_value(value)

    return FieldEditor(spec, field, show)


def _choices(spec: FieldSpec, tell: Tell) -> FieldEditor:
    row = WrappingRow(gap=14, margin=6)
    boxes = {each: QCheckBox(each) for each in spec.choices}
    for box in boxes.values():
        row.add(box)
        box.clicked.connect(
            lambda _: tell(with_field(spec.key, tuple(k for k, b in boxes.items() if b.isChecked())))
        )

    def show(entered: Entered, _: People) -> None:
        chosen: Any = entered.values.get(spec.key, ())
        for each, box in boxes.items():
            box.setChecked(each in chosen)

    return FieldEditor(spec, row, show)


def _number(spec: FieldSpec, tell: Tell) -> FieldEditor:
    """Empty until something is entered: a 0 that nobody typed looks like an answer."""
    field = NumberField(width=96)
    field.setPlaceholderText("")
    field.counted.connect(lambda number: tell(with_field(spec.key, number if field.text().strip() else None)))

    def show(entered: Entered, _: People) -> None:
        value = entered.values.get(spec.key)
        if field.number() is None and field.isModified():
            return  # no count yet: it stays as typed, marked as wrong
        if isinstance(value, int):
            field.set_number(value)
        elif field.text():
            field.clear()

    return FieldEditor(spec, field, show)


def amount_editor(spec: FieldSpec, tell: Tell, half_cents: HalfCents = HalfCents.REFUSE) -> FieldEditor:
    """An amount of money or another number with places behind the point; ``half_cents`` is the book's setting."""
    field = AmountField(decimals_of(spec), half_cents)
    field.setPlaceholderText(spec.hint)
    field.setAccessibleName(spec.label)
    field.entered.connect(lambda units: tell(with_field(spec.key, units)))

    def show(entered: Entered, _: People) -> None:
        value = entered.values.get(spec.key)
        field.show_units(value if isinstance(value, int) else None)

    return FieldEditor(spec, field, show)


def choosing_editor(spec: FieldSpec, tell: Tell, choices: Sequence[tuple[str, str]]) -> FieldEditor:
    """One of the book's values (organisations, records) by its words; what stands there stays on offer."""
    field = ChoiceField([("", ""), *choices])
    field.setAccessibleName(spec.label)
    field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(12)
    field.value_changed.connect(lambda value: tell(with_field(spec.key, value)))

    def show(entered: Entered, _: People) -> None:
        field.set_value(entered.values.get(spec.key, ""))

    return FieldEditor(spec, field, show)


def _yes_no(spec: FieldSpec, tell: Tell) -> FieldEditor:
    box = QCheckBox(spec.hint)
    box.clicked.connect(lambda checked: tell(with_field(spec.key, bool(checked))))
    return FieldEditor(spec, box, lambda entered, _: box.setChecked(bool(entered.values.get(spec.key))))


def _person(spec: FieldSpec, tell: Tell) -> FieldEditor:
    picker = PersonPicker(free=True)
    picker.picked.connect(
        lambda choice: tell(with_people(spec.key, (reference_of(choice),) if choice else ()))
    )

    def show(entered: Entered, people: People) -> None:
        refs = entered.people.get(spec.key, ())
        picker.set_people(people)
        picker.refresh(choice_of(refs[0], people) if refs else None)

    return FieldEditor(spec, picker, show)


def _persons(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = NamesField()
    field.named.connect(lambda refs: tell(with_people(spec.key, refs)))

    def show(entered: Entered, people: People) -> None:
        field.set_people(people)
        field.set_references(entered.people.get(spec.key, ()))

    return FieldEditor(spec, field, show)


_MAKERS: dict[FieldType, Callable[[FieldSpec, Tell], FieldEditor]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes_no,
    FieldType.MONEY: amount_editor,
    FieldType.PERSON: _person,
    FieldType.PERSONS: _persons,
}
