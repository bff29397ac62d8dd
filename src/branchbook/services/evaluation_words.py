"""Words that the services of the evaluation share: a sentence with its article, a grade's use."""

from __future__ import annotations

from datetime import date

from branchbook.domain.evaluation_count import Grade
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading

_USES = {
    Grade.EXCELLENT: "表扬，可作为表彰的依据",
    Grade.QUALIFIED: "肯定成绩，提出希望和要求",
    Grade.BASICALLY_QUALIFIED: "指出差距，帮助改进",
    Grade.UNQUALIFIED: "教育转化；确不合格的，按规定给予组织处置",
}


def cited(reading: Reading, day: date, rule_id: str, text: str) -> str:
    """A sentence with the article of the day in brackets; without one where no rule of the day is behind it."""
    rule = rulebook_of(reading).on(day).find(rule_id)
    return f"{text}（{rule.citation}）" if rule else text


def suggested_use(grade: Grade | None) -> str:
    """What follows from a grade (V-08), to be changed freely; empty without one."""
    return _USES[grade] if grade is not None else ""
