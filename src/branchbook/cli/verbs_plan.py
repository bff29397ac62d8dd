"""plan: the tasks of a year with what stands beside them, or one week."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from branchbook.cli.choosing import day_argument, organisation_or_all
from branchbook.cli.parsing import year_argument
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.plans import Task, WeekEntry
from branchbook.services.paper_values_plans import carried_words, count_words, week_words
from branchbook.services.plans import Duty, PlanView, WeekView, plan_view, week_view


def add_verbs(verbs: Any) -> None:
    """Add the verb to the parser's sub-commands."""
    plan = verbs.add_parser("plan", help="年度工作任务、计划与实际的次数，或者一周的计划和小结")
    plan.add_argument("book", type=Path, metavar="BOOK", help="簿文件")
    plan.add_argument("--year", type=year_argument, metavar="N", help="哪一年，默认今年")
    plan.add_argument("--week", type=day_argument, metavar="DATE", help="只看这一天所在的周")
    plan.add_argument("--branch", metavar="NAME", help="只看这个支部，默认全簿")
    plan.add_argument("--json", action="store_true", help="以 JSON 输出")
    plan.accept_passphrase()
    plan.set_defaults(run=run_plan)


def run_plan(arguments: argparse.Namespace, around: Surroundings) -> int:
    """A year's tasks by due day, or with ``--week`` one week."""
    today = around.now.date()
    with around.book(arguments.book, writable=False) as book, book.reading() as reading:
        place = organisation_or_all(reading.roster(), arguments.branch, today)
        if arguments.week:
            _tell_week(week_view(reading, place, arguments.week, today), arguments, around, today)
        else:
            view = plan_view(reading, place, arguments.year or today.year, today)
            _tell_year(view, arguments, around, today)
    return 0


def _tell_year(view: PlanView, arguments: argparse.Namespace, around: Surroundings, today: date) -> None:
    if arguments.json:
        around.report(
            {
                "year": view.year,
                "tasks": [_task_as_json(each, today) for each in view.tasks],
                "duties": [_duty_as_json(each, today) for each in view.duties],
                "counts": [
                    {"activity": each.activity, "planned": each.planned, "held": each.held}
                    for each in view.counts
                ],
            }
        )
        return
    for task in view.tasks:
        around.say(_task_words(task, today))
    for duty in view.duties:
        around.say(_duty_words(duty, today))
    for each in view.counts:
        held = "没有记录" if each.held is None else f"已开展 {each.held}"
        around.say(f"{each.activity}：计划 {each.planned}，{held}")
    late = sum(each.is_late(today) for each in view.tasks)
    around.say(f"{view.year} 年：任务 {len(view.tasks)} 项，逾期 {late} 项")


def _tell_week(view: WeekView, arguments: argparse.Namespace, around: Surroundings, today: date) -> None:
    if arguments.json:
        around.report(
            {
                "week": view.week.isoformat(),
                "entries": [_entry_as_json(each) for each in view.entries],
                "left_over": [_entry_as_json(each) for each in view.left_over],
                "due": [_task_as_json(each, today) for each in view.due],
                "duties": [_duty_as_json(each, today) for each in view.duties],
            }
        )
        return
    for entry in view.entries:
        mark = "已完成" if entry.is_done else "未完成"
        parts = (mark, entry.place, entry.content, entry.responsible, carried_words(entry), entry.outcome)
        around.say("  ".join(" ".join(part.split()) for part in parts if part))
    for entry in view.left_over:
        around.say(f"前几周剩下：{entry.content}（{week_words(entry.week)}）")
    for task in view.due:
        around.say(_task_words(task, today))
    for duty in view.duties:
        around.say(_duty_words(duty, today))
    around.say(f"{week_words(view.week)}：{count_words(view)}")


def _task_words(task: Task, today: date) -> str:
    late = task.days_late(today)
    due = f"{task.due_on} 前" if task.due_on else ""
    mark = f"【逾期 {late} 天】" if task.is_late(today) else f"晚 {late} 天" if late else ""
    parts = (task.state, task.place, task.title, task.responsible, due, task.link, mark)
    return "  ".join(part for part in parts if part)


def _duty_words(duty: Duty, today: date) -> str:
    due = f"{duty.due_on} 前" if duty.due_on else ""
    parts = (duty.source, duty.place, duty.title, duty.responsible, due)
    return "  ".join(part for part in (*parts, "【逾期】" if duty.is_late(today) else "") if part)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _task_as_json(task: Task, today: date) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "organisation": task.place,
        "category": task.category,
        "task": task.title,
        "state": str(task.state),
        "responsible": task.responsible,
        "begin_on": _day(task.begin_on),
        "due_on": _day(task.due_on),
        "done_on": _day(task.done_on),
        "days_late": task.days_late(today),
        "record": task.link,
    }


def _duty_as_json(duty: Duty, today: date) -> dict[str, Any]:
    return {
        "source": duty.source,
        "title": duty.title,
        "responsible": duty.responsible,
        "due_on": _day(duty.due_on),
        "late": duty.is_late(today),
        "record": str(duty.record_id) if duty.record_id else None,
        "row": str(duty.row_id) if duty.row_id else None,
    }


def _entry_as_json(entry: WeekEntry) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "week": entry.week.isoformat(),
        "content": entry.content,
        "responsible": entry.responsible,
        "done": entry.is_done,
        "done_on": _day(entry.done_on),
        "outcome": entry.outcome,
        "carried_from": _day(entry.carried_from),
        "carried_to": _day(entry.carried_to),
    }
