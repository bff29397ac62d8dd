"""One sentence about where a person stands on the way of joining, for the person's page."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from branchbook.domain.stages import Stage
from branchbook.services.conversions import conversions_to_end
from branchbook.services.joining import StageLine, stages_on
from branchbook.services.store import Reading
from branchbook.services.words import word_of


def stage_sentence(reading: Reading, person_id: UUID, day: date) -> str:
    """预备期 2026-03-19 起，2027-03-19 满，还有 115 天；缺：…; empty for someone who is not on the way."""
    branch = reading.roster().branch_of(person_id, day)
    if branch is None:
        return ""
    for line in stages_on(reading, branch.id, day):
        if line.person_id == person_id:
            return _probation_words(line) if line.stage is Stage.PROBATIONARY else _way_words(line)
    for owed in conversions_to_end(reading, day, branch.id):
        if owed.person_id == person_id:
            return _joined(
                "转正已批准", f"缺：{'、'.join(each.need_words for each in owed.missing)}", owed.article
            )
    return ""


def _probation_words(line: StageLine) -> str:
    conversion = line.conversion
    if conversion is None or conversion.probation is None or conversion.days_left is None:
        return "没有登记支部大会接收日期，预备期无法推算"
    probation, left = conversion.probation, conversion.days_left
    until = f"还有 {left} 天" if left >= 0 else f"已满 {-left} 天"
    extended = "（已延长）" if probation.extension else ""
    said = f"预备期 {probation.accepted_on} 起，{probation.ends_on} 满{extended}，{until}"
    return _joined(said, f"缺：{'、'.join(line.missing)}" if line.missing else "", conversion.article)


def _way_words(line: StageLine) -> str:
    said = f"{word_of(line.stage)}，{line.since} 起" if line.since else word_of(line.stage)
    due = f"（{line.due_on} 前{'，已逾期' if line.overdue else ''}）" if line.due_on else ""
    return _joined(said, f"下一步：{line.next_step}{due}" if line.next_step else "", line.article)


def _joined(said: str, more: str, article: str) -> str:
    return "；".join(filter(None, (said, more, f"依据：{article}" if article else "")))
