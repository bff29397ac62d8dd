"""Public notices (公示): whether a notice ran its working days, by the calendar of the State Council's notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from branchbook.domain.procedures import StepEntry
from branchbook.domain.tally_findings import Finding, Level
from branchbook.domain.working_days import PROVISIONAL_MARK
from branchbook.services.step_cases import StepCase

ENDS_ON = "ends_on"
LOCAL_WORKING_DAYS = 5
"""How long a notice before a conversion runs where one is given: practice, no article."""


def notice_faults(
    case: StepCase, notice: StepEntry, least: int, short: Level, *rule_ids: str
) -> Iterator[Finding]:
    """A notice that ends before it begins, or ran fewer than ``least`` working days (level ``short``).

    Where a year on the way has no table the count is 暂算: then it is never more than a warning.
    """
    begins_on, ends_on = notice.done_on, notice.day(ENDS_ON)
    if begins_on is None or ends_on is None:
        return
    if ends_on < begins_on:
        yield Finding(Level.ERROR, "", "", f"公示截止 {ends_on} 早于公示开始 {begins_on}")
        return
    counted = case.calendar.working_days(begins_on, ends_on)
    provisional = not _known(case, begins_on, ends_on)
    wanted = case.calendar.last_day(begins_on, least)
    said = f"公示 {begins_on} 至 {ends_on} 共 {counted} 个工作日"
    if counted < least:
        text = f"{said}{_mark(provisional)}，应不少于 {least} 个，到 {wanted.words} 才满"
        yield case.finding(Level.WARNING if provisional else short, text, *rule_ids)
    elif provisional:
        text = f"{said}{_mark(provisional)}，没有当年的放假通知，请核对"
        yield case.finding(Level.WARNING, text, *rule_ids)


def _known(case: StepCase, begins_on: date, ends_on: date) -> bool:
    return case.calendar.knows(begins_on) and case.calendar.knows(ends_on)


def _mark(provisional: bool) -> str:
    return f"（{PROVISIONAL_MARK}）" if provisional else ""
