"""The handbook's parts, in the order of 《党支部工作手册》 (forms F)."""

import pytest

from branchbook.catalogue.handbook import PART_BY_KEY, PARTS, RECORD_PARTS, TICKED, PartSource
from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.papers_list import paper_for_kind, paper_of

NOT_FOR_ALL_EYES = {"ledger_integrity_reminders", "ledger_ideological_risks", "ledger_hardship_members"}


def position(key: str) -> int:
    return [part.key for part in PARTS].index(key)


def test_the_order_is_that_of_the_handbook():
    order = (
        "handbook_cover",
        "handbook_instructions",
        "handbook_contents",
        "branch_basics",
        "committee_roster",
        "group_roster",
        "member_roster",
        "annual_work_plan",
        "general_meeting",
        "committee_meeting",
        "group_meeting",
        "party_lesson",
        "theme_party_day",
        "organisational_life_meeting",
        "democratic_evaluation",
        "evaluation_summary",
        "evaluation_report",
        "democratic_life_meeting",
        "heart_to_heart_talk",
        "talk_summary",
        "dual_life",
        "attendance_year",
        "photo_page",
        "requirement_summary",
        "annual_work_summary",
    )
    assert [position(key) for key in order] == sorted(position(key) for key in order)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_every_part_has_a_paper_or_a_kind(part):
    if part.source == PartSource.RECORDS:
        assert paper_for_kind(part.kind)
    else:
        assert paper_of(part.paper)


def test_every_kind_of_meeting_has_its_part():
    meetings = {key for key, kind in KIND_BY_KEY.items() if kind.is_meeting}
    assert {part.kind for part in RECORD_PARTS} == meetings


@pytest.mark.parametrize(
    "key, sheets",
    [("general_meeting", 4), ("committee_meeting", 12), ("group_meeting", 12), ("party_lesson", 4),
     ("theme_party_day", 12), ("organisational_life_meeting", 1)],
)  # fmt: skip
def test_a_blank_handbook_has_sheets_for_a_year_of_each(key, sheets):
    assert PART_BY_KEY[key].blank_sheets == sheets


def test_only_the_schedule_and_single_activities_are_left_out_unless_asked_for():
    assert set(PART_BY_KEY) - TICKED == {"plan_schedule", "dual_life_activity", *NOT_FOR_ALL_EYES}
