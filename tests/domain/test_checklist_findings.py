"""Checklists such as 五必做: a period is held when every item is satisfied by a record or ticked."""

from dataclasses import replace
from datetime import date

from branchbook.domain.checklist_findings import checklist_findings
from branchbook.domain.checklists import Cadence, Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.records import RecordState
from branchbook.domain.requirements import FindingState, Situation
from branchbook.services.rules import shipped_rulebook
from tests.domain.rosters import RosterBuilder, identity
from tests.domain.rulebooks import summary

TODAY = date(2026, 11, 24)
HELD, DUE, OVERDUE = FindingState.HELD, FindingState.DUE, FindingState.OVERDUE
NOT_YET, NOT_REQUIRED = FindingState.NOT_YET, FindingState.NOT_REQUIRED
MEETING = ChecklistItem(identity("item", 1), "开会学习", ("group_meeting", "general_meeting"))
OATH = ChecklistItem(identity("item", 2), "重温入党誓词")
LIST = Checklist(
    identity("checklist"),
    "示例清单",
    Cadence.QUARTERLY,
    (MEETING, OATH),
    date(2026, 1, 1),
    label="示例，非官方定义",
)


def book():
    builder = RosterBuilder()
    branch = builder.organisation("一支部")
    group = builder.organisation("第一小组", OrganisationKind.GROUP, branch)
    return builder, branch, group


def found(builder, branch, *records, ticks=(), checklist=LIST, today=TODAY, **more):
    situation = Situation(builder.roster(), tuple(records), shipped_rulebook(), today, **more)
    return checklist_findings([checklist], list(ticks), situation, [branch], 2026)


def ticked(branch, start, item=OATH):
    return ChecklistTick(identity("tick", start), LIST.id, item.id, branch, start, start, "照片见附件")


def test_each_period_says_what_is_lacking():
    builder, branch, _ = book()
    each = found(builder, branch)
    assert [one.state for one in each] == [OVERDUE, OVERDUE, OVERDUE, DUE]
    assert each[3].reason == "还缺：开会学习、重温入党誓词"
    assert each[0].article == "示例，非官方定义"
    assert each[0].requirement == f"checklist:{LIST.id}"


def test_records_satisfy_and_ticks_do_the_rest():
    builder, branch, group = book()
    of_group = summary(group, date(2026, 2, 9), "group_meeting")
    first = found(builder, branch, of_group, ticks=[ticked(branch, date(2026, 1, 1))])[0]
    assert (first.state, first.records) == (HELD, (of_group.id,))
    assert found(builder, branch, of_group)[0].reason.endswith("还缺：重温入党誓词")


def test_a_tick_counts_for_its_own_period_and_branch():
    builder, branch, _ = book()
    meeting = summary(branch, date(2026, 5, 9), "general_meeting")
    elsewhere = replace(ticked(branch, date(2026, 4, 1)), organisation_id=identity("elsewhere"))
    wrong = [ticked(branch, date(2026, 1, 1)), elsewhere]
    assert found(builder, branch, meeting, ticks=wrong)[1].state == OVERDUE
    assert found(builder, branch, meeting, ticks=[ticked(branch, date(2026, 4, 1))])[1].state == HELD


def test_drafts_and_what_lies_ahead_satisfy_nothing():
    builder, branch, _ = book()
    draft = summary(branch, date(2026, 11, 2), "general_meeting", state=RecordState.DRAFT)
    ahead = summary(branch, date(2026, 12, 2), "general_meeting")
    last = found(builder, branch, draft, ahead, ticks=[ticked(branch, date(2026, 10, 1))])[3]
    assert (last.state, last.reason) == (DUE, "还缺：开会学习")


def test_before_its_beginning_and_after_its_end_a_checklist_asks_nothing():
    builder, branch, _ = book()
    short = replace(LIST, from_on=date(2026, 4, 1), to_on=date(2026, 9, 30))
    states = [each.state for each in found(builder, branch, checklist=short)]
    assert states == [NOT_REQUIRED, OVERDUE, OVERDUE, NOT_REQUIRED]


def test_periods_ahead_are_not_yet():
    builder, branch, _ = book()
    states = [each.state for each in found(builder, branch, today=date(2026, 5, 1))]
    assert states == [OVERDUE, DUE, NOT_YET, NOT_YET]


def test_a_checklist_for_another_branch_and_a_branch_founded_late():
    builder, branch, _ = book()
    elsewhere = replace(LIST, organisation_ids=(identity("elsewhere"),))
    assert found(builder, branch, checklist=elsewhere) == ()
    late = builder.organisation("二支部", founded_on=date(2026, 9, 1))
    assert [each.state for each in found(builder, late)] == [NOT_REQUIRED] * 3 + [DUE]
    by_a_day = found(builder, late, half_period_counts=False)
    assert [each.state for each in by_a_day] == [NOT_REQUIRED] * 2 + [OVERDUE, DUE]
