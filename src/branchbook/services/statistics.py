"""The page of figures of a period: numbers with the period before beside them, charts, and what each number counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.papers import statistics as papers
from branchbook.catalogue.procedures.evaluation import FAMILY as EVALUATIONS
from branchbook.domain.charts import Chart
from branchbook.domain.dates import Period
from branchbook.domain.evaluations import Assessment
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.measures import Fact
from branchbook.domain.papers import Booklet, Section, Sheet
from branchbook.domain.people import Person
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Record
from branchbook.services.ledger_reading import row_words
from branchbook.services.measures import FigurePair, balance, compared, faults_of, period_before
from branchbook.services.mentions import procedure_words
from branchbook.services.privacy import open_part
from branchbook.services.statistic_charts import charts_of
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class Balance:
    """Members at the opening, joined, left, at the closing; ``fits`` where the first three make the last."""

    opening: int
    joined: int
    left: int
    closing: int

    @property
    def fits(self) -> bool:
        """Whether opening + joined − left = closing."""
        return self.opening + self.joined - self.left == self.closing


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """What the place shows and the paper prints; ``faults`` are measures that cannot be counted."""

    period: Period
    before: Period
    pairs: tuple[FigurePair, ...]
    balance: Balance
    charts: tuple[Chart, ...]
    faults: tuple[UnreadableProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One thing behind a number, in words; ``entity`` and ``id`` say what opens.

    ``family`` is that of a procedure, ``person_id`` whom in it: a grade opens its round.
    """

    entity: str
    id: UUID
    on: date
    words: str
    place: str
    family: str = ""
    person_id: UUID | None = None


def statistics_view(
    reading: Reading, period: Period, organisation_id: UUID | None, today: date
) -> StatisticsView:
    """Everything for a period and an organisation. Raises RefusedProblem for a period that ends before it starts."""
    pairs = compared(reading, period, organisation_id)
    members = Balance(*balance(reading, period, organisation_id))
    charts = charts_of(reading, pairs, period, organisation_id, today)
    return StatisticsView(period, period_before(period), pairs, members, charts, faults_of(reading))


def counted_lines(reading: Reading, facts: Sequence[Fact]) -> tuple[CountedLine, ...]:
    """The facts behind a number as lines, the latest first; a record that several facts name stands once."""
    roster = reading.roster()
    found: dict[tuple[str, UUID, date], CountedLine] = {}
    for fact in facts:
        key = (fact.entity, fact.id, fact.on)
        if key not in found:
            place = roster.organisation_by_id.get(fact.organisation_id)
            found[key] = _line(reading, fact, place.name_on(fact.on) if place else "")
    return tuple(sorted(found.values(), key=lambda each: (each.on, each.words), reverse=True))


def _line(reading: Reading, fact: Fact, place: str) -> CountedLine:
    if fact.entity == "assessment":
        assessment = reading.get(Assessment, fact.id)
        if assessment is not None:
            words = f"{assessment.name}：{fact.cells.get('grade_name')}"
            opens, person = assessment.procedure_id, assessment.person_id
            return CountedLine("procedure", opens, fact.on, words, place, EVALUATIONS, person)
    family = str(fact.cells.get("family", "")) if fact.entity == "procedure" else ""
    return CountedLine(fact.entity, fact.id, fact.on, _words(reading, fact), place, family)


def statistics_booklet(view: StatisticsView, title: str) -> Booklet:
    """The figures and the charts as papers; ``title`` names the organisation."""
    heading = f"{title}{view.period.words}"
    figures = Sheet(papers.FIGURES, f"{heading}统计表", _figure_values(view))
    charts = Sheet(papers.CHARTS, f"{heading}统计图", {"charts": view.charts})
    sections = [Section(figures, "统计表")]
    if view.charts:
        sections.append(Section(charts, "统计图"))
    return Booklet(f"{heading}统计", tuple(sections))


def shown(value: Decimal | None) -> str:
    """A number as printed; nothing where there is none."""
    return "" if value is None else f"{value.normalize():f}"


def difference(pair: FigurePair) -> str:
    """How much more or less than in the period before; empty where one of both is blank."""
    now, before = pair.now.value, pair.before.value
    if now is None or before is None:
        return ""
    more = now - before
    return "持平" if not more else f"{'+' if more > 0 else '−'}{shown(abs(more))}"


def _figure_values(view: StatisticsView) -> Mapping[str, str | tuple[Mapping[str, str], ...]]:
    rows = tuple(
        {
            "group": pair.now.measure.group,
            "name": pair.now.measure.name,
            "value": shown(pair.now.value),
            "unit": pair.now.measure.unit,
            "before": shown(pair.before.value),
            "difference": difference(pair),
            "definition": pair.now.measure.definition,
        }
        for pair in view.pairs
    )
    note = f"本期 {view.period.start} 至 {view.period.end}，上期 {view.before.start} 至 {view.before.end}。"
    note += "空白表示没有可以统计的记录，不是 0。"
    return {"rows": rows, "note": f"{note}{balance_words(view.balance)}"}


def balance_words(members: Balance) -> str:
    """期初 66 名 + 增加 2 名 − 减少 0 名 = 期末 68 名, or that it does not come out."""
    words = f"期初 {members.opening} 名，增加 {members.joined} 名，减少 {members.left} 名，期末 {members.closing} 名"
    return f"党员数：{words}。" if members.fits else f"党员数对不上：{words}，请核对名册。"


def _words(reading: Reading, fact: Fact) -> str:
    if fact.entity == "person":
        person = reading.get(Person, fact.id)
        change = fact.cells.get("change_name")
        return f"{person.name if person else ''}{f'：{change}' if change else ''}"
    if fact.entity == "procedure":
        procedure = reading.get(Procedure, fact.id)
        return procedure_words(procedure) if procedure else ""
    if fact.entity == "ledger_row":
        row = reading.get(LedgerRow, fact.id)
        return row_words(reading, row) if row else ""
    if fact.entity == "record":
        record = reading.get(Record, fact.id)
        if record is not None:
            kinds = "、".join(KIND_BY_KEY[key].name for key in record.kinds if key in KIND_BY_KEY)
            subject = open_part(record).subject
            return f"{kinds}《{subject}》" if subject else kinds
    return str(fact.cells.get("name") or fact.cells.get("title") or fact.entity)
