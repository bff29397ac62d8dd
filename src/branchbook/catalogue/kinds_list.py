"""The kinds that BranchBook knows. A new kind is one file in ``meetings`` and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from branchbook.catalogue.kinds import RecordKind
from branchbook.catalogue.meetings import (
    committee_meeting,
    democratic_evaluation,
    democratic_life_meeting,
    dual_life_activity,
    general_meeting,
    group_meeting,
    heart_to_heart_talk,
    organisational_life_meeting,
    party_lesson,
    theme_party_day,
    work_plan,
    work_summary,
)
from branchbook.domain.problems import UnreadableProblem

KINDS: tuple[RecordKind, ...] = (
    general_meeting.KIND,
    committee_meeting.KIND,
    group_meeting.KIND,
    party_lesson.KIND,
    theme_party_day.KIND,
    organisational_life_meeting.KIND,
    democratic_evaluation.KIND,
    democratic_life_meeting.KIND,
    heart_to_heart_talk.KIND,
    dual_life_activity.KIND,
    work_plan.KIND,
    work_summary.KIND,
)

KIND_BY_KEY: Mapping[str, RecordKind] = {kind.key: kind for kind in KINDS}


def kind_of(key: str) -> RecordKind:
    """The kind with this key. Raises UnreadableProblem for a key that the program does not know."""
    try:
        return KIND_BY_KEY[key]
    except KeyError:
        raise UnreadableProblem("不认识的记录种类", key, "请用本程序的新版本打开，或检查种类的写法") from None
