"""The words of the Elections place: days, states of steps with their icons, titles of elections."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure, StepStanding, StepState


def short_day(day: date, today: date) -> str:
    """8 月 20 日, with its year only where it is not this one."""
    if day.year == today.year:
        return QCoreApplication.translate("Elections", "{month} 月 {day} 日").format(
            month=day.month, day=day.day
        )
    return QCoreApplication.translate("Elections", "{year} 年 {month} 月 {day} 日").format(
        year=day.year, month=day.month, day=day.day
    )


def step_icon(standing: StepStanding, *, is_next: bool) -> tuple[str, str, str]:
    """How a step is marked on the time line: icon, token of its colour, and what it means in a word."""
    if standing.state == StepState.DONE:
        return "circle-check", "ok", QCoreApplication.translate("Elections", "已完成")
    if standing.overdue:
        return "circle-alert", "bad", QCoreApplication.translate("Elections", "逾期")
    if standing.state == StepState.NOT_NEEDED:
        return "circle-minus", "dim", QCoreApplication.translate("Elections", "不需要")
    if standing.state == StepState.BEGUN:
        return "circle-dot", "accent", QCoreApplication.translate("Elections", "进行中")
    if is_next:
        return "circle-dot", "accent", QCoreApplication.translate("Elections", "下一步")
    return "circle", "dim", QCoreApplication.translate("Elections", "未开始")


def step_summary(standing: StepStanding, given: str, today: date, *, is_next: bool) -> str:
    """The one line under a step's name: what was done, else what is to be done."""
    if standing.entry.done_on is not None:
        return given or short_day(standing.entry.done_on, today)
    if standing.state == StepState.NOT_NEEDED:
        return ""
    if standing.due_on is not None:
        if standing.overdue:
            late = (today - standing.due_on).days
            return QCoreApplication.translate("Elections", "应于 {day} 前 · 逾期 {n} 天").format(
                day=short_day(standing.due_on, today), n=late
            )
        return QCoreApplication.translate("Elections", "{day} 前").format(
            day=short_day(standing.due_on, today)
        )
    if standing.state == StepState.BEGUN:
        return given or QCoreApplication.translate("Elections", "进行中")
    return QCoreApplication.translate("Elections", "下一步") if is_next else ""


def procedure_title(procedure: Procedure) -> str:
    """2026 年换届选举（设支委会）; of an evaluation the year that is evaluated."""
    return QCoreApplication.translate("Elections", "{year} 年{name}").format(
        year=procedure.year or procedure.begun_on.year, name=shape_of(procedure.shape).name
    )
