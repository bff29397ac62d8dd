"""The year's plan: tasks on a board and a time line, the week with what is due in it, planned against held.

Tasks and lines of a week are rows of two ledgers (``plan_tasks``, ``weekly_plan``): they are entered, changed and
printed as those of every ledger. Here is what only plans have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.dates import Period as Dates
from branchbook.domain.ledgers import Ledger, LedgerRow, is_open
from branchbook.domain.plans import (
    LAST_DAY,
    PlannedCount,
    Task,
    TaskState,
    WeekEntry,
    due_in_week,
    left_over,
    planned_in,
    week_of,
)
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import FieldValue
from branchbook.services.evidence import places_below
from branchbook.services.guards import still_there
from branchbook.services.ledger_reading import ledger_of, row_title
from branchbook.services.ledger_values import LINK_ROW, RowWords, link_to
from branchbook.services.ledgers import Period, put_changed, put_new, rows_of
from branchbook.services.measures import count, shipped_measures
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.place_words import short_places
from branchbook.services.rectifications import RECTIFICATION
from branchbook.services.store import Book, Reading, Writing

PLAN_TASKS, WEEKLY_PLAN = "plan_tasks", "weekly_plan"
"""The keys of the two ledgers."""

MEASURES: Mapping[str, str] = {
    "支部党员大会": "general_meetings",
    "支部委员会会议": "committee_meetings",
    "党小组会": "group_meetings",
    "党课": "party_lessons",
    "主题党日": "theme_party_days",
    "组织生活会": "organisational_life_meetings",
    "谈心谈话": "heart_to_heart_talks",
}
"""Kinds of activity, as the ledger of tasks offers them, with the measure that counts what was held."""

RESOLUTION, RECTIFIED = "决议", "整改"


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done beside the plan: an open resolution of a meeting, or a rectification.

    ``record_id`` is the meeting of a resolution, ``row_id`` the row of a rectification.
    """

    source: str
    title: str
    due_on: date | None
    responsible: str = ""
    place: str = ""
    record_id: UUID | None = None
    row_id: UUID | None = None

    def is_late(self, today: date) -> bool:
        """Whether its due day is over."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class PlanView:
    """A year's plan of an organisation and all below it, in the ledger's order, with what stands beside it."""

    year: int
    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    counts: tuple[PlannedCount, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week, named by its Monday: its lines, what earlier weeks left over, tasks and duties due by its end.

    ``due`` are tasks that no line of the week has taken up.
    """

    week: date
    entries: tuple[WeekEntry, ...]
    left_over: tuple[WeekEntry, ...]
    due: tuple[Task, ...]
    duties: tuple[Duty, ...]


def plan_view(reading: Reading, organisation_id: UUID, year: int, today: date) -> PlanView:
    """The plan of a year: tasks begun in it, and earlier ones that were not done before it."""
    tasks = plan_tasks(reading, organisation_id, year, today)
    return PlanView(
        year,
        tasks,
        open_duties(reading, organisation_id, today),
        planned_counts(reading, organisation_id, year, tasks),
    )


def plan_tasks(reading: Reading, organisation_id: UUID, year: int, today: date) -> tuple[Task, ...]:
    """The tasks of a year, in the ledger's order."""
    ledger = ledger_of(reading, PLAN_TASKS)
    rows = rows_of(reading, ledger, organisation_id, Period.of_year(year))
    places = _places(reading, rows, today)
    words = RowWords(reading, ledger, rows)
    return tuple(_task(ledger, words, row, places.get(row.organisation_id, "")) for row in rows)


def planned_counts(
    reading: Reading, organisation_id: UUID, year: int, tasks: Sequence[Task]
) -> tuple[PlannedCount, ...]:
    """Every planned kind of activity with how often it was held in the year, as the statistics count it."""
    planned = planned_in(tasks, year)
    by_key = {each.key: each for each in shipped_measures().measures}
    chosen = {each: by_key[MEASURES[each]] for each in planned if MEASURES.get(each) in by_key}
    period = Dates(date(year, 1, 1), date(year, 12, 31))
    found = count(reading, period, organisation_id, tuple(chosen.values())) if chosen else ()
    held = {each.measure.key: None if each.value is None else int(each.value) for each in found}
    return tuple(
        PlannedCount(each, planned[each], held.get(MEASURES.get(each, "")))
        for each in sorted(planned, key=lambda name: list(MEASURES).index(name) if name in MEASURES else 99)
    )


def open_duties(
    reading: Reading, organisation_id: UUID, today: date, until: date | None = None
) -> tuple[Duty, ...]:
    """Resolutions and rectifications that are not carried out, the earliest due first; with ``until``, due by then."""
    places = places_below(reading.roster(), organisation_id)
    found = [*_resolutions(reading, places, today), *_rectifications(reading, places, today)]
    if until is not None:
        found = [each for each in found if each.due_on is not None and each.due_on <= until]
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, each.source, each.title)))


def week_view(reading: Reading, organisation_id: UUID, day: date, today: date) -> WeekView:
    """The week in which a day lies."""
    week = week_of(day)
    entries = week_entries(reading, organisation_id, today)
    shown = tuple(each for each in entries if each.week == week)
    taken = {each.task for each in shown if each.task}
    tasks = plan_tasks(reading, organisation_id, (week + LAST_DAY).year, today)
    due = tuple(each for each in due_in_week(tasks, week) if link_to(LINK_ROW, each.id) not in taken)
    duties = open_duties(reading, organisation_id, today, week + LAST_DAY)
    return WeekView(week, shown, left_over(entries, week), due, duties)


def week_entries(reading: Reading, organisation_id: UUID, today: date) -> tuple[WeekEntry, ...]:
    """The lines of all weeks, in order of weeks and of entry; those without a week are missing."""
    ledger = ledger_of(reading, WEEKLY_PLAN)
    rows = rows_of(reading, ledger, organisation_id)
    places = _places(reading, rows, today)
    return tuple(
        _entry(row, day, places.get(row.organisation_id, ""))
        for row in rows
        if (day := row.day("week_on")) is not None
    )


# ------------------------------------------------------------------------------------------- written


def move_task(book: Book, row_id: UUID, state: TaskState, actor: Actor) -> Outcome[LedgerRow]:
    """Put a task into another column of the board: done, it is done today; taken back, no longer on any day.

    Raises RefusedProblem where the task is gone or begins only later.
    """
    with operate(book, actor, f"工作任务改为{state}") as operating:
        row = still_there(operating.writing, LedgerRow, row_id, "这项任务")
        done = (row.text("done_on") or actor.today.isoformat()) if state is TaskState.DONE else ""
        changed = _written(operating.writing, row, {"progress": str(state), "done_on": done}, actor)
    return Outcome(changed, operating.changes)


def take_up(book: Book, row_id: UUID, day: date, actor: Actor) -> Outcome[LedgerRow]:
    """Put a task into the plan of the week in which a day lies. Raises RefusedProblem where it stands there."""
    week = week_of(day)
    with operate(book, actor, "任务列入周计划") as operating:
        writing = operating.writing
        task = still_there(writing, LedgerRow, row_id, "这项任务")
        link = link_to(LINK_ROW, row_id)
        for each in writing.ledger_rows(WEEKLY_PLAN):
            day_of = each.day("week_on")
            if each.text("task") == link and day_of is not None and week_of(day_of) == week:
                raise RefusedProblem("这一周的计划里已有这项任务", task.text("task"), "不必再列")
        values: dict[str, FieldValue] = {
            "week_on": week.isoformat(),
            "content": task.text("task"),
            "task": link,
        }
        people = {key: refs for key, refs in task.people.items() if key == "responsible"}
        row = LedgerRow(uuid4(), WEEKLY_PLAN, task.organisation_id, values, people, created_at=actor.now)
        added = put_new(writing, row, actor)
    return Outcome(added, operating.changes)


def carry_over(book: Book, organisation_id: UUID, day: date, actor: Actor) -> Outcome[int]:
    """Begin a week's plan with everything that earlier weeks left over, as one operation; gives the number of lines.

    Every line stays where it was, with the week to which it was carried. Raises RefusedProblem where nothing is left.
    """
    week = week_of(day)
    with operate(book, actor, f"结转到 {week} 这一周") as operating:
        writing = operating.writing
        waiting = left_over(week_entries(writing, organisation_id, actor.today), week)
        if not waiting:
            raise RefusedProblem("前几周没有未完成的事项", f"{week} 这一周", "可以直接登记新的计划事项")
        for each in waiting:
            _carry(writing, still_there(writing, LedgerRow, each.id, "这一行"), week, actor)
    return Outcome(len(waiting), operating.changes)


def finish(book: Book, row_id: UUID, done: bool, actor: Actor) -> Outcome[LedgerRow]:
    """Note that a line of a week was done today, or take that back."""
    label = "周计划事项完成" if done else "撤回周计划事项完成"
    with operate(book, actor, label) as operating:
        row = still_there(operating.writing, LedgerRow, row_id, "这一行")
        day = (row.text("done_on") or actor.today.isoformat()) if done else ""
        values = {"done_on": day, "result": str(TaskState.DONE) if done else ""}
        changed = _written(operating.writing, row, values, actor)
    return Outcome(changed, operating.changes)


# -------------------------------------------------------------------------------------------- inside


def _written(writing: Writing, row: LedgerRow, values: Mapping[str, str], actor: Actor) -> LedgerRow:
    """Write values of a row. A field that the user hid keeps what it had: that is refused, and not passed over."""
    ledger = ledger_of(writing, row.ledger)
    shown = {each.key for each in ledger.shown}
    for key in values:
        spec = ledger.field(key)
        if spec is not None and key not in shown:
            raise RefusedProblem(f"“{spec.label}”这一栏已隐藏", ledger.name, "请在设置的台账里重新显示这一栏")
    return put_changed(writing, replace(row, values={**row.values, **values}), actor)


def _carry(writing: Writing, row: LedgerRow, week: date, actor: Actor) -> None:
    before = row.day("week_on")
    kept = {key: row.values[key] for key in ("content", "task") if key in row.values}
    values = {
        **kept,
        "week_on": week.isoformat(),
        "carried_from": week_of(before).isoformat() if before else "",
    }
    _written(writing, row, {"carried_to": week.isoformat()}, actor)
    fresh = LedgerRow(uuid4(), row.ledger, row.organisation_id, values, row.people, created_at=actor.now)
    put_new(writing, fresh, actor)


def _places(reading: Reading, rows: Sequence[LedgerRow], today: date) -> Mapping[UUID, str]:
    return short_places(reading.roster(), tuple(dict.fromkeys(row.organisation_id for row in rows)), today)


def _task(ledger: Ledger, words: RowWords, row: LedgerRow, place: str) -> Task:
    """A task that has no day on which it was done is not done, whatever its state says: so the Desk sees it too."""
    done_on = row.day("done_on")
    doing = row.text("progress") in (TaskState.DOING, TaskState.DONE)
    link = ledger.field("meeting")
    return Task(
        row.id,
        row_title(ledger, row, limit=200),
        row.text("category"),
        TaskState.DONE if done_on else TaskState.DOING if doing else TaskState.WAITING,
        row.day("begin_on"),
        row.day("due_on"),
        done_on,
        _names(row),
        row.text("unit"),
        row.text("outcome"),
        words.words(row, link) if link else "",
        row.text("activity"),
        row.units("planned"),
        place,
    )


def _entry(row: LedgerRow, day: date, place: str) -> WeekEntry:
    from_on, to_on = row.day("carried_from"), row.day("carried_to")
    return WeekEntry(
        row.id,
        week_of(day),
        " ".join(row.text("content").split()),
        _names(row),
        row.day("done_on"),
        row.text("result"),
        row.text("outcome"),
        week_of(from_on) if from_on else None,
        week_of(to_on) if to_on else None,
        row.text("task"),
        place,
    )


def _names(row: LedgerRow) -> str:
    return "、".join(each.name for each in row.people.get("responsible", ()))


def _resolutions(reading: Reading, places: Sequence[UUID], today: date) -> Iterator[Duty]:
    passed = reading.resolutions(tuple(places), True)
    names = short_places(
        reading.roster(), tuple(dict.fromkeys(each.organisation_id for each in passed)), today
    )
    for each in passed:
        people = "、".join(person.name for person in each.resolution.responsible)
        title = " ".join((each.item_title or each.resolution.text).split())
        yield Duty(
            RESOLUTION,
            title,
            each.resolution.due_on,
            people,
            names.get(each.organisation_id, ""),
            record_id=each.record_id,
        )


def _rectifications(reading: Reading, places: Sequence[UUID], today: date) -> Iterator[Duty]:
    ledger = ledger_of(reading, RECTIFICATION)
    rows = [row for row in reading.ledger_rows(RECTIFICATION, tuple(places)) if is_open(ledger, row)]
    names = _places(reading, rows, today)
    for row in rows:
        yield Duty(
            RECTIFIED,
            row_title(ledger, row, limit=200),
            row.day(ledger.due_field),
            _names(row),
            names.get(row.organisation_id, ""),
            row_id=row.id,
        )
