"""Whether the values of a step are what its fields say: numbers that can be, days that exist."""

from __future__ import annotations

from datetime import date

from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import StepEntry, StepSpec
from branchbook.domain.records import FieldValue

_MOST = 100_000
"""No number of seats, people or ballots is larger."""


def refuse_faulty_fields(spec: StepSpec, entry: StepEntry) -> None:
    """Raises RefusedProblem for a number below 0, above 100,000 or not whole, a day that does not exist, and a
    choice that is not offered. Empty fields are left alone.
    """
    for field in spec.fields:
        value = entry.values.get(field.key, "")
        if value == "":
            continue
        if not _fits(field, value):
            raise RefusedProblem(_fault(field), f"{spec.name}·{field.label} {value}", "请核对后重填")


def _fits(field: FieldSpec, value: FieldValue) -> bool:
    if field.type == FieldType.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    if field.type == FieldType.DATE:
        return _is_day(value)
    if field.type == FieldType.CHOICE:
        return value in field.choices
    return True


def _is_day(value: FieldValue) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _fault(field: FieldSpec) -> str:
    if field.type == FieldType.NUMBER:
        return f"数目应在 0 到 {_MOST} 之间"
    return "不是日期" if field.type == FieldType.DATE else f"应是{'、'.join(field.choices)}之一"
