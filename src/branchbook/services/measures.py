"""Numbers about a period and a scope: the measures shipped and the user's own, each with the facts behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.dates import Period, add_months
from branchbook.domain.measure_parsing import ReadMeasures, SourceFields, fitting_together, read_measures
from branchbook.domain.measures import Fact, Figure, Measure, Way, asked_parts, figures
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.roster import Roster
from branchbook.resources import resource_path
from branchbook.services.ledger_reading import ledgers_of
from branchbook.services.measure_ledgers import ledger_sources
from branchbook.services.measure_people import PEOPLE_SOURCES
from branchbook.services.measure_sources import SOURCES, Source, Span
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.store import Book, Reading, Setting

OWN = "measures.own"
"""The setting that holds the user's measures, as the TOML text that the user wrote."""


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A number of the period, and the same number of the period before (of equal length)."""

    now: Figure
    before: Figure


def sources_of(reading: Reading) -> Mapping[str, Source]:
    """What can be counted in a book: the sources that are always there, and one for each of its ledgers."""
    return {**SOURCES, **PEOPLE_SOURCES, **ledger_sources(ledgers_of(reading))}


def measures_of(reading: Reading) -> tuple[Measure, ...]:
    """Every measure of a book that can be counted: those shipped, then the user's own."""
    return read_measures_of(reading).measures


def faults_of(reading: Reading) -> tuple[UnreadableProblem, ...]:
    """Measures that cannot be counted, each by file and key: a field or a ledger that they ask for may be gone."""
    return read_measures_of(reading).faults


def read_measures_of(reading: Reading) -> ReadMeasures:
    """The measures of a book, and what is wrong with those that were left out."""
    shipped = shipped_measures()
    text = reading.setting(OWN)
    if not text:
        return shipped
    try:
        own = _read_own(text, {key: each.fields for key, each in sources_of(reading).items()})
    except UnreadableProblem as problem:
        return ReadMeasures(shipped.measures, (*shipped.faults, problem))
    return ReadMeasures((*shipped.measures, *own.measures), (*shipped.faults, *own.faults))


@cache
def shipped_measures() -> ReadMeasures:
    """The measures that the program ships; one that is damaged is told by file and key and leaves the others."""
    sources = {**SOURCES, **PEOPLE_SOURCES, **ledger_sources(shipped_ledgers().ledgers)}
    fields = {key: each.fields for key, each in sources.items()}
    found: list[Measure] = []
    faults: list[UnreadableProblem] = []
    for path in sorted(resource_path("measures").glob("*.toml")):
        try:
            read = read_measures(path.name, _toml(path.name, path.read_text(encoding="utf-8")), fields)
        except UnreadableProblem as problem:
            faults.append(problem)
            continue
        found += read.measures
        faults += read.faults
    return fitting_together("measures", found, faults)


def parse_own(text: str, reading: Reading) -> tuple[Measure, ...]:
    """The user's measures. Raises UnreadableProblem naming the key that does not fit, or that is shipped already."""
    read = _read_own(text, {key: each.fields for key, each in sources_of(reading).items()})
    if read.faults:
        raise read.faults[0]
    return read.measures


def _read_own(text: str, fields: Mapping[str, SourceFields]) -> ReadMeasures:
    """The user's measures, without those whose key a shipped one has."""
    read = read_measures("自定义指标", _toml("自定义指标", text), fields)
    taken = {each.key for each in shipped_measures().measures}
    twice = [
        UnreadableProblem("指标文件有误：与随程序附带的指标同名", f"自定义指标 {each.key}", "请换一个 key")
        for each in read.measures
        if each.key in taken
    ]
    kept = tuple(each for each in read.measures if each.key not in taken)
    return ReadMeasures(kept, (*read.faults, *twice))


def own_text(reading: Reading) -> str:
    """The user's measures as they were written, empty where there are none."""
    return reading.setting(OWN) or ""


def preview_own(
    reading: Reading, text: str, period: Period, organisation_id: UUID | None = None
) -> tuple[tuple[Figure, ...], tuple[UnreadableProblem, ...]]:
    """What measures as typed would count in a period, and what is wrong with those that do not fit.

    Raises UnreadableProblem where the text as a whole cannot be read.
    """
    sources = sources_of(reading)
    read = _read_own(text, {key: each.fields for key, each in sources.items()})
    return count(reading, period, organisation_id, read.measures), read.faults


def keep_own(book: Book, text: str, actor: Actor) -> Outcome[tuple[Measure, ...]]:
    """Keep the user's measures in the book. Raises UnreadableProblem where they do not fit; nothing is kept then."""
    with operate(book, actor, "修改自定义指标") as operating:
        found = parse_own(text, operating.writing)
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
        chosen, facts_of(reading, period, organisation_id, {each.asked for each in _counted(chosen)})
    )


def compared(reading: Reading, period: Period, organisation_id: UUID | None = None) -> tuple[FigurePair, ...]:
    """The figures of a period beside those of the period before."""
    now, before = (count(reading, each, organisation_id) for each in (period, period_before(period)))
    return tuple(FigurePair(*pair) for pair in zip(now, before, strict=True))


def facts_of(
    reading: Reading, period: Period, organisation_id: UUID | None, asked: set[str]
) -> Mapping[str, tuple[Fact, ...]]:
    """The facts of each source, once for all the measures that count them; ``asked`` as measures say it."""
    roster, sources = reading.roster(), sources_of(reading)
    span = Span(reading, roster, period, scope_of(roster, organisation_id))
    return {key: tuple(_facts(sources, span, key)) for key in sorted(asked)}


def _facts(sources: Mapping[str, Source], span: Span, asked: str) -> Iterator[Fact]:
    source, date_field, carried = asked_parts(asked)
    return sources[source].facts(replace(span, date_field=date_field, carried=carried))


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


def _toml(name: str, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableProblem("指标文件读不出来", f"{name}：{error}", "请检查写法") from error


def whole_year(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))
