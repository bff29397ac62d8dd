"""Numbers about a period and a scope: the measures shipped and the user's own, each with the facts behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from branchbook.domain.dates import Period, add_months
from branchbook.domain.measure_parsing import SourceFields, check_together, parse_measures
from branchbook.domain.measures import Fact, Figure, Measure, Way, figures
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.roster import Roster
from branchbook.resources import resource_path
from branchbook.services.measure_sources import SOURCES, Span
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Reading, Setting

OWN = "measures.own"
"""The setting that holds the user's measures, as the TOML text that the user wrote."""


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A number of the period, and the same number of the period before (of equal length)."""

    now: Figure
    before: Figure


def measures_of(reading: Reading) -> tuple[Measure, ...]:
    """Every measure of a book: those shipped, then the user's own. Raises UnreadableProblem for faulty own ones."""
    shipped = shipped_measures()
    text = reading.setting(OWN)
    own = parse_own(text) if text else ()
    return (*shipped, *own)


@cache
def shipped_measures() -> tuple[Measure, ...]:
    """The measures that the program ships. Raises UnreadableProblem naming file and key where one is damaged."""
    found: list[Measure] = []
    for path in sorted(resource_path("measures").glob("*.toml")):
        found += parse_measures(path.name, _toml(path.name, path.read_text(encoding="utf-8")), _fields())
    check_together("measures", found)
    return tuple(found)


def parse_own(text: str) -> tuple[Measure, ...]:
    """The user's measures. Raises UnreadableProblem naming the key that does not fit, or that is shipped already."""
    found = parse_measures("自定义指标", _toml("自定义指标", text), _fields())
    taken = {each.key for each in shipped_measures()}
    twice = next((each.key for each in found if each.key in taken), None)
    if twice:
        raise UnreadableProblem("指标文件有误：与随程序附带的指标同名", f"自定义指标 {twice}", "请换一个 key")
    return found


def keep_own(book: Book, text: str, actor: Actor) -> Outcome[tuple[Measure, ...]]:
    """Keep the user's measures in the book. Raises UnreadableProblem where they do not fit; nothing is kept then."""
    found = parse_own(text)
    with operate(book, actor, "修改自定义指标") as operating:
        operating.writing.put(Setting(OWN, text))
    return Outcome(found, operating.changes)


def count(
    reading: Reading,
    period: Period,
    organisation_id: UUID | None = None,
    measures: Sequence[Measure] | None = None,
) -> tuple[Figure, ...]:
    """The figures of a period for a branch or general branch (None: the whole book)."""
    refuse_reversed(period)
    chosen = measures_of(reading) if measures is None else tuple(measures)
    return figures(
        chosen, facts_of(reading, period, organisation_id, {each.source for each in _counted(chosen)})
    )


def compared(reading: Reading, period: Period, organisation_id: UUID | None = None) -> tuple[FigurePair, ...]:
    """The figures of a period beside those of the period before."""
    now, before = (count(reading, each, organisation_id) for each in (period, period_before(period)))
    return tuple(FigurePair(*pair) for pair in zip(now, before, strict=True))


def facts_of(
    reading: Reading, period: Period, organisation_id: UUID | None, sources: set[str]
) -> Mapping[str, tuple[Fact, ...]]:
    """The facts of each source, once for all the measures that count them."""
    roster = reading.roster()
    span = Span(reading, roster, period, scope_of(roster, organisation_id))
    return {key: tuple(SOURCES[key].facts(span)) for key in sorted(sources)}


def scope_of(roster: Roster, organisation_id: UUID | None) -> frozenset[UUID]:
    """An organisation with everything below it; the whole book where none is named."""
    if organisation_id is None:
        return frozenset(roster.organisation_by_id)
    place = roster.organisation_by_id.get(organisation_id)
    if place is None:
        raise RefusedProblem("找不到要统计的组织", "", "请重新选择")
    below = {organisation_id}
    if place.kind is OrganisationKind.GENERAL_BRANCH:
        below |= roster.branches_within(organisation_id)
    return frozenset(below | {each.id for each in roster.organisations if each.parent_id in below})


def period_before(period: Period) -> Period:
    """The period to compare with: the months before whole months, else the same days of the year before."""
    if period.has_whole_months:
        return Period(add_months(period.start, -period.months), period.start - timedelta(days=1))
    return Period(add_months(period.start, -12), add_months(period.end, -12))


def balance(
    reading: Reading, period: Period, organisation_id: UUID | None = None
) -> tuple[int, int, int, int]:
    """Members at the opening, in, out, and at the closing. Opening + in − out = closing, or the roster is at odds."""
    opening = replace(period, end=period.start - timedelta(days=1), start=period.start - timedelta(days=1))
    before = facts_of(reading, opening, organisation_id, {"members"})["members"]
    now = facts_of(reading, period, organisation_id, {"members", "changes"})
    moves = [each.cells["direction"] for each in now["changes"]]
    return len(before), moves.count("in"), moves.count("out"), len(now["members"])


def _counted(measures: Sequence[Measure]) -> Iterator[Measure]:
    return (each for each in measures if each.way is not Way.RATIO)


def refuse_reversed(period: Period) -> None:
    """Raises RefusedProblem for a period that ends before it starts."""
    if period.end < period.start:
        raise RefusedProblem("统计期的结束早于开始", f"{period.start} 至 {period.end}", "请核对起止日期")


@cache
def _fields() -> Mapping[str, SourceFields]:
    return {key: each.fields for key, each in SOURCES.items()}


def _toml(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableProblem("指标文件读不出来", f"{name}：{error}", "请检查写法") from error


def whole_year(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))
