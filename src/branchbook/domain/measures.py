"""Measures: every number about a period, described as data and counted from facts that can be opened.

A ``Fact`` is what a source gives: one record, one member on a day, one row of a ledger. A measure says which facts
it takes and how they become a number. A number with no fact behind it is None and prints blank; 0 stands only where
facts were looked through and none fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import partial
from operator import ge, le, lt
from typing import Any
from uuid import UUID

Cell = str | int | Decimal | bool | date | tuple[str, ...] | None
"""What stands in one field of a fact; a tuple holds several answers (the kinds of a record)."""


class Way(StrEnum):
    """How facts become a number. ``DISTINCT`` counts different values; ``RATIO`` divides two other measures."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    MEAN = "mean"
    RATIO = "ratio"


class Comparison(StrEnum):
    """What a filter asks of a field."""

    IS = "is"
    IS_NOT = "is_not"
    AMONG = "among"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    CONTAINS = "contains"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. ``values`` has one value, several for ``AMONG``, True or False for ``FILLED``."""

    field: str
    test: Comparison
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number as described. ``definition`` says in Chinese what is counted, by which date.

    ``field`` is what is summed, averaged or told apart. ``divided`` and ``divisor`` are keys of measures (RATIO);
    with ``percent`` the quotient is shown in hundredths. ``groups`` are fields by which parts are shown besides.
    ``date`` is the field by which a fact belongs to the period, where it is not the source's own day; ``carried``
    takes in what began before the period and was not done by then.
    """

    key: str
    name: str
    source: str
    way: Way = Way.COUNT
    group: str = ""
    definition: str = ""
    unit: str = ""
    field: str = ""
    filters: tuple[Filter, ...] = ()
    groups: tuple[str, ...] = ()
    divided: str = ""
    divisor: str = ""
    percent: bool = False
    date: str = ""
    carried: bool = False

    @property
    def asked(self) -> str:
        """Which facts it counts, as ``figures`` is given them: the source, with another day or what is carried on."""
        return asked_words(self.source, self.date, self.carried)


def asked_words(source: str, date_field: str = "", carried: bool = False) -> str:
    """The facts of a source by a day of their own as one word; ``asked_parts`` takes it apart."""
    return f"{source}{_BY * bool(date_field)}{date_field}{_CARRIED * carried}"


def asked_parts(asked: str) -> tuple[str, str, bool]:
    """Source, date field ("": the source's own day) and whether what is carried on is asked for."""
    source, _, date_field = asked.removesuffix(_CARRIED).partition(_BY)
    return source, date_field, asked.endswith(_CARRIED)


_BY, _CARRIED = "@", "+"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be counted. ``entity`` and ``id`` say what opens when the number is clicked.

    ``on`` is the day by which it belongs to a period; a state ("members on the last day") has the day asked for.
    """

    entity: str
    id: UUID
    organisation_id: UUID
    on: date
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number: the value of a grouping field, and the number of the facts that have it."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the facts behind it.

    ``value`` None prints blank; ``blank_reason`` then says why. ``parts`` are by grouping field.
    """

    measure: Measure
    value: Decimal | None
    facts: tuple[Fact, ...] = ()
    parts: Mapping[str, tuple[Part, ...]] | None = None
    blank_reason: str = ""


NOTHING_RECORDED = "统计期内没有这类记录"
NOTHING_TO_DIVIDE_BY = "除数为 0 或空白"
NO_VALUE = "所选记录没有填写这一栏"
_HUNDREDTH = Decimal("0.01")


def figures(measures: Sequence[Measure], facts: Mapping[str, Sequence[Fact]]) -> tuple[Figure, ...]:
    """Every measure over the facts of its source, in the order of the measures.

    ``facts`` holds the facts of the period by what each measure asks for. Linear in facts × measures of one source.
    """
    chosen = {asked: _Sorted(some) for asked, some in facts.items()}
    nothing = _Sorted(())
    plain = {
        each.key: _figure(each, chosen.get(each.asked, nothing))
        for each in measures
        if each.way is not Way.RATIO
    }
    return tuple(
        _ratio(each, plain.get(each.divided), plain.get(each.divisor))
        if each.way is Way.RATIO
        else plain[each.key]
        for each in measures
    )


class _Sorted:
    """The facts of a source, found by the value of a field without looking at all of them for every measure."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = tuple(facts)
        self._by_value: dict[str, dict[Cell, list[Fact]]] = {}

    def fitting(self, filters: Sequence[Filter]) -> tuple[Fact, ...]:
        """Those that pass every filter, in their order."""
        first = next((each for each in filters if each.test is Comparison.IS), None)
        among = self.facts if first is None else self._of(first.field).get(first.values[0], ())
        rest = tuple(each for each in filters if each is not first)
        return tuple(fact for fact in among if fits(rest, fact)) if rest else tuple(among)

    def _of(self, field: str) -> dict[Cell, list[Fact]]:
        if field not in self._by_value:
            found: dict[Cell, list[Fact]] = {}
            for fact in self.facts:
                for value in set(_several(fact.cells.get(field))):
                    found.setdefault(value, []).append(fact)
            self._by_value[field] = found
        return self._by_value[field]


def _figure(measure: Measure, facts: _Sorted) -> Figure:
    if not facts.facts:
        return Figure(measure, None, blank_reason=NOTHING_RECORDED)
    chosen = facts.fitting(measure.filters)
    value = _value(measure, chosen)
    if value is None:
        return Figure(measure, None, chosen, blank_reason=NO_VALUE)
    parts = {field: _parts(measure, field, chosen) for field in measure.groups}
    return Figure(measure, value, chosen, parts)


def fits(filters: Iterable[Filter], fact: Fact) -> bool:
    """Whether a fact passes every filter."""
    return all(_TESTS[each.test](fact.cells.get(each.field), each.values) for each in filters)


def _value(measure: Measure, facts: Sequence[Fact]) -> Decimal | None:
    if measure.way is Way.COUNT:
        return Decimal(len(facts))
    if measure.way is Way.DISTINCT:
        return Decimal(len({each for fact in facts for each in _several(fact.cells.get(measure.field))}))
    numbers = [number for fact in facts if (number := _number(fact.cells.get(measure.field))) is not None]
    if facts and not numbers:
        return None
    total = Decimal(sum(numbers))
    if measure.way is Way.SUM:
        return total
    return (total / len(numbers)).quantize(_HUNDREDTH, ROUND_HALF_UP) if numbers else None


def _parts(measure: Measure, field: str, facts: Sequence[Fact]) -> tuple[Part, ...]:
    """The facts apart by a field; a fact with several answers stands under each, one without under “未填”."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        for label in _several(fact.cells.get(field)) or ("未填",):
            grouped.setdefault(str(label), []).append(fact)
    found = ((label, _value(measure, some)) for label, some in grouped.items())
    return tuple(Part(label, value) for label, value in sorted(found) if value is not None)


def _ratio(measure: Measure, divided: Figure | None, divisor: Figure | None) -> Figure:
    facts = divisor.facts if divisor else ()
    if divided is None or divisor is None or divided.value is None or not divisor.value:
        return Figure(measure, None, facts, blank_reason=NOTHING_TO_DIVIDE_BY)
    quotient = divided.value / divisor.value * (100 if measure.percent else 1)
    return Figure(measure, quotient.quantize(_HUNDREDTH, ROUND_HALF_UP), facts)


def _number(cell: Cell) -> Decimal | int | None:
    """A cell that is a number as it is; yes and no are none."""
    return cell if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else None


def _several(cell: Cell) -> tuple[Cell, ...]:
    if cell is None or cell == "":
        return ()
    return cell if isinstance(cell, tuple) else (cell,)


def _is(cell: Cell, values: tuple[Cell, ...]) -> bool:
    return any(each in values for each in cell) if isinstance(cell, tuple) else cell in values and cell != ""


def _compares(inside: Callable[[Any, Any], bool], cell: Cell, values: tuple[Cell, ...]) -> bool:
    """Numbers by size, days by order; a field that is empty fits neither."""
    if isinstance(cell, date) and isinstance(values[0], date):
        return inside(cell, values[0])
    number, limit = _number(cell), _number(values[0])
    return number is not None and limit is not None and inside(number, limit)


_TESTS: Mapping[Comparison, Callable[[Cell, tuple[Cell, ...]], bool]] = {
    Comparison.IS: _is,
    Comparison.AMONG: _is,
    Comparison.IS_NOT: lambda cell, values: not _is(cell, values),
    Comparison.AT_LEAST: partial(_compares, ge),
    Comparison.AT_MOST: partial(_compares, le),
    Comparison.BELOW: partial(_compares, lt),
    Comparison.CONTAINS: lambda cell, values: any(str(values[0]) in str(each) for each in _several(cell)),
    Comparison.FILLED: lambda cell, values: bool(_several(cell)) == (values[0] is not False),
}
