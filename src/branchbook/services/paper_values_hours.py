"""The values of 党员教育培训学时统计表: hours from meetings and from training, the floor, and who is below it."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.services.education_hours import HoursLine, HoursView, floor_words, hours_of_year, hours_words
from branchbook.services.paper_binding import Binding


def hours_values(binding: Binding) -> Mapping[str, Value] | None:
    """One row for each member; blank where the organisation is no branch."""
    place = binding.subject_organisation
    if place.kind != OrganisationKind.BRANCH:
        return None
    view = hours_of_year(binding.reading, place.id, binding.year, binding.request.day)
    rows = tuple(_row(number, line) for number, line in enumerate(view.lines, 1))
    return {"rows": rows, "notes": (Paragraph(hours_note(view), ParagraphStyle.NOTE),)}


def _row(number: int, line: HoursLine) -> Mapping[str, str]:
    return {
        "number": str(number),
        "name": line.name,
        "meetings": hours_words(line.meeting_tenths) if line.meeting_tenths else "",
        "training": hours_words(line.training_tenths) if line.training_tenths else "",
        "total": hours_words(line.hours.tenths) if line.hours.entries else "",
        "floor": str(line.hours.floor) if line.hours.rule else "",
        "missing": hours_words(line.hours.missing) if line.hours.is_below else "",
        "note": "书记、委员" if line.leads else "",
    }


def hours_note(view: HoursView) -> str:
    """As of when, what counts, what is asked for and by which article."""
    asked = "；".join(f"不少于 {floor}：{article}" for floor, article in floor_words(view.lines).items())
    parts = [
        f"截至 {view.day}，会议按起止时间、每学时 {view.study_hour.value} 分钟（待核实），培训按台账登记的学时",
        f"没有起止时间的会议 {view.untimed} 次，未计入" if view.untimed else "",
        asked,
    ]
    return "。".join(filter(None, parts)) + "。"
