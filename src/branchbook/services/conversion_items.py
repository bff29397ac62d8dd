"""What the Desk says about those who join: steps that are due, observations, the end, the meeting, approval."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from branchbook.domain.dates import add_months
from branchbook.domain.probation import ConversionNeed
from branchbook.services.conversions import (
    ConversionLine,
    MissingPart,
    conversion_shape,
    conversions_on,
    conversions_to_end,
)
from branchbook.services.due_items import DueItem, short_date
from branchbook.services.joining import ways_on
from branchbook.services.store import Reading

LOOK_AHEAD_MONTHS = 6
"""Probations that end within so many calendar months stand on the Desk."""

_SOON_DAYS = 31
_AT_THE_END = (ConversionNeed.APPLICATION, ConversionNeed.MEETING)


def conversion_items(reading: Reading, places: Collection[UUID], today: date) -> Iterator[DueItem]:
    """Who ends soonest first; each line with its article and a button that opens or begins the conversion."""
    for line in conversions_on(reading, today):
        if line.organisation_id in places:
            yield from _items(reading, line, today)
    for line in conversions_to_end(reading, today):
        if line.organisation_id in places:
            yield from (_part_item(line, each, today, "") for each in line.missing)


def joining_items(reading: Reading, places: Collection[UUID], today: date) -> Iterator[DueItem]:
    """Steps before the acceptance that are overdue, or due within a month."""
    for line in ways_on(reading, None, today):
        if line.organisation_id in places and line.due_on is not None:
            days = (line.due_on - today).days
            if days <= _SOON_DAYS:
                yield DueItem(
                    title=f"{line.name} {line.next_step}",
                    badge=f"逾期 {-days} 天" if days < 0 else f"还有 {days} 天",
                    tone="bad" if days < 0 else "warn",
                    detail=f"{short_date(line.due_on, today)}前",
                    article=line.article,
                    action="打开",
                    person_id=line.person_id,
                    organisation_id=line.organisation_id,
                    procedure_id=line.procedure_id,
                    about_joining=True,
                )


def _items(reading: Reading, line: ConversionLine, today: date) -> Iterator[DueItem]:
    begins = "" if line.procedure_id else conversion_shape(reading, line)
    observations = [each for each in line.missing if each.need is ConversionNeed.OBSERVATION]
    if observations:
        yield _part_item(line, observations[0], today, begins, len(observations))
    if line.probation is None:
        yield _item(
            line, "没有登记接收日期", "warn", "预备期无法推算，请在“党员”里补上入党时间", line.article, ""
        )
    elif any(each.need is ConversionNeed.APPROVAL for each in line.missing):
        yield from (
            _part_item(line, each, today, begins)
            for each in line.missing
            if each.need is ConversionNeed.APPROVAL
        )
    elif today >= add_months(line.probation.ends_on, -LOOK_AHEAD_MONTHS):
        yield _end_item(line, today, begins)


def _end_item(line: ConversionLine, today: date, begins: str) -> DueItem:
    """The end of the probation, and from a month before it what is to be done: the meeting never before the end."""
    assert line.probation is not None
    assert line.days_left is not None
    days, ends_on = line.days_left, line.probation.ends_on
    wanted = [each for each in line.missing if each.need in _AT_THE_END]
    meeting = next((each for each in wanted if each.need is ConversionNeed.MEETING), None)
    detail = f"{short_date(ends_on, today)}满"
    if meeting is not None and meeting.due_on > ends_on:
        detail += f"，推迟讨论到{short_date(meeting.due_on, today)}"
    elif days > 0 and wanted:
        detail += "，支部大会不得早于期满"
    if wanted:
        detail += f"，缺：{'、'.join(each.need_words for each in wanted)}"
    over = days < 0 and not (meeting is not None and meeting.due_on >= today)
    tone = "bad" if over else "warn" if days <= _SOON_DAYS else "quiet"
    badge = f"已满 {-days} 天" if days < 0 else f"还有 {days} 天"
    article = meeting.article if meeting else line.article
    return _item(line, badge, tone, detail, article, begins)


def _part_item(line: ConversionLine, part: MissingPart, today: date, begins: str, count: int = 1) -> DueItem:
    days = (part.due_on - today).days
    several = f" · 共 {count} 次" if count > 1 else ""
    owed_at_once = part.need in (ConversionNeed.OBSERVATION, ConversionNeed.TALK, ConversionNeed.ARCHIVE)
    detail = f"{short_date(part.due_on, today)}{'起应办' if owed_at_once else '前'}{several}"
    badge = f"逾期 {-days} 天" if days < 0 else f"还有 {days} 天"
    tone = "bad" if days < 0 else "warn" if days <= _SOON_DAYS else "quiet"
    if owed_at_once:
        badge, tone = (f"已过 {-days} 天", "warn") if days < 0 else ("应办", "warn")
    return _item(line, badge, tone, detail, part.article, begins, part.need_words)


def _item(
    line: ConversionLine, badge: str, tone: str, detail: str, article: str, begins: str, what: str = "转正"
) -> DueItem:
    return DueItem(
        title=f"预备党员 {line.name} {what}",
        badge=badge,
        tone=tone,
        detail=detail,
        article=article,
        action="打开" if line.procedure_id else "开始办理" if begins else "",
        person_id=line.person_id,
        organisation_id=line.organisation_id,
        procedure_id=line.procedure_id,
        begin_procedure=begins,
        about_joining=True,
    )
