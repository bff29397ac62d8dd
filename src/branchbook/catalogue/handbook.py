"""《党支部工作手册》: its parts in order. The user ticks them off; a blank handbook has so many sheets of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.ledgers import Ledger
from branchbook.domain.organisations import OrganisationKind


class PartSource(StrEnum):
    """Where a part's sheets come from."""

    PAGE = "page"  # one paper of the organisation or year, printed even when it has nothing to say
    TABLE = "table"  # one paper of the organisation or year, left out when it has no rows
    RECORDS = "records"  # the year's records of one kind
    PHOTOS = "photos"  # the photos of the year's records
    ELECTIONS = "elections"  # one paper of each election finished in the year
    EVALUATION = "evaluation"  # one paper of the year's evaluation, left out before it says something


@dataclass(frozen=True, slots=True)
class HandbookPart:
    """One part that can be ticked off. ``paper`` is its paper's key, ``kind`` the kind of its records.

    ``blank_sheets`` is how many empty sheets a blank handbook has of it. ``front`` parts carry no page
    number. ``within`` names the chapter that a part belongs to, when it is not one of its own.
    """

    key: str
    title: str
    source: PartSource
    paper: str = ""
    kind: str = ""
    blank_sheets: int = 1
    ticked: bool = True
    front: bool = False
    within: str = ""


_ABOUT_THE_BRANCH = "组织概况"
_EVALUATION = "民主评议党员"
_LEDGERS = "台账"
_OTHER_LEDGERS = frozenset({"dues", "weekly_plan", "file_contents"})
"""Ledgers with papers of their own in the handbook, of a single week, or of a single file."""
_NOT_FOR_ALL_EYES = frozenset({"integrity_reminders", "ideological_risks", "hardship_members"})
"""Kept out of a handbook that lies open unless they are ticked."""


def _page(key: str, title: str, *, within: str = "", ticked: bool = True) -> HandbookPart:
    return HandbookPart(key, title, PartSource.PAGE, paper=key, within=within, ticked=ticked)


def _front(key: str, title: str) -> HandbookPart:
    return HandbookPart(key, title, PartSource.PAGE, paper=key, front=True)


def _records(kind: str, title: str, blank_sheets: int, *, ticked: bool = True) -> HandbookPart:
    return HandbookPart(kind, title, PartSource.RECORDS, kind=kind, blank_sheets=blank_sheets, ticked=ticked)


def _table(key: str, title: str) -> HandbookPart:
    return HandbookPart(key, title, PartSource.TABLE, paper=key)


def _ledgers() -> list[Ledger]:
    """Those that go into the handbook, in their order; those not for all eyes come last, each ticked by itself."""
    chosen = (each for each in shipped_ledgers().ledgers if each.key not in _OTHER_LEDGERS)
    return sorted(chosen, key=lambda each: each.key in _NOT_FOR_ALL_EYES)


def _ledger(ledger: Ledger) -> HandbookPart:
    """The year's rows of a ledger; a blank handbook has a sheet of it only where that is asked for."""
    return HandbookPart(
        f"ledger_{ledger.key}",
        ledger.name,
        PartSource.TABLE,
        paper=f"ledger:{ledger.key}",
        blank_sheets=0,
        ticked=ledger.key not in _NOT_FOR_ALL_EYES,
        within="" if ledger.key in _NOT_FOR_ALL_EYES else _LEDGERS,
    )


def _evaluation(key: str, title: str, paper: str, *, blank_sheets: int) -> HandbookPart:
    return HandbookPart(
        key, title, PartSource.EVALUATION, paper=paper, within=_EVALUATION, blank_sheets=blank_sheets
    )


PARTS: tuple[HandbookPart, ...] = (
    _front("handbook_cover", "封面"),
    _front("handbook_instructions", "使用说明"),
    _front("handbook_contents", "目录"),
    _page("branch_basics", "基本情况", within=_ABOUT_THE_BRANCH),
    HandbookPart(
        "committee_roster", "支部委员", PartSource.TABLE, paper="committee_roster", within=_ABOUT_THE_BRANCH
    ),
    HandbookPart(
        "group_roster", "党小组概况", PartSource.TABLE, paper="group_roster", within=_ABOUT_THE_BRANCH
    ),
    HandbookPart(
        "election_register",
        "换届改选情况",
        PartSource.ELECTIONS,
        paper="election:register",
        within=_ABOUT_THE_BRANCH,
    ),
    _page("member_roster", "党员花名册"),
    _page("dues_register", "党费收缴登记表"),
    _page("annual_work_plan", "年度工作计划"),
    _page("plan_schedule", "年度工作配档表", ticked=False),
    _records("general_meeting", "支部党员大会记录", 4),
    _records("committee_meeting", "支部委员会会议记录", 12),
    _records("group_meeting", "党小组会记录", 12),
    _records("party_lesson", "党课记录", 4),
    _records("theme_party_day", "主题党日活动记录", 12),
    _records("organisational_life_meeting", "组织生活会记录", 1),
    _records("democratic_evaluation", "民主评议党员记录", 1),
    _evaluation("evaluation_summary", "民主评议测评汇总表", "evaluation:summary", blank_sheets=1),
    _evaluation("evaluation_report", "民主评议结果报告", "evaluation:report", blank_sheets=0),
    _records("democratic_life_meeting", "民主生活会记录", 1),
    _records("heart_to_heart_talk", "谈心谈话记录", 4),
    _table("talk_summary", "谈心谈话汇总"),
    _records("dual_life_activity", "双重组织生活登记", 1, ticked=False),
    _table("dual_life", "双重组织生活"),
    *map(_ledger, _ledgers()),
    _table("attendance_year", "年度出勤统计"),
    HandbookPart("photo_page", "活动照片", PartSource.PHOTOS, paper="photo_page", blank_sheets=2),
    _page("requirement_summary", "年度组织生活落实情况"),
    _page("annual_work_summary", "年度工作总结"),
)

PART_BY_KEY = {part.key: part for part in PARTS}

RECORD_PARTS = tuple(part for part in PARTS if part.source == PartSource.RECORDS)

TICKED: frozenset[str] = frozenset(part.key for part in PARTS if part.ticked)
"""The parts of a handbook unless the user says otherwise."""

HANDBOOK_NAMES = {
    OrganisationKind.GENERAL_BRANCH: "党总支工作手册",
    OrganisationKind.BRANCH: "党支部工作手册",
}
"""Organisations that keep a handbook; a group's records stand in its branch's."""

GENERAL_BRANCH_TITLES = {
    "committee_roster": "委员名册",
    "group_roster": "所属党支部概况",
    "general_meeting": "党员大会记录",
    "committee_meeting": "委员会会议记录",
}
"""Parts that a general branch calls otherwise."""

BINDING_MM = 25.0
"""Room for binding at the left (forms in use: at least 2.5 cm)."""

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
