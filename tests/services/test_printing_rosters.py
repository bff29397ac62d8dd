"""Papers about a branch on a day: whoever held a post then, whoever was a member then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from branchbook.catalogue.kinds_list import KINDS
from branchbook.domain.identity_number import mask
from branchbook.domain.papers import GridRows, Paragraph, Sheet
from branchbook.domain.records import AttachmentKind
from branchbook.services.evidence import missing_evidence
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.settings import change_setting
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    GENERAL_BRANCH,
    HANDOVER,
    NAMES,
    TODAY,
    Sample,
    attach_photo,
    person,
    sample,
)


@pytest.fixture(scope="module")
def year() -> Sample:
    return sample()


def printed(made: Sample, paper: str, **request: object) -> Sheet:
    given: dict[str, object] = {"organisation_id": BRANCH, "year": 2026, "day": TODAY, **request}
    with made.book.reading() as reading:
        return sheet_for(reading, PaperRequest(paper, **given))  # type: ignore[arg-type]


def rows(sheet: Sheet, key: str = "rows") -> GridRows:
    value = (sheet.values or {})[key]
    assert isinstance(value, tuple)
    return tuple(row for row in value if isinstance(row, dict))


def test_basics_name_the_secretary_of_that_day(year):
    before = printed(year, "branch_basics", day=HANDOVER - timedelta(days=1), year=None)
    after = printed(year, "branch_basics", day=HANDOVER, year=None)
    assert (before.values or {})["secretary"] == "赵甲一"
    assert (before.values or {})["deputy_secretary"] == "钱乙二"
    assert (after.values or {})["secretary"] == "钱乙二"
    assert (after.values or {})["deputy_secretary"] == ""


def test_basics_count_the_members_of_that_day(year):
    values = printed(year, "branch_basics").values or {}
    assert [
        values[key] for key in ("members", "full", "probationary", "women", "minority", "groups_count")
    ] == [
        "12",
        "11",
        "1",
        "4",
        "1",
        "2",
    ]
    earlier = printed(year, "branch_basics", day=date(2026, 3, 19), year=None).values or {}
    assert (earlier["members"], earlier["probationary"]) == ("11", "0")


def test_basics_say_from_when_until_when_the_term_runs(year):
    values = printed(year, "branch_basics").values or {}
    assert (values["elected_on"], values["term_ends_on"]) == ("2024年6月1日", "2027年6月1日")
    assert values["higher_organisation"] == "示例机关党总支"


def test_the_committee_stands_in_order_of_post_each_once(year):
    before = rows(printed(year, "committee_roster", day=HANDOVER - timedelta(days=1), year=None))
    assert [(row["post"], row["name"]) for row in before] == [
        ("书记", "赵甲一"),
        ("副书记", "钱乙二"),
        ("组织委员", "孙丙三"),
        ("宣传委员", "李丁四"),
    ]
    after = rows(printed(year, "committee_roster"))
    assert [row["name"] for row in after] == ["钱乙二", "孙丙三", "李丁四"]
    assert after[0]["in_office_since"] == "2026.07"


def test_groups_stand_with_leader_and_members(year):
    first, second = rows(printed(year, "group_roster"))
    assert (first["group"], first["leader"], first["count"]) == ("第一党小组", "周戊五", "6")
    assert "阿依古丽·买买提" in first["names"]
    assert second["leader"] == "吴己六"


def test_the_roster_has_everyone_in_its_order_and_a_total(year):
    sheet = printed(year, "member_roster")
    assert tuple(row["name"] for row in rows(sheet)) == NAMES
    assert rows(sheet)[0]["age"] == "56"
    assert rows(sheet)[10]["ethnic_group"] == "维吾尔族"
    notes = (sheet.values or {})["notes"]
    assert isinstance(notes[0], Paragraph)
    assert notes[0].text.startswith("合计：党员12名，其中正式党员11名、预备党员1名")


def test_who_is_probationary_has_no_day_of_conversion(year):
    last = rows(printed(year, "member_roster"))[-1]
    assert (last["accepted_on"], last["full_member_since"], last["standing"]) == (
        "2026.03.20",
        "",
        "预备党员",
    )


def test_a_roster_of_a_year_that_is_over_is_that_of_its_last_day(year):
    sheet = printed(year, "member_roster", year=2025)
    assert (sheet.values or {})["as_of"] == "2025年12月31日"
    assert len(rows(sheet)) == 11


def test_identity_numbers_are_masked_unless_asked(year):
    whole = person(0).identity_number
    assert rows(printed(year, "member_roster"))[0]["identity_number"] == mask(whole)
    assert rows(printed(year, "member_roster", identity_numbers=True))[0]["identity_number"] == whole


def test_the_books_setting_can_show_them_and_a_request_still_mask_them():
    made = sample()
    change_setting(made.book, "identity_masked", False, ACTOR)
    whole = person(0).identity_number
    assert rows(printed(made, "member_roster"))[0]["identity_number"] == whole
    assert rows(printed(made, "member_roster", identity_numbers=False))[0]["identity_number"] == mask(whole)


def test_a_general_branchs_roster_says_which_branch(year):
    sheet = printed(year, "member_roster", organisation_id=GENERAL_BRANCH)
    assert {row["group"] for row in rows(sheet)} == {"示例第一党支部"}


def test_dues_have_the_names_of_the_year_and_no_sums(year):
    """党费: sums are written by hand; who came within the year has the month."""
    sheet = printed(year, "dues_register")
    assert len(rows(sheet)) == 12
    assert rows(sheet)[-1] == {"number": "12", "name": "褚喆", "note": "3月接收"}
    assert not {"made_by", "organisation_member", "secretary"} & set(sheet.values or {}), "signed by hand"


def test_whoever_left_within_the_year_is_still_among_its_dues():
    made = sample()
    with made.book.reading() as reading:
        fact = next(
            each
            for each in reading.roster().facts
            if each.person_id == person(9).id and each.kind == "membership"
        )
    with operate(made.book, ACTOR, "转出") as operating:
        operating.writing.put(replace(fact, to_on=date(2026, 6, 1), ending="transferred_out"))
    line = next(row for row in rows(printed(made, "dues_register")) if row["name"] == NAMES[9])
    assert line["note"] == "6月转出"
    assert NAMES[9] not in {row["name"] for row in rows(printed(made, "member_roster"))}


def test_attendance_counts_present_of_due_under_each_kind_and_a_record_once_in_the_rate(year):
    lines = {row["name"]: row for row in rows(printed(year, "attendance_year"))}
    away = lines["王辛八"]
    assert (away["general_meeting"], away["theme_party_day"], away["party_lesson"]) == ("0/1", "1/1", "1/1")
    assert (away["on_leave"], away["absent"]) == ("1", "0")
    assert away["rate"] == "66.7%", "two of three meetings: the theme day with a lesson is one"
    assert lines["赵甲一"]["rate"] == "100.0%"
    assert lines["褚喆"] == {"number": "12", "name": "褚喆"}, "no number without a record behind it"


def test_the_requirement_summary_shows_the_grid_and_what_is_owed(year):
    sheet = printed(year, "requirement_summary")
    grid = {row["requirement"]: row for row in rows(sheet, "year_grid")}
    assert grid["支部党员大会"]["month_3"] == "●"
    assert grid["支部党员大会"]["count"] == "1/4"
    assert "党小组会（第一党小组）" in grid
    owed = {(row["requirement"], row["state"]): row for row in rows(sheet, "owed")}
    general = owed["支部党员大会", "逾期未办"]
    assert general["period"] == "第二季度、第三季度"
    assert "第十一条" in general["article"]
    assert owed["支部党员大会", "本期待办"]["period"] == "第四季度"


def test_a_general_branchs_summary_says_whose_group_it_is(year):
    grid = rows(printed(year, "requirement_summary", organisation_id=GENERAL_BRANCH), "year_grid")
    assert {"党小组会（示例第一党支部第一党小组）", "主题党日（示例第一党支部）"} <= {
        row["requirement"] for row in grid
    }


def test_missing_evidence_is_what_the_kinds_want_and_the_record_lacks():
    made = sample()
    attach_photo(made.book, made.records["general"], b"a photo")
    lines = {(row["kind"], row["held_on"]): row for row in rows(printed(made, "missing_evidence"))}
    assert lines["大会", "3.19"]["missing"] == "会议通知、签到表"
    both = next(row for (kind, _), row in lines.items() if kind == "党日、党课")
    assert both["missing"] == "签到表、照片、课件", "a meeting of two kinds needs what both want"


def test_meetings_of_one_kind_that_lack_the_same_stand_in_one_row_with_their_days():
    """So that the list of a year is one printed page also for a large branch."""
    made = sample()
    page = rows(printed(made, "missing_evidence", organisation_id=GENERAL_BRANCH))
    assert len({(row["organisation"], row["kind"], row["missing"]) for row in page}) == len(page)
    assert [int(row["count"]) for row in page] == [
        sum(int(each.partition("（")[2].partition(" ")[0] or 1) for each in row["held_on"].split("、"))
        for row in page
    ]


def test_the_page_and_the_list_on_the_screen_say_the_same():
    """A general branch's page holds what its branches and groups held, each by its name."""
    made = sample()
    attach_photo(made.book, made.records["general"], b"a photo")
    page = rows(printed(made, "missing_evidence", organisation_id=GENERAL_BRANCH))
    with made.book.reading() as reading:
        found = missing_evidence(reading, GENERAL_BRANCH, TODAY.year)
    assert {(row["organisation"], row["kind"], row["missing"]) for row in page} == {
        (line.organisation, line.kind, line.missing_words) for line in found.lines
    }
    assert sum(int(row["count"]) for row in page) == len(found.lines)


def test_nothing_is_missing_where_nothing_is_expected():
    made = sample()
    nothing: dict[str, tuple[AttachmentKind, ...]] = {kind.key: () for kind in KINDS}
    change_setting(made.book, "expected_attachments", nothing, ACTOR)
    assert rows(printed(made, "missing_evidence")) == ({"held_on": "没有缺少的佐证材料"},)


def test_the_plan_prints_its_text_with_its_headings_and_a_missing_summary_prints_blank(year):
    plan = printed(year, "annual_work_plan")
    assert plan.title == "示例第一党支部2026年度工作计划"
    assert [p.text for p in (plan.values or {})["body"] if isinstance(p, Paragraph)] == [
        "一、加强学习。",
        "二、严格组织生活。",
    ]
    assert printed(year, "annual_work_summary").values is None


def test_the_schedule_has_the_twelve_months(year):
    assert [row["month"] for row in rows(printed(year, "plan_schedule"))] == [f"{m}月" for m in range(1, 13)]


def test_without_a_branch_a_paper_of_one_prints_blank():
    with sample().book.reading() as reading:
        sheet = sheet_for(reading, PaperRequest("member_roster", TODAY))
    assert sheet.values is None
    assert sheet.title == "＿＿＿＿＿＿党员花名册"
