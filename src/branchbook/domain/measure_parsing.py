"""Measure files (resources/measures/*.toml, and the user's) to measures; what does not fit is named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from branchbook.domain.measures import Cell, Comparison, Filter, Measure, Way
from branchbook.domain.problems import UnreadableProblem

_KEYS = {
    "key",
    "name",
    "source",
    "group",
    "definition",
    "unit",
    "where",
    "groups",
    "divided",
    "divisor",
    "percent",
    "date",
    "carried",
}
_WAYS = {Way.SUM: "sum", Way.DISTINCT: "distinct", Way.MEAN: "mean"}


class CellKind(StrEnum):
    """What a source's field holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class SourceFields:
    """What a measure may ask of a source: the fields with what they hold. ``label`` is Chinese.

    ``dated``: its facts may be taken by any of its days; ``carries``: also what is left over from before.
    """

    key: str
    label: str
    fields: Mapping[str, CellKind]
    dated: bool = False
    carries: bool = False


@dataclass(frozen=True, slots=True)
class ReadMeasures:
    """The measures of a file that can be used, and what is wrong with the others, each by file and key."""

    measures: tuple[Measure, ...]
    faults: tuple[UnreadableProblem, ...] = ()


def parse_measures(
    file_name: str, content: Mapping[str, Any], sources: Mapping[str, SourceFields]
) -> tuple[Measure, ...]:
    """The ``[[measure]]`` tables of one file.

    Raises UnreadableProblem naming file and key for an unknown key, source, field or test, a wrong type, a key that
    stands twice, or a ratio of measures that are not there.
    """
    read = read_measures(file_name, content, sources)
    if read.faults:
        raise read.faults[0]
    return read.measures


def read_measures(
    file_name: str, content: Mapping[str, Any], sources: Mapping[str, SourceFields]
) -> ReadMeasures:
    """Like ``parse_measures``, but what does not fit leaves the other measures in use.

    Raises UnreadableProblem only where the file is no list of measures at all.
    """
    unknown = set(content) - {"measure"}
    if unknown:
        raise _wrong(file_name, sorted(unknown)[0], "不认识的键")
    tables = content.get("measure", [])
    if not isinstance(tables, list):
        raise _wrong(file_name, "measure", "应为多个 [[measure]] 表")
    found: list[Measure] = []
    faults: list[UnreadableProblem] = []
    for table in tables:
        try:
            found.append(_measure(file_name, table, sources))
        except UnreadableProblem as problem:
            faults.append(problem)
    return fitting_together(file_name, found, faults)


def fitting_together(
    file_name: str, measures: Iterable[Measure], faults: Iterable[UnreadableProblem] = ()
) -> ReadMeasures:
    """The measures that go together: no key twice, and every ratio of two plain measures that are there."""
    seen: dict[str, Measure] = {}
    told = list(faults)
    for each in measures:
        if each.key in seen:
            told.append(_wrong(file_name, each.key, "指标的 key 重复"))
        else:
            seen[each.key] = each
    for each in tuple(seen.values()):
        missing = next((part for part in _divides(each) if not _is_plain(seen.get(part))), None)
        if missing is not None:
            told.append(_wrong(file_name, each.key, f"没有可以相除的指标“{missing}”"))
            del seen[each.key]
    return ReadMeasures(tuple(seen.values()), tuple(told))


def _divides(measure: Measure) -> tuple[str, ...]:
    return (measure.divided, measure.divisor) if measure.way is Way.RATIO else ()


def _is_plain(measure: Measure | None) -> bool:
    return measure is not None and measure.way is not Way.RATIO


def _measure(file_name: str, table: Any, sources: Mapping[str, SourceFields]) -> Measure:
    if not isinstance(table, Mapping):
        raise _wrong(file_name, "measure", "应为表")
    key = _text(file_name, "measure", table, "key")
    unknown = set(table) - _KEYS - set(_WAYS.values())
    if unknown:
        raise _wrong(file_name, f"{key}.{sorted(unknown)[0]}", "不认识的键")
    source = sources.get(_text(file_name, key, table, "source"))
    if source is None:
        raise _wrong(file_name, f"{key}.source", f"不认识的来源“{table['source']}”")
    way, field = _way(file_name, key, table)
    if field:
        wanted = (CellKind.NUMBER,) if way is not Way.DISTINCT else tuple(CellKind)
        _known(file_name, f"{key}.{_WAYS[way]}", field, source, wanted)
    groups = _texts(file_name, f"{key}.groups", table.get("groups", []))
    for each in groups:
        _known(file_name, f"{key}.groups", each, source, tuple(CellKind))
    return Measure(
        key=key,
        name=_text(file_name, key, table, "name"),
        source=source.key,
        way=way,
        group=_text(file_name, key, table, "group", ""),
        definition=_text(file_name, key, table, "definition", ""),
        unit=_text(file_name, key, table, "unit", ""),
        field=field,
        filters=tuple(_filters(file_name, key, table.get("where", {}), source)),
        groups=groups,
        divided=_text(file_name, key, table, "divided", ""),
        divisor=_text(file_name, key, table, "divisor", ""),
        percent=table.get("percent") is True,
        date=_date(file_name, key, table, source),
        carried=_carried(file_name, key, table, source),
    )


def _date(file_name: str, key: str, table: Mapping[str, Any], source: SourceFields) -> str:
    """The field by which facts belong to the period: a day of a source that has several."""
    field = _text(file_name, key, table, "date", "")
    if not field:
        return ""
    if not source.dated:
        raise _wrong(file_name, f"{key}.date", f"“{source.label}”只按自己的日期统计")
    _known(file_name, f"{key}.date", field, source, tuple(CellKind))
    if source.fields[field] is not CellKind.DAY:
        raise _wrong(file_name, f"{key}.date", f"栏目“{field}”不是日期")
    return field


def _carried(file_name: str, key: str, table: Mapping[str, Any], source: SourceFields) -> bool:
    if table.get("carried") is not True:
        return False
    if not source.carries:
        raise _wrong(file_name, f"{key}.carried", f"“{source.label}”没有结转，因为没有完成日期")
    return True


def _way(file_name: str, key: str, table: Mapping[str, Any]) -> tuple[Way, str]:
    """How it is counted, and by which field; at most one way is written, none means to count."""
    written = [(way, table[word]) for way, word in _WAYS.items() if word in table]
    ratio = "divided" in table or "divisor" in table
    if len(written) + ratio > 1:
        raise _wrong(file_name, key, "只能有一种算法：sum、distinct、mean，或 divided 与 divisor")
    if ratio:
        return Way.RATIO, ""
    if not written:
        return Way.COUNT, ""
    way, field = written[0]
    if not isinstance(field, str):
        raise _wrong(file_name, f"{key}.{_WAYS[way]}", "应为栏目的名称")
    return way, field


def _filters(file_name: str, key: str, where: Any, source: SourceFields) -> Iterable[Filter]:
    """``where = { kind = "a", present = { at_least = 3 } }``: a plain value or list, or tests by name."""
    if not isinstance(where, Mapping):
        raise _wrong(file_name, f"{key}.where", "应为表")
    for field, wanted in where.items():
        place = f"{key}.where.{field}"
        _known(file_name, place, field, source, tuple(CellKind))
        tests = (
            wanted if isinstance(wanted, Mapping) else {"among" if isinstance(wanted, list) else "is": wanted}
        )
        for word, value in tests.items():
            if word not in set(Comparison):
                raise _wrong(file_name, f"{place}.{word}", "不认识的条件")
            values = value if isinstance(value, list) else [value]
            yield Filter(field, Comparison(word), tuple(_cell(file_name, place, each) for each in values))


def _cell(file_name: str, place: str, value: Any) -> Cell:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, str | int | bool) or type(value) is date:
        return value
    raise _wrong(file_name, place, "应为文字、数字、日期或是否")


def _known(
    file_name: str, place: str, field: str, source: SourceFields, wanted: tuple[CellKind, ...]
) -> None:
    kind = source.fields.get(field)
    if kind is None:
        raise _wrong(file_name, place, f"“{source.label}”没有栏目“{field}”")
    if kind not in wanted:
        raise _wrong(file_name, place, f"栏目“{field}”不是数字，不能相加")


def _texts(file_name: str, place: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(file_name, place, "应为文字的列表")
    return tuple(value)


def _text(file_name: str, place: str, table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise _wrong(file_name, f"{place}.{key}", "缺少，或不是文字")
    return value


def _wrong(file_name: str, place: str, what: str) -> UnreadableProblem:
    return UnreadableProblem(
        f"指标文件有误：{what}", f"{file_name} {place}", "请改正这一处；其余指标不受影响"
    )
