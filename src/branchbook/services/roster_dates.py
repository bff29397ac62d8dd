"""Dates as rosters have them: a whole day, only a month, or the serial number of a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from branchbook.domain.dates import parse_date
from branchbook.domain.problems import RefusedProblem

_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})\s*年?")
_SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
_WITH_TIME = re.compile(r"(.+?)[ T]\d{1,2}:\d{2}(:\d{2})?")
_LOST_ZERO = re.compile(r"\d{4}\.1")
_SERIAL_EPOCH = date(1899, 12, 30)
_EARLIEST = date(1900, 1, 1)
_FIRST_SERIAL = 3000
"""Below it (1908) four digits are a year, not a day's serial number."""


class Precision(Enum):
    """How much of a date a cell gives."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date read from a cell; where only the month or year was given, its first day.

    ``doubt`` says in Chinese what the user should check, if anything.
    """

    day: date
    precision: Precision = Precision.DAY
    doubt: str = ""


def read_date(text: str, today: date) -> ReadDate:
    """2019-07-01, 2019.7.1, 2019年7月1日, 20190701, 2019.7, 2019年7月, 201907, 2019, or a serial number (43647).

    Raises RefusedProblem for anything else, for a year before 1900, and for a day after ``today``.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    timed = _WITH_TIME.fullmatch(plain)
    if timed:
        plain = timed[1]
    found = _month_or_serial(plain, text) or ReadDate(_whole_day(plain, today))
    if found.day < _EARLIEST:
        raise RefusedProblem("年份早于 1900 年", text, "请核对年份")
    if found.day > today:
        raise RefusedProblem("日期在今天之后", text, "请核对年份")
    return found


def _whole_day(plain: str, today: date) -> date:
    # A day without a year means this year in a meeting's date, but nothing in a roster.
    if len(re.findall(r"\d+", plain)) < 3 and not plain.isdigit():
        raise RefusedProblem("看不懂这个日期", plain, "请写成 2019-07-01、2019.7 或 2019年7月1日")
    try:
        return parse_date(plain, today)
    except RefusedProblem as problem:
        raise RefusedProblem(problem.what, plain, "请写成 2019-07-01、2019.7 或 2019年7月1日") from None


def _month_or_serial(plain: str, text: str) -> ReadDate | None:
    for pattern in (_MONTH, _COMPACT_MONTH):
        found = pattern.fullmatch(plain)
        if found and 1 <= int(found[2]) <= 12 and 1900 <= int(found[1]) <= 2100:
            doubt = ""
            if _LOST_ZERO.fullmatch(plain):
                doubt = f"“{text}”按 1 月读取；若原来写的是 {plain}0（10 月），Excel 会去掉末尾的 0，请核对"
            return ReadDate(date(int(found[1]), int(found[2]), 1), Precision.MONTH, doubt)
    if _SERIAL.fullmatch(plain) and (len(plain.split(".")[0]) == 5 or float(plain) < 1900):
        return _from_serial(int(float(plain)))
    found = _YEAR.fullmatch(plain)
    if found and int(found[1]) >= 1900:
        doubt = f"“{text}”只有年份，按 1 月 1 日读取，请补全月、日"
        return ReadDate(date(int(found[1]), 1, 1), Precision.YEAR, doubt)
    return None


def _from_serial(serial: int) -> ReadDate | None:
    if serial < _FIRST_SERIAL:
        return None
    return ReadDate(_SERIAL_EPOCH + timedelta(days=serial))


def says_the_same(read: ReadDate, known: date | None) -> bool:
    """Whether a cell agrees with the book as far as it goes: the same day, month or year."""
    if known is None:
        return False
    if read.precision is Precision.DAY:
        return read.day == known
    same_year = read.day.year == known.year
    return same_year and (read.precision is Precision.YEAR or read.day.month == known.month)
