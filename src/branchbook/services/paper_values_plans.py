"""The values of the papers of plans: a year's time line, and a week planned, done and carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from branchbook.domain.papers import Value
from branchbook.domain.plans import LAST_DAY, Task, WeekEntry, time_line_of
from branchbook.services.paper_binding import Binding
from branchbook.services.paper_words import month_day
from branchbook.services.plans import Duty, WeekView, plan_tasks, week_view

TASK = "年度任务"


def time_line_values(binding: Binding) -> Mapping[str, Value]:
    """The tasks of the year, and where they stand on the day of printing."""
    place, today = binding.subject_organisation.id, binding.request.day
    tasks = plan_tasks(binding.reading, place, binding.year, today)
    return {"time_line": (time_line_of(binding.year, tasks, today),)}


def week_values(binding: Binding) -> Mapping[str, Value]:
    """The week in which the day of printing lies, whatever the year that was asked for."""
    day = binding.request.day
    view = week_view(binding.reading, binding.subject_organisation.id, day, day)
    return {
        "entries": tuple(_rows(view.entries)),
        "beside": tuple(_beside(view)) or ({"title": "无"},),
        "count": count_words(view),
    }


def week_words(week: date) -> str:
    """2026.11.23—11.29: a week by its first and last day."""
    end = week + LAST_DAY
    year = f"{end.year}." if end.year != week.year else ""
    return f"{month_day(week)}—{year}{end.month:02}.{end.day:02}"


def count_words(view: WeekView) -> str:
    """计划 5 项，完成 3 项，结转 1 项: how a week ends, or stands."""
    done = sum(each.is_done for each in view.entries)
    carried = sum(each.carried_to is not None for each in view.entries)
    open_ones = sum(each.is_left_over for each in view.entries)
    return f"计划 {len(view.entries)} 项，完成 {done} 项，结转 {carried} 项，未完成 {open_ones} 项"


def carried_words(entry: WeekEntry) -> str:
    """自 11.16 结转，转到 11.30; as much of it as there was."""
    words = [f"自 {_short(entry.carried_from)} 结转"] if entry.carried_from else []
    words += [f"转到 {_short(entry.carried_to)}"] if entry.carried_to else []
    return "，".join(words)


def _short(day: date) -> str:
    return f"{day.month}.{day.day}"


def _placed(title: str, place: str) -> str:
    return f"{title}（{place}）" if place else title


def _rows(entries: Sequence[WeekEntry]) -> Iterator[Mapping[str, str]]:
    for number, each in enumerate(entries, 1):
        yield {
            "number": str(number),
            "content": _placed(each.content, each.place),
            "responsible": each.responsible,
            "done_on": month_day(each.done_on),
            "result": each.result or ("已完成" if each.done_on else ""),
            "outcome": each.outcome,
            "carried": carried_words(each),
        }


def _beside(view: WeekView) -> Iterator[Mapping[str, str]]:
    tasks: Sequence[Task | Duty] = view.due
    for number, each in enumerate((*tasks, *view.duties), 1):
        yield {
            "beside_number": str(number),
            "source": TASK if isinstance(each, Task) else each.source,
            "title": _placed(each.title, each.place),
            "owner": each.responsible,
            "due_on": month_day(each.due_on),
        }
