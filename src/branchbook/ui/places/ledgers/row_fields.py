"""The editors of a row's fields, and how wide labels and choices are beside each other."""

from __future__ import annotations

from datetime import date

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger
from branchbook.ui.places.ledgers.row_view import RowView
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.field_editors import (
    FieldEditor,
    Tell,
    amount_editor,
    choosing_editor,
    make_editor,
)


def row_editor(spec: FieldSpec, view: RowView, tell: Tell, today: date) -> FieldEditor:
    """The editor of one field, with what the book offers for it."""
    if spec.type in (FieldType.MONEY, FieldType.NUMBER):
        return amount_editor(spec, tell, view.half_cents)
    if spec.type is FieldType.ORGANISATION:
        return choosing_editor(spec, tell, view.organisations)
    if spec.type is FieldType.LINK:
        return choosing_editor(spec, tell, view.links)
    return make_editor(spec, tell, today)


def narrow(field: ChoiceField) -> None:
    """As wide as the card has room, not as its longest choice: in large text that is wider than the card."""
    field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(4)


def hint_below(spec: FieldSpec) -> bool:
    """Lines and long texts show the hint themselves while they are empty."""
    return bool(spec.hint) and spec.type not in (
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.MONEY,
        FieldType.NUMBER,
    )


def label_width(ledger: Ledger) -> int:
    """Room for the longest label of up to seven characters, with its star."""
    longest = max((len(spec.label) for spec in ledger.shown), default=4)
    return 16 + 13 * min(max(longest, 4), 7)
