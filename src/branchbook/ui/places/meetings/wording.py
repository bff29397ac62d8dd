"""The words of the Meetings place: titles, states, ordinals."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from branchbook.catalogue.kinds_list import kind_of
from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.records import Record, RecordState, RecordSummary
from branchbook.ui.theme import Tone

_DIGITS = "零一二三四五六七八九"


def kinds_text(kinds: tuple[str, ...]) -> str:
    """The names of all kinds of one record: 主题党日 · 党课."""
    return " · ".join(kind_of(key).name for key in kinds)


def record_title(record: Record | RecordSummary, organisation: Organisation | None, today: date) -> str:
    """What the record is: its kinds, and for a group's meeting the group (第二党小组会)."""
    name = organisation.name_on(record.held_on or today) if organisation else ""
    if organisation is not None and organisation.kind == OrganisationKind.GROUP:
        if record.kinds == ("group_meeting",) and name.endswith("小组"):
            return f"{name}会"
        return f"{name} {kinds_text(record.kinds)}"
    return kinds_text(record.kinds)


def state_badge(state: RecordState, late: bool) -> tuple[str, Tone]:
    """草稿, 已定稿, 已更正; a final record that was entered late is 补记."""
    if state == RecordState.DRAFT:
        return QCoreApplication.translate("Meetings", "草稿"), Tone.WARN
    if state == RecordState.CORRECTED:
        return QCoreApplication.translate("Meetings", "已更正"), Tone.QUIET
    if late:
        return QCoreApplication.translate("Meetings", "补记"), Tone.OK
    return QCoreApplication.translate("Meetings", "已定稿"), Tone.OK


def numeral(number: int) -> str:
    """1 … 99 in Chinese: 一, 十, 十一, 二十三; larger ones in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    if not tens:
        return _DIGITS[units]
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units else "")
