"""The report of a period: a template filled with numbers, lists and names that come from records alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.dates import Period, chinese_date
from branchbook.domain.leftovers import Remark, report_leftovers
from branchbook.domain.measures import Figure
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.people import Post
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.roster import Roster
from branchbook.services.measures import compared, facts_of, period_before, scope_of
from branchbook.services.report_templates import FilledTemplate, ReportTemplates, TextBlock, Words, texts_of
from branchbook.services.statistics import shown
from branchbook.services.store import Reading, RecordQuery

NUMBERS, BEFORE = "数", "上期"
_ALL, _TALK = "会议活动", "heart_to_heart_talk"
_LISTS = {
    "支部党员大会": "general_meeting",
    "支委会": "committee_meeting",
    "党小组会": "group_meeting",
    "党课": "party_lesson",
    "主题党日": "theme_party_day",
    "组织生活会": "organisational_life_meeting",
    "民主评议党员": "democratic_evaluation",
    "谈心谈话": _TALK,
}
"""Lists of records by the word with which a template names them."""


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """A number that a report uses: the place as the template names it, the figure, and the period it is of."""

    place: str
    figure: Figure
    period: Period


@dataclass(frozen=True, slots=True)
class Report:
    """A filled report. ``unfilled`` are places that stayed blank; ``numbers`` those that it uses, in their order.

    ``remarks`` are what looks left over in the text: signs that stand for something, another year or branch.
    """

    filled: FilledTemplate
    numbers: tuple[ReportNumber, ...]
    unfilled: tuple[str, ...]
    remarks: tuple[Remark, ...]


class FigureWords(Mapping[str, str]):
    """Numbers by the name of their measure, or by its key; remembers which were asked for."""

    def __init__(self, figures: Sequence[Figure], label: str) -> None:
        self._figures = {each.measure.key: each for each in figures}
        self._figures |= {each.measure.name: each for each in figures}
        self._label = label
        self.used: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> str:
        figure = self._figures[name]
        self.used[figure.measure.key] = figure
        return shown(figure.value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def numbers(self, period: Period) -> Iterator[ReportNumber]:
        """Those asked for, as a table of numbers shows them."""
        for each in self.used.values():
            yield ReportNumber(f"{self._label}.{each.measure.name}", each, period)

    def blank(self) -> Iterator[str]:
        """The places that stayed blank because there is no number, with the reason."""
        for each in self.used.values():
            if each.value is None:
                yield f"{self._label}.{each.measure.name}（{each.blank_reason}）"


class NameWords(Mapping[str, str]):
    """Names by word; remembers which of those asked for are not known."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.asked: dict[str, None] = {}

    def __getitem__(self, name: str) -> str:
        found = self._names[name]
        if not found:
            self.asked[name] = None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class ReportWords:
    """All that a template may name, for a period and an organisation; it remembers what was asked for."""

    def __init__(self, reading: Reading, period: Period, organisation_id: UUID | None, today: date) -> None:
        pairs = compared(reading, period, organisation_id)
        self.period = period
        self._numbers = FigureWords([each.now for each in pairs], NUMBERS)
        self._before = FigureWords([each.before for each in pairs], BEFORE)
        self._names = NameWords(names_of(reading.roster(), period, organisation_id, today))
        self.words: Words = {
            NUMBERS: self._numbers,
            BEFORE: self._before,
            "名": self._names,
            **lists_of(reading, period, organisation_id),
        }

    def unknown(self, name: str) -> UnreadableProblem:
        """What is told of a place that the words do not have."""
        known = "、".join(self.words)
        return UnreadableProblem(
            f"模板里的“{name}”不是可以填写的内容", "", f"可以写 {known}；数、上期后面写指标的名称"
        )

    def forget(self) -> None:
        """Nothing was asked for yet: the next text is told about by itself."""
        self._numbers.used.clear()
        self._before.used.clear()
        self._names.asked.clear()

    @property
    def numbers(self) -> tuple[ReportNumber, ...]:
        """The numbers that were asked for."""
        now, before = self._numbers.numbers(self.period), self._before.numbers(period_before(self.period))
        return (*now, *before)

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The places that were asked for and stayed blank."""
        names = (f"名.{each}" for each in self._names.asked)
        return (*names, *self._numbers.blank(), *self._before.blank())


def fill_report(
    reading: Reading,
    templates: ReportTemplates,
    template: Path,
    period: Period,
    organisation_id: UUID | None,
    today: date,
) -> Report:
    """Fill a template for a period and an organisation (None: the whole book).

    Nothing is invented: what the book does not know is blank and listed. Raises UnreadableProblem for a template that
    cannot be taken, naming the place in it; RefusedProblem for a period that ends before it starts.
    """
    words = ReportWords(reading, period, organisation_id, today)

    def unknown(name: str) -> UnreadableProblem:
        problem = words.unknown(name)
        return UnreadableProblem(problem.what, template.name, problem.next_step)

    filled = templates.fill(template, words.words, unknown)
    remarks = look_over(reading, filled.blocks, period, organisation_id)
    return Report(filled, words.numbers, words.unfilled, remarks)


def look_over(
    reading: Reading, blocks: Sequence[TextBlock], period: Period, organisation_id: UUID | None
) -> tuple[Remark, ...]:
    """What looks left over in a finished text."""
    others = _others(reading.roster(), organisation_id)
    return report_leftovers(texts_of(blocks), _years(period), others)


def names_of(roster: Roster, period: Period, organisation_id: UUID | None, today: date) -> Mapping[str, str]:
    """What the period, the organisation and its officers are called; empty where the book does not say."""
    day = period.end
    general = roster.general_branch()
    place = roster.organisation_by_id.get(organisation_id) if organisation_id else general
    if place is None:
        branches = roster.branches_on(day)
        place = branches[0] if len(branches) == 1 else None
    secretary = roster.holder_of(place.id, Post.SECRETARY, day) if place else None
    return {
        "单位": place.name_on(day) if place else "",
        "党总支": general.name_on(day) if general else "",
        "上级党组织": place.higher_organisation if place else "",
        "书记": secretary.name if secretary else "",
        "统计期": period.words,
        "年度": f"{period.end.year}",
        "开始日期": chinese_date(period.start),
        "结束日期": chinese_date(period.end),
        "填报日期": chinese_date(today),
    }


def lists_of(
    reading: Reading, period: Period, organisation_id: UUID | None
) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """Lists of what was held, the earliest first, and of who came and went: rows of texts."""
    roster = reading.roster()
    scope = scope_of(roster, organisation_id)
    found: dict[str, list[Mapping[str, str]]] = {name: [] for name in (_ALL, *_LISTS)}
    names = {key: name for name, key in _LISTS.items()}
    query = RecordQuery(tuple(scope), from_on=period.start, to_on=period.end, undated=False)
    for record in reversed(reading.summaries(query)):
        if not record.is_held or record.held_on is None:
            continue
        place = roster.organisation_by_id.get(record.organisation_id)
        row = {
            "日期": chinese_date(record.held_on),
            "名称": "、".join(KIND_BY_KEY[key].name for key in record.kinds if key in KIND_BY_KEY),
            "主题": record.subject,
            "支部": place.name_on(record.held_on) if place else "",
            "讲课人": "、".join(each.name for each in record.people.get("lecturer", ())),
            # Nobody was due where nobody is called in: a talk, a plan. That is no 0 that was counted.
            "应到": str(record.frozen.due) if record.frozen and record.frozen.due else "",
            "实到": str(record.frozen.present) if record.frozen and record.frozen.due else "",
        }
        # What two people talked about stands only where a template asks for talks by name.
        all_of_them = () if _TALK in record.kinds else (_ALL,)
        for name in (*all_of_them, *(names[key] for key in record.kinds if key in names)):
            found[name].append(row)
    found["党员增减"] = list(_changes(reading, period, organisation_id))
    return {name: tuple(rows) for name, rows in found.items()}


def _changes(reading: Reading, period: Period, organisation_id: UUID | None) -> Iterator[Mapping[str, str]]:
    roster = reading.roster()
    facts = facts_of(reading, period, organisation_id, {"changes"})["changes"]
    for fact in sorted(facts, key=lambda each: (each.on, str(each.id))):
        place = roster.organisation_by_id.get(fact.organisation_id)
        yield {
            "日期": chinese_date(fact.on),
            "姓名": roster.person_by_id[fact.id].name,
            "变动": str(fact.cells["change_name"]),
            "支部": place.name_on(fact.on) if place else "",
        }


def _years(period: Period) -> frozenset[int]:
    """Years that the text may name: those of the period, and the one before it that it is compared with."""
    return frozenset(range(period.start.year - 1, period.end.year + 2))


def _others(roster: Roster, organisation_id: UUID | None) -> tuple[str, ...]:
    """Names of branches that have no place in a report of this organisation."""
    if organisation_id is None:
        return ()
    scope = scope_of(roster, organisation_id)
    own = {name for each in roster.organisations if each.id in scope for name in _names(each)}
    return tuple(
        name
        for each in roster.organisations
        if each.id not in scope and each.kind is OrganisationKind.BRANCH
        for name in _names(each)
        if name not in own
    )


def _names(organisation: Organisation) -> tuple[str, ...]:
    return tuple(dated.name for dated in organisation.names)
