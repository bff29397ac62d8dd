"""The calendar of working days: one table a year, as shipped and as the book adds further years."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.working_days import HolidayTable, WorkCalendar
from branchbook.resources import resource_path
from branchbook.services.settings_reading import book_settings
from branchbook.services.shipped_rules import HOLIDAYS
from branchbook.services.store import Reading

_DAY = re.compile(r"(\d\d)-(\d\d)")
_KEYS = frozenset({"notice", "off", "work"})


@cache
def shipped_calendar() -> WorkCalendar:
    """The years that the program ships. Raises UnreadableProblem where the file is damaged."""
    path = resource_path("rules") / HOLIDAYS
    return WorkCalendar.of(parse_holidays(path.read_text(encoding="utf-8"), HOLIDAYS))


def work_calendar_of(reading: Reading) -> WorkCalendar:
    """The shipped years with those that the book adds; a year of the book replaces the shipped one.

    A text that a later version of the program cannot read any more adds nothing: such years are 暂算.
    """
    return _with_further(book_settings(reading).further_holidays)


@lru_cache(maxsize=4)
def _with_further(text: str) -> WorkCalendar:
    try:
        further = parse_holidays(text, HOLIDAYS)
    except UnreadableProblem:
        return shipped_calendar()
    return WorkCalendar.of((*shipped_calendar().tables.values(), *further)) if further else shipped_calendar()


def parse_holidays(text: str, where: str) -> tuple[HolidayTable, ...]:
    """The tables in a TOML text. Raises UnreadableProblem naming file, year and key."""
    try:
        years = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableProblem(
            "节假日表不是正确的 TOML", f"{where}：{error}", "请对照随程序附带的表检查"
        ) from None
    return tuple(_table(year, table, where) for year, table in years.items())


def _table(name: str, table: Any, where: str) -> HolidayTable:
    if not re.fullmatch(r"\d{4}", name) or not isinstance(table, Mapping):
        raise UnreadableProblem("节假日表的每一节应是一个年份", f"{where}：{name}", "例如 [2027]")
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        raise UnreadableProblem(
            "节假日表里有不认识的键", f"{where}：{name}.{unknown[0]}", "只用 notice、off、work"
        )
    year, notice = int(name), table.get("notice", "")
    if not isinstance(notice, str):
        raise UnreadableProblem("通知文号应是文字", f"{where}：{name}.notice", "例如 国办发明电〔2025〕7号")
    off, work = (_days(year, table.get(key, []), f"{where}：{name}.{key}") for key in ("off", "work"))
    for day in off | work:
        if (day.weekday() < 5) != (day in off):
            right = "off 只写周一至周五，work 只写周六、周日"
            raise UnreadableProblem("节假日表里的日子放错了一栏", f"{where}：{day}", right)
    return HolidayTable(year, off, work, notice)


def _days(year: int, values: Any, where: str) -> frozenset[date]:
    if not isinstance(values, list):
        raise UnreadableProblem("应是一列日期", where, '例如 ["10-01", "10-02"]')
    return frozenset(_day(year, value, where) for value in values)


def _day(year: int, value: Any, where: str) -> date:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        if found:
            return date(year, int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise UnreadableProblem("没有这一天，日期写成 MM-DD", f"{where}：{value}", '例如 "10-01"')
