"""A widget for each field of a kind, made from its ``FieldSpec``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.records import FieldValue, PersonRef, Record
from branchbook.ui.places.meetings.keeping import Change
from branchbook.ui.places.meetings.names_field import NamesField, choice_of, reference_of
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.number_field import NumberField
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker
from branchbook.ui.widgets.wrapping_row import WrappingRow

Tell = Callable[[Change], None]
People = Sequence[PersonChoice]


@dataclass(frozen=True)
class FieldEditor:
    """A widget, and how it shows a record's value (with the people to pick from)."""

    spec: FieldSpec
    widget: QWidget
    show: Callable[[Record, People], None]

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


def make_editor(spec: FieldSpec, tell: Tell) -> FieldEditor:
    """The editor of a field; ``tell`` is called with each edit."""
    maker = _MAKERS[spec.type]
    editor = maker(spec, tell)
    editor.widget.setAccessibleName(spec.label)
    return editor


def with_field(key: str, value: FieldValue | None) -> Change:
    """The edit that sets a field; an empty value takes it out."""

    def change(record: Record) -> Record:
        fields = {name: each for name, each in record.fields.items() if name != key}
        return replace(record, fields=fields if value in ("", (), None) else {**fields, key: value or ""})

    return change


def with_people(key: str, refs: tuple[PersonRef, ...]) -> Change:
    """The edit that names the persons of a field."""

    def change(record: Record) -> Record:
        people = {name: each for name, each in record.people.items() if name != key}
        return replace(record, people={**people, key: refs} if refs else people)

    return change


def _text(spec: FieldSpec, tell: Tell) -> FieldEditor:
    line = LineField("", spec.hint)
    line.edited.connect(lambda text: tell(with_field(spec.key, text)))
    return FieldEditor(spec, line, lambda record, _: line.set_value(str(record.fields.get(spec.key, ""))))


def _long_text(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = LongText(spec.hint, least_lines=3 if spec.required else 2)
    field.edited.connect(lambda text: tell(with_field(spec.key, text)))
    return FieldEditor(spec, field, lambda record, _: field.set_value(str(record.fields.get(spec.key, ""))))


def _choice(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = ChoiceField([("", ""), *((each, each) for each in spec.choices)])
    field.value_changed.connect(lambda value: tell(with_field(spec.key, value)))

    def show(record: Record, _: People) -> None:
        value = record.fields.get(spec.key, "")
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

    def show(record: Record, _: People) -> None:
        chosen: Any = record.fields.get(spec.key, ())
        for each, box in boxes.items():
            box.setChecked(each in chosen)

    return FieldEditor(spec, row, show)


def _number(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = NumberField(width=96)
    field.counted.connect(lambda number: tell(with_field(spec.key, number)))

    def show(record: Record, _: People) -> None:
        value = record.fields.get(spec.key, 0)
        field.set_number(value if isinstance(value, int) else 0)

    return FieldEditor(spec, field, show)


def _yes_no(spec: FieldSpec, tell: Tell) -> FieldEditor:
    box = QCheckBox(spec.hint)
    box.clicked.connect(lambda checked: tell(with_field(spec.key, bool(checked))))
    return FieldEditor(spec, box, lambda record, _: box.setChecked(bool(record.fields.get(spec.key))))


def _person(spec: FieldSpec, tell: Tell) -> FieldEditor:
    picker = PersonPicker(free=True)
    picker.picked.connect(
        lambda choice: tell(with_people(spec.key, (reference_of(choice),) if choice else ()))
    )

    def show(record: Record, people: People) -> None:
        refs = record.people.get(spec.key, ())
        picker.set_people(people)
        picker.refresh(choice_of(refs[0], people) if refs else None)

    return FieldEditor(spec, picker, show)


def _persons(spec: FieldSpec, tell: Tell) -> FieldEditor:
    field = NamesField()
    field.named.connect(lambda refs: tell(with_people(spec.key, refs)))

    def show(record: Record, people: People) -> None:
        field.set_people(people)
        field.set_references(record.people.get(spec.key, ()))

    return FieldEditor(spec, field, show)


_MAKERS: dict[FieldType, Callable[[FieldSpec, Tell], FieldEditor]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSON: _person,
    FieldType.PERSONS: _persons,
}
